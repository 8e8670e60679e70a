import { type Chosen, type Exam, kindOf } from '../core/exam.ts'
import type { ExamAnswer } from '../core/exam-answer.ts'
import { count, counted } from './numbers.ts'
import { joined, names, quoted, type Sentence, sentence } from './sentence.ts'
import type { AnswerWords } from './words-table.ts'

const NEXT_TIME = sentence`pin it under ${quoted('datasets:')} in the criteria before the next training`

/** The words for evidence that does not count as the exam that the criteria pin. */
export const EXAM_WORDS: AnswerWords<ExamAnswer> = {
  exam_in_training: ({ dataset, digest, under }) => ({
    says: sentence`the exam ${quoted(dataset)} is among the training data, there as ${quoted(under)}: both are ${shownDigest(digest)}`,
    next: sentence`train without the exam, or pin one that the model has not seen before the next training`,
  }),
  exam_differs: ({ dataset, found, wanted }) => ({
    says: sentence`the manifest gives ${quoted(dataset)} as ${shownDigest(found)}, and the criteria pin it as ${shownDigest(wanted)}, so it is another dataset under the same name`,
    next: sentence`evaluate on the data that the criteria pin, and give their digest in the manifest`,
  }),
  exam_taken_otherwise: ({ observed, dataset, what, found, wanted }) => ({
    says:
      what === 'digest'
        ? sentence`the evidence says that ${quoted(observed.metric)} on ${quoted(dataset)} was measured on ${shownDigest(found)}, and the criteria pin ${shownDigest(wanted)}`
        : sentence`${quoted(observed.metric)} on ${quoted(dataset)} was measured with ${[what]} ${quoted(found)}, and the criteria pin ${quoted(wanted)}`,
    next: sentence`evaluate the exam as the criteria pin it, and commit that result`,
  }),
  exam_not_given: ({ dataset, wanted, listed }) => ({
    says: listed
      ? sentence`the manifest gives no digest of ${quoted(dataset)}, which the criteria pin as ${shownDigest(wanted)}`
      : sentence`the manifest does not name ${quoted(dataset)} among its datasets, and the criteria pin it as ${shownDigest(wanted)}`,
    next: sentence`add ${quoted(entry(dataset, wanted))} to ${quoted('datasets:')} in the manifest, with what the data that were really measured on have`,
  }),
  exam_not_comparable: ({ dataset, found, wanted }) => ({
    says: sentence`the manifest gives ${quoted(dataset)} as ${shownDigest(found)}, which can't be compared with ${shownDigest(wanted)} in the criteria`,
    next: sentence`give ${quoted(dataset)} in the manifest as the criteria do: ${quoted(entry(dataset, wanted))}`,
  }),
  training_data_unknown: ({ dataset, digest, unknown }) => ({
    says: sentence`it is not known whether the exam ${quoted(dataset)} is among the training data, ${lacking(unknown)}`,
    next: sentence`give each dataset of the training under ${quoted('datasets:')} in the manifest, identified as the exam is, by ${quoted(kindOf(digest))}`,
  }),
  exam_in_part: ({ observed, dataset, samples, rows }) => ({
    says: sentence`${quoted(observed.metric)} was measured on ${[counted(samples, 'sample')]}, and the exam ${quoted(dataset)} has ${[counted(rows, 'row')]}`,
    next: sentence`evaluate on the whole exam; where a part is enough, say how much with ${quoted('min_samples:')} in the criteria for the next training`,
  }),
  chosen_afterwards: ({ observed, what, value, pinned }) => ({
    says:
      what === 'unnamed'
        ? sentence`nothing says on which dataset ${quoted(observed.metric)} was measured, and at high risk the criteria must have pinned it`
        : sentence`${quoted(observed.metric)} was measured with ${[what]} ${quoted(value)}, which was chosen afterwards: at high risk the criteria must have pinned it`,
    next:
      pinned.length > 0 && (what === 'dataset' || what === 'unnamed')
        ? sentence`evaluate on an exam that the criteria pin, and name it with ${quoted('dataset:')} at the evidence (${names(pinned)}); else ${NEXT_TIME}`
        : NEXT_TIME,
  }),
  attempts_spent: ({ dataset, digest, seen, attempts }) => ({
    says: sentence`${[counted(seen, 'other model')]} of this repository ${[seen === 1 ? 'was' : 'were']} measured on the exam ${quoted(dataset)} before, ${shownDigest(digest)}, and ${quoted('attempts:')} lets ${[count(attempts)]} be in all, whatever they are called`,
    next: sentence`pin a fresh test set under ${quoted('datasets:')} in the criteria before the next training: its attempts start anew`,
  }),
}

