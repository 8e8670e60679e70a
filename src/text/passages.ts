import { canonical } from '../core/metrics.ts'
import type { Block, Passage, Table } from '../core/passage.ts'
import type { StatedNumber } from '../core/record.ts'
import { isOfAnswers } from './answers.ts'
import { wordsBeyond, wordsBeyondPlain } from './card-beyond.ts'
import { statedInLines } from './card-lines.ts'
import { statedIn } from './card-tables.ts'
import { isMetricName } from './metric-key.ts'
import type { IsMetric } from './named-metrics.ts'
import { MOST_LETTERS, MOST_STATED, numberIn, type Stated } from './stated.ts'

/** So many words around a cell are looked at. */
const MOST_AROUND = 12

/** A heading of Markdown, and its line. */
export type Above = { readonly title: string; readonly line: number }

/** The tables of a document, and those of its words that have a number, each with the headings above its line. */
export function passagesOf(
  tables: readonly Table[],
  blocks: readonly Block[],
  headingAbove: (line: number) => Above | undefined,
): readonly Passage[] {
  const said = blocks.filter(({ text }) => /\p{N}/u.test(text))
  const headings = blocks.filter(({ isHeading }) => isHeading)
  const above = (line: number): string => {
    const { title = '', line: from = 0 } = headingAbove(line) ?? {}
    const html = headings.findLast((one) => one.line <= line && one.line > from)?.text.slice(0, MOST_LETTERS)
    return [title, html ?? ''].filter(Boolean).join(' ')
  }
  return [
    ...tables.map((table): Passage => ({ kind: 'table', table, under: above(table.line) })),
    ...said.map((block): Passage => ({ kind: 'words', block, under: above(block.line) })),
  ]
}

/** What passages state of metrics, by the canonical name of each; at most one more than `MOST_STATED`. */
export function numbersIn(
  passages: readonly Passage[],
  isMetric: IsMetric = isMetricName,
): readonly StatedNumber[] {
  const numbers: StatedNumber[] = []
  for (const { under, ...passage } of passages) {
    if (numbers.length > MOST_STATED) break
    const stated =
      passage.kind === 'table'
        ? [...titled(passage.table, isMetric), ...saidInCells(passage.table, isMetric)]
        : statedInLines([passage.block], isMetric)
    for (const { name, ...number } of stated) {
      const metric = canonical(name)
      const place = { ...(name !== metric && { named: name }), ...(under !== '' && { under }) }
      numbers.push({ metric, ...number, ...place })
    }
  }
  return numbers.slice(0, MOST_STATED + 1)
}

/** What a table states; words of its title may make it one of something else. */
function titled(table: Table, isMetric: IsMetric): readonly Stated[] {
  const around = wordsBeyond(table.title ?? '', isMetric)
  const stated = statedIn([table], isMetric)
  return around.length === 0
    ? stated
    : stated.map((one) => ({ ...one, beyond: [...(one.beyond ?? []), ...around].slice(0, MOST_AROUND) }))
}

/** What a cell of a table says in words; what stands around it may make it one of something else. */
function saidInCells(table: Table, isMetric: IsMetric): readonly Stated[] {
  // Answers are words of the document.
  if (isOfAnswers(table)) return []
  const { header, rows, line } = table
  return [{ cells: header, line }, ...rows].flatMap(({ cells, line }) =>
    cells.flatMap((text, at) => {
      if (!/\p{L}/u.test(text) || !/\p{N}/u.test(text) || numberIn(text) !== undefined) return []
      const stated = statedInLines([{ text, line, lead: '' }], isMetric)
      if (stated.length === 0) return []
      const around = [...(cells === header ? [] : header), ...cells.toSpliced(at, 1)].flatMap(
        wordsBeyondPlain,
      )
      return stated
        .filter(({ rounding, percent }) => rounding < 0.5 || percent)
        .map((one) => ({
          ...one,
          beyond: [...new Set([...(one.beyond ?? []), ...around])].slice(0, MOST_AROUND),
        }))
    }),
  )
}
