import { isCard } from '../core/card.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import { canonical, metricOf } from '../core/metrics.ts'
import type { Problem } from '../core/problem.ts'
import type { UnprovedNumber } from '../core/verdict.ts'
import { isMetricName, metricKey } from '../text/metric-key.ts'
import { MOST_STATED } from '../text/stated.ts'
import { plainWords } from '../text/words.ts'
import { type Claim, claimsOf, groupsIn, statedBy } from './card-claims.ts'
import { type Held, heldClaim, partsText } from './card-held.ts'
import { groupOf } from './card-labels.ts'
import { namesOf } from './card-names.ts'
import { type Pool, poolOf } from './card-parts.ts'
import { ownMetrics } from './own-metrics.ts'

const MOST_PARTS = 5

/** What a metric of untouched data is called where the model is attacked. */
const ATTACKED: Readonly<Record<string, string>> = {
  accuracy: 'robust_accuracy',
  roc_auc: 'attack_auc',
  recall: 'attack_true_positive_rate',
  precision: 'attack_precision',
}

/** What a card may call its own: the model and its version; and the labels by which criteria divide. */
export type Release = {
  readonly called?: readonly string[]
  readonly grouped?: readonly string[]
  /** Names of the data that its manifest declares. */
  readonly datasets?: readonly string[]
}

/** Numbers that contradict the evidence, and those of sentences that may be of something else, and which none has. */
export type CardNumbers = {
  readonly problems: readonly Problem[]
  readonly unproved: readonly UnprovedNumber[]
}

/**
 * Every number of a document about the model that is none of those that evidence has for the same metric, of the same
 * part of the same data as far as both say it, within the rounding that it was written with. A number that names no
 * group is one of the whole: a group's is another one. A number of a group is that group's alone, and none of it within
 * another. A column of a table is of groups where it is called as a label of the evidence or as `grouped`, those that
 * criteria name, or has their values. A metric that no evidence measures on this data nothing can contradict.
 */
export function cardNumbers(evidence: readonly Evidence[], release: Release = {}): CardNumbers {
  const { called = [], grouped = [], datasets = [] } = release
  const own = evidence.filter(({ about }) => about === 'candidate')
  const measured = own.filter((file) => !isCard(file)).flatMap(({ measurements }) => measurements)
  const groups = groupsIn(measured, grouped, called)
  const { words, data } = groups
  const unmeasured = namesOf(datasets.map(plainWords).filter((name) => !data.has(name)))
  const byMetric = Map.groupBy(measured, ({ metric }) => metricKey(metric))
  const pools = new Map([...byMetric].map(([metric, all]) => [metric, poolOf(all, grouped)]))
  const named = ownMetrics(measured, evidence)
  const cards = own.filter(isCard).map((card) => ({ card, path: card.path, stated: statedBy(card, named) }))
  const found = cards.flatMap(({ card, path, stated }) =>
    claimsOf(card, stated, groups, named).flatMap((claim) => {
      const pool = pools.get(claim.metric)
      if (pool === undefined || isCount(claim, pool)) return []
      const attacked = byMetric.get(ATTACKED[claim.metric] ?? '') ?? []
      const held = heldClaim(claim, { pool, attacked, grouped, called, words, unmeasured })
      if (held === undefined || held.meant.some((one) => isStated(claim, one))) return []
      const all = pool.all.map(({ one }) => one)
      const place = { path, ...(claim.line !== undefined && { line: claim.line }) }
      return [{ place, isFar: held.isFar === true, fault: faultOf(claim, all, held) }]
    }),
  )
  const cut = cards.filter(({ stated }) => stated.length > MOST_STATED)
  return {
    problems: [
      ...cut.map(({ path }) => ({ path, code: 'too_many', limit: MOST_STATED }) as const),
      ...found.flatMap(({ place, isFar, fault }) =>
        isFar ? [] : [{ ...place, code: 'card_disagrees', ...fault } as const],
      ),
    ],
    unproved: found.flatMap(({ place, isFar, fault: { metric, stated } }) =>
      isFar ? [{ ...place, metric, stated }] : [],
    ),
  }
}

