import { gunzipSync, inflateSync } from 'node:zlib'

/** More than this is not unpacked, as files that are larger are not read. */
export const MAX_UNPACKED_BYTES = 64 * 1024 * 1024
/** A stream of a few bytes may be any length: numbers of a model seldom shrink to so small a part. */
const [MOST_TIMES, LEAST_BYTES] = [16, 4 * 1024 * 1024]

function limitOf({ length }: Uint8Array): number {
  return Math.min(MAX_UNPACKED_BYTES, Math.max(LEAST_BYTES, MOST_TIMES * length))
}

/** What a stream of gzip or zlib holds, as whoever loads it reads it on. */
export type Unpacked =
  | {
      readonly kind: 'content'
      readonly bytes: Uint8Array
      /** Where it ends; behind the last one of streams of gzip that follow each other. */
      readonly end: number
    }
  /** Packed otherwise, which nothing here reads: bzip2, xz, lzma, lz4, zstd. */
  | { readonly kind: 'other' }
  | { readonly kind: 'too_large' }
  /** Cut off, changed, or followed by what is none: who loads it has run what came before when that is found out. */
  | { readonly kind: 'broken' }

/** Unpacks a whole stream, never beyond `limit`, and checks its sum. RFC 1950 and 1952. */
export function unpack(bytes: Uint8Array, limit = limitOf(bytes)): Unpacked {
  const read = isGzip(bytes) ? gunzipSync : isZlib(bytes) ? inflateSync : undefined
  if (read === undefined) return { kind: 'other' }
  try {
    const found: unknown = read(bytes, { maxOutputLength: limit, info: true })
    return isInfo(found)
      ? { kind: 'content', bytes: found.buffer, end: found.engine.bytesWritten }
      : { kind: 'broken' }
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return { kind: isTooLarge ? 'too_large' : 'broken' }
  }
}

/** Whether these begin a stream of gzip. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Whether these begin a stream of zlib, of any window and level: RFC 1950, 2.2. */
export function isZlib([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0
}

/** What `info` adds, which the types of Node leave out. */
function isInfo(
  found: unknown,
): found is { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } } {
  return (
    typeof found === 'object' &&
    found !== null &&
    'buffer' in found &&
    found.buffer instanceof Uint8Array &&
    'engine' in found &&
    typeof found.engine === 'object' &&
    found.engine !== null &&
    'bytesWritten' in found.engine &&
    typeof found.engine.bytesWritten === 'number'
  )
}

/** The name of what is packed: `model.pkl` of `model.pkl.gz`. */
export function nameWithin(name: string): string {
  return name.replace(/\.(?:gz|gzip|z|zlib)$/i, '')
}
