import { metricOf } from '../core/metrics.ts'
import type { StatedNumber } from '../core/record.ts'
import { answersIn, statedIn } from '../text/card-tables.ts'
import { sectionsOf } from '../text/markdown.ts'
import type { Collector } from './collect.ts'
import { sectionFrom } from './written-section.ts'

/** A Markdown text as a document: its headings, how much stands under each, and what its tables state. */
export function readDocument(text: string, found: Collector): void {
  const { sections, fault } = sectionsOf(text)
  if (fault) {
    found.fault([], fault)
    return
  }
  const numbers = statedIn(text, (name) => metricOf(name) !== undefined).map(
    ({ name, ...stated }): StatedNumber => {
      const under = sections.findLast(({ line }) => line < stated.line)?.title
      return { metric: metricOf(name)?.name ?? name, ...stated, ...(under !== undefined && { under }) }
    },
  )
  const answered = answersIn(text).map(({ question, answer, line }) => sectionFrom(question, [answer], line))
  found.record((source) => ({
    kind: 'document',
    sections: [...sections, ...answered],
    ...(numbers.length > 0 && { numbers }),
    source,
  }))
}
