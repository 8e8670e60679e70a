import type { Place } from '../core/place.ts'
import type { Problem } from '../core/problem.ts'
import { decode } from '../text/decode.ts'
import type { Parsed } from '../text/parsed.ts'
import { parseYaml } from '../text/yaml.ts'
import type { Leaf, Repository } from './repository.ts'

/** GitHub serves no git blob past this. */
export const MAX_BLOB_BYTES = 100_000_000
/** Files that people write are short. */
export const MAX_WRITTEN_BYTES = 1_000_000

type Found = { readonly entry: Leaf } | { readonly problem: Problem }

/** What is no folder at a path of a commit. */
export async function leafAt(
  repository: Repository,
  commit: string,
  path: string,
): Promise<Leaf | undefined> {
  const entry = await repository.entry(commit, path)
  return entry === undefined || entry.kind === 'folder' ? undefined : entry
}

/** The text of a file of at most so many bytes; nothing of a larger one, of a link, or where there is none. */
export async function shortText(
  repository: Repository,
  leaf: Leaf | undefined,
  most: number,
): Promise<string | undefined> {
  if (leaf?.kind !== 'file' || (leaf.bytes ?? 0) > most) return undefined
  const bytes = await repository.blob(leaf.oid)
  return bytes.length > most ? undefined : Buffer.from(bytes).toString('utf8')
}

/** A file of a commit, or the problem, at the place that names it. Links are never followed. */
export async function find(
  repository: Repository,
  commit: string,
  file: string,
  named: Place,
): Promise<Found> {
  const entry = await repository.entry(commit, file)
  if (entry?.kind === 'file') {
    const bytes = entry.bytes ?? 0
    return bytes > MAX_BLOB_BYTES
      ? { problem: { path: file, code: 'too_large', bytes, limit: MAX_BLOB_BYTES } }
      : { entry }
  }
  if (entry !== undefined) return { problem: { ...named, code: 'not_a_file', file, found: entry.kind } }
  const detour = await detourTo(repository, commit, file)
  return {
    problem: detour ? { ...named, code: 'not_a_file', ...detour } : { ...named, code: 'not_found', file },
  }
}

/** The link or submodule on the way to a file: what lies behind it is no part of the commit. */
async function detourTo(
  repository: Repository,
  commit: string,
  file: string,
): Promise<{ file: string; found: 'link' | 'submodule' } | undefined> {
  const parts = file.split('/')
  const folders = parts.map((_, index) => parts.slice(0, index).join('/')).slice(1)
  const found = await Promise.all(folders.map((folder) => repository.entry(commit, folder)))
  for (const [index, folder] of folders.entries()) {
    const kind = found[index]?.kind
    if (kind === 'link' || kind === 'submodule') return { file: folder, found: kind }
  }
  return undefined
}

/** A YAML file that a person wrote, read from the repository; every fault is a problem. */
export async function readWritten(repository: Repository, path: string, entry: Leaf): Promise<Parsed> {
  const nothing = (problem: Problem): Parsed => ({
    value: undefined,
    problems: [problem],
    at: () => undefined,
  })
  if (entry.kind !== 'file') return nothing({ path, code: 'not_a_file', file: path, found: entry.kind })
  const large = (bytes: number): Parsed =>
    nothing({ path, code: 'too_large', bytes, limit: MAX_WRITTEN_BYTES })
  if ((entry.bytes ?? 0) > MAX_WRITTEN_BYTES) return large(entry.bytes ?? 0)
  const bytes = await repository.blob(entry.oid)
  if (bytes.length > MAX_WRITTEN_BYTES) return large(bytes.length)
  const decoded = decode(bytes, path)
  return 'problem' in decoded ? nothing(decoded.problem) : parseYaml(decoded.text, path)
}
