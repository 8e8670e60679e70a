import { v5 } from 'uuid'
import { missingOf } from '../core/coverage.ts'
import type { Finding } from '../core/finding.ts'
import type { Problem } from '../core/problem.ts'
import type { ModelVerdict, Verdict } from '../core/verdict.ts'
import { askedIn, filesOf, resourceOf, showingIn } from './oscal-files.ts'
import {
  componentOf,
  evidenceOf,
  hrefOf,
  observationOf,
  own,
  relatedTo,
  riskOf,
  type Showing,
  shown,
  targetOf,
} from './oscal-parts.ts'
import { ABOUT, controlOf, OWN_CONTROLS, statusBy } from './oscal-problems.ts'
import { alike } from './problem-line.ts'
import { markdown } from './sentence.ts'
import { problemWords } from './words-problems.ts'

/** NIST's assessment results: the version of the schema that is written. */
const OSCAL = '1.2.1'
/** Makes ids the same for the same verdict: version 5 of RFC 9562. */
const NAMESPACE = '6f0f0f0e-58c7-4a29-9c0e-3d1c9a5f4b7a'

/**
 * A verdict as OSCAL assessment results of NIST: a result for each model, in it a finding for each control and an
 * observation for each criterion. A control is satisfied only where something that blocks was asked and all of it is
 * met; what is undecided is not satisfied, and what is waived is a risk whose deviation was approved. Ids of standards
 * are properties: that our control is satisfied does not say that theirs is. The same verdict is the same document.
 */
export function renderOscal(verdict: Verdict): { readonly 'assessment-results': object } {
  const { repository, commit, base, now, engine, models, problems, decision } = verdict
  const id: Ids = (...names) => v5(JSON.stringify([repository, commit, now, ...names]), NAMESPACE)
  const plan = id('plan')
  const files = filesOf(verdict)
  const resource = (path: string) => id('evidence', path)
  const results = models.map((model) =>
    resultOf(verdict, model, {
      id: (...names) => id('model', model.model, ...names),
      showing: showingIn(files, model, resource),
    }),
  )
  return {
    'assessment-results': {
      uuid: id('document'),
      metadata: {
        title: `Go/no-go of ${shown(repository)}`,
        'last-modified': now,
        version: commit,
        'oscal-version': OSCAL,
        props: [own('engine', engine), own('decision', decision), own('base', base)],
      },
      'import-ap': { href: `#${plan}` },
      results: [
        ...results,
        ...(results.length === 0 || problems.length > 0
          ? [commitResult(verdict, (...names) => id('commit', ...names))]
          : []),
      ],
      'back-matter': {
        resources: [
          lean({
            uuid: plan,
            title: 'Registered criteria',
            description: 'the criteria as they stood before the work began: the plan of this assessment',
            rlinks: planOf(models).map((path) => ({ href: hrefOf(path) })),
          }),
          ...files.map((file) => resourceOf(file, resource(file.path))),
        ],
      },
    },
  }
}

type Ids = (...names: readonly string[]) => string

function planOf(models: readonly ModelVerdict[]): readonly string[] {
  const asked = models.flatMap(({ findings }) => findings.flatMap((finding) => askedIn(finding)?.path ?? []))
  return [...new Set(asked)].toSorted()
}

