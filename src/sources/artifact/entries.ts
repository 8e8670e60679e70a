import { type Entry, parseExtraFields, type ZipFile } from 'yauzl'
import { type Directory, directoryOf, number64 } from './directory.ts'
import { ArchiveFault, flaw } from './fault.ts'
import type { ArchiveLimits } from './limits.ts'
import { mustDiffer, pathOf } from './names.ts'
import type { ArchiveSource } from './source.ts'

/** One file or folder of an archive. `bytes` is what it says to unpack to, which unpacking proves. */
export type ArchiveEntry = {
  readonly path: string
  readonly bytes: number
  readonly packed: number
  readonly deflated: boolean
  readonly crc: number
  /** Where the entry, and where its packed bytes begin. */
  readonly start: number
  readonly data: number
  /** Its sizes stand after its bytes, as a writer that streams puts them. */
  readonly described: boolean
}

const STORED = 0
const DEFLATED = 8
const RECORD_BYTES = 46
const ENCRYPTED = 0x2041
const DESCRIBED = 0x8
/** Besides these: how hard was compressed, and that names are in UTF-8. */
const KNOWN_FLAGS = ENCRYPTED | DESCRIBED | 0x6 | 0x800
const ZIP64 = 0x0001
const FULL = 0xffffffff

/**
 * All entries of an archive, once it is certain that every reader sees these and no others: their headers agree with
 * the list, and they fill the archive from its first byte to the list without a gap or a byte that belongs to two.
 */
export async function entriesOf(
  source: ArchiveSource,
  limits: ArchiveLimits,
): Promise<readonly ArchiveEntry[]> {
  const directory = await directoryOf(source)
  if (directory.entries > limits.entries) throw new ArchiveFault({ code: 'too_many', limit: limits.entries })
  if (directory.end - directory.start > limits.directory) throw flaw('structure')

  const entries: ArchiveEntry[] = []
  const zip = await source.open()
  let listed = directory.start
  for await (const entry of zip.eachEntry()) {
    listed += RECORD_BYTES + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength
    entries.push(await checked(zip, entry, limits))
  }
  if (listed !== directory.end || entries.length !== directory.entries) throw flaw('structure')
  mustDiffer(entries.map(({ path }) => path))
  await mustFill(source, directory, entries)
  return entries
}

async function checked(zip: ZipFile, entry: Entry, limits: ArchiveLimits): Promise<ArchiveEntry> {
  const path = pathOf(entry, limits.name)
  const flags = entry.generalPurposeBitFlag
  if ((flags & ENCRYPTED) !== 0) throw flaw('encrypted', path)
  const known = entry.compressionMethod === STORED || entry.compressionMethod === DEFLATED
  if (!known || (flags & ~KNOWN_FLAGS) !== 0) throw flaw('method', path)
  if (entry.extraFields.filter(({ id }) => id === ZIP64).length > 1) throw flaw('structure', path)
  const { uncompressedSize: bytes, compressedSize: packed } = entry
  const inconsistent = entry.compressionMethod === STORED && packed !== bytes
  if (inconsistent || (path.endsWith('/') && bytes !== 0)) throw flaw('size', path)

  const local = await zip.readLocalFileHeaderPromise(entry)
  const described = (flags & DESCRIBED) !== 0
  const sizes = sizesIn(local.uncompressedSize, local.compressedSize, local.extraField)
  const later = described && local.crc32 === 0 && [0, FULL].includes(local.compressedSize)
  const agree =
    local.fileName.equals(entry.fileNameRaw) &&
    local.generalPurposeBitFlag === flags &&
    local.compressionMethod === entry.compressionMethod &&
    (later || (local.crc32 === entry.crc32 && sizes.bytes === bytes && sizes.packed === packed))
  if (!agree) throw flaw('headers_differ', path)
  return {
    path,
    bytes,
    packed,
    deflated: entry.compressionMethod === DEFLATED,
    crc: entry.crc32,
    start: entry.relativeOffsetOfLocalHeader,
    data: local.fileDataStart,
    described,
  }
}

/** A size that does not fit stands in an extra field (APPNOTE.TXT 4.5.3). */
function sizesIn(bytes: number, packed: number, extra: Buffer) {
  const wide = parseExtraFields(extra).filter(({ id }) => id === ZIP64)
  const data = wide[0]?.data
  if (wide.length > 1) throw flaw('structure')
  if (data === undefined) return { bytes, packed }
  return {
    bytes: bytes === FULL ? number64(data, 0) : bytes,
    packed: packed === FULL ? number64(data, bytes === FULL ? 8 : 0) : packed,
  }
}

async function mustFill(
  source: ArchiveSource,
  directory: Directory,
  entries: readonly ArchiveEntry[],
): Promise<void> {
  const inOrder = [...entries].sort((one, other) => one.start - other.start)
  if ((inOrder[0]?.start ?? directory.start) !== 0) throw flaw('stray_bytes')
  for (const [index, entry] of inOrder.entries()) {
    const end = entry.data + entry.packed
    const gap = (inOrder[index + 1]?.start ?? directory.start) - end
    if (gap < 0) throw flaw('overlap', entry.path)
    if (entry.described) await mustDescribe(source, entry, end, gap)
    else if (gap > 0) throw flaw('stray_bytes', entry.path)
  }
}

/** What stands after the bytes of a streamed entry: with or without a signature, in 32 or in 64 bits. */
async function mustDescribe(
  source: ArchiveSource,
  entry: ArchiveEntry,
  at: number,
  length: number,
): Promise<void> {
  if (![12, 16, 20, 24].includes(length)) throw flaw('stray_bytes', entry.path)
  const signed = length === 16 || length === 24
  const bytes = await source.read(at, length)
  const rest = bytes.subarray(signed ? 4 : 0)
  const wide = length >= 20
  const size = (index: number): number =>
    wide ? number64(rest, 4 + index * 8) : rest.readUInt32LE(4 + index * 4)
  const agree =
    (!signed || bytes.readUInt32LE(0) === 0x08074b50) &&
    rest.readUInt32LE(0) === entry.crc &&
    size(0) === entry.packed &&
    size(1) === entry.bytes
  if (!agree) throw flaw('headers_differ', entry.path)
}
