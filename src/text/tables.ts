import type { Row, Table } from '../core/passage.ts'
import { withoutEmphasis } from './inline.ts'

/** So many columns of a table are read. */
export const MOST_COLUMNS = 200

type Open = { readonly header: readonly string[]; readonly line: number; readonly rows: Row[] }

/** The tables of a Markdown text, outside fences. */
export function tablesOf(text: string): readonly Table[] {
  const lines = outsideFences(text)
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

/** The lines of a text; those of fenced code and its fences are empty. */
export function outsideFences(text: string): readonly string[] {
  let fence: string | undefined
  return text.split(/\r?\n/).map((line) => {
    const mark = /^ {0,3}(```+|~~~+)/.exec(line)?.[1]
    if (mark === undefined || (fence !== undefined && !mark.startsWith(fence)))
      return fence === undefined ? line : ''
    fence = fence === undefined ? mark : undefined
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
export function linesOfTables(text: string): ReadonlySet<number> {
  return new Set(tablesOf(text).flatMap(({ line, rows }) => [line, line + 1, ...rows.map((row) => row.line)]))
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
