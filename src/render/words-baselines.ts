import type { BaselineAnswer, BaselineName } from '../core/baseline-answer.ts'
import { boundInWords, count, shownNumber, shownValue, twoDigits } from './numbers.ts'
import { quoted, type Sentence, sentence } from './sentence.ts'
import { METHODS, shownInWords, unitOf } from './shown.ts'
import { shortened } from './words-limits.ts'
import { NOTHING_SHOWN, REGISTERED_BOUND } from './words-shown.ts'
import type { AnswerWords } from './words-table.ts'

type Compared = Extract<BaselineAnswer, { difference: unknown }>

/** The words for a candidate beside its baseline. */
export const BASELINE_WORDS: AnswerWords<BaselineAnswer> = {
  difference_within: (answer) => ({
    says: sentence`${compared(answer)}, and ${wanted(answer)} was asked`,
  }),
  difference_beyond: (answer) => ({
    says: sentence`${compared(answer)}, and must be ${wanted(answer)}`,
    next: sentence`improve the model and evaluate it again; ${[REGISTERED_BOUND]}`,
  }),
  difference_not_shown: (answer) => ({
    says: sentence`${compared(answer)}, and must be ${wanted(answer)}, which ${[answer.holds ? 'is not shown yet' : 'may still hold']}`,
    next: more(answer),
  }),
  difference_nothing_shown: (answer) => ({
    says: sentence`${compared(answer)}, and must be shown to be ${wanted(answer)} at confidence ${[shownNumber(answer.confidence ?? 0)]}, and ${[NOTHING_SHOWN[answer.why].says]}`,
    next: [NOTHING_SHOWN[answer.why].next],
  }),
  no_baseline: ({ observed }) => ({
    says: sentence`${quoted(observed.metric)} is to be compared with the last release that was a go, and there was none`,
    next: sentence`say with ${quoted('first:')} in the criteria what the first release must hold, before its training`,
  }),
  baseline_awaited: ({ observed }) => ({
    says: sentence`${quoted(observed.metric)} is to be compared with the last release that was a go, which only the app knows`,
    next: sentence`open a pull request: the check run there compares it`,
  }),
  baseline_lacks: ({ observed, baseline, found }) => ({
    says: sentence`the evidence of ${name(baseline)} has ${[found === 0 ? 'no' : count(found)]} ${[found === 0 ? 'measurement' : 'measurements']} of ${quoted(observed.metric)} with the same labels, and exactly one must be compared with`,
    next:
      baseline.kind === 'base'
        ? sentence`evaluate the base model on the same data and name the result in the manifest with ${quoted('about: base')}`
        : sentence`say with ${quoted('first:')} in the criteria what holds without a comparison, before the next training`,
  }),
  baseline_other_data: ({ baseline, dataset, own, other }) => ({
    says:
      dataset === undefined
        ? sentence`the evidence does not say on which dataset it was measured, so it can't be compared with ${name(baseline)}`
        : sentence`${name(baseline)} was measured on other data under the name ${quoted(dataset)}: ${digest(other)} there, ${digest(own)} here`,
    next: sentence`compare on the same data: name the dataset in the manifest with its digest, or say with ${quoted('first:')} what a new exam must show, before the next training`,
  }),
}

function compared(answer: Compared): Sentence {
  const { observed, against, baseline, difference, bound, unit, shown, confidence } = answer
  const own = unitOf(observed, unit)
  const sure =
    confidence === undefined || shown === undefined
      ? ''
      : `, at confidence ${shownNumber(confidence)} ${shownInWords(shown, bound, answer.outcome === 'unmet', own)} (${METHODS[shown.method]})`
  return sentence`${quoted(observed.metric)} is ${[shownValue(observed.value, own)]} beside ${[shownValue(against.value, unitOf(against, unit))]} of ${name(baseline)}: a difference of ${[signed(difference, own)]}${[sure]}`
}

/** What would decide: samples where the difference holds the bound, else above all a better model. */
function more({ observed, needed, holds, shown }: Extract<Compared, { holds: boolean }>): Sentence {
  const samples = observed.samples ?? Number.NaN
  const many =
    needed !== undefined && needed > samples
      ? `about ${count(twoDigits(needed - samples))} more samples`
      : 'many more samples'
  const isPaired = shown?.method.endsWith('_paired') === true
  // Rows of other formats than these have no samples that could be named.
  const paired: Sentence =
    isPaired || observed.source.format !== 'rows'
      ? []
      : sentence`, or fewer where ${quoted('id:')} names the samples at the rows of both`
  return holds
    ? sentence`evaluate both on more of the same data: at these rates it needs ${[many]} of each to be shown${paired}`
    : sentence`improve the model and evaluate it again; at these rates ${[many]} of each would only show that it misses`
}

/** A difference with its sign. */
export function signed(value: number, unit: Parameters<typeof shownValue>[1]): string {
  return `${value > 0 ? '+' : ''}${shownValue(value, unit)}`
}

function wanted({ bound, observed, unit }: Compared): Sentence {
  return [boundInWords(bound, unitOf(observed, unit))]
}

function name(baseline: BaselineName): Sentence {
  if (baseline.kind === 'base') return ['the base model']
  const { version, commit } = baseline
  return version === undefined
    ? sentence`the last release, of commit ${shortened(commit)}`
    : sentence`the last release ${quoted(version)}`
}

function digest(text: string | undefined): Sentence {
  return text === undefined ? ['no digest'] : [quoted(text.slice(0, 20))]
}
