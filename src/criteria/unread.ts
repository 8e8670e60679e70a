import { artifactPath, resolvePath } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { Manifest } from './manifest.ts'

/** Evidence that the manifest names and the facts do not hold was lost on the way: never an empty pass. */
export function unread(
  manifest: { readonly path: string; readonly value?: Manifest },
  evidence: readonly { readonly path: string }[],
): readonly Problem[] {
  const held = new Set(evidence.map(({ path }) => path))
  return (manifest.value?.evidence ?? []).flatMap((entry): readonly Problem[] => {
    const file = evidencePath(manifest.path, entry)
    return file === undefined || held.has(file)
      ? []
      : [{ path: manifest.path, line: 1, code: 'not_found', file }]
  })
}

type Entry = NonNullable<Manifest['evidence']>[number]

/** Rows are a problem of the manifest already, and so is a path that leaves the repository. */
function evidencePath(manifest: string, entry: Entry): string | undefined {
  if (typeof entry === 'string') return resolvePath(manifest, entry)
  if ('artifact' in entry) return artifactPath(entry.artifact, entry.file)
  return 'path' in entry ? resolvePath(manifest, entry.path) : undefined
}
