import { trustOf } from '../attest/proof/trust.ts'
import type { Evidence } from '../core/evidence.ts'
import { criteriaPath, misspelt } from '../core/paths.ts'
import type { Place } from '../core/place.ts'
import type { Problem } from '../core/problem.ts'
import type { SignersTrusted } from '../core/signers.ts'
import { parseCriteria } from '../criteria/criteria.ts'
import type { CriteriaFile, ModelFacts, Start, Work } from '../facts.ts'
import { canonicalJson } from '../text/canonical.ts'
import { decode } from '../text/decode.ts'
import { type Folder, gatherArtifacts } from './artifact-evidence.ts'
import { withAttested } from './attested.ts'
import { withBareSignatures } from './bare-signatures.ts'
import { fixedAt, gatherBegun, withReuse } from './begun.ts'
import { gatherEvidence } from './evidence.ts'
import { find, leafAt, readWritten } from './files.ts'
import { withPairs } from './paired-rows.ts'
import { registeredAt } from './registered-at.ts'
import { gatherReleased, identityOf } from './released.ts'
import type { Repository } from './repository.ts'
import type { Pinning } from './rows/plan.ts'
import type { FoundManifest } from './scope.ts'
import { gatherShared } from './shared-rows.ts'
import { withSignedFiles } from './signed-files.ts'
import { withSignedFor } from './signed-for.ts'
import type { Witness } from './witness.ts'

/** A judged commit, and where the default branch stands. */
export type Judged = { readonly commit: string; readonly tip: string }

/** What no clone can show, artifacts that somebody has in folders, and whose signatures the floor trusts. */
export type Sources = {
  readonly witness?: Witness
  readonly folders?: ReadonlyMap<string, Folder>
  readonly trusted?: SignersTrusted
  /** What the floor asks of every model. */
  readonly asked?: Pinning['criteria']
}

/** Everything that the verdict on one model depends on. */
export async function gatherModel(
  repository: Repository,
  judged: Judged,
  found: FoundManifest,
  { witness, folders, trusted, asked = [] }: Sources = {},
): Promise<ModelFacts> {
  const { model, parsed } = found
  const path = criteriaPath(model)
  const shown = await gatherBegun(
    witness,
    { repository: repository.name, tip: judged.tip },
    parsed,
    (file, line) => readTicket(repository, judged.commit, file, { path: found.path, line }),
  )
  const fixed = fixedAt(shown.begun, repository.name)
  const start =
    fixed === undefined ? await gatherStart(repository, judged.tip, path, found) : startByClock(found)
  const at = fixed ?? (start.kind === 'placed' ? start.at : undefined)
  const rewritten = at === undefined ? undefined : await witness?.rewritten(at, judged.tip)
  // Of a commit that was thrown out there may be nothing left.
  const gone = rewritten !== undefined && at !== undefined && !(await isThere(repository, judged.tip, at))
  const versions = [
    at === undefined || gone ? undefined : criteriaFile(repository, path, at),
    criteriaFile(repository, path, judged.tip),
  ] as const
  // What was registered says how rows are read; where today's differs, the rows say so themselves.
  const pinning = Promise.all(versions).then(([first, now]): Pinning | undefined => {
    const { datasets } = (first ?? now)?.criteria ?? {}
    const criteria = [first, now].flatMap((file) => file?.criteria?.criteria ?? [])
    return (first ?? now)?.criteria && { datasets, criteria: [...criteria, ...asked] }
  })
  const trust = trustOf(trusted)
  // Weights in Git LFS are fetched for nothing else.
  const asksFormats = async () =>
    [...asked, ...((await pinning)?.criteria ?? [])].some(({ check }) => check === 'scan')
  const reading = Promise.all(
    parsed.evidence.map((named) =>
      gatherEvidence(repository, judged.commit, found.path, named, pinning, trust),
    ),
  )
  // What is in an artifact is not known yet.
  const asksSums = async () => parsed.artifacts.length > 0 || (await reading).some(isOfPipeline)
  const [registered, today, proposed, released, files, manifest, shared] = await Promise.all([
    ...versions,
    leafAt(repository, judged.commit, path),
    gatherReleased(repository, judged.commit, found.path, parsed, asksFormats, asksSums),
    reading,
    leafAt(repository, judged.commit, found.path),
    gatherShared(repository, judged.commit, found.path, parsed.manifest),
  ])
  const absent = registered === undefined && today === undefined && proposed === undefined
  const misnamed = absent ? await leafAt(repository, judged.commit, misspelt(path)) : undefined
  const begun = await withReuse(witness, model, shown.begun, released)
  const problems = [...parsed.problems, ...shown.problems, ...released.problems]
  const received = registered && (await witness?.received(path, registered.sha))
  const whole = parsed.manifest !== undefined && problems.length === 0 && registered !== undefined
  const identity = whole ? identityOf(released, registered.sha) : undefined
  const artifacts = await gatherArtifacts(
    repository,
    { ...(witness && { witness: witness.artifacts }), ...(folders && { folders }) },
    {
      ...judged,
      manifest: found.path,
      criteria: await pinning,
      ...(trusted && { trusted }),
      ...(identity !== undefined && {
        about: canonicalJson([model, identity, parsed.manifest?.datasets ?? []]),
      }),
    },
    parsed.artifacts,
  )
  const all = await withPairs(repository, [...files, ...artifacts], parsed, await pinning, folders)
  const sorted = all.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const { weights } = parsed
  const bare = await withBareSignatures(
    repository,
    { commit: judged.commit, released, weights, trust },
    sorted,
  )
  const withFiles = await withSignedFiles(
    repository,
    { commit: judged.commit, manifest: found.path, released },
    bare,
  )
  const evidence = await withSignedFor(repository, await withAttested(repository, withFiles))
  const waivers = await witness?.waivers(model)
  return {
    model,
    manifest: {
      path: found.path,
      sha: manifest?.oid ?? '',
      ...(parsed.manifest && { value: parsed.manifest }),
    },
    start,
    ...(begun && { begun }),
    ...(rewritten && { rewritten }),
    ...(received && { received }),
    criteria: {
      path,
      ...(registered && { registered }),
      ...(today && { today }),
      ...(proposed && { proposed: proposed.oid }),
      ...(misnamed && { misnamed: misspelt(path) }),
    },
    weights: released.weights,
    components: released.components,
    ...(released.loaded && { loaded: released.loaded }),
    ...(released.sums && evidence.some(isOfPipeline) && { sums: released.sums }),
    evidence,
    ...(identity !== undefined && { identity }),
    ...(waivers && { waivers }),
    problems: [...problems, ...shared],
  }
}

