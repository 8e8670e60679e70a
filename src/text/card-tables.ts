import type { Row, Table } from '../core/passage.ts'
import { beyondAt } from './card-beyond.ts'
import { BY_NAME } from './card-words.ts'
import { type IsMetric, metricsIn, onlyMetricOf } from './named-metrics.ts'
import { type Beside, MOST_LETTERS, MOST_STATED, nameOf, numberIn, ofModels, type Stated } from './stated.ts'
import {
  ALL,
  DATA,
  MEANS,
  NAMES,
  NAMES_OF_OWN,
  NOT_NAMES,
  NOT_VALUES,
  OF_RUNS,
  OTHER_MODEL,
  PARTS,
  VALUES,
} from './table-heads.ts'
import { sentencesOf } from './tokens.ts'

const MOST_BESIDE = 5
/** So many letters of a cell may name a metric. */
const MOST_NAMING = 200

/**
 * What tables state: a row for each metric with one column of values, or a column for each
 * metric with one row, or with a row for each part of the data. A table that compares models states nothing of this
 * one. `isMetric` says which names are metrics.
 */
export function statedIn(tables: readonly Table[], isMetric: IsMetric): readonly Stated[] {
  return tables.flatMap((table) => statedBy(table, isMetric)).slice(0, MOST_STATED + 1)
}

function statedBy(table: Table, isMetric: IsMetric): readonly Stated[] {
  // A cell of many rows stands in each of them.
  const known = new Map<string, Metric | undefined>()
  const metricIn: MetricIn = (cell) => {
    if (!known.has(cell)) known.set(cell, metricOf(cell, isMetric))
    return known.get(cell)
  }
  const columns = columnsOfMetrics(table, metricIn)
  return columns.length > 0 ? inColumns(table, columns) : inRows(table, metricIn)
}

type MetricIn = (cell: string) => Metric | undefined

/** A column, and the metric that its head names. */
type Column = { readonly metric: Metric; readonly column: number }

/** In a table with a column of metrics a head that names another thing beside its metric is one of values. */
function columnsOfMetrics({ header, rows }: Table, metricIn: MetricIn): readonly Column[] {
  const isOfMetrics = header.some((cell) => NAMES.test(cell))
  const isNumbers = (column: number) =>
    column > 0 || (rows.length > 0 && rows.every(({ cells: [cell] }) => numberIn(cell) !== undefined))
  return header.flatMap((cell, column) => {
    const metric = metricIn(cell)
    if (metric === undefined || !isNumbers(column)) return []
    return metric.label !== undefined && isOfMetrics ? [] : [{ metric, column }]
  })
}

function inColumns({ header, rows }: Table, columns: readonly Column[]): readonly Stated[] {
  const [first = ''] = header
  const isOfRuns = header.some((cell) => OF_RUNS.test(cell))
  const isOwn = !isOfRuns && (rows.length === 1 || PARTS.test(first) || DATA.test(first))
  const not = columns.map(({ column }) => column)
  return rows.flatMap((row) => {
    const isOther = ofModels(first) && OTHER_MODEL.test(row.cells[0] ?? '')
    const reading = { header, not, isOwn: isOwn && !isOther }
    return columns.flatMap(({ metric, column }) => stated(metric, row, column, reading))
  })
}

function inRows({ header, rows }: Table, metricIn: MetricIn): readonly Stated[] {
  const names = header.findIndex((cell) => NAMES.test(cell))
  const at = Math.max(0, names)
  const hasOwn = NAMES_OF_OWN.test(header[at] ?? '')
  const nameIn = ({ cells }: Row) => {
    const metric = metricIn(cells[at] ?? '')
    if (metric === undefined) return names === -1 ? undefined : ownIn({ cells }, at)
    return metric.isOwn && !hasOwn ? undefined : metric
  }
  const isNamed = hasOwn && header[at] !== ''
  const isList =
    names !== -1 || rows.some((row) => isAlone(nameIn(row)) || (isNamed && nameIn(row) !== undefined))
  const values = header.flatMap((cell, index) =>
    index !== at && index > 0 && VALUES.test(cell) ? [index] : [],
  )
  if (!isList || values.length > 1) return []
  const column = header.length === 2 ? 1 - at : (values[0] ?? -1)
  if (NOT_VALUES.test(header[column] ?? '') || NOT_NAMES.test(header[at] ?? '')) return []
  // Where a metric stands twice, what is before it may be another model.
  const named = rows.flatMap((row) => nameIn(row)?.name ?? [])
  const isOnce = new Set(named).size === named.length
  // lm-evaluation-harness has a version of each task.
  const isOfTasks = header.some((cell) => /^tasks?$/i.test(cell))
  const isText = (index: number) =>
    !(isOfTasks && /^version$/i.test(header[index] ?? '')) &&
    rows.some(({ cells }) => (cells[index] ?? '') !== '' && numberIn(cells[index]) === undefined)
  const isOfModels = header.some(
    (cell, index) => index !== at && index !== column && ofModels(cell) && isText(index),
  )
  const isOther = BY_NAME.test(header[column] ?? '')
  const isOwn = !isOfModels && !isOther && (at === 0 || isOnce)
  return rows.flatMap((row): readonly Stated[] => {
    const metric = nameIn(row)
    if (metric === undefined) return []
    const own =
      column === -1 ? [] : stated(metric, row, column, { header, not: [at, column], isOwn, names: at })
    if (column !== -1 && !(MEANS.test(header[column] ?? '') && header.length > 3)) return own
    // A column for each part of the data, or for each model.
    const not = header.keys().toArray()
    const others = header.flatMap((cell, index) => {
      const more = [{ column: header[0] ?? '', cell }]
      return index === at || index === column
        ? []
        : stated(metric, row, index, { header, not, isOwn: false, more, names: at })
    })
    return [...own, ...others]
  })
}

