import { expiry } from './checks/index.ts'
import { PREREGISTRATION } from './core/controls.ts'
import { type Decision, decide } from './core/decide.ts'
import type { Finding } from './core/finding.ts'
import { judgeWaivers } from './core/judge-waivers.ts'
import { FLOOR, isFloorRepository } from './core/paths.ts'
import type { Problem } from './core/problem.ts'
import type { ModelVerdict, Verdict } from './core/verdict.ts'
import { endOfDay } from './core/waiver.ts'
import { shownEvidence } from './criteria/binding.ts'
import { uncovered } from './criteria/built-in.ts'
import { cardNumbers } from './criteria/card-numbers.ts'
import { contradictions, groupedBy } from './criteria/contradictions.ts'
import { coverage } from './criteria/coverage.ts'
import { difference } from './criteria/difference.ts'
import { isObserved, standingOf } from './criteria/effective.ts'
import { dataOf, examFaults, examsJudged } from './criteria/exams.ts'
import { asks, finding, type Waiving, worse, worst } from './criteria/findings.ts'
import { floorFaults, floorOf, floorRepositoryIn, isKnown, usedFloor } from './criteria/floor.ts'
import { basesOf } from './criteria/manifest-bases.ts'
import { holdAgainst } from './criteria/proposed.ts'
import { rowsDisagree } from './criteria/rows-disagree.ts'
import { rowsNotReleased } from './criteria/rows-released.ts'
import { trainingDisagrees } from './criteria/training-disagrees.ts'
import { unread } from './criteria/unread.ts'
import { waiverRules } from './criteria/waivers.ts'
import { weightFaults } from './criteria/weight-faults.ts'
import type { Facts, ModelFacts } from './facts.ts'
import { examsIn, identifiersOf, type Judged, judgedModel, needed, releaseOf, versionsOf } from './judged.ts'
import { judgeProposal, retirementOf, unapprovedIn } from './registration/consents.ts'
import { registration } from './registration/registration.ts'
import { timesDisagree } from './registration/times-disagree.ts'
import { trusting } from './registration/trusted.ts'
import { once } from './text/canonical.ts'

/** The verdict that facts lead to; the same facts always lead to the same verdict. */
export function evaluate(facts: Facts): Verdict {
  const held = trusted(facts)
  const retired = held.flatMap((model) => retirementOf(model, facts) ?? [])
  const judged = held.map((model) => judgedModel(model, facts))
  const models = judged
    .filter(({ model }) => !retired.some((one) => one.model === model.model))
    .map((one) => evaluateModel(one, facts))
  const { repository, branch, commit, base, tip, now, engine, pushed, floor } = facts
  // What mends a floor must not wait for it.
  const mends =
    isFloorRepository(repository, floorRepositoryIn(floor)) &&
    facts.proposals.some(({ path }) => path === FLOOR)
  // What the floor would have asked is not known: where no model says so, the commit does.
  const unknown = models.length === 0 && !mends ? floorFaults(floor) : []
  const problems = [...facts.problems, ...unknown]
  const until = [...judged.flatMap(expiries), ...models.flatMap(waiverEnds)].toSorted()[0]
  return {
    decision: overall(models, problems),
    repository,
    branch,
    commit,
    base,
    tip,
    now,
    ...(until !== undefined && { until }),
    engine,
    ...(pushed && { pushed }),
    models,
    problems,
    proposals: facts.proposals.map(({ consents, ...file }) =>
      judgeProposal({ ...holdAgainst(file, floor, facts), ...(consents && { consents }) }, facts),
    ),
    ...(retired.length > 0 && { retired }),
    floor: usedFloor(floor),
    ...(isObserved(floorOf(floor)?.floor, facts) && { observed: true }),
  }
}

/** The models as far as the floor trusts the runs behind them. */
function trusted(facts: Facts): readonly ModelFacts[] {
  return facts.models.map((model) => trusting(model, floorOf(facts.floor)?.floor, facts))
}

/** Every version's answers count: the one that is not shown may be the first to expire. */
function expiries({ held, versions }: Judged): readonly string[] {
  return versions.flatMap(({ file, context }) => {
    const criteria = [...(file?.criteria?.criteria ?? []), ...(held?.criteria ?? [])]
    return criteria.flatMap((criterion) => expiry(criterion, context) ?? [])
  })
}

