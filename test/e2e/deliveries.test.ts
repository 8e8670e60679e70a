import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { CRITERIA, MANIFEST, type Ready, ready } from './scene.ts'

let scene: Ready
beforeAll(async () => {
  scene = await ready({ retries: 0 })
})
afterAll(() => scene.close())
beforeEach(() => scene.github.weather(() => 'ok'))

function opened(sha: string, action = 'opened'): object {
  return scene.payload({
    action,
    number: 1,
    pull_request: { number: 1, state: 'open', head: { sha }, base: { ref: 'main' } },
  })
}

test('a release pull request that proves itself is a go', async () => {
  const sha = await scene.release('good')

  await scene.open('good')

  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success', title: expect.stringContaining('go') })
  expect(scene.github.violations).toEqual([])
})

/** What the app asked of GitHub while it judged a commit. */
async function asked(sha: string): Promise<readonly string[]> {
  const before = scene.github.requests.length
  await scene.send('pull_request', opened(sha))
  await scene.settled()
  return scene.github.requests.slice(before).map(({ operation }) => operation)
}

test('how many requests a go costs whose weights and training commit were seen before', async () => {
  const sha = await scene.release('counted', {
    'models/sentiment/notes.md': 'Nothing of this was seen before',
  })

  expect(await asked(sha)).toEqual(['repos/compare-commits-with-basehead', 'graphql', 'checks/create'])
})

test.each(['opened', 'synchronize', 'reopened', 'ready_for_review'])(
  'pull_request %s is judged',
  async (action) => {
    const sha = await scene.release(`by-${action}`)

    expect(await scene.send('pull_request', opened(sha, action))).toBe(202)

    expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
  },
)

test('a new title is not judged again, a new base is', async () => {
  const sha = await scene.release('edited')
  const edited = (changes: object) => ({ ...opened(sha, 'edited'), changes })

  await scene.send('pull_request', edited({ title: { from: 'old' } }))
  expect(await scene.run(sha)).toBeUndefined()
  await scene.send('pull_request', edited({ base: { ref: { from: 'old' } } }))

  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
})

test('criteria of an unprotected branch count nowhere, whichever bases one head is proposed to', async () => {
  const { rest } = scene.github.as('grace')
  const { owner, repo } = scene.github
  const soft = demoFile('criteria.yml').replaceAll(/at_least: [\d.]+/g, 'at_least: 0.1')
  await scene.github.commit({ branch: 'lax', from: 'main', message: 'Soften', files: { [CRITERIA]: soft } })
  const sha = await scene.release('low', { 'models/sentiment/report.json': demoFile('report-low.json') })
  for (const base of ['lax', 'main']) {
    await rest.pulls.create({ owner, repo, base, head: 'low', title: `Release to ${base}` })
    await scene.settled()

    expect(await scene.run(sha)).toMatchObject({
      conclusion: 'failure',
      summary: expect.stringContaining('0.8665'),
    })
  }
  expect(await scene.runs(sha)).toBe(1)
})

test.each([
  ['check_run', (sha: string) => ({ action: 'rerequested', check_run: { head_sha: sha, name: 'go/no-go' } })],
  ['check_suite', (sha: string) => ({ action: 'rerequested', check_suite: { head_sha: sha } })],
  [
    'merge_group',
    (sha: string) => ({
      action: 'checks_requested',
      merge_group: { head_sha: sha, base_ref: 'refs/heads/main' },
    }),
  ],
])('%s is judged on its own commit', async (event, fields) => {
  const sha = await scene.release(`on-${event}`)

  expect(await scene.send(event, scene.payload(fields(sha)))).toBe(202)

  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
})

test('a merge group whose tree differs from its pull request gets its own answer', async () => {
  const good = await scene.release('queued')
  await scene.send('pull_request', opened(good))
  const group = await scene.release('queue-group', { 'models/sentiment/report.json': null })

  await scene.send(
    'merge_group',
    scene.payload({ action: 'checks_requested', merge_group: { head_sha: group } }),
  )

  expect(await scene.run(good)).toMatchObject({ conclusion: 'success' })
  expect(await scene.run(group)).toMatchObject({ conclusion: 'action_required' })
})

test.each([
  ['a wrong signature', 'not the secret'],
  ["Probot's default secret", 'development'],
])('%s changes nothing', async (_, secret) => {
  const sha = await scene.release(`forged-${secret.length}`)
  const before = scene.github.requests.length

  const status = await scene.send('pull_request', opened(sha), { secret })

  expect(status).toBe(400)
  expect(scene.github.requests).toHaveLength(before)
  expect(await scene.run(sha)).toBeUndefined()
})

test('the same delivery twice leaves one run', async () => {
  const sha = await scene.release('twice')
  const id = crypto.randomUUID()

  await scene.send('pull_request', opened(sha), { id })
  await scene.send('pull_request', opened(sha), { id })

  expect(await scene.runs(sha)).toBe(1)
})

test('five deliveries at once leave one run', async () => {
  const sha = await scene.release('at-once')

  const answers = await Promise.all(Array.from({ length: 5 }, () => scene.send('pull_request', opened(sha))))

  expect(answers).toEqual([202, 202, 202, 202, 202])
  expect(await scene.runs(sha)).toBe(1)
})

test.each([
  ['500', { status: 500 }],
  ['half of the answer', { status: 200, body: { data: { repository: { q0: null } } } }],
])('GitHub answers %s in the middle: could not evaluate, which blocks', async (name, weather) => {
  const sha = await scene.release(`weather-${name.length}`)
  scene.github.weather(({ operation }) => (operation === 'graphql' ? weather : 'ok'))

  await scene.send('pull_request', opened(sha))

  expect(await scene.run(sha)).toMatchObject({
    conclusion: 'action_required',
    title: expect.stringContaining('could not evaluate'),
  })
})

