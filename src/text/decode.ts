import type { Problem } from '../core/problem.ts'
import { pointerIn } from './lfs.ts'

/** The largest file that is read at all. */
export const MAX_BYTES = 100 * 1024 * 1024

/** The text of a file: UTF-8 without its byte order mark, line ends as written; else what is wrong with it. */
export function decode(
  bytes: Uint8Array,
  path: string,
): { readonly text: string } | { readonly problem: Problem } {
  if (bytes.byteLength > MAX_BYTES) {
    return { problem: { path, code: 'too_large', bytes: bytes.byteLength, limit: MAX_BYTES } }
  }
  const text = utf8(bytes)
  if (text === undefined)
    return { problem: { path, code: 'not_utf8', ...(isBinary(bytes) && { binary: true }) } }
  if (!/\S/.test(text)) return { problem: { path, code: 'empty_file' } }
  const pointer = pointerIn(text, bytes.byteLength)
  if (pointer === undefined) return { text }
  if ('flaw' in pointer) return { problem: { path, code: 'lfs_malformed', flaw: pointer.flaw } }
  return { problem: { path, code: 'lfs_pointer', oid: `sha256:${pointer.oid}`, bytes: pointer.bytes } }
}

function utf8(bytes: Uint8Array): string | undefined {
  // A NUL is valid UTF-8 and in no text; UTF-16 and most binary formats are full of them.
  if (bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** So much of a file tells what it is. */
const HEAD = 4096

/** Whether it has bytes of no text: a NUL that is not half of a letter, as in UTF-16. */
function isBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, HEAD)
  const [first, second] = head
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return false
  const even = head.filter((byte, index) => byte === 0 && index % 2 === 0).length
  const odd = head.filter((byte, index) => byte === 0 && index % 2 === 1).length
  // Text in letters of Europe has all of its NULs on one side, and about as many as letters.
  const isWide = Math.min(even, odd) === 0 && Math.max(even, odd) > head.length / 3
  return even + odd > 0 && !isWide
}
