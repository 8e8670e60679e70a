import { createHash } from 'node:crypto'
import { trustOf } from '../attest/proof/trust.ts'
import type { Evidence } from '../core/evidence.ts'
import type { Problem } from '../core/problem.ts'
import type { SignersTrusted } from '../core/signers.ts'
import type { NamedArtifact } from '../criteria/manifest.ts'
import { canonicalJson } from '../text/canonical.ts'
import type { ArtifactWitness, Call, Wanted } from './artifact-witness.ts'
import { chosenFrom } from './chosen.ts'
import { asNamed, NOTHING, readNamed } from './evidence.ts'
import { leafAt } from './files.ts'
import { otherCode } from './other-code.ts'
import { gatherProduced, type Shown } from './produced.ts'
import type { Repository } from './repository.ts'
import { pairsAmong } from './rows/beside.ts'
import { type Pinning, planOf } from './rows/plan.ts'

/** The files of an artifact that somebody has in a folder; undefined where the folder has no such file. */
export type Folder = (file: string) => Promise<Uint8Array | undefined>

/** Where artifacts are looked for: at GitHub, or in folders by the artifact's name. */
export type ArtifactSources = {
  readonly witness?: ArtifactWitness
  readonly folders?: ReadonlyMap<string, Folder>
}

/** The judged release: where it stands, and what results are about. */
export type About = {
  readonly commit: string
  readonly tip: string
  readonly manifest: string
  /** The criteria that say how rows are read. */
  readonly criteria?: Pinning | undefined
  /** Whose signatures the floor trusts. */
  readonly trusted?: SignersTrusted
  /** Identity and datasets as one text; absent where the release is not whole. */
  readonly about?: string
}

/** The evidence of artifacts that a manifest names; a fault is a problem of the evidence. */
export async function gatherArtifacts(
  repository: Repository,
  { witness, folders }: ArtifactSources,
  release: About,
  named: readonly NamedArtifact[],
): Promise<readonly Evidence[]> {
  const groups = Map.groupBy(named, ({ artifact, workflow }) => canonicalJson([artifact, workflow]))
  const all = await Promise.all(
    [...groups.values()].map(async (group) => {
      const [first] = group
      if (first === undefined) return []
      const found = await workflowOf(repository, release, first.workflow)
      if (typeof found !== 'string')
        return group.map((one) => withProblem(one, { ...placeOf(one, release), ...found }))
      if (witness === undefined)
        return await Promise.all(group.map((one) => inFolder(one, release, folders?.get(one.artifact))))
      const isMerged = async ({ workflow, commit }: Call): Promise<boolean> =>
        typeof (await workflowOf(repository, { ...release, commit }, workflow)) === 'string'
      const shown = await gatherProduced(
        witness,
        {
          artifact: first.artifact,
          workflow: first.workflow,
          blob: found,
          commit: release.commit,
          files: group.map(({ file }) => file),
          ...rowsIn(group, release.criteria),
          ...(release.trusted && { trusted: release.trusted }),
          ...(release.about !== undefined && { about: release.about }),
        },
        { isMerged, otherCode: (earlier) => otherCode(repository, release, earlier) },
      )
      return group.map((one) => produced(shown, one, release))
    }),
  )
  return all.flat()
}

/** How the files of an artifact that hold rows are read. */
function rowsIn(
  named: readonly NamedArtifact[],
  criteria: Pinning | undefined,
): Pick<Wanted, 'rows' | 'pairs'> {
  const plans = named.flatMap(({ file, rows, dataset = '' }) =>
    rows === undefined ? [] : [[file, planOf(rows, dataset, criteria)] as const],
  )
  const idOf = ({ file, rows, dataset = '' }: NamedArtifact) =>
    rows?.id === undefined ? [] : [{ file, plan: { ...planOf(rows, dataset, criteria), id: rows.id } }]
  const pairs = pairsAmong(named).flatMap(([one, other]) =>
    idOf(one).flatMap((own) => idOf(other).map((there) => [own, there] as const)),
  )
  return {
    ...(plans.length > 0 && { rows: Object.fromEntries(plans) }),
    ...(pairs.length > 0 && { pairs }),
  }
}

/** The workflow's blob, if it is the same file in the judged commit and on the default branch. */
async function workflowOf(
  repository: Repository,
  { commit, tip }: About,
  workflow: string,
): Promise<string | { readonly code: 'artifact_workflow'; workflow: string; why: 'edited' | 'unmerged' }> {
  const [own, merged] = await Promise.all([
    leafAt(repository, commit, workflow),
    leafAt(repository, tip, workflow),
  ])
  // A link would be followed by Actions to another file than the one that is compared.
  if (merged?.kind !== 'file') return { code: 'artifact_workflow', workflow, why: 'unmerged' }
  if (own?.kind !== 'file' || own.oid !== merged.oid)
    return { code: 'artifact_workflow', workflow, why: 'edited' }
  return merged.oid
}

function produced(shown: Shown, named: NamedArtifact, release: About): Evidence {
  const found = chosenFrom(shown, named, release.commit, placeOf(named, release))
  if ('problem' in found) return withProblem(named, found.problem)
  const { sha, producer, ...read } = found.chosen
  const { problems, ...more } = asNamed(read, named, release.manifest)
  return {
    ...aboutOf(named),
    trust: 'produced',
    sha,
    producer,
    ...more,
    problems: [...found.problems, ...problems],
  }
}

/** In a clone nothing shows which run produced a file: its numbers can be seen, and no more. */
async function inFolder(named: NamedArtifact, release: About, folder: Folder | undefined): Promise<Evidence> {
  const { artifact, file } = named
  const place = placeOf(named, release)
  const awaited = (how: 'read' | 'unread'): Problem => ({
    ...place,
    code: 'artifact_awaited',
    artifact,
    awaited: how,
  })
  if (folder === undefined) return { ...withProblem(named, awaited('unread')), awaited: 'unread' }
  const bytes = await folder(file)
  if (bytes === undefined) return withProblem(named, { ...place, code: 'not_in_archive', file })
  const sha = createHash('sha256').update(bytes).digest('hex')
  const read = await readNamed(bytes, named, sha, release.criteria, trustOf(release.trusted))
  const { problems, ...more } = asNamed(read, named, release.manifest)
  return {
    ...aboutOf(named),
    trust: 'typed',
    awaited: 'read',
    sha,
    ...more,
    problems: [awaited('read'), ...problems],
  }
}

/** What was not seen to be produced is `typed`. */
function withProblem(named: NamedArtifact, problem: Problem): Evidence {
  return { ...aboutOf(named), trust: 'typed', ...NOTHING, problems: [problem] }
}

function placeOf({ line }: NamedArtifact, { manifest }: About): { path: string; line: number } {
  return { path: manifest, line }
}

function aboutOf({ path, about, document }: NamedArtifact): Pick<Evidence, 'path' | 'about' | 'document'> {
  return { path, about, ...(document && { document }) }
}
