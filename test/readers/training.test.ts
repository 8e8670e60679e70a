import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { remoteOf } from '../../src/readers/remotes.ts'
import { requiredBy } from '../../src/readers/requirements.ts'
import { settingsOfArguments } from '../../src/readers/settings.ts'
import { aDigest } from '../support/digest.ts'
import { faults, readFixture, readText } from './read.ts'

type Kind<K extends EvidenceRecord['kind']> = Extract<EvidenceRecord, { kind: K }>

function only<K extends EvidenceRecord['kind']>(records: readonly EvidenceRecord[], kind: K): Kind<K> {
  const found = records.filter((one): one is Kind<K> => one.kind === kind)
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} records of ${kind}`)
  return found[0]
}

const recordOf = <K extends EvidenceRecord['kind']>(path: string, kind: K) =>
  only(readFixture(path).records, kind)

describe('dvc', () => {
  test('a lock names data by md5, parameters of all stages, and what came from nowhere', () => {
    const data = recordOf('dvc/dvc.lock', 'data')

    expect(data.datasets).toContainEqual({
      names: ['data/train.csv', 'train.csv'],
      digests: ['md5:2b1c2d3e4f5061728394a5b6c7d8e9f2'],
    })
    expect(data.datasets[0]?.digests).toEqual(['md5:0b1c2d3e4f5061728394a5b6c7d8e9f0.dir'])
    expect(data.open).toEqual(['vocabulary.txt'])
    // What a stage took in is among the data, and none of what the pipeline made.
    expect(data.outs?.map(({ path }) => path)).toEqual(expect.arrayContaining(['data/train.csv']))
    expect(data.outs?.map(({ path }) => path)).not.toContain('vocabulary.txt')
    expect(recordOf('dvc/dvc.lock', 'parameters')).toMatchObject({
      of: 'run',
      values: { 'prepare.split': 0.2, seed: 42, 'train.lr': 0.001, 'train.layers.0': 64 },
    })
    expect(faults('dvc/dvc.lock')).toEqual([])
  })

  test('a lock tells what each stage took in, made and ran, and a pointer what lies beside it', () => {
    const [, train] = recordOf('dvc/dvc.lock', 'data').stages ?? []

    expect(train).toEqual({
      ...{ name: 'train', ran: ['train.py'], simple: true },
      deps: [
        { path: 'data/train.csv', digests: ['md5:2b1c2d3e4f5061728394a5b6c7d8e9f2'] },
        { path: 'vocabulary.txt', digests: [] },
      ],
      outs: [{ path: 'model.pkl', digests: ['md5:3b1c2d3e4f5061728394a5b6c7d8e9f3'] }],
    })
    const pointer = 'outs:\n- md5: 5b1c2d3e4f5061728394a5b6c7d8e9f5\n  path: raw.csv\n'
    const raw = { path: 'raw.csv', digests: ['md5:5b1c2d3e4f5061728394a5b6c7d8e9f5'] }
    expect(only(readText(pointer, 'raw.csv.dvc').reading.records, 'data').stages).toEqual([
      { name: '', deps: [raw], outs: [raw], ran: [] },
    ])
    // What lies in another repository is none of this one's.
    expect(recordOf('dvc/import.yaml', 'data').stages?.flatMap(({ ran }) => ran)).toEqual([])
    const imported = `deps:\n- path: x.csv\n  repo:\n    url: https://git.example.org/r\n    rev_lock: ${'1a2b'.repeat(10)}\n`
    const lock = `schema: '2.0'\nstages:\n  s:\n    cmd: ["python ./a.py > b", "papermill n.ipynb out.ipynb; bash 'c.sh'"]\n    outs: [{ path: out.ipynb, md5: 5b1c2d3e4f5061728394a5b6c7d8e9f5 }]\n    ${imported.replaceAll('\n', '\n    ').trimEnd()}\n`
    const [stage] = only(readText(lock, 'dvc.lock').reading.records, 'data').stages ?? []
    expect(stage).toMatchObject({ deps: [], ran: ['a.py', 'n.ipynb', 'out.ipynb', 'c.sh'] })
    expect(stage).not.toHaveProperty('simple')
  })

  test('an md5 from before version 3 may be of a text with other ends of lines', () => {
    const data = (out: string) =>
      only(
        readText(`outs:\n- md5: 5b1c2d3e4f5061728394a5b6c7d8e9f5\n${out}`, 'x.dvc').reading.records,
        'data',
      ).datasets[0]?.unixLines

    expect(data('  path: raw.csv\n')).toBe(true)
    expect(data('  path: raw\n')).toBe(true)
    expect(data('  path: raw.csv\n  hash: md5\n')).toBeUndefined()
    expect(data('  path: raw.parquet\n')).toBeUndefined()
  })

  test('a stage that took in other data than were made, and a parameter of two values, are contradictions', () => {
    expect(faults('dvc/stale.lock')).toEqual([
      '12 contradiction stages.train takes in data/train.csv md5:9b1c2d3e4f5061728394a5b6c7d8e9f9 md5:2b1c2d3e4f5061728394a5b6c7d8e9f2 from stages.prepare',
      '22 contradiction lr 0.1 0.2',
    ])
  })

  test('an import is fixed by the commit that was found; without one it came from nowhere', () => {
    expect(recordOf('dvc/import.yaml', 'data')).not.toHaveProperty('open')
    const text = readText(
      'deps:\n- path: reviews\n  repo:\n    url: https://git.example.org/r\nouts:\n- md5: 5b1c2d3e4f5061728394a5b6c7d8e9f5\n  path: reviews\n',
      'reviews.dvc.yaml',
    )
    // What comes out has a digest of its own.
    expect(only(text.reading.records, 'data')).not.toHaveProperty('open')
    const other = readText(
      'deps:\n- path: far/away\n  repo:\n    url: https://git.example.org/r\nouts:\n- md5: 5b1c2d3e4f5061728394a5b6c7d8e9f5\n  path: reviews\n',
      'reviews.yaml',
    )
    expect(only(other.reading.records, 'data').open).toEqual(['far/away'])
  })
})

