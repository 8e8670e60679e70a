import { artifactPath, resolvePath } from '../core/paths.ts'
import type { Manifest } from './manifest.ts'

export type EvidenceEntry = NonNullable<Manifest['evidence']>[number]

/** How an entry's file is called among the evidence; undefined where that is a problem of the manifest already. */
export function entryPath(manifest: string, entry: EvidenceEntry): string | undefined {
  if (typeof entry === 'string') return resolvePath(manifest, entry)
  const file = 'rows' in entry ? entry.rows : 'file' in entry ? entry.file : entry.path
  if ('artifact' in entry && entry.artifact !== undefined) return artifactPath(entry.artifact, file)
  return resolvePath(manifest, file)
}
