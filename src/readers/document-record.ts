import type { Source } from '../core/measurement.ts'
import type { Passage } from '../core/passage.ts'
import type { DocumentRecord, Section } from '../core/record.ts'
import { numbersIn } from '../text/passages.ts'
import { MOST_STATED } from '../text/stated.ts'
import type { Collector } from './collect.ts'

/** What somebody wrote: by its headings, and where numbers may stand in it. */
export type Written = { readonly sections: readonly Section[]; readonly passages: readonly Passage[] }

/** A document with what it states of the metrics that the table has; more than is looked at is held to nothing, and a fault. */
export function documentRecord(
  { sections, passages }: Written,
  source: Source,
  found: Collector,
): DocumentRecord {
  const numbers = numbersIn(passages)
  if (numbers.length > MOST_STATED) found.fault([], { code: 'too_many', limit: MOST_STATED })
  return {
    ...{ kind: 'document', sections, source },
    ...(numbers.length > 0 && { numbers: numbers.slice(0, MOST_STATED) }),
    ...(passages.length > 0 && { passages }),
  }
}
