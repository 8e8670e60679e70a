import sax from 'sax'
import type { Table } from '../core/passage.ts'
import { type HtmlRow, tablesFrom } from './html-rows.ts'
import { shownCell, withoutNotes } from './inline.ts'
import { MOST_COLUMNS } from './tables.ts'

/** A closing tag is looked for among all that are open: more than this are no table. */
const MOST_TAGS = 10_000
/** Of all tables of a document, with each cell counted in all rows and columns that it spans. */
const MOST_CELLS = 20_000
const MOST_ROWS_OF_A_CELL = 1000
/** What is struck out is taken back. */
const STRUCK = /^(?:del|s|strike)$/
/** Longer is no name and no number. */
const MOST_OF_CELL = 400

/** The tables in HTML of the lines of a text that are shown; and whether there was more than is read. */
export function htmlTablesOf(lines: readonly string[]): {
  readonly tables: readonly Table[]
  readonly isCut: boolean
} {
  const parts = writtenIn(withoutNotes(lines.join('\n')))
  const tags = parts.reduce((sum, { html }) => sum + (html.match(/</g)?.length ?? 0), 0)
  if (tags > MOST_TAGS) return { tables: [], isCut: true }
  const tables: Table[] = []
  let left = MOST_CELLS
  for (const { html, line } of parts)
    for (const { rows, caption } of cellsIn(html, line)) {
      const spread: HtmlRow[] = []
      for (const row of inColumns(rows)) {
        left -= row.cells.length + 1
        if (left < 0) return { tables, isCut: true }
        spread.push(row)
      }
      tables.push(...tablesFrom(spread, caption))
    }
  return { tables, isCut: false }
}

/** What stands from a `<table>` to the end of it and of those in it, and on which line, 1-based, it begins. */
function writtenIn(shown: string): readonly { readonly html: string; readonly line: number }[] {
  const written: { readonly html: string; readonly line: number }[] = []
  let [line, counted, open, depth] = [1, 0, 0, 0]
  const take = (end: number) => {
    line += shown.slice(counted, open).split('\n').length - 1
    counted = open
    written.push({ html: shown.slice(open, end), line })
  }
  for (const { 0: tag, index } of shown.matchAll(/<table(?=[\s>])|<\/table\s*>/gi)) {
    if (!tag.startsWith('</')) {
      if (depth === 0) open = index
      depth += 1
    } else if (depth > 0) {
      depth -= 1
      if (depth === 0) take(index + tag.length)
    }
  }
  if (depth > 0) take(shown.length)
  return written
}

type Cell = { text: string; readonly isHead: boolean; readonly columns: number; readonly rows: number }
type Open = { readonly cells: Cell[]; readonly line: number }
/** A table that is open: what stands in a table within it is none of its own. */
type Level = { readonly rows: Open[]; cell: Cell | undefined; caption: string; isCaption: boolean }

/** The rows of each table, one within another after it. */
function cellsIn(
  html: string,
  first: number,
): readonly { readonly rows: readonly Open[]; readonly caption: string }[] {
  const tables: Level[] = []
  const open: Level[] = []
  let struck = 0
  const parser = sax.parser(false, { lowercase: true, position: true })
  parser.onopentag = ({ name, attributes }) => {
    if (name === 'table') {
      const level: Level = { rows: [], cell: undefined, caption: '', isCaption: false }
      tables.push(level)
      open.push(level)
    }
    const level = open.at(-1)
    if (STRUCK.test(name)) struck += 1
    if (level === undefined) return
    if (name === 'caption') level.isCaption = true
    if (name === 'tr') level.rows.push({ cells: [], line: first + parser.line })
    if (name === 'tr') level.cell = undefined
    if (name === 'br' && level.cell) level.cell.text += ' '
    if (name !== 'td' && name !== 'th') return
    const [columns, rows] = [
      spanOf(attributes.colspan, MOST_COLUMNS),
      spanOf(attributes.rowspan, MOST_ROWS_OF_A_CELL),
    ]
    level.cell = { text: '', isHead: name === 'th', columns, rows }
    level.rows.at(-1)?.cells.push(level.cell)
  }
  parser.onclosetag = (name) => {
    if (STRUCK.test(name)) struck -= 1
    if (name === 'table') open.pop()
    const level = open.at(-1)
    if (level && name === 'caption') level.isCaption = false
    if (level && (name === 'td' || name === 'th' || name === 'tr')) level.cell = undefined
  }
  parser.ontext = (text) => {
    const level = open.at(-1)
    const cell = level?.cell
    if (level?.isCaption && level.caption.length < MOST_OF_CELL) level.caption += text
    if (cell !== undefined && struck === 0 && cell.text.length < MOST_OF_CELL) cell.text += text
  }
  // It passes over what is not well-formed.
  parser.onerror = () => parser.resume()
  parser.write(html).close()
  return tables.map(({ rows, caption }) => ({ rows, caption: shownCell(caption.slice(0, MOST_OF_CELL)) }))
}

function spanOf(value: unknown, most: number): number {
  const span = Number(value)
  return Number.isSafeInteger(span) && span > 1 ? Math.min(span, most) : 1
}

/** The rows with each cell in its own column: one of several rows stands in each of them. */
function* inColumns(rows: readonly Open[]): Generator<HtmlRow> {
  const going = new Map<number, { readonly text: string; left: number }>()
  for (const { cells, line } of rows) {
    const spread: { text: string; isMore?: true }[] = []
    const fill = () => {
      for (let above = going.get(spread.length); above !== undefined; above = going.get(spread.length)) {
        above.left -= 1
        if (above.left === 0) going.delete(spread.length)
        spread.push({ text: above.text })
      }
    }
    for (const cell of cells) {
      fill()
      if (spread.length > MOST_COLUMNS) break
      const text = shownCell(cell.text.slice(0, MOST_OF_CELL))
      for (let column = 0; column < cell.columns; column += 1) {
        if (cell.rows > 1) going.set(spread.length, { text, left: cell.rows - 1 })
        spread.push({ text, ...(column > 0 && { isMore: true as const }) })
      }
    }
    fill()
    yield { cells: spread, line, isHead: cells.length > 0 && cells.every(({ isHead }) => isHead) }
  }
}
