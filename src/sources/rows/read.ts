import type { Reading } from '../../core/evidence.ts'
import type { Fault, Problem } from '../../core/problem.ts'
import { decode } from '../../text/decode.ts'
import { MAX_POINTER_BYTES } from '../../text/lfs.ts'
import {
  type Engine,
  ROWS_LIMITS,
  type Row,
  type RowsContent,
  RowsError,
  type RowsLimits,
  withRows,
} from './engine.ts'
import { foundIn } from './found.ts'
import { lineFault } from './line-fault.ts'
import { FORMAT, measurementsOf, unmeasuredOf } from './measure.ts'
import { openFile, shapeIn } from './open.ts'
import { columnsOf, type RowsPlan } from './plan.ts'
import { countsSql, viewSql } from './sql.ts'
import { type Counted, type CountRow, tally } from './tally.ts'

type Place = { readonly path: string; readonly sha: string }
export type ReadRows = { readonly format: string; readonly reading: Reading }

/** Rows as facts: counts and what follows from them, never a row. A fault of the file is a problem. */
export async function readRows(
  content: RowsContent,
  plan: RowsPlan,
  place: Place,
  limits: RowsLimits = ROWS_LIMITS,
): Promise<ReadRows> {
  const reading = async (): Promise<Partial<Reading> | readonly Fault[]> => {
    const bare = content instanceof Uint8Array ? bareFault(content, place.path) : undefined
    if (bare !== undefined) return { problems: [bare] }
    return await withRows([content], (engine) => read(engine, content, plan, place), limits)
  }
  const found = await reading().catch(async (error: unknown): Promise<readonly Fault[]> => {
    if (!(error instanceof RowsError)) throw error
    const line = error.flaw === 'unreadable' ? await lineFault(content, await shapeIn(content)) : undefined
    return [line ?? { code: 'bad_rows', flaw: error.flaw }]
  })
  const rest = Array.isArray(found)
    ? { problems: found.map((fault: Fault) => ({ path: place.path, ...fault })) }
    : found
  return { format: FORMAT, reading: { measurements: [], records: [], problems: [], ...rest } }
}

/** What a file is that holds nothing, or only says where its content lies. */
function bareFault(content: Uint8Array, path: string): Problem | undefined {
  if (content.byteLength > MAX_POINTER_BYTES) return undefined
  const decoded = decode(content, path)
  if (!('problem' in decoded)) return undefined
  return decoded.problem.code === 'lfs_pointer' || decoded.problem.code === 'empty_file'
    ? decoded.problem
    : undefined
}

async function read(
  engine: Engine,
  content: RowsContent,
  plan: RowsPlan,
  place: Place,
): Promise<Partial<Reading> | readonly Fault[]> {
  const counted = await countIn(engine, { index: 0, view: 'rows' }, content, plan)
  if ('faults' in counted) return counted.faults
  const found = await foundIn(engine, plan, counted)
  const unmeasured = unmeasuredOf(plan, counted, found)
  return {
    measurements: measurementsOf(plan, counted, found, place),
    ...(unmeasured.length > 0 && { unmeasured }),
  }
}

/** Makes a view of one of the engine's files, and counts its rows; or why that cannot be done. */
export async function countIn(
  engine: Engine,
  { index, view }: { readonly index: number; readonly view: string },
  content: RowsContent,
  plan: RowsPlan,
): Promise<Counted | { readonly faults: readonly Fault[] }> {
  const opened = await openFile(engine, engine.files[index] ?? '', content, columnsOf(plan))
  if ('faults' in opened) return opened
  await engine.run(viewSql(view, opened.source, plan, opened.places))
  const rows = await engine.all(countsSql(plan, view), { threshold: plan.threshold ?? 0 })
  return tally(
    plan,
    rows.map((row) => countRow(row, plan)),
  )
}

/** A row of `countsSql` as it is tallied. */
function countRow(row: Row, plan: RowsPlan): CountRow {
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  return {
    ...{ l: text(row.l), p: text(row.p), above: row.above === null ? null : row.above === true },
    ...{ n: Number(row.n), unscored: Number(row.unscored), loose: Number(row.loose) },
    groups: plan.groups.map((_, index) => text(row[`g${index}`])),
    bad: Object.keys(plan.values).map((_, index) => Number(row[`bad${index}`])),
  }
}
