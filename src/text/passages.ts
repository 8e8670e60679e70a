import { canonical } from '../core/metrics.ts'
import type { Block, Passage, Table } from '../core/passage.ts'
import type { StatedNumber } from '../core/record.ts'
import { isOfAnswers } from './answers.ts'
import { wordsBeyondPlain } from './card-beyond.ts'
import { statedInLines } from './card-lines.ts'
import { statedIn } from './card-tables.ts'
import { isMetricName } from './metric-key.ts'
import type { IsMetric } from './named-metrics.ts'
import { MOST_STATED, numberIn, type Stated } from './stated.ts'

/** So many words around a cell are looked at. */
const MOST_AROUND = 12

/** The tables of a document, and those of its words that have a number, each with the heading above its line. */
export function passagesOf(
  tables: readonly Table[],
  blocks: readonly Block[],
  headingAbove: (line: number) => string,
): readonly Passage[] {
  const said = blocks.filter(({ text }) => /\p{N}/u.test(text))
  return [
    ...tables.map(
      (table): Passage => ({
        ...{ kind: 'table', table },
        under: [headingAbove(table.line), table.title ?? ''].filter(Boolean).join(' '),
      }),
    ),
    ...said.map((block): Passage => ({ kind: 'words', block, under: headingAbove(block.line) })),
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
        ? [...statedIn([passage.table], isMetric), ...saidInCells(passage.table, isMetric)]
        : statedInLines([passage.block], isMetric)
    for (const { name, ...number } of stated) {
      const metric = canonical(name)
      const place = { ...(name !== metric && { named: name }), ...(under !== '' && { under }) }
      numbers.push({ metric, ...number, ...place })
    }
  }
  return numbers.slice(0, MOST_STATED + 1)
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
