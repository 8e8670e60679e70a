import { GONOGO_FOLDER, MODEL_NAME, MODELS_FOLDER, manifestPath, modelOfManifest } from '../core/paths.ts'
import { parseManifest } from '../criteria/manifest.ts'
import { leafAt, readWritten } from './files.ts'
import type { Leaf, Repository } from './repository.ts'
import type { FoundManifest, Head } from './scope.ts'

const OWN = GONOGO_FOLDER.slice(0, -1)
const MODELS = MODELS_FOLDER.slice(0, -1)

/** Whether gonogo has a say in a repository: any of its commits has a file of its own, or a manifest. */
export async function adopted(repository: Repository, commits: readonly string[]): Promise<boolean> {
  const own = await Promise.all(commits.map((commit) => repository.list(commit, OWN)))
  if (own.some(({ size }) => size > 0)) return true
  const manifests = await Promise.all(commits.map((commit) => manifestsIn(repository, commit)))
  return manifests.some(({ length }) => length > 0)
}

/** The manifests of a commit, in order. */
export async function manifestsIn(
  repository: Repository,
  commit: string,
): Promise<readonly [string, Leaf][]> {
  const folders = await repository.list(commit, MODELS)
  const names = [...folders.keys()].filter((name) => MODEL_NAME.test(name)).map(manifestPath)
  const entries = await Promise.all(names.map((path) => leafAt(repository, commit, path)))
  return names
    .flatMap((path, index): [string, Leaf][] => {
      const entry = entries[index]
      return entry === undefined ? [] : [[path, entry]]
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** Every manifest of a commit, read. */
export async function gatherManifests(
  repository: Repository,
  commit: string,
): Promise<readonly FoundManifest[]> {
  const found = await manifestsIn(repository, commit)
  return await Promise.all(found.map(([path, entry]) => readManifest(repository, path, entry)))
}

/** The manifests that a commit takes away. */
export async function gatherRemoved(
  repository: Repository,
  changed: readonly string[],
  commit: string,
  base: string | undefined,
): Promise<readonly FoundManifest[]> {
  if (base === undefined) return []
  const read = async (path: string): Promise<readonly FoundManifest[]> => {
    const [now, then] = await Promise.all([leafAt(repository, commit, path), leafAt(repository, base, path)])
    return now !== undefined || then === undefined ? [] : [await readManifest(repository, path, then)]
  }
  const paths = changed.filter((path) => modelOfManifest(path) !== undefined)
  return (await Promise.all(paths.map(read))).flat()
}

async function readManifest(repository: Repository, path: string, entry: Leaf): Promise<FoundManifest> {
  const parsed = parseManifest(await readWritten(repository, path, entry), path)
  return { model: modelOfManifest(path) ?? '', path, parsed }
}

/** A commit as scope asks it. */
export function headOf(repository: Repository, commit: string): Head {
  async function* below(folder: string): AsyncIterable<string> {
    const found = [...(await repository.list(commit, folder))].toSorted(([a], [b]) => (a < b ? -1 : 1))
    for (const [name, { kind }] of found) {
      if (kind === 'folder') yield* below(`${folder}/${name}`)
      else yield `${folder}/${name}`
    }
  }
  return { has: async (path) => (await leafAt(repository, commit, path)) !== undefined, below }
}
