import { CsvError, parse } from 'csv-parse/sync'
import type { Problem } from '../core/problem.ts'
import type { Row } from './content.ts'
import { MAX_PROBLEMS } from './pointer.ts'

const MAX_ROWS = 200_000
const MAX_COLUMNS = 2000
const MAX_RECORD = 1_000_000

/** A table as text cells; `line` of a row is where it ends, counting all lines of the file. */
export type Table = {
  readonly header: readonly string[]
  readonly rows: readonly Row[]
  readonly problems: readonly Problem[]
}

/**
 * CSV (RFC 4180) or TSV whose first row is the header. A row of another length is a problem and left out; with
 * a broken quote, a header name twice, or more rows than are read, there are no rows at all.
 */
export function parseCsv(text: string, path: string, delimiter: ',' | '\t'): Table {
  const problems: Problem[] = []
  const records = recordsOf(text, path, delimiter, problems)
  const header = records[0]?.cells ?? []
  if (records.length - 1 > MAX_ROWS) problems.push({ path, code: 'too_many', limit: MAX_ROWS })
  if (header.length > MAX_COLUMNS) problems.push({ path, code: 'too_many', limit: MAX_COLUMNS })
  for (const key of new Set(header.filter((name, index) => header.indexOf(name) !== index))) {
    problems.push({ path, line: records[0]?.line ?? 1, code: 'duplicate_key', key: key.slice(0, 200) })
  }
  if (problems.length > 0) return { header: [], rows: [], problems: problems.slice(0, MAX_PROBLEMS) }

  const rows = records.slice(1).filter(({ line, cells }) => {
    if (cells.length === header.length) return true
    const detail = `the row has ${cells.length} cells, and the header ${header.length}`
    if (problems.length < MAX_PROBLEMS) problems.push({ path, line, code: 'syntax', detail })
    return false
  })
  return { header, rows, problems }
}

function recordsOf(text: string, path: string, delimiter: string, problems: Problem[]): readonly Row[] {
  const rows: Row[] = []
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_RECORD,
      to: MAX_ROWS + 2,
      on_record: (cells: string[], { lines }) => {
        rows.push({ line: lines, cells })
        return null
      },
    })
    return rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? { line: error.lines } : {}
    problems.push({
      path,
      ...line,
      code: 'syntax',
      detail: error.message.replaceAll(/\s+/g, ' ').slice(0, 200),
    })
    return []
  }
}
