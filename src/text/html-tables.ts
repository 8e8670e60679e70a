import sax from 'sax'
import type { Row, Table } from '../core/passage.ts'
import { withoutComments, withoutEmphasis } from './inline.ts'
import { numberIn } from './stated.ts'
import { MOST_COLUMNS, outsideFences } from './tables.ts'

/** A closing tag is looked for among all that are open: more than this are no table. */
const MOST_TAGS = 20_000
const MOST_ROWS_OF_A_CELL = 1000

/** What stands from a `<table>` to its end, and on which line, 1-based, it begins. */
type Written = { readonly html: string; readonly line: number }

/** The tables in HTML of a Markdown text, outside fences and comments. */
export function htmlTablesOf(text: string): readonly Table[] {
  return writtenIn(text).flatMap(({ html, line }) => tableOf(rowsOf(html, line)) ?? [])
}

/** Whether there are more tags in tables than are read. */
export function hasTooManyTags(text: string): boolean {
  return writtenIn(text).some(({ html }) => isTooLong(html))
}

function writtenIn(text: string): readonly Written[] {
  const shown = withoutComments(outsideFences(text).join('\n'))
  const written: Written[] = []
  const opening = /<table(?=[\s>])/gi
  const closing = /<\/table\s*>/gi
  let [line, counted] = [1, 0]
  for (let open = opening.exec(shown); open !== null; open = opening.exec(shown)) {
    closing.lastIndex = opening.lastIndex
    const end = closing.exec(shown) === null ? shown.length : closing.lastIndex
    line += shown.slice(counted, open.index).split('\n').length - 1
    counted = open.index
    written.push({ html: shown.slice(open.index, end), line })
    opening.lastIndex = end
  }
  return written
}

function isTooLong(html: string): boolean {
  return (html.match(/</g)?.length ?? 0) > MOST_TAGS
}

type Cell = { text: string; readonly columns: number; readonly rows: number }
type Open = { readonly cells: Cell[]; readonly line: number }

function rowsOf(html: string, first: number): readonly Row[] {
  if (isTooLong(html)) return []
  const rows: Open[] = []
  let cell: Cell | undefined
  const parser = sax.parser(false, { lowercase: true, position: true })
  parser.onopentag = ({ name, attributes }) => {
    if (name === 'tr') rows.push({ cells: [], line: first + parser.line })
    if (name === 'tr') cell = undefined
    if (name === 'br') cell = cell && Object.assign(cell, { text: `${cell.text} ` })
    if (name !== 'td' && name !== 'th') return
    const columns = spanOf(attributes.colspan, MOST_COLUMNS)
    cell = { text: '', columns, rows: spanOf(attributes.rowspan, MOST_ROWS_OF_A_CELL) }
    rows.at(-1)?.cells.push(cell)
  }
  parser.onclosetag = (name) => {
    if (name === 'td' || name === 'th' || name === 'tr') cell = undefined
  }
  parser.ontext = (text) => {
    if (cell !== undefined) cell.text += text
  }
  // It passes over what is not well-formed.
  parser.onerror = () => parser.resume()
  parser.write(html).close()
  return spread(rows)
}

function spanOf(value: unknown, most: number): number {
  const span = Number(value)
  return Number.isSafeInteger(span) && span > 1 ? Math.min(span, most) : 1
}

/** The rows with each cell in its own column: one of several rows stands in each of them. */
function spread(rows: readonly Open[]): readonly Row[] {
  const going = new Map<number, { readonly text: string; left: number }>()
  return rows.map(({ cells, line }) => {
    const spread: string[] = []
    const fill = () => {
      for (let above = going.get(spread.length); above !== undefined; above = going.get(spread.length)) {
        above.left -= 1
        if (above.left === 0) going.delete(spread.length)
        spread.push(above.text)
      }
    }
    for (const cell of cells) {
      fill()
      if (spread.length > MOST_COLUMNS) break
      const text = withoutEmphasis(cell.text.replaceAll(/\s+/g, ' ')).trim()
      if (cell.rows > 1) going.set(spread.length, { text, left: cell.rows - 1 })
      spread.push(text, ...Array<string>(cell.columns - 1).fill(''))
    }
    fill()
    return { cells: spread, line }
  })
}

/** The first row heads a table, unless it has a number. */
function tableOf(rows: readonly Row[]): Table | undefined {
  const [first, ...rest] = rows
  if (first === undefined) return undefined
  const { cells, line } = first
  return cells.some((cell) => numberIn(cell) !== undefined)
    ? { header: cells.map(() => ''), line, rows }
    : { header: cells, line, rows: rest }
}
