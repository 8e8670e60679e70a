import { expect, test } from 'vitest'
import { conditional } from '../../src/app/conditional.ts'

const PULLS = 'https://api.github.test/repos/acme/models/pulls?state=open'

/** A GitHub whose answers have an ETag; what it was asked with, and a way to change what it answers. */
function github() {
  const asked: (string | null)[] = []
  const state = { content: 'one' }
  const ask = conditional(async (_url, init) => {
    const tag = new Headers(init.headers).get('if-none-match')
    asked.push(tag)
    const etag = `"${state.content}"`
    return tag === etag
      ? new Response(null, { status: 304, headers: { etag, 'x-ratelimit-remaining': '7' } })
      : new Response(state.content, { status: 200, headers: { etag, 'x-ratelimit-remaining': '8' } })
  })
  const get = async (url = PULLS, token = 'a', method = 'GET') => {
    const answer = await ask(url, { method, headers: { authorization: token } })
    return {
      status: answer.status,
      text: await answer.text(),
      left: answer.headers.get('x-ratelimit-remaining'),
    }
  }
  return { asked, state, get }
}

test('what has not changed is given again, as the last answer with the newest headers', async () => {
  const { asked, get } = github()

  expect(await get()).toEqual({ status: 200, text: 'one', left: '8' })
  expect(await get()).toEqual({ status: 200, text: 'one', left: '7' })
  expect(asked).toEqual([null, '"one"'])
})

test('what has changed is answered anew', async () => {
  const { state, get } = github()
  await get()
  state.content = 'two'

  expect(await get()).toMatchObject({ status: 200, text: 'two' })
})

test.each<readonly [string, Parameters<ReturnType<typeof github>['get']>]>([
  ['another token', [PULLS, 'b']],
  ['another page', [`${PULLS}&page=2`]],
  ['a write', [PULLS, 'a', 'POST']],
])('%s never gets what was kept', async (_, other) => {
  const { asked, get } = github()
  await get()
  await get(...other)

  expect(asked).toEqual([null, null])
})

test('what never changes is not kept here', async () => {
  const { asked, get } = github()
  const blob = 'https://api.github.test/repos/acme/models/git/blobs/1'
  await get(blob)
  await get(blob)

  expect(asked).toEqual([null, null])
})
