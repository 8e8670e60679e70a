import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ready, ready } from './scene.ts'

let scene: Ready
beforeAll(async () => {
  scene = await ready({ retries: 0 })
})
afterAll(() => scene.close())

/** What else than a failure of its own GitHub may answer; `deliveries.test.ts` has the others. */
test.each([
  ['403', { status: 403, body: { message: 'Resource not accessible by integration' } }],
  ['a body that is no JSON', { status: 200, body: '<html>unicorn</html>' }],
  ['no repository', { status: 200, body: { data: { repository: null } } }],
  [
    'an error beside the data',
    {
      status: 200,
      body: { data: { repository: {} }, errors: [{ type: 'SOMETHING', message: 'went wrong' }] },
    },
  ],
])('GitHub answers %s in the middle: could not evaluate, which blocks', async (name, weather) => {
  const sha = await scene.release(`weather-${name.length}`)
  scene.github.weather(({ operation }) => (operation === 'graphql' ? weather : 'ok'))
  const pull_request = { number: 1, state: 'open', head: { sha }, base: { ref: 'main' } }

  await scene.send('pull_request', scene.payload({ action: 'opened', number: 1, pull_request }))

  expect(await scene.run(sha)).toMatchObject({
    conclusion: 'action_required',
    title: expect.stringContaining('could not evaluate'),
  })
})
