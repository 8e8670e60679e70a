import type { Counter, Note } from '../core/note.ts'
import type { Fault } from '../core/problem.ts'
import { count, counted, shownNumber } from './numbers.ts'
import { quoted, type Sentence, sentence } from './sentence.ts'
import { percent, powerSentence, rate } from './words-power.ts'
import type { FaultWords } from './words-table.ts'

type Code = 'cannot_fail' | 'cannot_be_met' | 'cannot_be_shown' | 'not_refused'

/** The words for criteria that ask for nothing, or for what can't be. */
export const CRITERIA_WORDS: FaultWords<Extract<Fault, { code: Code }>> = {
  cannot_fail: ({ criterion, low, high }) => ({
    says: sentence`${quoted(criterion)} can't fail: whatever is measured${[spanInWords(low, high)]} holds its bound`,
    next: sentence`set a bound that a model which must not be released would miss; where the number is only to be shown, say ${quoted('blocking: false')}`,
  }),
  cannot_be_met: ({ criterion }) => ({
    says: sentence`${quoted(criterion)} can't be met: no evidence that could be there holds what it asks`,
    next: sentence`correct its bound and ${quoted('unit')}; of approvals, how many of whom are asked for`,
  }),
  cannot_be_shown: ({ criterion, confidence, samples, needed }) =>
    samples === undefined || needed === undefined
      ? {
          says: sentence`${quoted(criterion)} can't be shown at confidence ${[shownNumber(confidence)]}: no number of samples shows that a rate is exactly at its end`,
          next: sentence`leave some room beyond the bound, or take ${quoted('confidence')} out`,
        }
      : {
          says: sentence`${quoted(criterion)} can't be shown at confidence ${[shownNumber(confidence)]} with ${[counted(samples, 'sample')]}, not even by a perfect result; it takes ${[count(needed)]}`,
          next: sentence`ask for ${quoted(`min_samples: ${needed}`)} or more, pin an exam that is as large, or ask for less`,
        },
  not_refused: ({ criterion, counter }) => ({
    says: sentence`for ${quoted(criterion)} the gate would take evidence ${[COUNTERS[counter]]}`,
    next: sentence`do not rely on this criterion, and report it to the maintainers of gonogo`,
  }),
}

const COUNTERS: { readonly [C in Counter]: string } = {
  beyond_bound: 'one step beyond the bound',
  missing: 'of which a part is missing',
  not_a_number: 'that is no number',
  too_few_samples: 'from too few samples',
  samples_unknown: 'from an unknown number of samples',
  no_spread: 'with a standard error of 0',
  ambiguous: 'that fits twice',
  other_dataset: 'about another dataset',
  other_model: 'about another model',
  other_data: 'about other data of the same name',
  trained_on: 'about data that the model was made with',
  weaker_trust: 'from a weaker source than asked',
  placeholder: 'with a placeholder in it',
  empty: 'without content',
  expired: 'that has expired',
  in_future: 'from the future',
  dismissed: 'that was dismissed',
  own_work: 'from somebody who had a hand in it',
  other_release: 'about another release',
  no_right: 'from somebody who may not give it',
  test_failed: 'with one test more failed than may be',
  test_broken: 'with a test that broke off',
  test_skipped: 'with a test that was skipped',
  test_known_to_fail: 'with a test that failed as expected',
  test_unexpected: 'with a test that passed unexpectedly',
  test_flaky: 'with a test that passed only when it was run again',
  test_missing: 'without a test that is named',
  other_suite: 'of another suite',
  unowned: 'that nobody owns',
  bare: 'with a bare yes or no in it',
  rejected: 'that ends with an outcome against it',
  unfinished: 'that is not at its end',
  shared: 'whose headings lean on one place, or say the very same',
  unshown: 'that names a report which is not there',
  unconditional: 'that holds only with conditions and has none',
  overdue: 'with a condition or a risk whose day is over',
  speaks_against: 'that speaks against itself',
  same_party: 'by a party on both sides',
  no_finding: 'without a finding for what is asked',
  unasked: 'with a part of the answers alone',
  unexplained: 'with an answer that is not explained',
  base_left_out: 'without the base model of the manifest',
  unlicensed: 'without a licence that could be compared',
  leads_nowhere: 'that refers to what is not in it',
  movable: 'of a base model that is not pinned',
  not_allowed: 'of a base model whose publisher or licence is not allowed',
  unsigned: 'that nobody signed, or nobody who is known',
  bad_signature: 'with a signature that is wrong',
  other_subject: 'that is signed for other weights',
  other_signer: 'that somebody else signed',
  attests_other: 'that attests something else than is asked',
  seen_otherwise: 'that a training run which was seen speaks against',
  unseen: 'that nothing which was seen speaks for',
  nothing_scanned: 'of a scan that looked into nothing',
  file_left_out: 'of a scan without a file of the weights',
  file_skipped: 'of a scan that skipped a file of the weights',
  only_named: 'of a scan that only names the files of the weights',
  issue_found: 'of a scan that found something',
  no_proof: 'of a scan that does not say that it ran',
  older_version: 'of a scanner older than asked',
  other_format: 'about weights in another format',
  digest_differs: 'that gives data another digest',
  digest_unconfirmed: 'that nobody but the manifest gives a digest',
  digest_weak: 'that knows data by a digest that can be forged',
  parameter_differs: 'with another parameter than is committed',
  changed_after_training: 'with parameters or a lock that the commit of the training had otherwise',
  seed_missing: 'without a seed',
  package_loose: 'with a package that is not pinned',
  package_unhashed: 'with a package that has no digest',
  other_commit: 'of another commit than the training',
  makers_unknown: 'while it is not known who made the release',
}

function spanInWords(low: number | undefined, high: number | undefined): string {
  if (low !== undefined && high !== undefined) return `, ${shownNumber(low)} to ${shownNumber(high)},`
  if (low !== undefined) return `, ${shownNumber(low)} or more,`
  return high === undefined ? '' : `, ${shownNumber(high)} or less,`
}

/** Metrics of which a success is a right answer. */
const RIGHT: ReadonlySet<string> = new Set(['accuracy', 'exact_match', 'acc_norm'])

/** What was found out about criteria that are proposed. */
export function noteSentence(note: Note): Sentence {
  switch (note.code) {
    case 'power': {
      const { criterion, metric, samples, confidence, kind, truth } = note
      const what = RIGHT.has(metric) ? 'correct' : 'successes'
      const asked =
        kind === 'at_least' ? `needs ${count(note.count)} ${what}` : `allows ${count(note.count)} ${what}`
      const passes = `${percent(note.passes)} of the time`
      return sentence`${quoted(criterion)}: ${[`${counted(samples, 'sample')} at ${shownNumber(confidence)}: ${asked}; a model that is truly ${rate(truth)} passes ${passes}`]}`
    }
    case 'gap_power':
    case 'group_too_small_to_show':
    case 'group_below_least':
    case 'baseline_power':
      return powerSentence(note)
    case 'self_test':
      return [
        `self-test: ${counted(note.tried, 'piece')} of counter-evidence for ${counted(note.criteria, 'criterion', 'criteria')}, and the gate refuses ${note.tried === 1 ? 'it' : 'them all'}`,
      ]
    case 'ratchet':
      return sentence`${quoted(note.criterion)} lets each release be a little worse than the last one, and nothing says how far that may lead: add a criterion that holds ${quoted(note.metric)} itself to a bound`
    case 'witnessed_out_of_reach':
      return sentence`tier ${quoted('witnessed')} is out of reach for a bought service: no run can list its weights, so ask for ${quoted('started')}, unless the weights themselves are bought`
  }
}
