import { statedInLines } from '../text/card-lines.ts'
import { statedIn } from '../text/card-tables.ts'
import { MOST_STATED } from '../text/stated.ts'
import { isTooWide, tablesOf } from '../text/tables.ts'
import type { Collector } from './collect.ts'
import { isMetricName, statedNumber } from './stated-number.ts'
import { readSections } from './written-section.ts'

/** A Markdown text as a document: its headings, how much stands under each, and what its tables and words state. */
export function readDocument(text: string, found: Collector): void {
  const { sections, headed, blocks, fault } = readSections(text)
  if (fault) {
    found.fault([], fault)
    return
  }
  const tables = tablesOf(text)
  const stated = [...statedIn(tables, isMetricName), ...statedInLines(blocks, isMetricName)]
  // What is cut off is held to nothing.
  if (stated.length > MOST_STATED || isTooWide(tables))
    found.fault([], { code: 'too_many', limit: MOST_STATED })
  const numbers = stated
    .slice(0, MOST_STATED)
    .map((one) => statedNumber(one, headed.findLast(({ line }) => line < one.line)?.title))
  found.record((source) => ({
    kind: 'document',
    sections,
    ...(numbers.length > 0 && { numbers }),
    source,
  }))
}
