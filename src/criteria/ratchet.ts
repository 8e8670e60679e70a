import { boundOf, labelsOf } from '../checks/common.ts'
import type { Criterion } from '../checks/index.ts'
import type { Bound } from '../core/bound.ts'
import { canonical } from '../core/metrics.ts'
import type { Note } from '../core/note.ts'
import { canonicalJson } from '../text/canonical.ts'

type Metric = Extract<Criterion, { check: 'metric' }>

/**
 * Criteria that compare each release with the last one and let it be a little worse, where nothing beside them says
 * how low the same number may come in the end: many small steps down are each a go.
 */
export function ratchets(criteria: readonly Criterion[]): readonly Extract<Note, { code: 'ratchet' }>[] {
  const metrics = criteria
    .filter((one) => one.check === 'metric')
    .filter(({ blocking }) => blocking !== false)
  return metrics
    .filter((one) => one.baseline === 'released' && lets(boundOf(one)))
    .filter((one) => !metrics.some((other) => holdsBeside(other, one)))
    .map(({ id, metric }) => ({ code: 'ratchet', criterion: id, metric: canonical(metric) }))
}

/** Whether a difference may go the way that the bound is against. */
function lets(bound: Bound): boolean {
  switch (bound.kind) {
    case 'at_least':
      return bound.value < 0
    case 'at_most':
      return bound.value > 0
    case 'between':
      return bound.low < 0 || bound.high > 0
    case 'equals':
      return bound.value !== 0
  }
}

/** An absolute bound of the same number, on the side towards which it may slide. */
function holdsBeside(other: Metric, ratchet: Metric): boolean {
  const [kind, wanted] = [boundOf(other).kind, boundOf(ratchet).kind]
  return (
    other.baseline === undefined &&
    canonical(other.metric) === canonical(ratchet.metric) &&
    canonicalJson(labelsOf(other)) === canonicalJson(labelsOf(ratchet)) &&
    other.for_each === ratchet.for_each &&
    (kind === wanted || kind === 'between' || kind === 'equals')
  )
}
