import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { LookupFunction } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openLfs } from '../../src/sources/github/lfs.ts'
import { NOTHING_KEPT, type Objects } from '../../src/sources/github/objects.ts'
import type { Pointer } from '../../src/sources/repository.ts'

const CONTENT = '{ "accuracy": 0.93 }'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const POINTER: Pointer = { oid: sha256(CONTENT), bytes: CONTENT.length }
const AT = { owner: 'acme', repo: 'models', branch: 'main' }

/** GitHub, which answers a batch, and in the same place the host of the objects. */
let batch: (asked: unknown) => { status: number; body: unknown; headers?: Record<string, string> }
let serve: (request: IncomingMessage, response: ServerResponse) => void
let seen: { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: string }[] =
  []
const server = createServer(async (request, response) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  const [path = '', body] = [request.url, Buffer.concat(chunks).toString()]
  seen.push({ path, headers: request.headers, body })
  if (path !== '/acme/models.git/info/lfs/objects/batch') return serve(request, response)
  const answer = batch(JSON.parse(body))
  response.writeHead(answer.status, answer.headers)
  response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
})
let web = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  web = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterAll(() => server.close())
beforeEach(() => {
  seen = []
  batch = () => ({ status: 200, body: told() })
  serve = (_, response) => response.end(CONTENT)
})

const told = (more: object = {}, answer: object = {}) => ({
  transfer: 'basic',
  objects: [
    {
      ...{ oid: POINTER.oid, size: POINTER.bytes },
      actions: { download: { href: `${web}/object?sig=1`, header: { 'X-Ticket': 'for you' } } },
      ...more,
    },
  ],
  ...answer,
})
const at = (href: string, header?: object) =>
  told({ actions: { download: { href, ...(header && { header }) } } })

function lfs(more: object = {}) {
  return openLfs(AT, {
    ...{ web, token: async () => 'ghs_secret', fetch, timeoutMs: 2_000, objects: NOTHING_KEPT },
    ...more,
  })
}
const text = async (more?: object, pointer = POINTER) => {
  const found = await lfs(more)(pointer)
  return 'content' in found ? Buffer.from(found.content).toString() : found.fault
}

test('a content is asked for with the token, and fetched with what the answer says and nothing else', async () => {
  batch = () => ({
    status: 200,
    body: at(`${web}/object?sig=1`, {
      'X-Ticket': 'for you',
      Host: 'evil.example',
      'Content-Length': '7',
      Connection: 'upgrade',
    }),
  })
  expect(await text()).toBe(CONTENT)

  const [asked, fetched] = seen
  expect(asked?.headers).toMatchObject({
    accept: 'application/vnd.git-lfs+json',
    'content-type': 'application/vnd.git-lfs+json',
    authorization: `Basic ${Buffer.from('x-access-token:ghs_secret').toString('base64')}`,
  })
  expect(JSON.parse(asked?.body ?? '')).toEqual({
    ...{ operation: 'download', transfers: ['basic'], hash_algo: 'sha256' },
    objects: [{ oid: POINTER.oid, size: POINTER.bytes }],
  })
  expect(fetched?.path).toBe('/object?sig=1')
  expect(fetched?.headers).toEqual({
    ...{ host: new URL(web).host, connection: 'close', 'user-agent': 'gonogo' },
    ...{ 'accept-encoding': 'identity', 'x-ticket': 'for you' },
  })
})

test('pointers that are asked for at once are asked for together, and fetched one after the other', async () => {
  let open = 0
  let most = 0
  serve = (_, response) => {
    open += 1
    most = Math.max(most, open)
    // Long enough for others to come, if any did.
    setTimeout(() => {
      open -= 1
      response.end(CONTENT)
    }, 20)
  }
  const one = lfs()
  const found = await Promise.all([one(POINTER), one(POINTER), one(POINTER)])

  expect(found.every((each) => 'content' in each)).toBe(true)
  expect(seen.filter(({ path }) => path.endsWith('/batch'))).toHaveLength(1)
  expect(most).toBe(1)
})

test('what was fetched is kept, and held to the pointer again', async () => {
  const kept = new Map<string, Uint8Array>()
  const objects: Objects = {
    ...NOTHING_KEPT,
    get: async (ids) =>
      new Map(ids.flatMap((id) => (kept.has(id) ? [[id, kept.get(id) ?? Buffer.of()]] : []))),
    put: async (stored) => {
      for (const { id, content } of stored) kept.set(id, content)
    },
  }
  expect(await text({ objects })).toBe(CONTENT)
  expect(await text({ objects })).toBe(CONTENT)
  expect(seen).toHaveLength(2)
  for (const id of kept.keys()) kept.set(id, Buffer.from('other'))
  expect(await text({ objects })).toBe(CONTENT)
  expect(seen).toHaveLength(4)
  expect(await text({ objects }, { ...POINTER, bytes: 1 })).toMatchObject({ code: 'lfs_differs' })
})

