import { type Fields, fieldsAt } from './narrow.ts'
import { nameOf, timeOf } from './suite.ts'

/** The kind of an expectation, as either generation writes it. */
export function typeOf(result: Fields): string | undefined {
  const config = fieldsAt(result, 'expectation_config')
  return textOf(config.expectation_type) ?? textOf(config.type)
}

/** The columns that an expectation is about, as one text. */
export function columnOf({
  column,
  column_A: a,
  column_B: b,
  column_list: list,
  column_set: set,
}: Fields): string | undefined {
  const columns = [column, a, b, ...(Array.isArray(list) ? list : []), ...(Array.isArray(set) ? set : [])]
  const named = columns.flatMap((one) => textOf(one) ?? [])
  return named.length === 0 ? undefined : nameOf(named.join(','))
}

/** A short name; anything else is none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? nameOf(value) : undefined
}

/** The asset that was validated; those that the tool makes up for data in memory begin with `#`. */
export function assetOf(meta: Fields): string | undefined {
  const batch = fieldsAt(meta, 'active_batch_definition')
  const name = textOf(batch.data_asset_name) ?? textOf(fieldsAt(meta, 'batch_kwargs').data_asset_name)
  return name?.startsWith('#') ? undefined : name
}

/** `20200727T171932.962507Z`, or the time of the run in ISO 8601. */
export function timeIn(meta: Fields): { readonly at?: string } {
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.\d{1,9})?Z$/.exec(String(meta.validation_time))
  if (compact === null) return timeOf(fieldsAt(meta, 'run_id').run_time)
  const [, year, month, day, hour, minute, second] = compact
  return { at: `${year}-${month}-${day}T${hour}:${minute}:${second}Z` }
}