/** What a waiver accepts is wanting again when it ends. */
function waiverEnds({ findings }: ModelVerdict): readonly string[] {
  return findings.flatMap(({ waiver }) => (waiver === undefined ? [] : [endOfDay(waiver.ends)]))
}

function overall(models: readonly ModelVerdict[], problems: readonly Problem[]): Verdict['decision'] {
  const decisions = models.map(({ decision }) => decision)
  if (decisions.includes('no-go')) return 'no-go'
  if (problems.length > 0 || decisions.includes('undecided')) return 'undecided'
  return decisions.length === 0 ? 'nothing' : 'go'
}

function evaluateModel({ model, held, versions }: Judged, facts: Facts): ModelVerdict {
  const { registered, today } = model.criteria
  const floor = floorOf(facts.floor)
  const order = registration(model, facts, needed(model, held))
  const { value: manifest, ...place } = model.manifest
  const release = releaseOf(model)
  const bases = basesOf(manifest)
  const preregistration: Finding = {
    criterion: PREREGISTRATION,
    control: PREREGISTRATION,
    blocking: true,
    version: 'both',
    answer: order.answer,
  }
  const waived = { identity: model.identity, now: facts.now, rules: waiverRules(floor?.floor) }
  const waiving: Waiving = (one) => judgeWaivers([one], model.waivers ?? [], waived).findings[0] ?? one
  const [first, second = first] = versions.map(({ file, context }) => asks(file, context, waiving))
  const asked = registered?.criteria
  const covered = asked && held && coverage(held, asked)
  const answered = [
    preregistration,
    ...worse(first ?? new Map(), second ?? new Map()),
    ...(held?.criteria ?? []).flatMap((criterion) =>
      worst(versions.map(({ context }) => waiving(finding(criterion, floor, context, 'floor')))),
    ),
    ...uncovered(covered ?? []),
  ]
  const { findings, waivers } = judgeWaivers(answered, model.waivers ?? [], waived)
  const grouped = groupedBy(versionsOf(model))
  const numbers = cardNumbers(model.evidence, {
    grouped,
    called: calledBy(model.model, manifest?.version),
    datasets: manifest?.datasets?.map(({ name }) => name) ?? [],
  })
  const problems = [
    ...model.problems,
    ...weightFaults(
      model.manifest.path,
      [...model.weights, ...(model.loaded ?? [])],
      floor?.floor?.trusted?.pickle ?? [],
    ),
    ...unapprovedIn(model, versionsOf(model), facts.approvers),
    ...floorFaults(facts.floor),
    // What more than one version that holds has is said once.
    ...once(versions.flatMap(({ file }) => file?.problems ?? [])),
    ...once(versionsOf(model).flatMap((criteria) => examFaults(criteria, release))),
    ...unread(model.manifest, model.evidence),
    ...model.evidence.flatMap((file) => file.problems),
    ...rowsDisagree(model.evidence),
    ...numbers.problems,
    ...rowsNotReleased(model.evidence, model.released),
    ...timesDisagree(model),
    ...trainingDisagrees(versions[0]?.context, findings),
    ...contradictions({ ...model, ...(held && { held }), grouped }),
  ]
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
    ...(model.amendments && { amendments: model.amendments }),
    ...(model.since && { since: model.since }),
    weights: model.weights,
    ...(manifest?.service && { service: manifest.service }),
    ...(bases.length > 0 && { bases }),
    components: model.components,
    evidence: shownEvidence(identifiersOf(model), model.evidence),
    exams: examsJudged(versions.map(({ context }) => context.exams)),
    chosen: examsIn(model, registered ?? today, held).chosen,
    ...(model.loaded && { loaded: model.loaded }),
    ...(numbers.unproved.length > 0 && { unproved: numbers.unproved }),
    datasets: (manifest?.datasets ?? []).map((data) => ({ ...dataOf(data), role: data.role })),
    knownAs: manifest?.known_as ?? [],
    findings,
    ...(model.waivers && { waivers }),
    problems,
    manifest: place,
  }
}

/** What a table may call the model that is released. */
function calledBy(model: string, version: string | undefined): readonly string[] {
  return version === undefined ? [model] : [model, version, `${model} ${version}`]
}
