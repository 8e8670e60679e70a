import { MAX_BYTES } from '../../text/decode.ts'

/** How much of an archive is believed and unpacked; all of it counts bytes but the first and the last two. */
export type ArchiveLimits = {
  readonly entries: number
  /** The archive as it is downloaded. */
  readonly archive: number
  /** The list of entries at its end. */
  readonly directory: number
  readonly name: number
  /** One file whose content is asked for. */
  readonly content: number
  /** All of these together. */
  readonly held: number
  /** Everything that is unpacked, content or digest. */
  readonly unpacked: number
  /** A file may unpack to so many times what it takes in the archive, */
  readonly ratio: number
  /** and to so many bytes whatever it takes. */
  readonly free: number
}

const MIB = 1024 * 1024

export const LIMITS: ArchiveLimits = {
  entries: 10_000,
  archive: 2048 * MIB,
  directory: 16 * MIB,
  name: 1024,
  content: MAX_BYTES,
  held: 256 * MIB,
  unpacked: 8192 * MIB,
  ratio: 200,
  free: MIB,
}
