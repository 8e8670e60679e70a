import type { Answer } from '../core/answer.ts'
import type { Cause } from '../core/controls.ts'
import type { Missing } from '../core/coverage.ts'
import { counted } from './numbers.ts'
import { type Advice, joined, listed, quoted, type Sentence, sentence } from './sentence.ts'
import type { FaultWords } from './words-table.ts'

/** The words for what nothing asks of a model. */
export const COVERAGE_WORDS: FaultWords<Extract<Answer, { code: 'not_covered' }>> = {
  not_covered: ({ missing }) => missingWords(missing),
}

/** Controls that nothing asks for, and what requires them: said once where it is the same for all. */
export function missingWords(missing: readonly Missing[]): Advice {
  const [first] = missing
  const because = first?.because ?? []
  const same = missing.every((one) => one.because.join() === because.join())
  const said = missing.map(({ control, because: own }) =>
    same ? [quoted(control)] : sentence`${quoted(control)} (${causeWords(own)})`,
  )
  const which =
    because.join() === 'every release' ? 'must answer' : because.length > 1 ? 'require' : 'requires'
  const what = missing.length === 1 ? 'a blocking criterion' : 'a blocking criterion for each'
  return {
    says: same
      ? sentence`nothing asks for ${listed(said)}, which ${causeWords(because)} ${[which]}`
      : sentence`nothing asks for ${[counted(missing.length, 'required control')]}: ${listed(said)}`,
    next: sentence`add ${[what]} to the criteria before the next training, or say under ${quoted('not_applicable')} why it needs none`,
  }
}

/** What requires a control: `risk: high` and `approach: build`. */
export function causeWords(because: readonly Cause[]): Sentence {
  return joined(
    because.map((cause): Sentence => {
      if (cause === 'floor') return ['the floor']
      return cause === 'every release' ? [cause] : [quoted(cause)]
    }),
    ' and ',
  )
}
