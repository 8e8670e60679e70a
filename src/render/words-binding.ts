import type { BindingAnswer } from '../core/binding-answer.ts'
import type { EvidenceShown } from '../core/verdict.ts'
import { names, quoted, type Sentence, sentence } from './sentence.ts'
import { shownDigest } from './words-exams.ts'
import type { AnswerWords } from './words-table.ts'

/** The words for evidence that names another model than the one that is released. */
export const BINDING_WORDS: AnswerWords<BindingAnswer> = {
  other_model: ({ observed, found, wanted, base }) => ({
    says: base
      ? sentence`${quoted(observed.metric)} is of the base model ${quoted(found)}, and the release is known as ${names(wanted, 3)}`
      : sentence`${quoted(observed.metric)} is of ${quoted(found)}, and the release is known as ${names(wanted, 3)}`,
    next: base
      ? sentence`evaluate the released model itself, and say ${quoted('about: base')} at evidence of its base`
      : sentence`evaluate the released model itself; where ${quoted(found)} is how a tool calls these very weights, say so under ${quoted('known_as:')} in the manifest`,
  }),
  other_revision: ({ observed, found, wanted }) => ({
    says: sentence`${quoted(observed.metric)} is of revision ${quoted(found)}, and the release is revision ${names(wanted)}`,
    next: sentence`evaluate the revision that is released, or release the one that was evaluated`,
  }),
  other_commit: ({ observed, found, wanted }) => ({
    says: sentence`${quoted(observed.metric)} is of a model that was trained on commit ${quoted(found)}, and the release was trained on ${names(wanted)}`,
    next: sentence`evaluate the model that this training made; where the manifest names the wrong commit, correct ${quoted('training:')}`,
  }),
  other_weights: ({ observed, found, wanted }) => ({
    says: sentence`${quoted(observed.metric)} is of weights ${shownDigest(digest(found))}, which are not among the ${[String(wanted.length)]} that are released`,
    next: sentence`evaluate the released weights, or release those that were evaluated`,
  }),
}

function digest(found: string): string {
  return found.startsWith('sha256:') ? found : `sha256:${found}`
}

const MODELS = {
  candidate: 'this model',
  base: 'the base model',
  released: 'the last release',
} as const

/** What holds an evidence file to the model that it is said to be about. */
export function bindingSentence({ binding, about }: Pick<EvidenceShown, 'binding' | 'about'>): Sentence {
  if (binding === undefined) return []
  const { by, found = [], other = [] } = binding
  const another: Sentence =
    other.length === 0
      ? []
      : sentence`${[by === undefined ? '' : '; besides ']}about another model: ${names(other, 3)}`
  if (by === undefined) return another
  const which = MODELS[about]
  switch (by) {
    case 'declared':
      return sentence`only declared to be about ${[which]}${another}`
    case 'known_as':
      return sentence`bound by name: ${names(found, 3)}, which the manifest declares to be these weights${another}`
    default:
      return sentence`bound by ${[by]}: ${names(found, 3)}${another}`
  }
}
