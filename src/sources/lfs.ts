import { createHash } from 'node:crypto'
import type { Reading } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import type { Problem } from '../core/problem.ts'
import { type Pointer, pointerIn } from '../text/lfs.ts'
import { MAX_BLOB_BYTES } from './files.ts'
import type { Lfs, LfsContent } from './repository.ts'

/** A pointer that is followed; undefined for any other file, whose own bytes are what is read. */
export function followed(bytes: Uint8Array): Pointer | undefined {
  const pointer = pointerIn(Buffer.from(bytes).toString('utf8'), bytes.length)
  return pointer !== undefined && 'oid' in pointer ? pointer : undefined
}

/** A content that is exactly what the pointer promises; nothing else was committed. */
export function asPromised({ oid, bytes }: Pointer, content: Uint8Array): LfsContent {
  const seen = createHash('sha256').update(content).digest('hex')
  return seen === oid && content.length === bytes
    ? { content }
    : { fault: { code: 'lfs_differs', declared: { oid, bytes }, seen: { oid: seen, bytes: content.length } } }
}

/** What a pointer stands for; what is larger than any evidence is not fetched. Throws what the Lfs throws. */
export async function fetchedBy(lfs: Lfs, pointer: Pointer): Promise<LfsContent> {
  const { bytes } = pointer
  return bytes > MAX_BLOB_BYTES
    ? { fault: { code: 'too_large', bytes, limit: MAX_BLOB_BYTES } }
    : await lfs(pointer)
}

type Read = { readonly format?: string; readonly reading: Reading }

/**
 * What is read by way of a pointer, whose own blob it bears: the lines are those of no file in the commit,
 * so that they are left out.
 */
export async function readByPointer(
  lfs: Lfs,
  pointer: Pointer,
  path: string,
  read: (content: Uint8Array) => Promise<Read>,
): Promise<Read> {
  const fetched = await fetchedBy(lfs, pointer)
  if ('fault' in fetched)
    return { reading: { measurements: [], records: [], problems: [{ path, ...fetched.fault }] } }
  const { format, reading } = await read(fetched.content)
  return { ...(format && { format }), reading: withoutLines(reading) }
}

function withoutLines({ measurements, records, problems }: Reading): Reading {
  return {
    measurements: measurements.map((one) => ({ ...one, source: unlined(one.source) })),
    records: records.map((one) => ({ ...one, source: unlined(one.source) })),
    problems: problems.map(({ line: _, column: __, ...problem }): Problem => problem),
  }
}

function unlined({ line: _, ...source }: Measurement['source']): Measurement['source'] {
  return source
}
