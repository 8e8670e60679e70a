import { open } from 'node:fs/promises'
import type { Fault } from '../../core/problem.ts'
import { namesIn, placesOf } from './columns.ts'
import type { Engine, RowsContent } from './engine.ts'
import { HEAD_BYTES, type Shape, shapeOf } from './shape.ts'
import { fileSql, headerSql, type Places } from './sql.ts'

/** A file as the source of a query, and where the wanted columns are in it; or why that is not known. */
export type Opened =
  | { readonly source: string; readonly places: Places }
  | { readonly faults: readonly Fault[] }

/** Finds the wanted columns of one of the engine's files by their names. */
export async function openFile(
  engine: Engine,
  file: string,
  content: RowsContent,
  wanted: readonly string[],
): Promise<Opened> {
  const shape = await shapeIn(content)
  const header = headerSql(file, shape)
  const names = header === undefined ? wanted : namesIn(await engine.all(header), shape)
  if (names.length === 0) return { faults: [{ code: 'bad_rows', flaw: 'no_rows' }] }
  const { places, faults } = placesOf(wanted, names)
  return faults.length > 0 ? { faults } : { source: fileSql(file, shape, names), places }
}

/** The shape of a file by its first bytes. */
export async function shapeIn(content: RowsContent): Promise<Shape> {
  return shapeOf(await headOf(content))
}

async function headOf(content: RowsContent): Promise<Uint8Array> {
  if (!('file' in content)) return content.subarray(0, HEAD_BYTES)
  const file = await open(content.file)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
