import { closeSync, openSync, readSync } from 'node:fs'
import type { Pieces } from '../text/source.ts'
import { UsageError } from './world.ts'

const PIECE_BYTES = 1024 * 1024

/**
 * A file in pieces, each of which is written over the one before it; read synchronously, because readers wait for
 * nothing. `seen` is told how many bytes went by. Throws UsageError where the file has become shorter.
 */
export function filePieces(path: string, size: number, seen: (bytes: number) => void): Pieces {
  return {
    size,
    pieces: function* () {
      const file = openSync(path, 'r')
      try {
        const buffer = Buffer.allocUnsafe(PIECE_BYTES)
        for (let at = 0; at < size; ) {
          const bytes = readSync(file, buffer, 0, Math.min(PIECE_BYTES, size - at), at)
          if (bytes === 0) throw new UsageError('a file became shorter while it was read: read it again')
          at += bytes
          seen(bytes)
          yield buffer.subarray(0, bytes)
        }
      } finally {
        closeSync(file)
      }
    },
  }
}