/** Whether a file says what a pipeline made, by digests that may be other ones than the manifest has. */
function isOfPipeline({ records }: Evidence): boolean {
  return records.some((record) => record.kind === 'data' && record.outs !== undefined)
}

/** The work that the manifest names, and R. Where something is trained here, the work is training. */
async function gatherStart(
  repository: Repository,
  tip: string,
  path: string,
  found: FoundManifest,
): Promise<Start> {
  const work = workOf(found.parsed)
  if (work === undefined) return { kind: 'not_named' }
  const start = await registeredAt(repository, tip, work)
  if (start.kind !== 'placed') return start
  const saw = await leafAt(repository, work.commit, path)
  return { ...start, ...(saw && { saw: saw.oid }) }
}

function startByClock({ parsed }: FoundManifest): Start {
  const work = workOf(parsed)
  return work === undefined ? { kind: 'not_named' } : { kind: 'by_clock', work }
}

/** The commit that the manifest names as its work. */
export function workOf({ manifest }: FoundManifest['parsed']): Work | undefined {
  const [training, evaluation] = [manifest?.training?.commit, manifest?.evaluation?.commit]
  if (training !== undefined) return { kind: 'training', commit: training }
  return evaluation === undefined ? undefined : { kind: 'evaluation', commit: evaluation }
}

async function isThere(repository: Repository, tip: string, commit: string): Promise<boolean> {
  return (await repository.mergeBase(tip, commit)).kind !== 'unknown'
}

/** No ticket is longer. */
const MAX_TICKET_BYTES = 16_384

/** A start ticket as it lies in the commit; what is in it is for the app to believe or not. */
async function readTicket(
  repository: Repository,
  commit: string,
  path: string,
  named: Place,
): Promise<{ text: string } | { problem: Problem }> {
  const found = await find(repository, commit, path, named)
  if ('problem' in found) return found
  const { bytes = 0, oid } = found.entry
  if (bytes > MAX_TICKET_BYTES)
    return { problem: { path, code: 'too_large', bytes, limit: MAX_TICKET_BYTES } }
  return decode(await repository.blob(oid), path)
}

async function criteriaFile(
  repository: Repository,
  path: string,
  commit: string,
): Promise<CriteriaFile | undefined> {
  const entry = await leafAt(repository, commit, path)
  if (entry === undefined) return undefined
  return { ...parseCriteria(await readWritten(repository, path, entry), path), path, commit, sha: entry.oid }
}
