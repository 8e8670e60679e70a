import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterEstimate, clusterEstimateOf } from '../../src/statistics/clusters.ts'
import { sumArea } from '../../src/statistics/sorted-area.ts'
import { delong } from './delong.ts'

type Scored = readonly [score: number, positive: boolean]

function areaOf(scores: readonly Scored[]) {
  const sum = sumArea()
  for (const [score, positive] of scores.toSorted(([one], [other]) => one - other)) sum.take(score, positive)
  return sum.result()
}

describe('the area over sorted scores', () => {
  // Few different scores, so that most of them tie.
  const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), {
    minLength: 4,
    maxLength: 60,
  })

  test('is what DeLong gives with all scores at hand, error included', () => {
    fc.assert(
      fc.property(some, (drawn) => {
        const scores = drawn.map(([score, positive]) => [score / 10, positive] as const)
        const of = (wanted: boolean) => scores.flatMap(([score, is]) => (is === wanted ? [score] : []))
        const whole = delong({ positives: of(true), negatives: of(false) }, 0.975)
        const summed = areaOf(scores)

        if ('area' in whole && 'area' in summed) {
          expect(summed.area).toBeCloseTo(whole.area, 12)
          expect(summed.stderr).toBeCloseTo(whole.stderr, 12)
        } else expect(summed).toEqual(whole)
      }),
    )
  })

  test('of scores that differ only far behind the point', () => {
    const scores = Array.from({ length: 2000 }, (_, index): Scored => [0.5 + index * 1e-12, index % 3 > 0])
    const of = (wanted: boolean) => scores.flatMap(([score, is]) => (is === wanted ? [score] : []))

    expect(areaOf(scores)).toMatchObject({
      area: expect.closeTo(
        (delong({ positives: of(true), negatives: of(false) }, 0.9) as { area: number }).area,
        12,
      ),
    })
  })

  test.each<readonly [string, readonly Scored[], string]>([
    ['nothing', [], 'no_samples'],
    [
      'positives alone',
      [
        [0.1, true],
        [0.2, true],
      ],
      'one_class',
    ],
    [
      'one positive',
      [
        [0.1, true],
        [0.2, false],
        [0.3, false],
      ],
      'one_sample',
    ],
    [
      'a score that is none',
      [
        [Number.NaN, true],
        [0.2, false],
        [0.3, false],
        [0.4, true],
      ],
      'not_valid',
    ],
  ])('of %s there is none', (_, scores, why) => {
    expect(areaOf(scores)).toEqual({ kind: 'none', why })
  })

  test('of scores in another order there is none', () => {
    const sum = sumArea()
    for (const score of [0.1, 0.3, 0.2, 0.4]) sum.take(score, score > 0.15)

    expect(sum.result()).toEqual({ kind: 'none', why: 'not_valid' })
  })
})

test('clusters by their sums are estimated as clusters one by one', () => {
  const cluster = fc.record({
    samples: fc.integer({ min: 1, max: 20 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(cluster, { minLength: 2, maxLength: 30 }), (drawn) => {
      const clusters = drawn.map(({ samples, share }) => ({ samples, sum: Math.round(share * samples) }))
      const add = (of: (one: (typeof clusters)[number]) => number) =>
        clusters.reduce((all, one) => all + of(one), 0)
      const one = clusterEstimate(clusters)
      const other = clusterEstimateOf({
        clusters: clusters.length,
        sum: add(({ sum }) => sum),
        samples: add(({ samples }) => samples),
        sumSquares: add(({ sum }) => sum ** 2),
        products: add(({ sum, samples }) => sum * samples),
        sampleSquares: add(({ samples }) => samples ** 2),
      })

      expect(other.value).toBeCloseTo(one.value, 12)
      expect(other.stderr).toBeCloseTo(one.stderr, 7)
    }),
  )
})
