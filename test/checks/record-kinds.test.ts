import { describe, expect, test } from 'vitest'
import { answerRecord, RecordCheck, recordExpiry } from '../../src/checks/record.ts'
import { CONTROLS } from '../../src/core/controls.ts'
import {
  isRequired,
  usualAge,
  WRITTEN,
  WRITTEN_KINDS,
  type WrittenKind,
} from '../../src/core/records/kinds.ts'
import { hasConditions, OUTCOMES, type Standing } from '../../src/core/records/outcome.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { recordTemplate } from '../../src/starter/record-template.ts'
import { aSource } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'
import { aRecordText, aReport, SIGNED_BLOB } from '../support/records.ts'

const NOW = '2026-03-01T12:00:00Z'

const criterionOf = (kind: WrittenKind, given: object = {}): RecordCheck =>
  RecordCheck.parse({ id: 'r', control: WRITTEN[kind].controls[0], check: 'record', record: kind, ...given })

/** What an index and a test report are about. */
const RESULTS = anEvidence({ path: 'metrics.json', sha: SIGNED_BLOB })

/** What answers an index, a section for each of its headings. */
const TECHNICAL = anEvidence({
  ...{ path: 'technical.md', document: 'technical', measurements: [] },
  records: [
    {
      kind: 'document',
      sections: Object.keys(WRITTEN['annex-iv'].fields).map((title, at) => ({
        title,
        line: at + 1,
        words: 40,
      })),
      source: aSource({ path: 'technical.md' }),
    },
  ],
})

/** What a record that says all that is asked comes to. */
const heldAs = (kind: WrittenKind) =>
  kind === 'annex-iv' ? 'index_answered' : kind === 'test-report' ? 'report_signed' : 'record_holds'

const REPORT = aReport('models/m/drills/report.md')

function contextOf(text: string, now = NOW) {
  const { reading } = readEvidence(Buffer.from(text), 'records/r.yml', 'f00d')
  expect(reading.problems).toEqual([])
  return aContext([], {
    now,
    evidence: [anEvidence({ ...reading, path: 'records/r.yml' }), RESULTS, TECHNICAL, REPORT],
  })
}

const judged = (kind: WrittenKind, changes: object = {}, given: object = {}, now = NOW) =>
  answerRecord(criterionOf(kind, given), contextOf(aRecordText(kind, changes), now))

/** The fields that a kind always asks of the record that `aRecordText` writes. */
function requiredOf(kind: WrittenKind): readonly string[] {
  const { fields, expires } = WRITTEN[kind]
  const choices = Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field.kind === 'choice' ? [[name, field.of[0] ?? '']] : [],
    ),
  )
  const own = Object.entries(fields).flatMap((entry) => (isRequired(entry, choices, []) ? [entry[0]] : []))
  return [...own, 'date', 'outcome', ...(expires ? ['expires'] : [])]
}

/** The words of a kind that stand so. */
const wordsOf = (kind: WrittenKind, standing: Standing) =>
  WRITTEN[kind].outcome.of.filter((word) => OUTCOMES[word] === standing)

const CONDITION = { what: 'a test with more cases', due: '2026-12-31' }

const tests = (kind: WrittenKind) =>
  Object.entries(WRITTEN[kind].fields).flatMap(([name, field]) => (field.kind === 'test' ? [name] : []))

/** The fields that are days of what has happened. */
const days = (kind: WrittenKind) =>
  Object.entries(WRITTEN[kind].fields).flatMap(([name, field]) =>
    ['day', 'signers'].includes(field.kind) && !name.startsWith('period') ? [name] : [],
  )

test('the kinds that issue 9 names are there', () => {
  expect(WRITTEN_KINDS.toSorted()).toEqual([
    ...['access-control', 'annex-iv', 'applicable-regulation', 'base-model-vulnerabilities', 'certificate'],
    ...['contract-provisions', 'environment-isolation', 'human-oversight', 'inherited-behaviour'],
    ...['inherited-data', 'maintenance-capability', 'poisoning-prevention', 'secure-development'],
    ...['security-expertise', 'sourcing-decision', 'test-report', 'vendor-monitoring'],
    ...['vendor-risk-assessment'],
  ])
})

test.each<readonly [WrittenKind, readonly string[]]>([
  ['sourcing-decision', ['risk_appetite', 'criticality', 'expertise', 'cost_of_ownership', 'alternatives']],
  ['sourcing-decision', ['approach', 'decided_by', 'decided']],
  ['vendor-risk-assessment', ['lock_in', 'transparency', 'assessor', 'outcome', 'expires']],
  ['contract-provisions', ['document', 'change_notice', 'audit', 'clauses']],
  ['maintenance-capability', ['owners', 'runbook', 'rollback_rehearsal']],
  ['access-control', ['change_training_data', 'start_runs', 'read_outputs']],
  ['poisoning-prevention', ['source_validation', 'data_tests', 'anomaly_review', 'backdoor_test']],
  ['inherited-data', ['bias', 'copyright', 'toxicity', 'personal_data']],
  ['human-oversight', ['overseers', 'stop_test', 'override_test']],
  ['certificate', ['issuer', 'accreditation', 'number', 'scope', 'document', 'reviewer', 'expires']],
])('%s always asks %j', (kind, fields) => {
  expect(requiredOf(kind)).toEqual(expect.arrayContaining([...fields]))
})