test.each(['dvc.lock', 'data.csv.dvc', 'MLmodel'])('%s is YAML by another name', (name) => {
  const text =
    name === 'MLmodel'
      ? 'artifact_path: model\nflavors:\n  sklearn:\n    sklearn_version: 1.5.2\nmlflow_version: 2.14.0\n'
      : name === 'dvc.lock'
        ? "schema: '2.0'\nstages: {}\n"
        : 'outs:\n- md5: 5b1c2d3e4f5061728394a5b6c7d8e9f5\n  path: data.csv\n'

  expect(readText(text, name).format).toBe(name === 'MLmodel' ? 'mlmodel' : 'dvc')
})

describe('runs', () => {
  test('MLmodel: what is pickled, leads to one machine, or has no signature', () => {
    expect(recordOf('mlmodel/MLmodel', 'run')).toMatchObject({
      doubts: [
        { what: 'pickled', found: 'cloudpickle', file: 'model.pkl' },
        { what: 'local_path', found: 'file:///C:/Users/somebody/mlruns/0/model' },
        { what: 'no_signature' },
      ],
      frameworks: { python: '3.11.9', sklearn: '1.5.2', mlflow: '2.14.0' },
      finished: '2026-02-03T09:00:00.123Z',
      ...{ run: 'fedcba9876543210fedcba9876543210', packaged: true },
    })
    expect(recordOf('mlmodel/plain.yaml', 'run').doubts).toEqual([])
  })

  test('a run of MLflow: commit, remote without its password, parameters and metrics', () => {
    expect(recordOf('mlflow-run/run.json', 'run')).toMatchObject({
      run: expect.stringMatching(/^[0-9a-f]{32}$/),
      commit: '0123456789abcdef0123456789abcdef01234567',
      remote: 'github.com/acme/models',
      started: '2026-02-03T08:00:00.000Z',
    })
    expect(recordOf('mlflow-run/run.json', 'parameters').values).toEqual({ 'train.lr': '0.001', seed: '42' })
    expect(JSON.stringify(readFixture('mlflow-run/run.json'))).not.toMatch(/hunter2|somebody/)
    expect(readFixture('mlflow-run/run.json').measurements).toHaveLength(2)
    expect(faults('mlflow-run/server.json')).toEqual(['3 not_finished status FAILED'])
  })

  test('a file with nothing but a commit is what a training ran on', () => {
    expect(recordOf('commit-id/mlflow.source.git.commit', 'run').commit).toBe(
      '0123456789abcdef0123456789abcdef01234567',
    )
    expect(readText(`${'0123456789'.repeat(4)}\n`, 'commit').format).toBe('commit-id')
    expect(readText('0123456', 'commit').format).toBeUndefined()
    expect(readText(`${'0123456789'.repeat(4)} main\n`, 'commit').format).toBeUndefined()
  })

  test('W&B: no people and no machines', () => {
    const { records } = readFixture('wandb-metadata/wandb-metadata.json')

    expect(only(records, 'run')).toMatchObject({
      remote: 'github.com/acme/models',
      hardware: 'NVIDIA A100',
      started: '2026-02-03T08:00:00.000Z',
    })
    expect(only(records, 'parameters').values).toEqual({ lr: '0.001', seed: '42', amp: true })
    expect(JSON.stringify(records)).not.toMatch(/somebody|node17/)
    expect(recordOf('wandb-config/config.yaml', 'parameters').values).toEqual({
      ...{ seed: 42, 'optimizer.name': 'adam', 'optimizer.lr': 0.001 },
    })
  })

  test('a secret among the arguments is not kept', () => {
    const written = [
      '--wandb-api-key',
      'abc',
      '--password=abc',
      'hf_token=abc',
      '--max-tokens',
      '8',
      '--token',
      'abc',
    ]

    expect(settingsOfArguments(written)).toEqual({ max_tokens: '8' })
  })

  test.each([
    ['https://github.com/acme/models.git', 'github.com/acme/models'],
    ['git@github.com:acme/models.git', 'github.com/acme/models'],
    ['ssh://git@github.example.org:22/acme/models', 'github.example.org/acme/models'],
    ['https://user:p%40ss@github.com/acme/models/', 'github.com/acme/models'],
    ['not an address', undefined],
    [7, undefined],
  ])('%s', (written, found) => {
    expect(remoteOf(written)).toBe(found)
  })
})

