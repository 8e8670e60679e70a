import type { Row, Table } from '../core/passage.ts'
import { numberIn } from './stated.ts'

/** A row of a table in HTML: `isHead` if all its own cells are heads. */
export type HtmlRow = {
  /** `isMore`: of a cell that spans several columns, in all but the first of them. */
  readonly cells: readonly { readonly text: string; readonly isMore?: true }[]
  readonly line: number
  readonly isHead: boolean
}

const MOST_HEADS = 3

/**
 * The rows of a table in HTML under their head. A row of one cell is the title of what follows, and begins another table;
 * heads that span several columns go together with what stands under them; a first row with a number heads nothing.
 */
export function tablesFrom(rows: readonly HtmlRow[], caption = ''): readonly Table[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length))
  const tables: { header: readonly string[]; line: number; rows: Row[]; title?: string }[] = []
  let title = caption === '' ? undefined : caption
  let [header, at]: [readonly string[] | undefined, number] = [undefined, 0]
  while (at < rows.length) {
    const row = rows[at]
    at += 1
    if (row === undefined || textsOf(row).length === 0) continue
    if (isTitle(row, width, header === undefined)) {
      title = [caption, textsOf(row)[0]].filter(Boolean).join(': ')
      if (header !== undefined) tables.push(opened(header, row.line, title))
      continue
    }
    if (header === undefined) {
      const heads = headsFrom(rows, at - 1)
      header = heads.length === 0 ? headOf(row) : merged(heads)
      tables.push(opened(header, row.line, title))
      if (heads.length > 0) {
        at += heads.length - 1
        continue
      }
    }
    tables
      .at(-1)
      ?.rows.push({ cells: row.cells.map(({ text, isMore }) => (isMore ? '' : text)), line: row.line })
  }
  return tables
}

function opened(header: readonly string[], line: number, title: string | undefined) {
  return { header, line, rows: [], ...(title !== undefined && { title }) }
}

function textsOf({ cells }: HtmlRow): readonly string[] {
  return cells.flatMap(({ text, isMore }) => (text === '' || isMore ? [] : [text]))
}

/** Above the head any row with one text; below it what spans the table. */
function isTitle(row: HtmlRow, width: number, isAbove: boolean): boolean {
  const [first] = row.cells
  const isSpanning = row.cells.length === 1 || row.cells.slice(1).every(({ isMore }) => isMore)
  const isOne = textsOf(row).length === 1 && first?.text !== '' && numberIn(first?.text) === undefined
  return width > 1 && isOne && (isAbove || isSpanning)
}

function hasNumber({ cells }: HtmlRow): boolean {
  return cells.some(({ text }) => numberIn(text) !== undefined)
}

/** The rows that head a table. */
function headsFrom(rows: readonly HtmlRow[], from: number): readonly HtmlRow[] {
  const heads: HtmlRow[] = []
  for (const row of rows.slice(from, from + MOST_HEADS)) {
    const above = heads.at(-1)
    const isMore = above?.cells.some((cell) => cell.isMore)
    if (hasNumber(row) || (above !== undefined && !row.isHead && !isMore)) break
    heads.push(row)
  }
  return heads
}

/** What stands over a column, from top to bottom, each text once. */
function merged(heads: readonly HtmlRow[]): readonly string[] {
  const [only, ...more] = heads
  if (only === undefined) return []
  if (more.length === 0) return only.cells.map(({ text, isMore }) => (isMore ? '' : text))
  const width = Math.max(...heads.map(({ cells }) => cells.length))
  return Array.from({ length: width }, (_, column) =>
    [...new Set(heads.map(({ cells }) => cells[column]?.text ?? ''))].join(' ').trim(),
  )
}

/** Without a head the first column of numbers is the one of values. */
function headOf({ cells }: HtmlRow): readonly string[] {
  const values = cells.findIndex(({ text }) => numberIn(text) !== undefined)
  return cells.map((_, column) => (column === values && column > 0 ? 'value' : ''))
}
