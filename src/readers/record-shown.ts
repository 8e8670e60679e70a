import type { ShownIn } from '../core/written-record.ts'
import { fillOfText } from './filled.ts'
import { isFields } from './narrow.ts'

const LONGEST = 500

/** Where the report of a test is said to be; undefined where that is not filled in. */
export function shownIn(value: unknown): ShownIn | undefined {
  if (!isFields(value)) {
    const path = textIn(value)
    return path === undefined ? undefined : { kind: 'evidence', path }
  }
  const [name, sha256] = [textIn(value.name), textIn(value.sha256)]
  return name === undefined || sha256 === undefined ? undefined : { kind: 'elsewhere', name, sha256 }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && fillOfText(value) === 'given'
    ? value.trim().slice(0, LONGEST)
    : undefined
}
