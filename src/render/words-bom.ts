import type { BomFault, BomOpen, BomWrong } from '../core/bom.ts'
import type { RecordAnswer } from '../core/record-answer.ts'
import { joined, listed, quoted, type Sentence, sentence } from './sentence.ts'
import { shownDigest } from './words-exams.ts'
import type { AnswerWords, FaultWords } from './words-table.ts'

/** The words of what a criterion that asks for a bill of materials came to. */
export const BOM_WORDS: AnswerWords<Extract<RecordAnswer, { code: 'bom_wrong' | 'bom_open' }>> = {
  bom_wrong: ({ path, wrong, more }) => ({
    says: sentence`the bill of materials in ${quoted(path)} does not hold: ${listed(wrong.map(wrongSays), 5, '; ', more)}`,
    next: actions(wrong.map(({ why }) => WRONG_NEXT[why])),
  }),
  bom_open: ({ path, open, more }) => ({
    says: sentence`the bill of materials in ${quoted(path)} leaves open: ${listed(open.map(openSays), 5, '; ', more)}`,
    next: actions(open.map(({ why }) => OPEN_NEXT[why])),
  }),
}

/** The words of what a bill of materials says against itself, whoever asks. */
export const BOM_PROBLEM_WORDS: FaultWords<BomFault> = {
  trained_and_tested: ({ data }) => ({
    says: sentence`the bill of materials has ${quoted(data)} as data that the model was trained on and tested on`,
    next: sentence`evaluate on data that the model has not seen, or correct the relationships`,
  }),
  bom_as_xml: () => ({
    says: ['this is a bill of materials of CycloneDX as XML, of which only JSON is read'],
    next: sentence`write it as JSON, for example with ${quoted('cyclonedx convert --input-file bom.xml --output-file bom.json --output-version v1_6')}, and name that file`,
  }),
}

function actions(all: readonly string[]): Sentence {
  return joined(
    [...new Set(all)].slice(0, 3).map((one) => [one]),
    '; ',
  )
}

function wrongSays(wrong: BomWrong): Sentence {
  switch (wrong.why) {
    case 'other_digest':
      return sentence`${quoted(wrong.weight)} has another digest, ${shownDigest(wrong.found)}`
    case 'other_base':
      return sentence`the base model ${quoted(wrong.base)} has ${[wrong.of === 'digest' ? 'the digest' : 'the version']} ${quoted(wrong.found)}, and the manifest ${quoted(wrong.declared)}`
    case 'unresolved':
      return sentence`nothing in it is ${quoted(wrong.ref)}, to which it refers`
    case 'placeholder':
      return sentence`${quoted(wrong.at)} is a placeholder, ${quoted(wrong.found)}`
    case 'lacks':
      return sentence`${quoted(wrong.of)} lacks ${quoted(wrong.field)}`
    case 'licence':
      return sentence`the licence ${quoted(wrong.licence)} of ${quoted(wrong.of)} is no SPDX expression`
    case 'conflict':
      return sentence`the licence ${quoted(wrong.licence)} of ${quoted(wrong.of)} does not let a model be released as ${quoted(wrong.model)}${wrong.restriction === undefined ? [] : sentence` (${[wrong.restriction]})`}`
    case 'expired':
      return sentence`the evidence ${quoted(wrong.what)} expired at ${quoted(wrong.at)}`
    case 'counter_claim':
      return sentence`nothing answers the claim ${quoted(wrong.claim)} against it`
  }
}

const WRONG_NEXT: { readonly [W in BomWrong['why']]: string } = {
  other_digest: 'make the bill of the weights that are released, or release those that it names',
  other_base: 'find out which base model it was, and correct the bill or the manifest',
  unresolved: 'put what is referred to into the same bill',
  placeholder: 'write what is so where the placeholders stand',
  lacks: 'fill in what is lacking',
  licence: 'name each licence by its SPDX id, or as LicenseRef-…',
  conflict: 'release under a licence that keeps what is asked, or take what stands under another',
  expired: 'have what has expired shown again',
  counter_claim: 'say in the bill what is done about each claim against it',
}

function openSays(open: BomOpen): Sentence {
  switch (open.why) {
    case 'nothing_released':
      return sentence`no weights are released that it could name`
    case 'no_sha256':
      return sentence`the manifest has no sha256 of ${quoted(open.weight)}`
    case 'not_named':
      return sentence`no digest in it is that of ${quoted(open.weight)}`
    case 'no_base':
      return sentence`it does not name the base model ${quoted(open.base)}`
    case 'no_licence':
      return sentence`${quoted(open.of)} has no licence`
  }
}

const OPEN_NEXT: { readonly [W in BomOpen['why']]: string } = {
  nothing_released: 'ask a bill only of a model whose weights are released',
  no_sha256: 'give each weight its sha256 in the manifest',
  not_named: 'make the bill anew with the SHA-256 of each weight',
  no_base: 'name each base model in the bill, among the ancestors or dependencies of the model',
  no_licence: 'name a licence for each model and dataset in the bill',
}
