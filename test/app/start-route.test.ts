import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Starting } from '../../src/app/start.ts'
import { startRoute } from '../../src/app/start-route.ts'
import { readKeys } from '../../src/attest/keys.ts'
import { signingKey } from '../../src/demo/scene.ts'

let now = 0
let asked = 0
const ports: Starting = {
  keys: await readKeys(signingKey(), []),
  identify: async () => undefined,
  reader: async () => {
    asked += 1
    return undefined
  },
  open: async () => undefined,
  issued: async () => ({ all: 0, own: 0 }),
  record: async () => undefined,
  clock: () => new Date(now),
}
const routes = { on: startRoute(ports), off: startRoute(undefined) }
const server = createServer(async (request, response) => {
  const route = request.url === '/off' ? routes.off : routes.on
  const { status, body } = await route.start(request)
  response.writeHead(status).end(JSON.stringify(body))
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterAll(() => server.close())

async function ask(
  path = '/',
  body = '{ "model": "m", "repository": "acme/models" }',
  method = 'POST',
  token = 'token',
) {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${url}${path}`, { method, headers, ...(method === 'POST' && { body }) })
  return { status: answer.status, text: await answer.text() }
}

describe('POST /api/start', () => {
  test('says that there are no tickets without a key', async () => {
    expect(await ask('/off')).toEqual({ status: 404, text: expect.stringContaining('GONOGO_SIGNING_KEY') })
    expect(routes.off.keys()).toMatchObject({ status: 404 })
  })

  test('takes small posts alone', async () => {
    expect((await ask('/', '', 'GET')).status).toBe(405)
    expect((await ask('/', 'x'.repeat(5000))).status).toBe(413)
    expect((await ask('/', 'no JSON')).status).toBe(400)
    expect(asked).toBe(0)
  })

  test('asks GitHub no more for a minute after too many proofs that were none', async () => {
    for (let time = 0; time < 30; time += 1) expect((await ask()).status).toBe(403)
    expect((await ask()).status).toBe(429)
    expect(asked).toBe(30)
    // A job is not kept waiting, nor is its token shown to anybody.
    expect((await ask('/', undefined, 'POST', 'a.b.c')).status).toBe(403)
    expect((await ask('/', undefined, 'POST', 'ghs_a.b.c')).status).toBe(429)
    expect(asked).toBe(30)

    now += 60_000
    expect((await ask()).status).toBe(403)
  })
})
