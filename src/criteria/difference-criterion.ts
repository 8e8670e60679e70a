import { boundOf, labelsOf } from '../checks/common.ts'
import { headingOf } from '../checks/document.ts'
import type { Bound } from '../core/answer.ts'
import type { FieldChange } from '../core/deviation.ts'
import { canonical } from '../core/metrics.ts'
import { canonicalJson } from '../text/canonical.ts'
import { compareBounds, type Measured } from './compare-bounds.ts'
import type { Criteria } from './criteria.ts'
import {
  type Ask,
  type Asks,
  allFields,
  fieldChanges,
  incomparable,
  number,
  type Rule,
  set,
} from './effects.ts'

type Criterion = Criteria['criteria'][number]

/** Key by key how a criterion differs from what it was; the id is not part of what it asks. */
export function changesOf(before: Criterion, after: Criterion): readonly FieldChange[] {
  return fieldChanges(asksOf(before, after), asksOf(after, before), (key) => ruleOf(key, before, after))
}

/** All that a criterion asks, where it comes or goes. */
export function everythingOf(criterion: Criterion, side: 'before' | 'after'): readonly FieldChange[] {
  return allFields(asksOf(criterion, criterion), side)
}

/** The same text for criteria that ask the very same, whatever their id and their spelling. */
export function meaningOf(criterion: Criterion): string {
  return canonicalJson([...asksOf(criterion, criterion)].map(([key, { meaning }]) => [key, meaning ?? null]))
}

const BOUNDS: readonly string[] = ['at_least', 'at_most', 'between', 'equals']

