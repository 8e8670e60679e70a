import type { Answer, Member } from '../core/answer.ts'
import type { Finding } from '../core/finding.ts'
import type { Unit } from '../core/measurement.ts'
import type { ModelVerdict } from '../core/verdict.ts'
import { boundIn, byItself, observedIn, placeIn, trustIn, written } from './facts.ts'
import { worstFirst } from './members.ts'
import { count, shownBound, shownNumber, shownValue } from './numbers.ts'
import { quoted, type Sentence, sentence } from './sentence.ts'
import { intervalInWords, METHODS, shownInWords, unitOf } from './shown.ts'
import { answerWords } from './words-answers.ts'
import { signed } from './words-baselines.ts'
import { EXAM_MARKS } from './words-exams.ts'
import { gapCell } from './words-gaps.ts'
import { passingInCell, ranInCell } from './words-suites.ts'

/** What one criterion's row shows, in whatever form; an empty sentence where nothing is known. */
export type CriterionRow = {
  readonly criterion: Sentence
  readonly control: Sentence
  readonly observed: Sentence
  readonly required: Sentence
  readonly samples: Sentence
  readonly dataset: Sentence
  readonly trust: Sentence
  readonly read: Sentence
}

/** One finding as a row; what is no number says itself in words. */
export function criterionRow(
  { criterion, control, blocking, version, answer, exam }: Finding,
  evidence: ModelVerdict['evidence'],
): CriterionRow {
  const shown = byItself(answer)
  const observed = observedIn(shown)
  const place = placeIn(shown)
  const trust = trustIn(shown, evidence)
  const notes = [...(blocking ? [] : ['advisory']), ...VERSIONS[version]]
  return {
    criterion:
      notes.length === 0 ? [quoted(criterion)] : sentence`${quoted(criterion)} (${[notes.join(', ')]})`,
    control: [quoted(control)],
    observed: observedCell(shown),
    required: requiredCell(shown),
    samples: samplesCell(observed),
    dataset: datasetCell(shown, exam),
    trust: trust === undefined ? [] : [trust],
    read: place === undefined ? [] : [quoted(written(place))],
  }
}

function samplesCell(observed: ReturnType<typeof observedIn>): Sentence {
  const { samples, recovered, unevaluated = 0 } = observed ?? {}
  const left = unevaluated > 0 ? `${count(unevaluated)} not evaluated` : ''
  if (samples === undefined) return left === '' ? [] : [left]
  return [`${count(samples)}${recovered ? ' (computed)' : ''}${left && `, ${left}`}`]
}

function datasetCell(answer: Answer, exam: Finding['exam']): Sentence {
  const name = observedIn(answer)?.labels.dataset ?? ('dataset' in answer ? answer.dataset : undefined)
  if (name === undefined) return []
  return exam === undefined ? [quoted(name)] : sentence`${quoted(name)} (${[EXAM_MARKS[exam]]})`
}

const VERSIONS: { readonly [V in Finding['version']]: readonly string[] } = {
  both: [],
  registered: ['as registered'],
  today: ['as it is today'],
  floor: ['from the floor'],
}

function observedCell(answer: Answer): Sentence {
  const observed = observedIn(answer)
  if ('members' in answer) return membersCell(answer.members)
  if ('gaps' in answer) return gapCell(answer)
  if ('unpassed' in answer) return ranInCell(answer)
  if (observed === undefined) return answerWords(answer).says
  const unit = boundIn(answer)?.unit
  const own = unit ?? observed.unit
  // What is held to the bound is the difference, and what is shown is of it; its sentence has both values.
  const value =
    'difference' in answer
      ? `difference ${signed(Number(answer.difference.toPrecision(4)), own)}`
      : shownValue(observed.value, unitOf(observed, unit))
  return [`${value}${besides(answer, own)}`]
}

/** What is shown of a value: with a confidence its bound, else the interval. */
function besides(answer: Answer, unit: Unit): string {
  if (!('shown' in answer) || answer.shown === undefined) return ''
  const { shown, bound, confidence } = answer
  if (confidence === undefined) return ` (${intervalInWords(shown, unit)})`
  return `, ${shownInWords(shown, bound, isMissed(answer), unit)} (${METHODS[shown.method]})`
}

function isMissed(answer: Extract<Answer, { readonly shown?: unknown }>): boolean {
  return answer.code === 'not_shown' ? !answer.holds : answer.outcome === 'unmet'
}

/** How many members are met, and the one that matters most. */
function membersCell(members: readonly Member[]): Sentence {
  const met = members.filter(({ answer }) => answer.outcome === 'met').length
  const share: Sentence = [`${count(met)} of ${count(members.length)} met`]
  const worst = worstFirst(members)[0]
  if (worst === undefined || !('observed' in worst.answer)) return share
  const { observed } = worst.answer
  return sentence`${share}, ${[met === members.length ? 'closest' : 'worst']} ${quoted(worst.member)} at ${[shownValue(observed.value, unitOf(observed))]}`
}

function requiredCell(answer: Answer): Sentence {
  const held = boundIn(answer)
  if (held) {
    const bound = shownBound(
      held.bound,
      'gaps' in answer ? undefined : (held.unit ?? observedIn(answer)?.unit),
    )
    return [held.confidence === undefined ? bound : `${bound} at ${shownNumber(held.confidence)}`]
  }
  if ('unpassed' in answer) return passingInCell(answer)
  switch (answer.code) {
    case 'too_few_samples':
    case 'samples_unknown':
      return [`n ≥ ${count(answer.wanted)}`]
    case 'unit_differs':
      return [`in ${answer.wanted}`]
    case 'out_of_range':
      return [`possible: ${shownNumber(answer.low)} to ${shownNumber(answer.high)}`]
    case 'exam_in_part':
      return [`n ≥ ${count(answer.rows)}`]
    case 'trust_too_low':
    case 'source_too_weak':
      return sentence`trust ${quoted(answer.wanted)}`
    default:
      return []
  }
}