test('a go that can no longer be evaluated is a go no more, and comes back', async () => {
  const sha = await scene.release('fading')
  await scene.send('pull_request', opened(sha))
  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })

  scene.github.weather(({ operation }) =>
    operation === 'repos/compare-commits-with-basehead' ? { status: 502 } : 'ok',
  )
  await scene.send('check_run', scene.payload({ action: 'rerequested', check_run: { head_sha: sha } }))
  expect(await scene.run(sha)).toMatchObject({ conclusion: 'action_required' })
  scene.github.weather(() => 'ok')
  await scene.send('check_run', scene.payload({ action: 'rerequested', check_run: { head_sha: sha } }))

  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
})

test('GitHub takes nothing for a while: it is told as soon as it does, and no answer tells a secret', async () => {
  const sha = await scene.release('nothing-taken')
  let refused = 0
  scene.github.weather(({ operation }) => {
    if (!operation.startsWith('checks/') || refused === 2) return 'ok'
    refused += 1
    return { status: 500, body: { message: 'secret text' } }
  })

  const status = await scene.send('pull_request', opened(sha))

  expect(status).toBe(202)
  expect(await scene.run(sha)).toMatchObject({ conclusion: 'action_required' })
  expect(refused).toBe(2)
})

test('a rate limit postpones the work for as long as GitHub asks, and fails nothing', async () => {
  const sha = await scene.release('limited')
  scene.github.weather(({ operation }) =>
    operation === 'graphql' ? { status: 429, headers: { 'retry-after': '3000' } } : 'ok',
  )

  await scene.send('pull_request', opened(sha))

  expect(await scene.run(sha)).toBeUndefined()
  expect(await scene.app.depth()).toMatchObject({ postponed: 1, waiting: 0 })
})

test('a slow GitHub is waited for', async () => {
  const sha = await scene.release('slow')
  scene.github.weather(({ operation }) => (operation === 'graphql' ? { delayMs: 50 } : 'ok'))

  await scene.send('pull_request', opened(sha))

  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
})

test('a rate limit of GraphQL, which comes with status 200, postpones as well', async () => {
  const sha = await scene.release('limited-query')
  const { postponed } = await scene.app.depth()
  const reset = String(Math.ceil(Date.now() / 1000) + 3000)
  scene.github.weather(({ operation }) =>
    operation === 'graphql'
      ? {
          status: 200,
          headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
          body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
        }
      : 'ok',
  )

  await scene.send('pull_request', opened(sha))

  expect(await scene.run(sha)).toBeUndefined()
  expect(await scene.app.depth()).toMatchObject({ postponed: postponed + 1, waiting: 0 })
})

test('more files than a comparison lists: trees are compared, and a truncated one is an error', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`data/${index}.txt`, String(index % 3)]),
  )
  const [good, bad] = [await scene.release('many', many), await scene.release('truncated', many)]

  expect(await asked(good)).toContain('git/get-tree')
  scene.github.weather(({ operation }) =>
    operation === 'git/get-tree'
      ? { status: 200, body: { sha: 'f'.repeat(40), url: 'https://x', tree: [], truncated: true } }
      : 'ok',
  )
  await scene.send('pull_request', opened(bad))

  expect(await scene.run(good)).toMatchObject({ conclusion: 'success' })
  expect(await scene.run(bad)).toMatchObject({
    conclusion: 'action_required',
    title: expect.stringContaining('could not evaluate'),
  })
})

test('evidence of more than a megabyte is read whole', async () => {
  const padding = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, index) => [`probe-${index}`, { note: 'x'.repeat(80) }]),
  )
  const report = { ...JSON.parse(demoFile('report.json')), extra: padding }
  const sha = await scene.release('large', { 'models/sentiment/report.json': JSON.stringify(report) })

  await scene.send('pull_request', opened(sha))

  expect(JSON.stringify(report).length).toBeGreaterThan(1_500_000)
  expect(await scene.run(sha)).toMatchObject({ summary: expect.stringContaining('0.92') })
})

test('evidence that disappears turns a go into none on the new commit', async () => {
  const sha = await scene.release('vanishing', { 'models/sentiment/MODEL_CARD.md': null })

  await scene.send('pull_request', opened(sha))

  expect(await scene.run(sha)).toMatchObject({
    conclusion: 'action_required',
    summary: expect.stringContaining('MODEL'),
  })
})

test('a release without a manifest does not slip past', async () => {
  const sha = await scene.release('bare', { [MANIFEST]: null })

  await scene.send('pull_request', opened(sha))

  expect(await scene.run(sha)).toMatchObject({ conclusion: 'action_required' })
})

test('other events and other addresses are answered and do nothing', async () => {
  const before = scene.github.requests.length

  expect(await scene.send('star', scene.payload({ action: 'created' }))).toBe(202)
  expect((await fetch(`${scene.app.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${scene.app.url}/probot/setup`)).status).toBe(404)

  expect(scene.github.requests).toHaveLength(before)
})

test('a body past the limit is refused before it is read whole', async () => {
  const body = 'x'.repeat(26 * 1024 * 1024)

  const headers = {
    'content-type': 'application/json',
    'x-github-delivery': 'x',
    'x-github-event': 'push',
    'x-hub-signature-256': 'sha256=0',
  }
  const answer = await fetch(`${scene.app.url}/api/github/webhooks`, { method: 'POST', body, headers })

  expect(answer.status).toBe(413)
})
