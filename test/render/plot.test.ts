import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bound } from '../../src/core/answer.ts'
import { renderExplanation } from '../../src/render/explanation.ts'
import { drawnIn, plot, WIDEST } from '../../src/render/plot.ts'
import { aFinding, aMeasurement, aModel } from '../support/build.ts'

const drawn = (low: number, value: number, high: number, bound: Bound) => ({
  ...{ value, bound },
  shown: { low, high, confidence: 0.95, method: 't' } as const,
})
const least = (value: number) => ({ kind: 'at_least', value }) as const

describe('an interval beside its bound', () => {
  test.each<readonly [string, ReturnType<typeof drawn>, string | undefined]>([
    [
      'clear of it',
      drawn(0.92, 0.94, 0.96, least(0.9)),
      '0.9 |············├─────────────●────────────┤ 0.96',
    ],
    ['on it', drawn(0.9, 0.94, 0.98, least(0.9)), '0.9 ╪───────────────────●───────────────────┤ 0.98'],
    ['around it', drawn(0.88, 0.91, 0.93, least(0.9)), '0.88 ├───────────────┼───────●───────────────┤ 0.93'],
    [
      'short of it',
      drawn(0.82, 0.84, 0.86, least(0.9)),
      '0.82 ├─────────●─────────┤···················| 0.9',
    ],
    [
      'between two',
      drawn(0.4, 0.5, 0.6, { kind: 'between', low: 0.3, high: 0.7 }),
      '0.3 |·········├─────────●─────────┤·········| 0.7',
    ],
    ['without width, on the bound', drawn(0.9, 0.9, 0.9, least(0.9)), undefined],
    ['without an end', drawn(0, 1, Number.POSITIVE_INFINITY, least(0.9)), undefined],
    ['not around its value', drawn(0.1, 0.5, 0.3, least(0.9)), undefined],
    ['no number', drawn(Number.NaN, 0.5, 0.6, least(0.9)), undefined],
  ])('%s', (_, given, expected) => {
    expect(plot(given)).toBe(expected)
  })

  test('fits, keeps its order, and never shows a bound on the wrong side', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    const property = fc.property(fc.tuple(number, number, number), number, (three, at) => {
      const [low, value, high] = three.toSorted((a, b) => a - b)
      if (low === undefined || value === undefined || high === undefined) throw new Error()
      const line = plot(drawn(low, value, high, least(at)))
      if (line === undefined) return
      expect(line.length).toBeLessThanOrEqual(WIDEST)
      expect(line).not.toContain('  ')
      const alone = line.indexOf('|')
      if (alone >= 0) expect(alone < line.search(/[├●]/)).toBe(at < low)
      if (line.includes('┼')) expect(low < at && at < high).toBe(true)
    })
    fc.assert(property, { numRuns: 500, seed: 8 })
  })
})

describe('what is drawn of an answer', () => {
  const shown = { low: 90, high: 95, confidence: 0.95, method: 't' } as const
  const observed = aMeasurement()

  test('a fraction in the percent of its bound', () => {
    const answer = { code: 'within_bound', outcome: 'met', observed, shown, unit: 'percent' } as const
    expect(drawnIn({ ...answer, bound: least(90) })).toMatchObject({ value: 93, unit: 'percent' })
  })

  test('an explanation has it, in one piece', () => {
    const at = { low: 0.92, high: 0.94, confidence: 0.95, method: 't' } as const
    const answer = { code: 'within_bound', outcome: 'met', observed, shown: at, bound: least(0.9) } as const
    const finding = aFinding({ answer })
    const line = renderExplanation(aModel({ findings: [finding] }), finding)
    expect(line).toMatch(/^ {2}plot {6}`?0\.9 \|·+├─+●─+┤ 0\.94`?$/m)
  })

  test('nothing where no interval is known, or nothing was compared', () => {
    const bound = least(0.9)
    expect(drawnIn({ code: 'beyond_bound', outcome: 'unmet', observed, bound })).toBeUndefined()
    expect(drawnIn({ code: 'not_a_number', outcome: 'undecided', observed })).toBeUndefined()
  })
})