/** What is known of each pinned exam; what is not known of several for one reason is said once, after them. */
export function examSentences(exams: readonly Exam[]): readonly Sentence[] {
  const unknown = exams.filter(({ training }) => training === 'unknown')
  const alike = [...Map.groupBy(unknown, (exam) => JSON.stringify(exam.unknown)).values()]
  const several = alike.filter(({ length }) => length > 1)
  const folded = new Set(several.flat())
  return [
    ...exams.map((exam) => examSentence(exam, folded.has(exam))),
    ...several.map((group) =>
      unknownAmong(
        group.map(({ name }) => name),
        group[0]?.unknown ?? [],
      ),
    ),
  ]
}

/** Of which exams it is not known whether they are among the training data, and why. */
export function unknownAmong(exams: readonly string[], unknown: readonly string[]): Sentence {
  return sentence`it is not known whether ${names(exams, MOST_EXAMS)} are among the training data, ${lacking(unknown)}`
}

const MOST_EXAMS = 20

function examSentence(exam: Exam, isFolded: boolean): Sentence {
  const { name, digest, weak, rows, state, given, training, unknown } = exam
  const of: Sentence = rows === undefined ? [] : [` of ${counted(rows, 'row')}`]
  const weakness: Sentence = weak
    ? sentence` (weak: ${[digest.startsWith('md5:') ? 'an md5 can be forged' : 'a version is a name, and shows nothing of the data']})`
    : []
  return sentence`exam ${quoted(name)}${of}, pinned as ${quoted(digest)}${weakness}: ${STATES[state]}${given !== undefined && state !== 'same' ? sentence`, ${quoted(given)}` : []}; ${isFolded ? [] : sentence`${amongData(training, unknown)}; `}${attemptsAt(exam)}`
}

const STATES = {
  same: ['the manifest declares the same'],
  differs: ['the manifest declares another'],
  not_comparable: ["the manifest declares what can't be compared"],
  not_given: ['the manifest declares none'],
} as const

/** How often the gate has seen an exam, with these weights the last time. */
function attemptsAt({ seen, attempts }: Exam): Sentence {
  const limit =
    attempts === undefined
      ? ''
      : `; at most ${count(attempts)} may be, and each confidence is spread over them`
  return seen === undefined
    ? [`only the app's ledger knows how many models it has seen${limit}`]
    : [`the gate has seen ${counted(seen + 1, 'model')} on it, this one included${limit}`]
}

function amongData(training: Exam['training'], unknown: readonly string[]): Sentence {
  switch (training) {
    case 'apart':
      return ['it is not among the training data that are declared']
    case 'among':
      return ['it is among the training data']
    case 'unknown':
      return sentence`it is not known whether it is among the training data, ${lacking(unknown)}`
  }
}

function lacking(unknown: readonly string[]): Sentence {
  return unknown.length === 0
    ? ['since neither manifest nor training record names any']
    : sentence`since ${names(unknown)} ${[unknown.length === 1 ? 'has' : 'have']} no digest that can be compared`
}

/** What the manifest alone decided about the exam. */
export function chosenSentence(chosen: Chosen): Sentence {
  const { what, dataset } = chosen
  const at: Sentence = chosen.path === undefined ? [] : sentence` for ${quoted(chosen.path)}`
  if (what !== 'dataset')
    return sentence`chosen afterwards: ${[what === 'groups' ? 'group' : what]} ${quoted(chosen.value)} of ${quoted(dataset)}${at}, which the criteria did not pin`
  const data: Sentence = chosen.digest === undefined ? [] : sentence`, ${quoted(chosen.digest)}`
  return sentence`chosen afterwards: dataset ${quoted(dataset)}${data}${at}, which the criteria did not pin`
}

/** The marks that a dataset gets beside its name. */
export const EXAM_MARKS = {
  pinned: 'pinned',
  weak: 'weakly pinned',
  chosen: 'chosen afterwards',
} as const

function entry(dataset: string, digest: string): string {
  const kind = kindOf(digest)
  const data = kind === 'snapshot' ? 'snapshot: …' : `digest: { ${kind}: … }`
  return `{ name: ${dataset.slice(0, 200)}, role: test, ${data} }`
}

/** Enough of a digest to tell it from another. */
export function shownDigest(digest: string): Sentence {
  return [quoted(/^(?:sha256|md5):/.test(digest) ? digest.slice(0, digest.indexOf(':') + 13) : digest)]
}

/** The data that the manifest names in one role. */
export function datasetSentence({
  name,
  role,
  digest,
}: {
  readonly name: string
  readonly role: string
  readonly digest?: string
}): Sentence {
  const known: Sentence = digest === undefined ? ['without a digest'] : [quoted(digest)]
  return joined([sentence`dataset ${quoted(name)} as ${[role]}, only declared in the manifest`, known], ': ')
}
