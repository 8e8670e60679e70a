import { unzipSync } from 'fflate'

/** How much of an archive is believed and unpacked, in bytes. */
const MAX_ENTRIES = 20_000
const MAX_ENTRY_BYTES = 64 * 1024 * 1024
const MAX_RATIO = 500

/** An archive's entries by name, which is never used as a path; `read` gives undefined for one that can't be believed. */
export type Zip = {
  readonly names: readonly string[]
  readonly read: (name: string) => Uint8Array | undefined
}

/** ZIP files begin with a local header (APPNOTE.TXT 4.3.7). */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

/** An archive whose list of entries could be read; undefined where it could not. Nothing is unpacked before it is asked for. */
export function openZip(bytes: Uint8Array): Zip | undefined {
  const sizes = new Map<string, number[]>()
  let entries = 0
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize, size }) => {
        entries += 1
        // However many a hostile end says there are, it is asked for each of them.
        if (entries > MAX_ENTRIES) throw new RangeError('more entries than are read')
        const believed = originalSize <= MAX_ENTRY_BYTES && originalSize <= Math.max(1, size) * MAX_RATIO
        sizes.set(name, [...(sizes.get(name) ?? []), believed ? originalSize : -1])
        return false
      },
    })
  } catch {
    return undefined
  }
  return {
    names: [...sizes.keys()],
    read: (name) => {
      const [size, second] = sizes.get(name) ?? []
      // A name that is there twice says nothing of which one is meant.
      if (size === undefined || size < 0 || second !== undefined) return undefined
      try {
        const content = unzipSync(bytes, { filter: (entry) => entry.name === name })[name]
        return content?.byteLength === size ? content : undefined
      } catch {
        return undefined
      }
    },
  }
}

const [END, END_BYTES, LOCATOR, LOCATOR_BYTES] = [0x06054b50, 22, 0x07064b50, 20]
const [END64, END64_BYTES, LISTED, LISTED_BYTES] = [0x06064b50, 56, 0x02014b50, 46]

/**
 * Whether every reader finds the same list of entries: one at the end of the file, without a comment, of as many entries
 * as it says, and a second end of ZIP64 only if it says the same. Readers of Python take the list that stands before its
 * end, as far as its size goes, and prefer ZIP64; others go by its place and its count. APPNOTE.TXT 4.3.12 to 4.3.16.
 */
export function isStraight(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.byteLength - END_BYTES
  if (end < 0 || view.getUint32(end, true) !== END || view.getUint16(end + 20, true) !== 0) return false
  const list = {
    count: view.getUint16(end + 10, true),
    size: view.getUint32(end + 12, true),
    start: view.getUint32(end + 16, true),
  }
  const locator = end - LOCATOR_BYTES
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR) return isListed(view, list, end)
  const at = locator - END64_BYTES
  if (at < 0 || view.getUint32(at, true) !== END64 || Number(view.getBigUint64(locator + 8, true)) !== at)
    return false
  const wide = {
    count: Number(view.getBigUint64(at + 32, true)),
    size: Number(view.getBigUint64(at + 40, true)),
    start: Number(view.getBigUint64(at + 48, true)),
  }
  const same =
    [0xffff, wide.count].includes(list.count) &&
    [0xffffffff, wide.size].includes(list.size) &&
    [0xffffffff, wide.start].includes(list.start)
  return same && isListed(view, wide, at)
}

type List = { readonly count: number; readonly size: number; readonly start: number }

/** Entry behind entry from the start of the list to its end, and as many as it has. */
function isListed(view: DataView, { count, size, start }: List, end: number): boolean {
  if (start + size !== end) return false
  let at = start
  for (let index = 0; index < count; index += 1) {
    if (at + LISTED_BYTES > end || view.getUint32(at, true) !== LISTED) return false
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true))
    at += lengths.reduce((sum, length) => sum + length, LISTED_BYTES)
  }
  return at === end
}