/** Its keys in order; those that say one thing together, or that another version says with another key, as one. */
function asksOf(criterion: Criterion, other: Criterion): Asks {
  const { id: _, ...keys } = criterion
  const asks = new Map(
    Object.entries(keys).map(([key, written]) => [key, { meaning: meant(key, written), written }]),
  )
  asks.set('blocking', { meaning: criterion.blocking ?? true, written: criterion.blocking })
  if (isMeasured(criterion)) {
    for (const key of [...BOUNDS, 'where', 'dataset']) asks.delete(key)
    const bound = boundOf(criterion)
    const value = bound.kind === 'between' ? [bound.low, bound.high] : bound.value
    const alike = isMeasured(other) && boundOf(other).kind === bound.kind
    asks.set(alike ? bound.kind : 'bound', {
      meaning: bound,
      written: alike ? value : { [bound.kind]: value },
    })
    asks.set(...labelsAsked(criterion, other))
  }
  if (criterion.check === 'approval')
    asks.set('count', { meaning: criterion.count ?? 1, written: criterion.count })
  if (criterion.check === 'suite')
    asks.set('at_least', { meaning: criterion.at_least ?? 1, written: criterion.at_least })
  if (criterion.check === 'metric' && criterion.for_each !== undefined)
    asks.set('combine', { meaning: criterion.combine ?? 'all', written: criterion.combine })
  return new Map([...asks].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The labels by the key that both versions use, else by both keys. */
function labelsAsked(criterion: Measured, other: Criterion): readonly [string, Ask] {
  const { where, dataset } = criterion
  const meaning = labelsOf(criterion)
  const both = [criterion, ...(isMeasured(other) ? [other] : [])]
  if (both.every((one) => one.where === undefined)) return ['dataset', { meaning, written: dataset }]
  if (both.every((one) => one.dataset === undefined)) return ['where', { meaning, written: where }]
  const named = { ...(dataset !== undefined && { dataset }), ...(where !== undefined && { where }) }
  return ['where', { meaning, written: Object.keys(named).length === 0 ? undefined : named }]
}

function isMeasured(criterion: Criterion): criterion is Measured {
  return criterion.check === 'metric' || criterion.check === 'disparity'
}

/** What a key comes to: other spellings, orders and repetitions of it mean the same. */
function meant(key: string, written: unknown): unknown {
  if (key === 'metric' && typeof written === 'string') return canonical(written)
  if (key === 'max_age' && typeof written === 'string') return Number.parseInt(written, 10)
  if (!Array.isArray(written)) return written
  switch (key) {
    case 'sections':
      return distinct(written.map((title) => headingOf(String(title))))
    case 'across':
      return distinct(written.map((labels) => distinct(Array.isArray(labels) ? labels : [labels])))
    case 'of':
    case 'fields':
    case 'groups':
    case 'teams':
    case 'tests':
    case 'datasets':
      return distinct(written)
    case 'people':
      return distinct(written.map((login) => String(login).toLowerCase()))
    default:
      return written
  }
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  const byText = new Map(values.map((value) => [canonicalJson(value), value]))
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
}

/** Every key that is not here can't be compared: a member more of `count` is other evidence, not more of it. */
const RULES: { readonly [key: string]: Rule } = {
  blocking: (_, after) => (after === true ? 'tightened' : 'loosened'),
  min_samples: number('tightened'),
  confidence: number('tightened'),
  max_age: number('loosened'),
  of: set('tightened'),
  sections: set('tightened'),
  fields: set('tightened'),
  across: set('tightened'),
  tests: set('tightened'),
  // Without it every group is compared.
  groups: (before, after) =>
    before === undefined ? 'loosened' : after === undefined ? 'tightened' : set('tightened')(before, after),
}

/** More who may approve is less that is asked; without any it is somebody else who may. */
const approving: Rule = (before, after) =>
  before === undefined || after === undefined ? 'changed' : set('loosened')(before, after)

const APPROVAL_RULES: { readonly [key: string]: Rule } = {
  count: number('tightened'),
  teams: approving,
  people: approving,
}

/** A check that goes without a key asks for less: `datasets` names a few of all that a model was made with. */
const INTEGRITY_RULES: { readonly [key: string]: Rule } = {
  of: set('tightened'),
  datasets: (before, after) =>
    before === undefined ? 'loosened' : after === undefined ? 'tightened' : set('tightened')(before, after),
  strong: (_, after) => (after === true ? 'tightened' : 'loosened'),
  hashed: (_, after) => (after === true ? 'tightened' : 'loosened'),
}

function ruleOf(key: string, before: Criterion, after: Criterion): Rule {
  if (key === 'blocking') return RULES.blocking ?? incomparable
  if (before.check !== after.check) return incomparable
  if (isMeasured(before) && isMeasured(after)) {
    if (key === 'bound' || BOUNDS.includes(key)) return () => compareBounds(before, after)
    if (key === 'first') return firstRule(boundOf(before), boundOf(after))
  }
  if (before.check === 'metric' && after.check === 'metric') {
    // One member more may raise a mean.
    if (key === 'of' && [before, after].some(({ combine }) => combine === 'mean')) return incomparable
    // Where every member holds a bound, their mean does; how sure it is follows from something else.
    const bare = before.confidence === undefined && after.confidence === undefined
    if (key === 'combine' && bare && before.for_each !== undefined && after.for_each !== undefined)
      return (_, now) => (now === 'mean' ? 'loosened' : 'tightened')
  }
  if (before.check === 'integrity' && Object.hasOwn(INTEGRITY_RULES, key))
    return INTEGRITY_RULES[key] ?? incomparable
  if (before.check === 'suite' && key === 'at_least') return number('tightened')
  if (before.check === 'approval' && Object.hasOwn(APPROVAL_RULES, key))
    return APPROVAL_RULES[key] ?? incomparable
  // What a later version's check asks, only that version can compare.
  const known = ['metric', 'disparity', 'document', 'record', 'approval', 'suite', 'integrity'].includes(
    before.check,
  )
  return (known && Object.hasOwn(RULES, key) ? RULES[key] : undefined) ?? incomparable
}

/** The absolute bound of a model without an earlier go goes the way of the bound beside it. */
function firstRule(before: Bound, after: Bound): Rule {
  if (before.kind !== after.kind || (before.kind !== 'at_least' && before.kind !== 'at_most'))
    return incomparable
  const direction = number(before.kind === 'at_least' ? 'tightened' : 'loosened')
  return (old, young) => (old === undefined || young === undefined ? 'changed' : direction(old, young))
}
