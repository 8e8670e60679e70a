import { boundOf, labelsOf } from '../checks/common.ts'
import { licenceOf } from '../checks/licence.ts'
import { MeasureAsked } from '../checks/lineage.ts'
import { trainingAsked } from '../checks/record.ts'
import { daysOf } from '../checks/record-age.ts'
import { scanAge } from '../checks/scan-gaps.ts'
import { headingsMeant, Sections } from '../checks/section-presets.ts'
import { LEAST_WORDS } from '../checks/sections.ts'
import type { Bound } from '../core/answer.ts'
import type { FieldChange } from '../core/deviation.ts'
import { canonical } from '../core/metrics.ts'
import { usualAge } from '../core/records/kinds.ts'
import { canonicalJson } from '../text/canonical.ts'
import { compareBounds, type Measured } from './compare-bounds.ts'
import type { Criteria } from './criteria.ts'
import { ruleFor } from './difference-rules.ts'
import { type Ask, type Asks, allFields, fieldChanges, incomparable, number, type Rule } from './effects.ts'

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
  // Without it the record ages as its kind does.
  if (criterion.check === 'record') {
    const days = daysOf(criterion.max_age) ?? usualAge(criterion.record)
    if (days !== undefined) asks.set('max_age', { meaning: days, written: criterion.max_age })
    const fields = criterion.record === 'training' ? trainingAsked(criterion) : []
    if (fields.length > 0) asks.set('fields', { meaning: distinct(fields), written: criterion.fields })
  }
  if (criterion.check === 'attestation')
    asks.set('covers', { meaning: criterion.covers ?? 'weights', written: criterion.covers })
  if (criterion.check === 'document' || (criterion.check === 'lineage' && criterion.of.includes('card')))
    asks.set('words', { meaning: criterion.words ?? LEAST_WORDS, written: criterion.words })
  if (criterion.check === 'suite')
    asks.set('at_least', { meaning: criterion.at_least ?? 1, written: criterion.at_least })
  if (criterion.check === 'scan') {
    asks.set('severity', { meaning: criterion.severity ?? 'low', written: criterion.severity })
    asks.set('max_age', { meaning: scanAge(criterion), written: criterion.max_age })
  }
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
  if (key === 'max_age' && typeof written === 'string') return daysOf(written)
  if (key === 'sections') {
    const asked = Sections.safeParse(written)
    return asked.success ? headingsMeant(asked.data) : written
  }
  if (!Array.isArray(written)) return written
  switch (key) {
    case 'across':
      return distinct(written.map((labels) => distinct(Array.isArray(labels) ? labels : [labels])))
    case 'of':
    case 'publishers':
    case 'fields':
    case 'controls':
    case 'groups':
    case 'teams':
    case 'formats':
    case 'tests':
    case 'configuration':
    case 'datasets':
      return distinct(written)
    case 'licences':
      return distinct(written.map((name) => licenceOf(String(name))?.text ?? name))
    case 'metrics':
      return distinct(written.map(measureOf))
    case 'people':
      return distinct(written.map((login) => String(login).toLowerCase()))
    default:
      return written
  }
}

/** A metric by its name alone, or with labels: `dataset` is one of them. */
function measureOf(written: unknown): unknown {
  if (typeof written === 'string') return { metric: canonical(written), where: {} }
  const parsed = MeasureAsked.safeParse(written)
  return parsed.success ? { metric: canonical(parsed.data.metric), where: labelsOf(parsed.data) } : written
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  const byText = new Map(values.map((value) => [canonicalJson(value), value]))
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
}

function ruleOf(key: string, before: Criterion, after: Criterion): Rule {
  if (before.check !== after.check && key !== 'blocking') return incomparable
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
  if (before.check === 'suite' && key === 'at_least') return number('tightened')
  return ruleFor(before.check, key)
}

/** The absolute bound of a model without an earlier go goes the way of the bound beside it. */
function firstRule(before: Bound, after: Bound): Rule {
  if (before.kind !== after.kind || (before.kind !== 'at_least' && before.kind !== 'at_most'))
    return incomparable
  const direction = number(before.kind === 'at_least' ? 'tightened' : 'loosened')
  return (old, young) => (old === undefined || young === undefined ? 'changed' : direction(old, young))
}
