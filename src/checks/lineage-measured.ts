import Big from 'big.js'
import type { Beside, Inherited, LineageLack, Unalike } from '../core/lineage-answer.ts'
import type { Measurement } from '../core/measurement.ts'
import { isSameName } from '../core/model-name.ts'
import { pathsOf } from '../core/named-evidence.ts'
import type { Ancestry, Measured } from './ancestry.ts'
import { comparable } from './bound.ts'
import { labelsOf } from './common.ts'
import type { Context } from './context.ts'
import { fileOf, filesOf } from './evidence-named.ts'
import { answerTaken, type Exams } from './exam.ts'
import { type Group, groupsOf, ratesOf } from './groups.ts'
import { mistimed } from './measured-at.ts'
import { fitting, labelOf, select } from './select.ts'
import { distrusted } from './trusted.ts'

type Where = Readonly<Record<string, string>>
type Labels = Readonly<Record<string, string | number | boolean>>

/** What a criterion says of the numbers that it is about. */
export type Asks = {
  readonly metrics?:
    | readonly (
        | string
        | {
            readonly metric: string
            readonly dataset?: string | undefined
            readonly where?: Labels | undefined
          }
      )[]
    | undefined
  readonly across?: readonly (string | readonly string[])[] | undefined
  readonly at_most_worse?: number | undefined
}

export type Found<T> = { readonly found: readonly T[]; readonly lacking: readonly LineageLack[] }

/** The candidate's numbers, each beside the same number of every base on the same data; groups too, where asked. */
export function besideBase(asks: Asks, ancestry: Ancestry, context: Context): Found<Beside> {
  const own = metricsNamed(asks) ?? ancestry.measured
  const grouped = acrossOf(asks).flatMap((across) => plainIn(own).map((one) => ({ ...one, across })))
  const all = [...own, ...grouped]
  if (all.length === 0) return { found: [], lacking: [{ what: 'nothing_measured', of: 'evaluated' }] }
  return gathered(ancestry, (base) =>
    all.map((one) => {
      const paired = pairsOf(one, base, ancestry, context)
      if ('what' in paired) return paired
      return paired.map(({ candidate, of }) => ({ base: base.name, candidate, of }))
    }),
  )
}

/** The widest gap between groups, of every base and of the candidate; it may have grown by no more than allowed. */
export function inheritedFrom(asks: Asks, ancestry: Ancestry, context: Context): Found<Inherited> {
  const own = metricsNamed(asks)
  const given = acrossOf(asks).flatMap((across) =>
    plainIn(own ?? ancestry.measured).map((one) => ({ ...one, across })),
  )
  const asked = ancestry.measured.filter(
    ({ across, metric }) => across !== undefined && own?.some((one) => one.metric === metric) !== false,
  )
  const all = asks.across === undefined ? asked : given
  if (all.length === 0) return { found: [], lacking: [{ what: 'nothing_measured', of: 'inherited' }] }
  return gathered(ancestry, (base) =>
    all.map((one) => {
      const paired = pairsOf(one, base, ancestry, context)
      if ('what' in paired) return paired
      const [first] = paired
      const unit = first?.candidate.unit
      if (paired.some(({ candidate, of }) => candidate.unit !== unit || of.unit !== unit))
        return unalike(base.name, one, 'other_unit')
      const { metric, across = [] } = one
      const before = widest(paired.map(({ of }) => of.value))
      const after = widest(paired.map(({ candidate }) => candidate.value))
      const sources = paired.flatMap(({ of, candidate }) => [of.source, candidate.source])
      const grown = { base: base.name, metric, across, before, after, files: pathsOf(sources) }
      const { at_most_worse: limit } = asks
      if (limit !== undefined && new Big(after).minus(before).gt(limit))
        return { what: 'worse', ...grown, limit }
      return [grown]
    }),
  )
}

/** What is found and what is wanting, of every base that is not released as it is. */
function gathered<T>(
  { bases }: Ancestry,
  each: (base: Ancestry['bases'][number]) => readonly (readonly T[] | LineageLack)[],
): Found<T> {
  const all = bases.filter(({ same }) => !same).flatMap(each)
  return {
    found: all.flatMap((one) => ('what' in one ? [] : one)),
    lacking: all.flatMap((one) => ('what' in one ? [one] : [])),
  }
}

/** The numbers that a criterion names, each rate by itself; undefined where it names none. */
export function metricsNamed({ metrics }: Asks): readonly Measured[] | undefined {
  return metrics?.flatMap((one) => {
    const { metric, ...labels } = typeof one === 'string' ? { metric: one } : one
    return ratesOf(metric).map((rate) => ({ metric: rate, where: labelsOf(labels) }))
  })
}

function acrossOf({ across = [] }: Asks): readonly (readonly string[])[] {
  return across.map((one) => (typeof one === 'string' ? [one] : one))
}

function plainIn(all: readonly Measured[]): readonly Measured[] {
  const plain = all.filter(({ each, across }) => each === undefined && across === undefined)
  return [...new Map(plain.map((one) => [JSON.stringify(one), one])).values()]
}

type Pair = { readonly candidate: Measurement; readonly of: Measurement }

