import { type IsMetric, onlyMetricOf } from './named-metrics.ts'
import { type Beside, MOST_LETTERS, nameOf, numberIn, type Stated } from './stated.ts'
import { type Row, type Table, tablesOf } from './tables.ts'

/** So many numbers of one document are kept. */
const MOST = 500

const NAMES = /^(?:metrics?|measures?|evaluation metrics?)$/i
const VALUES = /^(?:values?|results?|scores?|estimates?|overall)$/i
const ALL = /^(?:all|overall|total|whole|everybody|everyone|average|mean)$/i
const MOST_BESIDE = 5
const PARTS = /^(?:groups?|slices?|class(?:es)?|segments?|subgroups?)$/i
const DATA = /^(?:(?:test |evaluation )?data(?: ?sets?)?|splits?|subsets?)$/i

/**
 * What the tables of a Markdown text state: a row for each metric with one column of values, or a column for each
 * metric with one row, or with a row for each part of the data. A table that compares models states nothing of this
 * one. `isMetric` says which names are metrics.
 */
export function statedIn(text: string, isMetric: IsMetric): readonly Stated[] {
  return tablesOf(text)
    .flatMap((table) => statedBy(table, isMetric))
    .slice(0, MOST)
}

function statedBy(table: Table, isMetric: IsMetric): readonly Stated[] {
  const { header, rows } = table
  const [first = ''] = header
  const isNumbers = (column: number) =>
    column > 0 || (rows.length > 0 && rows.every(({ cells: [cell] }) => numberIn(cell) !== undefined))
  const isOfMetrics = header.some((cell) => NAMES.test(cell))
  const named = header.flatMap((cell, column) => {
    const metric = metricOf(cell, isMetric)
    if (metric === undefined || !isNumbers(column)) return []
    return metric.label !== undefined && isOfMetrics ? [] : [{ metric, column }]
  })
  if (named.length > 0) {
    const columns = named.map(({ column }) => column)
    const isOwn = rows.length === 1 || PARTS.test(first) || DATA.test(first)
    return rows.flatMap((row) =>
      named.flatMap(({ metric, column }) => stated(metric, row, column, { header, not: columns, isOwn })),
    )
  }
  const at = Math.max(
    0,
    header.findIndex((cell) => NAMES.test(cell)),
  )
  const isList = isOfMetrics || rows.some(({ cells: [name = ''] }) => isMetric(nameOf(name)))
  if (!isList || header.filter((cell) => VALUES.test(cell)).length > 1) return []
  const column = header.length === 2 ? 1 - at : header.findIndex((cell) => VALUES.test(cell))
  return rows.flatMap((row): readonly Stated[] => {
    const metric = metricOf(row.cells[at] ?? '', isMetric)
    if (metric === undefined) return []
    if (column !== -1) return stated(metric, row, column, { header, not: [at, column], isOwn: at === 0 })
    // A column for each part of the data, or for each model.
    return header.flatMap((cell, index) =>
      index === at
        ? []
        : stated(metric, row, index, { header, not: header.keys().toArray(), isOwn: false }, [
            { column: first, cell },
          ]),
    )
  })
}

/** A metric, and what a cell calls it where it says more than its name. */
type Metric = { readonly name: string; readonly label?: string }

function metricOf(cell: string, isMetric: IsMetric): Metric | undefined {
  const name = nameOf(cell)
  if (isMetric(name)) return { name }
  const part = onlyMetricOf(cell, isMetric)
  return part === undefined ? undefined : { name: part, label: cell.slice(0, MOST_LETTERS) }
}

/** How a table is read: columns that say no part of the data, and whether it is of one model for sure. */
type Reading = {
  readonly header: readonly string[]
  readonly not: readonly number[]
  readonly isOwn: boolean
}

/** What a cell states, and of which part of the data its row says that it is. */
function stated(
  { name, label }: Metric,
  { cells, line }: Row,
  column: number,
  { header, not, isOwn }: Reading,
  more: readonly Beside[] = [],
): readonly Stated[] {
  const number = numberIn(cells[column])
  if (number === undefined) return []
  const partAt = header.findIndex((cell) => PARTS.test(cell))
  const dataAt = header.findIndex((cell) => DATA.test(cell))
  const [of, on] = [partOf(cells[partAt]), partOf(cells[dataAt])]
  const others = header.flatMap((head, at) =>
    at === partAt || at === dataAt || not.includes(at) ? [] : [{ column: head, cell: cells[at] ?? '' }],
  )
  const beside = [...more, ...others]
    .slice(0, MOST_BESIDE)
    .map((one) => ({ column: one.column.slice(0, MOST_LETTERS), cell: partOf(one.cell) }))
  if (!isOwn && beside.length === 0 && label === undefined) return []
  return [
    {
      ...{ name, ...number, line, ...(label !== undefined && { label }) },
      ...(of !== '' && { of }),
      ...(on !== '' && { on }),
      ...(beside.length > 0 && { beside }),
      ...((!isOwn || label !== undefined) && { compared: true as const }),
    },
  ]
}

/** What a cell calls a part of the data; nothing where it is all of them. */
function partOf(cell = ''): string {
  return ALL.test(cell) ? '' : cell.slice(0, MOST_LETTERS)
}
