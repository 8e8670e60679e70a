import { describe, expect, test } from 'vitest'
import { type Accepted, acceptable } from '../../src/core/accepted.ts'
import type { Answer, Bound, MeasurementAnswer, Member } from '../../src/core/answer.ts'
import { decide } from '../../src/core/decide.ts'
import { type Finding, outcomeOf } from '../../src/core/finding.ts'
import { judgeWaivers } from '../../src/core/judge-waivers.ts'
import { noWorse } from '../../src/core/no-worse.ts'
import type { Waiver } from '../../src/core/waiver.ts'
import { everyAnswer } from '../render/every.ts'
import { aFinding, aMeasurement, isMet, isRegistered, isUndecided, isUnmet } from '../support/build.ts'
import { aWaiver } from '../support/waivers.ts'

const NOW = '2026-03-01T12:00:00Z'
const IDENTITY = '1'.repeat(64)
const RULES = { teams: [], longest: 90, never: [] }
const AT_LEAST: Bound = { kind: 'at_least', value: 0.9 }

function taken(answer: Answer): Accepted {
  const found = acceptable(answer)
  if (found.kind === 'not') throw new Error(found.why)
  return found.accepted
}

const unmet = (value: number, bound: Bound = AT_LEAST, more: object = {}): MeasurementAnswer => ({
  ...{ code: 'beyond_bound', outcome: 'unmet', observed: aMeasurement({ value }), bound },
  off: off(value, bound),
  ...more,
})
const notShown = (value: number, low: number, high: number, bound = AT_LEAST): MeasurementAnswer => ({
  ...{ code: 'not_shown', outcome: 'undecided', observed: aMeasurement({ value }), bound, confidence: 0.95 },
  shown: { low, high, confidence: 0.95, method: 'clopper_pearson' },
  ...{ holds: off(value, bound) === 0, off: off(value, bound) },
})
const few = (samples: number, otherwise: MeasurementAnswer, wanted = 1000): MeasurementAnswer => ({
  ...{ code: 'too_few_samples', outcome: 'undecided', observed: aMeasurement({ samples }) },
  ...{ samples, wanted, otherwise },
})
const within = (value: number): MeasurementAnswer => ({
  ...{ code: 'within_bound', outcome: 'met', observed: aMeasurement({ value }), bound: AT_LEAST },
})

function off(value: number, bound: Bound): number {
  const [low, high] = bound.kind === 'between' ? [bound.low, bound.high] : [bound.value, bound.value]
  if (bound.kind === 'at_least') return Math.max(0, low - value)
  if (bound.kind === 'at_most') return Math.max(0, value - high)
  return Math.max(0, low - value, value - high)
}

const each = (members: Readonly<Record<string, MeasurementAnswer>>): readonly Member[] =>
  Object.entries(members).map(([member, answer]) => ({ member, answer }))
const membersUnmet = (members: Readonly<Record<string, MeasurementAnswer>>): Answer => ({
  ...{ code: 'members_unmet', outcome: 'unmet', label: 'task', members: each(members) },
})
const membersMissing = (
  missing: readonly string[],
  judged: Readonly<Record<string, MeasurementAnswer>>,
): Answer => {
  const found = Object.keys(judged).length
  return {
    ...{ code: 'members_missing', outcome: 'undecided', label: 'task', missing, found },
    ...{ wanted: found + missing.length, judged: each(judged) },
  }
}
const lacks = (...titles: readonly string[]): Answer => ({
  ...{ code: 'sections_lacking', outcome: 'unmet', path: 'CARD.md' },
  lacking: titles.map((title) => ({ title, why: 'missing' as const })),
})
const OF_RECORD = { outcome: 'unmet', record: 'certificate', path: 'r.yml', date: '2026-01-01' } as const
const rejected = (date = '2026-01-01'): Answer => ({
  code: 'record_rejected',
  word: 'rejected',
  ...OF_RECORD,
  date,
})
const unowned = (...fields: readonly string[]): Answer => ({
  ...{ code: 'record_unowned', ...OF_RECORD, why: 'nobody' },
  lacking: fields.map((field) => ({ field, why: 'bare' })),
})
const recordLacks = (...fields: readonly string[]): Answer => ({
  ...{ code: 'record_lacks', ...OF_RECORD },
  lacking: fields.map((field) => ({ field, why: 'bare' })),
})
const fails = (...fields: readonly string[]): Answer => ({
  ...{ code: 'record_fails', ...OF_RECORD },
  failing: fields.map((field) => ({ field, why: 'says', found: 'failed' })),
})
const overdue = (...due: readonly string[]): Answer => ({
  ...{ code: 'record_condition_overdue', ...OF_RECORD },
  overdue: due.map((day) => ({ what: 'a second region', due: day })),
})
const ranOut = (expires: string): Answer => ({ code: 'record_ran_out', ...OF_RECORD, expires })
const open = (more: number, ...questions: readonly string[]): Answer => ({
  ...{ code: 'caiq_open', outcome: 'unmet', record: 'caiq', path: 'c.json', more, answers: 9 },
  open: questions.map((question) => ({ question, answer: 'no' })),
})
const stale = (date: string): Answer => ({
  ...open(0, 'AIS-01.1'),
  ...{ stale: { date, days: 400, limit: 365 } },
})
const expired = (date: string, limit = 1): Answer => ({
  ...{ code: 'record_expired', outcome: 'unmet', record: 'training', path: 'r.yml', date, days: 9, limit },
})
const missing = (metric: string): Answer => ({
  ...{ code: 'no_measurement', outcome: 'undecided', asked: { metric, where: {} }, nearest: [] },
})
const AT_MOST: Bound = { kind: 'at_most', value: 0.1 }
const BETWEEN: Bound = { kind: 'between', low: 0.9, high: 1.1 }

