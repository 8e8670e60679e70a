import type { RecordedAccess, SeenAccess } from '../core/access.ts'
import { asksEverybody, narrowedAccess, teamsAsked } from '../core/access-asked.ts'
import { ownersOf, unownedOf } from '../core/code-owners.ts'
import { EXAM_ROLES } from '../core/exam.ts'
import { isObservedRecord, type Observed } from '../core/observed.ts'
import { resolvePath } from '../core/paths.ts'
import type { Floor } from '../criteria/floor.ts'
import type { ModelFacts, SeenRun } from '../facts.ts'
import { leafAt } from './files.ts'
import { codeOwnersAt } from './gate-files.ts'
import type { Repository } from './repository.ts'
import type { Witness } from './witness.ts'
import { workflowSeen } from './workflow-seen.ts'

/** So many places of data are looked for. */
const MOST_PATHS = 100

/**
 * What can be seen of the training, where criteria ask for a record that is held to it: of its run the workflow's file
 * as the run had it and the environments that it enters; and who owns what it is made from and may write, on the default
 * branch today. That needs no run: where none of this repository was seen, it alone is told.
 */
export async function gatherObserved(
  repository: Repository,
  witness: Witness | undefined,
  model: ModelFacts,
  {
    tip,
    held,
    shared,
  }: {
    readonly tip: string
    readonly held: Floor | undefined
    /** Evidence beside the floor. */
    readonly shared: ModelFacts['evidence']
  },
): Promise<Pick<ModelFacts, 'observed'>> {
  const run = trainingRun(model)
  const { registered, today } = model.criteria
  const asked = [registered?.criteria, today?.criteria, held].flatMap((file) => file?.criteria ?? [])
  const records = new Set(
    asked.flatMap((one) => (one.check === 'record' && isObservedRecord(one.record) ? [one.record] : [])),
  )
  const isTrained = model.manifest.value?.training !== undefined
  if (!isTrained || witness === undefined || records.size === 0) return {}
  const isSeen = run?.repository.toLowerCase() === repository.name.toLowerCase()
  const own = isSeen ? run : undefined
  // Where training ran is nothing that could be seen without a run.
  if (own === undefined && !records.has('access-control')) return {}
  const [workflow, paths, owners] = await Promise.all([
    own && workflowSeen(repository, own),
    pathsOf(repository, tip, model, own?.workflow),
    codeOwnersAt(repository, tip),
  ])
  const data = paths.filter((path) => path !== own?.workflow)
  const isEntered = (workflow?.environments.length ?? 0) > 0
  // Without a run, whoever may write decides nothing where no data is.
  const isHeld = records.has('access-control') && (own !== undefined || data.length > 0)
  const [environments, access] = await Promise.all([
    isEntered ? witness.environments() : ({ seen: [] } as const),
    isHeld
      ? accessOf(witness, recordedIn([...model.evidence, ...shared], own), ownersOf(owners?.text ?? '', data))
      : undefined,
  ])
  const observed: Observed = {
    ...(own && { run: own.run }),
    ...(workflow && { workflow }),
    environments,
    paths,
    unowned: unownedBy(owners, paths),
    ...(access && { access }),
  }
  return { observed }
}

/** Without CODEOWNERS nobody owns any of them: else to remove it would mend what it lacks. */
function unownedBy(
  owners: { readonly file: string; readonly text: string | undefined } | undefined,
  paths: readonly string[],
): readonly string[] {
  return owners === undefined ? paths : unownedOf(owners.text ?? '', [...paths, owners.file])
}

/** Who may write, and who is in the teams that a record of the release names, or that own the data. */
async function accessOf(
  witness: Witness,
  recorded: readonly RecordedAccess[],
  owners: readonly string[],
): Promise<SeenAccess> {
  const asked = recorded.map((one) => teamsAsked(one, owners))
  const teams = [...new Set(asked.flatMap(({ named }) => named))]
  const owning = [...new Set(asked.flatMap((one) => one.owning))].filter((team) => !teams.includes(team))
  const told = await witness.access({ teams, owning, everybody: recorded.some(asksEverybody) })
  return narrowedAccess({ ...told, owners }, recorded)
}

/** Whom records name; of a training of which no run was seen nobody can be held to who starts it. */
function recordedIn(evidence: ModelFacts['evidence'], run: SeenRun | undefined): readonly RecordedAccess[] {
  const recorded = evidence.flatMap(({ records }) =>
    records.flatMap((one) => (one.kind === 'written' && one.access ? [one.access] : [])),
  )
  return run === undefined ? recorded.map(({ start_runs: _, ...others }) => others) : recorded
}

function trainingRun({ begun }: ModelFacts): SeenRun | undefined {
  return begun?.kind === 'seen' && begun.clock === 'run' && begun.work === 'training' ? begun : undefined
}

/** The workflow, and data that the manifest places in the repository: only what is there today. */
async function pathsOf(
  repository: Repository,
  tip: string,
  { manifest }: ModelFacts,
  workflow: string | undefined,
): Promise<readonly string[]> {
  const named = (manifest.value?.datasets ?? []).flatMap(({ role, origin, rows }) =>
    EXAM_ROLES.some((exam) => exam === role) ? [] : [origin, rows],
  )
  const written = named.flatMap((name) =>
    name === undefined ? [] : (resolvePath(manifest.path, name) ?? []),
  )
  const paths = [...new Set([...(workflow === undefined ? [] : [workflow]), ...written])].slice(0, MOST_PATHS)
  const leaves = await Promise.all(paths.map((path) => leafAt(repository, tip, path)))
  return paths.filter((_, index) => leaves[index] !== undefined)
}
