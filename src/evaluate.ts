import type { Context } from './checks/context.ts'
import type { Exams } from './checks/exam.ts'
import { answer, expiry } from './checks/index.ts'
import { PREREGISTRATION } from './core/controls.ts'
import { type Decision, decide } from './core/decide.ts'
import type { Trust } from './core/evidence.ts'
import { TRUSTS } from './core/evidence.ts'
import type { Finding } from './core/finding.ts'
import { artifactPath, resolvePath } from './core/paths.ts'
import type { Problem } from './core/problem.ts'
import type { ModelVerdict, Verdict } from './core/verdict.ts'
import type { Criteria } from './criteria/criteria.ts'
import { difference } from './criteria/difference.ts'
import { dataOf, examFaults, examsJudged, examsOf, fixedBy, type Release } from './criteria/exams.ts'
import { trustOf } from './criteria/trust.ts'
import type { CriteriaFile, Facts, ModelFacts } from './facts.ts'
import { isFixed } from './registration/clock.ts'
import { registration, required } from './registration/registration.ts'
import { canonicalJson } from './text/canonical.ts'

/** The verdict that facts lead to; the same facts always lead to the same verdict. */
export function evaluate(facts: Facts): Verdict {
  const models = facts.models.map((model) => evaluateModel(model, facts))
  const { repository, branch, commit, base, tip, now, engine, pushed, problems, proposals } = facts
  const until = untilOf(facts)
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
    proposals,
  }
}

/** Every version's answers count: the one that is not shown may be the first to expire. */
function untilOf({ now, models }: Facts): string | undefined {
  const expiring = models.flatMap((model) => {
    return judgedOf(model).flatMap((file) => {
      const context = contextOf(model, file, now)
      return (file?.criteria?.criteria ?? []).flatMap((criterion) => expiry(criterion, context) ?? [])
    })
  })
  return expiring.toSorted()[0]
}

function overall(models: readonly ModelVerdict[], problems: readonly Problem[]): Verdict['decision'] {
  const decisions = models.map(({ decision }) => decision)
  if (decisions.includes('no-go')) return 'no-go'
  if (problems.length > 0 || decisions.includes('undecided')) return 'undecided'
  return decisions.length === 0 ? 'nothing' : 'go'
}

function evaluateModel(model: ModelFacts, facts: Facts): ModelVerdict {
  const { registered, today } = model.criteria
  const judged = judgedOf(model)
  const needed = required(versionsOf(model), model)
  const order = registration(model, facts, needed)
  const { value: manifest, ...place } = model.manifest
  const release = releaseOf(model)
  const risk = riskOf(versionsOf(model))
  const preregistration: Finding = {
    criterion: PREREGISTRATION,
    control: PREREGISTRATION,
    blocking: true,
    version: 'both',
    answer: order.answer,
  }
  const [first, second = first] = judged.map((file) => asks(file, contextOf(model, file, facts.now)))
  const findings = [preregistration, ...worse(first ?? new Map(), second ?? new Map())]
  const problems = [
    ...model.problems,
    ...once(judged.flatMap((file) => file?.problems ?? [])),
    ...once(versionsOf(model).flatMap((criteria) => examFaults(criteria, release))),
    ...unread(model),
    ...model.evidence.flatMap((file) => file.problems),
  ]
  const decision: Decision = manifest === undefined ? 'undecided' : decide(findings, problems)
  return {
    model: model.model,
    ...(manifest && { version: manifest.version }),
    decision,
    ...(model.identity && { identity: model.identity }),
    ...(risk && { risk }),
    registration: order.registration,
    deviations:
      registered?.criteria && today?.criteria ? difference(registered.criteria, today.criteria) : [],
    ...(model.amendments && { amendments: model.amendments }),
    ...(model.since && { since: model.since }),
    weights: model.weights,
    ...(manifest?.service && { service: manifest.service }),
    components: model.components,
    evidence: model.evidence.map(({ path, sha, format, trust, about, producer, awaited }) => ({
      path,
      ...(sha && { sha }),
      ...(format && { format }),
      trust,
      about,
      ...(producer && { producer }),
      ...(awaited && { awaited }),
    })),
    exams: examsJudged(judged.map((file) => examsIn(model, file))),
    chosen: examsIn(model, registered ?? today).chosen,
    datasets: (manifest?.datasets ?? []).map((data) => ({ ...dataOf(data), role: data.role })),
    knownAs: manifest?.known_as ?? [],
    findings,
    problems,
    manifest: place,
  }
}

/** A run that was seen to produce the weights fixes the version; who chose the start is held to today's too. */
function judgedOf({
  begun,
  criteria: { registered, today },
}: ModelFacts): readonly (CriteriaFile | undefined)[] {
  return isFixed(begun) ? [registered] : [registered, today]
}

