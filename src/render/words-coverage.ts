import type { Answer } from '../core/answer.ts'
import { type Cause, CONTROLS, PREREGISTRATION } from '../core/controls.ts'
import type { Missing } from '../core/coverage.ts'
import { counted } from './numbers.ts'
import { type Advice, joined, listed, quoted, type Sentence, sentence } from './sentence.ts'
import type { FaultWords } from './words-table.ts'
import { suchAs, unfitListed } from './words-unfit.ts'

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
  const unfit = missing.filter((one) => one.unfit !== undefined)
  const why = unfit.length === 0 ? [] : sentence`: ${unfitListed(unfit, MOST)}`
  return {
    says: same
      ? sentence`${[unfit.length === missing.length ? 'nothing answers' : 'nothing asks for']} ${listed(said, ALL)}, which ${causeWords(because)} ${[which]}${why}`
      : sentence`nothing asks for ${[counted(missing.length, 'required control')]}: ${listed(said, ALL)}${why.length === 0 ? [] : sentence`; what names one does not answer it${why}`}`,
    next: sentence`add ${[what]} to the criteria before the next training, ${exampleOf(missing, unfit)}or say under ${quoted('not_applicable')} why it needs none${missing.length > 1 ? sentence`; ${quoted('gonogo init')} with the same risk, approach and traits writes one for each` : []}`,
  }
}

/** As many as there are: whoever must ask for them must see them. */
const ALL = CONTROLS.length

/** Past so many a list of reasons is a page; the table of controls has them all. */
const MOST = 3

/** What would answer, where somebody meant to ask and did not, or where only one control is wanting. */
function exampleOf(missing: readonly Missing[], unfit: readonly Missing[]): Sentence {
  const wanted = unfit.length > 0 ? unfit.slice(0, MOST) : missing.slice(0, missing.length === 1 ? 1 : 0)
  const each = wanted.flatMap(({ control }) =>
    control === PREREGISTRATION
      ? []
      : [missing.length === 1 ? suchAs(control) : sentence`for ${quoted(control)} ${suchAs(control)}`],
  )
  return each.length === 0 ? [] : sentence`such as ${joined(each, '; ')}; `
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
