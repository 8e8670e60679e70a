import { expect, test } from 'vitest'
import { answer as answerAny } from '../../src/checks/index.ts'
import { answerRecord, RecordCheck, recordExpiry } from '../../src/checks/record.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aContext, anEvidence } from '../support/facts.ts'
import { aRecordText } from '../support/records.ts'

const [BLOB, SHA256] = [`${'a1'.repeat(20)}`, `${'b2'.repeat(32)}`]
const METRICS = anEvidence({ path: 'models/m/metrics.json', sha: BLOB, digest: `sha256:${SHA256}` })
const FAIRNESS = anEvidence({ path: 'models/m/fairness.json', sha: 'c3'.repeat(20) })

function aReport(changes: object = {}, path = 'models/m/records/test-report.yml'): Evidence {
  const signs = [{ path: 'metrics.json', sha256: SHA256 }]
  const text = aRecordText('test-report', { expires: undefined, signs, ...changes })
  const { reading } = readEvidence(Buffer.from(text), path, 'f00d')
  expect(reading.problems).toEqual([])
  return anEvidence({ ...reading, path })
}

function judged(
  reports: readonly Evidence[],
  others: readonly Evidence[] = [METRICS],
  { asked = {}, rests }: { asked?: object; rests?: readonly string[] } = {},
) {
  const criterion = RecordCheck.parse({
    ...{ id: 'report', control: 'documentation', check: 'record', record: 'test-report', ...asked },
  })
  return answerRecord(criterion, aContext([], { evidence: [...reports, ...others], ...(rests && { rests }) }))
}

test('signed for with the content that it has', () => {
  expect(judged([aReport()])).toEqual({
    ...{ code: 'report_signed', outcome: 'met', files: ['models/m/metrics.json'], attested: [] },
    reports: [
      {
        path: 'models/m/records/test-report.yml',
        date: '2026-02-20',
        signers: [{ name: 'Ada Quist', role: 'head of validation', signed: '2026-02-20' }],
        typed: true,
      },
    ],
  })
})

test.each<readonly [string, Partial<Evidence>, object, object]>([
  ['that a person committed are only typed', {}, {}, { outcome: 'met', typed: [true] }],
  ['that a run wrote down are not', { trust: 'produced' }, {}, { outcome: 'met', typed: [undefined] }],
  [
    'in a file that somebody attests are not',
    { trust: 'signed', attested: [{ by: 'attestation.json', signer: { by: 'key', name: 'model-risk' } }] },
    { trust: 'signed' },
    { outcome: 'met', typed: [undefined] },
  ],
  [
    'that are only typed are not enough where more is asked',
    {},
    { trust: 'signed' },
    { code: 'source_too_weak', outcome: 'undecided' },
  ],
])('signatures %s', (_, given, asked, expected) => {
  const report = { ...aReport(), ...given }
  const criterion = RecordCheck.parse({
    ...{ id: 'report', control: 'documentation', check: 'record', record: 'test-report', ...asked },
  })
  const came = answerAny(criterion, aContext([], { evidence: [report, METRICS] }))

  const typed = came.code === 'report_signed' && came.reports.map((one) => one.typed)
  expect({ ...came, typed }).toMatchObject(expected)
})

test.each<readonly [string, object, object]>([
  ['by its blob', { path: 'metrics.json', blob: BLOB }, { code: 'report_signed' }],
  ['by both', { path: 'metrics.json', blob: BLOB, sha256: SHA256 }, { code: 'report_signed' }],
  [
    'by another sha256',
    { path: 'metrics.json', sha256: 'd4'.repeat(32) },
    {
      faults: [{ why: 'differs', stated: `sha256:${'d4'.repeat(32)}`, found: `sha256:${SHA256}` }],
    },
  ],
  [
    'by another blob',
    { path: 'metrics.json', blob: 'd4'.repeat(20) },
    { faults: [{ why: 'differs', stated: 'd4'.repeat(20), found: BLOB }] },
  ],
  [
    'by the right blob and another sha256',
    { path: 'metrics.json', blob: BLOB, sha256: 'd4'.repeat(32) },
    { faults: [{ why: 'differs' }] },
  ],
  ['of another path', { path: 'other.json', sha256: SHA256 }, { faults: [{ why: 'not_there' }] }],
  [
    'the report itself',
    { path: 'records/test-report.yml', sha256: SHA256 },
    { faults: [{ why: 'not_there' }] },
  ],
])('a file %s', (_, file, expected) => {
  const answer = judged([aReport({ signs: [file] })])

  expect(answer).toMatchObject(expected)
  expect(answer.outcome).toBe('faults' in expected ? 'unmet' : 'met')
})

