import { createHash } from 'node:crypto'
import type { Problem } from '../../core/problem.ts'
import { type ArchiveEntry, entriesOf } from './entries.ts'
import { faultOf } from './fault.ts'
import { type ArchiveLimits, LIMITS } from './limits.ts'
import type { ArchiveSource } from './source.ts'
import { unpack } from './unpack.ts'

/** What is asked of a file: its content, or only its digest, which takes no memory. */
export type Asked = ReadonlyMap<string, 'content' | 'digest'>

/** What is asked of an archive once it is known what is in it. */
export type Choose = (entries: Archive['entries']) => Asked

export type ArchivedFile = {
  readonly bytes: number
  /** Of the unpacked file, in hexadecimal. */
  readonly sha256: string
  readonly content?: Uint8Array
}

export type Archive = {
  /** Every file by path with the length that it says; those that were unpacked have it. Folders are left out. */
  readonly entries: readonly { readonly path: string; readonly bytes: number }[]
  /** What was asked for and is there. */
  readonly files: ReadonlyMap<string, ArchivedFile>
  /** What was asked for and is not. */
  readonly problems: readonly Problem[]
}

/**
 * Reads a ZIP that anybody may have made: all of it is believed or none, and only what is asked for is unpacked.
 * A fault of the archive is a problem at `path`; a disk that fails is thrown.
 */
export async function readArchive(
  source: ArchiveSource,
  path: string,
  asked: Asked | Choose,
  limits: ArchiveLimits = LIMITS,
): Promise<Archive | { readonly problem: Problem }> {
  try {
    const entries = (await entriesOf(source, limits)).filter((entry) => !entry.path.endsWith('/'))
    const listed = entries.map(({ path, bytes }) => ({ path, bytes }))
    const wanted = typeof asked === 'function' ? asked(listed) : asked
    return {
      entries: listed,
      files: await filesOf(source, entries, wanted, limits),
      problems: [...wanted.keys()]
        .filter((name) => !entries.some((entry) => entry.path === name))
        .map((file) => ({ path, code: 'not_in_archive', file })),
    }
  } catch (error) {
    return { problem: { path, ...faultOf(error) } }
  }
}

async function filesOf(
  source: ArchiveSource,
  entries: readonly ArchiveEntry[],
  asked: Asked,
  limits: ArchiveLimits,
): Promise<ReadonlyMap<string, ArchivedFile>> {
  const files = new Map<string, ArchivedFile>()
  let [held, unpacked] = [limits.held, limits.unpacked]
  for (const entry of entries) {
    const what = asked.get(entry.path)
    if (what === undefined) continue
    const content = what === 'content'
    const dense = Math.max(limits.free, limits.ratio * entry.packed)
    const limit = Math.min(dense, unpacked, ...(content ? [limits.content, held] : []))
    const hash = createHash('sha256')
    const chunks: Uint8Array[] = []
    await unpack(source, entry, limit, (chunk) => {
      hash.update(chunk)
      if (content) chunks.push(chunk)
    })
    unpacked -= entry.bytes
    if (content) held -= entry.bytes
    files.set(entry.path, {
      bytes: entry.bytes,
      sha256: hash.digest('hex'),
      ...(content && { content: Buffer.concat(chunks) }),
    })
  }
  return files
}
