import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'

const TICKET = 'head.body.signature'
const SAYS = {
  repository: 'acme/models',
  branch: 'main',
  tip: 'a'.repeat(40),
  at: '2026-03-01T12:00:00.000Z',
}
type Seen = { readonly path: string; readonly token: string | undefined; readonly body: string }
let seen: Seen[] = []
let answer: { readonly status: number; readonly body: unknown } = { status: 201, body: {} }
/** The app, and beside it Actions, which gives a job its identity. */
const server = createServer(async (request, response) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { url: path = '', headers } = request
  seen.push({ path, token: headers.authorization, body: Buffer.concat(chunks).toString() })
  const { status, body } = path.startsWith('/actions') ? { status: 200, body: { value: 'a.b.c' } } : answer
  response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
})
let url = ''
let cwd = ''
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'gonogo-start-'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterAll(() => {
  server.close()
  rmSync(cwd, { recursive: true })
})
beforeEach(() => {
  seen = []
  answer = { status: 201, body: { ticket: TICKET, says: SAYS } }
})

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  let [out, err] = ['', '']
  const program = createProgram({
    environment: { GONOGO_URL: `${url}/`, ...environment },
    cwd,
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    clock: () => new Date(0),
  })
  return { code: await program(['start', ...args]), out, err }
}

test('a job proves who it is by its identity, meant for the app, and the ticket is kept', async () => {
  const { code, out } = await run(['sentiment'], {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/actions?api=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of the job',
    GITHUB_REPOSITORY: 'acme/models',
    GITHUB_TOKEN: 'never used',
  })

  expect(code).toBe(0)
  expect(seen).toEqual([
    { path: `/actions?api=1&audience=${encodeURIComponent(url)}`, token: 'Bearer of the job', body: '' },
    { path: '/api/start', token: 'Bearer a.b.c', body: '{"model":"sentiment","repository":"acme/models"}' },
  ])
  expect(readFileSync(join(cwd, 'models/sentiment/start-ticket.jwt'), 'utf8')).toBe(`${TICKET}\n`)
  expect(out).toContain('begins at 2026-03-01T12:00:00.000Z')
  expect(out).toContain('training: { ticket: start-ticket.jwt }')
})

test('a person has a token, and names the repository and the file', async () => {
  const args = ['sentiment', '--repository', 'acme/models', '--out', 'here.jwt']

  expect((await run(args, { GITHUB_TOKEN: 'ghp_ada' })).code).toBe(0)
  expect(seen).toMatchObject([{ token: 'Bearer ghp_ada', body: expect.stringContaining('acme/models') }])
  expect(readFileSync(join(cwd, 'here.jwt'), 'utf8')).toBe(`${TICKET}\n`)
})

test.each<readonly [string, typeof answer, Record<string, string>, RegExp]>([
  ['no proof', answer, {}, /nothing proves who asks/],
  ['no address', answer, { GONOGO_URL: '', GITHUB_TOKEN: 'x' }, /GONOGO_URL/],
  [
    'a refusal',
    { status: 409, body: { error: 'merge \u001b[31mfirst' } },
    { GITHUB_TOKEN: 'x' },
    /\(409\): merge .*first/,
  ],
  ['an outage', { status: 503, body: 'try again later' }, { GITHUB_TOKEN: 'x' }, /gave no ticket \(503\)/],
  [
    'no ticket',
    { status: 200, body: { ticket: '../x', says: SAYS } },
    { GITHUB_TOKEN: 'x' },
    /no start ticket/,
  ],
])('%s ends with 3 and says why', async (_, given, environment, sentence) => {
  answer = given

  const { code, err } = await run(['sentiment', '--out', 'never.jwt'], environment)

  expect(code).toBe(3)
  expect(err).toMatch(sentence)
  expect(err).not.toContain('\u001b')
  expect(() => readFileSync(join(cwd, 'never.jwt'))).toThrow()
})
