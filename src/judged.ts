import type { Claims, Context } from './checks/context.ts'
import type { Exams } from './checks/exam.ts'
import { strictest } from './core/profile.ts'
import { TIERS } from './core/registration.ts'
import { ancestryOf } from './criteria/ancestry.ts'
import { type About, aboutOf, heldTo } from './criteria/binding.ts'
import type { Criteria } from './criteria/criteria.ts'
import { type Effective, effective } from './criteria/effective.ts'
import { dataOf, examsOf, type Release } from './criteria/exams.ts'
import { floorOf } from './criteria/floor.ts'
import { servingRelease } from './criteria/floor-records.ts'
import { judgedEvidence } from './criteria/judged-evidence.ts'
import { releasedFiles } from './criteria/released-files.ts'
import { asksCover, restsOn } from './criteria/rests-on.ts'
import { type CriteriaFile, type Facts, type ModelFacts, trainingRun } from './facts.ts'
import { isFixed } from './registration/clock.ts'
import { type Required, required } from './registration/registration.ts'

/** A run that was seen to produce the weights fixes the version; who chose the start is held to today's too. */
export function judgedOf({
  begun,
  criteria: { registered, today },
}: ModelFacts): readonly (CriteriaFile | undefined)[] {
  return isFixed(begun) ? [registered] : [registered, today]
}

export function versionsOf(model: ModelFacts): readonly Criteria[] {
  return judgedOf(model).flatMap((file) => file?.criteria ?? [])
}

/** What holds of the versions and the floor together; undefined where neither says anything. */
function heldOf(model: ModelFacts, facts: Facts): Effective | undefined {
  const { begun } = model
  // A commit that a releaser chose dates nothing.
  const began = isFixed(begun) && begun?.kind === 'seen' ? begun.began : facts.now
  return effective(versionsOf(model), floorOf(facts.floor)?.floor, { ...facts, model: model.model, began })
}

/** A model with what holds of it and, for each version that it is judged by, what the checks see. */
export type Judged = {
  readonly model: ModelFacts
  readonly held: Effective | undefined
  readonly versions: readonly { readonly file: CriteriaFile | undefined; readonly context: Context }[]
}

/** Contexts are large work: whoever judges a model makes them once. */
export function judgedModel(model: ModelFacts, facts: Facts): Judged {
  const held = heldOf(model, facts)
  const contextOf = contexts(model, held, facts)
  const versions = judgedOf(model).map((file) => ({ file, context: contextOf(file) }))
  return { model, held, versions }
}

/** What checks see of a model, whichever version asks, and then what they see for one version. */
function contexts(
  model: ModelFacts,
  asked: Effective | undefined,
  { now, floor: found, repository }: Facts,
): (file: CriteriaFile | undefined) => Context {
  const about = identifiersOf(model)
  const { evidence: held, foreign } = heldTo(about, model.evidence)
  const { floor, records = [] } = floorOf(found) ?? {}
  const approvals = model.identity === undefined ? 'none' : model.approvals
  // Without any criteria nothing is asked of the evidence.
  const trust = asked?.trust ?? 'signed'
  const claims = claimsOf(model, repository, about)
  const signers = floor?.trusted?.signers
  const { serving, aside } = servingRelease(records, held, {
    model: model.model,
    approaches: asked?.approaches ?? [],
    ...(model.manifest.value && { manifest: model.manifest.value }),
  })
  const unreadable = records
    .filter((file) => file.records.length === 0 && file.problems.length > 0)
    .map(({ path }) => path)
  const evidence = judgedEvidence(held, serving)
  const common: Omit<Context, 'exams'> = {
    ...{ now, trust, ...evidence, foreign, claims, weights: model.weights },
    ...(model.manifest.value === undefined && { unread: true }),
    ...(signers && { signers }),
    ...(aside.length > 0 && { aside }),
    ...(unreadable.length > 0 && { unreadable }),
    release: releasedFiles(model, floor, evidence.evidence),
    ...observedOf(model),
    ...(model.atTraining && { atTraining: model.atTraining }),
    ...(model.committed && { committed: model.committed }),
    ...(model.sums && { sums: model.sums }),
    ...(model.released && { released: model.released }),
    // Of what has no weights, as a service, its components are no proof.
    ...(model.loaded && model.weights.length > 0 && { loaded: model.loaded }),
    ...(approvals !== undefined && { approvals }),
  }
  return (file) => {
    const measuring = [...(file?.criteria?.criteria ?? []), ...(asked?.criteria ?? [])]
    const ancestry = ancestryOf(model.manifest, floor, measuring, asked?.traits, evidence.evidence)
    const exams = examsIn(model, file, asked)
    const context: Context = { ...common, exams, ...(ancestry && { ancestry }) }
    return asksCover(measuring) ? { ...context, rests: restsOn(measuring, context) } : context
  }
}

/** A clone cannot show the run that its manifest names. */
function observedOf({ observed, begun }: ModelFacts): Pick<Context, 'observed'> {
  if (observed !== undefined) return { observed }
  const isAwaited = begun?.kind === 'awaiting' && begun.clock === 'run' && begun.work === 'training'
  return isAwaited ? { observed: 'awaited' } : {}
}

function claimsOf({ manifest, begun }: ModelFacts, repository: string, { candidate }: About): Claims {
  const { datasets = [], training, service } = manifest.value ?? {}
  const run = trainingRun(begun)?.run
  return {
    datasets: datasets.map((data) => ({ ...dataOf(data), role: data.role })),
    commits: candidate.commits,
    repositories: [training?.repository ?? repository],
    ...(run !== undefined && { run }),
    ...(service !== undefined && { provider: service.provider }),
  }
}

/** What identifies the model; a run that was seen tells the commit that it trained on. */
export function identifiersOf({ manifest, begun }: ModelFacts): About {
  return aboutOf(manifest, trainingRun(begun)?.commit)
}

export function releaseOf({ manifest, evidence }: ModelFacts): Release {
  return { manifest: manifest.value, path: manifest.path, evidence }
}

/** What one version pins; the risk is the highest that any version that holds has. */
export function examsIn(
  model: ModelFacts,
  file: CriteriaFile | undefined,
  held: Effective | undefined,
): Exams {
  const { trainedHere } = needed(model, held)
  return examsOf(file?.criteria, releaseOf(model), {
    highRisk: held?.risk === 'high',
    trainedHere: trainedHere === true,
    ...(model.attempts && { seen: model.attempts }),
  })
}

/** The tier and the kind of start that versions and floor ask for, the stricter of them. */
export function needed(model: ModelFacts, held: Effective | undefined): Required {
  const asked = required(versionsOf(model), model, held?.traits)
  return { ...asked, tier: strictest(TIERS, [asked.tier, held?.tier]) ?? asked.tier }
}