test('a file of an artifact and one behind a pointer are known by their content alone', () => {
  const artifact = anEvidence({ path: 'artifact:run/metrics.json', sha: SHA256, digest: `sha256:${SHA256}` })
  const pointer = { ...METRICS, lfs: { oid: SHA256, bytes: 9 } }

  expect(judged([aReport()], [artifact]).code).toBe('report_signed')
  expect(judged([aReport({ signs: [{ path: 'metrics.json', blob: SHA256 }] })], [artifact])).toMatchObject({
    code: 'report_differs',
  })
  expect(judged([aReport({ signs: [{ path: 'metrics.json', blob: BLOB }] })], [pointer])).toMatchObject({
    code: 'report_differs',
  })
})

test('a file that nobody could read is undecided, and no excuse for one that differs', () => {
  const artifact = anEvidence({ path: 'artifact:run/metrics.json', measurements: [], awaited: 'unread' })
  const { sha: _, ...awaited } = artifact
  const differs = { path: 'fairness.json', sha256: 'd4'.repeat(32) }
  const both = aReport({ signs: [{ path: 'metrics.json', sha256: SHA256 }, differs] })

  expect(judged([aReport()], [awaited])).toEqual({
    ...{ code: 'report_unread', outcome: 'undecided', unread: ['artifact:run/metrics.json'] },
    paths: ['models/m/records/test-report.yml'],
  })
  expect(judged([both], [awaited, FAIRNESS])).toMatchObject({ code: 'report_differs', outcome: 'unmet' })
})

test('a file that may be one of two', () => {
  const other = { ...METRICS, path: 'models/m/old/metrics.json' }

  expect(judged([aReport()], [METRICS, other])).toMatchObject({
    faults: [{ why: 'several', paths: ['models/m/metrics.json', 'models/m/old/metrics.json'] }],
  })
})

test('a file whose digest nobody knows is not the one that was signed', () => {
  const { digest: _, ...unknown } = METRICS

  expect(judged([aReport()], [unknown])).toMatchObject({
    faults: [{ why: 'differs', stated: `sha256:${SHA256}`, found: BLOB }],
  })
})

test('what nobody read has no content', () => {
  const { sha: _, ...absent } = METRICS

  expect(judged([aReport()], [absent])).toMatchObject({ code: 'report_unread', outcome: 'undecided' })
})

test.each<readonly [string, object, object]>([
  ['nobody signs', { signed_by: [] }, { lacking: [{ field: 'signed_by', why: 'placeholder' }] }],
  [
    'the team signs',
    { signed_by: [{ name: 'the team', role: 'validation', signed: '2026-02-20' }] },
    { lacking: [{ field: 'signed_by', why: 'nobody' }] },
  ],
  [
    'as nothing',
    { signed_by: [{ name: 'Ada Quist', signed: '2026-02-20' }] },
    { lacking: [{ field: 'signed_by', why: 'missing' }] },
  ],
  [
    'without a day',
    { signed_by: [{ name: 'Ada Quist', role: 'validation', signed: 'TODO' }] },
    { lacking: [{ field: 'signed_by', why: 'placeholder' }] },
  ],
  [
    'one of two without a name',
    {
      signed_by: [
        { name: 'Ada Quist', role: 'validation', signed: '2026-02-20' },
        { role: 'security', signed: '2026-02-20' },
      ],
    },
    { lacking: [{ field: 'signed_by', why: 'missing' }] },
  ],
  [
    'on a day that is to come',
    { date: '2026-03-09', signed_by: [{ name: 'Ada Quist', role: 'validation', signed: '2026-03-09' }] },
    { code: 'record_in_future', date: '2026-03-09' },
  ],
  ['it failed', { outcome: 'failed' }, { code: 'record_rejected', word: 'failed' }],
  [
    'of tests of long ago',
    { performed: '2024-01-01' },
    { code: 'record_expired', field: 'performed', date: '2024-01-01' },
  ],
  ['no file', { signs: [] }, { lacking: [{ field: 'signs', why: 'placeholder' }] }],
  [
    'a file without a digest',
    { signs: [{ path: 'metrics.json' }] },
    { lacking: [{ field: 'signs', why: 'missing' }] },
  ],
  [
    'the digest of a template',
    { signs: [{ path: 'metrics.json', sha256: '0'.repeat(64) }] },
    { lacking: [{ field: 'signs', why: 'placeholder' }] },
  ],
])('%s: unmet', (_, changes, expected) => {
  const answer = judged([aReport(changes)])

  expect(answer).toMatchObject({ outcome: 'unmet', ...expected })
})

