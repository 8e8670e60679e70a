import type { Fault, Problem } from '../core/problem.ts'
import type { NamedArtifact } from '../criteria/manifest.ts'
import { canonicalJson } from '../text/canonical.ts'
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
  const runs = open.length > 0 || kept.length === 0 ? await runsOf(witness, commit, open) : []
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
  return { kind: 'fault', fault: whyNone(wanted, listed, runs) }
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

/** Runs of the judged commit, and of earlier ones that have something new. */
async function runsOf(
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

/** One file of the evidence out of what runs produced; where they disagree none of them is chosen. */
export function chosenFrom(
  shown: Shown,
  { artifact, file }: Pick<NamedArtifact, 'artifact' | 'file'>,
  commit: string,
  place: { readonly path: string; readonly line: number },
): { readonly problem: Problem } | { readonly chosen: HeldFile; readonly problems: readonly Problem[] } {
  if (shown.kind === 'fault') return { problem: { ...shown.fault, ...place } }
  const fault = shown.faults.get(file)
  if (fault !== undefined) return { problem: { ...fault, ...place } }
  const held = shown.held
    .filter((one) => one.file === file)
    .toSorted((a, b) => a.producer.artifact - b.producer.artifact)
  const last = held.at(-1)
  if (last === undefined) return { problem: { ...place, code: 'not_in_archive', file } }
  const newest =
    held.findLast(({ producer }) => producer.commit === commit) ??
    held.findLast(({ producer }) => !shown.others.has(producer.commit))
  if (newest === undefined) {
    const { run, commit: earlier, workflow } = last.producer
    const path = shown.others.get(earlier) ?? ''
    return {
      problem: {
        ...place,
        code: 'artifact_other_code',
        artifact,
        workflow,
        run,
        commit: earlier,
        other: path,
      },
    }
  }
  const other = held.find((one) => resultsOf(one) !== resultsOf(newest))
  if (other === undefined) return { chosen: newest, problems: [] }
  const runs = [...new Set([other.producer.run, newest.producer.run])]
  const what = differs(other, newest)
  return { chosen: newest, problems: [{ ...place, code: 'artifact_contradiction', file, runs, what }] }
}

/** What was found, without when and where it was written. */
function resultsOf({ reading }: HeldFile): string {
  const measurements = reading.measurements.map(({ metric, value, unit, samples, successes, labels }) => ({
    metric,
    value,
    unit,
    samples,
    successes,
    labels: Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'timestamp')),
  }))
  return canonicalJson({
    measurements: measurements.map((one) => canonicalJson(one)).toSorted(),
    problems: reading.problems.map(({ code }) => code).toSorted(),
  })
}

function differs(one: HeldFile, other: HeldFile): string {
  const values = ({ reading }: HeldFile): readonly string[] =>
    reading.measurements.map(({ metric, value, samples }) => canonicalJson([metric, value, samples ?? null]))
  const known = values(other)
  const index = values(one).findIndex((value) => !known.includes(value))
  return one.reading.measurements[index]?.metric ?? other.reading.measurements[0]?.metric ?? 'what it holds'
}
