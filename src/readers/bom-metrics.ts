import type { BomPart } from '../core/bom.ts'
import { type Placeholder, placeholderAt } from './bom-placeholders.ts'
import type { Collector } from './collect.ts'
import { isPlaceholder } from './filled.ts'
import { nameOf } from './names.ts'
import { numberOf } from './narrow.ts'

type Keys = readonly (string | number)[]

/** More words than a number with its unit has. */
const PROSE = 3

/**
 * A metric of a bill of materials: both standards write every value as text. What is no number is not measured, and
 * prose in its place, or a placeholder, is handed back. `95%` says itself that it is percent; else the unit is unknown.
 */
export function metricIn(
  { metric, value, slice, part }: MetricFound,
  keys: Keys,
  tool: string,
  found: Collector,
): readonly Placeholder[] {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return []
  const isPercent = /^\s*[^%\s]+\s?%\s*$/.test(text.slice(0, 100))
  const number = text.length > 100 ? undefined : numberOf(isPercent ? text.replace(/\s?%\s*$/, '') : text)
  const name = nameOf(metric)
  if (number === undefined || name === undefined) {
    const isProse = isPlaceholder(text) || text.trim().split(/\s+/).length >= PROSE
    return isProse && text.trim() !== '' ? [placeholderAt(keys, text)] : []
  }
  const [model] = part.names
  const sha256 = part.digests.find((digest) => digest.startsWith('sha256:'))?.slice('sha256:'.length)
  const label = nameOf(slice)
  found.measure(keys, {
    metric: name,
    value: number,
    unit: isPercent ? 'percent' : 'unknown',
    labels: {
      ...(label !== undefined && { slice: label }),
      ...(sha256 !== undefined && { model_sha256: sha256 }),
    },
    ...(model !== undefined && { model }),
    tool,
  })
  return []
}

type MetricFound = {
  readonly metric: unknown
  readonly value: unknown
  readonly slice?: unknown
  readonly part: Pick<BomPart, 'names' | 'digests'>
}
