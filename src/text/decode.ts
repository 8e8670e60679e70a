import type { Problem } from '../core/problem.ts'

/** The largest file that is read at all. */
export const MAX_BYTES = 100 * 1024 * 1024

// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: at most 1024 bytes, `version` first, then keys in order.
const LFS_POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-[^\n]*\n)*oid (sha256:[0-9a-f]{64})\nsize (\d{1,15})\n?$/
const LFS_LIMIT = 1024

/** The text of a file: UTF-8 without its byte order mark, line ends as written; else what is wrong with it. */
export function decode(
  bytes: Uint8Array,
  path: string,
): { readonly text: string } | { readonly problem: Problem } {
  if (bytes.byteLength > MAX_BYTES) {
    return { problem: { path, code: 'too_large', bytes: bytes.byteLength, limit: MAX_BYTES } }
  }
  const text = utf8(bytes)
  if (text === undefined) return { problem: { path, code: 'not_utf8' } }
  if (!/\S/.test(text)) return { problem: { path, code: 'empty_file' } }
  const pointer = bytes.byteLength <= LFS_LIMIT ? LFS_POINTER.exec(text.replaceAll('\r\n', '\n')) : null
  if (pointer)
    return { problem: { path, code: 'lfs_pointer', oid: pointer[1] ?? '', bytes: Number(pointer[2]) } }
  return { text }
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