describe('parameters', () => {
  const bytes = (path: string) => readFileSync(new URL(`../../fixtures/readers/${path}`, import.meta.url))

  test('are read only where the manifest says so, and then no number is a result', () => {
    const named = readEvidence(bytes('parameters/params.yaml'), 'params.yaml', 'f00d', {
      named: 'parameters',
    })

    expect(named.reading.measurements).toEqual([])
    expect(named.reading.records).toMatchObject([
      { kind: 'parameters', of: 'committed', values: { seed: 42, 'train.lr': 0.001, 'train.layers.1': 32 } },
    ])
    expect(readEvidence(bytes('parameters/params.yaml'), 'params.yaml', 'f00d').format).toBe('metrics')
  })

  test('no name takes a file from the reader of its tool', () => {
    const read = readEvidence(bytes('dvc/dvc.lock'), 'dvc.lock', 'f00d', { named: 'parameters' })

    expect(read.format).toBe('dvc')
  })

  test('of Hydra are what ran, with what is not filled in', () => {
    const { reading } = readEvidence(bytes('hydra/config.yaml'), 'config.yaml', 'f00d', { named: 'hydra' })

    expect(reading.records).toMatchObject([{ of: 'run', unresolved: ['data_dir'] }])
  })

  test('of which there are too many are none', () => {
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`k${at}`, at])))
    const { reading } = readEvidence(new TextEncoder().encode(many), 'p.json', 'f00d', {
      named: 'parameters',
    })

    expect(reading.records).toEqual([])
    expect(reading.problems).toMatchObject([{ code: 'too_many' }])
  })
})

