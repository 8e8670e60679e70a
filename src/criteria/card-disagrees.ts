import { isCard } from '../core/card.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import { canonical, metricOf } from '../core/metrics.ts'
import type { Problem } from '../core/problem.ts'
import { plainWords } from '../text/words.ts'
import { type Claim, claimsOf, type Groups } from './card-claims.ts'
import { groupOf, HOW, WHOLE } from './card-labels.ts'
import { type Division, divisionOf, namedIn, namesIn, ofData, partsOf, wholeOf } from './card-parts.ts'

const MOST_PARTS = 5

/**
 * Every number of a document about the model that is none of those that evidence has for the same metric, of the same
 * part of the same data as far as both say it, within the rounding that it was written with. A number that names no
 * group is one of the whole: a group's is another one. A number of a group is that group's alone, and none of it within
 * another. A column of a table is of groups where it is called as a label of the evidence or as `grouped`, those that
 * criteria name, or has their values. A metric that no evidence measures on this data nothing can contradict.
 */
export function cardDisagrees(
  evidence: readonly Evidence[],
  grouped: readonly string[] = [],
): readonly Problem[] {
  const own = evidence.filter(({ about }) => about === 'candidate')
  const measured = own.filter((file) => !isCard(file)).flatMap(({ measurements }) => measurements)
  const groups = groupsIn(measured, grouped)
  const byMetric = Map.groupBy(measured, ({ metric }) => canonical(metric))
  return own.filter(isCard).flatMap((card) =>
    claimsOf(card, groups).flatMap((claim): readonly Problem[] => {
      const same = (byMetric.get(claim.metric) ?? []).filter((one) => isOfSameData(claim, one))
      const held = heldTo(claim, same, { division: divisionOf(same, grouped), grouped })
      if (held === undefined || held.meant.some((one) => isStated(claim, one))) return []
      const fault = { code: 'card_disagrees', ...faultOf(claim, same, held) } as const
      return [{ path: card.path, ...(claim.line !== undefined && { line: claim.line }), ...fault }]
    }),
  )
}

function groupsIn(measured: readonly Measurement[], grouped: readonly string[]): Groups {
  const divided = measured.flatMap((one) => Object.entries(groupOf(one)))
  const labels = [...grouped, ...divided.map(([label]) => label)]
  const called = divided.filter(([label, value]) => !HOW.has(label) && /\p{L}/u.test(value))
  return {
    labels: new Map(labels.map((label) => [plainWords(label), label])),
    values: new Map(called.map(([label, value]) => [plainWords(value), label])),
  }
}

function isOfSameData({ labels }: Claim, measured: Measurement): boolean {
  return Object.entries(labels).every(([label, value]) => {
    const other = Object.hasOwn(measured.labels, label) ? measured.labels[label] : undefined
    return !WHOLE.has(label) || other === undefined || other === value
  })
}

/** The measurements that a claim is about, and the part that it names; none where nobody measured that. */
type Held = { readonly meant: readonly Measurement[]; readonly of?: string }
type Known = { readonly division: Division; readonly grouped: readonly string[] }

/** What a claim is held to; nothing where it may as well be about another model, another metric or other data. */
function heldTo(claim: Claim, all: readonly Measurement[], { division, grouped }: Known): Held | undefined {
  if (all.length === 0) return undefined
  const { labels, parts = [], label = '', under = '', on } = claim
  const { pool: same, sure } = ofData(on ?? `${label} ${under}`, all)
  const some = [
    ...Object.entries(groupOf(claim)),
    ...parts.flatMap((one) => (one.value === '' ? [] : [[one.label, one.value] as const])),
  ]
  if (some.length > 0) return ofParts(some, same, division)
  const of = claim.of ?? (Object.hasOwn(labels, 'slice') ? labels.slice : undefined)
  if (of !== undefined) {
    const group = namedIn(of, same, division, true)
    const { sure: data, named } = ofData(of, same)
    return { meant: group.length > 0 || !named ? group : wholeOf(data, division), of }
  }
  const named = namedIn(label, same, division)
  if (named[0] !== undefined) return { meant: named, of: partsText(groupOf(named[0])) }
  if (claim.compared === true && parts.length === 0) return undefined
  // Who names a label and none of its groups speaks of a group that nobody measured.
  if (namesIn(label, [...division, ...grouped]).size > 0) return { meant: [], of: label }
  // A heading or a sentence may name the group that a number is about, and may as well name something else.
  return { meant: [...wholeOf(sure, division), ...namedIn(under, same, division)] }
}

function ofParts(
  some: readonly (readonly [string, string])[],
  same: readonly Measurement[],
  division: Division,
): Held | undefined {
  const exact = same.filter(({ labels }) =>
    some.every(
      ([label, value]) => Object.hasOwn(labels, label) && namesIn(value, [labels[label] ?? '']).size > 0,
    ),
  )
  // How something was measured may be written in more ways than can be told.
  if (exact.length === 0 && some.some(([label]) => HOW.has(label))) return undefined
  const isOther = ([label]: readonly [string, string]) => !some.some(([own]) => own === label)
  const meant = exact.filter((one) => !partsOf(one, division).some(isOther))
  return { meant, of: some.map(([label, value]) => `${label}: ${value}`).join(', ') }
}

function faultOf(claim: Claim, same: readonly Measurement[], { meant, of }: Held) {
  const { metric, value, percent } = claim
  const nearest = meant.toSorted((a, b) => off(claim, a) - off(claim, b))[0]
  const only = same.find((one) => !meant.includes(one) && isStated(claim, one))
  const parts = same.map((one) => partsText(groupOf(one))).filter((text) => text !== '')
  return {
    ...{ metric, stated: percent === true ? `${value}%` : `${value}`, ...(of !== undefined && { of }) },
    ...(nearest
      ? { measured: nearest.value, evidence: nearest.source.path }
      : { parts: [...new Set(parts)].toSorted().slice(0, MOST_PARTS), evidence: same[0]?.source.path ?? '' }),
    ...(only && Object.keys(groupOf(only)).length > 0 && { only: groupOf(only) }),
  }
}

function partsText(group: Readonly<Record<string, string>>): string {
  return Object.entries(group)
    .map(([label, value]) => `${label}: ${value}`)
    .join(', ')
}

function isStated(claim: Claim, measured: Measurement): boolean {
  return off(claim, measured) <= claim.rounding * scaleOf(claim, measured) + 1e-9
}

/** How far a claim is from a measurement, in the measurement's unit. */
function off(claim: Claim, measured: Measurement): number {
  return Math.abs(claim.value * scaleOf(claim, measured) - measured.value)
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
