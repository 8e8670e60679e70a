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
  const sizes = new Map<string, number>()
  let entries = 0
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize, size }) => {
        entries += 1
        // However many a hostile end says there are, it is asked for each of them.
        if (entries > MAX_ENTRIES) throw new RangeError('more entries than are read')
        const believed = originalSize <= MAX_ENTRY_BYTES && originalSize <= Math.max(1, size) * MAX_RATIO
        // A name that is there twice says nothing of which one is meant.
        sizes.set(name, believed && !sizes.has(name) ? originalSize : -1)
        return false
      },
    })
  } catch {
    return undefined
  }
  return {
    names: [...sizes.keys()],
    read: (name) => {
      const size = sizes.get(name)
      if (size === undefined || size < 0) return undefined
      try {
        const content = unzipSync(bytes, { filter: (entry) => entry.name === name })[name]
        return content?.byteLength === size ? content : undefined
      } catch {
        return undefined
      }
    },
  }
}