function versionsOf(model: ModelFacts): readonly Criteria[] {
  return judgedOf(model).flatMap((file) => file?.criteria ?? [])
}

function contextOf(model: ModelFacts, file: CriteriaFile | undefined, now: string): Context {
  // What a run may still be shown to have produced is judged as if it had; its problem keeps the model from go.
  const evidence = model.evidence
    .filter(({ about }) => about === 'candidate')
    .map((one) => (one.awaited === undefined ? one : ({ ...one, trust: 'produced' } as const)))
  return { now, evidence, trust: weakest(versionsOf(model)), exams: examsIn(model, file) }
}

function releaseOf({ manifest, evidence }: ModelFacts): Release {
  return { manifest: manifest.value, path: manifest.path, evidence }
}

/** What one version pins; the risk is the highest that any version that holds has. */
function examsIn(model: ModelFacts, file: CriteriaFile | undefined): Exams {
  const versions = versionsOf(model)
  const { trainedHere } = required(versions, model)
  return examsOf(file?.criteria, releaseOf(model), {
    highRisk: riskOf(versions) === 'high',
    trainedHere: trainedHere === true,
  })
}

/** What more than one version that holds has is said once. */
function once(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [canonicalJson(problem), problem])).values()]
}

/** Evidence that the manifest names and the facts do not hold was lost on the way: never an empty pass. */
function unread({ manifest, evidence }: ModelFacts): readonly Problem[] {
  const held = new Set(evidence.map(({ path }) => path))
  return (manifest.value?.evidence ?? []).flatMap((entry): readonly Problem[] => {
    const file = evidencePath(manifest.path, entry)
    return file === undefined || held.has(file)
      ? []
      : [{ path: manifest.path, line: 1, code: 'not_found', file }]
  })
}

type Entry = NonNullable<NonNullable<ModelFacts['manifest']['value']>['evidence']>[number]

/** Rows are a problem of the manifest already, and so is a path that leaves the repository. */
function evidencePath(manifest: string, entry: Entry): string | undefined {
  if (typeof entry === 'string') return resolvePath(manifest, entry)
  if ('artifact' in entry) return artifactPath(entry.artifact, entry.file)
  return 'path' in entry ? resolvePath(manifest, entry.path) : undefined
}

type Asks = ReadonlyMap<string, { readonly text: string; readonly finding: Finding }>

function asks(file: CriteriaFile | undefined, context: Context): Asks {
  const criteria = file?.criteria?.criteria ?? []
  return new Map(
    criteria.map((criterion) => {
      const { id, control, blocking = true } = criterion
      const line = file?.lines[id]
      const answered = answer(criterion, context)
      const exam = fixedBy(answered, context.exams)
      const asked = file && { path: file.path, sha: file.sha, ...(line !== undefined && { line }) }
      const finding: Finding = {
        criterion: id,
        control,
        blocking,
        version: 'both',
        answer: answered,
        ...(exam && { exam }),
        ...(asked && { asked }),
      }
      return [id, { text: canonicalJson(criterion), finding }]
    }),
  )
}

const WORST_FIRST = ['unmet', 'undecided', 'met'] as const

function rank({ answer }: Finding): number {
  return WORST_FIRST.indexOf(answer.outcome)
}

/** Where the releaser could choose the start, both versions are judged and the worse answer counts. */
function worse(registered: Asks, today: Asks): readonly Finding[] {
  const ids = [...new Set([...registered.keys(), ...today.keys()])]
  return ids.flatMap((id): readonly Finding[] => {
    const [old, young] = [registered.get(id), today.get(id)]
    if (old === undefined || young === undefined) {
      const only = old ?? young
      return only ? [{ ...only.finding, version: old ? 'registered' : 'today' }] : []
    }
    // The same criterion on an exam that is pinned otherwise may answer otherwise.
    if (canonicalJson([old.text, old.finding.answer]) === canonicalJson([young.text, young.finding.answer]))
      return [old.finding]
    // An advisory version never hides a blocking one, whatever it answers.
    const judged = [old, young].some(({ finding }) => finding.blocking)
      ? [old, young].filter(({ finding }) => finding.blocking)
      : [old, young]
    const worst = judged.toSorted((a, b) => rank(a.finding) - rank(b.finding))[0] ?? old
    return [{ ...worst.finding, version: worst === young ? 'today' : 'registered' }]
  })
}

/** The weakest trust that the stricter version accepts. */
function weakest(versions: readonly Criteria[]): Trust {
  const trusts = versions.map((criteria) => TRUSTS.indexOf(trustOf(criteria)))
  return TRUSTS[Math.max(0, ...trusts)] ?? 'signed'
}

function riskOf(versions: readonly Criteria[]): Criteria['risk'] | undefined {
  const risks = ['high', 'limited', 'low'] as const
  return risks.find((risk) => versions.some((criteria) => criteria.risk === risk))
}
