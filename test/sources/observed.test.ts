import { describe, expect, test } from 'vitest'
import type { Seen } from '../../src/core/doctor-facts.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { ModelFacts, SeenRun, SeenTicket } from '../../src/facts.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { gatherObserved } from '../../src/sources/observed.ts'
import type { AskedAccess, Witness } from '../../src/sources/witness.ts'
import { NO_WITNESS } from '../support/approvals.ts'
import { anEvidence, asking, modelFacts, parsedManifest } from '../support/facts.ts'
import { memory } from '../support/memory.ts'
import { aRecordText } from '../support/records.ts'

const TRAIN = '.github/workflows/train.yml'
const ACCESS = '{ id: access, control: access-control, check: record, record: access-control }'
const APART = '{ id: apart, control: environment-isolation, check: record, record: environment-isolation }'
const MANIFEST = `gonogo: 1
model: credit-risk
version: 1.0.0
weights: [{ path: m.bin, sha256: ${'a'.repeat(64)} }]
training: { run: 7, commit: ${'b'.repeat(40)} }
datasets: [{ name: train, role: train, origin: ../../data/train.csv.dvc }]
evidence: [a.yml]
`
const REPOSITORY = memory()
const COMMIT = REPOSITORY.commit({
  files: {
    [TRAIN]: 'on: push\npermissions: {}\njobs: { train: { runs-on: x } }\n',
    'data/train.csv.dvc': 'outs: []\n',
    '.github/CODEOWNERS': '* @acme/platform\n/data/ @acme/data @zoe\n',
  },
})
REPOSITORY.move('main', COMMIT)

const run: SeenRun = {
  ...{ kind: 'seen', clock: 'run', work: 'training', run: 7, repository: 'Acme/Models', workflow: TRAIN },
  ...{ began: '2026-03-01T12:00:00Z', commit: COMMIT, fork: false, success: true, file: 'trusted' },
  ...{ tip: { kind: 'gap' }, produced: { kind: 'no_artifact', artifact: 'weights' } },
}

function recorded(changes: object): Evidence {
  const { reading } = readEvidence(Buffer.from(aRecordText('access-control', changes)), 'a.yml', 'f00d')
  return anEvidence({ ...reading, path: 'a.yml' })
}

/** What was seen of access, and what was asked for it. */
async function seen(
  lines: readonly string[],
  { own = [], shared = [] }: { readonly own?: readonly Evidence[]; readonly shared?: readonly Evidence[] },
  begun: ModelFacts['begun'] | 'none' = run,
  written = MANIFEST,
  tip = COMMIT,
) {
  const asked: AskedAccess[] = []
  const witness: Witness = {
    ...NO_WITNESS,
    access: async (asking) => {
      asked.push(asking)
      const accounts = ['ada', 'grace', 'lin']
      return {
        review: { seen: true },
        writers: { seen: { count: 3, accounts } },
        teams: { 'acme/ml': ['lin', 'max'] },
      }
    },
  }
  const { manifest: value } = parsedManifest(written)
  const model: ModelFacts = modelFacts({
    criteria: asking(lines),
    manifest: { ...modelFacts().manifest, ...(value && { value }) },
    ...(begun !== 'none' && begun && { begun }),
    evidence: own,
  })
  const { observed } = await gatherObserved(REPOSITORY, witness, model, {
    ...{ tip, held: undefined, shared },
  })
  return { access: observed?.access, observed, asked }
}

test('who may write is asked for where a criterion asks who may', async () => {
  const own = [recorded({ change_training_data: ['@ada', '@acme/ml'], start_runs: ['@ada'] })]

  const { access, asked } = await seen([ACCESS], { own })

  expect(asked).toEqual([{ teams: ['acme/ml'], owning: ['acme/data'], everybody: false }])
  expect(access).toEqual({
    review: { seen: true },
    // Lin is in a team that one field names, and the other does not.
    writers: { seen: { count: 3, accounts: ['grace', 'lin'] } },
    owners: ['@acme/data', '@zoe'],
    teams: { 'acme/ml': ['lin'] },
  })
})

test('a record beside the floor counts', async () => {
  const shared = [recorded({ change_training_data: ['data stewards'], start_runs: ['@acme/ops'] })]

  expect((await seen([ACCESS], { shared })).asked).toEqual([
    { teams: ['acme/ops'], owning: [], everybody: true },
  ])
})

const BY_COMMIT = MANIFEST.replace('run: 7, ', '')
const own = [recorded({ change_training_data: ['@ada'], start_runs: ['@acme/ml'] })]

