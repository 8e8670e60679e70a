import type { Fault } from '../core/problem.ts'
import type {
  ArtifactWitness,
  Call,
  HeldFile,
  ListedArtifact,
  RunOfCommit,
  Wanted,
} from './artifact-witness.ts'

/** No honest release is evaluated more often. */
const MOST_NEW = 5

/** For each file what runs produced, oldest first; or why there is nothing. */
export type Shown =
  | {
      readonly kind: 'files'
      readonly held: readonly HeldFile[]
      readonly faults: ReadonlyMap<string, Fault>
      /** Earlier commits whose results say nothing of this one, each with a file that is another there. */
      readonly others: ReadonlyMap<string, string>
    }
  | { readonly kind: 'fault'; readonly fault: Fault }

/** How commits are compared. */
export type Compared = {
  readonly isMerged: (call: Call) => Promise<boolean>
  /** A file by which an earlier commit may have been evaluated otherwise than the judged one would be. */
  readonly otherCode: (earlier: string) => Promise<string | undefined>
}

/**
 * What runs of this commit, and of earlier ones with the same identity, datasets and workflow, produced. What was
 * read once is kept, so that it holds when the artifact has expired, and when another one takes its place.
 */
export async function gatherProduced(
  witness: ArtifactWitness,
  wanted: Wanted,
  { isMerged, otherCode }: Compared,
): Promise<Shown> {
  const { commit, artifact, files } = wanted
  const kept = await witness.kept(wanted)
  const heads = new Set([commit, ...kept.map(({ producer }) => producer.commit)])
  const listed = await witness.listed(artifact, commit)
  const here = listed.filter((one) => heads.has(one.commit))
  const isKept = ({ id }: ListedArtifact): boolean =>
    files.every((file) => kept.some((one) => one.producer.artifact === id && one.file === file))
  const open = here.filter((one) => !isKept(one))
  const runs = await runsOf(witness, commit, { open, kept })
  const fresh = open.filter((one) => isTrusted(one, runs, wanted))
  const readable = fresh.filter(({ expired }) => !expired).toSorted((a, b) => a.id - b.id)
  if (readable.length > MOST_NEW)
    return {
      kind: 'fault',
      fault: { code: 'artifact_too_many', artifact, found: readable.length, limit: MOST_NEW },
    }
  const edited = await firstEdited(runs, readable, isMerged)
  if (edited !== undefined) return { kind: 'fault', fault: edited }
  const read: HeldFile[] = []
  let last: { readonly one: ListedArtifact; readonly faults: ReadonlyMap<string, Fault> } | undefined
  for (const one of readable) {
    const { held, faults } = await witness.read(one, wanted)
    // Those of earlier heads and attempts may lack what the newest one of this commit must have.
    if (one.commit === commit) last = { one, faults }
    read.push(...held)
  }
  const held = [...kept, ...read]
  if (held.length > 0 || (last?.faults.size ?? 0) > 0)
    return {
      kind: 'files',
      held,
      faults: last?.faults ?? new Map(),
      others: await othersOf(wanted, held, otherCode),
    }
  return { kind: 'fault', fault: whyNone(wanted, listed, await allRuns(witness, commit, open)) }
}

/** Asked only where a file has no result of the judged commit itself. */
async function othersOf(
  { commit, files }: Wanted,
  held: readonly HeldFile[],
  otherCode: Compared['otherCode'],
): Promise<ReadonlyMap<string, string>> {
  const own = held.filter(({ producer }) => producer.commit === commit)
  if (files.every((file) => own.some((one) => one.file === file))) return new Map()
  const earlier = new Set(held.map(({ producer }) => producer.commit))
  earlier.delete(commit)
  const others = new Map<string, string>()
  for (const one of earlier) {
    const path = await otherCode(one)
    if (path !== undefined) others.set(one, path)
  }
  return others
}