describe.each(WRITTEN_KINDS)('%s', (kind) => {
  const required = requiredOf(kind)

  test('complete: met', () => {
    expect(judged(kind)).toMatchObject({
      ...{ code: heldAs(kind), outcome: 'met' },
      ...(kind !== 'test-report' && { record: kind, path: 'records/r.yml', date: '2026-02-20' }),
    })
    expect(WRITTEN[kind].controls.every((control) => CONTROLS.includes(control))).toBe(true)
  })

  test.each(required)('without %s', (field) => {
    expect(judged(kind, { [field]: undefined })).toMatchObject({
      ...{ code: 'record_lacks', outcome: 'unmet', lacking: [{ field, why: 'missing' }] },
    })
  })

  test.each(required)('%s is a placeholder', (field) => {
    for (const value of [
      'TODO',
      'n/a',
      '<name>',
      '',
      null,
      '...',
      'To be defined later.',
      'not applicable here',
    ])
      expect(judged(kind, { [field]: value })).toMatchObject({
        ...{ code: 'record_lacks', lacking: [{ field, why: 'placeholder' }] },
      })
  })

  test.each(required)('%s is a bare yes', (field) => {
    for (const value of ['yes', 'No', 'done', 'true', true, false])
      expect(judged(kind, { [field]: value })).toMatchObject({
        ...{ code: 'record_lacks', lacking: [{ field, why: 'bare' }] },
      })
  })

  test.each([
    [undefined, 'missing'],
    ['TODO', 'placeholder'],
    [true, 'bare'],
    ['nobody', 'nobody'],
    ['The team', 'nobody'],
    ['42', 'nobody'],
  ])('owned by %j', (owner, why) => {
    expect(judged(kind, { owner })).toMatchObject({
      code: 'record_unowned',
      outcome: 'unmet',
      why,
      lacking: [],
    })
  })

  test('of a day that is still to come', () => {
    expect(judged(kind, { date: '2026-03-03' })).toMatchObject({ code: 'record_in_future', outcome: 'unmet' })
  })

  test('older than usual, and than asked', () => {
    const usual = usualAge(kind) ?? 0
    const on = (days: number) =>
      new Date(Date.parse('2026-02-20T23:59:59Z') + days * 86_400_000).toISOString()
    const never = { expires: '2999-01-01' }
    expect(judged(kind, never, {}, on(usual)).code).toBe(heldAs(kind))
    expect(judged(kind, never, {}, on(usual + 1))).toMatchObject({
      ...{ code: 'record_expired', outcome: 'unmet', days: usual + 1, limit: usual },
    })
    expect(judged(kind, never, { max_age: '9 days' }, on(9)).code).toBe(heldAs(kind))
    expect(judged(kind, never, { max_age: '9 days' }, on(10))).toMatchObject({
      code: 'record_expired',
      limit: 9,
    })
    expect(judged(kind, never, { max_age: '9999 days' }, on(usual + 1)).code).toBe(heldAs(kind))
  })

  test('past the day that it names', () => {
    const expires = { expires: '2026-02-28' }
    expect(judged(kind, expires, {}, '2026-02-28T23:59:59Z').code).toBe(heldAs(kind))
    expect(judged(kind, expires, {}, '2026-03-01T00:00:00Z')).toMatchObject({
      ...{ code: 'record_ran_out', outcome: 'unmet', expires: '2026-02-28' },
    })
  })

  test('what ended first is said', () => {
    const later = '2031-01-01T00:00:00Z'
    expect(judged(kind, { expires: '2026-02-28' }, {}, later).code).toBe('record_ran_out')
    expect(judged(kind, { expires: '2030-12-31' }, {}, later).code).toBe('record_expired')
  })

  test('the first moment at which it no longer holds', () => {
    for (const changes of [{}, { expires: '2026-03-20' }, { expires: '2999-01-01' }]) {
      const at = recordExpiry(criterionOf(kind), contextOf(aRecordText(kind, changes))) ?? ''
      const before = new Date(Date.parse(at) - 1).toISOString()
      expect(judged(kind, changes, {}, before).outcome).toBe('met')
      expect(judged(kind, changes, {}, at).outcome).toBe('unmet')
    }
  })

  test.skipIf(tests(kind).length === 0)(
    'a test that failed, is of the future, is too old, or has no report',
    () => {
      for (const field of tests(kind)) {
        const tried = { date: '2026-02-20', result: 'passed', evidence: 'report.md' }
        const of = (change: object) => judged(kind, { [field]: { ...tried, ...change } })
        expect(of({}).outcome).toBe('met')
        const failing = [{ field, why: 'says', found: 'failed' }]
        expect(of({ result: 'failed' })).toMatchObject({
          ...{ code: 'record_ends_otherwise', outcome: 'unmet', word: WRITTEN[kind].outcome.of[0], failing },
        })
        // Conditions, or that it is not at its end, do not make a test pass.
        for (const word of [...wordsOf(kind, 'conditional'), ...wordsOf(kind, 'open')])
          expect(
            judged(kind, {
              [field]: { ...tried, result: 'failed' },
              outcome: word,
              conditions: hasConditions(WRITTEN[kind].outcome) ? [CONDITION] : undefined,
            }),
          ).toMatchObject({ code: 'record_fails', outcome: 'unmet', failing })
        // No record tells of what comes after it; facts of an earlier version may.
        const late = aRecordText(kind, { [field]: { ...tried, date: '2026-02-21' } })
        expect(readEvidence(Buffer.from(late), 'r.yml', 'f00d').reading.problems).toMatchObject([
          { code: 'wrong_value', at: `${field}.date`, found: '2026-02-21' },
        ])
        expect(judged(kind, { [field]: { ...tried, date: '2026-03-09' }, date: '2026-03-09' }).code).toBe(
          'record_in_future',
        )
        expect(of({ date: '2019-01-01' })).toMatchObject({
          code: 'record_expired',
          field,
          date: '2019-01-01',
        })
        for (const part of ['date', 'result', 'evidence']) {
          expect(of({ [part]: undefined })).toMatchObject({ lacking: [{ field, why: 'missing' }] })
          expect(of({ [part]: 'TODO' })).toMatchObject({ lacking: [{ field, why: 'placeholder' }] })
          expect(of({ [part]: 'yes' })).toMatchObject({ lacking: [{ field, why: 'bare' }] })
        }
      }
    },
  )

  test('its words say that it holds, that it does not, and that it is open', () => {
    const { of } = WRITTEN[kind].outcome
    const good = wordsOf(kind, 'good')
    expect(good).toEqual([of[0]])
    for (const word of good) expect(judged(kind, { outcome: word })).toMatchObject({ outcome: 'met' })
    expect(wordsOf(kind, 'bad')).toHaveLength(1)
    for (const word of wordsOf(kind, 'bad'))
      expect(judged(kind, { outcome: word })).toMatchObject({
        ...{ code: 'record_rejected', outcome: 'unmet', word },
      })
    expect(wordsOf(kind, 'open')).toHaveLength(1)
    for (const word of wordsOf(kind, 'open')) {
      expect(judged(kind, { outcome: word })).toMatchObject({
        ...{ code: 'record_unfinished', outcome: 'undecided', word },
      })
      // Open for years is old.
      expect(
        judged(kind, { outcome: word, expires: '2999-01-01' }, {}, '2031-01-01T00:00:00Z'),
      ).toMatchObject({ code: 'record_expired' })
    }
  })

  test('a word of another kind is none of its', () => {
    const others = Object.keys(OUTCOMES).filter(
      (word) => !WRITTEN[kind].outcome.of.some((one) => one === word),
    )
    expect(others.length).toBeGreaterThan(5)
    for (const outcome of others) {
      const { reading } = readEvidence(Buffer.from(aRecordText(kind, { outcome })), 'r.yml', 'f00d')
      const answer = answerRecord(
        criterionOf(kind),
        aContext([], { now: NOW, evidence: [anEvidence(reading)] }),
      )
      expect({ outcome, answer: answer.outcome }).not.toEqual({ outcome, answer: 'met' })
    }
  })

  test.skipIf(wordsOf(kind, 'conditional').length === 0)('on a condition', () => {
    const condition = { what: 'a second region for backups', due: '2026-02-28' }
    const [word = ''] = wordsOf(kind, 'conditional')
    const on = (...conditions: readonly object[]) => judged(kind, { outcome: word, conditions })
    expect(on({ ...condition, due: '2026-03-01' }).outcome).toBe('met')
    expect(on({ ...condition, met: '2026-02-27' }).outcome).toBe('met')
    expect(on(condition, { ...condition, due: '2027-01-01' })).toMatchObject({
      ...{ code: 'record_condition_overdue', outcome: 'unmet', overdue: [condition] },
    })
    expect(on({ ...condition, met: '2026-03-05' }).code).toBe('record_in_future')
    expect(on()).toMatchObject({ lacking: [{ field: 'conditions', why: 'placeholder' }] })
    expect(on({ ...condition, what: 'TODO' })).toMatchObject({ lacking: [{ field: 'conditions' }] })
    expect(judged(kind, { outcome: word })).toMatchObject({
      lacking: [{ field: 'conditions', why: 'missing' }],
    })
  })

  test.each([...(WRITTEN[kind].apart ?? [])])('%s and %s are one party', (one, other) => {
    const of = (own: string, theirs: string) => {
      const parties = { vendor: 'Parrot Models', issuer: 'Hale', reviewer: 'Grace Okafor' }
      const known = Object.fromEntries(
        Object.entries(parties).filter(([name]) => name in WRITTEN[kind].fields),
      )
      return judged(kind, { ...known, [one]: own, [other]: theirs })
    }
    for (const [own = '', theirs = ''] of [
      ['Quill Works', 'Quill Works Ltd'],
      ['quill works, security team', 'Quill Works Ltd'],
      ['ACME Inc.', 'Acme'],
      ['Quill Works AS', 'Quill Works A/S'],
      ['Quill S.A. Works, audit', 'Quill Works'],
      ['Quill Works S.r.l., audit', 'quill works oy'],
      ['Quill Works Pty Ltd', 'The Quill Works K.K.'],
      ...(other === 'vendor' ? [['Quill trust team', 'Quill Works AS'] as const] : []),
    ])
      expect(of(own, theirs)).toMatchObject({
        ...{ code: 'record_not_apart', outcome: 'unmet', fields: [one, other] },
      })
    expect(of('Quills United', 'Quill Works').outcome).toBe('met')
    // A word that many share is no name.
    for (const [own, theirs] of [
      ['National Audit AS', 'National Works AS'],
      ['Data Auditors AB', 'Data Works AB'],
      ['AI Assurance Oy', 'AI Works Oy'],
    ] as const)
      expect(of(own, theirs).outcome).toBe('met')
  })

  test.each(days(kind))('%s is no later than the record', (field) => {
    const { kind: of } = WRITTEN[kind].fields[field] ?? {}
    const on = (day: string) => (of === 'day' ? day : [{ name: 'Ada Quist', role: 'head', signed: day }])
    const faultsOf = (day: string) =>
      readEvidence(Buffer.from(aRecordText(kind, { [field]: on(day) })), 'r.yml', 'f00d').reading.problems

    expect(faultsOf('2026-02-20')).toEqual([])
    const [late] = faultsOf('2026-02-21')
    expect(late).toMatchObject(field === 'issued' ? { at: 'date' } : { at: field, code: 'wrong_value' })
  })

  test('its template names each field that is to be filled in', () => {
    const answer = answerRecord(criterionOf(kind), contextOf(recordTemplate(kind, 'credit-risk')))
    const { fields } = WRITTEN[kind]
    const always = required.filter((field) => fields[field]?.when === undefined)

    expect(answer).toMatchObject({ code: 'record_unowned', outcome: 'unmet', why: 'placeholder' })
    if (answer.code !== 'record_unowned') throw new Error(answer.code)
    expect(answer.lacking.map(({ field }) => field).toSorted()).toEqual(always.toSorted())
    expect(answer.lacking.every(({ why }) => why === 'placeholder')).toBe(true)
  })
})

