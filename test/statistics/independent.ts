import type { Bounds, Estimated } from '../../src/statistics/bounds.ts'

/** The probability of at most `k` of `n`, summed term by term from the logarithms of factorials. */
export function binomialAtMost(k: number, n: number, rate: number): number {
  if (rate <= 0) return 1
  if (rate >= 1) return k >= n ? 1 : 0
  let sum = 0
  for (let i = 0; i <= k; i += 1) {
    const choose = logFactorial(n) - logFactorial(i) - logFactorial(n - i)
    sum += Math.exp(choose + i * Math.log(rate) + (n - i) * Math.log1p(-rate))
  }
  return Math.min(1, sum)
}

const FACTORIALS: number[] = [0]

function logFactorial(n: number): number {
  for (let i = FACTORIALS.length; i <= n; i += 1) FACTORIALS[i] = (FACTORIALS[i - 1] ?? 0) + Math.log(i)
  return FACTORIALS[n] ?? 0
}

/** Where a function that changes its sign between two places is 0. */
export function bisect(low: number, high: number, of: (x: number) => number): number {
  let [a, b] = [low, high]
  const rising = of(b) > of(a)
  for (let step = 0; step < 100; step += 1) {
    const middle = (a + b) / 2
    if (of(middle) > 0 === rising) b = middle
    else a = middle
  }
  return (a + b) / 2
}

/** mulberry32: the same numbers between 0 and 1 for the same seed. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A standard normal number, by Box and Muller. */
export function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** Bounds, or a fault of the test. */
export function shown(estimated: Estimated): Bounds {
  if (estimated.kind === 'none') throw new Error(`no bounds: ${estimated.why}`)
  return estimated
}

/** How often the lower and the upper bound hold a truth over repeated samples. */
export function coverage(
  times: number,
  truth: number,
  sample: () => Estimated,
): { readonly low: number; readonly high: number } {
  let [low, high] = [0, 0]
  for (let time = 0; time < times; time += 1) {
    const estimated = sample()
    // What shows nothing claims nothing.
    if (estimated.kind === 'none' || estimated.low <= truth) low += 1
    if (estimated.kind === 'none' || estimated.high >= truth) high += 1
  }
  return { low: low / times, high: high / times }
}
