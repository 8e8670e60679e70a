import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gonogo, type LocalRepository, localRepository, write } from './clone.ts'

const WORKFLOW = '.github/workflows/validate.yml'
const MANIFEST = 'models/credit/release.yml'

let repository: LocalRepository
let training: string
beforeAll(() => {
  repository = localRepository()
  const criterion = '{ id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }'
  training = repository.commit('Criteria', {
    '.gonogo/criteria/credit.yml': `gonogo: 1\nmodel: credit\nrisk: low\napproach: build\ntrust: produced\ncriteria:\n  - ${criterion}\n`,
    [WORKFLOW]: 'on: pull_request\n',
    '.gitignore': 'artifacts/\n',
  })
  repository.git('checkout', '--quiet', '-b', 'release')
  repository.commit('Release', { [MANIFEST]: manifest('metrics.json') })
  write(join(repository.folder, 'artifacts'), {
    'good/metrics.json': '{ "accuracy": 0.93 }',
    'bad/metrics.json': '{ "accuracy": 0.5 }',
    'empty/other.json': '{}',
    'secret.json': '{ "accuracy": 0.99 }',
  })
  symlinkSync('../secret.json', join(repository.folder, 'artifacts/empty/metrics.json'))
})
afterAll(() => repository.remove())

function manifest(file: string, beside = ''): string {
  return `gonogo: 1\nmodel: credit\nversion: 1.0.0\nweights: [{ uri: "s3://a/b", sha256: ${'9f86d081'.repeat(8)} }]\ntraining: { commit: ${training} }\nevidence: [{ artifact: validation, file: ${file}, workflow: ${WORKFLOW} }${beside}]\n`
}

const check = (...more: readonly string[]) =>
  gonogo(repository.folder, ['check', '--base', 'main', '--json', ...more])

test('5: without its folder an artifact is awaited, and what may be in it too', async () => {
  const { code, out } = await check()

  expect(code).toBe(5)
  expect(JSON.parse(out)).toMatchObject({
    decision: 'undecided',
    awaiting: ['artifact:validation/metrics.json'],
    models: [{ problems: [{ code: 'artifact_awaited', path: MANIFEST, line: 6 }] }],
  })
})

test('5: in words, it is said that nothing else is open, and what only GitHub can show', async () => {
  const { out } = await gonogo(repository.folder, ['check', '--base', 'main'])

  expect(out).toMatch(/^undecided only for what GitHub and the app must show/)
  expect(out).toContain('Awaited\n  - that a run of this commit produced `validation/metrics.json`')
})

test('5: numbers from a folder that hold are judged, and are not shown to be produced', async () => {
  const { code, out } = await check('--artifact', 'validation=artifacts/good')

  expect(code).toBe(5)
  expect(JSON.parse(out)).toMatchObject({
    decision: 'undecided',
    awaiting: ['artifact:validation/metrics.json'],
    models: [
      {
        findings: [{ outcome: 'met' }, { criterion: 'accuracy', outcome: 'met' }],
        evidence: [{ trust: 'typed', awaited: 'read' }],
      },
    ],
  })
  const { out: text } = await gonogo(repository.folder, [
    'check',
    '--full',
    '--base',
    'main',
    '--artifact',
    'validation=artifacts/good',
  ])
  expect(text).toContain('not shown to be produced by a run')
})

test('1: numbers from a folder that miss', async () => {
  expect((await check('--artifact', 'validation=artifacts/bad')).code).toBe(1)
})

test.each(['artifacts/empty', 'artifacts'])(
  '2: a folder without the file, or with a link to elsewhere: %s',
  async (dir) => {
    const { code, out } = await check('--artifact', `validation=${dir}`)

    expect(code).toBe(2)
    expect(JSON.parse(out)).toMatchObject({ models: [{ problems: [{ code: 'not_in_archive' }] }] })
  },
)

test('2: what was found and does not count is not awaited', async () => {
  const typed = { 'models/credit/metrics.json': '{ "accuracy": 0.95 }' }
  repository.commit('Type', { [MANIFEST]: manifest('metrics.json', ', metrics.json'), ...typed })

  const { code, out } = await check()

  expect(code).toBe(2)
  expect(JSON.parse(out)).toMatchObject({ models: [{ findings: [{}, { code: 'trust_too_low' }] }] })
})

test('a file that the manifest names outside of the folder is not read', async () => {
  repository.commit('Reach out', { [MANIFEST]: manifest('../secret.json') })

  const { code, out } = await check('--artifact', 'validation=artifacts/good')

  expect(code).toBe(2)
  expect(out).not.toContain('0.99')
})

test('2: a workflow that is not the default branch’s is no matter of waiting', async () => {
  repository.commit('Edit', { [MANIFEST]: manifest('metrics.json'), [WORKFLOW]: 'on: push\n' })

  const { code, out } = await check('--artifact', 'validation=artifacts/good')

  expect(code).toBe(2)
  expect(JSON.parse(out)).toMatchObject({
    models: [{ problems: [{ code: 'artifact_workflow' }] }],
  })
})

test.each([
  ['validation', 'names no artifact'],
  ['validation=nowhere', 'is not a folder'],
])('3: --artifact %s', async (given, says) => {
  const { code, err } = await check('--artifact', given)

  expect(code).toBe(3)
  expect(err).toContain(says)
})