describe('what a field says', () => {
  const reason = (value: unknown) => judged('sourcing-decision', { reason: value })
  test.each([
    ['it is', 'short'],
    ['ok', 'bare'],
    ['x', 'bare'],
    ['✓', 'bare'],
    ['Fine.', 'bare'],
    ['we will decide that: TBD', 'placeholder'],
    ['the vendor is <name of the vendor> as of now', 'placeholder'],
    ['- - - -', 'placeholder'],
    ['a b c', 'short'],
    ['so so so', 'short'],
    ['yes, yes: done', 'bare'],
    ['to be defined together with the works council in the next quarter', 'placeholder'],
    ['Still to be agreed with all who use it', 'placeholder'],
    ['to be provided by the vendor once the contract is signed', 'placeholder'],
    ['Yet to be documented within the next quarter', 'placeholder'],
    ['n/a for this release as agreed with management', 'placeholder'],
    ['N/A: as agreed with our management', 'placeholder'],
    ['describe here what they may decide and when', 'placeholder'],
    ['Please describe here, in your own words', 'placeholder'],
  ])('%s is %s', (text, why) => {
    expect(reason(text)).toMatchObject({ lacking: [{ field: 'reason', why }] })
  })

  test.each([
    'cheaper to run',
    'it costs money',
    'they tell nothing',
    'we cannot leave here',
    '我们没有专家',
    'trust trust trust trust trust',
  ])('%s says too little', (text) => {
    expect(reason(text)).toMatchObject({ lacking: [{ field: 'reason', why: 'short' }] })
  })

  test.each([
    'cheaper to run than ours',
    '我们没有足够的专家来自己做',
    'we can not build it',
    'to be able to leave we keep our own weights',
    'what is to be defined later has no part in it',
    'they describe here and elsewhere what they do',
  ])('%s says something', (text) => {
    expect(reason(text).outcome).toBe('met')
  })

  test('a long text of nothing says nothing', () => {
    for (const text of [
      ' ! '.repeat(6_000),
      `${' .'.repeat(9_000)}x`,
      '<a '.repeat(6_000),
      '{{'.repeat(9_000),
    ])
      expect(reason(`${text}x`).outcome).toBe('unmet')
  })

  test('every lack is told, the owner among them', () => {
    expect(
      judged('sourcing-decision', { owner: undefined, reason: 'yes', alternatives: ['TODO'], decided: null }),
    ).toMatchObject({
      ...{ code: 'record_unowned', why: 'missing' },
      lacking: [
        { field: 'alternatives', why: 'placeholder' },
        { field: 'reason', why: 'bare' },
        { field: 'decided', why: 'placeholder' },
      ],
    })
  })

  test('one entry of a list that is open leaves it open', () => {
    for (const [overseers, why] of [
      [['Ada Quist', 'nobody'], 'nobody'],
      [['the board'], 'nobody'],
      [['Ada Quist', 'Our engineers.'], 'nobody'],
      [['Management'], 'nobody'],
      [['Ada Quist', '<name>'], 'placeholder'],
      [['Ada Quist', true], 'bare'],
      [[], 'placeholder'],
    ])
      expect(judged('human-oversight', { overseers })).toMatchObject({
        lacking: [{ field: 'overseers', why }],
      })
  })

  test('a name that begins as a body is called is a name, and a party may be a body', () => {
    for (const overseers of [['Theo Board'], ['Allan Risk'], ['Eve Ryman']])
      expect(judged('human-oversight', { overseers })).toMatchObject({ code: 'record_holds' })
    expect(judged('applicable-regulation', { said_by: 'the legal department' })).toMatchObject({
      code: 'record_holds',
    })
  })

  test('the very same text under two fields fills neither', () => {
    const text = 'Everything was looked at by the platform team.'
    const lacking = ['isolation', 'network'].map((field) => ({ field, why: 'same' }))
    const of = (isolation: string, network: string) => judged('environment-isolation', { isolation, network })

    for (const other of [text, 'everything was looked at,  by the *Platform* team'])
      expect(of(text, other)).toMatchObject({ code: 'record_lacks', outcome: 'unmet', lacking })
    expect(of(text, 'Everything was looked at by the security team.').code).toBe('record_holds')
    expect(of('TODO', 'TODO')).toMatchObject({
      lacking: lacking.map(({ field }) => ({ field, why: 'placeholder' })),
    })
  })

  test('a sentence with a figure is a text as others are', () => {
    const text = 'some 40,000 EUR a year for two engineers'

    expect(judged('sourcing-decision', { cost_of_ownership: text, reason: text })).toMatchObject({
      code: 'record_lacks',
      lacking: [
        { field: 'cost_of_ownership', why: 'same' },
        { field: 'reason', why: 'same' },
      ],
    })
  })

  const WHO = [
    ['environment-isolation', 'people'],
    ...(['change_training_data', 'start_runs', 'read_outputs'] as const).map(
      (field) => ['access-control', field] as const,
    ),
  ] as const

  test.each(WHO)('of %s, %s, those who may are somebody in particular', (kind, field) => {
    for (const [who, why] of [
      [['everyone'], 'nobody'],
      [['nobody'], 'nobody'],
      ['Anyone.', 'nobody'],
      [['Ada Quist', 'the team'], 'nobody'],
      [['@ada', '7'], 'nobody'],
      [['yes'], 'bare'],
      [['@ada', 'TODO'], 'placeholder'],
      [[], 'placeholder'],
    ])
      expect([who, judged(kind, { [field]: who })]).toMatchObject([
        who,
        { code: 'record_lacks', outcome: 'unmet', lacking: [{ field, why }] },
      ])
  })

  test.each(WHO)('of %s, %s, accounts, teams and roles are', (kind, field) => {
    for (const who of [['@ada', '@acme/data'], ['Ada Quist (@ada)'], ['the data team'], 'role mlp-operator'])
      expect([who, judged(kind, { [field]: who })]).toMatchObject([who, { code: 'record_holds' }])
  })

  test('what is to be done may be said with reasons', () => {
    for (const unknown of [
      'the licence of its web pages is to be decided by the council in May',
      'Pending: advisory FA-2026-02 of the publisher',
    ])
      expect(judged('inherited-data', { unknown })).toMatchObject({ code: 'record_holds' })
  })

  test('a digest of one digit is none', () => {
    const document = { name: 'contract.pdf', sha256: '0'.repeat(64) }
    expect(judged('contract-provisions', { document })).toMatchObject({
      lacking: [{ field: 'document', why: 'placeholder' }],
    })
  })

  test('what may be left out must be filled in where it is', () => {
    const report = { name: 'report.pdf', sha256: 'TODO' }
    expect(judged('vendor-risk-assessment', { report: undefined }).outcome).toBe('met')
    expect(judged('vendor-risk-assessment', { report })).toMatchObject({ lacking: [{ field: 'report' }] })
    expect(judged('vendor-risk-assessment', { report: undefined }, { fields: ['report'] })).toMatchObject({
      lacking: [{ field: 'report', why: 'missing' }],
    })
  })
})

