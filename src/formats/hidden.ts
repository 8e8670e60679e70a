import { HDF5, has } from './magic.ts'

/**
 * Readers look for the end of an archive as far from the end of a file as a comment may be long; miniz, by which PyTorch
 * reads, does so block by block, and looks through the last one whole.
 */
const FARTHEST_END = 0xffff + 22 + 4096
const END = Buffer.of(0x50, 0x4b, 5, 6)
const LISTED = Buffer.of(0x50, 0x4b, 1, 2)

/**
 * Whether a ZIP stands in a file that begins as something else: its readers look for it at the end. PyTorch does for
 * TorchScript, and Python's `zipfile`.
 */
export function hidesZip(bytes: Uint8Array): boolean {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = all.lastIndexOf(END)
  return end >= 0 && end >= all.length - FARTHEST_END && all.subarray(0, end).includes(LISTED)
}

/** Whether HDF5 stands behind a block of somebody else's, at 512 bytes or twice as far, and so on: HDF5 format, II.A. */
export function hidesHdf5(bytes: Uint8Array): boolean {
  for (let at = 512; at + HDF5.length <= bytes.length; at *= 2) if (has(bytes, at, HDF5)) return true
  return false
}
