import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapBounds } from '../../src/statistics/gap.ts'
import {
  canShow,
  eachToShow,
  fairPasses,
  furthestShown,
  type GapWanted,
  oneToShow,
  pairsAmong,
  showsGap,
  showsNone,
} from '../../src/statistics/planning-gaps.ts'
import { binomialAtMost } from './independent.ts'

const RATIO: GapWanted = { how: 'ratio', low: 0.8, confidence: 0.95 }
const DIFFERENCE: GapWanted = { how: 'difference', high: 0.1, confidence: 0.95 }
const counts = (successes: number, samples: number) => ({ kind: 'counts', successes, samples }) as const
const chance = (k: number, n: number, rate: number) =>
  binomialAtMost(k, n, rate) - (k === 0 ? 0 : binomialAtMost(k - 1, n, rate))

describe('whether counts show a gap', () => {
  test('is what their bounds show', () => {
    const group = fc
      .integer({ min: 1, max: 400 })
      .chain((samples) => fc.record({ samples: fc.constant(samples), successes: fc.nat(samples) }))
    const wanted = fc.record({
      how: fc.constantFrom('ratio', 'difference'),
      low: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      high: fc.double({ min: 1.01, max: 3, noNaN: true }),
      confidence: fc.constantFrom(0.8, 0.95, 0.999),
      ends: fc.constantFrom('low', 'high', 'both'),
    })
    fc.assert(
      fc.property(group, group, wanted, (one, other, { how, low, high, confidence, ends }) => {
        // A difference has its ends around 0.
        const shift = how === 'ratio' ? 0 : 1
        const asked: GapWanted = {
          ...{ how, confidence },
          ...(ends !== 'high' && { low: low - shift }),
          ...(ends !== 'low' && { high: high - shift }),
        }
        const shown = gapBounds(
          how,
          [counts(one.successes, one.samples), counts(other.successes, other.samples)],
          confidence,
        )
        const { low: least = Number.NEGATIVE_INFINITY, high: most = Number.POSITIVE_INFINITY } = asked
        const near = (x: number, y: number) => Math.abs(x - y) < 1e-9
        if (shown.kind === 'bounds') fc.pre(!near(shown.low, least) && !near(shown.high, most))
        expect(showsGap(one, other, asked)).toBe(
          shown.kind === 'bounds' && shown.low >= least && shown.high <= most,
        )
      }),
      { numRuns: 1000, seed: 8 },
    )
  })
})

describe('how often a fair model passes', () => {
  // By every outcome that there is, each with its chance.
  const exactOfTwo = (one: number, other: number, rate: number, wanted: GapWanted) => {
    let sum = 0
    for (let x = 0; x <= one; x += 1)
      for (let y = 0; y <= other; y += 1) {
        const [a, b] = [
          { successes: x, samples: one },
          { successes: y, samples: other },
        ]
        if (showsGap(a, b, wanted) && showsGap(b, a, wanted))
          sum += chance(x, one, rate) * chance(y, other, rate)
      }
    return sum
  }

  test.each([
    [200, 200, 0.5, DIFFERENCE],
    [150, 300, 0.7, RATIO],
    [60, 60, 0.9, RATIO],
    [40, 200, 0.95, DIFFERENCE],
  ] as const)('%i and %i samples at a rate of %d', (one, other, rate, wanted) => {
    const found = fairPasses([one, other], pairsAmong(2), rate, wanted)

    expect(Math.abs(found - exactOfTwo(one, other, rate, wanted))).toBeLessThan(0.01)
  })

  test('of large groups too, as the limit theorem has it', () => {
    // Newcombe's bound of equal groups is z √(2pq/n) beyond what is seen, which itself errs by √(2pq/n).
    const [size, rate, confidence] = [40_000, 0.5, 0.95]
    const error = Math.sqrt((2 * rate * (1 - rate)) / size)
    const room = 3 * error - 1.6448536 * error
    const found = fairPasses([size, size], pairsAmong(2), rate, {
      ...{ how: 'difference', confidence, high: 3 * error },
    })

    // Both ways round within the room: 2Φ(3 − 1.645) − 1.
    expect(room / error).toBeCloseTo(1.355, 2)
    expect(Math.abs(found - 0.8246)).toBeLessThan(0.01)
  })

  test('of three groups every pair must: less often than of two', () => {
    const [size, rate] = [80, 0.9]
    let exact = 0
    for (let x = 50; x <= size; x += 1)
      for (let y = 50; y <= size; y += 1)
        for (let z = 50; z <= size; z += 1) {
          const [least, most] = [Math.min(x, y, z), Math.max(x, y, z)]
          if (showsGap({ successes: least, samples: size }, { successes: most, samples: size }, RATIO))
            exact += chance(x, size, rate) * chance(y, size, rate) * chance(z, size, rate)
        }
    const found = fairPasses([size, size, size], pairsAmong(3), rate, RATIO)

    expect(Math.abs(found - exact)).toBeLessThan(0.02)
    expect(found).toBeLessThan(fairPasses([size, size], pairsAmong(2), rate, RATIO))
    // Against one group alone there are fewer pairs to fail.
    expect(found).toBeLessThan(fairPasses([size, size, size], pairsAmong(3, 0), rate, RATIO))
  })
})

