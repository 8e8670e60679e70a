import type { Contradiction, Showing } from '../core/contradiction.ts'
import { names, quoted, type Sentence, sentence } from './sentence.ts'
import { factWords } from './words-integrity.ts'
import type { FaultWords } from './words-table.ts'

/** The words for two things that a release says of itself and that can't both be so. */
export const CONTRADICTION_WORDS: FaultWords<Contradiction> = {
  other_base: ({ found, declared }) => ({
    says: sentence`it names the base model ${quoted(found)}, and the manifest names ${names(declared)}`,
    next: sentence`name under ${quoted('base_models:')} the model that these weights were made from, or publish the file that belongs to them`,
  }),
  other_base_revision: ({ base, found, declared }) => ({
    says: sentence`it was made for ${quoted(base)} at ${quoted(found)}, and the manifest names revision ${quoted(declared)}`,
    next: sentence`name under ${quoted('base_models:')} the revision that it was made for`,
  }),
  base_not_declared: ({ found }) => ({
    says: sentence`it names the base model ${quoted(found)}, and the manifest names none`,
    next: sentence`add ${quoted('base_models:')} to the manifest, with name, revision, digest and licence`,
  }),
  other_relation: ({ found, declared }) => ({
    says:
      declared === undefined
        ? sentence`by this file the release is ${[RELATED[found]]} its base, and the manifest does not say so`
        : sentence`by this file the release is ${[RELATED[found]]} its base, and by the manifest ${[RELATED[declared]]} it`,
    next: sentence`write ${quoted(`relation: ${found}`)} at the base model in the manifest, or correct this file`,
  }),
  data_not_declared: ({ found }) => ({
    says: sentence`it names the data ${quoted(found)}, and no data of the manifest has this name or origin`,
    next: sentence`add it to ${quoted('datasets:')} in the manifest, or write it as ${quoted('origin:')} of the data that is it; or correct the card`,
  }),
  trained_on_exam: ({ found, name, role }) => ({
    says: sentence`its ${quoted('datasets:')}, which are what a model was trained with, name ${quoted(found)}, and the manifest has ${quoted(name)} as ${quoted(`role: ${role}`)} alone`,
    next: sentence`take it out of the card if the model was not trained on it; if it was, test on other data; where only a part of it was trained on, list that part in the manifest under its own name, with ${quoted('origin:')}`,
  }),
  other_licence: ({ of, found, declared, bill }) => ({
    says: sentence`${bill === undefined ? ['the card has the licence'] : billSays(bill)} ${quoted(found)}, and the manifest ${of === '' ? ['has'] : sentence`gives ${quoted(of)}`} ${quoted(declared)}`,
    next:
      bill === undefined
        ? sentence`correct the one that is wrong: ${quoted('licence:')} in the manifest, or ${quoted('license:')} in the card`
        : sentence`correct the one that is wrong: ${quoted('licence:')} in the manifest, or the licence in the bill, where one SPDX expression says of several whether all hold (${quoted('AND')}) or one may be chosen (${quoted('OR')})`,
  }),
  other_data_licence: ({ data, found, declared }) => ({
    says: sentence`it gives ${quoted(data)} the licence ${quoted(found)}, and the manifest ${quoted(declared)}`,
    next: sentence`find out which one holds, and correct the other: ${quoted('licence:')} of the data in the manifest, or this file`,
  }),
  data_licence_unclear: ({ data, found, declared }) => ({
    says: sentence`what it has as the licence of ${quoted(data)}, ${quoted(found)}, names none, and the manifest has ${quoted(declared)}`,
    next: sentence`write into this file the licence that the publisher of the data gives, as an SPDX id or the address of its text`,
  }),
  trait_missing: ({ trait, shown }) => ({
    says: sentence`${shownBy(shown)}, and neither criteria nor floor have the trait ${quoted(trait)}`,
    next: sentence`add ${quoted(trait)} to ${quoted('traits:')} in the criteria in a pull request of its own, with the controls that it brings${mend(shown)}`,
  }),
  approach_contradicts: ({ approach, released }) => ({
    says:
      released === 'service'
        ? sentence`a service of somebody else is released, and the criteria say ${quoted(`approach: ${approach}`)}`
        : sentence`weights of a hub are released, and the criteria say ${quoted(`approach: ${approach}`)} without the trait ${quoted('fine-tuned')}`,
    next:
      released === 'service'
        ? sentence`register ${quoted('approach: buy')}, or name the ${quoted('weights:')} that are released`
        : sentence`name the bought ${quoted('service:')} in the manifest, or register the approach by which the weights came about`,
  }),
  training_contradicts: ({ fact }) => ({
    says: factWords(fact).says,
    next: (fact.what === 'parameter_differs' ? undefined : factWords(fact).next) ?? BOTH_OF_A_TRAINING,
  }),
  began_before_start: ({ found, began, clock, name }) => ({
    says: sentence`it says that it began at ${quoted(found)}, and by ${[clock === 'run' ? 'the clock of run' : 'start ticket']} ${quoted(name)} the work began at ${quoted(began)}, no earlier`,
    next: sentence`correct the time if it is wrong; if it is right, begin the work again after the criteria, and release what comes of it`,
  }),
}

type Licensed = Extract<Contradiction, { code: 'other_licence' }>

const BOTH_OF_A_TRAINING = sentence`find out with which of the two the weights were trained; correct the record if it is wrong, and if it is right release the parameters and the run that it tells of`

const RELATED = {
  adapter: 'an adapter of',
  finetune: 'fine-tuned from',
  merge: 'merged from',
  quantized: 'a quantization of',
} as const

function shownBy(shown: Showing): Sentence {
  switch (shown.kind) {
    case 'training_from_base':
      return sentence`the manifest has a training and a base model`
    case 'build_from_base':
      return sentence`the criteria say ${quoted('approach: build')}, and there is a base model`
    case 'groups':
      return sentence`people are divided by ${names(shown.labels)}`
    case 'attacks':
      return sentence`the evidence has attacks on ${[shown.on ?? 'a language model']} (${quoted(shown.format)})`
  }
}

/** Of what was declared and what was concluded, the conclusion counts. */
function billSays({ part, overrules }: NonNullable<Licensed['bill']>): Sentence {
  return overrules === undefined
    ? sentence`the bill of materials gives ${quoted(part)} the licence`
    : sentence`of ${quoted(part)} the bill of materials declares the licence ${quoted(overrules)} and concludes, which counts,`
}

/** What else may be wrong. */
function mend(shown: Showing): Sentence {
  if (shown.kind === 'build_from_base')
    return sentence`; of weights that are taken as they are, register ${quoted('approach: open-source')}`
  return shown.kind === 'attacks' ? sentence`; where they were on the base, say ${quoted('about: base')}` : []
}
