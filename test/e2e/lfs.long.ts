import { createServer } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { type Ready, ready } from './scene.ts'

const REPORT = 'models/sentiment/report.json'
const CONTENT = demoFile('report.json')
let scene: Ready
/** Another host, which tells who came. */
const came: (string | undefined)[] = []
const other = createServer((request, response) => {
  came.push(request.headers.authorization)
  response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
})
let elsewhere = ''
beforeAll(async () => {
  scene = await ready({ retries: 0 })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  elsewhere = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/x`
})
afterAll(async () => {
  other.close()
  await scene.close()
})
afterEach(() => {
  scene.github.lfs.tamper()
  scene.github.weather(() => 'ok')
  expect(scene.github.violations).toEqual([])
})

let count = 0
/** What the app says of a release whose report is this file. */
async function judged(report: string) {
  const branch = `lfs-${count++}`
  const before = scene.github.requests.length
  const sha = await scene.release(branch, { [REPORT]: report })
  await scene.open(branch)
  const run = await scene.run(sha)
  const asked = scene.github.requests
    .slice(before)
    .filter(({ operation }) => operation === 'lfs/batch').length
  return { conclusion: run?.conclusion, summary: run?.summary ?? '', asked }
}

/** Changes where the answer says that objects are. */
const leadTo = (href: string) =>
  scene.github.lfs.tamper((answer) =>
    JSON.parse(JSON.stringify(answer), (key, value) => (key === 'href' ? href : value)),
  )

test('a go on evidence in Git LFS, fetched once, and shown for what it is', async () => {
  const pointer = scene.github.lfs.push(CONTENT)
  const first = await judged(pointer)

  expect(first).toMatchObject({ conclusion: 'success', asked: 1 })
  const [, oid] = /oid (sha256:\w+)/.exec(pointer) ?? []
  expect(first.summary).toMatch(
    new RegExp(
      `evidence \`${REPORT}\`, blob \`[0-9a-f]{10}\`, a Git LFS pointer to \`${oid}\` of \\d+ bytes, read as`,
    ),
  )
  // The path is cited without a line: the pointer has no such line.
  expect(first.summary).toContain(`| \`${REPORT}\` |`)
  expect(await judged(pointer)).toMatchObject({ conclusion: 'success', asked: 0 })
})

test('what misses the bound is a no-go there too', async () => {
  const found = await judged(scene.github.lfs.push(demoFile('report-low.json')))

  expect(found).toMatchObject({ conclusion: 'failure' })
})

test.each<readonly [string, (content: string) => string, string]>([
  [
    'is not at GitHub',
    (content) => scene.github.lfs.push(content).replace(/sha256:..../, 'sha256:0000'),
    'GitHub does not have what it stands for',
  ],
  [
    'is of version 0',
    (content) => scene.github.lfs.push(content).replace('spec/v1', 'spec/v0'),
    'it is of another version than v1',
  ],
  [
    'is huge',
    (content) => scene.github.lfs.push(content).replace(/size \d+/, 'size 999999999999'),
    'the file has 999,999,999,999 bytes',
  ],
])('what %s is undecided', async (_, pointer, says) => {
  const { conclusion, summary } = await judged(pointer(`${CONTENT}${' '.repeat(++count)}`))

  expect(conclusion).toBe('action_required')
  expect(summary).toContain(says)
})

test('bytes that somebody put in the place of others are undecided', async () => {
  const honest = scene.github.lfs.push(`${CONTENT}  `)
  const oid = /sha256:(\w+)/.exec(honest)?.[1] ?? ''
  scene.github.lfs.push(CONTENT.replace('0.9', '0.8').padEnd(CONTENT.length + 2), { under: oid })

  const { conclusion, summary } = await judged(honest)
  expect(conclusion).toBe('action_required')
  expect(summary).toContain('and what was found in its place is')
})

test.each(['http://169.254.169.254/latest/meta-data/', 'http://localhost:1/', 'https://10.0.0.1/'])(
  'an address such as %s is undecided, and nobody goes there',
  async (href) => {
    const pointer = scene.github.lfs.push(`${CONTENT}${' '.repeat(++count)}`)
    leadTo(href)

    const { conclusion, summary } = await judged(pointer)
    expect(conclusion).toBe('action_required')
    expect(summary).toContain('where nothing is fetched from')
  },
)

test('another host gets no token, and leads nowhere', async () => {
  const pointer = scene.github.lfs.push(`${CONTENT}${' '.repeat(++count)}`)
  leadTo(elsewhere)

  const { conclusion, summary } = await judged(pointer)
  expect(conclusion).toBe('action_required')
  expect(summary).toContain('is said to be at `169.254.169.254`')
  expect(came).toEqual([undefined])
})

test.each([
  [410, 'GitHub does not have'],
  [403, 'GitHub does not give the app what it stands for (403)'],
  [509, 'is used up'],
])('GitHub that answers %i is undecided, and says why', async (status, says) => {
  const pointer = scene.github.lfs.push(`${CONTENT}${' '.repeat(++count)}`)
  scene.github.weather(({ operation }) => (operation === 'lfs/batch' ? { status } : 'ok'))

  const { conclusion, summary } = await judged(pointer)
  expect(conclusion).toBe('action_required')
  expect(summary).toContain(says)
})

test('an outage could not be evaluated, which says nothing of the file', async () => {
  const pointer = scene.github.lfs.push(`${CONTENT}${' '.repeat(++count)}`)
  scene.github.weather(({ operation }) => (operation === 'lfs/batch' ? { status: 502 } : 'ok'))

  const { conclusion, summary } = await judged(pointer)
  expect(conclusion).toBe('action_required')
  expect(summary).toContain('Could not evaluate')
})
