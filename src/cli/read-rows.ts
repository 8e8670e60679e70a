import type { Reading } from '../core/evidence.ts'
import { asNamed } from '../sources/evidence.ts'
import type { RowsContent } from '../sources/rows/engine.ts'
import { columnsIn } from '../sources/rows/names.ts'
import type { RowsPlan } from '../sources/rows/plan.ts'
import { readRows } from '../sources/rows/read.ts'
import type { Asked } from './rows-asked.ts'

/** Larger ones the engine reads where they lie. */
const IN_MEMORY_BYTES = 8_000_000

type File = {
  readonly file: string
  readonly path: string
  readonly sha: string
  readonly content: RowsContent
}
type Read = { readonly format?: string } & Reading

/** A file by its content, or where it lies. */
export async function rowsContent(
  path: string,
  size: number,
  bytes: () => Promise<Uint8Array>,
): Promise<RowsContent> {
  return size <= IN_MEMORY_BYTES ? await bytes() : { file: path }
}

/** Rows as the gate counts them; where no dataset was named, the label says nothing. */
export async function readAsRows(
  { file, sha, content }: File,
  plan: RowsPlan,
  asked: Extract<Asked, { kind: 'rows' | 'entry' }>,
): Promise<Read> {
  const { format, reading } = await readRows(content, plan, { path: file, sha })
  if (asked.kind === 'entry') return asNamed({ format, reading }, asked.entry, asked.manifest)
  if (asked.named) return { format, ...reading }
  const measurements = reading.measurements.map(({ labels: { dataset: _, ...labels }, ...one }) => ({
    ...one,
    labels,
  }))
  return { format, ...reading, measurements }
}

/** That nothing says which column is what, with the columns that there are; or why even those are not known. */
export async function readColumns({ file, content }: File): Promise<Read> {
  const found = await columnsIn(content)
  const fault =
    'columns' in found
      ? ({ code: 'bad_rows', flaw: 'columns_unnamed', found: found.columns } as const)
      : found
  const format = 'columns' in found ? { format: 'rows' } : {}
  return { ...format, measurements: [], records: [], problems: [{ path: file, ...fault }] }
}
