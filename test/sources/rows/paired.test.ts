import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Baseline } from '../../../src/core/baseline-answer.ts'
import { evaluate } from '../../../src/evaluate.ts'
import type { Facts } from '../../../src/facts.ts'
import { renderCheckRun } from '../../../src/render/check-run.ts'
import { gatherArtifacts } from '../../../src/sources/artifact-evidence.ts'
import { gather } from '../../../src/sources/gather.ts'
import { heldFrom } from '../../../src/sources/held.ts'
import { baselineFrom, narrowed } from '../../../src/sources/released-baseline.ts'
import { canonicalJson } from '../../../src/text/canonical.ts'
import { NO_WITNESS } from '../../support/approvals.ts'
import { anId } from '../../support/build.ts'
import { criteriaText, parsedCriteria, parsedManifest } from '../../support/facts.ts'
import { memory } from '../../support/memory.ts'

const DIGEST = 'a'.repeat(64)
const PATHS = { criteria: '.gonogo/criteria/credit.yml', manifest: 'models/credit/release.yml' }
const PIN = `digest: { sha256: ${DIGEST} }, rows: 400, label: y, positive: 1, threshold: 0.5`

/** 400 samples; of every tenth positive, and of some others, the two models say other things. */
function rows(
  model: 'own' | 'base',
  change: (line: string, index: number) => string = (line) => line,
): string {
  const lines = Array.from({ length: 400 }, (_, index) => {
    const y = index % 2
    const wrong = index % 9 === 0 || (model === 'base' ? index % 57 === 5 : index % 101 === 7)
    const answer = wrong ? 1 - y : y
    const score =
      0.1 + 0.8 * answer + ((index * 37) % 97) / 1000 + (model === 'base' ? (index % 3) / 1000 : 0)
    return `case-${index},${y},${score.toFixed(4)},p${index % 80}`
  }).map(change)
  return `id,y,p,who\n${(model === 'base' ? lines.toReversed() : lines).join('\n')}\n`
}

type Story = {
  readonly asked: string
  readonly own?: string
  readonly base?: string
  /** What the entries say besides, and how the other one is about what. */
  readonly entry?: string
  readonly id?: readonly [own: string, base: string]
  readonly about?: 'base' | 'released'
  readonly released?: Baseline | 'none'
}

async function verdict(story: Story) {
  const { asked, own = rows('own'), base = rows('base'), entry = '', about = 'base' } = story
  const [id, there] = story.id ?? ['id', 'id']
  const repository = memory()
  const written = {
    [PATHS.criteria]: `gonogo: 1\nmodel: credit\nrisk: low\napproach: build\ndatasets: { holdout: { ${PIN} } }\ncriteria:\n  - { id: c, control: performance, check: metric, dataset: holdout, ${asked} }\n`,
  }
  const first = repository.commit({ files: written })
  const training = repository.commit({ files: { ...written, 'train.py': 'fit()' }, parents: [first] })
  repository.move('main', first)
  const named = (column: string) => (column === '' ? '' : `, id: ${column}`)
  const manifest = [
    'gonogo: 1\nmodel: credit\nversion: 2.0.0',
    `weights: [{ uri: "s3://a/b", sha256: ${DIGEST} }]\ntraining: { commit: ${training} }`,
    `datasets: [{ name: holdout, role: test, digest: { sha256: ${DIGEST} } }, { name: corpus, role: train, digest: { sha256: ${'b'.repeat(64)} } }]`,
    'evidence:',
    `  - { rows: own.csv, dataset: holdout, score: p${named(id)}${entry} }`,
    `  - { rows: base.csv, dataset: holdout, score: p, about: ${about}${named(there)}${entry} }\n`,
  ].join('\n')
  const release = repository.commit({
    files: {
      ...written,
      'train.py': 'fit()',
      [PATHS.manifest]: manifest,
      'models/credit/own.csv': own,
      'models/credit/base.csv': base,
    },
    parents: [training],
  })
  const { released } = story
  const facts = await gather(repository, {
    ...{ commit: release, now: '2026-03-01T12:00:00Z', engine: '0.1.0' },
    ...(released && { witness: { ...NO_WITNESS, released: async () => released } }),
  })
  const judged = evaluate(facts)
  const [model] = judged.models
  if (model === undefined) throw new Error('nothing was judged')
  return {
    ...{ facts, judged, model, decision: model.decision },
    answer: model.findings.find(({ criterion }) => criterion === 'c')?.answer,
    problems: model.problems.filter(({ code }) => code !== 'artifact_awaited'),
  }
}

const ACCURACY = 'metric: accuracy, baseline: base, at_least: -0.02, confidence: 0.95'
const AREA = 'metric: roc_auc, baseline: base, at_least: -0.02, confidence: 0.95'

