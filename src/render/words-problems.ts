import { isBesideFloor } from '../core/paths.ts'
import type { Fault, Problem } from '../core/problem.ts'
import { count, counted } from './numbers.ts'
import { type Advice, names, quoted, type Sentence, sentence } from './sentence.ts'
import { unapprovedWords } from './words-approvals.ts'
import { ARCHIVE_WORDS } from './words-archives.ts'
import { ARTIFACT_WORDS } from './words-artifacts.ts'
import { INVALID_ADVICE, INVALID_WORDS } from './words-attestations.ts'
import { CONTRADICTION_WORDS } from './words-contradictions.ts'
import { missingWords } from './words-coverage.ts'
import { CRITERIA_WORDS } from './words-criteria.ts'
import { shownDigest } from './words-exams.ts'
import { FILE_WORDS } from './words-files.ts'
import { shortened } from './words-limits.ts'
import { RECORD_PROBLEM_WORDS } from './words-records.ts'
import { ROWS_WORDS } from './words-rows.ts'
import type { FaultWords } from './words-table.ts'
import { WEIGHT_WORDS } from './words-weights.ts'

/** What a problem says, and what to do about it. */
export function problemWords(problem: Problem): Advice {
  // The compiler cannot follow that the row and the problem have the same code; `FaultWords` guarantees it.
  const words = PROBLEM_WORDS[problem.code] as (fault: Fault) => Advice
  return words(problem)
}