test('no older than asked', () => {
  expect(judged([aReport()], [METRICS], { asked: { max_age: '9 days' } }).code).toBe('report_signed')
  expect(judged([aReport()], [METRICS], { asked: { max_age: '8 days' } }).code).toBe('record_expired')
  const criterion = RecordCheck.parse({
    ...{ id: 'r', control: 'documentation', check: 'record', record: 'test-report', max_age: '20 days' },
  })
  const context = aContext([], { evidence: [aReport(), METRICS] })
  expect(recordExpiry(criterion, context)).toBe('2026-03-13T00:00:00.000Z')
})

test('of several reports each must hold', () => {
  const other = (changes: object) => aReport(changes, 'models/m/records/fairness-report.yml')
  const good = { signs: [{ path: 'fairness.json', blob: 'c3'.repeat(20) }] }

  expect(judged([aReport(), other(good)], [METRICS, FAIRNESS])).toMatchObject({
    ...{ code: 'report_signed', files: ['models/m/fairness.json', 'models/m/metrics.json'] },
  })
  expect(judged([aReport(), other({ ...good, outcome: 'failed' })], [METRICS, FAIRNESS])).toMatchObject({
    ...{ code: 'record_rejected', path: 'models/m/records/fairness-report.yml' },
  })
  expect(judged([aReport(), other(good)])).toMatchObject({ code: 'report_differs' })
})

test.each<readonly [string, readonly string[] | undefined, object]>([
  ['all that is measured, where nobody knows more', undefined, { uncovered: ['models/m/fairness.json'] }],
  ['what is rested on', ['models/m/fairness.json'], { uncovered: ['models/m/fairness.json'] }],
  ['that alone', ['models/m/metrics.json'], { code: 'report_signed', covered: 1 }],
  ['nothing yet', [], { code: 'report_uncovered', outcome: 'unmet', uncovered: [] }],
])('covers: evidence asks for %s', (_, rests, expected) => {
  const asked = { covers: 'evidence' }

  expect(judged([aReport()], [METRICS, FAIRNESS], { asked, ...(rests && { rests }) })).toMatchObject(expected)
  expect(judged([aReport()], [METRICS, FAIRNESS]).outcome).toBe('met')
})

test('a file that is attested too is shown to be', () => {
  const attested = [
    {
      by: 'models/m/attestation.json',
      signer: { by: 'identity', issuer: 'https://id.example', subject: 'a@acme.example' } as const,
    },
  ]

  expect(judged([aReport()], [{ ...METRICS, attested }])).toMatchObject({
    ...{ code: 'report_signed', attested: ['models/m/metrics.json'] },
  })
})

test('signed before it was tested: a contradiction', () => {
  const text = aRecordText('test-report', {
    signed_by: [{ name: 'Ada Quist', role: 'validation', signed: '2026-02-19' }],
  })

  expect(readEvidence(Buffer.from(text), 'r.yml', 'f00d').reading.problems).toMatchObject([
    { code: 'contradiction', at: 'signed_by', one: '2026-02-19', other: 'performed 2026-02-20' },
  ])
})

test.each(['human-oversight', 'annex-iv', 'training', 'caiq'])('covers is not for %s', (record) => {
  const criterion = { id: 'r', control: 'documentation', check: 'record', record, covers: 'evidence' }

  expect(RecordCheck.safeParse(criterion).success).toBe(false)
})