describe('a release beside the rows of its base', () => {
  test.each([
    ['accuracy', ACCURACY, 'newcombe_paired', 'newcombe'],
    [
      'recall',
      ACCURACY.replace('accuracy', 'recall').replace('-0.02', '-0.03'),
      'newcombe_paired',
      'newcombe',
    ],
    ['an area', AREA, 'delong_paired', 't'],
  ])(
    'goes by %s where the samples are named, and is not shown where they are not',
    async (_, asked, paired, alone) => {
      const came = await verdict({ asked })
      const unnamed = await verdict({ asked, id: ['', ''] })

      expect(came.problems).toEqual([])
      expect(came.answer).toMatchObject({ code: 'difference_within', shown: { method: paired } })
      expect(came.decision).toBe('go')
      expect(unnamed.answer).toMatchObject({ code: 'difference_not_shown', shown: { method: alone } })
      expect(unnamed.decision).toBe('undecided')
    },
  )

  test('says by what in its check run', async () => {
    expect(renderCheckRun((await verdict({ asked: ACCURACY })).judged).summary).toContain(
      'Newcombe, sample by sample',
    )
  })

  test('does not go where it is worse, however alike they are', async () => {
    const worse = rows('own', (line, index) =>
      index % 11 === 3 ? line.replace(/,0\.\d+,/, `,${index % 2 === 1 ? '0.1' : '0.9'},`) : line,
    )

    expect(await verdict({ asked: ACCURACY, own: worse })).toMatchObject({
      ...{ decision: 'no-go', answer: { code: 'difference_beyond', shown: { method: 'newcombe_paired' } } },
    })
  })

  test('with clusters is shown by them, and an area as if the samples were two', async () => {
    const entry = ', cluster: who'

    expect((await verdict({ asked: ACCURACY, entry })).answer).toMatchObject({
      shown: { method: 'clusters_paired' },
    })
    expect(await verdict({ asked: AREA, entry })).toMatchObject({
      ...{ decision: 'undecided', answer: { code: 'difference_not_shown', shown: { method: 't' } } },
    })
  })

  test.each<readonly [string, Partial<Story>, object]>([
    [
      'a sample that is left out',
      { base: rows('base').replace(/^case-9,.*\n/m, '') },
      { code: 'rows_unpaired', why: 'only_here', rows: 1, path: 'models/credit/own.csv' },
    ],
    [
      'a sample that is there twice',
      { base: rows('base').replace(/^case-9,/m, 'case-8,') },
      { code: 'bad_rows', flaw: 'id_twice', path: 'models/credit/base.csv' },
    ],
    [
      'a truth that is another',
      { base: rows('base').replace(/^case-9,1/m, 'case-9,0') },
      { code: 'rows_unpaired', why: 'differ', named: 'y' },
    ],
    [
      'names in one file alone',
      { id: ['', 'id'] },
      { code: 'missing_key', key: 'id', path: 'models/credit/release.yml' },
    ],
    ['names in the other alone', { id: ['id', ''] }, { code: 'missing_key', key: 'id' }],
    ['a column of names that is not there', { id: ['id', 'name'] }, { code: 'bad_rows', flaw: 'no_column' }],
  ])('never goes for %s', async (_, story, problem) => {
    const came = await verdict({ asked: ACCURACY, ...story })

    expect(came.decision).toBe('undecided')
    expect(came.problems).toContainEqual(expect.objectContaining(problem))
  })

  test('leads to the same verdict from its facts as JSON, which hold no row', async () => {
    const { facts, judged } = await verdict({ asked: ACCURACY })
    const kept = JSON.stringify(facts)

    expect(canonicalJson(evaluate(JSON.parse(kept) as Facts))).toBe(canonicalJson(judged)) // as replay reads them
    expect(kept).toContain('"onlyOther"')
    expect(kept).not.toContain('case-')
  })
})

/** What the ledger knows of a release whose rows were these. */
function releasedWith(facts: Facts, name: string): Baseline {
  const [model] = facts.models
  if (model?.identity === undefined) throw new Error('no identity')
  const evidence = model.evidence.map((file) => ({
    ...file,
    about: file.path.endsWith(name) ? ('candidate' as const) : ('base' as const),
  }))
  const found = baselineFrom(
    { ...facts, models: [{ ...model, evidence }] },
    { model: 'credit', identity: model.identity },
    { kind: 'released', version: '1.0.0', commit: anId('3') },
  )
  if (found === 'none') throw new Error('no release')
  return found
}

