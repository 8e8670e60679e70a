import { describe, expect, test } from 'vitest'
import { answerMetric, MetricCheck } from '../../src/checks/metric.ts'
import type { Answer } from '../../src/core/answer.ts'
import { aMeasurement, aSource } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'

const asks = (given: object): MetricCheck =>
  MetricCheck.parse({
    ...{ id: 'a', control: 'performance', check: 'metric', metric: 'accuracy', at_least: 0.9, ...given },
  })
const of = (value: number, labels: Readonly<Record<string, string>> = {}, given: object = {}) =>
  aMeasurement({ value, labels, ...given })
const whole = of(0.93)
const stolen = of(0.71, { attack: 'extraction' })

describe('what no label of attacks is asked of', () => {
  test.each<readonly [string, object, readonly ReturnType<typeof of>[], Answer['code']]>([
    ['beside one under attack', {}, [whole, stolen], 'within_bound'],
    ['and it misses all the same', { at_least: 0.95 }, [stolen, whole], 'beyond_bound'],
    ['beside spoiled input', {}, [whole, of(0.8, { corruption: 'noise' })], 'within_bound'],
    ['a run without an attack by its label', {}, [of(0.93, { attack: 'none' }), stolen], 'within_bound'],
    ['two that nothing attacked', {}, [whole, of(0.92, { attack: 'none' }), stolen], 'ambiguous'],
    [
      'two that nothing attacked, of no strength',
      {},
      [whole, of(0.8, { corruption: 'fog', severity: '0' })],
      'ambiguous',
    ],
    ['two of which neither names an attack', {}, [whole, of(0.91, { split: 'valid' })], 'ambiguous'],
    ['a word of attacks in another label', {}, [whole, of(0.91, { shift_worker: 'yes' })], 'ambiguous'],
    ['nothing but attacks', {}, [stolen, of(0.8, { attack: 'evasion' })], 'ambiguous'],
    [
      'the one that is asked for',
      { where: { attack: 'extraction' }, at_least: 0.7 },
      [whole, stolen],
      'within_bound',
    ],
    [
      'a label of attacks that says of none',
      { where: { attack: 'none' } },
      [of(0.93, { attack: 'none' }), of(0.8, { attack: 'none', corruption: 'fog' })],
      'ambiguous',
    ],
    [
      'another label',
      { where: { split: 'test' } },
      [of(0.93, { split: 'test' }), of(0.7, { split: 'test', attack: 'pgd' })],
      'within_bound',
    ],
    [
      'a part gives way to a whole first',
      {},
      [stolen, of(0.93, { sex: 'f' }, { within: ['sex'] })],
      'beyond_bound',
    ],
    [
      'each member by itself',
      { for_each: 'task', count: 1 },
      [of(0.93, { task: 'a' }), of(0.7, { task: 'a', attack: 'pgd' })],
      'members_met',
    ],
    ['a control of attacks', { control: 'robustness' }, [whole, stolen], 'ambiguous'],
    [
      'a search for triggers',
      { control: 'poisoning-prevention' },
      [whole, of(0.5, { trigger: 'patch' })],
      'ambiguous',
    ],
    ['a base under attack', { control: 'base-model-vulnerabilities' }, [whole, stolen], 'ambiguous'],
    [
      'a metric that is of attacks',
      { metric: 'robust_accuracy' },
      [
        of(0.93, {}, { metric: 'robust_accuracy' }),
        of(0.5, { attack: 'apgd' }, { metric: 'robust_accuracy' }),
      ],
      'ambiguous',
    ],
  ])('%s', (_, given, measurements, code) => {
    expect(answerMetric(asks(given), aContext(measurements)).code).toBe(code)
  })

  test('in two files too', () => {
    const other = { ...stolen, source: aSource({ path: 'attacks.csv' }) }

    expect(answerMetric(asks({}), aContext([other, whole]))).toMatchObject({
      code: 'within_bound',
      observed: whole,
    })
  })

  test('of a baseline as of the release', () => {
    const released = [anEvidence({ measurements: [of(0.9), of(0.6, { attack: 'extraction' })] })]
    const context = { ...aContext([whole, stolen]), base: released }
    const answer = answerMetric(asks({ baseline: 'base', at_least: 0.01 }), context)

    // Found; on which data nobody says here.
    expect(answer.code).toBe('baseline_other_data')
  })
})
