import type { RecordedAccess, SeenAccess } from '../core/access.ts'
import { asksEverybody, narrowedAccess, teamsAsked } from '../core/access-asked.ts'
import { ownersOf } from '../core/code-owners.ts'
import { type Seen, seenOf } from '../core/doctor-facts.ts'
import { EXAM_ROLES } from '../core/exam.ts'
import { isObservedRecord, type Observed } from '../core/observed.ts'
import { resolvePath } from '../core/paths.ts'
import type { Floor } from '../criteria/floor.ts'
import { criteriaAsked, type ModelFacts, type SeenRun, trainingRun } from '../facts.ts'
import { leafAt } from './files.ts'
import { codeOwnersAt, unownedPaths } from './gate-files.ts'
import type { Repository } from './repository.ts'
import type { Witness } from './witness.ts'
import { workflowSeen } from './workflow-seen.ts'

/** So many places of data are looked for. */
const MOST_PATHS = 100

/**
 * What can be seen of the training, where criteria ask for a record that is held to it: of its run the workflow's file
 * as the run had it and the environments that it enters; and who owns what it is made from and may write, on the default
 * branch today. That needs no run: where none was seen, it alone is told. Of a run of a sibling all of it is the sibling's
 * but the data.
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
  const run = trainingRun(model.begun)
  const records = new Set(
    criteriaAsked(model, held).flatMap((one) =>
      one.check === 'record' && isObservedRecord(one.record) ? [one.record] : [],
    ),
  )
  const isTrained = model.manifest.value?.training !== undefined
  if (!isTrained || witness === undefined || records.size === 0) return {}
  const ran = await whereRan(repository, witness, tip, run)
  // Where training ran is nothing that could be seen without a run.
  if (ran === undefined && !records.has('access-control')) return {}
  const here = ran?.sibling === undefined ? ran?.run.workflow : undefined
  const [workflow, paths, owners] = await Promise.all([
    ran && workflowSeen(ran.repository, ran.run),
    pathsOf(repository, tip, model, here),
    codeOwnersAt(repository, tip),
  ])
  const data = paths.filter((path) => path !== here)
  const entered = workflow?.environments ?? []
  const recorded = recordedIn([...model.evidence, ...shared])
  const ofData = ownersOf(owners?.text ?? '', data)
  // Where no run of the repository trained, whoever may write to it decides nothing where no data is.
  const isHeld = records.has('access-control') && (here !== undefined || data.length > 0)
  const elsewhere = records.has('access-control') && ran?.sibling !== undefined ? ran : undefined
  const [environments, access, starting, unowned] = await Promise.all([
    entered.length > 0 && ran ? ran.witness.environments(entered) : ({ seen: [] } as const),
    isHeld
      ? accessOf(witness, here === undefined ? recorded.map(withoutStart) : recorded, ofData)
      : undefined,
    elsewhere && accessOf(elsewhere.witness, recorded.map(withoutData), []),
    elsewhere ? unownedIn(elsewhere) : [],
  ])
  const observed: Observed = {
    ...(ran && { run: ran.run.run }),
    ...(ran?.sibling !== undefined && { sibling: ran.sibling }),
    ...(workflow && { workflow }),
    environments,
    paths,
    unowned: [...unownedBy(owners, paths), ...unowned],
    ...(access && { access }),
    ...(starting && { starting }),
  }
  return { observed }
}

/** The repository that a run of it trained in; `sibling` is its name where it is not the judged one. */
type Ran = {
  readonly run: SeenRun
  readonly repository: Repository
  readonly sibling?: string
  readonly witness: Pick<Witness, 'environments' | 'access'>
  readonly tip: () => Promise<Seen<string>>
}

async function whereRan(
  repository: Repository,
  witness: Witness,
  tip: string,
  run: SeenRun | undefined,
): Promise<Ran | undefined> {
  if (run === undefined) return undefined
  if (run.repository.toLowerCase() === repository.name.toLowerCase())
    return { run, repository, witness, tip: async () => ({ seen: tip }) }
  const other = await witness.sibling(run.repository)
  return (
    other && { run, repository: other.repository, sibling: run.repository, witness: other, tip: other.tip }
  )
}

/** The workflow of a sibling, where nobody owns it on the default branch there. */
async function unownedIn({ repository, run, tip }: Ran): Promise<readonly string[]> {
  const at = seenOf(await tip())
  if (at === undefined || (await leafAt(repository, at, run.workflow)) === undefined) return []
  const unowned = unownedBy(await codeOwnersAt(repository, at), [run.workflow])
  return unowned.map((path) => `${repository.name}:${path}`)
}

/**
 * Without CODEOWNERS nobody owns any of them: else to remove it would mend what it lacks. Where there are none, nothing is
 * to be owned.
 */
function unownedBy(
  owners: Awaited<ReturnType<typeof codeOwnersAt>>,
  paths: readonly string[],
): readonly string[] {
  if (paths.length === 0) return []
  return owners === undefined ? paths : unownedPaths(owners, paths)
}

/** Who may write, and who is in the teams that a record of the release names, or that own the data. */
async function accessOf(
  witness: Pick<Witness, 'access'>,
  recorded: readonly RecordedAccess[],
  owners: readonly string[],
): Promise<SeenAccess> {
  const asked = recorded.map((one) => teamsAsked(one, owners))
  const teams = [...new Set(asked.flatMap(({ named }) => named))]
  const owning = [...new Set(asked.flatMap((one) => one.owning))].filter((team) => !teams.includes(team))
  const told = await witness.access({ teams, owning, everybody: recorded.some(asksEverybody) })
  return narrowedAccess({ ...told, owners }, recorded)
}

function recordedIn(evidence: ModelFacts['evidence']): readonly RecordedAccess[] {
  return evidence.flatMap(({ records }) =>
    records.flatMap((one) => (one.kind === 'written' && one.access ? [one.access] : [])),
  )
}

/** Who starts runs is no matter of a repository of which none trained. */
function withoutStart({ start_runs: _, ...others }: RecordedAccess): RecordedAccess {
  return others
}

/** Nor who changes the data of one that has none. */
function withoutData({ change_training_data: _, ...others }: RecordedAccess): RecordedAccess {
  return others
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
