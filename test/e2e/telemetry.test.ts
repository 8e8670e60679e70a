import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type Running, startServer } from '../../src/app/server.ts'
import { logger } from '../../src/cli/serve.ts'
import { readConfig } from '../../src/config.ts'
import { dataFolder } from '../support/data-folder.ts'
import { environmentOf } from './app.ts'
import { type Ready, ready } from './scene.ts'

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })
const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  status: z.object({ code: z.number().optional() }).optional(),
  attributes: z.array(Attribute),
})
const Export = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(Span) })) })),
})
type Span = z.infer<typeof Span>

/** What nobody but GitHub and the releaser is to read, in places where a careless line would tell it. */
const EVIDENCE = 'sesame-in-the-evidence'
const ANSWERED = 'ghs_sesameInTheAnswer0123456789abcdef'

const spans: Span[] = []
let exported = ''
let logged = ''
let page = ''
let scene: Ready
let app: Running
let folder: string
let noGo: string
let failing: string
let failingComparisons = false
const ids = { noGo: crypto.randomUUID(), failing: crypto.randomUUID() }
const collector = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  exported += text
  for (const { scopeSpans } of Export.parse(JSON.parse(text)).resourceSpans)
    spans.push(...scopeSpans.flatMap(({ spans: some }) => some))
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
})

