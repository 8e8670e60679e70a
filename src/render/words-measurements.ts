import type { Asked, Bound, MeasurementAnswer } from '../core/answer.ts'
import type { Measurement, Unit } from '../core/measurement.ts'
import type { Shown } from '../core/shown.ts'
import { SHOWN_CHARACTERS } from './clean.ts'
import { boundInWords, count, counted, shownNumber, shownValue, twoDigits } from './numbers.ts'
import { joined, listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import { gap, METHODS, shownInWords, unitOf } from './shown.ts'
import { BASELINE_WORDS } from './words-baselines.ts'
import { BINDING_WORDS } from './words-binding.ts'
import { EXAM_WORDS } from './words-exams.ts'
import { NOT_MEASURED, NOTHING_SHOWN, REGISTERED_BOUND } from './words-shown.ts'
import type { AnswerWords } from './words-table.ts'

/** The words for one measurement against one bound. */
export const MEASUREMENT_WORDS: AnswerWords<MeasurementAnswer> = {
  ...EXAM_WORDS,
  ...BASELINE_WORDS,
  ...BINDING_WORDS,
  within_bound: ({ observed, bound, unit, shown, confidence }) => ({
    says: sentence`${isValue(observed, unit)}${[surely(shown, confidence, bound, false, unit ?? observed.unit)]}, and ${wanted(observed, bound, unit)} was asked${about(observed)}`,
  }),
  beyond_bound: ({ observed, bound, unit, shown, confidence, off }) => ({
    says: sentence`${isValue(observed, unit)}${[surely(shown, confidence, bound, true, unit ?? observed.unit)]} and must be ${wanted(observed, bound, unit)}${about(observed)}${[missing(off, observed, unit)]}`,
    next: sentence`improve the model and evaluate it again; ${[REGISTERED_BOUND]}`,
  }),
  not_shown: ({ observed, bound, unit, shown, confidence, holds, needed }) => ({
    says: sentence`${isValue(observed, unit)} and must be ${wanted(observed, bound, unit)}, which ${[holds ? 'is not shown yet' : 'may still hold']}: at confidence ${[shownNumber(confidence)]} it is ${[shownInWords(shown, bound, !holds, unit ?? observed.unit)]} (${[METHODS[shown.method]]})${about(observed)}`,
    next: more(observed, holds, needed),
  }),
  nothing_shown: ({ observed, bound, unit, confidence, why }) => ({
    says: sentence`${isValue(observed, unit)} and must be shown to be ${wanted(observed, bound, unit)} at confidence ${[shownNumber(confidence)]}, and ${[NOTHING_SHOWN[why].says]}${about(observed)}`,
    next: [NOTHING_SHOWN[why].next],
  }),
  not_a_number: ({ observed }) => ({
    says: sentence`${metric(observed)} is no number${about(observed)}`,
    next: sentence`find out how the evaluation came to it, run it again and commit the result`,
  }),
  no_measurement: ({ asked, nearest, why }) =>
    why !== undefined
      ? {
          says: sentence`the evidence has no measurement of ${inWords(asked)}, because ${[NOT_MEASURED[why].says]}`,
          next: [NOT_MEASURED[why].next],
        }
      : {
          says:
            nearest.length > 0
              ? sentence`the evidence has no measurement of ${inWords(asked)}${nearestIn(nearest)}`
              : sentence`the evidence has no measurement of ${inWords(asked)}, nor one with a name near it`,
          next:
            asked.where.dataset === undefined
              ? sentence`add evidence that reports ${inWords(asked)}`
              : sentence`add evidence that reports ${inWords(asked)}; where the file names no dataset, ${quoted('dataset:')} in the manifest does`,
        },
  ambiguous: ({ asked, candidates, choose }) => ({
    says: sentence`${[counted(candidates.length, 'measurement')]} of ${inWords(asked)} fit, and exactly one must: ${listed(candidates.map(candidate))}`,
    next:
      choose.length > 0
        ? sentence`name evidence in the manifest that reports exactly one of them; for the next training, choose in the criteria with ${listed(choose.map(where), 5, ' or ')}`
        : sentence`name evidence in the manifest that reports exactly one of them; no label that each of them has tells them apart`,
  }),
  too_few_samples: ({ observed, samples, wanted: least }) => ({
    says: sentence`${metric(observed)} was measured on ${[counted(samples, 'sample')]}, and at least ${[count(least)]} are wanted`,
    next: sentence`evaluate on at least ${[counted(least, 'sample')]} and commit the result`,
  }),
  samples_unknown: ({ observed, wanted: least }) => ({
    says: sentence`${metric(observed)} does not say on how many samples it was measured, and at least ${[count(least)]} are wanted`,
    next: sentence`commit the result in a form that states the number of samples, as the evaluation tool writes it`,
  }),
  unit_unclear: ({ observed, bound }) => ({
    says: sentence`${isValue(observed)} and must be ${[boundInWords(bound)]}, so one looks like a fraction and the other like a percentage`,
    next: sentence`report it in the evidence on the scale of the bound, or say ${quoted('unit:')} in the criterion before the next training`,
  }),
  unit_differs: ({ observed, wanted: unit }) => ({
    says: sentence`${isValue(observed)}, ${[UNIT_WORDS[observed.unit]]}, and ${[UNIT_WORDS[unit]]} is wanted`,
    next: sentence`report it as ${[UNIT_WORDS[unit]]} in the evidence`,
  }),
  out_of_range: ({ observed, low, high }) => ({
    says: sentence`${isValue(observed)}, and this metric can only be ${[rangeInWords(low, high)]}`,
    next: sentence`find out how the evaluation came to this number, run it again and commit the result`,
  }),
  trust_too_low: ({ observed, found, wanted: least, unlisted }) => ({
    says:
      unlisted !== undefined
        ? sentence`${metric(observed)} comes from a run of ${quoted(unlisted)}, which is not among the workflows that the floor trusts, and evidence of trust ${quoted(least)} is wanted`
        : found === 'typed'
          ? sentence`${metric(observed)} was typed, in a file that somebody committed, and evidence of trust ${quoted(least)} is wanted`
          : sentence`${metric(observed)} comes from evidence of trust ${quoted(found)}, and at least ${quoted(least)} is wanted`,
    next:
      unlisted !== undefined
        ? sentence`evaluate with a workflow that the floor lists under ${quoted('trusted: { workflows: … }')}, or have the organisation list this one`
        : least === 'signed'
          ? sentence`update gonogo to a version that verifies signatures, and have a trusted signer attest the evidence`
          : sentence`let a workflow that is on the default branch evaluate the commit and upload an artifact, and name it in the manifest's evidence: ${quoted('{ artifact: …, file: …, workflow: … }')}`,
  }),
  measured_amiss: ({ observed, why, at, other }) =>
    why === 'in_future'
      ? {
          says: sentence`${metric(observed)} was measured at ${quoted(at)}, as its file says, and it is ${quoted(other)} now`,
          next: sentence`set the clock of the machine that evaluates, evaluate this version again and commit the result`,
        }
      : {
          says: sentence`${metric(observed)} was measured at ${quoted(at)}, as its file says, and the work on this version began only at ${quoted(other)}`,
          next: sentence`evaluate this version, name that file in the manifest and commit both: what was measured before is of another model`,
        },
}

const UNIT_WORDS: { readonly [U in Unit]: string } = {
  fraction: 'a fraction',
  percent: 'a percentage',
  count: 'a count',
  ms: 'a time in milliseconds',
  value: 'a plain number',
  unknown: 'a number without a unit',
}

function metric(observed: Measurement): Sentence {
  return [quoted(observed.metric)]
}

function isValue(observed: Measurement, unit?: Unit): Sentence {
  return sentence`${metric(observed)} is ${[shownValue(observed.value, unitOf(observed, unit))]}`
}

function wanted(observed: Measurement, bound: Bound, unit?: Unit): Sentence {
  return [boundInWords(bound, unit ?? observed.unit)]
}

/** What decided, where a confidence was asked for: `, at confidence 0.95 at least 0.915 (exact binomial)`. */
function surely(
  shown: Shown | undefined,
  confidence: number | undefined,
  bound: Bound,
  missed: boolean,
  unit: Unit,
): string {
  if (shown === undefined || confidence === undefined) return ''
  return `, at confidence ${shownNumber(confidence)} ${shownInWords(shown, bound, missed, unit)} (${METHODS[shown.method]})`
}

function missing(off: number | undefined, observed: Measurement, unit: Unit | undefined): string {
  return off === undefined ? '' : `: it misses by ${gap(off, observed, unit ?? observed.unit)}`
}

/** What would decide: samples where the value holds the bound; where it does not, above all a better model. */
function more({ samples }: Measurement, holds: boolean, needed: number | undefined): Sentence {
  const many =
    needed === undefined || samples === undefined || needed <= samples
      ? 'many more samples'
      : `about ${count(twoDigits(needed - samples))} more samples`
  return holds
    ? [`evaluate on more: at this rate it needs ${many} to be shown`]
    : [`improve the model and evaluate it again; at this rate ${many} would only show that it misses`]
}

/** Samples and labels in brackets: ` (n = 1,000, dataset `holdout`)`. */
function about(observed: Measurement): Sentence {
  const samples: readonly Sentence[] =
    observed.samples === undefined
      ? []
      : [[`n = ${count(observed.samples)}${observed.recovered ? ', computed from its standard error' : ''}`]]
  const labels = Object.entries(observed.labels).map(([name, value]) => label(name, value))
  const facts = [...samples, ...(labels.length > 0 ? [listed(labels, 3)] : [])]
  return facts.length === 0 ? [] : sentence` (${joined(facts)})`
}

function label(name: string, value: string): Sentence {
  return sentence`${/^[a-z][a-z0-9]{0,31}$/i.test(name) ? [name] : quoted(name)} ${quoted(value)}`
}

function inWords(asked: Asked): Sentence {
  const labels = Object.entries(asked.where).map(([name, value]) => label(name, value))
  return labels.length === 0
    ? [quoted(asked.metric)]
    : sentence`${quoted(asked.metric)} with ${listed(labels)}`
}

/** One candidate by its value and the place it was read from. */
function candidate(observed: Measurement): Sentence {
  const { path, line } = observed.source
  const place = line === undefined ? path : `${path}:${line}`
  return sentence`${[shownValue(observed.value, observed.unit)]} from ${quoted(place)}`
}

function where(labels: Readonly<Record<string, string>>): Sentence {
  const pairs = Object.entries(labels).map(([name, value]) => `${written(name)}: ${written(value)}`)
  return [quoted(`where: { ${pairs.join(', ')} }`)]
}

/** A text as YAML would need it. */
function written(text: string): string {
  // Hostile texts may be huge; past this, they are cut where they are shown anyway.
  const short = text.slice(0, 4 * SHOWN_CHARACTERS)
  return /^[A-Za-z_][\w./-]*$/.test(short) ? short : JSON.stringify(short)
}

function rangeInWords(low: number, high: number): string {
  if (low === Number.NEGATIVE_INFINITY) return `at most ${shownNumber(high)}`
  if (high === Number.POSITIVE_INFINITY) return `at least ${shownNumber(low)}`
  return `between ${shownNumber(low)} and ${shownNumber(high)}`
}

/** As `checks/select.ts` writes that a measurement has no label. */
const NO_LABEL = 'no label'

function nearestIn(nearest: readonly string[]): Sentence {
  const labelled = nearest.filter((one) => one !== NO_LABEL)
  const bare = labelled.length < nearest.length
  if (labelled.length === 0) return sentence`; what there is of it has no label`
  return sentence`; the nearest are ${names(labelled)}${[bare ? ', and one without a label' : '']}`
}