/** Whatever stands in a column of metrics is one, where a number with a fraction or in percent stands beside it. */
function ownIn({ cells }: Pick<Row, 'cells'>, at: number): Metric | undefined {
  const name = nameOf(cells[at] ?? '')
  const isShare = cells.some((cell) => /%|[.,]\d/.test(cell) && numberIn(cell) !== undefined)
  return isShare && /\p{L}/u.test(name) ? { name, isOwn: true } : undefined
}

/** A metric, and what a cell calls it where it says more than its name: words that may make it one of something else. */
type Metric = { readonly name: string; readonly isOwn: boolean } & (
  | { readonly label?: undefined }
  | { readonly label: string; readonly beyond: readonly string[] }
)

function metricOf(cell: string, isMetric: IsMetric): Metric | undefined {
  const name = nameOf(cell)
  const is = isMetric(name)
  if (is !== false) return { name, isOwn: is === 'own' }
  const written = cell.slice(0, MOST_NAMING).replaceAll(/\[\^[^\]\s]{1,20}\]|[¹²³⁴⁵†‡]/g, ' ')
  // `f1 (macro)`
  const bare = nameOf(written.replace(/[([][^()[\]]*[)\]]\s*$/, ''))
  const part = isMetric(bare) !== false ? bare : onlyMetricOf(written, isMetric)
  if (part === undefined) return undefined
  const isOwn = isMetric(part) === 'own'
  const [tokens = []] = sentencesOf(written, 1)
  const words = beyondAt(tokens, metricsIn(tokens, isMetric), tokens.length)
  const numbers = tokens.flatMap(({ kind, text }) => (kind === 'number' ? [text] : []))
  const beyond = [...words.filter((word) => nameOf(word) !== part), ...numbers]
  if (beyond.length === 0) return { name: part, isOwn }
  return { name: part, isOwn, label: written.trim().slice(0, MOST_LETTERS), beyond }
}

function isAlone(metric: Metric | undefined): boolean {
  return metric !== undefined && metric.label === undefined
}

/** How a table is read: columns that say no part of the data, whether it is of one model for sure, and more that it says. */
type Reading = {
  readonly header: readonly string[]
  readonly not: readonly number[]
  readonly isOwn: boolean
  readonly more?: readonly Beside[]
  /** The column of the names of metrics. */
  readonly names?: number
}

/** What a cell states, and of which part of the data its row says that it is. */
function stated(metric: Metric, row: Row, column: number, reading: Reading): readonly Stated[] {
  const { name, label } = metric
  const number = numberIn(row.cells[column])
  const { of, on, beside } = partsIn(row, reading)
  if (number === undefined || (!reading.isOwn && label === undefined && beside.length === 0)) return []
  return [
    {
      ...{ name, ...number, line: row.line },
      ...(metric.label !== undefined && { label: metric.label, beyond: metric.beyond }),
      ...(of !== '' && { of }),
      ...(on !== '' && { on }),
      ...(beside.length > 0 && { beside }),
      ...(!reading.isOwn && { compared: true as const }),
    },
  ]
}

function partsIn({ cells }: Row, { header, not, more = [], names }: Reading) {
  const partAt = header.findIndex((cell) => PARTS.test(cell))
  const dataAt = header.findIndex((cell, at) => at !== names && DATA.test(cell))
  const others = header.flatMap((head, at) =>
    at === partAt || at === dataAt || not.includes(at) ? [] : [{ column: head, cell: cells[at] ?? '' }],
  )
  const beside = [...more, ...others]
    .slice(0, MOST_BESIDE)
    .map((one) => ({ column: one.column.slice(0, MOST_LETTERS), cell: partOf(one.cell) }))
  return { of: partOf(cells[partAt]), on: partOf(cells[dataAt]), beside }
}

/** What a cell calls a part of the data; nothing where it is all of them. */
function partOf(cell = ''): string {
  return ALL.test(cell) ? '' : cell.slice(0, MOST_LETTERS)
}
