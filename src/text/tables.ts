import type { Row, Table } from '../core/passage.ts'
import { withoutEmphasis } from './inline.ts'

/** So many columns of a table are read. */
export const MOST_COLUMNS = 200

type Open = { readonly header: readonly string[]; readonly line: number; readonly rows: Row[] }

/** The tables of the lines of a Markdown text that are shown. */
export function tablesOf(lines: readonly string[]): readonly Table[] {
  const tables: Open[] = []
  let open: Open | undefined
  for (const [index, line] of lines.entries()) {
    if (!line.includes('|')) open = undefined
    else if (open !== undefined) open.rows.push({ cells: cellsOf(line), line: index + 1 })
    else if (isDivider(lines[index + 1] ?? '')) {
      open = { header: cellsOf(line), line: index + 1, rows: [] }
      tables.push(open)
    }
  }
  return tables.map(({ rows, ...table }) => ({ ...table, rows: rows.slice(1) }))
}

/** The lines of a text; those of fenced code and its fences are empty, as far as no block around them ends a fence. */
export function outsideFences(text: string): readonly string[] {
  let fence: string | undefined
  return text.split(/\r?\n/).map((line) => {
    const [, mark = '', info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (fence === undefined) {
      // ```` ```code``` ```` is code within a line.
      if (mark === '' || (mark.startsWith('`') && info.includes('`'))) return line
      fence = mark
    } else if (mark.startsWith(fence) && info.trim() === '') fence = undefined
    return ''
  })
}

/** Whether a table has more columns than are read. */
export function isTooWide(tables: readonly Table[]): boolean {
  return tables.some(({ header, rows }) =>
    [header, ...rows.map(({ cells }) => cells)].some(({ length }) => length > MOST_COLUMNS),
  )
}

/** The lines, 1-based, on which tables stand. */
export function linesOfTables(tables: readonly Table[]): ReadonlySet<number> {
  return new Set(tables.flatMap(({ line, rows }) => [line, line + 1, ...rows.map((row) => row.line)]))
}

function isDivider(line: string): boolean {
  const cells = cellsOf(line)
  return line.includes('-') && cells.length > 1 && cells.every((cell) => /^:?-+:?$/.test(cell))
}

function cellsOf(line: string): readonly string[] {
  const quoted = /^(?:\s*>)*/.exec(line)?.[0].length ?? 0
  const inner = line.slice(quoted).trim().replace(/^\|/, '').replace(/\|$/, '')
  return inner
    .split('|')
    .slice(0, MOST_COLUMNS + 1)
    .map((cell) => withoutEmphasis(cell).trim())
}