describe('a certificate', () => {
  const TYPE_2 = { type: 'SOC2-II', period_start: '2025-02-01', period_end: '2026-01-31' }

  test.each([
    ['a report of type II', TYPE_2, 'record_holds'],
    ['without its period', { ...TYPE_2, period_start: undefined }, 'record_lacks'],
    ['without an opinion', { ...TYPE_2, opinion: undefined }, 'record_lacks'],
    ['a certificate has no opinion', { type: 'ISO42001', opinion: undefined }, 'record_holds'],
    ['nor carve-outs', { type: 'ISO42001', carve_outs: undefined }, 'record_holds'],
    ['but a statement of applicability', { type: 'ISO27001', statement: undefined }, 'record_lacks'],
    [
      'qualified, which the reviewer accepted',
      { ...TYPE_2, opinion: 'qualified' },
      'record_wants_conditions',
    ],
    ['qualified, and rejected', { ...TYPE_2, opinion: 'qualified', outcome: 'rejected' }, 'record_rejected'],
    ['of type I', { type: 'SOC2-I' }, 'record_wants_conditions'],
    ['a qualified certificate is none', { type: 'ISO42001', opinion: undefined }, 'record_holds'],
    ['adverse', { ...TYPE_2, opinion: 'adverse' }, 'record_ends_otherwise'],
    ['disclaimed', { ...TYPE_2, opinion: 'disclaimer' }, 'record_ends_otherwise'],
    ['a scope without the service', { scope: 'the hosting of all other services' }, 'record_fails'],
    ['issued by the vendor', { issuer: 'Parrot Models' }, 'record_not_apart'],
    ['a period that is over for long', { ...TYPE_2, period_end: '2025-02-28' }, 'record_expired'],
  ])('%s', (_, changes, code) => {
    expect(judged('certificate', changes).code).toBe(code)
  })

  test.each(['SOC2-I', 'qualified'] as const)('%s holds on a condition, and says so', (found) => {
    const weak = found === 'SOC2-I' ? { type: found } : { ...TYPE_2, opinion: found }
    const field = found === 'SOC2-I' ? 'type' : 'opinion'
    const conditions = [
      { what: 'the report of type II is read', due: '2026-09-30', for: field },
      { what: 'the two accounts are closed', due: '2026-02-20', met: '2026-02-19' },
    ]

    expect(judged('certificate', { ...weak, outcome: 'accepted-with-conditions', conditions })).toMatchObject(
      {
        ...{ code: 'record_holds', outcome: 'met' },
        on: {
          conditions: [{ what: 'the report of type II is read', due: '2026-09-30' }],
          weak: [{ field, found }],
        },
      },
    )
    const other = conditions.map((one) => ({ ...one, for: 'scope' }))
    expect(
      judged('certificate', { ...weak, outcome: 'accepted-with-conditions', conditions: other }),
    ).toMatchObject({ code: 'record_wants_conditions', outcome: 'unmet', weak: [{ field, found }] })
  })

  test.each([
    ['a report issued before its period was over', { ...TYPE_2, issued: '2026-01-30' }],
    ['a review of what was not issued yet', { issued: '2026-02-25' }],
  ])('%s contradicts itself', (_, changes) => {
    const { reading } = readEvidence(Buffer.from(aRecordText('certificate', changes)), 'r.yml', 'f00d')

    expect(reading.problems).toMatchObject([{ code: 'contradiction' }])
  })

  test.each<readonly [string, object, boolean]>([
    ['of a day', { period_start: '2026-01-31' }, true],
    ['of 27 days', { period_start: '2026-01-05' }, true],
    ['of four weeks', { period_start: '2026-01-04' }, false],
    ['of no day of type I', { type: 'SOC2-I', period_start: '2026-01-31' }, false],
  ])('a period %s', (_, changes, isShort) => {
    const text = aRecordText('certificate', { ...TYPE_2, ...changes })
    const { problems } = readEvidence(Buffer.from(text), 'r.yml', 'f00d').reading

    expect(problems).toMatchObject(isShort ? [{ code: 'wrong_value', at: 'period_end' }] : [])
    expect(problems).toHaveLength(isShort ? 1 : 0)
  })

  test('says which day is too old', () => {
    expect(judged('certificate', { ...TYPE_2, period_end: '2025-02-28' })).toMatchObject({
      ...{ field: 'period_end', date: '2025-02-28', days: 366, limit: 365 },
    })
  })
})

