import { afterAll, beforeAll, expect, test } from 'vitest'
import { where } from '../../src/demo/scene.ts'
import { type Ready, ready } from './scene.ts'

let scene: Ready
beforeAll(async () => {
  scene = await ready()
})
afterAll(() => scene.close())

const installed = (action: string) => ({
  action,
  installation: { id: scene.github.app.installationId, account: { login: 'acme' } },
  sender: { login: 'ada' },
})

async function becomes(sha: string, conclusion: string): Promise<void> {
  await expect
    .poll(async () => (await scene.run(sha))?.conclusion, { timeout: 20_000, interval: 50 })
    .toBe(conclusion)
}

test.each([
  'installation created',
  'installation_repositories added',
  'installation new_permissions_accepted',
])('what is open when the app may see it is judged then: %s', async (named) => {
  const [event = '', action = ''] = named.split(' ')
  scene.github.deliverTo(null)
  const sha = await scene.release(`before-${event}-${action}`)
  await scene.open(`before-${event}-${action}`)
  scene.github.deliverTo(`${scene.app.url}/api/github/webhooks`)
  expect(await scene.run(sha)).toBeUndefined()

  expect(await scene.send(event, installed(action))).toBe(202)

  await becomes(sha, 'success')
})

test('a suspended installation is left alone, and judged when it comes back', async () => {
  scene.github.weather(() => ({ status: 403, body: { message: 'This installation has been suspended' } }))
  const before = scene.github.requests.length
  const sha = await scene.release('suspended')
  await scene.open('suspended')
  await scene.settled()
  const tried = scene.github.requests.slice(before)
  scene.github.weather(() => 'ok')

  expect(await scene.run(sha)).toBeUndefined()
  expect(tried.length).toBeLessThanOrEqual(2)
  expect(await scene.app.depth()).toMatchObject({ waiting: 0, failed: 0, givenUp: 0 })

  expect(await scene.send('installation', installed('unsuspend'))).toBe(202)
  await becomes(sha, 'success')
})

test('a pull request that was closed and is opened again, after its branch was deleted and put back', async () => {
  const { rest } = scene.github.as('ada')
  const at = where(scene.github)
  const sha = await scene.release('closed')
  const number = await scene.open('closed')
  await rest.pulls.update({ ...at, pull_number: number, state: 'closed' })
  await rest.git.deleteRef({ ...at, ref: 'heads/closed' })
  await rest.git.createRef({ ...at, ref: 'refs/heads/closed', sha })
  const runs = await scene.runs(sha)

  await rest.pulls.update({ ...at, pull_number: number, state: 'open' })

  await becomes(sha, 'success')
  expect(await scene.runs(sha)).toBe(runs)
})

test('a commit whose branch is gone while it is judged', async () => {
  const { rest } = scene.github.as('ada')
  const sha = await scene.release('gone')
  await rest.git.deleteRef({ ...where(scene.github), ref: 'heads/gone' })

  const opened = { action: 'opened', pull_request: { state: 'open', head: { sha } } }
  await scene.send('pull_request', scene.payload(opened))

  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
})

test('a push while its pull request is judged: each commit has its own answer, and the newest head counts', async () => {
  const first = await scene.release('pushed')
  let late: (() => void) | undefined
  scene.github.weather(({ operation }) =>
    operation === 'checks/create' && late === undefined ? { delayMs: 300 } : 'ok',
  )
  const opened = scene.open('pushed')
  const second = await scene.github.commit({
    branch: 'pushed',
    message: 'Evidence goes',
    by: 'grace',
    files: { 'models/sentiment/report.json': null },
  })
  late = () => undefined
  await opened
  scene.github.weather(() => 'ok')

  expect(await scene.run(first)).toMatchObject({ conclusion: 'success' })
  expect(await scene.run(second)).toMatchObject({ conclusion: 'action_required' })
})
