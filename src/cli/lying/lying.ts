import { relative, sep } from 'node:path'
import type { ManifestNote } from '../../core/manifest-note.ts'
import type { Measurement } from '../../core/measurement.ts'
import { manifestPath, modelOfManifest, resolvePath } from '../../core/paths.ts'
import type { Criteria } from '../../criteria/criteria.ts'
import type { Lying, LyingData } from '../../starter/lying.ts'
import { evidenceIn } from './evidence.ts'
import { dvcIn, mlflowIn } from './tools.ts'
import { walk } from './walk.ts'
import { weightsIn } from './weights.ts'

/** Where things lie: the repository and a folder, both without links in their way, and whose release they are. */
export type Place = { readonly repository: string; readonly folder: string; readonly model: string }

export type Found = {
  readonly lying: Lying
  readonly notes: readonly ManifestNote[]
  /** What was read of each piece of evidence, by the path that the manifest has. */
  readonly measured: ReadonlyMap<string, readonly Measurement[]>
}

/** The longest path that a manifest takes. */
const LONGEST = 500

/** Everything in a folder that belongs in a model's manifest; nothing of it is executed, and no link followed. */
export async function lyingIn(place: Place, criteria: Criteria | undefined): Promise<Found> {
  const { files, notes } = await walk(place.folder, (path) => isNotOurs(path, place))
  const documents = (criteria?.criteria ?? []).flatMap((one) =>
    one.check === 'document' ? one.document : [],
  )
  const dvc = await dvcIn(files)
  const mlflow = await mlflowIn(place.folder, files)
  const weights = await weightsIn(files)
  const evidence = await evidenceIn(files, {
    ...{ documents, metrics: dvc.metrics },
    own: (path) => inRepository(path, place) ?? path,
  })
  const all: ManifestNote[] = [...notes, ...weights.notes, ...evidence.notes]
  const toldByMd5 = dvc.weights.filter((path) => !weights.weights.some((one) => one.path === path))
  all.push(...toldByMd5.map((path) => ({ code: 'weights_by_md5', path }) as const))

  const named = (path: string): string | undefined => {
    const written = writtenPath(path, place)
    if (typeof written === 'string') return written
    all.push({ code: 'left', path, why: written.why })
    return undefined
  }
  const measured = new Map<string, readonly Measurement[]>()
  const kept = evidence.files.flatMap(({ path, measurements, document }) => {
    const written = named(path)
    if (written === undefined) return []
    measured.set(written, measurements)
    return [{ path: written, ...(document && { document }) }]
  })
  const datasets = [...dvc.datasets, ...mlflow.datasets, ...evidence.datasets]
  const lying: Lying = {
    weights: weights.weights.flatMap(({ path, sha256 }) => {
      const written = named(path)
      return written === undefined ? [] : [{ path: written, sha256 }]
    }),
    datasets: pinned(datasets, criteria),
    evidence: kept,
    commits: [...mlflow.commits, ...evidence.commits],
  }
  const asked = [...new Set(documents)].filter((name) => !kept.some(({ document }) => document === name))
  all.push(...asked.map((document) => ({ code: 'missing_document', document }) as const))
  return { lying, notes: all, measured }
}

/** Data that the criteria pin by the same digest have the name that they give it. */
function pinned(datasets: readonly LyingData[], criteria: Criteria | undefined): readonly LyingData[] {
  const pins = Object.entries(criteria?.datasets ?? {})
  return datasets.map((data) => {
    const same = pins.find(
      ([, { digest }]) => digest !== undefined && JSON.stringify(digest) === JSON.stringify(data.digest),
    )
    return same === undefined ? data : { ...data, name: same[0] }
  })
}

/** The manifest itself, and what belongs to another model. */
function isNotOurs(path: string, place: Place): boolean {
  const own = inRepository(path, place)
  if (own === undefined) return false
  if (own === manifestPath(place.model)) return true
  const other = modelOfManifest(`${own}/release.yml`)
  return other !== undefined && other !== place.model
}

/** A path of the folder from the repository's root; undefined where it is not in it. */
function inRepository(path: string, { repository, folder }: Place): string | undefined {
  const from = relative(repository, `${folder}${sep}${path}`).split(sep).join('/')
  return from === '..' || from.startsWith('../') || from.startsWith('/') ? undefined : from
}

/** A path as the manifest writes it, or why it can't. */
function writtenPath(path: string, place: Place): string | { readonly why: 'outside' | 'name' } {
  const own = inRepository(path, place)
  if (own === undefined) return { why: 'outside' }
  const manifest = manifestPath(place.model)
  const written = relative(manifest.slice(0, manifest.lastIndexOf('/')), own)
    .split(sep)
    .join('/')
  // What git or another system would read otherwise, and what was no UTF-8.
  const odd = written.length > LONGEST || /\p{Cc}|\uFFFD/u.test(written)
  return odd || resolvePath(manifest, written) !== own ? { why: 'name' } : written
}
