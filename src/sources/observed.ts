import type { SeenAccess } from '../core/access.ts'
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
 * What can be seen of the training run, where criteria ask for a record that is held to it: its workflow's file as
 * the run had it, the environments that it enters, and who owns what it is made from, on the default branch today.
 * Of a run of another repository nothing is seen.
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
  if (run === undefined || witness === undefined || records.size === 0) return {}
  if (run.repository.toLowerCase() !== repository.name.toLowerCase()) return {}
  const [workflow, paths, owners] = await Promise.all([
    workflowSeen(repository, run),
    pathsOf(repository, tip, model, run.workflow),
    codeOwnersAt(repository, tip),
  ])
  const data = paths.filter((path) => path !== run.workflow)
  const isEntered = (workflow?.environments.length ?? 0) > 0
  const [environments, access] = await Promise.all([
    isEntered ? witness.environments() : ({ seen: [] } as const),
    records.has('access-control')
      ? accessOf(witness, [...model.evidence, ...shared], ownersOf(owners?.text ?? '', data))
      : undefined,
  ])
  const observed: Observed = {
    run: run.run,
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
  evidence: ModelFacts['evidence'],
  owners: readonly string[],
): Promise<SeenAccess> {
  const recorded = evidence.flatMap(({ records }) =>
    records.flatMap((one) => (one.kind === 'written' && one.access ? [one.access] : [])),
  )
  const asked = recorded.map((one) => teamsAsked(one, owners))
  const teams = [...new Set(asked.flatMap(({ named }) => named))]
  const owning = [...new Set(asked.flatMap((one) => one.owning))].filter((team) => !teams.includes(team))
  const told = await witness.access({ teams, owning, everybody: recorded.some(asksEverybody) })
  return narrowedAccess({ ...told, owners }, recorded)
}

function trainingRun({ begun }: ModelFacts): SeenRun | undefined {
  return begun?.kind === 'seen' && begun.clock === 'run' && begun.work === 'training' ? begun : undefined
}

/** The workflow, and data that the manifest places in the repository: only what is there today. */
async function pathsOf(
  repository: Repository,
  tip: string,
  { manifest }: ModelFacts,
  workflow: string,
): Promise<readonly string[]> {
  const named = (manifest.value?.datasets ?? []).flatMap(({ role, origin, rows }) =>
    EXAM_ROLES.some((exam) => exam === role) ? [] : [origin, rows],
  )
  const written = named.flatMap((name) =>
    name === undefined ? [] : (resolvePath(manifest.path, name) ?? []),
  )
  const paths = [...new Set([workflow, ...written])].slice(0, MOST_PATHS)
  const leaves = await Promise.all(paths.map((path) => leafAt(repository, tip, path)))
  return paths.filter((_, index) => leaves[index] !== undefined)
}
