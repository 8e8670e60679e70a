import type { Finding } from '../core/finding.ts'
import { FLOOR, FLOOR_RECORDS, resolvePath } from '../core/paths.ts'
import type { FloorUsed } from '../core/standing.ts'
import type { EvidenceShown, ModelVerdict, Verdict } from '../core/verdict.ts'
import { hrefOf, own, type Property, type Showing, shown } from './oscal-parts.ts'
import { namedIn } from './rests-on.ts'

/** A file that the verdict knows by its digest: as an answer calls it, and as the document refers to it. */
type KnownFile = {
  /** What an answer calls it: its path, and of weights their name in the manifest too. */
  readonly called: readonly string[]
  readonly path: string
  /** Git blob id, or sha256 in 64 digits; absent where the file is not there. */
  readonly digest?: string | undefined
  readonly props: readonly Property[]
}

/** Every file that was judged, of all models and of the floor, each once. */
export function filesOf({ models, floor }: Pick<Verdict, 'models' | 'floor'>): readonly KnownFile[] {
  const all = [...models.flatMap((model) => [...model.evidence.map(evidenceFile), ...releasedFiles(model)])]
  return [...new Map([...all, ...floorFiles(floor)].map((file) => [file.path, file])).values()]
}

function evidenceFile({ path, sha, format, trust, lfs }: EvidenceShown): KnownFile {
  return {
    ...{ called: [path], path, digest: lfs?.oid ?? sha },
    props: [
      own('trust', trust),
      ...(format === undefined ? [] : [own('format', format)]),
      ...(lfs === undefined || sha === undefined ? [] : [own('git-blob', sha)]),
    ],
  }
}

/** The manifest, what lies beside the weights, and weights whose bytes were seen; an address is no file of the commit. */
function releasedFiles({ manifest, components, weights }: ModelVerdict): readonly KnownFile[] {
  const files = [manifest, ...components].map(({ path, sha }) => ({
    ...{ called: [path], path, digest: sha, props: [] },
  }))
  const seen = weights.flatMap(({ name, digest, trust }): readonly KnownFile[] => {
    const path = resolvePath(manifest.path, name)
    const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1]
    if (trust !== 'seen' || path === undefined || sha256 === undefined) return []
    return [{ called: [path, name], path, digest: sha256, props: [own('trust', trust)] }]
  })
  return [...files, ...seen]
}

/** The floor and what lies beside it, as the repository has them that holds it: nobody else has this machine's folders. */
function floorFiles(floor: FloorUsed | undefined): readonly KnownFile[] {
  if (floor?.kind !== 'read' && floor?.kind !== 'given') return []
  const where =
    floor.kind === 'read'
      ? [own('repository', floor.repository), own('commit', floor.commit)]
      : [own('given', 'to the command')]
  return [{ path: floor.path, sha: floor.sha }, ...(floor.records ?? [])].map(({ path, sha }) => ({
    ...{ called: [path], path: inFloor(path), digest: sha, props: where },
  }))
}

/** A path of the floor's repository, however the floor was found. */
function inFloor(path: string): string {
  const at = path.lastIndexOf(`${FLOOR_RECORDS}/`)
  return `floor:${at >= 0 ? path.slice(at) : path.endsWith(FLOOR) ? FLOOR : path.slice(path.lastIndexOf('/') + 1)}`
}

/** One file as the back matter has it, by path and digest. */
export function resourceOf({ path, digest, props }: KnownFile, uuid: string): object {
  const isSha256 = digest?.length === 64
  const all = [...props, ...(digest === undefined || isSha256 ? [] : [own('git-blob', digest)])]
  return {
    uuid,
    title: shown(path),
    ...(all.length > 0 && { props: all }),
    rlinks: [{ href: hrefOf(path), ...(isSha256 && { hashes: [{ algorithm: 'SHA-256', value: digest }] }) }],
  }
}

/** Where a criterion stands; of the floor as its repository has it. */
export function askedIn({ asked, version }: Finding): Showing | undefined {
  if (asked === undefined) return undefined
  return version === 'floor' ? { ...asked, path: inFloor(asked.path) } : asked
}

/** The files that show what a finding says, as far as the verdict knows them by a digest. */
export function showingIn(
  files: readonly KnownFile[],
  { manifest, weights }: ModelVerdict,
  resource: (path: string) => string,
): (finding: Finding) => readonly Showing[] {
  const known = new Map(files.flatMap((file) => file.called.map((name) => [name, file.path] as const)))
  const about = { manifest: manifest.path, weights: weights.map(({ name }) => name) }
  return ({ answer }) => {
    const found = namedIn(answer, about).flatMap(({ path: called, line }) => {
      const path = known.get(called)
      return path === undefined ? [] : [[path, { path, line, resource: resource(path) }] as const]
    })
    return [...new Map(found.toReversed()).values()].toReversed()
  }
}
