import type { Context } from './checks/context.ts'
import { answer, type Criterion } from './checks/index.ts'
import { PREREGISTRATION } from './core/controls.ts'
import { type Decision, decide } from './core/decide.ts'
import type { Finding, Version } from './core/finding.ts'
import { resolvePath } from './core/paths.ts'
import type { Problem } from './core/problem.ts'
import { strictest } from './core/profile.ts'
import { TIERS } from './core/registration.ts'
import type { FloorUsed } from './core/standing.ts'
import type { ModelVerdict, Verdict } from './core/verdict.ts'
import { retired, uncovered } from './criteria/built-in.ts'
import { coverage } from './criteria/coverage.ts'
import type { Criteria } from './criteria/criteria.ts'
import { canonicalJson, difference } from './criteria/difference.ts'
import { type Effective, effective, isObserved, standingOf } from './criteria/effective.ts'
import { type FloorFacts, floorOf, isKnown } from './criteria/floor.ts'
import { judgeProposal } from './criteria/proposed.ts'
import type { CriteriaFile, Facts, ModelFacts } from './facts.ts'
import { isFixed } from './registration/clock.ts'
import { type Required, registration, required } from './registration/registration.ts'

/** The verdict that facts lead to; the same facts always lead to the same verdict. */
export function evaluate(facts: Facts): Verdict {
  const models = facts.models.map((model) => evaluateModel(model, facts))
  const { repository, branch, commit, base, tip, now, engine, floor } = facts
  // What the floor would have asked is not known: where no model says so, the commit does.
  const problems = [...facts.problems, ...(models.length === 0 ? floorFaults(floor) : [])]
  return {
    decision: overall(models, problems),
    repository,
    branch,
    commit,
    base,
    tip,
    now,
    engine,
    models,
    problems,
    proposals: facts.proposals.map((proposal) => judgeProposal(proposal, floor, facts)),
    floor: used(floor),
    ...(isObserved(floorOf(floor)?.floor, facts) && { observed: true }),
  }
}

function used(floor: FloorFacts | undefined): FloorUsed {
  if (floor === undefined || floor.kind === 'none') return { kind: 'none' }
  const { kind, repository } = floor
  if (kind !== 'read') return { kind, repository }
  return { kind, repository, path: floor.path, commit: floor.commit, sha: floor.sha }
}

/** A floor that is required and cannot be used leaves nothing decided. */
function floorFaults(floor: FloorFacts | undefined): readonly Problem[] {
  // Not a file of this repository, so no path: the problem has no place here.
  const problem = { path: '' } as const
  if (floor === undefined || floor.kind === 'none') return []
  const { repository } = floor
  if (floor.kind === 'absent') return [{ ...problem, code: 'floor_absent', repository }]
  if (floor.kind === 'unreadable')
    return [{ ...problem, code: 'floor_unreadable', repository, file: floor.path }]
  if (isKnown(floor)) return []
  const { path: file, commit, problems } = floor
  const first = problems[0]?.line
  return [
    {
      ...{ ...problem, code: 'floor_faulty', repository, file, commit, problems: problems.length },
      ...(first !== undefined && { first }),
    },
  ]
}

function overall(models: readonly ModelVerdict[], problems: readonly Problem[]): Verdict['decision'] {
  const decisions = models.map(({ decision }) => decision)
  if (decisions.includes('no-go')) return 'no-go'
  if (problems.length > 0 || decisions.includes('undecided')) return 'undecided'
  return decisions.length === 0 ? 'nothing' : 'go'
}

