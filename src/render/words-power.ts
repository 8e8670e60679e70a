import type { Note } from '../core/note.ts'
import { boundInWords, count, counted, shownNumber, twoDigits } from './numbers.ts'
import { crossed, quoted, type Sentence, sentence } from './sentence.ts'

type Power = Extract<
  Note,
  { code: 'gap_power' | 'group_too_small_to_show' | 'group_below_least' | 'baseline_power' }
>

/** The words for what it takes to show that groups, or two models, do not differ too much. */
export function powerSentence(note: Power): Sentence {
  switch (note.code) {
    case 'gap_power': {
      const { how, smallest, largest, confidence, seen, needed, passes } = note
      const size = smallest === largest ? count(smallest) : `${count(smallest)} to ${count(largest)}`
      const groups = `${counted(note.groups, 'group')} of ${size} samples at ${shownNumber(confidence)}`
      const takes =
        needed !== undefined
          ? `even no gap at all does not show a ${how} of ${boundInWords(note.bound)}; it takes about ${count(twoDigits(needed))} in each group`
          : `${seen === undefined ? '' : `a ${how} of ${boundInWords(note.bound)} is shown where one of ${decimals(seen)} is seen; `}a model that is truly fair passes ${often(passes)} of the time`
      return sentence`${quoted(note.criterion)}: ${quoted(note.metric)} by ${crossed(note.across)}, ${[groups]}, ${supposed(note.rate)}: ${[takes]}`
    }
    case 'group_too_small_to_show': {
      const { how, bound, needed, confidence } = note
      const takes =
        needed === undefined
          ? 'no number of them would do beside the other groups, which are too small as well'
          : `it takes about ${count(twoDigits(needed))}`
      return sentence`${quoted(note.criterion)}: group ${quoted(note.group)} of ${crossed(note.across)} has ${[counted(note.samples, 'sample')]} of ${quoted(note.metric)}: ${[`even no gap at all can't show a ${how} of ${boundInWords(bound)} at ${shownNumber(confidence)}`]}, ${supposed(note.rate)}; ${[takes]}`
    }
    case 'group_below_least':
      return sentence`${quoted(note.criterion)}: group ${quoted(note.group)} of ${crossed(note.across)} has ${[counted(note.samples, 'sample')]} of ${quoted(note.metric)}, and the criterion asks for ${[count(note.wanted)]}: it will be undecided`
    case 'baseline_power': {
      const { samples, confidence, bound, rate: of, even, needed, passes } = note
      const size = `${counted(samples, 'sample')} of each at ${shownNumber(confidence)}, where both are truly ${rate(of)}`
      const takes =
        needed === undefined ? '' : `; for ${boundInWords(bound)} it takes about ${count(twoDigits(needed))}`
      return sentence`${quoted(note.criterion)}: ${[`${size}: no difference at all shows that it is at ${bound.kind === 'at_most' ? 'most' : 'least'} ${decimals(even)}${takes}; a model that is exactly as good as its baseline passes ${often(passes)} of the time`]}`
    }
  }
}

function supposed(of: number): Sentence {
  return [`where the rate is ${rate(Number(of.toPrecision(3)))}`]
}

function decimals(value: number): string {
  return shownNumber(Number(value.toPrecision(3)))
}

/** A chance that was found by trying: nothing happens always, or never. */
function often(chance: number): string {
  if (chance >= 0.995) return 'more than 99%'
  return chance < 0.005 ? 'less than 1%' : `about ${percent(chance)}`
}

/** A chance in whole percent; what is neither never nor always is not shown as that. */
export function percent(chance: number): string {
  const whole = Math.round(chance * 100)
  if (whole === 100 && chance < 1) return 'more than 99%'
  return whole === 0 && chance > 0 ? 'less than 1%' : `${whole}%`
}

/** A rate as people say it: 0.916 is 91.6%. */
export function rate(truth: number): string {
  return `${shownNumber(Number((truth * 100).toFixed(10)))}%`
}
