import { expect, test } from 'vitest'
import type { EvidenceRecord } from '../../src/core/record.ts'
import type { ModelFacts, SeenRun } from '../../src/facts.ts'
import { gatherAtTraining } from '../../src/sources/at-training.ts'
import type { Repository } from '../../src/sources/repository.ts'
import { anId } from '../support/build.ts'
import { anEvidence, asking, modelFacts } from '../support/facts.ts'
import { memory } from '../support/memory.ts'
import { environment, run as ranWith, settings } from '../support/training.ts'

const INTEGRITY = (of: string) => `{ id: i, control: reproducibility, check: integrity, of: [${of}] }`
const REPOSITORY = memory({ name: 'acme/models' })
const START = REPOSITORY.commit({ files: { 'README.md': '' } })
const TRAINING = REPOSITORY.commit({
  parents: [START],
  files: { 'params.yaml': 'seed: 1\n', 'train.py': 'fit()\n' },
  links: { 'link.txt': 'r.txt' },
})
const LATER = REPOSITORY.commit({ parents: [TRAINING], files: { 'params.yaml': 'seed: 2\n' } })
REPOSITORY.move('main', LATER)

const evidenceOf = (record: EvidenceRecord, given: object = {}) =>
  anEvidence({ path: record.source.path, measurements: [], records: [record], ...given })
const EVIDENCE = [
  evidenceOf(settings('params.yaml', 'committed', { seed: 1 })),
  evidenceOf(settings('run.json', 'run', { seed: 1 })),
  evidenceOf(environment('r.txt', [])),
  evidenceOf(environment('link.txt', [])),
  evidenceOf(ranWith('w.json')),
  evidenceOf(environment('up.txt', []), { awaited: 'read' }),
  evidenceOf(environment('base.txt', []), { about: 'base' }),
]

async function had(
  training: object | undefined,
  given: Partial<ModelFacts> = {},
  of = 'parameters, environment',
  evidence = EVIDENCE,
  repository: Repository = REPOSITORY,
) {
  const own = modelFacts()
  const value = own.manifest.value && { ...own.manifest.value, training }
  // The types of what a manifest may leave out.
  const manifest = { ...own.manifest, value } as ModelFacts['manifest']
  const model = modelFacts({ evidence, criteria: asking([INTEGRITY(of)]), manifest, ...given })
  return (await gatherAtTraining(repository, model, { tip: LATER, held: undefined })).atTraining
}

const seen = (given: Partial<SeenRun> = {}): SeenRun => ({
  ...{ kind: 'seen', clock: 'run', work: 'training', run: 7, repository: 'Acme/Models', workflow: 'w.yml' },
  ...{ began: '2026-03-01T12:00:00Z', commit: TRAINING, fork: false, success: true, file: 'trusted' },
  ...{ tip: { kind: 'gap' }, produced: { kind: 'no_artifact', artifact: 'weights' } },
  ...given,
})

test('the files that a training reads, as the commit that the manifest names had them', async () => {
  const leaf = await REPOSITORY.entry(TRAINING, 'params.yaml')

  expect(await had({ commit: TRAINING })).toEqual({
    ...{ kind: 'seen', commit: TRAINING },
    // A link is no file, and what is not there has no blob.
    files: [
      { path: 'link.txt' },
      { path: 'params.yaml', sha: leaf?.kind === 'file' ? leaf.oid : '' },
      { path: 'r.txt' },
    ],
  })
})

test('a run that was seen outranks the commit that the manifest names', async () => {
  expect(await had({ run: 7, commit: LATER }, { begun: seen() })).toMatchObject({ commit: TRAINING })
  expect(await had({ run: 7, commit: LATER }, { begun: seen({ work: 'evaluation' }) })).toMatchObject({
    commit: LATER,
  })
})

test('nothing is asked where no criterion asks, no commit is known, or no file is there', async () => {
  expect(await had({ commit: TRAINING }, {}, 'code, data')).toBeUndefined()
  expect(await had({ run: 7 })).toBeUndefined()
  expect(await had(undefined)).toBeUndefined()
  expect(await had({ commit: TRAINING }, {}, 'parameters', EVIDENCE.slice(1, 2))).toBeUndefined()
})

test('of another repository, and of a commit that is not there, nothing is seen', async () => {
  expect(await had({ run: 7, repository: 'acme/train', commit: TRAINING })).toEqual({
    ...{ kind: 'elsewhere', commit: TRAINING },
  })
  expect(await had({ run: 7 }, { begun: seen({ repository: 'acme/train' }) })).toEqual({
    ...{ kind: 'elsewhere', commit: TRAINING },
  })
  expect(await had({ commit: anId('7') })).toEqual({ kind: 'not_found', commit: anId('7') })
  expect(await had({ commit: 'a'.repeat(64) })).toEqual({ kind: 'not_found', commit: 'a'.repeat(64) })
})

test('what is no commit id here may be the name of a branch, and is not looked up', async () => {
  const named = 'a'.repeat(64)
  const repository: Repository = {
    ...REPOSITORY,
    mergeBase: async () => ({ kind: 'commit', commit: START }),
  }

  expect(await had({ commit: named }, {}, 'environment', EVIDENCE, repository)).toEqual({
    ...{ kind: 'not_found', commit: named },
  })
})
