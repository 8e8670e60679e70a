import { createHash } from 'node:crypto'
import type { CommittedBytes } from '../core/committed-bytes.ts'
import { resolvePath } from '../core/paths.ts'
import { inputsOf, isOfFolder, isScript, stagesOfTraining } from '../core/pipeline.ts'
import type { Floor } from '../criteria/floor.ts'
import { criteriaAsked, type ModelFacts } from '../facts.ts'
import { commitOfTraining } from './at-training.ts'
import { followed } from './lfs.ts'
import type { Entry, Listing, Repository } from './repository.ts'

/** More files than this nobody gives a digest each in a commit, nor more bytes, of one file and of all. */
export const MOST_FILES = 50
/** Most data of a pipeline lie elsewhere: of so many paths it is looked whether anything is there. */
export const MOST_LOOKED = 200
export const MOST_BYTES = 20_000_000
export const MOST_ALL_BYTES = 60_000_000

type Asking = { readonly commit: string; readonly tip: string; readonly held: Floor | undefined }
type Of = Pick<CommittedBytes, 'of' | 'commit' | 'path' | 'datasets'>
/** Paths that are looked at, and the datasets of the manifest that are called so. */
type Named = Map<string, readonly string[]>

/**
 * What lies in the commit of the training where locks of pipelines and the manifest say which bytes these are: scripts
 * where criteria ask about the code, data where they ask about data. Data that the training's commit has not are looked
 * for in the commit that is judged. Blobs of git alone are read, and nothing is fetched from elsewhere.
 */
export async function gatherCommitted(
  repository: Repository,
  model: ModelFacts,
  { commit, tip, held }: Asking,
): Promise<Pick<ModelFacts, 'committed'>> {
  const parts = criteriaAsked(model, held).flatMap((one) => (one.check === 'integrity' ? one.of : []))
  const { scripts, data } = namedIn(model, new Set(parts))
  const paths = [...scripts.keys(), ...data.keys()]
  if (paths.length === 0) return {}
  const training = await commitOfTraining(repository, model, tip)
  const seen = training?.kind === 'seen' ? training.commit : undefined
  const look = async (path: string): Promise<readonly (Of & { readonly entry: Entry })[]> => {
    const entry = seen === undefined ? undefined : await repository.entry(seen, path)
    const datasets = data.get(path) ?? []
    const about = { path, ...(datasets.length > 0 && { datasets }) }
    // Data in a folder are known by no digest of theirs.
    if (entry?.kind === 'folder' && !scripts.has(path)) return []
    if (entry !== undefined && seen !== undefined) return [{ of: 'training', commit: seen, ...about, entry }]
    const own = data.has(path) ? await repository.entry(commit, path) : undefined
    return own === undefined ? [] : [{ of: 'release', commit, ...about, entry: own }]
  }
  const there = (await Promise.all(paths.slice(0, MOST_LOOKED).map(look))).flat()
  const [next] = paths.slice(MOST_LOOKED)
  const committed = [
    ...(await readAll(repository, there)),
    // Of all that are left one says that there are more.
    ...(next === undefined
      ? []
      : [{ of: 'training', commit: seen ?? commit, path: next, why: 'too_many' } as const]),
  ]
  return committed.length > 0 ? { committed } : {}
}

/** Paths that the evidence and the manifest give a digest; those of scripts come first. */
function namedIn(
  { evidence, manifest, weights, sums = [] }: ModelFacts,
  parts: ReadonlySet<string>,
): { readonly scripts: Named; readonly data: Named } {
  const [scripts, data]: [Named, Named] = [new Map(), new Map()]
  const places = weights.map(({ name }) => sums.find((sum) => sum.name === name)?.path ?? name)
  for (const { about, producer, awaited, records } of evidence) {
    if (about !== 'candidate' || producer !== undefined || awaited !== undefined) continue
    for (const record of records) {
      if (record.kind !== 'data' || record.stages === undefined) continue
      const lock = record.source.path
      const { all } = stagesOfTraining(record.stages, lock, places)
      for (const { file, digests } of inputsOf(all, record.stages, lock)) {
        const isOfCode = isScript(file) || digests.every(isOfFolder)
        if (isOfCode && parts.has('code')) scripts.set(file, [])
        if (!isOfCode && parts.has('data')) data.set(file, [])
      }
    }
  }
  for (const { name, digest } of parts.has('data') ? (manifest.value?.datasets ?? []) : []) {
    // A plain word is a name and no path.
    if (digest === undefined || !/[./]/.test(name)) continue
    for (const path of [resolvePath('', name), resolvePath(manifest.path, name)])
      if (path !== undefined) data.set(path, [...(data.get(path) ?? []), name])
  }
  return { scripts, data }
}