function resultOf(
  verdict: Verdict,
  model: ModelVerdict,
  { id, showing }: { readonly id: Ids; readonly showing: (finding: Finding) => readonly Showing[] },
): object {
  const { findings, coverage = [], identity, registration, version = '', decision } = model
  const { now, until } = verdict
  const controls = [
    ...new Set([
      ...findings.map(({ control }) => control),
      ...missingOf(coverage).map(({ control }) => control),
    ]),
  ]
  const uuidOf = new Map(findings.map((finding, index) => [finding, id('observation', `${index}`)]))
  const observed = (of: readonly Finding[]) => of.flatMap((finding) => uuidOf.get(finding) ?? [])
  const risks = findings.flatMap((finding) => {
    const [observation] = observed([finding])
    const risk = observation && riskOf(finding, { uuid: v5(observation, NAMESPACE), observation })
    return risk ? [{ control: finding.control, risk, uuid: v5(observation, NAMESPACE) }] : []
  })
  const understood = understoodOf(model.problems, { id, model: id('component'), now })
  const excused = coverage.flatMap((one) => (one.state === 'excused' ? [one] : []))
  return lean({
    uuid: id('result'),
    title: shown(`${model.model} ${version}`.trim()),
    description: `the release is ${decision}`,
    start: now,
    end: now,
    props: [
      own('decision', decision),
      own('registration', registration.tier),
      ...(identity === undefined ? [] : [own('identity', identity)]),
      ...(until === undefined ? [] : [own('judged-again', until)]),
    ],
    'local-definitions': { components: [componentOf(model, id('component'))] },
    'reviewed-controls': {
      'control-selections': [
        lean({
          'include-controls': [...controls, ...OWN_CONTROLS].map((control) => ({ 'control-id': control })),
          'exclude-controls': excused.map(({ control }) => ({ 'control-id': control })),
          remarks: excused
            .map(({ control, reason }) => `${control} is said not to apply: ${shown(reason)}`)
            .join('\n\n'),
        }),
      ],
    },
    observations: [
      ...findings.flatMap((finding) =>
        observed([finding]).map((uuid) =>
          observationOf(finding, {
            ...{ uuid, model: id('component'), at: now },
            ...{ evidence: showing(finding), asked: askedIn(finding) },
          }),
        ),
      ),
      ...understood.observations,
    ],
    risks: risks.map(({ risk }) => risk),
    findings: [
      ...controls.map((control) => {
        const mine = findings.filter((finding) => finding.control === control)
        return lean({
          uuid: id('finding', control),
          title: control,
          description:
            mine.length === 0
              ? 'no criterion asks for it'
              : shown(mine.map(({ criterion }) => criterion).join(', ')),
          props: relatedTo(control),
          target: targetOf(control, mine),
          'related-observations': observed(mine).map((uuid) => ({ 'observation-uuid': uuid })),
          'related-risks': risks
            .filter((one) => one.control === control)
            .map(({ uuid }) => ({ 'risk-uuid': uuid })),
        })
      }),
      ...understood.findings,
    ],
  })
}

/** Of a commit that releases no model, or whose own files have faults. */
function commitResult({ now, problems, decision }: Verdict, id: Ids): object {
  const understood = understoodOf(problems, { id, now })
  return lean({
    uuid: id('result'),
    title: 'The commit',
    description:
      decision === 'nothing' ? 'it releases no model: nothing was assessed' : 'what is beside the models',
    start: now,
    end: now,
    'reviewed-controls': {
      'control-selections': [
        { 'include-controls': OWN_CONTROLS.map((control) => ({ 'control-id': control })) },
      ],
    },
    observations: understood.observations,
    findings: understood.findings,
  })
}

function understoodOf(
  problems: readonly Problem[],
  { id, model, now }: { readonly id: Ids; readonly model?: string; readonly now: string },
): { readonly observations: readonly object[]; readonly findings: readonly object[] } {
  // What is wrong alike in several lines of a file is one thing.
  const alikes = alike(problems)
  const uuidOf = (index: number) => id('problem', `${index}`)
  const observations = alikes.map(([problem, ...others], index) => {
    const { says, next } = problemWords(problem)
    const lines = [problem, ...others].flatMap(({ line }) => line ?? [])
    return {
      uuid: uuidOf(index),
      description: markdown(says),
      props: [own('code', problem.code), ...[...new Set(lines)].map((line) => own('line', `${line}`))],
      methods: ['EXAMINE'],
      ...(model !== undefined && { subjects: [{ 'subject-uuid': model, type: 'component' }] }),
      ...(problem.path !== '' && { 'relevant-evidence': [evidenceOf({ path: problem.path })] }),
      collected: now,
      remarks: markdown(next),
    }
  })
  const findings = OWN_CONTROLS.map((control) => {
    const isAgainst = (problem: Problem) => controlOf(problem) === control
    return lean({
      uuid: id('finding', control),
      title: control,
      description: ABOUT[control],
      target: {
        type: 'objective-id',
        'target-id': control,
        status: statusBy(problems.filter(isAgainst)),
      },
      'related-observations': alikes.flatMap(([problem], index) =>
        isAgainst(problem) ? [{ 'observation-uuid': uuidOf(index) }] : [],
      ),
    })
  })
  return { observations, findings }
}

/** Without what is empty: the schema has no empty lists and no empty texts. */
function lean(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
}
