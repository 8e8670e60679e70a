import { rm } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Running, ServeOptions } from '../../src/app/server.ts'
import { demoFile } from '../../src/demo/files.ts'
import { asInstallation, listen } from '../demo/app-client.ts'
import { dataFolder } from '../support/data-folder.ts'
import { look, quiet, rowsOf, startOther } from './other-app.ts'
import { CRITERIA, type Ready, ready } from './scene.ts'

const DAY = 24 * 60 * 60 * 1000
let scene: Ready
let folder: string
const apps: Running[] = []
beforeAll(async () => {
  scene = await ready()
  folder = await dataFolder()
  scene.github.deliverTo(null)
}, 60_000)
afterEach(async () => {
  await down()
})
afterAll(async () => {
  await scene.close()
  await rm(folder, { recursive: true, force: true })
})

async function up(options: ServeOptions = {}): Promise<Running> {
  const app = await startOther(scene, { folder }, { unasked: true, ...options })
  apps.push(app)
  scene.github.deliverTo(`${app.url}/api/github/webhooks`)
  return app
}
async function down(): Promise<void> {
  scene.github.deliverTo(null)
  await scene.github.settled()
  await Promise.all(apps.splice(0).map((app) => app.close()))
}
const ahead = (ms: number) => () => new Date(Date.now() + ms)
const conclusionOf = async (sha: string) => (await scene.run(sha))?.conclusion
const becomes = (sha: string, conclusion: string | undefined) =>
  expect.poll(() => conclusionOf(sha), { timeout: 20_000, interval: 50 }).toBe(conclusion)
const metricsOf = async (app: Running) => (await fetch(`${app.url}/metrics`)).text()
const operations = (from: number) => scene.github.requests.slice(from).map(({ operation }) => operation)
/** The chores of a start have ended, and what they asked for is done. */
async function looked(app: Running): Promise<void> {
  await expect
    .poll(() => metricsOf(app), { timeout: 20_000, interval: 50 })
    .toMatch(/gonogo_reconciled_timestamp_seconds \d/)
  await quiet(scene, app)
}
const openedOf = (sha: string) =>
  scene.github.deliveries.filter(
    ({ event, action, payload }) =>
      event === 'pull_request' && action === 'opened' && JSON.stringify(payload).includes(`"sha":"${sha}"`),
  )
const eventsOf = (sha: string) =>
  look({ folder }, async (store) =>
    (await rowsOf(store, 'delivery')).filter(({ commit }) => commit === sha).map(({ body }) => body),
  )

test('what was delivered while the app was down, or refused, leads to its verdict; what was done is not redone', async () => {
  const lost = await scene.release('lost')
  await scene.open('lost')
  const broken = await listen(() => 503)
  scene.github.deliverTo(broken.url)
  const refused = await scene.release('refused')
  await scene.open('refused')
  await scene.github.settled()
  broken.close()
  scene.github.deliverTo(null)
  // A hundred later events push them to the second page of the log.
  const { rest } = scene.github.as('ada')
  const { owner, repo } = scene.github
  for (let index = 0; index < 101; index += 1)
    await rest.repos.createCommitStatus({ owner, repo, sha: lost, state: 'success', context: `c${index}` })

  const app = await up()
  await becomes(lost, 'success')
  await becomes(refused, 'success')
  await looked(app)
  expect(await metricsOf(app)).toMatch(/gonogo_found_total\{by="reconciliation"\} [2-9]/)
  expect(operations(0).filter((name) => name === 'apps/list-webhook-deliveries').length).toBeGreaterThan(1)
  await down()
  const details = operations(0).filter((name) => name === 'apps/get-webhook-delivery').length
  for (const sha of [lost, refused]) {
    const ids = openedOf(sha).map(({ id }) => id)
    expect((await eventsOf(sha)).map((body) => Object(body).id)).toEqual(expect.arrayContaining(ids))
  }
  const verdicts = await look({ folder }, (store) => rowsOf(store, 'verdict'))

  const from = scene.github.requests.length
  await looked(await up())
  await down()
  expect(operations(from)).not.toContain('checks/create')
  expect(operations(0).filter((name) => name === 'apps/get-webhook-delivery')).toHaveLength(details)
  expect(await look({ folder }, (store) => rowsOf(store, 'verdict'))).toEqual(verdicts)
  expect(scene.github.violations).toEqual([])
}, 90_000)

const MINUTE = 60 * 1000

