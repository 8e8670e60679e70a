import type { Estimate } from './standard-error.ts'

/** Samples whose scores have this logit, how many of them are positive, and what the logits of those add up to. */
export type Point = {
  /** Of samples whose logits are not quite the same their mean. */
  readonly x: number
  readonly samples: number
  readonly positives: number
  readonly ofPositives: number
}

/** Why there is no finite answer. */
export type NoFit = {
  readonly kind: 'none'
  readonly why:
    | 'not_valid'
    | 'no_samples'
    /** Positives or negatives are missing altogether. */
    | 'one_class'
    /** A logit above which all are positive and below which none is, or the other way round: no slope is steep enough. */
    | 'separated'
}

/** Logistic recalibration of the truth on the logits of the scores: logit P(positive) = intercept + slope · x. */
export type Recalibration = {
  readonly kind: 'fitted'
  readonly intercept: number
  readonly slope: Estimate
  /** The mean logit by the weights p(1 − p): around it the slope is independent of the intercept. */
  readonly centre: number
  /** Fisher's information about the slope, Σ p(1 − p)(x − centre)². */
  readonly information: number
}

/** The intercept of the recalibration whose slope is held at 1. */
export type InTheLarge = {
  readonly kind: 'fitted'
  readonly estimate: Estimate
  readonly information: number
}

const MOST_STEPS = 100
/** A last step of so small a part of a standard error, squared, changes nothing that anybody could see. */
const SMALL_STEP = 1e-20

/**
 * The slope of logistic recalibration: 1 is calibrated, below it scores are too extreme, above it too timid.
 * Cox (1958), Biometrika 45:562-565, by maximum likelihood in Newton steps that never lose likelihood; its standard
 * error by Fisher's information. Where the classes do not overlap there is none (Albert and Anderson 1984,
 * Biometrika 71:1-10).
 */
export function recalibration(points: readonly Point[]): Recalibration | NoFit {
  const fault = faultOf(points)
  if (fault !== undefined) return fault
  if (!overlap(points)) return none('separated')
  const samples = sum(points, (one) => one.samples)
  const middle = sum(points, (one) => one.samples * one.x) / samples
  const scale = Math.sqrt(sum(points, (one) => one.samples * (one.x - middle) ** 2) / samples)
  const share = sum(points, (one) => one.positives) / samples
  const line = (intercept: number, slope: number): Line => ({ intercept, slope, middle, scale })
  let now = line(Math.log(share / (1 - share)), 0)
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { ofIntercept, ofSlope, weight, centre, information } = slopeAt(now, points)
    // Around the centre the information is diagonal: two steps of one unknown each.
    const bySlope = (ofSlope - centre * ofIntercept) / information
    const byIntercept = ofIntercept / weight
    const gain = byIntercept ** 2 * weight + bySlope ** 2 * information
    if (!Number.isFinite(gain)) return none('not_valid')
    if (gain <= SMALL_STEP) {
      const slope = now.slope / scale
      return {
        ...{ kind: 'fitted', intercept: now.intercept - slope * middle },
        slope: { value: slope, stderr: 1 / Math.sqrt(information) / scale },
        ...{ centre: middle + centre * scale, information: information * scale ** 2 },
      }
    }
    const next = (part: number) =>
      line(now.intercept + part * (byIntercept - centre * bySlope), now.slope + part * bySlope)
    const before = likelihood(now, points)
    let part = 1
    while (gain > 1e-6 && part > 1e-9 && !(likelihood(next(part), points) >= before)) part /= 2
    now = next(part)
  }
  return none('not_valid')
}

/**
 * Calibration in the large: by how much, in log odds, positives are more frequent than the scores say; 0 is calibrated.
 * The intercept with the logits as an offset: Steyerberg (2019), Clinical Prediction Models, 2nd edition, 15.3.
 */