describe('environments', () => {
  test.each([
    ['numpy==1.26.4', undefined],
    ['numpy===1.26.4', undefined],
    ['torch==2.1.0+cu118', undefined],
    ['scikit-learn[all]==1.5.2 ; python_version >= "3.9"', undefined],
    ['own @ git+https://git.example.org/o@0123456789abcdef0123456789abcdef01234567', undefined],
    [`w @ https://x.example.org/w.whl#sha256=${aDigest()}`, undefined],
    ['-e .', undefined],
    ['./lib/tool', undefined],
    ['numpy', 'no_version'],
    ['numpy>=1.26', 'range'],
    ['numpy<2', 'range'],
    ['numpy~=1.26', 'range'],
    ['numpy==1.*', 'range'],
    ['numpy==1.26,<2', 'range'],
    ['-e git+https://git.example.org/tools.git@main#egg=tools', 'movable'],
    ['own @ git+https://git.example.org/o', 'movable'],
    ['https://x.example.org/w.whl', 'movable'],
    ['w @ file:///home/somebody/w.whl', 'local'],
    ['C:\\wheels\\w.whl', 'local'],
    ['../../elsewhere', 'local'],
  ])('pip: %s', (written, loose) => {
    const required = requiredBy(written)

    expect(required).toMatchObject({ kind: 'package' })
    expect(required?.kind === 'package' && required.package.loose).toBe(loose)
  })

  test.each([
    ['words', 'accuracy\nrecall\n'],
    ['words and numbers', 'accuracy: 0.93\nrecall: 0.9\n'],
    ['settings', 'epochs=10\nlr=0.1\n'],
    ['comparisons of words', 'a\nb>c\nd~e\n'],
    ['words that are the same', 'a==b\nc>=d\n'],
    ['words at places', 'word @ home\n'],
    ['paths', '/etc/hosts\n./x\nC:/data\n'],
    ['addresses', 'https://example.org/a\nhttps://example.org/data.csv\n'],
  ])('a list of %s is no requirements file', (_, text) => {
    expect(readText(text, 'list.txt').format).not.toBe('pip-requirements')
  })

  test.each([
    ['a version', 'numpy\npandas\ntorch>=2\n'],
    ['a digest', `numpy --hash=sha256:${'1a2b'.repeat(16)}\n`],
    ['an option', '--index-url https://index.example.org\nnumpy\n'],
    ['another file', 'numpy\n-r base.txt\n'],
    ['a project', 'numpy\n-e .\n'],
    ['a wheel', 'https://x.example.org/w.whl\n'],
    ['a repository', 'numpy\ngit+https://git.example.org/o@main\n'],
    ['an address of a package', 'own @ https://x.example.org/own.zip\n'],
  ])('a list with %s is a requirements file', (_, text) => {
    expect(readText(text, 'list.txt').format).toBe('pip-requirements')
  })

  test('what pip would not read is a problem, and a list of words no environment', () => {
    expect(requiredBy('a sentence of words')).toBeUndefined()
    expect(readText('numpy==1.26.4\n\nand then some\n', 'requirements.txt').format).toBeUndefined()
    expect(readText('accuracy\nrecall\n', 'list.txt').format).toBeUndefined()
    expect(
      readText('a==1\n'.repeat(30).concat('oh no really\n'), 'requirements.txt').reading.problems,
    ).toMatchObject([{ code: 'malformed', line: 31 }])
  })

  test('a token in an address is not kept', () => {
    expect(JSON.stringify(readFixture('pip-requirements/loose.txt'))).not.toContain('token')
    expect(recordOf('pip-requirements/loose.txt', 'environment').includes).toEqual(['base.txt'])
  })

  test('a hostile line is read as fast as any other', () => {
    const line = `a${'=!<>~'.repeat(4_000)}`
    const began = process.cpuUsage().user
    expect(requiredBy(line)).toBeUndefined()
    expect(requiredBy(`a[${' ,'.repeat(4_000)}`)).toBeUndefined()
    expect(process.cpuUsage().user - began).toBeLessThan(1_000_000)
  })

  test.each<readonly [string, readonly (string | undefined)[]]>([
    [
      'conda/environment.yaml',
      ['no_build', undefined, 'no_build', 'range', 'no_version', undefined, 'no_version'],
    ],
    ['conda/python_env.yaml', [undefined, 'no_version', undefined]],
    ['conda/conda-lock.yml', [undefined, undefined]],
    ['conda-explicit/linux-64.txt', [undefined, undefined, 'no_version']],
  ])('%s', (path, expected) => {
    const { packages } = recordOf(path, 'environment')

    expect(packages.map(({ loose }) => loose)).toEqual(expected)
  })

  test.each<readonly [string, object]>([
    ['python=3.12.11=h9e4_0[sha256=HEX]', { hashed: true }],
    ["conda-forge::python==3.12.11=h9e4_0[sha256='HEX']", { hashed: true }],
    ['python=3.12.11[sha256=HEX]', { loose: 'no_build' }],
    ['python=3.12.11=h9e4_0[md5=HEX]', { loose: 'range' }],
    ['python=3.12.11=h9e4_0[sha256=abc]', { loose: 'range' }],
    ['python[version=">=3"]', { loose: 'range' }],
    ['python=3.12.11=h9e4_0', {}],
  ])('%s of conda', (spec, expected) => {
    const written = spec.replace('HEX', aDigest())
    const text = `channels: [conda-forge]\ndependencies:\n  - ${JSON.stringify(written)}\n`

    expect(readText(text, 'conda.yaml').reading.records).toEqual([
      expect.objectContaining({ packages: [{ written, ...expected }] }),
    ])
  })

  test('only a sha256 is a digest of a package', () => {
    expect(recordOf('conda/conda-lock.yml', 'environment').packages.map(({ hashed }) => hashed)).toEqual([
      true,
      undefined,
    ])
  })
})

