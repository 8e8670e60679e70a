import { type Finding, outcomeOf } from '../core/finding.ts'
import { STANDARDS, standardIds } from '../core/standards.ts'
import type { ModelVerdict } from '../core/verdict.ts'
import { endOfDay } from '../core/waiver.ts'
import { clean } from './clean.ts'
import { byItself, observedIn } from './facts.ts'
import { escaped } from './markdown.ts'
import { markdown } from './sentence.ts'
import { findingWords } from './words-answers.ts'

/** Names our own properties; no address. */
const NS = 'urn:gonogo:oscal'

export type Property = {
  readonly name: string
  readonly ns: string
  readonly value: string
  readonly class?: string
}

/** Text from a file as Markdown that is never empty, which no text of the schema may be. */
export function shown(text: string): string {
  return escaped(text) || '(empty)'
}

/** A property of ours. */
export function own(name: string, value: string): Property {
  return { name, ns: NS, value: clean(value) || '(empty)' }
}

/** A control's ids in the standards: related, since no mapping makes one control the other. */
export function relatedTo(control: string): readonly Property[] {
  return standardIds(control).map(({ standard, id }) => ({
    ...own('related-standard', id),
    class: STANDARDS[standard].replace(/[^A-Za-z0-9]+/g, '-').toLowerCase(),
  }))
}

/** What a control comes to: satisfied only where something that blocks was asked, and all of it is met. */
export function targetOf(control: string, findings: readonly Finding[]): object {
  const outcomes = findings.filter(({ blocking }) => blocking).map(outcomeOf)
  const isMet = outcomes.length > 0 && outcomes.every((outcome) => outcome === 'met')
  const reason = isMet ? 'pass' : outcomes.includes('unmet') ? 'fail' : 'other'
  const worst = isMet
    ? undefined
    : (outcomes.find((outcome) => outcome !== 'met') ?? 'nothing that blocks asks for it')
  return {
    type: 'objective-id',
    'target-id': control,
    status: {
      state: isMet ? 'satisfied' : 'not-satisfied',
      reason,
      ...(worst !== undefined && { remarks: reason === 'fail' ? 'unmet' : worst }),
    },
  }
}

/** A file that shows something: what the document calls it, where in it, and the resource that has its digest. */
export type Showing = {
  readonly path: string
  readonly line?: number | undefined
  readonly resource?: string | undefined
}

/** What one criterion came to, in words, with the files that show it; none of what nothing shows. */
export function observationOf(
  finding: Finding,
  {
    uuid,
    model,
    at,
    evidence,
    asked,
  }: {
    readonly uuid: string
    readonly model: string
    readonly at: string
    readonly evidence: readonly Showing[]
    /** Where the criterion stands. */
    readonly asked: Showing | undefined
  },
): object {
  const { answer, criterion, control, blocking, version } = finding
  const { says, next } = findingWords(finding)
  return {
    uuid,
    title: shown(criterion),
    description: markdown(says),
    props: [
      own('criterion', criterion),
      own('control', control),
      own('outcome', outcomeOf(finding)),
      own('code', answer.code),
      own('decides', blocking ? 'yes' : 'no'),
      own('asked-by', version),
      ...(asked ? [own('asked-in', written(asked))] : []),
    ],
    methods: [observedIn(byItself(answer)) === undefined ? 'EXAMINE' : 'TEST'],
    types: ['finding'],
    subjects: [{ 'subject-uuid': model, type: 'component' }],
    ...(evidence.length > 0 && { 'relevant-evidence': evidence.map(evidenceOf) }),
    collected: at,
    ...(next && { remarks: markdown(next) }),
  }
}

/** A file as the evidence of an observation. */
export function evidenceOf(file: Showing): object {
  return {
    href: hrefOf(file.path),
    description: shown(written(file)),
    ...(file.resource !== undefined && { links: [{ href: `#${file.resource}`, rel: 'resource' }] }),
  }
}

function written({ path, line }: Showing): string {
  return line === undefined ? path : `${path}, line ${line}`
}

/** What a waiver accepts: a risk whose deviation a named person approved until a day. */
export function riskOf(
  finding: Finding,
  { uuid, observation }: { readonly uuid: string; readonly observation: string },
): object | undefined {
  const { waiver, criterion } = finding
  if (waiver === undefined || outcomeOf(finding) !== 'waived') return undefined
  return {
    uuid,
    title: `${shown(criterion)} is waived`,
    description: markdown(findingWords(finding).says),
    statement: shown(waiver.because),
    props: [own('waived-by', waiver.by), own('waived-at', waiver.at)],
    status: 'deviation-approved',
    deadline: endOfDay(waiver.ends),
    'related-observations': [{ 'observation-uuid': observation }],
  }
}

/** The model as the thing that was assessed, by the digests of what is released. */
export function componentOf(model: ModelVerdict, uuid: string): object {
  const { service, weights, version } = model
  return {
    uuid,
    type: service === undefined ? 'software' : 'service',
    title: shown(model.model),
    description: service
      ? shown(`${service.provider} ${service.model} ${service.snapshot}`)
      : `a model of ${weights.length} weights`,
    props: [
      own('model', model.model),
      ...(version === undefined ? [] : [own('version', version)]),
      ...(model.identity === undefined ? [] : [own('identity', model.identity)]),
      ...weights.map(({ name, digest, trust }) => ({
        ...own('weights', digest),
        class: trust,
        remarks: shown(name),
      })),
    ],
    status: { state: 'other', remarks: 'what is released; where it runs is not judged here' },
  }
}

/** A path of a file as a relative reference, whatever stands in it. */
export function hrefOf(path: string): string {
  const parts = clean(path, 2000).split('/')
  // A colon in the first part would make it an address.
  return `./${parts.map((part) => encodeURIComponent(part)).join('/')}`
}
