import type { CaiqAnswer, CaiqShare } from '../core/caiq.ts'
import { count, counted } from './numbers.ts'
import { listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import type { AnswerWords } from './words-table.ts'

const CAIQ = {
  no: 'no, without a reason',
  na: 'not applicable, without a reason',
  none: 'not answered',
} as const

/** The words of what the answers of a vendor to a questionnaire lack. */
export const CAIQ_WORDS: AnswerWords<CaiqAnswer> = {
  caiq_open: ({ path, open, more, answers, stale }) => ({
    says: sentence`of ${[counted(answers, 'answer')]} in ${quoted(path)} ${[count(open.length + more)]} ${[open.length + more === 1 ? 'is' : 'are']} open: ${listed(
      open.map(({ question, answer }) => sentence`${quoted(question)} (${[CAIQ[answer]]})`),
      5,
      ', ',
      more,
    )}${stale === undefined ? [] : sentence`; the oldest is of ${quoted(stale.date)}, ${[counted(stale.days, 'day')]} old, and at most ${[counted(stale.limit, 'day')]} are allowed`}`,
    next:
      stale === undefined
        ? sentence`ask the vendor what stands in the place of each, and have it written beside the answer`
        : sentence`have the vendor answer anew, with what stands in the place of each that is open`,
  }),
  caiq_in_part: ({ path, share, missing, more, asked, few }) => ({
    says: sentence`in ${quoted(path)} the vendor answers ${shareWords(share)}, and ${few === undefined ? sentence`nothing of ${names(missing, undefined, more)}` : sentence`that is not the whole`}${asked ? [', which the criteria ask for'] : []}`,
    next: asked
      ? sentence`ask the vendor to answer what is missing`
      : sentence`ask the vendor for the whole questionnaire, or say in the criteria before the work begins what must be answered, by domain, control or question: ${quoted('controls: [IAM, DSP-07.1]')}`,
  }),
}

/** How many questions were answered, of how many. */
export function shareWords({ answered, version, of }: CaiqShare): Sentence {
  const whole = of === undefined ? [] : [` of the ${count(of)}`]
  return sentence`${[counted(answered, 'question')]}${whole} of the CAIQ ${[version]}`
}
