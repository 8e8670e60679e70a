import type { Measurement } from '../core/measurement.ts'
import { isFields, numberOf } from './narrow.ts'

/** What a plain file says of the model that its numbers are about. */
export type ModelNamed = {
  readonly model?: string
  readonly labels?: Readonly<Record<string, string>>
}

const NAMES = ['model', 'model_name', 'model_id']
const IDENTIFIERS = ['model_sha256', 'model_revision']

/** `modelName`, `model-name`, `Model Name` and `model.name` are `model_name`. */
function keyOf(name: string): string {
  return name
    .trim()
    .replaceAll(/([a-z0-9])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .replaceAll(/[-. ]+/g, '_')
}

/** What names a model: a text, or of a model that more is said of its name, else its id. */
function textOf(value: unknown): string | undefined {
  const told = isFields(value) ? [value.name, value.id] : [value]
  return told.flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []))[0]
}

/**
 * The model that keys or columns of these names tell, however they are spelt; what they do not tell is as it was `before`. Of
 * several names a hub's `owner/name` says most, else the first in this order: `model`, `model_name`, `model_id`. A
 * number, as databases count their models, is no name.
 */
export function modelNamed(
  told: Iterable<readonly [name: string, value: unknown]>,
  before: ModelNamed = {},
): ModelNamed {
  const known = new Map<string, string>()
  for (const [name, value] of told) {
    const key = keyOf(name)
    const isName = NAMES.includes(key)
    if (known.has(key) || !(isName || IDENTIFIERS.includes(key))) continue
    const text = isName || typeof value === 'string' ? textOf(value) : undefined
    if (text !== undefined && !(isName && numberOf(text) !== undefined)) known.set(key, text)
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
