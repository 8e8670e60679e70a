import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bytesOf } from '../../src/cli/lying/walk.ts'
import { parseManifest } from '../../src/criteria/manifest.ts'
import { demoFile } from '../../src/demo/files.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { type Files, gonogo, type LocalRepository, localRepository, releaseFiles, write } from './clone.ts'

const PATH = 'models/sentiment/release.yml'
const COMMIT = '4be1c0a7f9d24cf8a2a1b0a5d0cf2b6f2b2f3a01'
const [TRAIN, TEST, RAW, MODEL] = ['a', 'b', 'c', 'd'].map((one) => one.repeat(32))

const CRITERIA = `gonogo: 1
model: sentiment
risk: low
approach: build
datasets: { holdout: { digest: { md5: ${TEST} } } }
criteria:
  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.9, dataset: holdout }
  - { id: card, control: documentation, check: document, document: model-card, sections: [Use] }
  - { id: limits, control: documentation, check: document, document: limits, sections: [Use] }
`
const LM_EVAL = JSON.stringify({
  results: { gsm8k: { 'exact_match,none': 0.5 } },
  versions: { gsm8k: 3 },
  configs: { gsm8k: { dataset_path: 'openai/gsm8k' } },
  config: { model_args: 'pretrained=sentiment' },
})
const DVC_LOCK = `schema: '2.0'
stages:
  split:
    cmd: python split.py
    deps:
    - { path: data/raw.csv, hash: md5, md5: ${RAW}, size: 3 }
    - { path: split.py, hash: md5, md5: ${MODEL}, size: 3 }
    outs:
    - { path: data/train, hash: md5, md5: ${TRAIN}.dir, size: 3, nfiles: 2 }
    - { path: data/eval.csv, hash: md5, md5: ${TEST}, size: 3 }
  train:
    cmd: python train.py
    deps:
    - { path: data/train, hash: md5, md5: ${TRAIN}.dir, size: 3, nfiles: 2 }
    - { path: train.py, hash: md5, md5: ${MODEL}, size: 3 }
    outs:
    - { path: models/sentiment/model.pkl, hash: md5, md5: ${MODEL}, size: 3 }
  evaluate:
    cmd: python evaluate.py
    deps:
    - { path: data/eval.csv, hash: md5, md5: ${TEST}, size: 3 }
    - { path: models/sentiment/model.pkl, hash: md5, md5: ${MODEL}, size: 3 }
    outs:
    - { path: numbers.json, hash: md5, md5: ${RAW}, size: 3 }
`
const RECORD = `gonogo: 1
record: training
owner: ada@acme.example
date: 2026-02-01
commit: ${COMMIT}
`

let repository: LocalRepository
beforeEach(() => {
  repository = localRepository()
  write(repository.folder, { '.gonogo/criteria/sentiment.yml': CRITERIA })
})
afterEach(() => repository.remove())

const run = (...args: readonly string[]) => gonogo(repository.folder, ['manifest', ...args])
const put = (files: Files) => write(repository.folder, files)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const kept = () => readFileSync(join(repository.folder, PATH), 'utf8')
const parsed = (text: string) => parseManifest(parseYaml(text, PATH), PATH).manifest

