import ignore from 'ignore'
import { criteriaPath } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { Asset, ReleaseFacts } from '../core/release.ts'
import type { WithoutGo } from '../core/release-flag.ts'
import { isObserved, namesRepository } from '../criteria/effective.ts'
import { floorOf } from '../criteria/floor.ts'
import type { Facts } from '../facts.ts'
import { leafAt, MAX_WRITTEN_BYTES } from './files.ts'
import { readUnwatch } from './gather.ts'
import { listed } from './listed.ts'
import { adopted, gatherManifests, gatherRemoved, headOf } from './manifests.ts'
import type { Repository } from './repository.ts'
import { type FoundManifest, isWeights, scope } from './scope.ts'

/** What the floor says of a repository's releases. */
export type ReleaseRules = {
  readonly observed: boolean
  readonly withoutGo: WithoutGo
  /** Branches that may be released from beside the default one; `*` stands for any characters but a slash. */
  readonly from: readonly string[]
  readonly watch: readonly string[]
  /** The floor names the repository, so that it is watched whatever is in it. */
  readonly named: boolean
}

export function releaseRules(
  about: Pick<Facts, 'floor' | 'properties' | 'repository' | 'repositoryId'>,
): ReleaseRules {
  const floor = floorOf(about.floor)?.floor
  return {
    observed: isObserved(floor, about),
    withoutGo: floor?.releases?.without_go ?? 'flag',
    from: floor?.deploy?.from ?? [],
    watch: floor?.watch ?? [],
    named: namesRepository(floor, about),
  }
}

/** A release as GitHub shows it, as far as it decides which models are released. */
export type Carrying = {
  /** Absent where the release leads to none. */
  readonly commit?: string
  readonly tip: string
  /** The commit of the last release with a go: what is as it was there was judged. */
  readonly since?: string
  readonly assets: readonly Omit<Asset, 'isModelFile'>[]
}

type Carried = Pick<ReleaseFacts, 'watched' | 'assets' | 'models' | 'problems'>

/** Packed weights are weights, however often they are packed. */
const PACKED = /(?:\.(?:gz|zst|xz|bz2|lz4|br|zip|tar|tgz|tbz2|txz|7z|rar)){1,10}$/i

/**
 * The models of a release: those of whose files or criteria something differs since the last release with a go, all
 * where there was none, and those whose weights it carries.
 */
export async function gatherCarried(
  repository: Repository,
  { commit, tip, since, assets }: Carrying,
  { watch, named }: ReleaseRules,
): Promise<Carried> {
  const watched = named || (await adopted(repository, commit === undefined ? [tip] : [commit, tip]))
  const fits = ignore({ allowRelativePaths: true, ignorecase: false }).add(watch)
  const isModelFile = (name: string): boolean =>
    isWeights(name) || isWeights(name.replace(PACKED, '')) || (name !== '' && fits.ignores(name))
  const shown = assets.map((asset) => ({ ...asset, isModelFile: isModelFile(asset.name) }))
  if (!watched || commit === undefined) return { watched, assets: shown, models: [], problems: [] }
  const manifests = await gatherManifests(repository, commit)
  const { models: changed, problems } = await changedSince(
    repository,
    commit,
    { tip, since, watch },
    manifests,
  )
  const known = await Promise.all(
    manifests.map(async (found) => ({
      model: found.model,
      sha256: await digestsOf(repository, commit, found),
    })),
  )
  const carried = new Set(shown.flatMap(({ sha256 }) => sha256 ?? []))
  const models = known.filter(
    ({ model, sha256 }) => changed.includes(model) || sha256.some((digest) => carried.has(digest)),
  )
  return { watched, assets: shown, models, problems }
}

type Since = { readonly tip: string; readonly since: string | undefined; readonly watch: readonly string[] }

async function changedSince(
  repository: Repository,
  commit: string,
  { tip, since, watch }: Since,
  manifests: readonly FoundManifest[],
): Promise<{ readonly models: readonly string[]; readonly problems: readonly Problem[] }> {
  const all = { models: manifests.map(({ model }) => model), problems: [] }
  // What was thrown out of the history may be gone, and then nothing shows what is as it was.
  if (since === undefined || (await repository.mergeBase(since, commit)).kind === 'unknown') return all
  const changed = await repository.changed(commit, [since])
  const [removed, unwatch] = await Promise.all([
    gatherRemoved(repository, changed, commit, since),
    readUnwatch(repository, tip),
  ])
  const head = headOf(repository, commit)
  const scoped = await scope(changed, head, manifests, unwatch.text, removed, watch)
  const asked = all.models.filter((model) => changed.includes(criteriaPath(model)))
  return {
    models: [...new Set([...scoped.models, ...asked])].toSorted(),
    problems: [...unwatch.problems, ...scoped.problems],
  }
}

/** Every digest by which a manifest names its weights, those of its lists included. */
async function digestsOf(
  repository: Repository,
  commit: string,
  { parsed }: FoundManifest,
): Promise<readonly string[]> {
  const each = await Promise.all(
    parsed.weights.map(async ({ entry, path }): Promise<readonly string[]> => {
      if ('sha256' in entry) return [entry.sha256]
      if (!('sums' in entry)) return []
      const leaf = await leafAt(repository, commit, path)
      if (leaf?.kind !== 'file' || (leaf.bytes ?? 0) > MAX_WRITTEN_BYTES) return []
      return listed(await repository.blob(leaf.oid), path).filter((digest) => digest !== '')
    }),
  )
  return [...new Set(each.flat())]
}
