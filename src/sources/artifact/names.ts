import type { Entry } from 'yauzl'
import { flaw } from './fault.ts'

const UTF8 = 0x800
const UNIX = 3
const KIND = 0o170000
const FILE = 0o100000
const FOLDER = 0o040000
/** Windows marks what leads elsewhere so. */
const REPARSE_POINT = 0x400
/** Info-ZIP's second name for an entry. */
const OTHER_NAME = 0x7075

/**
 * The path of an entry; a folder's ends with a slash. What another system could take for another place, or another
 * reader for another name, is no path.
 */
export function pathOf(entry: Entry, longest: number): string {
  const raw = entry.fileNameRaw
  const path = decoded(raw)
  if (path === undefined || raw.byteLength > longest) throw flaw('name', raw.toString('latin1'))
  const ascii = raw.every((byte) => byte < 0x80)
  const utf8 = (entry.generalPurposeBitFlag & UTF8) !== 0
  if ((!ascii && !utf8) || entry.extraFields.some(({ id }) => id === OTHER_NAME)) throw flaw('name', path)
  const parts = path.replace(/\/$/, '').split('/')
  const strange = /[\\\p{Cc}]|^[A-Za-z]:/u.test(path)
  if (strange || parts.some((part) => part === '' || part === '.' || part === '..')) throw flaw('name', path)
  mustBePlain(entry, path)
  return path
}

/** Only files and folders: a link leads out of the archive, and a device is nobody's evidence. */
function mustBePlain({ versionMadeBy, externalFileAttributes }: Entry, path: string): void {
  const kind = (externalFileAttributes >>> 16) & KIND
  const leadsAway = versionMadeBy >>> 8 !== UNIX && (externalFileAttributes & REPARSE_POINT) !== 0
  const wanted = path.endsWith('/') ? FOLDER : FILE
  if (leadsAway || (kind !== 0 && kind !== wanted)) throw flaw('link', path)
}

/** Two entries of one name, in either way to write an accent, or a file where another has its folder. */
export function mustDiffer(paths: readonly string[]): void {
  const seen = new Set<string>()
  const folders = new Set<string>()
  const names = paths.map((path) => path.normalize('NFC'))
  for (const name of names) {
    if (seen.has(name)) throw flaw('name_twice', name)
    seen.add(name)
    const parts = name.replace(/\/$/, '').split('/')
    for (let depth = 1; depth < parts.length; depth++) folders.add(parts.slice(0, depth).join('/'))
    if (name.endsWith('/')) folders.add(name.slice(0, -1))
  }
  const both = names.find((name) => folders.has(name))
  if (both !== undefined) throw flaw('name_twice', both)
}

function decoded(raw: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw)
  } catch {
    return undefined
  }
}
