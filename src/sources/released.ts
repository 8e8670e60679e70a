import { createHash } from 'node:crypto'
import type { Problem } from '../core/problem.ts'
import type { Component, Weights } from '../core/verdict.ts'
import type { ParsedManifest, WeightsEntry } from '../criteria/manifest.ts'
import { decode } from '../text/decode.ts'
import { find } from './files.ts'
import type { Repository, Tree } from './repository.ts'

/** What is released: weights with what was seen of them, components, and the faults in both. */
export type Released = {
  readonly weights: readonly Weights[]
  readonly components: readonly Component[]
  readonly problems: readonly Problem[]
}

type Named = ParsedManifest['weights'][number]

/** Compares what the manifest says is released with what lies in the judged commit. */
export async function gatherReleased(
  repository: Repository,
  head: Tree,
  manifest: string,
  parsed: ParsedManifest,
): Promise<Released> {
  const weights: Weights[] = []
  const components: Component[] = []
  const problems: Problem[] = []
  for (const named of parsed.weights) {
    const result = await gatherWeights(repository, head, manifest, named)
    if ('weights' in result) weights.push(result.weights)
    if ('problem' in result) problems.push(result.problem)
  }
  for (const { path, line } of parsed.components) {
    const found = find(head, path, { path: manifest, line })
    if ('problem' in found) problems.push(found.problem)
    else components.push({ path, sha: found.entry.oid })
  }
  return { weights, components, problems }
}

async function gatherWeights(
  repository: Repository,
  head: Tree,
  manifest: string,
  { path, line, entry }: Named,
): Promise<{ weights: Weights } | { problem: Problem }> {
  const name = nameOf(entry)
  if ('hub' in entry) return { weights: { name, digest: `revision:${entry.revision}`, trust: 'declared' } }
  if ('sums' in entry) {
    const found = find(head, path, { path: manifest, line })
    return 'problem' in found
      ? found
      : { weights: { name, digest: `sums:${found.entry.oid}`, trust: 'declared' } }
  }
  const declared: Weights = { name, digest: `sha256:${entry.sha256}`, trust: 'declared' }
  if ('uri' in entry) return { weights: declared }
  const found = find(head, path, { path: manifest, line })
  // Weights may lie elsewhere; a link, a submodule or a folder in their place is not them.
  if ('problem' in found) return found.problem.code === 'not_found' ? { weights: declared } : found
  const bytes = await repository.blob(found.entry.oid)
  const seen = pointedAt(bytes) ?? createHash('sha256').update(bytes).digest('hex')
  if (seen !== entry.sha256)
    return { problem: { path: manifest, line, code: 'weights_differ', declared: entry.sha256, seen } }
  return { weights: { ...declared, trust: 'seen' } }
}

/** A Git LFS pointer's oid is the sha256 of the object, so the object need not be fetched to compare it. */
function pointedAt(bytes: Uint8Array): string | undefined {
  if (bytes.length > 1024) return undefined
  const decoded = decode(bytes, '')
  return 'problem' in decoded && decoded.problem.code === 'lfs_pointer'
    ? decoded.problem.oid.replace(/^sha256:/, '')
    : undefined
}

function nameOf(entry: WeightsEntry): string {
  if ('hub' in entry) return entry.hub
  return 'uri' in entry ? entry.uri : entry.path
}

/** The identity: one sha256 over weights, components and registered criteria, whatever order they are named in. */
export function identityOf({ weights, components }: Released, criteria: string): string {
  const parts = {
    weights: weights.map(({ digest }) => digest).toSorted(),
    components: components.map(({ path, sha }) => `${path} ${sha}`).toSorted(),
    criteria,
  }
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