const PROBLEM_WORDS: FaultWords<Fault> = {
  ...FILE_WORDS,
  ...CRITERIA_WORDS,
  ...RECORD_PROBLEM_WORDS,
  ...ARTIFACT_WORDS,
  ...CONTRADICTION_WORDS,

  unknown_key: ({ key, suggestion }) => ({
    says: sentence`${quoted(key)} is not a known key${suggestion === undefined ? [] : sentence`; ${quoted(suggestion)} is`}`,
    next:
      suggestion === undefined
        ? sentence`take the key out`
        : sentence`write ${quoted(suggestion)}, or take the key out`,
  }),
  missing_key: ({ key }) => ({
    says: sentence`${quoted(key)} is missing`,
    next: sentence`add ${quoted(key)}`,
  }),
  wrong_value: ({ at, found, wanted, suggestion }) => ({
    says:
      found === undefined
        ? sentence`${quoted(at)} must have ${quoted(wanted)}`
        : sentence`${quoted(at)} is ${quoted(found)}, and ${quoted(wanted)} is wanted`,
    next:
      suggestion === undefined
        ? sentence`correct ${quoted(at)}`
        : sentence`write ${quoted(suggestion)}, if that is what is meant`,
  }),
  reserved_id: ({ id }) => ({
    says: sentence`the id ${quoted(id)} is gonogo's own`,
    next: sentence`give the criterion another id`,
  }),
  duplicate_id: ({ id }) => ({
    says: sentence`the id ${quoted(id)} is given twice, and each must be given once`,
    next: sentence`give one of the two another id`,
  }),
  wrong_model: ({ found, wanted }) => ({
    says: sentence`the file says model ${quoted(found)}, and its path says ${quoted(wanted)}`,
    next: sentence`correct the model, or move the file`,
  }),
  unknown_file: ({ readAs }) => ({
    says: sentence`no file of this name is read here`,
    next:
      readAs === undefined
        ? sentence`rename the file to what was meant, or take it out`
        : sentence`rename it to ${quoted(readAs)}, or take it out`,
  }),
  movable_snapshot: ({ snapshot }) => ({
    says: sentence`the snapshot ${quoted(snapshot)} is another model tomorrow, and a dated one is wanted`,
    next: sentence`name the dated snapshot or version that was evaluated, as the provider calls it`,
  }),
  movable_revision: ({ revision, bought }) => ({
    says: sentence`the revision ${quoted(revision)} can be moved, and a full commit id is wanted`,
    next: sentence`pin the full commit id of the revision that was used${bought ? sentence`; of a model that its provider has behind an API, write ${quoted('provider:')} and its dated ${quoted('snapshot:')} instead of ${quoted('revision:')} and ${quoted('digest:')}` : []}`,
  }),
  named_twice: ({ written }) => ({
    says: sentence`${quoted(written)} is named twice`,
    next: sentence`name it once`,
  }),

  not_pinned: ({ dataset, suggestion }) => ({
    says: sentence`the dataset ${quoted(dataset)} is not among those that ${quoted('datasets:')} pins`,
    next:
      suggestion === undefined
        ? sentence`pin ${quoted(dataset)} under ${quoted('datasets:')} too`
        : sentence`write ${quoted(suggestion)}, or pin ${quoted(dataset)} too`,
  }),
  attempts_of_nothing: () => ({
    says: sentence`${quoted('attempts:')} limits how many models are measured on an exam, and the criteria pin none`,
    next: sentence`pin the test set by its digest under ${quoted('datasets:')}, or take ${quoted('attempts:')} away`,
  }),
  exam_unused: ({ dataset }) => ({
    says: sentence`the exam ${quoted(dataset)} is pinned, and no criterion asks anything about it`,
    next: sentence`add a criterion with ${quoted(`dataset: ${dataset.slice(0, 200)}`)}, or take the exam out`,
  }),
  exam_unpinned: () => ({
    says: sentence`at high risk only what was measured on data that the criteria pin counts, and they pin none, so that this can never be met`,
    next: sentence`pin the exam under ${quoted('datasets:')} with its digest (${quoted('sha256sum FILE')}), and name it here as ${quoted('dataset:')}`,
  }),
  nothing_asks: ({ missing }) => missingWords(missing),

  floor_absent: ({ repository }) => ({
    says: sentence`the organisation's floor is required, and ${quoted(repository)} has none that can be seen`,
    next: sentence`have an owner of the organisation put it back, or give gonogo access to ${quoted(repository)}`,
  }),
  floor_unreadable: ({ repository, file }) => ({
    says: sentence`the organisation's floor ${quoted(file)} in ${quoted(repository)} is there, and gonogo may not read it`,
    next: sentence`have an owner of the organisation install gonogo on ${quoted(repository)} too`,
  }),
  floor_faulty: ({ repository, file, commit, problems, first }) => ({
    says: sentence`the ${[isBesideFloor(file) ? "record beside the organisation's floor" : "organisation's floor"]} ${quoted(file)} in ${quoted(repository)} has ${[counted(problems, 'problem')]} at commit ${shortened(commit)}${first === undefined ? [] : [`, the first in line ${count(first)}`]}`,
    next: sentence`have it corrected in ${quoted(repository)}; ${quoted(`gonogo lint ${file}`)} names every line`,
  }),
  floor_elsewhere: ({ wanted }) => ({
    says: sentence`a floor has no effect in this repository, only in ${wanted === undefined ? sentence`the organisation's ${quoted('.github')}` : [quoted(wanted)]}`,
    next: sentence`take the file out, or propose it there`,
  }),

  unapproved: unapprovedWords,

  unknown_format: () => ({
    says: sentence`no reader knows this format`,
    next: sentence`commit the evaluation tool's own output, or plain metrics as JSON, YAML or CSV`,
  }),
  several_formats: ({ formats }) => ({
    says: sentence`the file fits ${[counted(formats.length, 'format')]}, and exactly one must: ${names(formats)}`,
    next: sentence`say which with ${quoted('format:')} at this file in the manifest`,
  }),
  other_format: ({ found, wanted }) => ({
    says: sentence`the evidence is ${quoted(found)}, and the manifest says ${quoted(wanted)}`,
    next: sentence`correct the format in the manifest, or name the file that was meant`,
  }),
  other_dataset: ({ found, wanted }) => ({
    says: sentence`the evidence is about dataset ${quoted(found)}, and the manifest says ${quoted(wanted)}`,
    next: sentence`correct the dataset in the manifest, or name the evaluation that was meant`,
  }),
  malformed: ({ format, at, wanted }) => ({
    says: sentence`${quoted(at)} is not as ${quoted(format)} has it: ${quoted(wanted)} is wanted`,
    next: sentence`write the file with the tool again instead of editing it`,
  }),
  contradiction: ({ at, one, other }) => ({
    says: sentence`${quoted(at)} is both ${quoted(one)} and ${quoted(other)}`,
    next: sentence`find out which of the two is true, and take the other out of the evidence`,
  }),
  more_than_rows: ({ metric, dataset, samples, rows }) => ({
    says: sentence`${quoted(metric)} was measured on ${[counted(samples, 'sample')]}, and the exam ${quoted(dataset)} has only ${[counted(rows, 'row')]}`,
    next: sentence`find out what was measured, and evaluate on the exam that the criteria pin`,
  }),
  test_in_training: ({ dataset, under, digest }) => ({
    says: sentence`the manifest gives ${quoted(dataset)} as data to measure on, and the model was made with them as ${quoted(under)}: both are ${shownDigest(digest)}`,
    next: sentence`evaluate on data that the model has not seen, and give each dataset the role that it had`,
  }),
  ...ROWS_WORDS,
  measures_nothing: ({ what, own }) => ({
    says: sentence`this is ${[what]}, which measures nothing`,
    next: sentence`${own ? sentence`${quoted('gonogo lint')} says what is wrong with it; ` : []}name the file with the results in the manifest's evidence`,
  }),
  attestation_invalid: ({ why, predicate }) => ({
    says: sentence`the attestation${predicate === '' ? [] : sentence` of ${quoted(predicate)}`} is invalid: ${[INVALID_WORDS[why]]}`,
    next: INVALID_ADVICE[why],
  }),
  not_finished: ({ found }) => ({
    says: sentence`the run did not come to its end: ${quoted(found)}`,
    next: sentence`run the whole evaluation and commit its result`,
  }),
  nothing_evaluated: ({ at }) => ({
    says: sentence`the run evaluated nothing: ${quoted(at)} is empty`,
    next: sentence`find out why nothing was evaluated, and commit the result of a run that did`,
  }),
  limited_run: ({ done, all }) => ({
    says: sentence`the evaluation ran on ${quoted(done)} of ${quoted(all)} samples`,
    next: sentence`run the whole evaluation and commit its result`,
  }),
  no_measurements: ({ format, text }) => ({
    says: sentence`nothing was read from this file, although it is ${quoted(format)}${text === undefined ? [] : sentence`: ${quoted(text.at)} is the text ${quoted(text.found)}, and a text is no number`}`,
    next:
      text === undefined
        ? sentence`commit the file that holds the results, or take this one out of the manifest`
        : asNumber(text.found),
  }),
  too_many: ({ limit }) => ({
    says: sentence`the file holds more than ${[count(limit)]} entries of one kind, and no more are read`,
    next: sentence`commit the aggregated results instead`,
  }),

  ...ARCHIVE_WORDS,

  uncovered: ({ manifest }) => ({
    says: sentence`no manifest covers this model file${manifest === undefined ? [] : sentence`, and ${quoted(manifest)} is not read as one`}`,
    next: sentence`${manifest === undefined ? [] : sentence`rename ${quoted(manifest)} to ${quoted('release.yml')}, and `}name it in a ${quoted('release.yml')}, under weights or components, or as a record or document under evidence; or take it out of the change`,
  }),
  weights_differ: ({ declared, seen }) => ({
    says: sentence`the manifest declares ${quoted(declared)}, and the file in the commit is ${quoted(seen)}`,
    next: sentence`commit the weights that were evaluated, and declare their digest`,
  }),
  ...WEIGHT_WORDS,

  shallow_clone: () => ({
    says: sentence`the clone is shallow, so the history that proves the order is not there`,
    next: sentence`run ${quoted('git fetch --unshallow')}, and check again`,
  }),
  no_shared_history: ({ commit, branch }) => ({
    says: sentence`commit ${shortened(commit)} shares no history with ${quoted(branch)}`,
    next: sentence`base the change on ${quoted(branch)}`,
  }),
}

/** How a number is written that stands there as text. */
function asNumber(found: string): Sentence {
  const [, digits = '', percent] = /^\s*([+-]?[\d.]+)\s*(%?)\s*$/.exec(found) ?? []
  if (percent === '%')
    return sentence`write it as a number with its unit: ${quoted(`{ "value": ${digits}, "unit": "percent" }`)}`
  return digits === ''
    ? sentence`write it as a number, without quotes, signs of units and commas between thousands`
    : sentence`write it as a number, without quotes: ${quoted(digits)}`
}