describe('what is shown now is accepted, or worse', () => {
  test.each<readonly [string, Answer, Answer, boolean]>([
    ['the same value', unmet(0.88), unmet(0.88), true],
    ['nearer to the bound', unmet(0.88), unmet(0.89), true],
    ['further from it', unmet(0.88), unmet(0.8799), false],
    ['nearer from above', unmet(0.2, AT_MOST), unmet(0.15, AT_MOST), true],
    ['further above', unmet(0.2, AT_MOST), unmet(0.21, AT_MOST), false],
    ['nearer from the other side', unmet(0.7, BETWEEN), unmet(1.2, BETWEEN), true],
    ['further on the other side', unmet(0.85, BETWEEN), unmet(1.2, BETWEEN), false],
    ['another bound', unmet(0.88), unmet(0.88, { kind: 'at_least', value: 0.95 }), false],
    ['another bound that is lower', unmet(0.88), unmet(0.88, { kind: 'at_least', value: 0.89 }), false],
    [
      'another metric',
      unmet(0.88),
      { ...unmet(0.88), observed: aMeasurement({ metric: 'f1', value: 0.88 }) } as Answer,
      false,
    ],
    [
      'another dataset',
      unmet(0.88),
      { ...unmet(0.88), observed: aMeasurement({ labels: {}, value: 0.88 }) } as Answer,
      false,
    ],
    [
      'in another unit',
      unmet(0.88),
      { ...unmet(0.88), observed: aMeasurement({ unit: 'percent', value: 88 }) } as Answer,
      false,
    ],
    ['a confidence that is asked now', unmet(0.88), unmet(0.88, AT_LEAST, { confidence: 0.95 }), false],

    ['the same rejection', rejected(), rejected(), true],
    ['a rejection of another day', rejected(), rejected('2026-02-01'), false],
    ['an owner, and the rest as it was', unowned('scope', 'number'), recordLacks('scope'), true],
    ['a field more that is wanting', unowned('scope'), unowned('scope', 'number'), false],
    ['a test less that failed', fails('a', 'b'), fails('b'), true],
    ['a test more that failed', fails('a'), fails('a', 'b'), false],
    ['what it lacks is not what it says', recordLacks('a'), fails('a'), false],
    ['a condition more that is overdue', overdue('2026-01-01'), overdue('2026-01-01', '2026-02-01'), false],
    ['the same last day', ranOut('2026-02-01'), ranOut('2026-02-01'), true],
    ['another last day', ranOut('2026-02-01'), ranOut('2026-01-01'), false],
    ['a question less that is open', open(0, 'AIS-01.1', 'AIS-01.2'), open(0, 'AIS-01.2'), true],
    ['what is stale besides', open(0, 'AIS-01.1'), stale('2026-01-12'), false],
    ['what was stale already', stale('2026-01-12'), stale('2026-01-12'), true],
    ['a question more that is open', open(0, 'AIS-01.1'), open(0, 'AIS-01.1', 'AIS-01.2'), false],

    ['the same shown', notShown(0.91, 0.89, 0.93), notShown(0.91, 0.89, 0.93), true],
    ['more shown', notShown(0.91, 0.89, 0.93), notShown(0.91, 0.895, 0.92), true],
    ['a worse value that still holds', notShown(0.93, 0.89, 0.95), notShown(0.91, 0.895, 0.92), false],
    ['fewer samples at the same value', notShown(0.91, 0.89, 0.93), notShown(0.91, 0.88, 0.94), false],
    [
      'shown to miss what was not shown',
      notShown(0.88, 0.8, 0.91),
      unmet(0.885, AT_LEAST, {
        confidence: 0.95,
        shown: { low: 0.88, high: 0.89, confidence: 0.95, method: 'clopper_pearson' },
      }),
      false,
    ],
    [
      'not shown where it was shown to miss',
      unmet(0.85, AT_LEAST, {
        confidence: 0.95,
        shown: { low: 0.84, high: 0.86, confidence: 0.95, method: 'clopper_pearson' },
      }),
      notShown(0.88, 0.86, 0.91),
      true,
    ],

    ['as many samples', few(50, within(0.95)), few(50, within(0.95)), true],
    ['more samples', few(50, within(0.95)), few(60, within(0.95)), true],
    ['as many samples, and more are asked', few(50, within(0.95)), few(50, within(0.95), 1001), false],
    ['as many samples, and fewer are asked', few(50, within(0.95)), few(50, within(0.95), 999), true],
    ['fewer samples', few(50, within(0.95)), few(49, within(0.95)), false],
    ['too few, and a worse value behind them', few(50, within(0.95)), few(50, within(0.94)), false],
    ['too few, and now a miss behind them', few(50, within(0.95)), few(50, unmet(0.1)), false],
    ['enough samples, and a miss', few(50, within(0.95)), unmet(0.89), false],
    ['a miss, and too few samples for it', unmet(0.88), few(50, unmet(0.89)), false],

    ['still missing', missing('accuracy'), missing('accuracy'), true],
    ['another one missing', missing('accuracy'), missing('f1'), false],
    ['missing, and now a miss', missing('accuracy'), unmet(0.899), false],
    ['a miss, and now missing', unmet(0.88), missing('accuracy'), false],

    ['the same section', lacks('Limits', 'Use'), lacks('Use'), true],
    ['another section', lacks('Limits'), lacks('Use'), false],
    ['a record that ages', expired('2026-01-01'), expired('2026-01-01'), true],
    ['a younger record', expired('2026-01-01'), expired('2026-01-05'), true],
    ['the same record, which may be less old', expired('2026-01-01', 5), expired('2026-01-01', 4), false],
    ['the same record, which may be older', expired('2026-01-01', 5), expired('2026-01-01', 6), true],
    ['an older record', expired('2026-01-01'), expired('2025-12-31'), false],

    [
      'the same members',
      membersUnmet({ a: unmet(0.8), b: within(1) }),
      membersUnmet({ a: unmet(0.85), b: within(1) }),
      true,
    ],
    [
      'one member worse',
      membersUnmet({ a: unmet(0.8), b: unmet(0.8) }),
      membersUnmet({ a: unmet(0.89), b: unmet(0.79) }),
      false,
    ],
    [
      'another member',
      membersUnmet({ a: unmet(0.8), b: within(1) }),
      membersUnmet({ a: within(1), b: unmet(0.89) }),
      false,
    ],
    [
      'a member that is gone',
      membersUnmet({ a: unmet(0.8), b: within(1) }),
      membersUnmet({ a: unmet(0.8), c: within(1) }),
      false,
    ],
    [
      'the same member missing',
      membersMissing(['c'], { a: within(1) }),
      membersMissing(['c'], { a: within(1) }),
      true,
    ],
    [
      'another one missing too',
      membersMissing(['c'], { a: within(1), b: within(1) }),
      membersMissing(['b', 'c'], { a: within(1) }),
      false,
    ],
    [
      'more members asked for than before',
      membersMissing(['c'], { a: within(1) }),
      { ...membersMissing(['c'], { a: within(1) }), wanted: 9 } as Answer,
      false,
    ],
    [
      'missing, and a miss among the others',
      membersMissing(['c'], { a: within(1) }),
      membersMissing(['c'], { a: unmet(0.1) }),
      false,
    ],
    [
      'missing, and there now with a miss',
      membersMissing(['c'], { a: within(1) }),
      membersUnmet({ a: within(1), c: unmet(0.89) }),
      false,
    ],
  ])('%s', (_, then, now, expected) => {
    expect(noWorse(taken(now), taken(then))).toBe(expected)
  })
})