describe('who a party is', () => {
  test.each<readonly [WrittenKind, string, string]>([
    ['contract-provisions', 'vendor', 'the vendor'],
    ['contract-provisions', 'vendor', 'a third party'],
    ['vendor-monitoring', 'vendor', 'various suppliers'],
    ['certificate', 'accreditation', 'the responsible organisation'],
    ['access-control', 'read_outputs', 'all employees'],
    ['vendor-risk-assessment', 'assessor', 'members of the team'],
  ])('of %s no %s is %s', (kind, field, who) => {
    expect(judged(kind, { [field]: who })).toMatchObject({ lacking: [{ field, why: 'nobody' }] })
  })

  test.each([...['to be hired', 'To be appointed by the board', 'to be announced in spring']])(
    'no overseer is %s, which is a later day',
    (who) => {
      expect(judged('human-oversight', { overseers: ['Ada Quist', who] })).toMatchObject({
        lacking: [{ field: 'overseers', why: 'placeholder' }],
      })
    },
  )

  test.each([
    ...['N.N.', 'NN', 'N. N. (claims)', 'John Doe', 'jane doe, claims', 'Max Mustermann', 'to be on call'],
    ...['somebody from claims', 'Someone in the claims desk', 'a member of the board', 'claims team'],
    ...['Claims Handling Department', 'ML dept.'],
  ])('no overseer is %s, who is nobody', (who) => {
    expect(judged('human-oversight', { overseers: ['Ada Quist', who] })).toMatchObject({
      lacking: [{ field: 'overseers', why: 'nobody' }],
    })
  })

  test.each([
    ...['Ada Quist, claims team', 'Ada Quist (claims department)', 'Ada Quist of the claims team'],
    ...['@acme/claims-team', 'Nn Nguyen', 'John Dorn', 'Anyona Fromm'],
  ])('an overseer is %s', (who) => {
    expect(judged('human-oversight', { overseers: [who] }).outcome).toBe('met')
  })

  test('a team may own, and a role may do what it may', () => {
    expect(judged('access-control', { owner: 'claims team', start_runs: ['ML department'] }).outcome).toBe(
      'met',
    )
    expect(judged('access-control', { start_runs: ['somebody from claims'] })).toMatchObject({
      lacking: [{ field: 'start_runs', why: 'nobody' }],
    })
  })

  test('and nobody in particular signs', () => {
    const signers = [{ name: 'the board', role: 'head of validation', signed: '2026-02-20' }]

    expect(judged('test-report', { signed_by: signers })).toMatchObject({
      lacking: [{ field: 'signed_by', why: 'nobody' }],
    })
  })
})

