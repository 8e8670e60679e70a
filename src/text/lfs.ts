import type { PointerFlaw } from '../core/problem.ts'

/** What a Git LFS pointer stands for: a content by its sha256, in hexadecimal, and its size. */
export type Pointer = { readonly oid: string; readonly bytes: number }

/** A pointer is shorter. */
export const MAX_POINTER_BYTES = 1024

/** How every version of the format begins, today's and the first one's. */
const BEGINS = /^version https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\//

/**
 * A file as a Git LFS pointer; undefined for what does not begin as one. Only the one form that git-lfs writes is
 * believed: with an extension the object is not the file's content, and two readers could see two objects in
 * any other. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
export function pointerIn(text: string, size: number): Pointer | { readonly flaw: PointerFlaw } | undefined {
  if (size > MAX_POINTER_BYTES || !BEGINS.test(text)) return undefined
  const [version, oid = '', bytes = '', ...rest] = text
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '')
    .split('\n')
  if (version !== 'version https://git-lfs.github.com/spec/v1') return { flaw: 'version' }
  if (/^ext-/.test(oid)) return { flaw: 'extension' }
  if (rest.length > 0 || !oid.startsWith('oid ') || !bytes.startsWith('size ')) return { flaw: 'keys' }
  if (!/^oid sha256:[0-9a-f]{64}$/.test(oid)) return { flaw: 'oid' }
  if (!/^size (?:0|[1-9]\d{0,14})$/.test(bytes)) return { flaw: 'size' }
  return { oid: oid.slice('oid sha256:'.length), bytes: Number(bytes.slice('size '.length)) }
}