function evaluateModel(model: ModelFacts, facts: Facts): ModelVerdict {
  const { registered, today } = model.criteria
  // A start that a clock proves fixes the version; a releaser who chose the commit is held to today's too.
  const judged = isFixed(model.begun) ? [registered] : [registered, today]
  const versions = judged.flatMap((file) => file?.criteria ?? [])
  const floor = floorOf(facts.floor)
  const began = isFixed(model.begun) && model.begun?.kind === 'seen' ? model.begun.began : facts.now
  const held = effective(versions, floor?.floor, { ...facts, model: model.model, began })
  const order = registration(model, facts, needed(versions, held))
  const context = {
    now: facts.now,
    evidence: model.evidence.filter(({ about }) => about === 'candidate'),
    // Without any criteria nothing is asked of the evidence.
    trust: held?.trust ?? 'signed',
  }
  const preregistration: Finding = {
    criterion: PREREGISTRATION,
    control: PREREGISTRATION,
    blocking: true,
    version: 'both',
    answer: order.answer,
  }
  const [first, second = first] = judged.map((file) => asks(file, context))
  const asked = registered?.criteria
  const covered = asked && held && coverage(held, asked, model.approvals?.notApplicable)
  const approved = model.approvals?.retired ?? 'awaiting'
  const findings = [
    preregistration,
    ...worse(first ?? new Map(), second ?? new Map()),
    ...(held?.criteria ?? []).map((criterion) => finding(criterion, floor, context, 'floor')),
    ...retired([asked, today?.criteria], model.criteria.path, approved, floor?.floor),
    ...uncovered(covered ?? [], floor?.floor),
  ]
  const problems = [
    ...model.problems,
    ...floorFaults(facts.floor),
    ...criteriaProblems(judged),
    ...unread(model),
    ...model.evidence.flatMap((file) => file.problems),
  ]
  const { value: manifest, ...place } = model.manifest
  const decision: Decision = manifest === undefined ? 'undecided' : decide(findings, problems)
  return {
    model: model.model,
    ...(manifest && { version: manifest.version }),
    decision,
    ...(model.identity && { identity: model.identity }),
    ...(held && { risk: held.risk }),
    ...(held && isKnown(facts.floor) && { standing: standingOf(held) }),
    ...(covered && { coverage: covered }),
    registration: order.registration,
    deviations:
      registered?.criteria && today?.criteria ? difference(registered.criteria, today.criteria) : [],
    weights: model.weights,
    components: model.components,
    evidence: model.evidence.map(({ path, sha, format, trust, about }) => ({
      path,
      ...(sha && { sha }),
      ...(format && { format }),
      trust,
      about,
    })),
    knownAs: manifest?.known_as ?? [],
    findings,
    problems,
    manifest: place,
  }
}

/** The problems of the versions that hold; what both have is said once. */
function criteriaProblems(versions: readonly (CriteriaFile | undefined)[]): readonly Problem[] {
  const all = versions.flatMap((file) => file?.problems ?? [])
  return [...new Map(all.map((problem) => [canonicalJson(problem), problem])).values()]
}

/** Evidence that the manifest names and the facts do not hold was lost on the way: never an empty pass. */
function unread({ manifest, evidence }: ModelFacts): readonly Problem[] {
  const held = new Set(evidence.map(({ path }) => path))
  return (manifest.value?.evidence ?? []).flatMap((entry): readonly Problem[] => {
    const written = typeof entry === 'string' ? entry : 'path' in entry ? entry.path : undefined
    // A path that leaves the repository is a problem of the manifest already.
    const file = written === undefined ? undefined : resolvePath(manifest.path, written)
    return file === undefined || held.has(file)
      ? []
      : [{ path: manifest.path, line: 1, code: 'not_found', file }]
  })
}

type Asks = ReadonlyMap<string, { readonly text: string; readonly finding: Finding }>

function asks(file: CriteriaFile | undefined, context: Context): Asks {
  const criteria = file?.criteria?.criteria ?? []
  return new Map(
    criteria.map((criterion) => [
      criterion.id,
      { text: canonicalJson(criterion), finding: finding(criterion, file, context, 'both') },
    ]),
  )
}

function finding(
  criterion: Criterion,
  file: Pick<CriteriaFile, 'path' | 'sha' | 'lines'> | undefined,
  context: Context,
  version: Version,
): Finding {
  const { id, control, blocking = true } = criterion
  const line = file?.lines[id]
  const asked = file && { path: file.path, sha: file.sha, ...(line !== undefined && { line }) }
  return {
    ...{ criterion: id, control, blocking, version },
    answer: answer(criterion, context),
    ...(asked && { asked }),
  }
}

const WORST_FIRST = ['unmet', 'undecided', 'met'] as const

function rank({ answer }: Finding): number {
  return WORST_FIRST.indexOf(answer.outcome)
}

/** At tier ordered the releaser chose the commit, so both versions are judged and the worse answer counts. */
function worse(registered: Asks, today: Asks): readonly Finding[] {
  const ids = [...new Set([...registered.keys(), ...today.keys()])]
  return ids.flatMap((id): readonly Finding[] => {
    const [old, young] = [registered.get(id), today.get(id)]
    if (old === undefined || young === undefined) {
      const only = old ?? young
      return only ? [{ ...only.finding, version: old ? 'registered' : 'today' }] : []
    }
    if (old.text === young.text) return [old.finding]
    // An advisory version never hides a blocking one, whatever it answers.
    const judged = [old, young].some(({ finding }) => finding.blocking)
      ? [old, young].filter(({ finding }) => finding.blocking)
      : [old, young]
    const worst = judged.toSorted((a, b) => rank(a.finding) - rank(b.finding))[0] ?? old
    return [{ ...worst.finding, version: worst === young ? 'today' : 'registered' }]
  })
}

/** The tier and the kind of start that versions and floor ask for, the stricter of them. */
function needed(versions: readonly Criteria[], held: Effective | undefined): Required {
  const { tier, trainedHere } = required(versions)
  return {
    tier: strictest(TIERS, [tier, held?.tier]) ?? tier,
    trainedHere: trainedHere || held?.traits.includes('fine-tuned') === true,
  }
}
