import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerWithin, spread, spreadOver } from '../../src/checks/attempts.ts'
import { answer } from '../../src/checks/index.ts'
import type { Answer } from '../../src/core/answer.ts'
import { examsMeasured } from '../../src/core/attempts.ts'
import { NO_EXAMS } from '../../src/criteria/made.ts'
import { criterionRow } from '../../src/render/criterion-row.ts'
import { plain } from '../../src/render/sentence.ts'
import { passes, successesNeeded } from '../../src/statistics/planning.ts'
import { aFinding, aMeasurement } from '../support/build.ts'
import { aContext } from '../support/facts.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const observed = aMeasurement({ labels: { dataset: 'holdout' } })
const bound = { kind: 'at_least', value: 0.9 } as const
const met: Answer = { code: 'within_bound', outcome: 'met', observed, bound }
const unmet: Answer = { code: 'beyond_bound', outcome: 'unmet', observed, bound }
const open: Answer = { code: 'not_a_number', outcome: 'undecided', observed }
const elsewhere: Answer = { ...met, observed: aMeasurement({ labels: { dataset: 'latency' } }) }
const all: Answer = {
  ...{ code: 'members_met', outcome: 'met', label: 'task' },
  members: [
    { member: 'a', answer: elsewhere },
    { member: 'b', answer: met },
  ],
}

type Row = readonly [string, Answer, number | undefined, number | undefined, Answer['code']]
const ROWS: readonly Row[] = [
  ['the last attempt that is left', met, 2, 1, 'within_bound'],
  ['none is left', met, 2, 2, 'attempts_spent'],
  ['none is left, long since', met, 2, 9, 'attempts_spent'],
  ['none is left, and undecided', open, 2, 2, 'attempts_spent'],
  ['none is left, and unmet by itself', unmet, 2, 2, 'beyond_bound'],
  ['no limit', met, undefined, 9, 'within_bound'],
  ['not known how many', met, 2, undefined, 'attempts_awaited'],
  ['not known how many, and undecided', open, 2, undefined, 'not_a_number'],
  ['not known, without a limit', met, undefined, undefined, 'within_bound'],
  ['of no exam that anybody identifies', elsewhere, 2, 2, 'within_bound'],
  ['one member', all, 2, 2, 'attempts_spent'],
  ['one member, not known', all, 2, undefined, 'attempts_awaited'],
]

describe('a criterion on an exam that may be taken only so often', () => {
  test.each(ROWS)('%s', (_, answer, attempts, seen, code) => {
    const exams = {
      ...NO_EXAMS,
      pinned: new Map([['holdout', { digest: DIGEST }]]),
      ...(attempts !== undefined && { attempts }),
      ...(seen !== undefined && { seen: { [DIGEST]: seen } }),
    }
    expect(answerWithin(answer, exams)).toMatchObject({ code })
  })

  test('what it comes to by itself is shown all the same', () => {
    const answer = answerWithin(met, {
      ...{ ...NO_EXAMS, pinned: new Map([['holdout', { digest: DIGEST }]]), attempts: 2 },
    })
    const { observed, required } = criterionRow(aFinding({ answer }), [])

    expect(answer).toMatchObject({ code: 'attempts_awaited', outcome: 'undecided', otherwise: met })
    expect([plain(observed), plain(required)]).toEqual([
      plain(criterionRow(aFinding({ answer: met }), []).observed),
      plain(criterionRow(aFinding({ answer: met }), []).required),
    ])
    expect(plain(observed)).toMatch(/^0\./)
  })

  test('an exam that only the manifest gives is counted too; a snapshot is known by its name', () => {
    const given = (digest: string, key: string) =>
      answerWithin(met, {
        ...{ ...NO_EXAMS, given: [{ name: 'holdout', digest }], attempts: 2, seen: { [key]: 2 } },
      }).code
    expect(given(DIGEST, DIGEST)).toBe('attempts_spent')
    expect(given('snapshot:v1', 'holdout snapshot:v1')).toBe('attempts_spent')
    expect(given('snapshot:v1', 'snapshot:v1')).toBe('attempts_awaited')
  })
})

