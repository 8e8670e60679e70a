import type { Fault } from '../../core/problem.ts'
import { quickJson } from '../../text/quick-json.ts'
import { namesIn } from './columns.ts'
import { type Engine, ROWS_LIMITS, type RowsContent, RowsError, type RowsLimits, withRows } from './engine.ts'
import { lineFault } from './line-fault.ts'
import { shapeIn } from './open.ts'
import type { Shape } from './shape.ts'
import { firstSql, headerSql } from './sql.ts'

/** A person reads no more of them. */
const MOST = 50

/** The names of a file's columns, of JSON lines those of the first; or why they are not known. */
export async function columnsIn(
  content: RowsContent,
  limits: RowsLimits = ROWS_LIMITS,
): Promise<{ readonly columns: readonly string[] } | Fault> {
  const shape = await shapeIn(content)
  try {
    const names = await withRows([content], (engine) => namesOf(engine, shape), limits)
    return names.length === 0
      ? { code: 'bad_rows', flaw: 'no_rows' }
      : { columns: names.slice(0, MOST).map((name) => name.slice(0, 100)) }
  } catch (error) {
    if (!(error instanceof RowsError)) throw error
    return (await lineFault(content, shape)) ?? { code: 'bad_rows', flaw: error.flaw }
  }
}

async function namesOf(engine: Engine, shape: Shape): Promise<readonly string[]> {
  const [file = ''] = engine.files
  const header = headerSql(file, shape)
  if (header !== undefined) return namesIn(await engine.all(header), shape)
  const [row] = await engine.all(firstSql(file, shape))
  const first = typeof row?.json === 'string' ? quickJson(row.json) : undefined
  return typeof first === 'object' && first !== null ? Object.keys(first) : []
}
