import { generateKeyPairSync } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readiness } from '../../src/app/readiness.ts'
import { type Running, startServer } from '../../src/app/server.ts'
import { sendWebhook, signature } from '../../src/demo/webhook.ts'
import { dataFolder } from '../support/data-folder.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const PATH = '/api/github/webhooks'
let app: Running
let logged = ''
let folder: string

beforeAll(async () => {
  folder = await dataFolder()
  const log = pino({ level: 'trace' }, { write: (line: string) => (logged += line) })
  const config = {
    appId: 7,
    privateKey,
    webhookSecrets: ['the secret of the app', 'the secret before'],
    where: { folder },
    webhookPath: PATH,
    host: '127.0.0.1',
    port: 0,
    keepDays: 90,
    floor: 'optional',
    floorRepository: '.github',
    logLevel: 'trace',
    apiUrl: 'http://127.0.0.1:9',
  } as const
  app = await startServer(config, log, { throttle: false, patienceMs: 50, unasked: false })
})
beforeEach(() => {
  logged = ''
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const FORGED = { action: 'opened', pull_request: { state: 'open', head: { sha: 'private' } } }

test.each([
  ['a wrong signature', 'another secret'],
  ['a delivery that GitHub would not send', 'the secret of the app'],
])('the log holds no payload and no secret: %s', async (_, secret) => {
  const answered = await sendWebhook({
    url: app.url + PATH,
    secret,
    id: 'one',
    event: 'pull_request',
    payload: FORGED,
  })

  expect(answered).toBe(400)
  expect(logged).not.toContain('private')
  expect(logged).not.toContain('the secret of the app')
})

test('the secret before still holds while it is being changed', async () => {
  const answered = await sendWebhook({
    url: app.url + PATH,
    secret: 'the secret before',
    id: 'one',
    event: 'star',
    payload: {},
  })

  expect(answered).toBe(202)
})

test.each([
  ['GET', {}, 405],
  ['POST', {}, 400],
  ['POST', { 'x-github-delivery': 'x', 'x-github-event': 'push' }, 400],
  ['POST', { 'x-github-delivery': 'x', 'x-github-event': 'push', 'x-hub-signature-256': '' }, 400],
  ['POST', { 'x-github-delivery': 'x', 'x-github-event': 'push', 'x-hub-signature-256': 'sha256=zz' }, 415],
])('%s with %j is refused', async (method, headers, status) => {
  const answer = await fetch(app.url + PATH, {
    method,
    headers,
    ...(method === 'POST' ? { body: '{}' } : {}),
  })

  expect(answer.status).toBe(status)
})

test.each([
  ['a form', 'application/x-www-form-urlencoded', 'payload=%7B%7D', 415],
  ['no JSON', 'application/json', '{"action":', 400],
])('%s is refused though its signature is right', async (_, type, body, status) => {
  const answer = await fetch(app.url + PATH, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-github-delivery': 'x',
      'x-github-event': 'pull_request',
      'x-hub-signature-256': signature('the secret of the app', body),
    },
  })

  expect(answer.status).toBe(status)
})

test('it says whether it is alive, ready, and what it did', async () => {
  await sendWebhook({
    url: app.url + PATH,
    secret: 'the secret of the app',
    id: 'one',
    event: 'star',
    payload: {},
  })

  const [alive, ready, database, metrics] = await Promise.all(
    ['/healthz', '/readyz', '/readyz?database', '/metrics'].map((path) => fetch(app.url + path)),
  )
  const page = await metrics?.text()

  expect([alive, ready, database, metrics].map((answer) => answer?.status)).toEqual([200, 200, 200, 200])
  expect(page).toMatch(/gonogo_deliveries_total\{outcome="nothing"\} [1-9]/)
  expect(page).toContain('gonogo_queue_jobs{state="waiting"} 0')
})

const DEPTH = { waiting: 0, postponed: 0, active: 0, failed: 0, givenUp: 0, oldestSeconds: 0 }

test.each([
  [{}, 200, 'ok'],
  [{ oldestSeconds: 600 }, 200, 'ok'],
  [{ oldestSeconds: 601.4 }, 503, 'the oldest job waits for 601 s'],
  [{ failed: 1, givenUp: 2 }, 200, 'ok; 3 given up, see `gonogo queue list`'],
])('a queue with %j answers %i', (given, status, text) => {
  expect(readiness({ ...DEPTH, ...given })).toEqual({ status, text })
})

test('half a delivery does not hold up the end', async () => {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
  const cut = new Promise((resolve) => socket.once('close', resolve).once('error', resolve))
  const seen = new Promise((resolve) => socket.once('data', resolve))
  socket.write(
    `POST ${PATH} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\nx-github-delivery: x\r\nx-github-event: push\r\nx-hub-signature-256: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{`,
  )
  // That the server would go on shows that it has the connection.
  await seen

  await app.close()
  await cut
})