describe('the confidence of each attempt', () => {
  test.each([
    [0.95, 1, 0.95],
    [0.95, 5, 0.99],
    [0.9, 4, 0.975],
    [0.975, 10, 0.9975],
  ])('%s over %s is %s', (confidence, attempts, each) => {
    expect(spreadOver(confidence, attempts)).toBe(each)
  })

  test('it is that of every criterion that asks for one, and of no other', () => {
    expect(spread({ check: 'metric', confidence: 0.95 }, 5)).toEqual({ check: 'metric', confidence: 0.99 })
    expect(spread({ check: 'metric', confidence: 0.95 }, undefined)).toEqual({
      check: 'metric',
      confidence: 0.95,
    })
    expect(spread({ check: 'document' }, 5)).toEqual({ check: 'document' })
  })

  test('a model at the bound passes in one of all attempts no more often than the confidence says', () => {
    const rate = fc.double({ min: 0.5, max: 0.99, noNaN: true })
    const sure = fc.double({ min: 0.8, max: 0.99, noNaN: true })
    const property = fc.property(
      ...([rate, sure, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 50, max: 3000 })] as const),
      (bound, confidence, attempts, samples) => {
        const needed = successesNeeded(samples, bound, spreadOver(confidence, attempts))
        if (needed === undefined) return true
        const once = passes(needed, samples, bound)
        return 1 - (1 - once) ** attempts <= 1 - confidence + 1e-9
      },
    )
    fc.assert(property, { numRuns: 200, seed: 8 })
  })
})

test('what is sure once is not sure enough in one of many attempts', () => {
  const criterion = { id: 'a', control: 'performance', check: 'metric', metric: 'accuracy' } as const
  const asked = { ...criterion, at_least: 0.9, confidence: 0.95 }
  const context = aContext([aMeasurement({ value: 0.92, samples: 1000 })])
  const within = (attempts?: number) =>
    answer(asked, {
      ...{ ...context, exams: { ...NO_EXAMS, ...(attempts !== undefined && { attempts }), seen: {} } },
    })
  expect(within()).toMatchObject({ code: 'within_bound', confidence: 0.95 })
  expect(within(5)).toMatchObject({ code: 'not_shown', confidence: 0.99 })
})

describe('an evaluation counts', () => {
  const datasets = [{ name: 'holdout', digest: DIGEST, role: 'test' }] as const
  const measured = (answer: Answer, given: Parameters<typeof examsMeasured>[0]['datasets'] = datasets) =>
    examsMeasured({ findings: [aFinding({ answer })], datasets: given })

  test.each([
    ['one that is met', met, [DIGEST]],
    ['one that is unmet', unmet, [DIGEST]],
    ['a member', all, [DIGEST]],
    ['on data without a digest', elsewhere, []],
    ['a number that is none', open, []],
    [
      'a part of the exam',
      { code: 'exam_in_part', outcome: 'undecided', observed, dataset: 'holdout', samples: 1, rows: 2 },
      [],
    ],
    [
      'another exam under its name',
      { code: 'exam_differs', outcome: 'unmet', dataset: 'holdout', found: 'x', wanted: DIGEST },
      [],
    ],
    [
      'one too many',
      {
        ...{ code: 'attempts_spent', outcome: 'unmet', dataset: 'holdout', digest: DIGEST },
        ...{ seen: 2, attempts: 2 },
      },
      [DIGEST],
    ],
  ] satisfies readonly (readonly [string, Answer, readonly string[]])[])('or not: %s', (_, answer, exams) => {
    expect(measured(answer)).toEqual(exams)
  })

  test('nothing counts on data that the manifest does not identify', () => {
    expect(measured(met, [{ name: 'holdout', role: 'test' }])).toEqual([])
  })
})
