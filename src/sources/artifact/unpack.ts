import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import type { ArchiveEntry } from './entries.ts'
import { ArchiveFault, flaw } from './fault.ts'
import type { ArchiveSource } from './source.ts'

const CHUNK = 64 * 1024

/**
 * Unpacks one entry into a sink, and no more than `limit` bytes whatever the entry says of itself. Resolves only if
 * all of its bytes were needed, and what came out has the length and the checksum that it says.
 */
export async function unpack(
  source: ArchiveSource,
  entry: ArchiveEntry,
  limit: number,
  sink: (chunk: Uint8Array) => void,
): Promise<void> {
  const beyond = (): ArchiveFault =>
    new ArchiveFault({ code: 'unpacks_beyond', entry: entry.path.slice(0, 200), limit })
  if (entry.bytes > limit) throw beyond()
  let bytes = 0
  let crc = 0
  const take = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength
      if (bytes > limit) throw beyond()
      crc = crc32(chunk, crc)
      sink(chunk)
    }
  }
  if (entry.deflated) await inflated(source, entry, take)
  else await take(packedBytes(source, entry))
  if (bytes !== entry.bytes) throw flaw('size', entry.path)
  if (crc !== entry.crc) throw flaw('checksum', entry.path)
}

async function inflated(
  source: ArchiveSource,
  entry: ArchiveEntry,
  take: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const inflate = createInflateRaw()
  try {
    await pipeline(packedBytes(source, entry), inflate, take)
  } catch (error) {
    const ofZlib = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
    throw ofZlib ? flaw('data', entry.path) : error
  }
  // Bytes after the end of the compressed data are read by nobody, or by somebody else.
  if (inflate.bytesWritten !== entry.packed) throw flaw('stray_bytes', entry.path)
}

async function* packedBytes(source: ArchiveSource, { data, packed }: ArchiveEntry): AsyncGenerator<Buffer> {
  for (let at = 0; at < packed; at += CHUNK) yield source.read(data + at, Math.min(CHUNK, packed - at))
}