describe('a release beside the rows of the last one', () => {
  const asked = ACCURACY.replace('baseline: base', 'baseline: released')
  const last = async () => releasedWith((await verdict({ asked: ACCURACY, id: ['', ''] })).facts, 'base.csv')

  test('is paired with the very rows by which that was a go', async () => {
    const came = await verdict({ asked, about: 'released', released: await last() })

    expect(came.problems).toEqual([])
    expect(came.answer).toMatchObject({
      ...{ code: 'difference_within', shown: { method: 'newcombe_paired' } },
      baseline: { kind: 'released', version: '1.0.0' },
    })
    expect(came.decision).toBe('go')
    expect(renderCheckRun(came.judged).summary).toContain('about the last release')
  })

  test('is not with others, though they come to the same rates', async () => {
    // The same lines in another order: another file.
    const base = rows('base').replace(/^(case-8,.*\n)(case-7,.*\n)/m, '$2$1')
    const came = await verdict({ asked, about: 'released', base, released: await last() })

    expect(base).not.toBe(rows('base'))
    expect(came.answer).toMatchObject({ code: 'difference_not_shown', shown: { method: 'newcombe' } })
    expect(came.problems).toEqual([
      { path: 'models/credit/base.csv', code: 'rows_not_released', commit: anId('3'), version: '1.0.0' },
    ])
  })

  test('waits where nobody knows what was released, and says nothing of its rows', async () => {
    const came = await verdict({ asked, about: 'released' })

    expect(came.answer?.code).toBe('baseline_awaited')
    expect(came.problems).toEqual([])
    expect(await verdict({ asked, about: 'released', released: 'none' })).toMatchObject({
      ...{ answer: { code: 'no_baseline' }, problems: [] },
    })
  })

  test('rows of the last release answer for nothing else', async () => {
    const other = await verdict({ asked: 'metric: f1, at_least: 0.1', about: 'released' })
    const base = await verdict({ asked: ACCURACY, about: 'released' })

    expect(other.answer).toMatchObject({
      code: 'within_bound',
      observed: { source: { path: 'models/credit/own.csv' } },
    })
    expect(base.answer?.code).toBe('baseline_lacks')
  })

  test('what is kept of a baseline has no pairs', async () => {
    const { facts } = await verdict({ asked: ACCURACY })
    const all = releasedWith(facts, 'own.csv')
    const few = narrowed(all, ['accuracy'])

    expect(all.evidence[0]?.pairs).toBeDefined()
    expect(few !== 'none' && few.evidence[0]?.pairs).toBeUndefined()
    expect(few !== 'none' && few.evidence).toHaveLength(1)
  })
})

describe('rows of both in one artifact', () => {
  const WORKFLOW = '.github/workflows/validate.yml'
  const MANIFEST = 'models/credit-risk/release.yml'
  const entry = (artifact: string, file: string, about: string) =>
    `{ artifact: ${artifact}, rows: ${file}, workflow: ${WORKFLOW}, dataset: holdout, score: p, id: id, about: ${about} }`
  const named = (other: string) =>
    parsedManifest(
      `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: [{ path: a.onnx, sha256: ${DIGEST} }]\nevidence: [${entry('validation', 'own.csv', 'candidate')}, ${entry(other, 'base.csv', 'base')}]\n`,
    ).artifacts
  const { criteria } = parsedCriteria(
    `${criteriaText(['{ id: a, control: performance, check: metric, metric: accuracy, dataset: holdout, at_least: 0.5 }'])}datasets: { holdout: { ${PIN} } }\n`,
  )
  const bytes = (text: string) => new TextEncoder().encode(text)
  const content = { 'own.csv': bytes(rows('own')), 'base.csv': bytes(rows('base')) }

  test('are paired as its archive is read', async () => {
    const repository = memory()
    const commit = repository.commit({ files: { [WORKFLOW]: 'on: push' } })
    const wanted: unknown[] = []
    const files = new Map(
      Object.entries(content).map(([file, text]) => [
        file,
        { bytes: text.byteLength, sha256: createHash('sha256').update(text).digest('hex'), content: text },
      ]),
    )
    const read = { entries: [], problems: [], sha256: DIGEST, digest: 'same' as const, files }
    const artifact = { id: 1, name: 'validation', run: 2, commit, fork: false, expired: false, digest: null }
    const run = { id: 2, commit, workflow: WORKFLOW, fork: false, state: 'succeeded' as const }
    const witness = {
      kept: async () => [],
      listed: async () => [artifact],
      heard: async () => [],
      runs: async () => [run],
      read: async (
        one: typeof artifact | Parameters<typeof heldFrom>[1],
        asked: Parameters<typeof heldFrom>[2],
      ) => {
        wanted.push(asked.pairs)
        return await heldFrom(read, one, asked)
      },
    }
    const about = { commit, tip: commit, manifest: MANIFEST, criteria }
    const [own, base] = await gatherArtifacts(repository, { witness }, about, named('validation'))

    expect(wanted).toHaveLength(1)
    expect(own).toMatchObject({ trust: 'produced', problems: [] })
    expect(own?.pairs).toMatchObject([{ against: { path: base?.path, sha: base?.sha } }])
    expect(own?.pairs?.[0]?.figures.map(({ pointer }) => pointer)).toContain('/accuracy/0.5')
    expect(base?.pairs).toBeUndefined()
  })

  test('of two artifacts are not, as they are never at hand together', async () => {
    const repository = memory()
    const commit = repository.commit({ files: { [WORKFLOW]: 'on: push' } })
    const seen: unknown[] = []
    const witness = {
      ...{ kept: async () => [], listed: async () => [], heard: async () => [], runs: async () => [] },
      read: async () => ({ held: [], faults: new Map() }),
    }
    await gatherArtifacts(
      repository,
      {
        witness: {
          ...witness,
          kept: async (wanted) => {
            seen.push(wanted.pairs)
            return []
          },
        },
      },
      { commit, tip: commit, manifest: MANIFEST, criteria },
      named('other'),
    )

    expect(seen).toEqual([undefined, undefined])
  })
})