export function inTheLarge(points: readonly Point[]): InTheLarge | NoFit {
  const fault = faultOf(points)
  if (fault !== undefined) return fault
  const positives = sum(points, (one) => one.positives)
  // Expected positives grow with the intercept, so that it can't be missed between the two.
  const furthest = points.reduce((most, { x }) => Math.max(most, Math.abs(x)), 0)
  let [low, high] = [-furthest - 100, furthest + 100]
  let value = 0
  for (let step = 0; step < 2 * MOST_STEPS; step += 1) {
    const at = value
    const excess = positives - sum(points, ({ x, samples }) => samples * chance(at + x))
    const information = sum(points, ({ x, samples }) => samples * weightOf(at + x))
    if (excess ** 2 <= SMALL_STEP * information || high - low <= Number.EPSILON * furthest)
      return { kind: 'fitted', estimate: { value, stderr: 1 / Math.sqrt(information) }, information }
    if (excess > 0) low = value
    else high = value
    const newton = value + excess / information
    value = newton > low && newton < high ? newton : (low + high) / 2
  }
  return none('not_valid')
}

/** The probability of what has these log odds. */
export function chance(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

/** p(1 − p), of far log odds too. */
function weightOf(logOdds: number): number {
  const small = Math.exp(-Math.abs(logOdds))
  return small / (1 + small) ** 2
}

type Line = {
  readonly intercept: number
  readonly slope: number
  readonly middle: number
  readonly scale: number
}

/** Where the likelihood rises from here, and how sharply it bends. */
function slopeAt({ intercept, slope, middle, scale }: Line, points: readonly Point[]) {
  let [ofIntercept, ofSlope, weight, first] = [0, 0, 0, 0]
  for (const { x, samples, positives, ofPositives } of points) {
    const z = (x - middle) / scale
    const logOdds = intercept + slope * z
    const expected = samples * chance(logOdds)
    const bend = samples * weightOf(logOdds)
    ofIntercept += positives - expected
    ofSlope += (ofPositives - positives * middle) / scale - expected * z
    weight += bend
    first += bend * z
  }
  const centre = first / weight
  const information = sum(points, ({ x, samples }) => {
    const z = (x - middle) / scale
    return samples * weightOf(intercept + slope * z) * (z - centre) ** 2
  })
  return { ofIntercept, ofSlope, weight, centre, information }
}

function likelihood({ intercept, slope, middle, scale }: Line, points: readonly Point[]): number {
  return sum(points, ({ x, samples, positives, ofPositives }) => {
    const logOdds = intercept + slope * ((x - middle) / scale)
    const seen = positives * intercept + (slope * (ofPositives - positives * middle)) / scale
    // log(1 + e^t) without overflow.
    return seen - samples * (Math.max(0, logOdds) + Math.log1p(Math.exp(-Math.abs(logOdds))))
  })
}

/** Each class has a logit beyond one of the other, on both sides. */
function overlap(points: readonly Point[]): boolean {
  let [leastPositive, mostPositive] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let [leastNegative, mostNegative] = [leastPositive, mostPositive]
  for (const { x, samples, positives } of points) {
    if (positives > 0) [leastPositive, mostPositive] = [Math.min(leastPositive, x), Math.max(mostPositive, x)]
    if (positives < samples)
      [leastNegative, mostNegative] = [Math.min(leastNegative, x), Math.max(mostNegative, x)]
  }
  return mostNegative > leastPositive && mostPositive > leastNegative
}

function faultOf(points: readonly Point[]): NoFit | undefined {
  const valid = points.every(
    ({ x, samples, positives, ofPositives }) =>
      Number.isFinite(x) &&
      Number.isFinite(ofPositives) &&
      Number.isFinite(samples) &&
      positives >= 0 &&
      positives <= samples,
  )
  if (!valid) return none('not_valid')
  const samples = sum(points, (one) => one.samples)
  const positives = sum(points, (one) => one.positives)
  if (samples === 0) return none('no_samples')
  return positives === 0 || positives === samples ? none('one_class') : undefined
}

function none(why: NoFit['why']): NoFit {
  return { kind: 'none', why }
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  let total = 0
  for (const one of all) total += of(one)
  return total
}
