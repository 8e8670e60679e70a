import { createHash } from 'node:crypto'
import { type Base, basePartsOf } from '../core/base-model.ts'
import type { Problem } from '../core/problem.ts'
import type { Component, Service, WeightSum, Weights } from '../core/verdict.ts'
import type { WeightFormat } from '../core/weight-format.ts'
import type { ParsedManifest, WeightsEntry } from '../criteria/manifest.ts'
import { basesOf } from '../criteria/manifest-bases.ts'
import { MAX_POINTER_BYTES } from '../text/lfs.ts'
import { find } from './files.ts'
import { followed } from './lfs.ts'
import type { Repository } from './repository.ts'
import { isWeights } from './scope.ts'
import { formatBehind, formatOfBytes } from './weight-formats.ts'

/** What is released: weights with what was seen of them, components, and the faults in both. */
export type Released = {
  readonly weights: readonly Weights[]
  readonly service?: Service
  /** The models that it was made from. */
  readonly bases?: readonly Base[]
  readonly components: readonly Component[]
  /** Components that are loaded as weights are, by their names. */
  readonly loaded?: readonly Weights[]
  /** Digests by another algorithm of the weights that lie in the commit, where they were asked. */
  readonly sums?: readonly WeightSum[]
  readonly problems: readonly Problem[]
}

type Named = ParsedManifest['weights'][number]

type Found = Awaited<ReturnType<typeof find>>

/** What the manifest names, and what is found there; undefined where it is not looked for in the commit. */
type Placed = { readonly named: Named; readonly found: Found | undefined }

/** Compares what the manifest says is released with what lies in the judged commit. */
export async function gatherReleased(
  repository: Repository,
  head: string,
  manifest: string,
  parsed: ParsedManifest,
  asksFormats: () => Promise<boolean> = async () => false,
  asksSums: () => Promise<boolean> = async () => false,
): Promise<Released> {
  const placed = async (named: Named): Promise<Placed> => {
    const { path, line, entry } = named
    return {
      named,
      found: isHere(entry) ? await find(repository, head, path, { path: manifest, line }) : undefined,
    }
  }
  // Only their names tell what components are; of these the digest is what is there.
  const parts = parsed.components.map((one): Named => ({ ...one, entry: { path: one.path, sha256: '' } }))
  const [weights, components] = await Promise.all([
    Promise.all(parsed.weights.map(placed)),
    Promise.all(parts.map(placed)),
  ])
  const all = [...weights, ...components.filter(({ named }) => isLoaded(named.path))]
  const seen = await digests(repository, all, asksFormats, asksSums)
  const loaded = parts.flatMap((one): readonly Weights[] => {
    const found = seen.get(one)
    if (found === undefined) return []
    return [{ name: one.path, digest: `sha256:${found.digest}`, trust: 'seen', format: found.format }]
  })
  const sums = parsed.weights.flatMap((one): readonly WeightSum[] => {
    const { md5 } = seen.get(one) ?? {}
    return md5 === undefined ? [] : [{ name: nameOf(one.entry), path: one.path, digest: `md5:${md5}` }]
  })
  const results = weights.map(({ named, found }) => weightsOf(manifest, named, found, seen.get(named)))
  const service = parsed.manifest?.service
  const bases = basesOf(parsed.manifest)
  return {
    ...(service && { service }),
    ...(bases.length > 0 && { bases }),
    weights: results.flatMap((result) => ('weights' in result ? [result.weights] : [])),
    components: components.flatMap(({ named: { path }, found }) =>
      found !== undefined && 'entry' in found ? [{ path, sha: found.entry.oid }] : [],
    ),
    ...(loaded.length > 0 && { loaded }),
    ...(sums.length > 0 && { sums }),
    problems: [...results, ...components.map(({ found }) => found)].flatMap((one) =>
      one !== undefined && 'problem' in one ? [one.problem] : [],
    ),
  }
}

/** What a library loads as weights may run code, whatever the manifest calls it. */
function isLoaded(path: string): boolean {
  return isWeights(path) || /\.bin$/i.test(path)
}

