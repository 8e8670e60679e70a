import type { Produced } from '../facts.ts'
import { decode } from '../text/decode.ts'
import type { Archive, Choose } from './artifact/archive.ts'
import type { Asked } from './witness.ts'

/** Lists of digests as `sha256sum` writes them, by their names: one for all, or one beside each file. */
export const SUMS = /(^|\/)SHA256SUMS(\.txt)?$|\.sha256$/i
/** No release has more. */
const MOST_SUMS = 1000

/** What of an artifact tells the digests of weights: its lists, or where it has none the files themselves. */
export const sumsOrFiles: Choose = (entries) => {
  const sums = entries.filter(({ path }) => SUMS.test(path)).slice(0, MOST_SUMS)
  return sums.length > 0
    ? new Map(sums.map(({ path }) => [path, 'content']))
    : new Map(entries.map(({ path }) => [path, 'digest']))
}

/** The digests of files that an artifact tells, in hexadecimal, each once. */
export function digestsIn({ files }: Pick<Archive, 'files'>): readonly string[] {
  const all = [...files].flatMap(([path, { sha256, content }]) =>
    content === undefined ? [sha256] : listed(content, path),
  )
  return [...new Set(all)]
}

/** Whether every weights file is told of: one that is missing makes a release that was not produced whole. */
export function producedOf(
  digests: readonly string[],
  archive: string,
  artifact: string,
  weights: readonly Asked[],
): Produced {
  const missing = weights.filter(({ sha256 }) => !digests.includes(sha256)).map(({ name }) => name)
  return missing.length === 0
    ? { kind: 'listed', artifact, digest: `sha256:${archive}` }
    : { kind: 'lacking', artifact, missing }
}

/** GNU coreutils, "sha2 utilities": `digest  name`, `digest *name`, `SHA256 (name) = digest`, or the digest alone. */
export function listed(content: Uint8Array, path: string): readonly string[] {
  const decoded = decode(content, path)
  if ('problem' in decoded) return []
  return decoded.text.split(/\r?\n/).flatMap((line) => {
    const found = /^\\?([0-9a-f]{64})(?:\s|$)|^SHA256 \(.*\) = ([0-9a-f]{64})\s*$/i.exec(line)
    return found === null ? [] : [(found[1] ?? found[2] ?? '').toLowerCase()]
  })
}
