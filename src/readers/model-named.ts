import type { Measurement } from '../core/measurement.ts'
import { numberOf } from './narrow.ts'

/** What a plain file says of the model that its numbers are about. */
export type ModelNamed = {
  readonly model?: string
  readonly labels?: Readonly<Record<string, string>>
}

const NAMES = ['model', 'model_name', 'model_id']
const IDENTIFIERS = ['model_sha256', 'model_revision']

/**
 * The model that keys or columns of these names tell, in any case; what they do not tell is as it was `before`. Of
 * several names a hub's `owner/name` says most, else the first in this order: `model`, `model_name`, `model_id`. A
 * number, as databases count their models, is no name.
 */
export function modelNamed(
  told: Iterable<readonly [name: string, value: unknown]>,
  before: ModelNamed = {},
): ModelNamed {
  const known = new Map<string, string>()
  for (const [name, value] of told) {
    const key = name.trim().toLowerCase()
    if (typeof value !== 'string' || value.trim() === '' || known.has(key)) continue
    if (IDENTIFIERS.includes(key) || (NAMES.includes(key) && numberOf(value) === undefined))
      known.set(key, value.trim())
  }
  if (known.size === 0) return before
  const names = NAMES.flatMap((name) => known.get(name) ?? [])
  const model = names.find((name) => name.includes('/')) ?? names[0] ?? before.model
  const labels = IDENTIFIERS.flatMap((name) => {
    const value = known.get(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...(model !== undefined && { model }),
    labels: { ...before.labels, ...Object.fromEntries(labels) },
  }
}

/** A measurement with the model that it is told to be about; its own labels say of themselves. */
export function aboutModel<Found extends Pick<Measurement, 'labels'>>(
  found: Found,
  before: ModelNamed = {},
): Found & Pick<Measurement, 'model'> {
  const { model, labels } = modelNamed(Object.entries(found.labels), before)
  return { ...found, labels: { ...found.labels, ...labels }, ...(model !== undefined && { model }) }
}
