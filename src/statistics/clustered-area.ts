import type { Estimate } from './standard-error.ts'

/**
 * What clusters add up to: in each, `m` positives with placements `a`, and `n` negatives with placements `b`. A placement
 * is how many of the other class are on the right side of a score, counted twice so that a tie, which counts one half, is
 * a whole number too: then all of it is exact, and clusters that do not differ have an error of exactly 0.
 */
export type PlacementSums = {
  /** With any row, with a positive, with a negative. */
  readonly clusters: number
  readonly withPositives: number
  readonly withNegatives: number
  readonly m: bigint
  readonly n: bigint
  readonly a: bigint
  readonly aa: bigint
  readonly am: bigint
  readonly mm: bigint
  readonly b: bigint
  readonly bb: bigint
  readonly bn: bigint
  readonly nn: bigint
  readonly ab: bigint
  readonly an: bigint
  readonly bm: bigint
  readonly mn: bigint
}

/**
 * The area under the ROC curve where clusters were drawn, not samples: the placements of DeLong added up in each cluster,
 * and the covariance of those of its positives and negatives. Obuchowski (1997), Biometrics 53:567-578. Where fewer than
 * two clusters have positives, or negatives, there is no error: NaN.
 */
export function clusteredArea(sums: PlacementSums): Estimate {
  const { clusters, withPositives, withNegatives, m, n, a, aa, am, mm, b, bb, bn, nn, ab, an, bm, mn } = sums
  // Residuals are (M a − m T)/(2MN) and (N b − n T)/(2MN), with T = Σa = Σb and the area T/(2MN).
  const ofPositives = m * m * aa - 2n * m * a * am + a * a * mm
  const ofNegatives = n * n * bb - 2n * n * b * bn + b * b * nn
  const ofBoth = m * n * ab - m * b * an - n * a * bm + a * b * mn
  const whole = Number(2n * m * n)
  const [positives, negatives] = [Number(m), Number(n)]
  const part = (residuals: bigint, among: number) =>
    (among / (among - 1)) * (Number(residuals) / whole / whole)
  const variance =
    part(ofPositives, withPositives) / positives ** 2 +
    part(ofNegatives, withNegatives) / negatives ** 2 +
    (2 * part(ofBoth, clusters)) / (positives * negatives)
  const least = Math.min(withPositives, withNegatives)
  return { value: Number(a) / whole, stderr: least < 2 ? Number.NaN : Math.sqrt(Math.max(0, variance)) }
}