/** The runs of what is new; where not all of them were heard of, GitHub is asked. */
async function runsOf(
  witness: ArtifactWitness,
  commit: string,
  { open, kept }: { readonly open: readonly ListedArtifact[]; readonly kept: readonly HeldFile[] },
): Promise<readonly RunOfCommit[]> {
  if (open.length === 0) return kept.length > 0 ? [] : await allRuns(witness, commit, open)
  const heard = await witness.heard(open)
  const isHeard = ({ run }: ListedArtifact): boolean => heard.some(({ id }) => id === run)
  return open.every(isHeard) ? heard : await allRuns(witness, commit, open)
}

/** Runs of the judged commit, and of earlier ones that have something new. */
async function allRuns(
  witness: ArtifactWitness,
  commit: string,
  open: readonly ListedArtifact[],
): Promise<readonly RunOfCommit[]> {
  const commits = [...new Set([commit, ...open.map((one) => one.commit)])]
  return (await Promise.all(commits.map((one) => witness.runs(one)))).flat()
}

/** A workflow that is called decides as much as the one that calls it. */
async function firstEdited(
  runs: readonly RunOfCommit[],
  readable: readonly ListedArtifact[],
  isMerged: (call: Call) => Promise<boolean>,
): Promise<Fault | undefined> {
  const calls = runs
    .filter(({ id }) => readable.some(({ run }) => run === id))
    .flatMap((run) => run.calls ?? [])
  const merged = await Promise.all(calls.map(isMerged))
  const call = calls.find((_, index) => merged[index] !== true)
  return call && { code: 'artifact_workflow', workflow: call.workflow, why: 'edited' }
}

/** Anybody may let a run upload an artifact of any name: only the run says whose it is. */
function isTrusted(
  { run, commit, fork }: ListedArtifact,
  runs: readonly RunOfCommit[],
  { workflow }: Wanted,
): boolean {
  const of = runs.find(({ id }) => id === run)
  return (
    of !== undefined &&
    of.commit === commit &&
    of.workflow === workflow &&
    of.state === 'succeeded' &&
    of.foreign === undefined &&
    !of.fork &&
    !fork
  )
}

/** Why nothing of this commit counts, by the run that came nearest. */
function whyNone(
  { artifact, workflow, commit }: Wanted,
  listed: readonly ListedArtifact[],
  runs: readonly RunOfCommit[],
): Fault {
  const here = runs.filter((run) => run.commit === commit)
  const named = here.filter((run) => run.workflow === workflow && !run.fork)
  const own = named.filter((run) => run.foreign === undefined)
  const about = { artifact, workflow }
  const pending = own.find(({ state }) => state === 'running')
  if (pending !== undefined) return { code: 'artifact_run_pending', ...about, run: pending.id }
  const succeeded = own.find(({ state }) => state === 'succeeded')
  if (succeeded !== undefined) {
    const { id: run } = succeeded
    const left = listed.filter((one) => one.run === run)
    if (left.some((one) => one.fork)) return { code: 'artifact_from_fork', ...about, run }
    return left.length > 0
      ? { code: 'artifact_gone', artifact, run }
      : { code: 'artifact_missing', ...about, run }
  }
  const [failed] = own
  if (failed !== undefined) return { code: 'artifact_run_failed', ...about, run: failed.id }
  const fork = here.find((run) => run.workflow === workflow && run.fork)
  if (fork !== undefined) return { code: 'artifact_from_fork', ...about, run: fork.id }
  const [foreign] = named
  if (foreign?.foreign !== undefined)
    return { code: 'artifact_foreign_event', ...about, run: foreign.id, event: foreign.foreign }
  const other = here.find(({ id }) => listed.some(({ run }) => run === id))
  if (other !== undefined)
    return {
      code: 'artifact_other_workflow',
      artifact,
      found: other.workflow,
      wanted: workflow,
      run: other.id,
    }
  const elsewhere = listed.find((one) => one.commit !== commit && !one.fork)?.commit
  return { code: 'artifact_no_run', ...about, commit, ...(elsewhere && { elsewhere }) }
}