describe('is no content', () => {
  const { oid } = POINTER
  const statuses: readonly (readonly [number, string, object])[] = [
    [404, 'nope', { code: 'lfs_not_there', oid }],
    [410, 'nope', { code: 'lfs_not_there', oid }],
    [422, 'nope', { code: 'lfs_not_there', oid }],
    [401, 'nope', { code: 'lfs_refused', status: 401 }],
    [403, 'nope', { code: 'lfs_refused', status: 403 }],
    [403, 'This repository is over its data quota.', { code: 'lfs_quota' }],
    [507, 'nope', { code: 'lfs_quota' }],
    [509, 'nope', { code: 'lfs_quota' }],
  ]
  test.each(statuses)('where the batch is answered %i, %s', async (status, message, fault) => {
    batch = () => ({ status, body: { message } })
    expect(await text()).toEqual(fault)
  })
  test.each(statuses)('where the object has the error %i, %s', async (code, message, fault) => {
    batch = () => ({ status: 200, body: told({ actions: undefined, error: { code, message } }) })
    expect(await text()).toEqual(fault)
  })
  test.each([
    [404, { code: 'lfs_not_there', oid }],
    [410, { code: 'lfs_not_there', oid }],
    [403, { code: 'lfs_refused', status: 403 }],
    [509, { code: 'lfs_quota' }],
  ])('where its host answers %i', async (status, fault) => {
    serve = (_, response) => response.writeHead(status).end('an error page')
    expect(await text()).toEqual(fault)
  })

  test('where the answer says nothing of where it is', async () => {
    batch = () => ({ status: 200, body: told({ actions: {} }) })
    expect(await text()).toEqual({ code: 'lfs_not_there', oid })
  })

  test.each([
    ['other bytes', '{ "accuracy": 0.99 }', { oid: sha256('{ "accuracy": 0.99 }'), bytes: 20 }],
    ['half of it', CONTENT.slice(0, 9), { oid: sha256(CONTENT.slice(0, 9)), bytes: 9 }],
    ['nothing', '', { oid: sha256(''), bytes: 0 }],
    ['more', `${CONTENT} `, undefined],
  ])('where %s came', async (_, body, seen) => {
    serve = (_, response) => response.end(body)
    expect(await text()).toEqual({ code: 'lfs_differs', declared: POINTER, ...(seen && { seen }) })
  })

  test('where GitHub knows it with another size', async () => {
    batch = () => ({ status: 200, body: told({ size: 7 }) })
    expect(await text()).toMatchObject({ code: 'lfs_differs', seen: { bytes: 7 } })
    expect(seen).toHaveLength(1)
  })

  test('of a stream without end', async () => {
    let wrote = 0
    serve = (_, response) => {
      const more = () => {
        if (response.destroyed) return
        wrote += 1
        response.write('x'.repeat(65_536), more)
      }
      more()
    }
    expect(await text()).toEqual({ code: 'lfs_differs', declared: POINTER })
    expect(wrote).toBeLessThan(200)
  })

  test('past what a verdict fetches in all', async () => {
    const one = lfs({ most: POINTER.bytes * 2 })
    await one(POINTER)
    await one(POINTER)
    expect(await one(POINTER)).toEqual({ fault: { code: 'lfs_too_much', limit: POINTER.bytes * 2 } })
  })

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'https://169.254.169.254/',
    'http://127.0.0.2/',
    'http://objects.example/1',
    'https://10.0.0.1/',
    'https://[::1]/',
    'file:///etc/passwd',
    'https://ada:secret@objects.example/',
    'not an address',
  ])('at %s, where nobody goes', async (href) => {
    batch = () => ({ status: 200, body: at(href) })
    const fault = await text()

    expect(fault).toMatchObject({ code: 'lfs_elsewhere' })
    expect(JSON.stringify(fault)).not.toContain('secret')
    expect(seen).toHaveLength(1)
  })

  test('where a name leads into a network of somebody', async () => {
    batch = () => ({ status: 200, body: at('https://objects.example/1') })
    const lookup: LookupFunction = (_, __, callback) =>
      callback(null, [{ address: '169.254.169.254', family: 4 }])

    expect(await text({ lookup })).toEqual({ code: 'lfs_elsewhere', host: 'objects.example' })
  })

  test.each(['http://169.254.169.254/', '/elsewhere', 'https://objects.example/'])(
    'behind a redirect to %s, which nobody follows',
    async (location) => {
      serve = (_, response) => response.writeHead(302, { location }).end()

      expect(await text()).toMatchObject({ code: 'lfs_elsewhere' })
      expect(seen).toHaveLength(2)
    },
  )
})

describe('says nothing, and is tried again', () => {
  test.each([
    ['an outage', 502, {}],
    ['a redirect, which the token does not follow', 301, { location: 'http://127.0.0.1:9/' }],
    ['a rate limit', 429, { 'retry-after': '7' }],
  ])('%s of GitHub', async (_, status, headers) => {
    batch = () => ({ status, body: {}, headers })

    await expect(text()).rejects.toMatchObject({ status, response: { headers } })
    expect(seen).toHaveLength(1)
  })

  test('a rate limit that is answered 403', async () => {
    batch = () => ({ status: 403, body: { message: 'You have exceeded a secondary rate limit' } })
    await expect(text()).rejects.toMatchObject({ status: 403 })
  })

  test.each([
    ['another transfer', told({}, { transfer: 'ssh' })],
    ['another digest', told({}, { hash_algo: 'sha512' })],
    ['another object', told({ oid: 'b'.repeat(64) })],
    ['the object twice', { objects: [...told().objects, ...told().objects] }],
    ['no objects', {}],
    ['a header that is none', told({ actions: { download: { href: 'x', header: { a: 1 } } } })],
    ['an error that nobody knows', told({ error: { code: 500, message: 'x' } })],
    ['no JSON', 'x'],
    ['too much', 'x'.repeat(5_000_001)],
  ])('%s in the answer', async (_, body) => {
    batch = () => ({ status: 200, body })
    await expect(text()).rejects.toThrow(/GitHub (?:answered|could)/)
  })

  test('an outage of its host, half a content, and silence', async () => {
    serve = (_, response) => response.writeHead(500).end()
    await expect(text()).rejects.toMatchObject({ status: 500 })
    serve = (_, response) => {
      response.writeHead(200, { 'content-length': `${POINTER.bytes}` })
      response.write('{', () => response.destroy())
    }
    await expect(text()).rejects.toThrow()
    serve = () => undefined
    await expect(text({ timeoutMs: 50 })).rejects.toThrow()
  })
})