/** The same numbers of candidate and base, or why they are not alike. */
function pairsOf(
  asked: Measured,
  base: Ancestry['bases'][number],
  { bases }: Ancestry,
  context: Context,
): readonly Pair[] | LineageLack {
  const candidates = context.evidence.flatMap(({ measurements }) => measurements)
  const all = (context.base ?? []).flatMap(({ measurements }) => measurements)
  const own = bases.length === 1 ? all : all.filter(({ model }) => isSameName(model ?? '', base.name))
  const isOpen = own.length === 0 && all.some(({ model }) => model === undefined)
  const lacks = (why: Unalike, where: Where = asked.where) =>
    unalike(base.name, { ...asked, where }, why === 'no_base' && isOpen ? 'which_base' : why)
  if (asked.across !== undefined) {
    const [mine, theirs] = [groupsIn(asked, candidates, context), groupsIn(asked, own, context)]
    if (mine === undefined || theirs === undefined) return lacks(own.length === 0 ? 'no_base' : 'no_groups')
    const pairs = mine.flatMap(({ name, observed }) => {
      const other = theirs.find((one) => one.name === name)
      return other === undefined ? [] : [{ candidate: observed, of: other.observed }]
    })
    if (pairs.length !== mine.length || pairs.length !== theirs.length) return lacks('no_groups')
    return unequal(pairs, asked.where, true, context, lacks) ?? pairs
  }
  const { metric, where, each } = asked
  const members =
    each === undefined
      ? [where]
      : [...new Set(fitting({ metric, where }, candidates).flatMap((one) => labelOf(one, each) ?? []))]
          .toSorted()
          .map((member) => ({ ...where, [each]: member }))
  if (members.length === 0) return lacks('no_candidate')
  const pairs: Pair[] = []
  for (const one of members) {
    const [mine, theirs] = [select({ metric, where: one }, candidates), select({ metric, where: one }, own)]
    if (mine.kind === 'none')
      return lacks(mine.answer.code === 'ambiguous' ? 'several_candidate' : 'no_candidate', one)
    if (theirs.kind === 'none')
      return lacks(theirs.answer.code === 'ambiguous' ? 'several_base' : 'no_base', one)
    pairs.push({ candidate: mine.observed, of: theirs.observed })
  }
  return unequal(pairs, where, each !== undefined, context, lacks) ?? pairs
}

function groupsIn(
  { metric, where, across = [] }: Measured,
  measurements: readonly Measurement[],
  { exams }: Context,
): readonly Group[] | undefined {
  const grouping = { metric, where, across, only: undefined, attributes: across }
  const found = groupsOf(grouping, measurements, exams)
  return found.kind === 'groups' ? found.groups : undefined
}

/** Why pairs are not of the very same data, or one of them counts for nothing. */
function unequal(
  pairs: readonly Pair[],
  where: Where,
  isPart: boolean,
  context: Context,
  lacks: (why: Unalike, where?: Where) => LineageLack,
): LineageLack | undefined {
  for (const { candidate, of } of pairs) {
    const data = otherData(candidate, of, context.exams)
    if (data !== undefined) return lacks(data)
    for (const one of [candidate, of]) {
      if (distrusted(one, fileOf(one, filesOf(context)), context.trust) !== undefined) return lacks('weak')
      // The base was there before the work.
      if (mistimed(one, context, one === of ? 'earlier' : undefined) !== undefined) return lacks('time')
      if (!isPossible(one)) return lacks(one === of ? 'no_base' : 'no_candidate')
      if (answerTaken(one, isPart ? { ...where, ...one.labels } : where, isPart, context.exams) !== undefined)
        return lacks('exam')
    }
  }
  return undefined
}

/** A value that its metric can't have is no measurement; which scale a bound has is no matter here. */
function isPossible(one: Measurement): boolean {
  const { kind } = comparable(one, { kind: 'at_least', value: 0 }, undefined)
  return kind !== 'out_of_range' && kind !== 'not_a_number'
}

/** The name says which data are meant; its digest in criteria or manifest, or in both files, which bytes. */
function otherData(candidate: Measurement, of: Measurement, exams: Exams): Unalike | undefined {
  const [own, other] = [labelOf(candidate, 'dataset'), labelOf(of, 'dataset')]
  if (own === undefined || other === undefined) return 'no_data'
  if (own !== other) return 'other_data'
  const digests = (['dataset_sha256', 'dataset_md5'] as const).map(
    (label) => [labelOf(candidate, label), labelOf(of, label)] as const,
  )
  const both = digests.filter(([one, two]) => one !== undefined && two !== undefined)
  if (both.some(([one, two]) => one !== two)) return 'other_data'
  const isKnown =
    both.length > 0 ||
    exams.pinned.has(own) ||
    exams.given.some(({ name, digest }) => name === own && digest !== undefined)
  return isKnown ? undefined : 'no_data'
}

function unalike(base: string, { metric, where, across }: Measured, why: Unalike): LineageLack {
  const groups = Object.fromEntries((across ?? []).map((label) => [label, 'each group']))
  return { what: 'unalike', base, metric, labels: { ...where, ...groups }, why }
}

function widest(values: readonly number[]): number {
  return new Big(Math.max(...values)).minus(Math.min(...values)).toNumber()
}
