import type { Problem } from '../core/problem.ts'
import { entryPath } from './entry-path.ts'
import type { Manifest } from './manifest.ts'

/** Evidence that the manifest names and the facts do not hold was lost on the way: never an empty pass. */
export function unread(
  manifest: { readonly path: string; readonly value?: Manifest },
  evidence: readonly { readonly path: string }[],
): readonly Problem[] {
  const held = new Set(evidence.map(({ path }) => path))
  const cards = (manifest.value?.base_models ?? []).flatMap(({ card }) => card ?? [])
  return [...(manifest.value?.evidence ?? []), ...cards].flatMap((entry): readonly Problem[] => {
    const file = entryPath(manifest.path, entry)
    return file === undefined || held.has(file)
      ? []
      : [{ path: manifest.path, line: 1, code: 'not_found', file }]
  })
}