describe('what nobody can accept', () => {
  const WAIVABLE = [
    ...['beyond_bound', 'not_shown', 'too_few_samples', 'no_measurement'],
    ...['members_unmet', 'members_missing', 'sections_lacking'],
    ...['record_unowned', 'record_ran_out', 'record_rejected', 'record_condition_overdue', 'record_fails'],
    ...['record_unfinished', 'record_wants_conditions', 'record_unshown'],
    'record_not_observed',
    ...['caiq_in_part', 'caiq_open', 'oscal_faults', 'index_open', 'report_uncovered'],
    ...['record_lacks', 'record_expired', 'no_record', 'no_suite', 'tests_missing'],
    ...['scan_found', 'no_scan', 'format_refused'],
    ...['gap_beyond', 'gap_not_shown', 'no_groups'],
    ...['lineage_lacks', 'no_base_model'],
    ...['difference_beyond', 'difference_not_shown', 'no_baseline'],
    ...['attestation_lacking', 'attestation_claimed', 'attestation_missing'],
  ]

  test('is every code but unmet, not shown, too few samples and missing', () => {
    const all = Object.values(everyAnswer('text'))
    const can = all.filter((answer) => acceptable(answer).kind === 'acceptable').map(({ code }) => code)

    expect(can.toSorted()).toEqual(WAIVABLE.toSorted())
    expect(all.length).toBeGreaterThan(50)
  })

  const percent = aMeasurement({ value: 91 })
  const unclear: MeasurementAnswer = {
    code: 'unit_unclear',
    outcome: 'undecided',
    observed: percent,
    bound: AT_LEAST,
  }
  test.each<readonly [string, Answer]>([
    [
      'a document that cannot be read',
      { code: 'no_document', outcome: 'undecided', document: 'card', unreadable: 'x' },
    ],
    ['questions that are only counted', open(3, 'AIS-01.1')],
    ['too few samples of an unclear unit', few(50, unclear)],
    ['more members than were asked for', { ...membersMissing([], { a: within(1) }), wanted: 0 } as Answer],
    ['a member of an unclear unit beside a miss', membersUnmet({ a: unmet(0.8), b: unclear })],
    ['a member of an unclear unit beside a missing one', membersMissing(['c'], { b: unclear })],
  ])('%s', (_, answer) => {
    expect(acceptable(answer)).toEqual({ kind: 'not', why: 'unclear' })
  })
})

