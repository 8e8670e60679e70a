import type { Reading } from '../core/evidence.ts'
import { UNITS, type Unit } from '../core/measurement.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { contradiction, exactOf } from './counts.ts'
import { aboutModel } from './model-named.ts'
import { isNotFinite, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'metrics-table'

type Rows = readonly { readonly cells: readonly string[] }[]
type Column = { readonly name: string; readonly index: number; readonly numeric: boolean }

/**
 * CSV or TSV. Long form, with the columns `metric` and `value`: one measurement a row, other columns are labels.
 * Else wide: numbers are measurements named by their header, texts of the row are labels, and `row` (1-based)
 * is a label where no text tells the rows apart. A column without a name is the label `index`. What a column names as
 * the model is what the row is about.
 */
export const plainTable: Reader = {
  format,
  labels: ['row', 'index', 'every text column by its header'],
  recognises: (content) => content.kind === 'table',
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'table') return found.reading()
  const { header, rows } = input.content
  const known = new Map(header.map((name, index) => [name.trim().toLowerCase(), index]))
  if (known.has('metric') && known.has('value')) long(header, rows, known, found)
  else wide(header, rows, found)
  return found.reading()
}

function long(
  header: readonly string[],
  rows: Rows,
  known: ReadonlyMap<string, number>,
  found: Collector,
): void {
  const own = ['metric', 'value', 'samples', 'n', 'successes', 'stderr', 'unit']
  for (const [index, { cells }] of rows.entries()) {
    if (found.full()) return
    const cellOf = (name: string): string => cells[known.get(name) ?? -1]?.trim() ?? ''
    const keysOf = (name: string): readonly [number, string] => [
      index + 1,
      header[known.get(name) ?? 0] ?? name,
    ]
    const counts = countsOf(cellOf, keysOf, found)
    const value = number(cellOf('value'), keysOf('value'), found)
    const metric = cellOf('metric')
    if (metric === '') found.malformed(keysOf('metric'), 'the name of a metric')
    if (metric === '' || value === undefined || counts === undefined) continue
    const labels = labelsOf(
      header
        .map((name, at) => ({ name, index: at }))
        .filter(({ name }) => !own.includes(name.trim().toLowerCase())),
      cells,
    )
    const fault = contradiction({ value, ...counts }, pointer(keysOf('value')))
    if (fault) found.fault(keysOf('value'), fault)
    else {
      const exact = exactOf({ value, ...counts })
      found.measure(keysOf('value'), aboutModel({ metric, value: exact, ...counts, labels }))
    }
  }
}

type Counts = {
  readonly unit: Unit
  readonly samples?: number
  readonly successes?: number
  readonly stderr?: number
}

function countsOf(
  cellOf: (name: string) => string,
  keysOf: (name: string) => readonly [number, string],
  found: Collector,
): Counts | undefined {
  const written = cellOf('unit')
  const unit = written === '' ? 'unknown' : UNITS.find((known) => known === written)
  if (unit === undefined) found.malformed(keysOf('unit'), `one of ${UNITS.join(', ')}`)
  let counts: { samples?: number; successes?: number; stderr?: number } = {}
  let whole = unit !== undefined
  for (const name of ['samples', 'n', 'successes', 'stderr']) {
    const cell = cellOf(name)
    if (cell === '') continue
    const read = numberOf(cell)
    const key = name === 'n' ? 'samples' : name
    if (
      read === undefined ||
      read < 0 ||
      !(key === 'stderr' ? Number.isFinite(read) : Number.isSafeInteger(read))
    ) {
      found.malformed(
        keysOf(name),
        key === 'stderr' ? 'a number of at least 0' : 'a whole number of at least 0',
      )
      whole = false
    } else counts = { [key]: read, ...counts }
  }
  return whole && unit !== undefined ? { unit, ...counts } : undefined
}

function wide(header: readonly string[], rows: Rows, found: Collector): void {
  const columns = header.map((name, index) => ({
    name,
    index,
    numeric: name.trim() !== '' && numeric(rows, index),
  }))
  const texts = columns.filter((column) => !column.numeric)
  const numbers = columns.filter((column) => column.numeric)
  const told =
    new Set(rows.map(({ cells }) => JSON.stringify(texts.map(({ index }) => cells[index])))).size ===
    rows.length
  for (const [index, { cells }] of rows.entries()) {
    const labels = { ...(told ? {} : { row: String(index + 1) }), ...labelsOf(texts, cells) }
    for (const column of numbers) {
      if (found.full()) return
      const cell = cells[column.index] ?? ''
      if (cell.trim() === '') continue
      const value = number(cell, [index + 1, column.name], found)
      if (value !== undefined)
        found.measure(
          [index + 1, column.name],
          aboutModel({ metric: column.name.trim(), value, unit: 'unknown', labels }),
        )
    }
  }
}

/** Most cells are numbers: then one that is not is a fault of the cell, not a text column. */
function numeric(rows: Rows, index: number): boolean {
  const cells = rows.map((row) => row.cells[index] ?? '').filter((cell) => cell.trim() !== '')
  const read = cells.filter((cell) => numberOf(cell) !== undefined || isNotFinite(cell))
  return read.length > cells.length / 2
}

function number(cell: string, keys: readonly [number, string], found: Collector): number | undefined {
  const value = numberOf(cell)
  if (value !== undefined && Number.isFinite(value)) return value
  if (value !== undefined || isNotFinite(cell))
    found.fault(keys, { code: 'not_finite', at: pointer(keys), found: cell.trim().slice(0, 40) })
  else found.malformed(keys, 'a plain number')
  return undefined
}

function labelsOf(
  columns: readonly Pick<Column, 'name' | 'index'>[],
  cells: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap(({ name, index }) => {
      const cell = cells[index]?.trim() ?? ''
      return cell === '' ? [] : [[name.trim() || 'index', cell]]
    }),
  )
}
