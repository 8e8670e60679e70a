import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/checks/context.ts'
import { answerRecord, RecordCheck } from '../../src/checks/record.ts'
import type { Observed, WorkflowSeen } from '../../src/core/observed.ts'
import type { WrittenKind } from '../../src/core/records/kinds.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aContext, anEvidence } from '../support/facts.ts'
import { aRecordText } from '../support/records.ts'

const workflow: WorkflowSeen = {
  ...{ path: '.github/workflows/train.yml', sha: 'a'.repeat(40), faults: [], environments: [] },
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
    evidence: [anEvidence({ ...reading, path: 'r.yml' })],
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