describe('what the report of a test is called', () => {
  const sha256 = '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8'
  const of = (name: unknown) =>
    judged('human-oversight', {
      stop_test: { date: '2026-02-20', result: 'passed', evidence: { name, sha256 } },
    })

  test.each(['x', 'ok', 'a', '7'])('%s names none', (name) => {
    expect(of(name)).toMatchObject({ lacking: [{ field: 'stop_test', why: 'nameless' }] })
  })
  test.each([['TODO', 'placeholder'], [undefined, 'missing'] as const])('%s', (name, why) => {
    expect(of(name)).toMatchObject({ lacking: [{ field: 'stop_test', why }] })
  })
  test('R2 names one', () => {
    expect(of('R2')).toMatchObject({ code: 'record_holds' })
  })
})

describe('what a contract says', () => {
  const NOTICE = { clause: '7.1', says: 'ninety days before a change of the model' }
  const conditions = [{ what: 'an audit clause in the next amendment', due: '2026-12-31', for: 'audit' }]

  test.each<readonly [string, object, object]>([
    ['a clause and what it says', { change_notice: NOTICE }, { code: 'record_holds' }],
    ['a clause with a title', { change_notice: { ...NOTICE, clause: 'Annex C' } }, { code: 'record_holds' }],
    [
      'no number of a clause',
      { change_notice: { ...NOTICE, clause: 'the usual one' } },
      { lacking: [{ field: 'change_notice', why: 'clauseless' }] },
    ],
    [
      'a clause alone',
      { change_notice: { clause: '7.1' } },
      { lacking: [{ field: 'change_notice', why: 'missing' }] },
    ],
    [
      'a clause and next to nothing',
      { change_notice: { clause: '7.1', says: 'they tell us' } },
      { lacking: [{ field: 'change_notice', why: 'short' }] },
    ],
    ['all clauses', { clauses: ['all'] }, { lacking: [{ field: 'clauses', why: 'clauseless' }] }],
    [
      'one clause that is none',
      { clauses: ['7.1', 'the rest'] },
      { lacking: [{ field: 'clauses', why: 'clauseless' }] },
    ],
    ['clauses of many contracts', { clauses: ['§ 7.1', 'IV.2', 'Schedule B'] }, { code: 'record_holds' }],
    [
      'nothing, accepted',
      { audit: 'absent' },
      { code: 'record_wants_conditions', outcome: 'unmet', weak: [{ field: 'audit', found: 'absent' }] },
    ],
    [
      'nothing, with a condition for it',
      { audit: 'absent', outcome: 'accepted-with-conditions', conditions },
      { code: 'record_holds', on: { weak: [{ field: 'audit' }] } },
    ],
    [
      'nothing of two things, with a condition for one',
      { audit: 'absent', exit: 'absent', outcome: 'accepted-with-conditions', conditions },
      { code: 'record_wants_conditions', weak: [{ field: 'exit', found: 'absent' }] },
    ],
    ['nothing, rejected', { audit: 'absent', outcome: 'rejected' }, { code: 'record_rejected' }],
  ])('%s', (_, changes, expected) => {
    expect(judged('contract-provisions', changes)).toMatchObject(expected)
  })

  test.each(['we trust them', 'not agreed on', 'nothing is said'])('prose alone is a fault: %s', (text) => {
    const { reading } = readEvidence(
      Buffer.from(aRecordText('contract-provisions', { audit: text })),
      'r.yml',
      'f00d',
    )
    expect(reading.records).toEqual([])
    expect(reading.problems).toMatchObject([
      { code: 'wrong_value', at: 'audit', wanted: '{ clause: ..., says: ... }, or the word absent' },
    ])
  })
})