const finding = (given: Partial<Finding> = {}) => aFinding({ answer: unmet(0.88), ...given })
const waiver = (given: Partial<Waiver> = {}) => aWaiver({ accepted: taken(unmet(0.88)), ...given })
const withdrawn = { by: 'eve', at: NOW, comment: 2 }

describe('a waiver', () => {
  type Row = readonly [string, Partial<Finding>, Partial<Waiver>, object, string | undefined]
  test.each<Row>([
    ['holds', {}, {}, {}, undefined],
    ['holds on its last day', {}, { until: '2026-03-01' }, {}, undefined],
    ['ends with its last day', {}, { until: '2026-02-28' }, {}, 'expired'],
    ['without a day has ended', {}, { until: 'never' }, { rules: { ...RULES, longest: 1 } }, 'expired'],
    ['lasts no longer than the floor of today says', {}, {}, { rules: { ...RULES, longest: 8 } }, 'expired'],
    ['lasts as long as the floor of today says', {}, {}, { rules: { ...RULES, longest: 9 } }, undefined],
    ['is withdrawn', {}, { withdrawn }, {}, 'withdrawn'],
    ['is for other weights', {}, { identity: '2' }, {}, 'other_release'],
    ['is for no release that can be told', {}, {}, { identity: undefined }, 'other_release'],
    ['is for another criterion', {}, { criterion: 'f1' }, {}, 'not_asked'],
    ['is for the floor’s of the same name', {}, { of: 'floor' }, {}, 'not_asked'],
    ['of the floor’s holds for it', { version: 'floor' }, { of: 'floor' }, {}, undefined],
    ['of the repository’s does not hold for the floor’s', { version: 'floor' }, {}, {}, 'not_asked'],
    ['is not needed', { answer: isMet() }, {}, {}, 'not_needed'],
    ['is not needed where nothing blocks', { blocking: false }, {}, {}, 'not_needed'],
    ['is of a worse value', { answer: unmet(0.87) }, {}, {}, 'worse'],
    [
      'is of what is unclear now',
      {
        answer: {
          code: 'ambiguous',
          outcome: 'undecided',
          asked: { metric: 'a', where: {} },
          candidates: [],
          choose: [],
        },
      },
      {},
      {},
      'unwaivable',
    ],
    [
      'is of a control that is never waived',
      {},
      {},
      { rules: { ...RULES, never: ['performance'] } },
      'never',
    ],
    [
      'is by nobody of the team',
      {},
      { teams: ['old'] },
      { rules: { ...RULES, teams: ['risk'] } },
      'no_right',
    ],
    [
      'is by somebody who was in one of the teams',
      {},
      { teams: ['risk'], writes: false },
      { rules: { ...RULES, teams: ['a', 'risk'] } },
      undefined,
    ],
    ['is by nobody who could write', {}, { writes: false, teams: ['risk'] }, {}, 'no_right'],
  ])('%s', (_, about, given, release, why) => {
    const judged = judgeWaivers([finding(about)], [waiver(given)], {
      ...{ identity: IDENTITY, now: NOW, rules: RULES },
      ...release,
    })

    expect(judged.waivers[0]?.not?.why).toBe(why)
    expect(judged.findings[0]?.waiver?.by).toBe(why === undefined ? 'alan' : undefined)
  })

  test('of registration never holds, nor counts if it were there', () => {
    const late: Finding = {
      ...isRegistered(),
      answer: { code: 'criteria_absent', outcome: 'unmet', path: 'c.yml' },
    }
    const given = { ...waiver({ criterion: 'preregistration' }), ends: '2026-03-31' }
    const { waivers } = judgeWaivers([late], [given], { identity: IDENTITY, now: NOW, rules: RULES })

    expect(waivers[0]?.not).toEqual({ why: 'unwaivable', because: 'built_in' })
    expect(outcomeOf({ ...late, waiver: given })).toBe('unmet')
    expect(decide([{ ...late, waiver: given }, aFinding()], [])).toBe('no-go')
  })

  test('that lasts longest is the one that counts, and one of other weights is told only while it runs', () => {
    const all = [
      waiver({ comment: 1, until: '2026-03-10' }),
      waiver({ comment: 2, until: '2026-03-20' }),
      waiver({ comment: 3, until: '2026-03-15' }),
      waiver({ comment: 4, identity: '2', until: '2026-02-25' }),
      waiver({ comment: 5, identity: '2' }),
      waiver({ comment: 6, identity: '2', withdrawn }),
    ]
    const { findings, waivers } = judgeWaivers([finding()], all, {
      identity: IDENTITY,
      now: NOW,
      rules: RULES,
    })

    expect(findings[0]?.waiver?.comment).toBe(2)
    expect(waivers.map((one) => one.waiver.comment)).toEqual([1, 2, 3, 5])
  })
})

describe('a decision with waivers', () => {
  const problem = { path: 'a', line: 1, code: 'empty_file' } as const
  const held = { ...waiver(), ends: '2026-03-31' }
  test.each<readonly [string, readonly Finding[], readonly (typeof problem)[], string]>([
    ['goes', [isRegistered(), finding({ waiver: held })], [], 'go'],
    [
      'of an undecided one goes',
      [isRegistered(), aFinding({ answer: isUndecided(), waiver: held })],
      [],
      'go',
    ],
    [
      'hides no other miss',
      [isRegistered(), finding({ waiver: held }), aFinding({ answer: isUnmet() })],
      [],
      'no-go',
    ],
    ['settles no problem', [isRegistered(), finding({ waiver: held })], [problem], 'undecided'],
    ['replaces no registration', [finding({ waiver: held })], [], 'undecided'],
  ])('%s', (_, findings, problems, decision) => {
    expect(decide(findings, problems)).toBe(decision)
  })
})
