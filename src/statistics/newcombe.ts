import { bounds, type Counts, type Estimated } from './bounds.ts'
import { wilson } from './wilson.ts'

/**
 * The difference `one − other` of two proportions from independent samples, by the hybrid score method without
 * correction for continuity. Newcombe (1998), Statistics in Medicine 17:873-890, method 10, from the Wilson bounds
 * l, u of each: d − √((p₁ − l₁)² + (u₂ − p₂)²), d + √((u₁ − p₁)² + (p₂ − l₂)²).
 */
export function newcombe(one: Counts, other: Counts, confidence: number): Estimated {
  const [first, second] = [wilson(one, confidence), wilson(other, confidence)]
  if (first.kind === 'none') return first
  if (second.kind === 'none') return second
  const [p, q] = [one.successes / one.samples, other.successes / other.samples]
  return bounds(
    p - q - Math.hypot(p - first.low, second.high - q),
    p - q + Math.hypot(first.high - p, q - second.low),
    [-1, 1],
  )
}
