import { type Fields, labelsOf } from './narrow.ts'

/** Longer is prose, and no name of anything. */
const MAX_NAME = 200

/** A text that is short and on one line, as names are; undefined for prose and for what is no text. */
export function nameOf(value: unknown): string | undefined {
  const short = typeof value === 'string' && value !== '' && value.length <= MAX_NAME
  return short && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value) ? value : undefined
}

/** The labels that are there and are names. */
export function namesOf(found: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labelsOf(found)).filter(([, label]) => nameOf(label) !== undefined),
  )
}

/** What a run says of itself, as members of a measurement: what is missing is absent. */
export function identityOf(found: {
  readonly model?: unknown
  readonly tool: string
  readonly at?: string | undefined
}): { readonly model?: string; readonly tool: string; readonly at?: string } {
  const model = nameOf(found.model)
  return {
    ...(model === undefined ? {} : { model }),
    tool: nameOf(found.tool) ?? 'unknown',
    ...(found.at === undefined ? {} : { at: found.at }),
  }
}
