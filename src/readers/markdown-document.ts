import { canonical, metricOf } from '../core/metrics.ts'
import type { StatedNumber } from '../core/record.ts'
import { statedInLines } from '../text/card-lines.ts'
import { statedIn } from '../text/card-tables.ts'
import type { Collector } from './collect.ts'
import { readSections } from './written-section.ts'

/** A Markdown text as a document: its headings, how much stands under each, and what its tables state. */
export function readDocument(text: string, found: Collector): void {
  const { sections, headed, blocks, fault } = readSections(text)
  if (fault) {
    found.fault([], fault)
    return
  }
  const isMetric = (name: string) => metricOf(name) !== undefined
  const numbers = [...statedIn(text, isMetric), ...statedInLines(blocks, isMetric)].map(
    ({ name, said, ...stated }): StatedNumber => {
      const under = [said, headed.findLast(({ line }) => line < stated.line)?.title].filter(Boolean).join(' ')
      return { metric: canonical(name), ...stated, ...(under !== '' && { under }) }
    },
  )
  found.record((source) => ({
    kind: 'document',
    sections,
    ...(numbers.length > 0 && { numbers }),
    source,
  }))
}
