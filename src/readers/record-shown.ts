import type { ShownIn } from '../core/written-record.ts'
import { givenText } from './filled.ts'
import { isFields } from './narrow.ts'

/** Where the report of a test is said to be; undefined where that is not filled in. */
export function shownIn(value: unknown): ShownIn | undefined {
  if (!isFields(value)) {
    const path = givenText(value)
    return path === undefined ? undefined : { kind: 'evidence', path }
  }
  const [name, sha256] = [givenText(value.name), givenText(value.sha256)]
  return name === undefined || sha256 === undefined ? undefined : { kind: 'elsewhere', name, sha256 }
}
