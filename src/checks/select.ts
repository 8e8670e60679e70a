import type { Asked, MeasurementAnswer } from '../core/answer.ts'
import type { BindingAnswer } from '../core/binding-answer.ts'
import type { Control } from '../core/controls.ts'
import type { Measurement, NotMeasured, Unmeasured } from '../core/measurement.ts'
import { canonical } from '../core/metrics.ts'
import { nearest } from '../core/suggest.ts'
import type { Foreign } from './context.ts'
import { leavingAttacked } from './under-attack.ts'

/** The one measurement that was asked for, or why there is none. Never the first, never the best. */
export type Selected =
  | { readonly kind: 'one'; readonly observed: Measurement }
  | { readonly kind: 'none'; readonly answer: MeasurementAnswer }

/** Exactly one measurement must fit; `control` is what it is asked for, so that numbers under attack give way. */
export function select(asked: Asked, measurements: readonly Measurement[], control?: Control): Selected {
  const found = wholes(asked, fitting(asked, measurements))
  const candidates = control === undefined ? found : leavingAttacked({ ...asked, control }, found)
  const [observed, second] = candidates
  if (observed === undefined) {
    return {
      kind: 'none',
      answer: {
        code: 'no_measurement',
        outcome: 'undecided',
        asked,
        nearest: alternatives(asked, measurements),
      },
    }
  }
  if (second === undefined) return { kind: 'one', observed }
  const sorted = candidates.toSorted((a, b) => compareText(identity(a), identity(b)))
  return {
    kind: 'none',
    answer: {
      code: 'ambiguous',
      outcome: 'undecided',
      asked,
      candidates: sorted,
      choose: choices(asked, sorted),
    },
  }
}

/** Of what fits and is about another model the first: nothing else fitted. */
export function foreignTo(asked: Asked, foreign: Foreign | undefined): BindingAnswer | undefined {
  const all = foreign?.measurements ?? []
  const fits = new Set(
    fitting(
      asked,
      all.map(({ observed }) => observed),
    ),
  )
  const [first] = all
    .filter(({ observed }) => fits.has(observed))
    .toSorted((a, b) => compareText(identity(a.observed), identity(b.observed)))
  if (first === undefined) return undefined
  const { what, base, ...rest } = first
  const said = { outcome: 'unmet', ...rest } as const
  switch (what) {
    case 'model':
      return { code: 'other_model', ...said, ...(base && { base }) }
    case 'revision':
      return { code: 'other_revision', ...said }
    case 'commit':
      return { code: 'other_commit', ...said }
    case 'digest':
      return { code: 'other_weights', ...said }
  }
}

/** Why rows do not come to what was asked; of a group only where it was asked for. */
export function whyUnmeasured({ metric, where }: Asked, all: readonly Unmeasured[]): NotMeasured | undefined {
  const [first] = all.filter(
    (one) =>
      canonical(one.metric) === canonical(metric) &&
      Object.entries(where).every(([label, value]) => one.labels[label] === value) &&
      (one.within ?? []).every((label) => Object.hasOwn(where, label)),
  )
  return first?.why
}

/** Every measurement with the metric and the labels that were asked for. */
export function fitting(
  { metric, where }: Asked,
  measurements: readonly Measurement[],
): readonly Measurement[] {
  const name = canonical(metric)
  return measurements.filter(
    (measurement) =>
      canonical(measurement.metric) === name &&
      Object.entries(where).every(([label, value]) => labelOf(measurement, label) === value),
  )
}

/** Asked without a group is asked of the whole: parts give way to it, and only where it is there. */
function wholes({ where }: Asked, found: readonly Measurement[]): readonly Measurement[] {
  const whole = found.filter(({ within = [] }) => within.every((label) => Object.hasOwn(where, label)))
  return whole.length > 0 ? whole : found
}

/** A label of a measurement; `file` and `format` say where it was read, whatever the file itself says. */
export function labelOf(measurement: Measurement, label: string): string | undefined {
  if (label === 'file') return measurement.source.path
  if (label === 'format') return measurement.source.format
  return Object.hasOwn(measurement.labels, label) ? measurement.labels[label] : undefined
}

/** Other metrics with these labels by name; where the metric is there, the labels that it does carry. */
function alternatives(asked: Asked, measurements: readonly Measurement[]): readonly string[] {
  const named = fitting({ metric: asked.metric, where: {} }, measurements)
  if (named.length > 0) {
    return distinct(named.map((measurement) => describe(measurement.labels))).slice(0, 3)
  }
  return nearest(asked.metric, distinct(measurements.map((measurement) => measurement.metric)), 3)
}

function describe(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}: ${value}`)
  return pairs.length === 0 ? 'no label' : pairs.toSorted().join(', ')
}

/** For each candidate the one label that no other shares, preferring what is known of the data to where it was read. */
function choices(
  asked: Asked,
  candidates: readonly Measurement[],
): readonly Readonly<Record<string, string>>[] {
  const labels = distinct(candidates.flatMap((candidate) => Object.keys(candidate.labels))).filter(
    (label) => !Object.hasOwn(asked.where, label),
  )
  const chosen = [...labels, 'file', 'format'].find((label) => {
    const values = candidates.map((candidate) => labelOf(candidate, label))
    return !values.includes(undefined) && new Set(values).size === candidates.length
  })
  if (chosen === undefined) return []
  return candidates.map((candidate) => ({ [chosen]: labelOf(candidate, chosen) ?? '' }))
}

function identity(measurement: Measurement): string {
  return JSON.stringify([measurement.source.path, measurement.source.pointer, measurement.value])
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)].toSorted()
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