function faultOf(claim: Claim, same: readonly Measurement[], { meant, of }: Held) {
  const { value, percent, said } = claim
  const metric = canonical(same[0]?.metric ?? claim.metric)
  const nearest = meant.toSorted((a, b) => off(claim, a) - off(claim, b))[0]
  const only = same.find((one) => !meant.includes(one) && isStated(claim, one))
  const parts = same.map((one) => partsText(groupOf(one))).filter((text) => text !== '')
  return {
    ...{ metric, stated: percent === true ? `${value}%` : `${value}`, ...(of !== undefined && { of }) },
    ...(nearest
      ? { measured: nearest.value, evidence: nearest.source.path }
      : { parts: [...new Set(parts)].toSorted().slice(0, MOST_PARTS), evidence: same[0]?.source.path ?? '' }),
    ...(only && Object.keys(groupOf(only)).length > 0 && { only: groupOf(only) }),
    ...(said !== undefined && { inWords: true as const }),
  }
}

function isStated(claim: Claim, measured: Measurement): boolean {
  return scalesOf(claim, measured).some(
    (scale) => Math.abs(claim.value * scale - measured.value) <= claim.rounding * scale + 1e-9,
  )
}

/** How far a claim is from a measurement, in the measurement's unit. */
function off(claim: Claim, measured: Measurement): number {
  return Math.min(...scalesOf(claim, measured).map((scale) => Math.abs(claim.value * scale - measured.value)))
}

/** From the claim's unit to the measurement's; of a metric that the table does not have, each that it may be. */
function scalesOf(claim: Claim, measured: Measurement): readonly number[] {
  // A time may be told in seconds or in milliseconds.
  if (measured.unit === 'ms' || claim.metric === 'latency') return [1, 1000, 0.001]
  if (isMetricName(claim.metric)) return [scaleOf(claim, measured)]
  const { value, percent } = claim
  const isSmall = Math.abs(measured.value) <= 1
  const isLarge = Math.abs(value) > 1 && Math.abs(value) <= 100
  switch (measured.unit) {
    case 'percent':
      return percent ? [1] : [1, 100]
    case 'fraction':
      return percent ? [0.01] : isLarge ? [1, 0.01] : [1]
    case 'unknown':
      if (percent) return [0.01, 1]
      if (isSmall && isLarge) return [1, 0.01]
      return /pct|percent|%/i.test(measured.metric) && Math.abs(value) <= 1 ? [1, 100] : [1]
    default:
      return [1]
  }
}

/** From the claim's unit to the measurement's: a share that is more than one can only be percent. */
function scaleOf({ metric, value, percent }: Claim, measured: Measurement): number {
  const most = metricOf(metric)?.range?.[1]
  const isPercent = percent ?? (most === 1 && Math.abs(value) > 1)
  const isMeasuredPercent =
    measured.unit === 'percent' || (measured.unit === 'unknown' && most === 1 && Math.abs(measured.value) > 1)
  if (isPercent === isMeasuredPercent) return 1
  return isPercent ? 0.01 : 100
}

/** `Topic hits: 400 of 500`, where a share was measured: a whole number in words, or above a hundred, counts something. */
function isCount({ metric, value, rounding, percent, said }: Claim, { all }: Pool): boolean {
  const isWhole = percent !== true && rounding >= 0.5 && Number.isInteger(value)
  // No share, and no percent of one.
  if (isWhole && value > 100 && metricOf(metric)?.range?.[1] === 1) return true
  return (
    isWhole &&
    (said !== undefined || value > 100) &&
    !isMetricName(metric) &&
    all.every(({ one }) => Math.abs(one.value) <= 1)
  )
}
