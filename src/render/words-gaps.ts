import type { Bound } from '../core/answer.ts'
import type { Gap, GapAnswer } from '../core/gap-answer.ts'
import { boundInWords, count, counted, shownNumber, twoDigits } from './numbers.ts'
import {
  type Advice,
  crossed,
  joined,
  names,
  quoted,
  type Sentence,
  sentence,
  type Words,
} from './sentence.ts'
import { METHODS, shownInWords } from './shown.ts'
import { MEASUREMENT_WORDS } from './words-measurements.ts'
import { NOTHING_SHOWN, REGISTERED_BOUND } from './words-shown.ts'
import type { AnswerWords } from './words-table.ts'

/** The words for gaps between groups. */
export const GAP_WORDS: AnswerWords<GapAnswer> = {
  gap_within: (answer) => ({
    says: sentence`${worst(answer)}, and ${asked(answer)} was asked`,
  }),
  gap_beyond: (answer) => ({
    says: sentence`${worst(answer)} and must be ${asked(answer)}: it misses by ${[rounded(answer.off)]}${others(answer)}`,
    next: sentence`find out why the model treats ${disadvantaged(answer)} otherwise, improve it and evaluate it again; ${[REGISTERED_BOUND]}`,
  }),
  gap_not_shown: (answer) => ({
    says: sentence`${worst(answer)} and must be ${asked(answer)}, which ${[answer.holds ? 'is not shown yet' : 'may still hold']}`,
    next: more(answer),
  }),
  gap_nothing_shown: (answer) => ({
    says: sentence`${compared(answer)} must be shown to be ${asked(answer)} at confidence ${[shownNumber(answer.confidence ?? 0)]}, and of ${disadvantaged(answer)} ${[NOTHING_SHOWN[answer.why].says]}`,
    next: [NOTHING_SHOWN[answer.why].next],
  }),
  gap_undefined: (answer) => ({
    says: sentence`both rates of ${disadvantaged(answer)} are 0, which is no ratio`,
    next: sentence`evaluate on data on which some of each group get the outcome, or ask for a difference before the next training`,
  }),
  no_groups: ({ metric, across, found, labels }) => ({
    says: sentence`the evidence has ${[found.length === 0 ? 'no group' : 'only one group']} of ${quoted(metric)} by ${crossed(across)}${labels.length > 0 ? sentence`; what is measured carries ${names(labels)}` : []}`,
    next: sentence`add evidence that reports ${quoted(metric)} for each group, with the label ${crossed(across)}`,
  }),
  groups_missing: ({ metric, across, missing, unexpected }) => ({
    says: sentence`${joined([
      ...(missing.length > 0
        ? [sentence`the evidence has no ${quoted(metric)} of ${names(missing)} by ${crossed(across)}`]
        : []),
      ...(unexpected.length > 0
        ? [sentence`it has ${names(unexpected)}, which the criteria do not name`]
        : []),
    ])}`,
    next: sentence`evaluate every group that the criteria name, and no other, and commit the result`,
  }),
  too_many_groups: ({ across, found, limit }) => ({
    says: sentence`there are ${[counted(found, 'group')]} by ${crossed(across)}, and at most ${[count(limit)]} are compared`,
    next: sentence`measure by groups that people can be told by, and name them in the criteria before the next training`,
  }),
  groups_do_not_add_up: ({ metric, across, sum, whole }) => ({
    says: sentence`the groups by ${crossed(across)} have ${[counted(sum, 'sample')]} of ${quoted(metric)} together, and the whole has ${[count(whole)]}`,
    next: sentence`find out who is in no group, or in several, and report every group of the same data`,
  }),
  group_too_small: ({ group, observed, samples, wanted }) => ({
    says: sentence`group ${quoted(group)} has ${[counted(samples, 'sample')]} of ${quoted(observed.metric)}, and at least ${[count(wanted)]} are wanted`,
    next: sentence`evaluate on at least ${[counted(wanted, 'sample')]} of ${quoted(group)} and commit the result`,
  }),
  group_undecided: ({ group, answer }) => within(group, answer),
  group_unmet: ({ group, answer }) => within(group, answer),
}