test('what is older than three days is left to the sweep, which finds what has no check, or none that counts', async () => {
  const { owner, repo } = scene.github
  const client = await asInstallation(scene.github)
  const [bare, stuck, failed] = [
    await scene.release('bare'),
    await scene.release('stuck'),
    await scene.release('failed'),
  ]
  for (const branch of ['bare', 'stuck', 'failed']) await scene.open(branch)
  const soon = ahead(4 * DAY)().getTime()
  const run = { owner, repo, name: 'go/no-go' } as const
  await client.rest.checks.create({
    ...{ ...run, head_sha: stuck, status: 'in_progress' },
    started_at: new Date(soon - 5 * MINUTE).toISOString(),
  })
  await client.rest.checks.create({
    ...{ ...run, head_sha: failed, status: 'completed', conclusion: 'action_required' },
    completed_at: new Date(soon - 30 * MINUTE).toISOString(),
    output: { title: 'could not evaluate: gonogo failed, or GitHub did not answer', summary: 'x' },
  })

  await looked(await up({ clock: ahead(4 * DAY) }))
  await becomes(bare, 'success')
  await down()
  expect(await eventsOf(bare)).toMatchObject([{ event: 'sweep' }])
  expect(await eventsOf(stuck)).toEqual([])
  expect(await eventsOf(failed)).toEqual([])

  await up({ clock: ahead(4 * DAY + 80 * MINUTE) })
  await becomes(stuck, 'success')
  await becomes(failed, 'success')
  await down()
  expect(await eventsOf(bare)).toHaveLength(1)
  expect(scene.github.violations).toEqual([])
}, 90_000)

test('criteria that changed while nobody listened are found, and open pull requests judged by them', async () => {
  const { rest } = scene.github.as('ada')
  const { owner, repo } = scene.github
  const { data } = await rest.repos.getBranch({ owner, repo, branch: 'main' })
  const tip = await scene.github.commit({
    branch: 'main',
    message: 'Ask for more',
    files: { [CRITERIA]: demoFile('criteria.yml').replace('at_least: 0.90', 'at_least: 0.99') },
  })
  const [open] = (await rest.pulls.list({ owner, repo, state: 'open' })).data
  const head = open?.head.sha ?? ''
  expect(await conclusionOf(head)).toBe('success')

  await up({ clock: ahead(8 * DAY) })
  await becomes(head, 'failure')
  expect((await scene.run(tip))?.summary).toContain(`compared with \`${data.commit.sha.slice(0, 10)}\``)
  await down()
  expect(await eventsOf(tip)).toMatchObject([{ event: 'sweep' }])

  // Where all is in order, a sweep asks for what it must list, and for nothing more.
  const before = scene.github.requests.length
  await looked(await up({ clock: ahead(8 * DAY + 5 * MINUTE) }))
  await expect.poll(() => operations(before), { timeout: 10_000 }).toContain('git/get-ref')
  await down()
  const from = scene.github.requests.length
  const app = await up({ clock: ahead(8 * DAY + 10 * MINUTE) })
  await looked(app)
  await expect.poll(() => operations(from)).toContain('pulls/list')
  await down()
  expect(operations(from).toSorted()).toEqual([
    'apps/create-installation-access-token',
    'apps/list-installations',
    'apps/list-repos-accessible-to-installation',
    'apps/list-webhook-deliveries',
    // The floor is read again every hour.
    'graphql',
    'pulls/list',
  ])
}, 90_000)

test('a verdict that expires is given again at that moment, where somebody still goes by it', async () => {
  const { rest } = scene.github.as('ada')
  const { owner, repo } = scene.github
  await scene.github.commit({
    branch: 'main',
    message: 'Ask for less again',
    files: { [CRITERIA]: demoFile('criteria.yml') },
  })
  const today = `${new Date().toISOString().slice(0, 10)}T00:00:00Z`
  const ends = Date.parse(today) + 366 * DAY
  let now = ends - 1_000
  const app = await up({ unasked: false, clock: () => new Date(now) })
  const [kept, closed] = [await scene.release('kept'), await scene.release('closed')]
  await scene.open('kept')
  const pull_number = await scene.open('closed')
  await quiet(scene, app)
  expect((await scene.run(kept))?.summary).toContain(
    `what it rests on holds until \`${new Date(ends).toISOString()}\``,
  )
  expect([await conclusionOf(kept), await conclusionOf(closed)]).toEqual(['success', 'success'])
  await rest.pulls.update({ owner, repo, pull_number, state: 'closed' })

  now = ends
  await becomes(kept, 'failure')
  expect((await scene.run(kept))?.title).toContain('repeatable')
  await quiet(scene, app)
  await down()
  expect(await conclusionOf(closed)).toBe('success')
  expect((await eventsOf(kept)).map((body) => Object(body).event)).toEqual(['pull_request', 'expiry'])
  expect((await eventsOf(closed)).map((body) => Object(body).event)).toEqual(['pull_request'])
  const verdicts = await look({ folder }, (store) => rowsOf(store, 'verdict'))
  const last = verdicts.filter(({ commit }) => commit === kept).at(-1)
  expect(Object(last?.body).verdict.now).toBe(new Date(ends).toISOString())
}, 60_000)