describe('gonogo manifest', () => {
  test('a model folder: weights, evidence, data and the commit of the training record', async () => {
    put({
      'models/sentiment/model.safetensors': 'weights',
      'models/sentiment/optimizer.pt': 'state',
      'models/sentiment/checkpoint-500/model.safetensors': 'earlier',
      'models/sentiment/lm-eval.json': LM_EVAL,
      'models/sentiment/metrics.json': '{ "accuracy": 0.93 }',
      'models/sentiment/config.json': '{ "layers": 12 }',
      'models/sentiment/MODEL_CARD.md': '# Use\n\nfor reviews\n',
      'models/sentiment/notes.md': '# Notes\n\nof a day\n',
      'models/sentiment/training-record.yml': RECORD,
    })

    const { code, out, err } = await run('--from', 'models/sentiment')

    expect(code).toBe(0)
    expect(existsSync(join(repository.folder, PATH))).toBe(false)
    expect(parsed(`${out}version: 1.0.0\n`)).toEqual({
      gonogo: 1,
      model: 'sentiment',
      version: '1.0.0',
      weights: [{ path: 'model.safetensors', sha256: sha256('weights') }],
      training: { commit: COMMIT },
      datasets: [{ name: 'openai/gsm8k', role: 'test' }],
      evidence: [
        { path: 'MODEL_CARD.md', document: 'model-card' },
        'lm-eval.json',
        'metrics.json',
        'training-record.yml',
      ],
    })
    expect(err).toContain('models/sentiment/release.yml: a new manifest')
    expect(err).toContain('missing   `version:`')
    expect(err).toContain('missing   the document `limits`')
    expect(err).toContain('missing   the digest of dataset `openai/gsm8k`')
    expect(err).toContain('left out `config.json`: numbers in no tool')
    expect(err).toContain('left out `notes.md`: a document that no criterion asks for')
    expect(err).toContain('left out `checkpoint-500/model.safetensors`: a checkpoint')
  })

  test('what records name as their evidence: reports that are no documents, numbers, and the lock', async () => {
    const isolation = (evidence: string) =>
      `gonogo: 1\nrecord: environment-isolation\nowner: platform\ndate: 2026-02-01\nverified: { date: 2026-02-01, result: passed, evidence: ${evidence} }\n`
    put({
      'models/sentiment/records/environment-isolation.yml': isolation('reports/isolation.md'),
      'models/sentiment/records/poisoning-prevention.yml': `gonogo: 1\nrecord: poisoning-prevention\nowner: data\ndate: 2026-02-01\nbackdoor_test: { date: 2026-02-01, result: passed, evidence: models/sentiment/reports/search.json }\n`,
      'models/sentiment/records/training.yml': `${RECORD}environment: { python: "3.12", lock: requirements.txt }\n`,
      'models/sentiment/records/human-oversight.yml':
        'gonogo: 1\nrecord: human-oversight\nowner: b\ndate: 2026-02-01\nstop_test: { date: 2026-02-01, result: passed, evidence: drill.md }\n',
      'models/sentiment/reports/isolation.md':
        '# Isolation\n\n| metric | value |\n|--|--|\n| accuracy | 0.9 |\n',
      'models/sentiment/reports/other.md': '# Other\n\nof nobody\n',
      'models/sentiment/reports/search.json': '{ "triggers": 0 }',
      'models/sentiment/reports/drill.md': '# Drill\n\nit stopped\n',
      'models/sentiment/reports/2025/drill.md': '# Drill\n\nit stopped then\n',
      'models/sentiment/requirements-dev.txt': 'pytest==8.0.0\n',
      'requirements.txt': 'numpy==2.0.0\n',
      'models/sentiment/model.safetensors': 'weights',
    })

    const { out, err } = await run('--from', '.')

    expect(parsed(`${out}version: 1.0.0\n`)?.evidence).toEqual([
      'records/environment-isolation.yml',
      'records/human-oversight.yml',
      'records/poisoning-prevention.yml',
      'records/training.yml',
      'reports/isolation.md',
      'reports/search.json',
      '../../requirements.txt',
    ])
    // Which of two is meant a person must say.
    expect(err.match(/left out `[^`]*`/g)?.toSorted()).toEqual([
      'left out `models/sentiment/reports/2025/drill.md`',
      'left out `models/sentiment/reports/drill.md`',
      'left out `models/sentiment/reports/other.md`',
    ])
  })

  test('--write: what was printed, and a second time nothing', async () => {
    put({ 'models/sentiment/model.onnx': 'weights', 'models/sentiment/metrics.json': '{ "accuracy": 0.93 }' })
    const { out: printed } = await run('--from', '.')

    const first = await run('--from', '.', '--write')
    const written = kept()
    const second = await run('--from', '.', '--write')

    expect([first.code, second.code]).toEqual([0, 0])
    expect(first.out).toContain('release.yml: written')
    expect(written).toBe(printed)
    expect(second.out).toContain('release.yml: nothing to add')
    expect(kept()).toBe(written)
  })

  test('a DVC project: data by what the stages do with them, under the name that the criteria pin', async () => {
    put({
      'dvc.lock': DVC_LOCK,
      'dvc.yaml':
        'stages: { evaluate: { cmd: python evaluate.py, metrics: [numbers.json: { cache: false }] } }\n',
      'numbers.json': '{ "accuracy": 0.93 }',
    })

    const { out, err } = await run('--from', '.')

    expect(parsed(`${out}version: 1.0.0\nweights: [{ uri: x, sha256: ${sha256('x')} }]\n`)).toMatchObject({
      datasets: [
        { name: 'train', role: 'train', digest: { md5: `${TRAIN}.dir` } },
        { name: 'holdout', role: 'test', digest: { md5: TEST } },
        { name: 'raw', role: 'other', digest: { md5: RAW } },
      ],
      evidence: ['../../numbers.json'],
    })
    expect(err).toContain('the role `other` of dataset `raw` is a guess')
    expect(err).toContain('the sha256 of `models/sentiment/model.pkl`, of which DVC has an md5')
    expect(err).toContain('missing   `training.commit`')
  })

  test('an MLflow run: its commit, and the data that it logged beside it', async () => {
    const [id, run7] = ['f'.repeat(32), 'mlruns/1/7d1c']
    put({
      [`${run7}/meta.yaml`]: "run_id: 7d1c\nrun_uuid: 7d1c\nexperiment_id: '1'\nstatus: 3\n",
      [`${run7}/tags/mlflow.source.git.commit`]: COMMIT,
      [`${run7}/params/depth`]: '3',
      [`${run7}/inputs/aa/meta.yaml`]: `source_type: DATASET\nsource_id: ${id}\ntags:\n  mlflow.data.context: training\n`,
      [`${run7}/artifacts/model/model.pkl`]: 'weights',
      [`${run7}/artifacts/eval_report.json`]: '{ "accuracy": 0.93 }',
      [`mlruns/1/datasets/${id}/meta.yaml`]: 'name: reviews\ndigest: 1f8a9b2c\nsource_type: local\n',
    })

    const { out } = await run('--from', run7)

    expect(parsed(`${out}version: 1.0.0\n`)).toMatchObject({
      weights: [{ path: '../../mlruns/1/7d1c/artifacts/model/model.pkl', sha256: sha256('weights') }],
      training: { commit: COMMIT },
      datasets: [{ name: 'reviews', role: 'train', snapshot: 'mlflow:1f8a9b2c' }],
      evidence: ['../../mlruns/1/7d1c/artifacts/eval_report.json'],
    })
  })

  test('lists of digests: weights that lie elsewhere are taken from them, and those that differ are told', async () => {
    put({
      'models/sentiment/a.gguf': 'a',
      'models/sentiment/SHA256SUMS': `${sha256('other')}  a.gguf\n${sha256('b')} *./b.gguf\n${sha256('c')}  ../../c.gguf\n${sha256('d')}  notes.txt\n`,
    })

    const { out, err } = await run('--from', 'models/sentiment')

    expect(parsed(`${out}version: 1.0.0\n`)?.weights).toEqual([
      { path: 'a.gguf', sha256: sha256('a') },
      { path: 'b.gguf', sha256: sha256('b') },
    ])
    expect(err).toContain('differs   weights `a.gguf`: the list of digests says')
  })

  test('a pointer of Git LFS stands for its object', async () => {
    const oid = sha256('object')
    put({
      'models/sentiment/model.pt': `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 6\n`,
    })

    const { out } = await run('--from', 'models/sentiment')

    expect(parsed(`${out}version: 1.0.0\n`)?.weights).toEqual([{ path: 'model.pt', sha256: oid }])
  })

  test('what the gate follows to no object is a file of its own', async () => {
    const marked = `\ufeffversion https://git-lfs.github.com/spec/v1\noid sha256:${sha256('object')}\nsize 6\n`
    put({ 'models/sentiment/model.pt': marked })

    const { out } = await run('--from', 'models/sentiment')

    expect(parsed(`${out}version: 1.0.0\n`)?.weights).toEqual([{ path: 'model.pt', sha256: sha256(marked) }])
  })
})

const WRITTEN = `# what we release
gonogo: 1
model: sentiment
version: 1.0.0                   # of March

weights:
  # the big one
  - path: ./model.onnx
    sha256: ${sha256('earlier')} # by hand
known_as: [/mnt/ckpt/7]          # where it lay
datasets:
  - { name: openai/gsm8k, role: tune, origin: hub }
evidence: [lm-eval.json] # more to come
components: [prompt.md]
training: { commit: ${'1a'.repeat(20)} }
`

describe('updating what a person wrote', () => {
  beforeEach(() =>
    put({
      [PATH]: WRITTEN,
      'models/sentiment/model.onnx': 'weights',
      'models/sentiment/lm-eval.json': LM_EVAL,
      'models/sentiment/metrics.json': '{ "accuracy": 0.93 }',
      'models/sentiment/training-record.yml': RECORD,
    }),
  )

  test('comments, order, other keys and every value stay; what differs is told', async () => {
    const { out } = await run('--from', 'models/sentiment', '--write')

    expect(kept()).toBe(
      WRITTEN.replace('[lm-eval.json]', '[ lm-eval.json, metrics.json, training-record.yml ]'),
    )
    expect(out).toContain('differs   weights `model.onnx`: the manifest has `sha256:')
    expect(out).toContain('differs   training `training.commit`: the manifest has `1a1a1a1a1a`')
    expect(out).not.toContain('missing   `version')
  })

  test('--replace takes digests and commits, and nothing else', async () => {
    const { out } = await run('--from', 'models/sentiment', '--write', '--replace')
    const manifest = parsed(kept())

    expect(out).toContain('replaced  weights `model.onnx`')
    expect(manifest).toMatchObject({
      version: '1.0.0',
      weights: [{ path: './model.onnx', sha256: sha256('weights') }],
      training: { commit: COMMIT },
      datasets: [{ name: 'openai/gsm8k', role: 'tune', origin: 'hub' }],
      known_as: ['/mnt/ckpt/7'],
    })
    expect(kept()).toContain('# by hand')
  })

  test('without anything to add the file stays byte for byte', async () => {
    const odd = `gonogo:   1\nmodel: "sentiment"\nevidence: [ lm-eval.json,metrics.json,training-record.yml]\nweights: [{uri: x,sha256: ${sha256('weights')}}]\ndatasets: [{name: openai/gsm8k,role: other}]\ntraining: {commit: ${COMMIT}}\n`
    put({ [PATH]: odd })

    const { out } = await run('--from', 'models/sentiment', '--write')

    expect(out).toContain('nothing to add')
    expect(kept()).toBe(odd)
  })

  test('a key that has another form is left as it is', async () => {
    put({ [PATH]: 'gonogo: 1\nmodel: sentiment\nevidence: soon\nservice: { provider: a, model: b }\n' })

    const { code, out } = await run('--from', 'models/sentiment')

    expect(code).toBe(0)
    expect(out).toContain('evidence: soon')
    expect(out).not.toContain('weights:')
  })

  test('evidence of another model is told before the gate refuses it', async () => {
    put({ 'models/sentiment/lm-eval.json': LM_EVAL.replace('=sentiment', '=acme/base') })

    const { err } = await run('--from', 'models/sentiment')

    expect(err).toContain('`lm-eval.json` is about `acme/base`')
  })

  test('3: a manifest that can not be read is not written over', async () => {
    put({ [PATH]: 'gonogo: 1\ngonogo: 1\n' })

    const { code, err } = await run('--from', 'models/sentiment', '--write')

    expect(code).toBe(3)
    expect(err).toContain('models/sentiment/release.yml:2')
    expect(kept()).toBe('gonogo: 1\ngonogo: 1\n')
  })
})

test('what is written, with a version, is a release that comes to go', async () => {
  const { folder, commit, git } = repository
  commit('Criteria', { '.gonogo/criteria/sentiment.yml': demoFile('criteria.yml') })
  const training = commit('Train', { 'train.py': demoFile('train.py') })
  git('checkout', '--quiet', '-b', 'release')
  const { [PATH]: _, ...files } = releaseFiles(training)
  put(files)

  const { code, out } = await run('--from', 'models/sentiment', '--write')
  expect(code).toBe(0)
  expect(out.split('\n').filter((line) => line.includes('missing'))).toEqual([
    expect.stringContaining('`version:`'),
  ])
  commit('Release', { [PATH]: `${kept()}version: 1.0.0\n` })

  const checked = await gonogo(folder, ['check', '--base', 'main', '--full'])
  expect(checked.out).toContain('bound by commit')
  expect(checked.code).toBe(0)
})

describe('whose release it is', () => {
  test('the folder of a model says it, before the criteria', async () => {
    put({ 'models/topics/metrics.json': '{ "accuracy": 0.93 }' })

    expect((await run('--from', 'models/topics')).out).toContain('model: topics')
  })

  test('3: it can not be told from several, or no criteria; --model does', async () => {
    put({ '.gonogo/criteria/topics.yml': CRITERIA, 'out/metrics.json': '{ "accuracy": 0.93 }' })

    const { code, err } = await run('--from', 'out')

    expect(code).toBe(3)
    expect(err).toContain('give --model, one of sentiment, topics')
    expect((await run('--from', 'out', '--model', 'topics')).out).toContain('- ../../out/metrics.json')
  })

  test('what belongs to another model is not named', async () => {
    put({
      'models/topics/release.yml': 'gonogo: 1\n',
      'models/topics/metrics.json': '{ "accuracy": 0.5 }',
      'models/sentiment/metrics.json': '{ "accuracy": 0.93 }',
    })

    const { out } = await run('--from', '.')

    expect(out).toContain('- metrics.json')
    expect(out).not.toContain('topics')
  })

  test.each([
    ['no folder', ['--from', 'nowhere']],
    ['a file', ['--from', '.gonogo/criteria/sentiment.yml']],
    ['no name', ['--from', '.', '--model', '../x']],
    ['nothing', []],
  ])('3: %s', async (_, args) => {
    expect((await run(...args)).code).toBe(3)
  })
})

describe('a hostile folder', () => {
  test('links are not followed, pipes not waited for, hidden folders not entered', async () => {
    put({
      'secret/metrics.json': '{ "accuracy": 0.99 }',
      'models/sentiment/metrics.json': '{ "accuracy": 0.93 }',
      'models/sentiment/.cache/metrics.json': '{ "accuracy": 0.93 }',
    })
    const folder = join(repository.folder, 'models/sentiment')
    symlinkSync(join(repository.folder, 'secret'), join(folder, 'linked'))
    symlinkSync(join(repository.folder, 'secret/metrics.json'), join(folder, 'eval.json'))
    execFileSync('mkfifo', [join(folder, 'results.json')])

    const { code, out, err } = await run('--from', 'models/sentiment')

    expect(code).toBe(0)
    expect(parsed(`${out}version: 1.0.0\nweights: [{ uri: x, sha256: ${sha256('x')} }]\n`)?.evidence).toEqual(
      ['metrics.json'],
    )
    expect(err).toContain('left out `linked`: links are not followed')
    expect(err).toContain('left out `eval.json`: links are not followed')
  })

  test('a file that became a link or a pipe since it was found is not opened', async () => {
    put({ 'secret.json': '{}' })
    const [link, pipe] = [join(repository.folder, 'link.json'), join(repository.folder, 'pipe.json')]
    symlinkSync(join(repository.folder, 'secret.json'), link)
    execFileSync('mkfifo', [pipe])

    expect(await Promise.all([link, pipe].map((path) => bytesOf(path, 100)))).toEqual([
      'unreadable',
      'unreadable',
    ])
    expect(await bytesOf(join(repository.folder, 'secret.json'), 1)).toBe('too_large')
  })

  test('data that an MLflow run names are not looked for through a link', async () => {
    put({
      'mlruns/1/7d1c/meta.yaml': 'run_id: 7d1c\n',
      'mlruns/1/7d1c/inputs/aa/meta.yaml': 'source_type: DATASET\nsource_id: aa11\n',
      'elsewhere/aa11/meta.yaml': 'name: secret\ndigest: 1f8a9b2c\n',
    })
    symlinkSync(join(repository.folder, 'elsewhere'), join(repository.folder, 'mlruns/1/datasets'))

    const { code, out } = await run('--from', 'mlruns/1/7d1c')

    expect(code).toBe(0)
    expect(out).not.toContain('secret')
  })

  test('nothing is written through a link', async () => {
    put({ 'elsewhere/x': '', 'out/metrics.json': '{ "accuracy": 0.93 }' })
    symlinkSync(join(repository.folder, 'elsewhere'), join(repository.folder, 'models'))

    const { code, err } = await run('--from', 'out', '--write')

    expect(code).toBe(3)
    expect(err).toContain('over a link')
    expect(existsSync(join(repository.folder, 'elsewhere/sentiment'))).toBe(false)
  })

  test('names that a manifest or a terminal would read otherwise', async () => {
    put({
      'models/sentiment/of: b #c.eval.json': '{ "accuracy": 0.93 }',
      'models/sentiment/[x]-metrics.json': '{ "accuracy": 0.93 }',
      'models/sentiment/\u001b[31m-metrics.json': '{ "accuracy": 0.93 }',
      'models/sentiment/back\\slash-metrics.json': '{ "accuracy": 0.93 }',
    })

    const { out, err } = await run('--from', 'models/sentiment')

    expect(parsed(`${out}version: 1.0.0\nweights: [{ uri: x, sha256: ${sha256('x')} }]\n`)?.evidence).toEqual(
      ['[x]-metrics.json', 'of: b #c.eval.json'],
    )
    expect(err).toContain('a manifest can not write its name')
    expect(`${out}${err}`).not.toContain('\u001b')
  })

  test('what lies outside of the repository can not be named', async () => {
    const outside = localRepository()
    write(outside.folder, { 'metrics.json': '{ "accuracy": 0.93 }', 'model.pt': 'weights' })

    const { code, out, err } = await run('--from', outside.folder, '--model', 'sentiment')
    outside.remove()

    expect(code).toBe(0)
    expect(out).toBe('gonogo: 1\nmodel: sentiment\n')
    expect(err).toContain('left out `model.pt`: it is not in the repository')
  })

  test('a tree without end is cut, and that is said', async () => {
    const deep = Array.from({ length: 20 }, () => 'd').join('/')
    mkdirSync(join(repository.folder, 'models/sentiment', deep), { recursive: true })
    put({ [`models/sentiment/${deep}/metrics.json`]: '{ "accuracy": 0.93 }' })

    const { out, err } = await run('--from', 'models/sentiment')

    expect(out).not.toContain('evidence')
    expect(err).toContain('nothing was looked for below 12 folders')
    rmSync(join(repository.folder, 'models'), { recursive: true })
  })
})
