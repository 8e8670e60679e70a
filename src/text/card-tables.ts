import { type Beside, MOST_LETTERS, nameOf, numberIn, type Stated } from './stated.ts'
import { type Row, type Table, tablesOf } from './tables.ts'

/** So many numbers of one document are kept. */
const MOST = 500

const NAMES = /^(?:metrics?|measures?|evaluation metrics?)$/i
const VALUES = /^(?:values?|results?|scores?|estimates?|overall)$/i
const ALL = /^(?:all|overall|total|whole|everybody|everyone|average|mean)$/i
const MOST_BESIDE = 5
const PARTS = /^(?:groups?|slices?|class(?:es)?|data ?sets?|splits?|subsets?|segments?|subgroups?)$/i

/**
 * What the tables of a Markdown text state: a row for each metric with one column of values, or a column for each
 * metric with one row, or with a row for each part of the data. A table that compares models states nothing of this
 * one. `isMetric` says which names are metrics.
 */
export function statedIn(text: string, isMetric: (name: string) => boolean): readonly Stated[] {
  return tablesOf(text)
    .flatMap((table) => statedBy(table, isMetric))
    .slice(0, MOST)
}

function statedBy(table: Table, isMetric: (name: string) => boolean): readonly Stated[] {
  const { header, rows } = table
  const [first = ''] = header
  const isNumbers = (column: number) =>
    column > 0 || (rows.length > 0 && rows.every(({ cells: [cell] }) => numberIn(cell) !== undefined))
  const named = header.flatMap((cell, column) =>
    isMetric(nameOf(cell)) && isNumbers(column) ? [{ name: nameOf(cell), column }] : [],
  )
  if (named.length > 0) {
    const columns = named.map(({ column }) => column)
    const isOwn = rows.length === 1 || PARTS.test(first)
    return rows.flatMap((row) =>
      named.flatMap(({ name, column }) => stated(name, row, column, { header, not: columns, isOwn })),
    )
  }
  const at = Math.max(
    0,
    header.findIndex((cell) => NAMES.test(cell)),
  )
  const isList = NAMES.test(header[at] ?? '') || rows.some(({ cells: [name = ''] }) => isMetric(nameOf(name)))
  if (!isList || header.filter((cell) => VALUES.test(cell)).length > 1) return []
  const column = header.length === 2 ? 1 - at : header.findIndex((cell) => VALUES.test(cell))
  return rows.flatMap((row): readonly Stated[] => {
    const name = nameOf(row.cells[at] ?? '')
    if (!isMetric(name)) return []
    if (column !== -1) return stated(name, row, column, { header, not: [at, column], isOwn: at === 0 })
    // A column for each part of the data, or for each model.
    return header.flatMap((cell, index) =>
      index === at
        ? []
        : stated(name, row, index, { header, not: header.keys().toArray(), isOwn: false }, [
            { column: first, cell },
          ]),
    )
  })
}

/** How a table is read: columns that say no part of the data, and whether it is of one model for sure. */
type Reading = {
  readonly header: readonly string[]
  readonly not: readonly number[]
  readonly isOwn: boolean
}

/** What a cell states, and of which part of the data its row says that it is. */
function stated(
  name: string,
  { cells, line }: Row,
  column: number,
  { header, not, isOwn }: Reading,
  more: readonly Beside[] = [],
): readonly Stated[] {
  const number = numberIn(cells[column])
  if (number === undefined) return []
  const partAt = header.findIndex((cell) => PARTS.test(cell))
  const of = partOf(cells[partAt])
  const others = header.flatMap((head, at) =>
    at === partAt || not.includes(at) ? [] : [{ column: head, cell: cells[at] ?? '' }],
  )
  const beside = [...more, ...others]
    .slice(0, MOST_BESIDE)
    .map((one) => ({ column: one.column.slice(0, MOST_LETTERS), cell: partOf(one.cell) }))
  if (!isOwn && beside.length === 0) return []
  return [
    {
      ...{ name, ...number, line },
      ...(of !== '' && { of }),
      ...(beside.length > 0 && { beside }),
      ...(!isOwn && { compared: true as const }),
    },
  ]
}

/** What a cell calls a part of the data; nothing where it is all of them. */
function partOf(cell = ''): string {
  return ALL.test(cell) ? '' : cell.slice(0, MOST_LETTERS)
}