describe('what is risked with a vendor', () => {
  test.each([
    ['lock_in_rating', 'high'],
    ['transparency_rating', 'none'],
  ])('%s of %s wants a condition', (field, found) => {
    const conditions = [{ what: 'a second vendor is tried', due: '2026-12-31', for: field }]

    expect(judged('vendor-risk-assessment', { [field]: found })).toMatchObject({
      ...{ code: 'record_wants_conditions', outcome: 'unmet', weak: [{ field, found }] },
    })
    expect(
      judged('vendor-risk-assessment', { [field]: found, outcome: 'accepted-with-conditions', conditions }),
    ).toMatchObject({ code: 'record_holds' })
    expect(judged('vendor-risk-assessment', { [field]: undefined })).toMatchObject({ code: 'record_lacks' })
  })

  test.each(['medium', 'low'])('lock-in of %s does not', (found) => {
    expect(judged('vendor-risk-assessment', { lock_in_rating: found })).toMatchObject({
      code: 'record_holds',
    })
  })
})

describe('known vulnerabilities', () => {
  const of = (known: unknown, more: object = {}) => judged('base-model-vulnerabilities', { known, ...more })
  const one = (state: string, says = 'the loader was replaced by version 2.4') => ({
    id: 'CVE-1',
    state,
    says,
  })

  test.each(['fixed', 'not_affected', 'mitigated', 'accepted'])('%s', (state) => {
    expect(of([one(state)])).toMatchObject({ code: 'record_holds' })
    expect(of([one(state, 'nothing is done')])).toMatchObject({ lacking: [{ field: 'known', why: 'short' }] })
  })

  test('nothing found', () => {
    expect(of('nothing-found')).toMatchObject({ code: 'record_holds' })
    expect(of([])).toMatchObject({ lacking: [{ field: 'known', why: 'placeholder' }] })
  })

  test('one that is open, whatever stands beside it and below', () => {
    const failing = [{ field: 'known', why: 'says', found: 'CVE-1: open' }]
    const conditions = [{ what: 'the loader is replaced', due: '2026-12-31', for: 'known' }]

    expect(of([one('fixed'), one('open')])).toMatchObject({ code: 'record_ends_otherwise', failing })
    expect(of([one('open')], { outcome: 'accepted-with-conditions', conditions })).toMatchObject({
      ...{ code: 'record_fails', outcome: 'unmet', failing },
    })
  })

  test.each([[{ id: 'CVE-1', says: 'it does not reach us' }], [one('TODO')], [{ state: 'fixed' }]])(
    'without its state or its id: %j',
    (known) => {
      expect(of([known])).toMatchObject({ code: 'record_lacks', lacking: [{ field: 'known' }] })
    },
  )

  test.each([
    ['CVE-2026-1 is known and nothing is done', 'a list of { id, state, says }, or the word nothing-found'],
    [[one('wontfix')], 'one of fixed, not_affected, mitigated, accepted, open'],
  ])('%j is a fault', (known, wanted) => {
    const text = aRecordText('base-model-vulnerabilities', { known })
    expect(readEvidence(Buffer.from(text), 'r.yml', 'f00d').reading.problems).toMatchObject([{ wanted }])
  })
})

