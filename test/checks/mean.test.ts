import { describe, expect, test } from 'vitest'
import { answer } from '../../src/checks/index.ts'
import { MetricCheck } from '../../src/checks/metric.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { seeds } from '../../src/statistics/seeds.ts'
import { aMeasurement } from '../support/build.ts'
import { aContext } from '../support/facts.ts'

const base = { id: 'a', control: 'performance', check: 'metric', metric: 'accuracy' } as const
const asks = (given: object): MetricCheck =>
  MetricCheck.parse({ ...base, for_each: 'seed', combine: 'mean', at_least: 0.9, ...given })

const run = (value: number, seed: number, given: Partial<Measurement> = {}) =>
  aMeasurement({ value, labels: { dataset: 'holdout', seed: String(seed) }, ...given })
const runs = (...values: readonly number[]) => values.map((value, index) => run(value, index))

type Row = readonly [string, object, readonly Measurement[], Answer['code']]
const ROWS: readonly Row[] = [
  ['one member beyond, and a mean on the bound', { count: 3 }, runs(0.89, 0.9, 0.91), 'within_bound'],
  ['a mean beyond', { count: 3 }, runs(0.89, 0.9, 0.909), 'beyond_bound'],
  ['one missing', { count: 4 }, runs(0.95, 0.95, 0.95), 'members_missing'],
  ['one too many', { count: 2 }, runs(0.95, 0.95, 0.95), 'members_missing'],
  ['one that was not asked for', { of: ['0', '7'] }, runs(0.95, 0.95), 'members_missing'],
  ['a number that is none', { count: 2 }, runs(0.95, Number.NaN), 'members_undecided'],
  ['one twice', { count: 2 }, [...runs(0.95, 0.95), run(0.96, 1)], 'members_undecided'],
  [
    'too few samples of one',
    { count: 2, min_samples: 900 },
    [run(0.95, 0), run(0.95, 1, { samples: 800 })],
    'members_undecided',
  ],
  [
    'another unit of one',
    { count: 2 },
    [run(0.95, 0), run(0.95, 1, { unit: 'unknown' })],
    'members_undecided',
  ],
  ['sure', { count: 4, confidence: 0.95 }, runs(0.92, 0.93, 0.94, 0.93), 'within_bound'],
  ['sure that it misses', { count: 4, confidence: 0.95 }, runs(0.82, 0.83, 0.84, 0.83), 'beyond_bound'],
  ['unsure', { count: 4, confidence: 0.95 }, runs(0.85, 0.95, 0.99, 0.89), 'not_shown'],
  ['no spread', { count: 3, confidence: 0.95 }, runs(0.95, 0.95, 0.95), 'nothing_shown'],
  ['a single one', { count: 1, confidence: 0.95 }, runs(0.95), 'nothing_shown'],
]

describe('the mean over members', () => {
  test.each(ROWS)('%s', (_, given, measurements, code) => {
    expect(answer(asks(given), aContext(measurements))).toMatchObject({ code })
  })

  test('its bounds are those of repetitions, not of their samples', () => {
    const values = [0.92, 0.93, 0.95, 0.93]
    const found = answer(asks({ count: 4, confidence: 0.95 }), aContext(runs(...values)))
    const wanted = seeds(values, 0.95)
    expect(found).toMatchObject({
      observed: { value: 0.9325, labels: { dataset: 'holdout', seed: 'mean of 4' } },
      shown: { method: 't', confidence: 0.95 },
    })
    if (!('shown' in found) || found.shown === undefined || wanted.kind === 'none') throw new Error()
    expect(found.shown.low).toBeCloseTo(wanted.low, 8)
    expect(found.shown.high).toBeCloseTo(Math.min(1, wanted.high), 8)
  })

  test('members of which one was not of the exam are unmet, whatever their mean', () => {
    const pinned = new Map([['holdout', { digest: `sha256:${'a'.repeat(64)}` }]])
    const other = { ...run(0.99, 1), labels: { ...run(0.99, 1).labels, dataset_sha256: 'b'.repeat(64) } }
    const context = aContext([run(0.99, 0), other])
    const given = [{ name: 'holdout', digest: `sha256:${'a'.repeat(64)}` }]
    const found = answer(asks({ count: 2 }), { ...context, exams: { ...context.exams, pinned, given } })
    expect(found).toMatchObject({ code: 'members_unmet', members: [{ member: '1' }] })
  })
})