describe('how many samples', () => {
  test.each([
    [0.5, RATIO],
    [0.1, RATIO],
    [0.5, DIFFERENCE],
    [0.9, DIFFERENCE],
  ] as const)('each group takes at a rate of %d, and one fewer is too few', (rate, wanted) => {
    const needed = eachToShow(rate, false, wanted) ?? Number.NaN
    const shows = (size: number) => {
      const rates = [counts(rate * size, size), counts(rate * size, size)] as const
      const shown = gapBounds(wanted.how, rates, wanted.confidence)
      const { low = -1, high = Number.POSITIVE_INFINITY } = wanted
      return shown.kind === 'bounds' && shown.low >= low && shown.high <= high
    }

    expect([shows(needed), shows(needed - 1)]).toEqual([true, false])
  })

  test('one group takes beside others, unless those are too small themselves', () => {
    const pairs = pairsAmong(2)
    const needed = oneToShow([40, 5200], 0, pairs, 0.5, RATIO) ?? Number.NaN

    expect(showsNone([needed, 5200], pairs, 0.5, RATIO)).toBe(true)
    expect(showsNone([needed - 1, 5200], pairs, 0.5, RATIO)).toBe(false)
    expect(oneToShow([40, 45], 0, pairs, 0.5, RATIO)).toBeUndefined()
  })

  test('no evidence of this size can: z²/(n + z²) ≤ 0.1 from 25 on', () => {
    expect(canShow([24, 24], pairsAmong(2), DIFFERENCE)).toBe(false)
    expect(canShow([25, 25], pairsAmong(2), DIFFERENCE)).toBe(true)
    expect(canShow([1e6, 1e6], pairsAmong(2), { ...DIFFERENCE, high: 0 })).toBe(false)
    expect(canShow([1e6, 1e6], pairsAmong(2), { ...RATIO, low: 1 })).toBe(false)
    // Against one group alone the other may be ahead.
    expect(canShow([10, 10], pairsAmong(2, 0), { ...RATIO, low: 1 })).toBe(true)
    expect(canShow([10, 10], pairsAmong(2, 0), { ...RATIO, low: 0.99, high: 1.01 })).toBe(false)
  })
})

describe('the furthest gap that still shows it', () => {
  test.each([
    [300, 300, 0.5, RATIO],
    [300, 3000, 0.8, RATIO],
    [500, 400, 0.4, DIFFERENCE],
  ] as const)(
    'of %i against %i samples at a rate of %d: one further does not',
    (samples, others, rate, wanted) => {
      const gap = furthestShown([samples, others], rate, wanted) ?? Number.NaN
      const first = wanted.how === 'ratio' ? gap * rate : gap + rate
      const step = wanted.low === undefined ? 1 : -1
      const shows = (successes: number) =>
        showsGap({ successes, samples }, { successes: rate * others, samples: others }, wanted)

      expect(shows(Math.round(first * samples))).toBe(true)
      expect(shows(Math.round(first * samples) + step)).toBe(false)
    },
  )

  test('is none where no gap at all does not, or both ends are asked for', () => {
    expect(furthestShown([20, 20], 0.5, RATIO)).toBeUndefined()
    expect(furthestShown([2000, 2000], 0.5, { ...RATIO, high: 1.25 })).toBeUndefined()
  })
})
