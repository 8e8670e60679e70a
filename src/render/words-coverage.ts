import type { Answer } from '../core/answer.ts'
import type { Cause } from '../core/controls.ts'
import type { Excused, Missing } from '../core/coverage.ts'
import { counted } from './numbers.ts'
import { type Advice, joined, listed, quoted, type Sentence, sentence } from './sentence.ts'

type Code = 'not_covered' | 'model_retired' | 'retirement_awaits'
type Table = { readonly [C in Code]: (answer: Extract<Answer, { code: C }>) => Advice }

/** The words for what nothing asks of a model, and for a model that is released no more. */
export const COVERAGE_WORDS: Table = {
  not_covered: ({ missing, waiting, approvers }) => {
    const parts = [
      ...(missing.length > 0 ? [missingWords(missing)] : []),
      ...(waiting.length > 0 ? [waitingWords(waiting, approvers)] : []),
    ]
    const both = (which: keyof Advice) =>
      joined(
        parts.map((part) => part[which]),
        '; ',
      )
    return { says: both('says'), next: both('next') }
  },
  model_retired: ({ path }) => ({
    says: sentence`${quoted(path)} says that the model is retired, and a retired model is released no more`,
    next: sentence`release another model, or have ${quoted('retired')} taken out of its criteria before the next training`,
  }),
  retirement_awaits: ({ path, approvers }) => ({
    says: sentence`${quoted(path)} says that the model is retired, and nobody has approved that`,
    next: sentence`have ${who(approvers)} approve it, or take ${quoted('retired')} out of the criteria`,
  }),
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

function waitingWords(waiting: readonly Excused[], approvers: readonly string[]): Advice {
  const said = waiting.map(({ control, reason }) => sentence`${quoted(control)} (${quoted(reason)})`)
  return {
    says: sentence`the criteria say that ${listed(said)} ${[waiting.length === 1 ? 'does' : 'do']} not apply, and nobody has approved that`,
    next: sentence`have ${who(approvers)} approve the reason, or add a blocking criterion before the next training`,
  }
}

/** Who may approve. */
export function who(approvers: readonly string[]): Sentence {
  return approvers.length === 0
    ? sentence`another person with write access`
    : listed(
        approvers.map((one) => [quoted(one)]),
        5,
        ' or ',
      )
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
