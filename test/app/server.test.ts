import { generateKeyPairSync } from 'node:crypto'
import { connect } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Running, startServer } from '../../src/app/server.ts'
import { sendWebhook } from '../../src/demo/webhook.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const PATH = '/api/github/webhooks'
let app: Running
let logged: string

beforeEach(async () => {
  logged = ''
  const log = pino({ level: 'trace' }, { write: (line: string) => (logged += line) })
  const config = {
    appId: 7,
    privateKey,
    webhookSecret: 'the secret of the app',
    webhookPath: PATH,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'trace',
    apiUrl: 'http://127.0.0.1:9',
  } as const
  app = await startServer(config, log, { throttle: false, patienceMs: 50 })
})
afterEach(() => app.close())

test.each([
  ['a wrong signature', 'another secret', 400],
  ['a fault in the delivery', 'the secret of the app', 500],
])('the log holds no payload: %s', async (_, secret, status) => {
  const payload = { action: 'opened', pull_request: { state: 'open', head: { sha: 'private' } } }
  const answered = await sendWebhook({
    url: app.url + PATH,
    secret,
    id: 'one',
    event: 'pull_request',
    payload,
  })

  expect(answered).toBe(status)
  expect(logged).toContain(status === 400 ? 'signature does not match' : 'name')
  expect(logged).not.toContain('private')
  expect(logged).not.toContain('the secret of the app')
})

test('half a delivery does not hold up the end', async () => {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
  const cut = new Promise((resolve) => socket.once('close', resolve).once('error', resolve))
  await new Promise((resolve) =>
    socket.write(`POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{`, resolve),
  )
  // The server has seen the connection once it answers another one.
  await fetch(`${app.url}/healthz`)

  await app.close()
  await cut
})
