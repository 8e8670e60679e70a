import { metricOf } from '../core/metrics.ts'
import type { StatedNumber } from '../core/record.ts'
import { statedIn } from '../text/card-tables.ts'
import type { Collector } from './collect.ts'
import { readSections } from './written-section.ts'

/** A Markdown text as a document: its headings, how much stands under each, and what its tables state. */
export function readDocument(text: string, found: Collector): void {
  const { sections, headed, fault } = readSections(text)
  if (fault) {
    found.fault([], fault)
    return
  }
  const numbers = statedIn(text, (name) => metricOf(name) !== undefined).map(
    ({ name, ...stated }): StatedNumber => {
      const under = headed.findLast(({ line }) => line < stated.line)?.title
      return { metric: metricOf(name)?.name ?? name, ...stated, ...(under !== undefined && { under }) }
    },
  )
  found.record((source) => ({
    kind: 'document',
    sections,
    ...(numbers.length > 0 && { numbers }),
    source,
  }))
}
