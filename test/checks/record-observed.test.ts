import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/checks/context.ts'
import { answerRecord, RecordCheck } from '../../src/checks/record.ts'
import type { EnteredFrom } from '../../src/core/entered-from.ts'
import type { Observed, WorkflowSeen } from '../../src/core/observed.ts'
import type { WrittenKind } from '../../src/core/records/kinds.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aContext, anEvidence } from '../support/facts.ts'
import { aRecordText, aReport } from '../support/records.ts'

const workflow: WorkflowSeen = {
  ...{
    path: '.github/workflows/train.yml',
    sha: 'a'.repeat(40),
    faults: [],
    environments: [],
    outside: [],
    unread: [],
  },
  kind: 'read',
}
const seen: Observed = { run: 77, workflow, environments: { seen: [] }, paths: [] }
const open: Observed = {
  ...seen,
  workflow: { ...workflow, faults: [{ what: 'open_to_anyone', event: 'issues' }] },
}

function judged(
  kind: WrittenKind,
  observed: Context['observed'],
  given: object = {},
  changes: object = {},
): object {
  const criterion = RecordCheck.parse({ id: 'r', control: kind, check: 'record', record: kind, ...given })
  const { reading } = readEvidence(Buffer.from(aRecordText(kind, changes)), 'r.yml', 'f00d')
  const context = aContext([], {
    now: '2026-03-01T12:00:00Z',
    evidence: [anEvidence({ ...reading, path: 'r.yml' }), aReport('drills/report.md')],
  })
  return answerRecord(criterion, { ...context, ...(observed !== undefined && { observed }) })
}

const OBSERVED = { observed: true }
const unreadable: Observed = { ...seen, workflow: { ...workflow, kind: 'unreadable' } }

describe.each(['environment-isolation', 'access-control'] as const)('a record of %s', (kind) => {
  test.each<readonly [string, Context['observed'], object, object]>([
    ['nobody looked at', undefined, {}, { code: 'record_holds' }],
    ['that is awaited', 'awaited', {}, { code: 'record_holds' }],
    ['seen to be so', seen, {}, { code: 'record_holds', run: 77 }],
    ['seen to be so, as asked', seen, OBSERVED, { code: 'record_holds', run: 77 }],
    ['seen otherwise', open, {}, { code: 'record_observed_otherwise', outcome: 'unmet', run: 77 }],
    [
      'not understood',
      unreadable,
      {},
      { code: 'record_not_observed', outcome: 'undecided', why: 'not_understood' },
    ],
    ['nobody looked at, though asked', undefined, OBSERVED, { code: 'record_not_observed', why: 'no_run' }],
    ['awaited, though asked', 'awaited', OBSERVED, { code: 'record_not_observed', why: 'awaited' }],
  ])('of a run %s', (_, observed, given, answer) => {
    expect(judged(kind, observed, given)).toMatchObject(answer)
  })

  test('what is wanting in it is not made good by what was seen', () => {
    expect(judged(kind, seen, {}, { owner: 'TODO' })).toMatchObject({ code: 'record_unowned' })
    expect(judged(kind, seen, {})).not.toHaveProperty('faults')
  })
})

describe('a job that enters no environment', () => {
  const guard = { reviewers: 1, othersReview: true, branches: { from: 'any' } } as const
  const access = {
    ...{ review: { seen: true }, owners: ['@ada'], teams: {} },
    writers: { seen: { count: 2, accounts: ['ada', 'grace'] } },
  } as const
  const inside: Observed = {
    ...{ ...seen, access },
    workflow: { ...workflow, environments: ['training'] },
    environments: {
      seen: [{ name: 'training', ...guard, branches: { from: 'protected', some: { seen: true } } }],
    },
  }
  const outside: Observed = {
    ...inside,
    workflow: { ...workflow, environments: ['training'], outside: ['train'] },
  }
  const none: Observed = { ...seen, access, workflow: { ...workflow, outside: ['train'] } }
  const hidden: Observed = { ...outside, environments: { unseen: { needs: 'Actions: read' } } }
  const starts = (...who: readonly string[]) => ({ start_runs: who, read_outputs: ['the platform'] })

  test.each([outside, none, hidden])('contradicts isolation, whatever is asked', (observed) => {
    const answer = {
      ...{ code: 'record_observed_otherwise', outcome: 'unmet' },
      faults: [{ what: 'outside_environment', jobs: ['train'] }],
    }
    expect(judged('environment-isolation', observed)).toMatchObject(answer)
    expect(judged('environment-isolation', observed, OBSERVED)).toMatchObject(answer)
    expect(judged('environment-isolation', inside, OBSERVED)).toMatchObject({ code: 'record_holds' })
  })

  test.each([outside, none])('is started by all who may write', (observed) => {
    expect(judged('access-control', observed, OBSERVED, starts('@ada'))).toMatchObject({
      faults: [{ what: 'others_write', field: 'start_runs', accounts: ['grace'] }],
    })
    expect(judged('access-control', observed, OBSERVED, starts('@ada', '@grace'))).toMatchObject({
      ...{ code: 'record_holds', outside: ['train'] },
    })
    const held = judged('access-control', inside, OBSERVED, starts('@ada'))
    expect(held).toMatchObject({ code: 'record_holds' })
    expect(held).not.toHaveProperty('outside')
  })
})

