import { isOwn, modelOfManifest, UNWATCH } from '../core/paths.ts'
import type { Fault, Problem } from '../core/problem.ts'
import { namesRepository } from '../criteria/effective.ts'
import { type FloorFacts, floorOf } from '../criteria/floor.ts'
import { parseManifest } from '../criteria/manifest.ts'
import type { Facts, ModelFacts } from '../facts.ts'
import { decode } from '../text/decode.ts'
import { readWritten } from './files.ts'
import { gatherModel } from './model.ts'
import { gatherProposals } from './proposals.ts'
import type { Repository, Tree } from './repository.ts'
import { adopted, changedPaths, type FoundManifest, scope } from './scope.ts'

/** What the caller knows that no repository does. `only` narrows to one model, for a person who asks about it. */
export type Asking = {
  readonly commit: string
  readonly now: string
  readonly engine: string
  readonly models?: 'changed' | 'all'
  readonly only?: string
  /** The organisation's floor, which lies in another repository. */
  readonly floor?: FloorFacts
} & Pick<Facts, 'repositoryId' | 'properties'>

/** A list of patterns is short. */
const MAX_UNWATCH_BYTES = 65_536

const NO_TREE: Tree = new Map()

/** Everything that the verdict on a commit depends on. The same for a clone and for GitHub. */
export async function gather(repository: Repository, asking: Asking): Promise<Facts> {
  const { commit, now, engine, floor, repositoryId, properties } = asking
  const position = await repository.position(commit)
  const head = await repository.tree(commit)
  const base = position.base === undefined ? NO_TREE : await repository.tree(position.base)
  const today = await repository.tree(position.tip)
  const about = {
    gonogo: 1,
    engine,
    now,
    repository: repository.name,
    branch: repository.branch,
    tip: position.tip,
    commit,
    base: position.base ?? commit,
    ...(floor && { floor }),
    ...(repositoryId !== undefined && { repositoryId }),
    ...(properties && { properties }),
  } as const
  const held = floorOf(floor)?.floor
  if (!adopted([head, base, today]) && !namesRepository(held, about))
    return { ...about, models: [], problems: [], proposals: [] }

  const others = await Promise.all((position.others ?? []).map((other) => repository.tree(other)))
  const changed = [...new Set([base, ...others].flatMap((tree) => changedPaths(tree, head)))].toSorted()
  const outside = changed.some((path) => !isOwn(path))
  const manifests = outside || asking.models === 'all' ? await gatherManifests(repository, head) : []
  const removed = new Map([...base].filter(([path]) => changed.includes(path) && !head.has(path)))
  const unwatch = await readUnwatch(repository, today)
  const scoped = scope(
    changed,
    head,
    manifests,
    unwatch.text,
    await gatherManifests(repository, removed),
    held?.watch,
  )
  const asked = asking.models === 'all' ? manifests.map(({ model }) => model) : scoped.models
  const models: ModelFacts[] = []
  for (const found of manifests.filter(
    ({ model }) => asked.includes(model) && (asking.only ?? model) === model,
  )) {
    models.push(await gatherModel(repository, { head, tip: position.tip, today }, found))
  }
  const unrelated: readonly Problem[] = position.related
    ? []
    : [{ path: '', code: 'no_shared_history', commit, branch: repository.branch }]
  return {
    ...about,
    models,
    problems: [...unrelated, ...unwatch.problems, ...scoped.problems],
    proposals: await gatherProposals(repository, changed, head, base),
  }
}

async function gatherManifests(repository: Repository, head: Tree): Promise<readonly FoundManifest[]> {
  const manifests: FoundManifest[] = []
  for (const [path, entry] of [...head].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const model = modelOfManifest(path)
    if (model === undefined) continue
    manifests.push({ model, path, parsed: parseManifest(await readWritten(repository, path, entry), path) })
  }
  return manifests
}

type Unwatch = { readonly text: string; readonly problems: readonly Problem[] }

/** gitignore patterns of the default branch, for files that look like models and are none. With a fault none holds. */
async function readUnwatch(repository: Repository, today: Tree): Promise<Unwatch> {
  const faulty = (fault: Fault): Unwatch => ({ text: '', problems: [{ path: UNWATCH, ...fault }] })
  const entry = today.get(UNWATCH)
  if (entry === undefined) return { text: '', problems: [] }
  if (entry.kind !== 'file') return faulty({ code: 'not_a_file', file: UNWATCH, found: entry.kind })
  const bytes = await repository.blob(entry.oid)
  // Patterns cut off in the middle would exempt other files than the whole ones do.
  if (bytes.length > MAX_UNWATCH_BYTES)
    return faulty({ code: 'too_large', bytes: bytes.length, limit: MAX_UNWATCH_BYTES })
  const decoded = decode(bytes, UNWATCH)
  if ('text' in decoded) return { text: decoded.text, problems: [] }
  // Nothing in it exempts nothing: no fault.
  return decoded.problem.code === 'empty_file' ? { text: '', problems: [] } : faulty(decoded.problem)
}
