import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/checks/context.ts'
import { answer } from '../../src/checks/index.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { plain } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { aMeasurement, aSource } from '../support/build.ts'
import { aContext, anEvidence, criteriaText, parsedCriteria } from '../support/facts.ts'

/** It is noon of the first of March; the work began a month before. */
const BEGAN = '2026-02-01T10:00:00Z'
const RELEASE = { weights: [], service: false, began: BEGAN, allowed: [] }
const NO_CLOCK = { weights: [], service: false, allowed: [] }

function judged(criterion: string, given: Partial<Context>): Answer {
  const asked = parsedCriteria(criteriaText([`{ id: a, ${criterion} }`])).criteria?.criteria[0]
  if (asked === undefined) throw new Error('criterion')
  return answer(asked, aContext([], { release: RELEASE, ...given }))
}

const ACCURACY = 'control: performance, check: metric, metric: accuracy, at_least: 0.9'
function number(at: string | undefined, given: Partial<Measurement> = {}, criterion: string = ACCURACY) {
  const one = aMeasurement({ ...given, ...(at !== undefined && { at }) })
  return (more: Partial<Context> = {}) =>
    judged(criterion, { evidence: [anEvidence({ measurements: [one] })], ...more })
}

describe('the time that a tool says it measured at', () => {
  test.each<readonly [string, string | undefined, string]>([
    ['none', undefined, 'within_bound'],
    ['when the work began', BEGAN, 'within_bound'],
    ['a second before', '2026-02-01T09:59:59Z', 'before_work'],
    ['years before', '2019-11-07T13:03:22.380Z', 'before_work'],
    ['before, in another zone', '2026-02-01T11:59:59+02:00', 'before_work'],
    ['perhaps before, without a zone', '2026-01-31T22:00:00', 'within_bound'],
    ['before in every zone', '2026-01-31T21:59:59', 'before_work'],
    ['a day that may have lasted until then', '2026-01-31', 'within_bound'],
    ['a day that was over everywhere', '2026-01-30', 'before_work'],
    ['now', '2026-03-01T12:00:00Z', 'within_bound'],
    ['in a second', '2026-03-01T12:00:01Z', 'in_future'],
    ['in years', '2036-01-01T00:00:00Z', 'in_future'],
    ['perhaps now, without a zone', '2026-03-02T02:00:00', 'within_bound'],
    ['in every zone still to come', '2026-03-02T02:00:01', 'in_future'],
    ['a day that has begun somewhere', '2026-03-02', 'within_bound'],
    ['a day that has begun nowhere', '2026-03-03', 'in_future'],
  ])('%s', (_, at, expected) => {
    const found = number(at)()
    expect('why' in found ? found.why : found.code).toBe(expected)
    if (expected === 'within_bound') return
    expect(found).toMatchObject({ code: 'measured_amiss', outcome: 'undecided', at })
    // Only a clock tells when the work began.
    const bare = number(at)({ release: NO_CLOCK }).code
    expect(bare).toBe(expected === 'in_future' ? 'measured_amiss' : 'within_bound')
  })

  test.each(
    [
      ...['yesterday', '2039/03/18 14:22:07', '18 Mar 2039', '2039', '2039-03-18T14', '20390318T142207'],
      ...['+2039-03-18T14:22:07Z', '2026-02-03T24:00:01', '2026-02-30T10:00:00Z', '1700000000'],
      ...['2026-02-03T10:00:00Z and later', '2026-02-30', 'x'.repeat(100)],
    ].map((at) => [at]),
  )('nobody can read: %s', (at) => {
    for (const release of [RELEASE, NO_CLOCK])
      expect(number(at)({ release })).toMatchObject({ code: 'measured_amiss', why: 'unread', at })
  })

  test.each([
    ...[
      '2039-03-18t14:22:07z',
      '2039-03-18 14:22:07 UTC',
      '2039-03-18 14:22:07 +0100',
      '2039-03-18T14:22:07+01',
    ],
    ...['2039-03-18T14:22:07.1234567890Z', '2039-03-18 14:22:07,123', '2039-03-18T14:22'],
  ])('is read as tools write it: %s', (at) => {
    expect(number(at)()).toMatchObject({ code: 'measured_amiss', why: 'in_future', at })
    expect(number(at.replace('2039-03', '2026-02'))().code).toBe('within_bound')
    expect(number(at.replace('2039', '2019'))()).toMatchObject({ why: 'before_work' })
  })

  test('both times are said, and what to do', () => {
    const said = (at: string) => {
      const { says, next } = answerWords(number(at)())
      return `${plain(says)}: ${plain(next ?? [])}`.replaceAll('`', '')
    }
    expect(said('2019-11-07T13:03:22Z')).toBe(
      'accuracy was measured at 2019-11-07T13:03:22Z, as its file says, and the work on this version began only at 2026-02-01T10:00:00Z: evaluate this version, name that file in the manifest and commit both: what was measured before is of another model',
    )
    const ended = [{ at: '2026-02-20T07:17:48Z' }]
    const early = answerWords(number('2026-02-20T05:00:00Z')({ release: { ...RELEASE, ended } }))
    expect(`${plain(early.says)}: ${plain(early.next ?? [])}`.replaceAll('`', '')).toBe(
      'accuracy was measured at 2026-02-20T05:00:00Z, as its file says, and the training of these weights ended only at 2026-02-20T07:17:48Z: evaluate the weights that are released once they are there, name that file in the manifest and commit both, or set right when the training ended',
    )
    expect(said('yesterday')).toBe(
      'accuracy was measured at yesterday, as its file says, and nothing can read that as a time: write it as 2026-01-31T08:00:00Z',
    )
    expect(said('2036-01-01T00:00:00Z')).toBe(
      'accuracy was measured at 2036-01-01T00:00:00Z, as its file says, and it is 2026-03-01T12:00:00Z now: set the clock of the machine that evaluates, evaluate this version again and commit the result',
    )
  })

  test.each<readonly [string, string, Partial<Measurement>, string]>([
    ['with the end', '2026-02-03T08:00:00Z', {}, 'within_bound'],
    ['ten minutes before it', '2026-02-03T07:50:00Z', {}, 'within_bound'],
    ['more than ten minutes before it', '2026-02-03T07:49:59Z', {}, 'before_made'],
    ['perhaps before it, without a zone', '2026-02-02T19:50:00', {}, 'within_bound'],
    ['before it in every zone', '2026-02-02T19:49:59', {}, 'before_made'],
    ['on its day', '2026-02-03', {}, 'within_bound'],
    ['by the tool of a run that ended later', '2026-02-03T07:49:59Z', { tool: 'mlflow' }, 'within_bound'],
    ['by that tool before the record ended', '2026-02-03T06:49:59Z', { tool: 'mlflow' }, 'before_made'],
  ])('when the training ended: %s', (_, at, given, expected) => {
    // The last of them is neither the first nor the last in the list.
    const ended = [
      ...[{ at: '2026-02-03T05:00:00Z' }, { at: '2026-02-03T08:00:00.000Z', by: 'mlflow' }],
      { at: '2026-02-03T07:00:00Z' },
    ]
    for (const release of [RELEASE, NO_CLOCK]) {
      const found = number(at, given)({ release: { ...release, ended } })
      expect('why' in found ? found.why : found.code).toBe(expected)
      expect(number(at, given)({ release }).code).toBe('within_bound')
    }
  })

  test('one member of many is enough', () => {
    const measurements = ['1', '2'].map((seed) =>
      aMeasurement({
        labels: { seed },
        source: aSource({ pointer: `/${seed}` }),
        at: seed === '1' ? '2026-02-02T00:00:00Z' : '2019-02-02T00:00:00Z',
      }),
    )
    const found = judged(`${ACCURACY}, for_each: seed, of: ["1", "2"]`, {
      evidence: [anEvidence({ measurements })],
    })
    expect(found).toMatchObject({
      code: 'members_undecided',
      members: [{ answer: { code: 'within_bound' } }, { answer: { code: 'measured_amiss' } }],
    })
  })

  test('data are looked at before a model is made of them, and never in the future', () => {
    const missing = (at: string) =>
      number(
        at,
        { metric: 'missing_rate', value: 0.01, labels: {} },
        'control: poisoning-prevention, check: metric, metric: missing_rate, at_most: 0.1',
      )().code
    expect(missing('2026-01-01T00:00:00Z')).toBe('within_bound')
    expect(missing('2027-01-01T00:00:00Z')).toBe('measured_amiss')
  })
})

