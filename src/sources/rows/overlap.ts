import type { Fault } from '../../core/problem.ts'
import { type Engine, ROWS_LIMITS, type RowsContent, RowsError, type RowsLimits, withRows } from './engine.ts'
import { lineFault } from './line-fault.ts'
import { openFile, shapeIn } from './open.ts'

/** Rows of a dataset, or their digests, and the columns by which one is known. */
export type KeyedRows = { readonly content: RowsContent; readonly key: readonly string[] }

/**
 * How many different rows of one file are in another, by their keys as text. A row without a key is in none. What is
 * wrong with a file is a fault, with its place among the two.
 */
export async function sharedRows(
  one: KeyedRows,
  other: KeyedRows,
  limits: RowsLimits = ROWS_LIMITS,
): Promise<{ readonly shared: number } | { readonly of: 0 | 1; readonly fault: Fault }> {
  try {
    return await withRows([one.content, other.content], (engine) => shared(engine, [one, other]), limits)
  } catch (error) {
    if (!(error instanceof RowsError)) throw error
    if (error.flaw === 'unreadable') {
      for (const [of, { content }] of [
        [0, one],
        [1, other],
      ] as const) {
        const fault = await lineFault(content, await shapeIn(content))
        if (fault !== undefined) return { of, fault }
      }
    }
    return { of: 0, fault: { code: 'bad_rows', flaw: error.flaw } }
  }
}

async function shared(engine: Engine, both: readonly [KeyedRows, KeyedRows]) {
  const sides: string[] = []
  for (const [index, { content, key }] of both.entries()) {
    const opened = await openFile(engine, engine.files[index] ?? '', content, key)
    if ('faults' in opened) {
      const [fault] = opened.faults
      return { of: index === 0 ? 0 : 1, fault: fault ?? { code: 'bad_rows', flaw: 'unreadable' } } as const
    }
    const places = key.map((name) => `c${opened.places.get(name) ?? 'none'}`)
    const filled = places.map((place) => `${place} IS NOT NULL`).join(' AND ')
    sides.push(
      `SELECT ${places.map((place) => `CAST(${place} AS VARCHAR)`).join(', ')} FROM ${opened.source} WHERE ${filled}`,
    )
  }
  const [row] = await engine.all(`SELECT count(*) AS n FROM (${sides.join(' INTERSECT ')})`)
  return { shared: Number(row?.n ?? Number.NaN) }
}