/** Whether weights are named by a file that may be in the commit. */
function isHere(entry: WeightsEntry): boolean {
  return 'path' in entry || 'sums' in entry
}

type Seen = { readonly digest: string; readonly format: WeightFormat; readonly md5?: string }

/** The digests and formats of the weights that are in the commit. */
async function digests(
  repository: Repository,
  placed: readonly Placed[],
  asksFormats: () => Promise<boolean>,
  asksSums: () => Promise<boolean>,
): Promise<ReadonlyMap<Named, Seen>> {
  const there = placed.flatMap(({ named, found }) =>
    'path' in named.entry && found !== undefined && 'entry' in found ? [{ named, entry: found.entry }] : [],
  )
  const look = async ({ named, entry }: (typeof there)[number]): Promise<readonly [Named, Seen]> => {
    const bytes = await repository.blob(entry.oid)
    const pointer = followed(bytes)
    // A Git LFS pointer's oid is the sha256 of the object, so the object need not be fetched to compare it.
    return pointer === undefined
      ? [
          named,
          {
            digest: createHash('sha256').update(bytes).digest('hex'),
            format: formatOfBytes(named.path, bytes),
            ...((await asksSums()) && { md5: createHash('md5').update(bytes).digest('hex') }),
          },
        ]
      : [
          named,
          {
            digest: pointer.oid,
            format: await formatBehind(repository, named.path, pointer, await asksFormats()),
          },
        ]
  }
  const isPointer = ({ entry }: (typeof there)[number]): boolean =>
    (entry.bytes ?? Number.POSITIVE_INFINITY) <= MAX_POINTER_BYTES
  // One after another, so that memory holds one of them.
  const seen: (readonly [Named, Seen])[] = []
  const small = there.filter(isPointer)
  // Pointers are asked for together, so that what keeps blobs has them.
  await Promise.all(small.map(({ entry }) => repository.blob(entry.oid)))
  for (const one of [...small, ...there.filter((each) => !isPointer(each))]) seen.push(await look(one))
  return new Map(seen)
}

function weightsOf(
  manifest: string,
  { line, entry }: Named,
  found: Found | undefined,
  seen: Seen | undefined,
): { weights: Weights } | { problem: Problem } {
  const name = nameOf(entry)
  if ('hub' in entry) return { weights: { name, digest: `revision:${entry.revision}`, trust: 'declared' } }
  if ('sums' in entry) {
    if (found === undefined || 'problem' in found)
      return found ?? { problem: { path: manifest, line, code: 'not_found', file: entry.sums } }
    return { weights: { name, digest: `sums:${found.entry.oid}`, trust: 'declared' } }
  }
  const declared: Weights = { name, digest: `sha256:${entry.sha256}`, trust: 'declared' }
  // Weights may lie elsewhere; a link, a submodule or a folder in their place is not them.
  if (found !== undefined && 'problem' in found && found.problem.code !== 'not_found') return found
  if (seen === undefined) return { weights: declared }
  const { digest, format } = seen
  if (digest !== entry.sha256)
    return {
      problem: { path: manifest, line, code: 'weights_differ', declared: entry.sha256, seen: digest },
    }
  return { weights: { ...declared, trust: 'seen', format } }
}

function nameOf(entry: WeightsEntry): string {
  if ('hub' in entry) return entry.hub
  return 'uri' in entry ? entry.uri : entry.path
}

/**
 * The identity: one sha256 over weights or service, components and registered criteria, whatever order they are named
 * in; of an adapter the base too, without which it does nothing.
 */
export function identityOf({ weights, service, bases = [], components }: Released, criteria: string): string {
  const adapted = basePartsOf(bases)
  const parts = {
    weights: weights.map(({ digest }) => digest).toSorted(),
    ...(service && { service: [service.provider, service.model, service.snapshot, service.region ?? null] }),
    ...(adapted.length > 0 && { bases: adapted }),
    components: components.map(({ path, sha }) => `${path} ${sha}`).toSorted(),
    criteria,
  }
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