test.each<readonly [string, string, string]>([
  ['after the work began', '2026-02-02T00:00:00Z', 'gap_within'],
  ['before', '2019-02-02T00:00:00Z', 'group_undecided'],
  ['in the future', '2036-02-02T00:00:00Z', 'group_undecided'],
])('a group that was measured %s', (_, at, code) => {
  const measurements = ['F', 'M'].map((sex) =>
    aMeasurement({
      ...{ metric: 'selection_rate', value: 0.5, successes: 500, samples: 1000, labels: { sex } },
      source: aSource({ pointer: `/${sex}` }),
      at: sex === 'F' ? '2026-02-02T00:00:00Z' : at,
    }),
  )
  const criterion =
    'control: fairness, check: disparity, metric: selection_rate, across: [sex], as: ratio, at_least: 0.8'
  const found = judged(criterion, { evidence: [anEvidence({ measurements })] })
  expect(found.code).toBe(code)
  if ('lacking' in found) expect(found.lacking).toMatchObject({ code: 'measured_amiss' })
})

describe('a suite', () => {
  const suite = (control: string, name: string, at: string) => {
    const record: EvidenceRecord = {
      ...{ kind: 'suite', suite: name, tests: [{ name: 'a', outcome: 'passed', pointer: '' }], at },
      source: aSource({ path: 'junit.xml', format: 'junit' }),
    }
    const evidence = [anEvidence({ path: 'junit.xml', measurements: [], records: [record] })]
    return judged(`control: ${control}, check: suite, suite: ${name}`, { evidence }).code
  }
  test.each<readonly [string, string, string, string, string]>([
    ['after the work began', 'data-leakage', 'regurgitation', '2026-02-02T00:00:00Z', 'suite_passed'],
    ['years before', 'data-leakage', 'regurgitation', '2019-02-02T00:00:00', 'measured_amiss'],
    ['in the future', 'data-leakage', 'regurgitation', '2039-02-02T00:00:00', 'measured_amiss'],
    ['of data, before', 'poisoning-prevention', 'letters', '2026-01-02T00:00:00', 'suite_passed'],
    ['of data, in the future', 'poisoning-prevention', 'letters', '2036-01-02T00:00:00', 'measured_amiss'],
    ['of data of the base', 'inherited-data', 'corpora', '2019-01-02T00:00:00', 'suite_passed'],
    ['of triggers', 'poisoning-prevention', 'backdoors', '2026-01-02T00:00:00', 'measured_amiss'],
  ])('that ran %s', (_, control, name, at, code) => {
    expect(suite(control, name, at)).toBe(code)
  })
})

test('the base was there before the work, and was not measured in the future', () => {
  const beside = (at: string) =>
    judged('control: performance, check: metric, metric: accuracy, baseline: base, at_least: 0', {
      evidence: [anEvidence({ measurements: [aMeasurement({ value: 0.95 })] })],
      base: [anEvidence({ about: 'base', measurements: [aMeasurement({ value: 0.9, at })] })],
    }).code
  expect(beside('2019-01-01T00:00:00Z')).toBe('difference_within')
  expect(beside('2036-01-01T00:00:00Z')).toBe('measured_amiss')
})
