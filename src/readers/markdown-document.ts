import { htmlTablesOf } from '../text/html-tables.ts'
import { passagesOf } from '../text/passages.ts'
import { isTooWide, MOST_COLUMNS } from '../text/tables.ts'
import type { Collector } from './collect.ts'
import { documentRecord } from './document-record.ts'
import { readSections } from './written-section.ts'

/** A Markdown text as a document: its headings, how much stands under each, and what its tables and words state. */
export function readDocument(text: string, found: Collector): void {
  const { sections, headed, blocks, lines, tables: written, fault } = readSections(text)
  if (fault) {
    found.fault([], fault)
    return
  }
  const html = htmlTablesOf(lines)
  const tables = [...written, ...html.tables]
  if (isTooWide(tables) || html.isCut) found.fault([], { code: 'too_many', limit: MOST_COLUMNS })
  const headingAbove = (line: number) => headed.findLast((one) => one.line < line)
  const passages = passagesOf(tables, blocks, headingAbove)
  found.record((source) => documentRecord({ sections, passages }, source, found))
}
