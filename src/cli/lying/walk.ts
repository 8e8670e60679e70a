import { constants } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ManifestNote } from '../../core/manifest-note.ts'
import { once } from '../../text/canonical.ts'

/** Past these nobody's release is a folder: what is beyond is said, and not looked at. */
const MOST_FILES = 10_000
const MOST_FOLDERS = 2_000
const MOST_DEPTH = 12

/** A file below a folder, by its path there with `/`. */
export type LyingFile = { readonly path: string; readonly full: string }

/** Folders of tools, which hold nothing that is released. */
const TOOLS: ReadonlySet<string> = new Set(['node_modules', '__pycache__', 'venv', 'site-packages'])

/** The files below a folder, in the order of their names. Links are not followed, and nothing hidden is entered. */
export async function walk(
  root: string,
  skip: (path: string) => boolean,
): Promise<{ readonly files: readonly LyingFile[]; readonly notes: readonly ManifestNote[] }> {
  const files: LyingFile[] = []
  const notes: ManifestNote[] = []
  const open: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }]
  let folders = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    folders += 1
    if (folders > MOST_FOLDERS) return cut('folders', MOST_FOLDERS)
    // What may not be read says nothing; its absence shows in what is missing.
    const entries = await readdir(join(root, next.path), { withFileTypes: true }).catch(() => [])
    const inner: typeof open = []
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`
      if (entry.name.startsWith('.') || TOOLS.has(entry.name) || skip(path)) continue
      if (entry.isSymbolicLink()) notes.push({ code: 'not_followed', path })
      else if (entry.isFile()) files.push({ path, full: join(root, path) })
      else if (entry.isDirectory() && next.depth < MOST_DEPTH) inner.push({ path, depth: next.depth + 1 })
      else if (entry.isDirectory()) notes.push({ code: 'cut', what: 'depth', limit: MOST_DEPTH })
      if (files.length > MOST_FILES) return cut('files', MOST_FILES)
    }
    open.push(...inner.toReversed())
  }
  return { files, notes: once(notes) }

  function cut(what: 'files' | 'folders', limit: number) {
    notes.push({ code: 'cut', what, limit })
    return { files: files.slice(0, MOST_FILES), notes: once(notes) }
  }
}

/** A plain file, opened for reading; undefined where it became something else meanwhile. */
export async function openFile(
  full: string,
): Promise<{ readonly handle: FileHandle; readonly size: number } | undefined> {
  // A pipe in its place would be waited for without end, and a link could lead anywhere.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(full, flags).catch(() => undefined)
  if (handle === undefined) return undefined
  const info = await handle.stat()
  if (info.isFile()) return { handle, size: info.size }
  await handle.close()
  return undefined
}

/** The bytes of a file of at most `limit`; `too_large` and `unreadable` say why there are none. */
export async function bytesOf(full: string, limit: number): Promise<Uint8Array | 'too_large' | 'unreadable'> {
  const opened = await openFile(full)
  if (opened === undefined) return 'unreadable'
  const { handle, size } = opened
  try {
    if (size > limit) return 'too_large'
    const bytes = await handle.readFile()
    return bytes.byteLength > limit ? 'too_large' : bytes
  } finally {
    await handle.close()
  }
}