describe('a workflow of another repository that is called', () => {
  const uses = 'acme/pipelines/.github/workflows/train.yml@1'
  const access = {
    ...{ review: { seen: true }, owners: ['@ada'], teams: {} },
    writers: { seen: { count: 2, accounts: ['ada', 'grace'] } },
  } as const
  const calling = (letIn: boolean): Observed => ({
    ...{ ...seen, access },
    workflow: { ...workflow, environments: letIn ? ['gate'] : [], unread: [{ uses, letIn }] },
    environments: {
      seen: letIn
        ? [
            {
              name: 'gate',
              reviewers: 1,
              othersReview: true,
              branches: { from: 'protected', some: { seen: true } },
            },
          ]
        : [],
    },
  })
  const starts = (...who: readonly string[]) => ({ start_runs: who, read_outputs: ['the platform'] })

  test.each([true, false])('is not seen to be isolated', (letIn) => {
    expect(judged('environment-isolation', calling(letIn), OBSERVED)).toMatchObject({
      ...{ code: 'record_not_observed', outcome: 'undecided', why: 'called_unread', workflow: uses },
    })
    expect(judged('environment-isolation', calling(letIn))).toMatchObject({
      ...{ code: 'record_holds', run: 77, unseen: 'called_unread' },
    })
  })

  test('may let others in than write', () => {
    expect(judged('access-control', calling(false), OBSERVED, starts('@ada'))).toMatchObject({
      ...{ code: 'record_not_observed', outcome: 'undecided', why: 'claimed' },
      claimed: [{ field: 'change_training_data' }, { field: 'start_runs', why: 'unread', uses }, {}],
    })
    expect(judged('access-control', calling(false), {}, starts('@ada'))).toMatchObject({
      code: 'record_holds',
    })
  })

  test('does not matter where all who write are named, or a job before it is let in', () => {
    const all = starts('@ada', '@grace')
    expect(judged('access-control', calling(false), OBSERVED, all)).toMatchObject({ code: 'record_holds' })
    expect(judged('access-control', calling(true), OBSERVED, starts('@ada'))).toMatchObject({
      code: 'record_holds',
    })
  })

  test('makes nothing good of a job outside', () => {
    const { workflow: called = workflow } = calling(false)
    const outside = { ...calling(false), workflow: { ...called, outside: ['fetch'] } }
    expect(judged('environment-isolation', outside, OBSERVED)).toMatchObject({ outcome: 'unmet' })
    expect(judged('access-control', outside, OBSERVED, starts('@ada'))).toMatchObject({ outcome: 'unmet' })
  })
})

describe('from which branches jobs enter its environment', () => {
  const entering = { ...workflow, environments: ['training'] }
  const of = (branches: EnteredFrom): Observed => ({
    ...{ ...seen, workflow: entering },
    environments: { seen: [{ name: 'training', reviewers: 1, othersReview: true, branches }] },
  })
  const main = { name: 'main', of: 'branch' } as const
  const hidden = of({ from: 'protected', some: { unseen: { needs: 'Contents: read' } } })

  test.each<readonly [string, Observed, object, object]>([
    [
      'is told',
      of({ from: 'listed', patterns: { seen: [main] } }),
      OBSERVED,
      { code: 'record_holds', run: 77, entered: [{ environment: 'training', by: [main] }] },
    ],
    [
      'is not, where a pattern fits any',
      of({ from: 'listed', patterns: { seen: [main, { name: '*', of: 'branch' }] } }),
      {},
      {
        code: 'record_observed_otherwise',
        faults: [{ what: 'any_branch', environment: 'training', open: { why: 'pattern' } }],
      },
    ],
    [
      'is not, where none is protected',
      of({ from: 'protected', some: { seen: false } }),
      {},
      { code: 'record_observed_otherwise', faults: [{ open: { why: 'none_protected' } }] },
    ],
    [
      'is not seen, as must be',
      hidden,
      OBSERVED,
      { code: 'record_not_observed', outcome: 'undecided', why: 'branches_unseen' },
    ],
    ['is not seen, and that is said', hidden, {}, { code: 'record_holds', unseen: 'branches_unseen' }],
  ])('%s', (_, observed, given, answer) => {
    expect(judged('environment-isolation', observed, given)).toMatchObject(answer)
  })

  test('does not matter to who may do what', () => {
    const holds = judged('access-control', hidden, OBSERVED)
    expect(holds).toMatchObject({ code: 'record_holds', run: 77 })
    expect(holds).not.toHaveProperty('unseen')
    expect(holds).not.toHaveProperty('entered')
  })
})

