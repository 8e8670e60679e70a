/** An object of a foreign file; nothing is known of its values. */
export type Fields = Readonly<Record<string, unknown>>

/** True for an object that is no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A part of an object; undefined of what is none. */
export function partOf(value: unknown, part: string): unknown {
  return isFields(value) && Object.hasOwn(value, part) ? value[part] : undefined
}
