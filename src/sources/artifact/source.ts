import type { FileHandle } from 'node:fs/promises'
import { fromBufferPromise, fromFdPromise, type Options, type ZipFile } from 'yauzl'
import { flaw } from './fault.ts'

/** The bytes of an archive, in any order. */
export type ArchiveSource = {
  readonly bytes: number
  /** Exactly so many bytes; an archive that ends before is at fault. */
  readonly read: (at: number, length: number) => Promise<Buffer>
  readonly open: () => Promise<ZipFile>
}

/** Raw names: what they mean is judged here. Sizes are counted here, too. */
const OPTIONS: Options = { autoClose: false, decodeStrings: false, validateEntrySizes: false }

export function inMemory(bytes: Uint8Array): ArchiveSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    bytes: buffer.byteLength,
    read: async (at, length) => {
      if (at < 0 || at + length > buffer.byteLength) throw flaw('structure')
      return buffer.subarray(at, at + length)
    },
    open: () => fromBufferPromise(buffer, OPTIONS),
  }
}

/** A file that stays open as long as it is read. */
export async function inFile(file: FileHandle): Promise<ArchiveSource> {
  const { size } = await file.stat()
  return {
    bytes: size,
    read: async (at, length) => {
      if (at < 0 || at + length > size) throw flaw('structure')
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
      if (bytesRead !== length) throw flaw('structure')
      return buffer
    },
    open: () => fromFdPromise(file.fd, OPTIONS),
  }
}