describe('descriptions of data', () => {
  test('a dataset of one file is that file', () => {
    expect(recordOf('croissant/reviews.json', 'data')).toMatchObject({
      datasets: [
        {
          names: ['reviews-2026', 'reviews.csv', 'data/reviews.csv'],
          digests: [`sha256:${'1a2b'.repeat(16)}`],
        },
      ],
      licence: { written: 'cc-by-4.0', plain: true },
    })
  })

  test('an address in the place of a digest is none, an md5 is weak, and the data may change', () => {
    expect(recordOf('croissant/placeholders.json', 'data')).toMatchObject({
      datasets: [
        { names: ['crawl'], digests: [] },
        { digests: [], placeholder: 'https://example.org/issues/80' },
        { digests: ['md5:1a2b1a2b1a2b1a2b1a2b1a2b1a2b1a2c'] },
      ],
      live: true,
      licence: { written: 'Public', plain: false },
    })
  })

  test.each([
    ['mit', true],
    ['apache-2.0', true],
    ['bsd-3-clause', true],
    ['CC-BY-4.0 OR MIT', true],
    ['https://example.org/terms', true],
    ['Public', false],
    ['other', false],
    ['This is a license.', false],
    ['TODO', false],
  ])('licence %s', (license, plain) => {
    const text = JSON.stringify({
      ...{ '@context': {}, '@type': 'Dataset', name: 'd', license },
      conformsTo: 'http://mlcommons.org/croissant/1.0',
    })

    expect(only(readText(text, 'c.json').reading.records, 'data').licence?.plain).toBe(plain)
  })

  test('a card of a dataset is a document too', () => {
    expect(readFixture('hf-dataset-card/README.md').records.map(({ kind }) => kind)).toEqual([
      'document',
      'data',
    ])
    expect(recordOf('data-provenance/reviews.json', 'data')).toMatchObject({
      ...{ datasets: [{ names: ['reviews-2026', 'reviews-2026-1'] }], licence: { plain: true } },
    })
  })

  test.each([
    ['0'.repeat(64), 'the same digit over and over'],
    ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'the digest of nothing'],
    ['1a2b', 'too short'],
    ['TODO', 'a word'],
  ])('%s is no digest: %s', (sha256) => {
    const text = JSON.stringify({
      ...{ '@context': {}, '@type': 'Dataset', name: 'd', conformsTo: 'http://mlcommons.org/croissant/1.0' },
      distribution: [{ '@type': 'cr:FileObject', name: 'd.csv', sha256 }],
    })

    expect(only(readText(text, 'c.json').reading.records, 'data').datasets[0]).toMatchObject({
      ...{ digests: [], placeholder: sha256 },
    })
  })
})

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)
const sample = (path: string) => new URL(path, SAMPLES)