describe('a clause that a provision names', () => {
  const faultsOf = (clause: string, clauses: unknown = ['7.1', '§ 12 Exit', 'Annex C', 'IV.2', '20-22']) => {
    const says = 'what there is to say about leaving them'
    const provisions = ['change_notice', 'audit', 'incident_notice', 'data_use']
    const text = aRecordText('contract-provisions', {
      ...Object.fromEntries(provisions.map((name) => [name, 'absent'])),
      ...{ clauses, exit: { clause, says } },
    })
    return readEvidence(Buffer.from(text), 'r.yml', 'f00d').reading.problems
  }

  test.each([
    ...['7.1', '§ 7.1', 'Clause 7.1, notice of 90 days', '12', '12.3', 'Annex C', 'annex c, 3.2', 'iv.2'],
    ...['7.1 and 12.1', '21.4', 'the exit clause 12.3'],
  ])('is in the list: %s', (clause) => {
    expect(faultsOf(clause)).toEqual([])
  })

  test.each(['7.2', '7', '7.10', '1', 'Annex D', 'IV.3', '7.1 and 9', '23', 'the exit clause 13.3'])(
    'is not: %s',
    (found) => {
      expect(faultsOf(found)).toMatchObject([
        {
          ...{ code: 'wrong_value', at: 'exit.clause', found },
          wanted: 'a clause that the record lists under clauses (7.1, § 12 Exit, Annex C, IV.2, 20-22)',
        },
      ])
    },
  )

  test('is held to a text as to a list, and to none where no clause is listed', () => {
    expect(faultsOf('12.3', '7.1, 12')).toEqual([])
    expect(faultsOf('13', '7.1, 12')).toHaveLength(1)
    expect(faultsOf('13', null)).toEqual([])
    expect(faultsOf('13', 'TODO')).toEqual([])
  })
})

describe('what it costs', () => {
  test.each([
    ['about 410,000 EUR over four years', undefined],
    ['in 2026 it costs what it costs', 'figureless'],
    ['it costs a lot of money every year', 'figureless'],
    ['it costs money', 'short'],
    ['between 2 and 3 million in 2026 to 2029', undefined],
  ])('%s', (cost_of_ownership, why) => {
    expect(judged('sourcing-decision', { cost_of_ownership })).toMatchObject(
      why === undefined ? { outcome: 'met' } : { lacking: [{ field: 'cost_of_ownership', why }] },
    )
  })
})