async function readAll(
  repository: Repository,
  there: readonly (Of & { readonly entry: Entry })[],
): Promise<readonly CommittedBytes[]> {
  const sizeOf = ({ entry }: (typeof there)[number]): number => ('bytes' in entry ? (entry.bytes ?? 0) : 0)
  // What is short is asked for together, so that what keeps blobs has it.
  const first = there.filter((one) => sizeOf(one) <= MOST_BYTES).slice(0, MOST_FILES)
  await Promise.all(
    first.map(({ entry }) =>
      entry.kind === 'file' && (entry.bytes ?? 0) <= SHORT ? repository.blob(entry.oid) : [],
    ),
  )
  const read: CommittedBytes[] = []
  let left = MOST_ALL_BYTES
  // One after another, so that memory holds one of them.
  for (const [index, { entry, ...about }] of there.entries()) {
    if (entry.kind === 'folder') {
      const listing = await repository.list(about.commit, about.path)
      read.push({ ...about, ...(isOfScripts(listing) ? { why: 'folder' } : { folder: 'data' }) })
    } else if (entry.kind === 'file') {
      const bytes = entry.bytes ?? 0
      if (index >= MOST_FILES || bytes > left) read.push({ ...about, why: 'too_many' })
      else if (bytes > MOST_BYTES) read.push({ ...about, why: 'too_large' })
      else {
        const content = await repository.blob(entry.oid)
        left -= content.length
        read.push({ ...about, ...digestsOf(content) })
      }
    } else {
      read.push({ ...about, why: entry.kind })
    }
  }
  return read
}

const SHORT = 100_000

/** What scripts become when they are compiled or packed. */
const BUILT = /\.(?:pyc|pyo|pyd|pyz|so|dll|dylib|whl|egg|jar)$/i

/** A folder of data has only files, none of which is called as code is. */
function isOfScripts(listing: Listing): boolean {
  return [...listing].some(([name, { kind }]) => kind !== 'file' || isScript(name) || BUILT.test(name))
}

type Digests = Pick<Extract<CommittedBytes, { digests: readonly string[] }>, 'digests' | 'alike'>

function digestsOf(bytes: Uint8Array): Digests {
  const pointer = followed(bytes)
  if (pointer !== undefined) return { digests: [`sha256:${pointer.oid}`] }
  const digests = both(bytes)
  if (!isText(bytes)) return { digests }
  // Latin-1 has a character for each byte, and gives it back.
  const unix = Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n')
  const alike = [unix, unix.replaceAll('\n', '\r\n')]
    .flatMap((text) => both(Buffer.from(text, 'latin1')))
    .filter((digest) => !digests.includes(digest))
  return { digests, ...(alike.length > 0 && { alike }) }
}

function both(bytes: Uint8Array): readonly string[] {
  return ['md5', 'sha256'].map((name) => `${name}:${createHash(name).update(bytes).digest('hex')}`)
}

/** What DVC takes for text: its first 512 bytes have no NUL, and at most 30% that no text has (`dvc_data.hashfile.istextfile`). */
function isText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 512)
  const strange = head.filter((byte) => (byte < 32 && ![8, 9, 10, 12, 13].includes(byte)) || byte > 126)
  return !head.includes(0) && strange.length <= 0.3 * head.length
}