describe('samples', () => {
  const read = <K extends EvidenceRecord['kind']>(path: string, kind: K) =>
    only(readEvidence(readFileSync(sample(path)), path, 'f00d').reading.records, kind)
  const has = (path: string) => existsSync(sample(path))

  test.skipIf(!has('croissant/titanic.csv'))('titanic.csv has the sha256 that its description says', () => {
    const digest = createHash('sha256')
      .update(readFileSync(sample('croissant/titanic.csv')))
      .digest('hex')
    const { datasets } = read('croissant/titanic-1.0.json', 'data')

    expect(datasets.find(({ names }) => names.includes('data/titanic.csv'))?.digests).toEqual([
      `sha256:${digest}`,
    ])
  })

  test.each([
    ['croissant/squad_v2-1.1.json', /^https:/],
    ['croissant/data_provenance_initiative-1.1.json', /^https:/],
    ['croissant/bigcode-the-stack-1.0.json', /^https:/],
  ])('%s has a placeholder for a digest', (path, placeholder) => {
    if (!has(path)) return
    const { datasets } = read(path, 'data')

    expect(datasets.flatMap(({ digests }) => digests)).toEqual([])
    expect(datasets.flatMap((one) => one.placeholder ?? [])).toEqual([expect.stringMatching(placeholder)])
  })

  test.each([
    ['croissant/data_provenance_initiative-1.1.json', undefined],
    ['croissant/credit-g-1.0.json', false],
    ['croissant/bigcode-the-stack-1.0.json', false],
    ['croissant/titanic-1.0.json', true],
  ])('%s: whether its licence is one', (path, plain) => {
    if (has(path)) expect(read(path, 'data').licence?.plain).toBe(plain)
  })

  test.skipIf(!has('croissant/credit-g-1.0.json'))('credit-g has no digest but a weak one', () => {
    const digests = read('croissant/credit-g-1.0.json', 'data').datasets.flatMap((one) => one.digests)

    expect(digests).not.toEqual([])
    expect(digests.filter((digest) => !digest.startsWith('md5:'))).toEqual([])
  })

  test.each([
    'reproducibility/mlflow-example.conda.yaml',
    'reproducibility/sd.environment.yaml',
    'reproducibility/mslearn.conda.yaml',
    'reproducibility/mslearn.python_env.yaml',
    'reproducibility/mslearn.requirements.txt',
  ])('%s is not pinned', (path) => {
    if (!has(path)) return
    expect(read(path, 'environment').packages.filter(({ loose }) => loose !== undefined)).not.toEqual([])
  })

  test.skipIf(!has('reproducibility/requirements-hashed.txt'))('hashed requirements are pinned', () => {
    const { packages } = read('reproducibility/requirements-hashed.txt', 'environment')

    expect(packages).toHaveLength(28)
    expect(packages.every(({ loose, hashed }) => loose === undefined && hashed === true)).toBe(true)
  })

  const locks = existsSync(sample('dvc/'))
    ? readdirSync(sample('dvc/')).filter((name) => /lock/.test(name))
    : []
  test.skipIf(locks.length === 0)('locks of DVC name their data', () => {
    for (const name of locks) {
      const { datasets } = read(`dvc/${name}`, 'data')
      expect(datasets.flatMap(({ digests }) => digests)).not.toEqual([])
    }
  })

  test.each(['mlflow/v1.30.1-MLmodel', 'mlflow/v2.21.3-MLmodel', 'reproducibility/mslearn.MLmodel'])(
    '%s is pickled',
    (path) => {
      if (has(path))
        expect(read(path, 'run').doubts).toContainEqual(
          expect.objectContaining({ what: 'pickled', found: 'cloudpickle', file: 'model.pkl' }),
        )
    },
  )
})
