import { flaw } from './fault.ts'
import type { ArchiveSource } from './source.ts'

/** Where the list of entries lies, and how many it has. */
export type Directory = { readonly start: number; readonly end: number; readonly entries: number }

const END = { signature: 0x06054b50, bytes: 22 }
const LOCATOR = { signature: 0x07064b50, bytes: 20 }
const END_64 = { signature: 0x06064b50, bytes: 56 }
const FULL_16 = 0xffff
const FULL_32 = 0xffffffff

/**
 * Finds the list of entries as each reader of ZIP must find it (APPNOTE.TXT 4.3.14 to 4.3.16): it ends where the
 * end record begins, and the end record ends the file. A comment, bytes after it, several disks, or a 64-bit record
 * that says something else than the 32-bit one would let two readers see two archives.
 */
export async function directoryOf(source: ArchiveSource): Promise<Directory> {
  if (source.bytes < END.bytes) throw flaw('no_zip')
  const at = source.bytes - END.bytes
  const end = await source.read(at, END.bytes)
  if (end.readUInt32LE(0) !== END.signature || end.readUInt16LE(20) !== 0) throw flaw('no_zip')
  const small = {
    disks: [end.readUInt16LE(4), end.readUInt16LE(6)],
    counts: [end.readUInt16LE(8), end.readUInt16LE(10)],
    size: end.readUInt32LE(12),
    start: end.readUInt32LE(16),
  }
  const big = await in64Bits(source, at)
  const found = big ?? { ...small, end: at }
  const whole =
    found.disks.every((disk) => disk === 0) &&
    found.counts[0] === found.counts[1] &&
    found.start + found.size === found.end
  const agrees =
    big === undefined ||
    (same(small.disks, [0, 0], FULL_16) &&
      same(small.counts, big.counts, FULL_16) &&
      same([small.size, small.start], [big.size, big.start], FULL_32))
  if (!whole || !agrees) throw flaw('structure')
  return { start: found.start, end: found.end, entries: found.counts[0] ?? 0 }
}

async function in64Bits(source: ArchiveSource, end: number) {
  const at = end - LOCATOR.bytes - END_64.bytes
  if (at < 0) return undefined
  const both = await source.read(at, END_64.bytes + LOCATOR.bytes)
  const locator = both.subarray(END_64.bytes)
  if (locator.readUInt32LE(0) !== LOCATOR.signature) return undefined
  const placed =
    both.readUInt32LE(0) === END_64.signature &&
    number64(both, 4) === END_64.bytes - 12 &&
    locator.readUInt32LE(4) === 0 &&
    number64(locator, 8) === at &&
    locator.readUInt32LE(16) === 1
  if (!placed) throw flaw('structure')
  return {
    disks: [both.readUInt32LE(16), both.readUInt32LE(20)],
    counts: [number64(both, 24), number64(both, 32)],
    size: number64(both, 40),
    start: number64(both, 48),
    end: at,
  }
}

/** A 64-bit number; none in an honest archive is past what a double holds exactly. */
export function number64(bytes: Buffer, at: number): number {
  if (at + 8 > bytes.byteLength) throw flaw('structure')
  const value = bytes.readBigUInt64LE(at)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw flaw('structure')
  return Number(value)
}

/** A small field says the same as the big one, or that it is too small for it. */
const same = (small: readonly number[], big: readonly number[], full: number): boolean =>
  small.every((value, index) => value === big[index] || value === full)