describe('without a run of the repository', () => {
  const ticket: SeenTicket = {
    ...{ kind: 'seen', clock: 'ticket', work: 'training', path: 'start.jwt', began: '2026-03-01T12:00:00Z' },
    ...{ nonce: 'n', repository: 'acme/models', model: 'credit-risk', tip: COMMIT, criteria: COMMIT },
  }
  test.each<readonly [string, SeenRun | SeenTicket | 'none']>([
    ['a commit', 'none'],
    ['a ticket', ticket],
    ['a run of a repository that the app may not look into', { ...run, repository: 'acme/train' }],
  ])('of %s who may write is seen, and who owns the data', async (_, begun) => {
    const { observed, asked } = await seen([ACCESS, APART], { own }, begun, BY_COMMIT)

    // Who starts it nobody sees: of the team it is not asked who is in it.
    expect(asked).toEqual([{ teams: [], owning: ['acme/data'], everybody: false }])
    expect(observed).toEqual({
      environments: { seen: [] },
      paths: ['data/train.csv.dvc'],
      unowned: [],
      access: {
        review: { seen: true },
        writers: { seen: { count: 3, accounts: ['grace', 'lin'] } },
        owners: ['@acme/data', '@zoe'],
        teams: { 'acme/ml': ['lin'] },
      },
    })
  })

  test('nobody is asked about data that are elsewhere', async () => {
    const { observed, asked } = await seen(
      [ACCESS],
      { own },
      'none',
      BY_COMMIT.replace('../../data/train.csv.dvc', 's3://data/train.csv'),
    )

    expect(asked).toEqual([])
    expect(observed).toEqual({ environments: { seen: [] }, paths: [], unowned: [] })
  })

  test('nobody has to own anything where no data is', async () => {
    const unguarded = REPOSITORY.commit({ files: { CODEOWNERS: '/data/ @acme/data\n' } })

    const { observed } = await seen([ACCESS], { own }, 'none', BY_COMMIT, unguarded)

    expect(observed).toMatchObject({ paths: [], unowned: [] })
  })

  test('nothing is seen of where it ran', async () => {
    expect((await seen([APART], { own }, 'none', BY_COMMIT)).observed).toBeUndefined()
  })
})

describe('a run of a sibling', () => {
  const other = memory({ name: 'acme/train' })
  const at = other.commit({
    files: {
      [TRAIN]: 'on: push\npermissions: {}\njobs: { train: { runs-on: x, environment: training } }\n',
      CODEOWNERS: '/.github/ @acme/platform\nCODEOWNERS @acme/platform\n',
    },
  })
  other.move('main', at)
  const bare = other.commit({ files: { [TRAIN]: 'on: push\n' } })
  const elsewhere: SeenRun = { ...run, repository: 'acme/train', commit: at }

  async function seenThere(tip: Seen<string>, { written = MANIFEST, lines = [ACCESS, APART] } = {}) {
    const asked: (readonly [string, AskedAccess])[] = []
    const told = (where: string, accounts: readonly string[]): Witness['access'] => {
      return async (asking) => {
        asked.push([where, asking])
        return { review: { seen: false }, writers: { seen: { count: accounts.length, accounts } }, teams: {} }
      }
    }
    const witness: Witness = {
      ...NO_WITNESS,
      access: told('here', ['ada', 'grace']),
      sibling: async (name) =>
        name !== 'acme/train'
          ? undefined
          : {
              repository: other,
              tip: async () => tip,
              environments: async () => ({ seen: [GUARDED] }),
              access: told('there', ['lin', 'max']),
            },
    }
    const { manifest: value } = parsedManifest(written)
    const model: ModelFacts = modelFacts({
      criteria: asking(lines),
      manifest: { ...modelFacts().manifest, ...(value && { value }) },
      begun: elsewhere,
      evidence: [recorded({ change_training_data: ['@ada'], start_runs: ['@lin'] })],
    })
    const { observed } = await gatherObserved(REPOSITORY, witness, model, {
      ...{ tip: COMMIT, held: undefined, shared: [] },
    })
    return { observed, asked }
  }
  const GUARDED = {
    name: 'training',
    reviewers: 1,
    othersReview: true,
    branches: { from: 'protected', some: { seen: true } },
  } as const

  test('counts for the sibling, and the data for the judged repository', async () => {
    const { observed, asked } = await seenThere({ seen: at })

    const nobody = { teams: [], everybody: false }
    expect(asked).toEqual([
      ['here', { ...nobody, owning: ['acme/data'] }],
      ['there', { ...nobody, owning: [] }],
    ])
    expect(observed).toMatchObject({
      ...{ run: 7, sibling: 'acme/train', environments: { seen: [GUARDED] }, unowned: [] },
      workflow: { path: TRAIN, kind: 'read', environments: ['training'] },
      paths: ['data/train.csv.dvc'],
      // Nobody is kept whom the record names where it matters.
      access: { writers: { seen: { accounts: ['grace'] } } },
      starting: { writers: { seen: { accounts: ['max'] } } },
    })
  })

  test('has an owner of its workflow there', async () => {
    expect((await seenThere({ seen: bare })).observed?.unowned).toEqual([`acme/train:${TRAIN}`])
    expect((await seenThere({ unseen: { needs: 'Contents: read' } })).observed?.unowned).toEqual([])
  })

  test('is all that is asked about where the data are elsewhere, or only its isolation', async () => {
    const written = MANIFEST.replace('../../data/train.csv.dvc', 's3://data/train.csv')
    expect((await seenThere({ seen: at }, { written })).asked.map(([where]) => where)).toEqual(['there'])

    const { observed, asked } = await seenThere({ seen: bare }, { lines: [APART] })
    expect(asked).toEqual([])
    expect(observed).toMatchObject({ sibling: 'acme/train', unowned: [] })
  })
})

test.each<readonly [string, readonly string[], SeenRun, string]>([
  ['no criterion asks it', [APART], run, MANIFEST],
  [
    'nothing is trained',
    [ACCESS],
    { ...run, work: 'evaluation' },
    MANIFEST.replace('training:', 'evaluation:'),
  ],
])('nobody is asked about where %s', async (_, lines, begun, written) => {
  const { access, asked } = await seen(lines, { own: [recorded({})] }, begun, written)

  expect(asked).toEqual([])
  expect(access).toBeUndefined()
})