/** A gap as a table shows it: `ratio 0.71, A against B`. */
export function gapCell({
  how,
  gaps,
  confidence,
  bound,
  ...answer
}: Extract<GapAnswer, { gaps: unknown }>): Sentence {
  const [first] = gaps
  if (first === undefined) return []
  const shown =
    confidence === undefined || first.shown === undefined
      ? []
      : [`, ${bounded(first, bound, answer.outcome === 'unmet')}`]
  return sentence`${[how]} ${[rounded(first.value)]}${shown}, ${quoted(first.one)} against ${quoted(first.other)}`
}

type Judged = Extract<GapAnswer, { gaps: unknown }>

/** What is compared: of several rates and attributes, those of the worst pair. */
function compared({ how, gaps: [first] }: Judged): Sentence {
  if (first === undefined) return [`the ${how} of the groups`]
  return sentence`the ${[how]} of ${quoted(first.metric)} by ${crossed(first.across)}`
}

function worst(answer: Judged): Sentence {
  const { gaps, confidence, bound, outcome, pairs } = answer
  const [first] = gaps
  if (first === undefined) return compared(answer)
  const [one, other] = first.measured
  const sure =
    confidence === undefined
      ? ''
      : `, at confidence ${shownNumber(confidence)} ${bounded(first, bound, outcome === 'unmet')}`
  const among = pairs > 2 ? `, the furthest of ${count(pairs)} pairs` : ''
  return sentence`${compared(answer)} is ${[rounded(first.value)]} for ${rate(first.one, one)} against ${rate(first.other, other)}${[sure + among]}`
}

function rate(group: string, { value, samples }: Gap['measured'][number]): Sentence {
  const n = samples === undefined ? '' : `, n = ${count(samples)}`
  return sentence`${quoted(group)} (${[rounded(value)]}${[n]})`
}

function bounded({ shown }: Gap, bound: Bound, missed: boolean): string {
  return shown === undefined ? '' : `${shownInWords(shown, bound, missed)} (${METHODS[shown.method]})`
}

function others({ gaps, bound }: Judged): Sentence {
  const more = gaps.slice(1).filter(({ value }) => !inside(value, bound))
  return more.length === 0
    ? []
    : sentence`; beyond it too: ${names(more.map(({ one, other }) => `${one} against ${other}`))}`
}

function inside(value: number, bound: Bound): boolean {
  const low =
    bound.kind === 'at_most' ? Number.NEGATIVE_INFINITY : bound.kind === 'between' ? bound.low : bound.value
  const high =
    bound.kind === 'at_least' ? Number.POSITIVE_INFINITY : bound.kind === 'between' ? bound.high : bound.value
  return value >= low && value <= high
}

/** What would show it, of the pair that is named; each pair must. */
function more(answer: Extract<GapAnswer, { holds: boolean }>): Sentence {
  const [first] = answer.gaps
  if (!answer.holds)
    return sentence`find out why the model treats ${disadvantaged(answer)} otherwise and improve it: more samples would only show that it misses`
  const needed = first === undefined ? [] : neededOf(first)
  return needed.length === 0
    ? sentence`evaluate on more samples of ${disadvantaged(answer)}: each pair of groups must show it`
    : sentence`evaluate on more: at these rates it needs ${joined(needed, ' and ')} to be shown, and each pair of groups must show it`
}

/** `about 1,900 more samples of B`, for each group that needs some. */
export function neededOf({ one, other, more: needed }: Gap): readonly Sentence[] {
  if (needed === undefined) return []
  const groups = [[one, needed.one] as const, [other, needed.other] as const]
  return groups
    .filter(([, samples]) => samples > 0)
    .map(
      ([group, samples]) => sentence`about ${[count(twoDigits(samples))]} more samples of ${quoted(group)}`,
    )
}

function asked({ bound }: Judged): Sentence {
  return [boundInWords(bound)]
}

function disadvantaged({ gaps: [first] }: Judged): Sentence {
  return first === undefined ? ['the groups'] : names([first.one, first.other])
}

function rounded(value: number): string {
  return shownNumber(Number.isFinite(value) ? Number(value.toPrecision(4)) : value)
}

function within(group: string, answer: Extract<GapAnswer, { answer: unknown }>['answer']): Advice {
  // The compiler cannot follow that the row and the answer have the same code; the table guarantees it.
  const words = MEASUREMENT_WORDS[answer.code] as (one: typeof answer) => Words
  const { says, next = [] } = words(answer)
  return { says: sentence`group ${quoted(group)}: ${says}`, next }
}