test('other records are not held to it', () => {
  expect(judged('secure-development', open)).toMatchObject({ code: 'record_holds' })
  expect(judged('secure-development', open)).not.toHaveProperty('run')
  expect(
    RecordCheck.safeParse({
      id: 'r',
      control: 'secure-development',
      check: 'record',
      record: 'secure-development',
      ...OBSERVED,
    }).success,
  ).toBe(false)
})

describe('whom a record of access names', () => {
  const access = {
    ...{ review: { seen: false }, owners: [], teams: { 'acme/data': ['lin'] } },
    writers: { seen: { count: 2, accounts: ['ada', 'grace'] } },
  } as const
  const paths = [workflow.path, 'data/train.csv.dvc']
  const entering = { ...workflow, environments: ['training'] }
  const environment = {
    name: 'Training',
    reviewers: 1,
    othersReview: true,
    branches: { from: 'protected', some: { seen: true } },
  } as const
  const told: Observed = { ...seen, paths, access }
  const letIn: Observed = { ...told, workflow: entering, environments: { seen: [environment] } }
  const hidden: Observed = { ...letIn, environments: { unseen: { needs: 'Actions: read' } } }
  const claims = (change: string, start: string, read = 'the service account of the platform') => ({
    ...{ change_training_data: [change], start_runs: [start], read_outputs: [read] },
  })
  const BOTH = ['@Ada', 'Grace Okafor (@grace)']
  const both = { ...claims('', ''), change_training_data: BOTH, start_runs: BOTH }
  const READ = { field: 'read_outputs', why: 'not_shown' }

  test.each<readonly [string, Observed, object, object, object]>([
    ['is all who may write', told, both, OBSERVED, { code: 'record_holds', run: 77, claimed: [READ] }],
    [
      'is not all who may write',
      told,
      { ...both, change_training_data: ['@ada', '@acme/data'] },
      {},
      {
        code: 'record_observed_otherwise',
        faults: [{ what: 'others_write', field: 'change_training_data', accounts: ['grace'], count: 1 }],
      },
    ],
    [
      'is not all who may start runs',
      told,
      { ...both, start_runs: ['@grace'] },
      {},
      {
        code: 'record_observed_otherwise',
        faults: [{ what: 'others_write', field: 'start_runs', accounts: ['ada'], count: 1 }],
      },
    ],
    [
      'is less than who may start runs, whom somebody lets in',
      letIn,
      { ...both, start_runs: ['@grace'] },
      OBSERVED,
      { code: 'record_holds' },
    ],
    [
      'is less than who may start runs, and one of two environments lets in whoever comes',
      {
        ...letIn,
        workflow: { ...workflow, environments: ['training', 'open'] },
        environments: { seen: [environment, { ...environment, name: 'open', reviewers: 0 }] },
      },
      { ...both, start_runs: ['@grace'] },
      {},
      {
        code: 'record_observed_otherwise',
        faults: [{ what: 'no_reviewers' }, { what: 'others_write', field: 'start_runs' }],
      },
    ],
    [
      'is less than who may start runs, and nobody sees who lets them in',
      hidden,
      { ...both, start_runs: ['@grace'] },
      OBSERVED,
      { code: 'record_not_observed', why: 'environments_unseen' },
    ],
    [
      'has only roles',
      told,
      claims('data stewards', 'the platform team'),
      {},
      {
        code: 'record_holds',
        run: 77,
        claimed: [
          { field: 'change_training_data', why: 'by_role', accounts: 2 },
          { field: 'start_runs', why: 'by_role', accounts: 2 },
          READ,
        ],
      },
    ],
    [
      'has only roles, which must be seen',
      told,
      claims('data stewards', 'the platform team'),
      OBSERVED,
      { code: 'record_not_observed', outcome: 'undecided', why: 'claimed', claimed: { length: 3 } },
    ],
    [
      'is about data that lies elsewhere',
      { ...told, paths: [workflow.path] },
      { ...both, change_training_data: ['data stewards'] },
      OBSERVED,
      { code: 'record_holds', claimed: [{ field: 'change_training_data', why: 'elsewhere' }, READ] },
    ],
    [
      'was not asked about',
      { ...seen, paths },
      claims('@ada', '@ada'),
      OBSERVED,
      { code: 'record_holds', run: 77 },
    ],
  ])('%s', (_, observed, changes, given, answer) => {
    expect(judged('access-control', observed, given, changes)).toMatchObject(answer)
  })

  describe('in a sibling', () => {
    const { workflow: _, ...bare } = told
    const away: Observed = {
      ...{ ...bare, workflow, sibling: 'acme/train', paths: ['data/train.csv.dvc'], unowned: [] },
      starting: { ...access, writers: { seen: { count: 1, accounts: ['max'] } } },
    }
    test.each<readonly [string, Observed, object, object]>([
      [
        'those who may write there start it',
        away,
        { ...both, start_runs: ['@max'] },
        { code: 'record_holds', run: 77, sibling: 'acme/train', claimed: [READ] },
      ],
      [
        'those who may write here do not',
        away,
        both,
        {
          code: 'record_observed_otherwise',
          sibling: 'acme/train',
          faults: [{ what: 'others_write', field: 'start_runs', accounts: ['max'], count: 1 }],
        },
      ],
      [
        'those who may write there do not change the data here',
        away,
        { ...both, change_training_data: ['@max'], start_runs: ['@max'] },
        {
          code: 'record_observed_otherwise',
          faults: [{ what: 'others_write', field: 'change_training_data', count: 2 }],
        },
      ],
      [
        'data of the path of its workflow is data here',
        { ...away, paths: [workflow.path] },
        { ...both, change_training_data: ['@ada'], start_runs: ['@max'] },
        { code: 'record_observed_otherwise', faults: [{ field: 'change_training_data' }] },
      ],
    ])('%s', (_, observed, changes, answer) => {
      expect(judged('access-control', observed, OBSERVED, changes)).toMatchObject(answer)
    })
  })

  describe('without a run', () => {
    const { workflow: _, run: __, ...without } = told
    const bare: Observed = { ...without, paths: ['data/train.csv.dvc'], unowned: [] }
    const START = { field: 'start_runs', why: 'no_run' }
    const SEEN = ['writers', 'review', 'owners']

    test.each<readonly [string, Observed, object, object, object]>([
      [
        'is all who may write, and who starts it is claimed',
        bare,
        { ...both, start_runs: ['@zoe'] },
        {},
        { code: 'record_holds', alone: true, seen: SEEN, claimed: [START, READ] },
      ],
      [
        'is all who may write, and must be seen to start it',
        bare,
        both,
        OBSERVED,
        {
          code: 'record_not_observed',
          outcome: 'undecided',
          why: 'no_run',
          seen: SEEN,
          claimed: [START, READ],
        },
      ],
      [
        'is not all who may write',
        bare,
        { ...both, change_training_data: ['@ada'] },
        {},
        {
          code: 'record_observed_otherwise',
          outcome: 'unmet',
          faults: [{ what: 'others_write', field: 'change_training_data', accounts: ['grace'], count: 1 }],
        },
      ],
      [
        'is whoever, and nobody owns the data',
        { ...bare, unowned: bare.paths },
        both,
        {},
        { code: 'record_observed_otherwise', faults: [{ what: 'nobody_owns', paths: bare.paths }] },
      ],
      [
        'is about data that lies elsewhere',
        { environments: { seen: [] }, paths: [], unowned: [] },
        both,
        {},
        {
          code: 'record_holds',
          alone: true,
          claimed: [{ field: 'change_training_data', why: 'elsewhere' }, START, READ],
        },
      ],
      [
        'is who may write, whom nobody sees',
        { ...bare, access: { ...access, writers: { unseen: { needs: 'Metadata: read' } } } },
        both,
        {},
        {
          code: 'record_holds',
          seen: ['review', 'owners'],
          claimed: [{ field: 'change_training_data', why: 'unseen', what: 'writers' }, START, READ],
        },
      ],
    ])('%s', (_, observed, changes, given, answer) => {
      expect(judged('access-control', observed, given, changes)).toMatchObject(answer)
      expect(judged('access-control', observed, given, changes)).not.toHaveProperty('run')
    })

    test('says nothing of where the training ran', () => {
      const holds = judged('environment-isolation', { ...bare, unowned: bare.paths })
      expect(holds).toMatchObject({ code: 'record_holds', alone: true })
      expect(holds).not.toHaveProperty('seen')
      expect(judged('environment-isolation', bare, OBSERVED)).toMatchObject({
        code: 'record_not_observed',
        why: 'no_run',
      })
    })
  })

  test('does not matter to where the training ran', () => {
    expect(judged('environment-isolation', told)).toMatchObject({ code: 'record_holds', run: 77 })
    expect(judged('environment-isolation', told)).not.toHaveProperty('claimed')
  })
})