/** A no-go and a commit that can't be judged, under the real logger and a collector; then the app ends. */
beforeAll(async () => {
  scene = await ready()
  folder = await dataFolder()
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = collector.address() as AddressInfo
  const config = readConfig(
    {
      ...environmentOf(scene.github, { folder }),
      LOG_LEVEL: 'trace',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    },
    '/',
  )
  const log = logger(config, { write: (line: string) => (logged += line) })
  app = await startServer(config, log, { throttle: false, unasked: false, retries: 0, firstDelaySeconds: 0 })

  noGo = await scene.release('telling', { 'models/sentiment/report.json': `{"${EVIDENCE}": ` })
  failing = await scene.release('failing', { 'models/sentiment/other.json': `{"${EVIDENCE}": 1}` })
  scene.github.weather(({ operation }) =>
    operation === 'repos/compare-commits-with-basehead' && failingComparisons
      ? { status: 422, body: { message: `${ANSWERED} ${EVIDENCE}` } }
      : 'ok',
  )
  await judged(noGo, ids.noGo)
  failingComparisons = true
  await judged(failing, ids.failing)
  page = await (await fetch(`${app.url}/metrics`)).text()
  await app.close()
}, 60_000)
afterAll(async () => {
  await scene.close()
  collector.closeAllConnections()
  await new Promise((resolve) => collector.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

async function judged(sha: string, id: string): Promise<void> {
  const payload = scene.payload({
    action: 'opened',
    number: 1,
    pull_request: { number: 1, state: 'open', head: { sha }, base: { ref: 'main' }, body: EVIDENCE },
  })
  expect(await scene.send('pull_request', payload, { id, to: app.url })).toBe(202)
  await vi.waitFor(
    async () => {
      const { waiting, active } = await app.depth()
      expect([await scene.runs(sha), waiting, active]).toEqual([1, 0, 0])
    },
    { timeout: 20_000, interval: 50 },
  )
}

const attributesOf = ({ attributes }: Span): Readonly<Record<string, unknown>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
const named = (name: string, delivery: string): Span | undefined =>
  spans.find((span) => span.name === name && attributesOf(span)['gonogo.delivery'] === delivery)

test('a delivery and its attempt are spans of one trace, with what they are about', () => {
  const delivery = named('delivery', ids.noGo)
  const attempt = named('attempt', ids.noGo)

  expect(attempt).toMatchObject({ traceId: delivery?.traceId, parentSpanId: delivery?.spanId })
  const about = {
    'gonogo.repository': `${scene.github.owner}/${scene.github.repo}`,
    'gonogo.commit': noGo,
    'gonogo.delivery': ids.noGo,
  }
  expect(delivery && attributesOf(delivery)).toEqual({ ...about, 'gonogo.event': 'pull_request' })
  expect(attempt && attributesOf(attempt)).toMatchObject({ ...about, 'gonogo.decision': 'undecided' })
})

test('requests to GitHub are children of the attempt, by the shape of their address', () => {
  const attempt = named('attempt', ids.failing)
  const children = spans.filter(({ parentSpanId }) => parentSpanId === attempt?.spanId).map(attributesOf)

  expect(children.length).toBeGreaterThan(0)
  expect(children).toContainEqual({
    'http.request.method': 'GET',
    'url.template': '/repos/{}/{}/compare/{}',
    'http.response.status_code': 422,
  })
  expect(attempt?.status).toEqual({ code: 2 })
  expect(attempt && attributesOf(attempt)).toMatchObject({ 'gonogo.outcome': 'failed' })
})

test('each line of an attempt says which delivery and commit it is about, and what was decided', () => {
  const lines = logged
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const about = { owner: scene.github.owner, repo: scene.github.repo }
  const by = (message: string) => lines.filter(({ msg }) => msg === message)

  expect(by('verdict published')).toEqual([
    expect.objectContaining({ ...about, delivery: ids.noGo, commit: noGo, decision: 'undecided' }),
  ])
  const request = 'GET /repos/{}/{}/compare/{}'
  expect(by('attempt failed')).toEqual([
    expect.objectContaining({
      ...{ ...about, delivery: ids.failing, commit: failing, correlation: expect.any(String) },
      err: expect.objectContaining({ status: 422, request }),
    }),
  ])
  expect(by('could not evaluate')).toEqual([
    expect.objectContaining({ ...about, delivery: ids.failing, commit: failing, decision: 'undecided' }),
  ])
})

test('neither log nor traces nor metrics hold a secret, an answer or a file', () => {
  const { privateKey, webhookSecret } = scene.github.app
  const key = privateKey.split('\n')[1] ?? ''

  expect(logged).not.toBe('')
  expect(spans).not.toEqual([])
  for (const text of [logged, exported, page])
    for (const secret of [EVIDENCE, ANSWERED, 'ghs_', 'eyJ', webhookSecret, key])
      expect(text).not.toContain(secret)
})

test('metrics tell verdicts from attempts that failed, by the rules of their names', () => {
  const sample = (name: string) =>
    new RegExp(`^${name.replace(/[{}]/g, '\\$&')} ([0-9.]+)$`, 'm').exec(page)?.[1]

  expect(sample('gonogo_verdicts_total{decision="undecided"}')).toBe('1')
  expect(sample('gonogo_attempts_total{outcome="judged"}')).toBe('1')
  expect(sample('gonogo_attempts_total{outcome="failed"}')).toBe('1')
  expect(sample('gonogo_given_up_total')).toBe('1')
  expect(sample('gonogo_deliveries_total{outcome="taken"}')).toBe('2')
  expect(sample('gonogo_queue_jobs{state="given-up"}')).toBe('1')
  expect(sample('gonogo_attempt_duration_seconds_count')).toBe('2')
  expect(Number(sample('gonogo_github_requests_total{status="422"}'))).toBeGreaterThan(0)
  expect(Number(sample('gonogo_github_rate_limit_remaining{resource="core"}'))).toBeGreaterThan(0)
  expect(sample('gonogo_queue_oldest_age_seconds')).toBe('0')
  expect(page).not.toContain('decision="failed"')

  const types = [...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => ({
    name,
    type,
  }))
  const helped = [...page.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name)
  expect(types.length).toBeGreaterThan(7)
  expect(helped).toEqual(types.map(({ name }) => name))
  for (const { name, type } of types) {
    expect(name).toMatch(/^gonogo_[a-z]+(_[a-z]+)*$/)
    expect(name.endsWith('_total')).toBe(type === 'counter')
    expect(name).not.toMatch(/_(ms|milliseconds|minutes|kb|mb|count|sum|bucket|gauge|counter)(_|$)/)
    if (type === 'histogram') expect(name).toMatch(/_(seconds|bytes|requests)$/)
  }
})
