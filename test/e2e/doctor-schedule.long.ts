import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Running } from '../../src/app/server.ts'
import { dataFolder } from '../support/data-folder.ts'
import { quiet, startOther } from './other-app.ts'
import { type Ready, ready } from './scene.ts'

const at = { owner: 'acme', repo: 'models' }
let scene: Ready
let folder: string
let app: Running
let now = Date.now()
beforeAll(async () => {
  scene = await ready({ retries: 0 })
  folder = await dataFolder()
  await start()
})
afterAll(async () => {
  scene.github.deliverTo(null)
  await app.close()
  await scene.close()
})

async function start(): Promise<void> {
  app = await startOther(scene, { folder }, { unasked: true, clock: () => new Date(now), retries: 0 })
  scene.github.deliverTo(`${app.url}/api/github/webhooks`)
}

let count = 0
/** A release that is a go, as its check run tells of it. */
async function judged() {
  const branch = `release-${count++}`
  const sha = await scene.release(branch)
  await scene.open(branch)
  await quiet(scene, app)
  const { rest } = scene.github.as('ada')
  const { data } = await rest.checks.listForRef({ ...at, ref: sha, check_name: 'go/no-go' })
  const [newest] = data.check_runs.toSorted((a, b) => b.id - a.id)
  return `${newest?.conclusion}: ${newest?.output.summary}`
}

const looks = () =>
  scene.github.requests.filter(({ operation }) => operation === 'repos/get-branch-rules').length

/** The app is started anew, and looks at gates so often in all. */
async function again(looked: number): Promise<void> {
  scene.github.deliverTo(null)
  await app.close()
  await start()
  await expect.poll(looks, { timeout: 10_000, interval: 20 }).toBe(looked)
  await quiet(scene, app)
}

test('what the app finds by the clock stands in the next check run, and decides nothing', async () => {
  expect(await judged()).toMatch(/^success: (?!.*gonogo doctor)/s)
  expect(looks()).toBe(0)

  await again(1)
  await expect
    .poll(judged, { timeout: 10_000 })
    .toMatch(
      /^success: .*⚠️ \*\*The gate has gaps\*\*, seen on \d{4}-\d\d-\d\d: the check `go\/no-go` is not required on `main`: [^.]*; and 1 more gap\.\nWhoever administrates the repository: run `gonogo doctor acme\/models`\./s,
    )

  await scene.github.as('ada').rest.repos.createRepoRuleset({
    ...{ ...at, name: 'gate', target: 'branch', enforcement: 'active' },
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: [
      { type: 'non_fast_forward' },
      {
        type: 'required_status_checks',
        parameters: {
          strict_required_status_checks_policy: true,
          required_status_checks: [{ context: 'go/no-go', integration_id: scene.github.app.id }],
        },
      },
    ],
  })
  // Within a day it is not looked at again.
  now += 22 * 60 * 60 * 1000
  await again(1)
  expect(await judged()).toContain('is not required on')
  now += 2 * 60 * 60 * 1000
  await again(2)
  await expect.poll(judged, { timeout: 10_000 }).toMatch(/^success: (?!.*gonogo doctor)/s)
  expect(scene.github.violations).toEqual([])
}, 60_000)

test('where the app is installed no more, it is not looked at again', async () => {
  now += 24 * 60 * 60 * 1000
  scene.github.weather(({ operation }) =>
    operation === 'apps/get-repo-installation' ? { status: 404 } : 'ok',
  )
  const asked = () =>
    scene.github.requests.filter(({ operation }) => operation === 'apps/get-repo-installation').length
  const before = asked()
  await app.close()
  await start()
  await expect.poll(asked, { timeout: 10_000, interval: 20 }).toBe(before + 1)
  scene.github.weather(() => 'ok')
  await again(2)
}, 30_000)
