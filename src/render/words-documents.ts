import type { RecordAnswer } from '../core/record-answer.ts'
import type { IndexLack, ReportFault } from '../core/report-answer.ts'
import { count, counted } from './numbers.ts'
import { listed, names, quoted, type Sentence, sentence } from './sentence.ts'
import { lackingSection } from './words-sections.ts'
import type { AnswerWords } from './words-table.ts'

type DocumentsAnswer = Extract<RecordAnswer, { code: `index_${string}` | `report_${string}` }>

/** Every heading of an index is named: whoever mends it needs them all. */
const MOST_HEADINGS = 25

/** What the codes of it mean, for the documentation. */
export const DOCUMENTS_CODES: { readonly [C in DocumentsAnswer['code']]: string } = {
  index_answered:
    'every heading of the index is answered where it says, or may not apply and has a reason of its own for that',
  index_open: 'a heading of the index is answered by nothing that is there, or by what says nothing',
  index_empty: 'the index says of every heading that it does not apply',
  report_signed: 'test reports sign for files of this release with the very content that they have',
  report_differs: 'a test report signs for a file that the release does not have, or has with other content',
  report_unread: 'a test report signs for a file that could not be read',
  report_uncovered: 'no test report signs for a file that blocking criteria rest on',
}

/** The words of an index of documents, and of test reports that are signed. */
export const DOCUMENTS_WORDS: AnswerWords<DocumentsAnswer> = {
  index_answered: ({ record, path, date, answered, excused }) => ({
    says: sentence`the ${quoted(record)} record of ${quoted(date)} in ${quoted(path)} names where ${[counted(answered, 'heading')]} are answered, with content in each place${
      excused.length === 0
        ? []
        : sentence`; ${[count(excused.length)]} said not to apply: ${listed(
            excused.map(({ field, reason }) => sentence`${quoted(field)} (${quoted(reason)})`),
            MOST_HEADINGS,
          )}`
    }`,
  }),
  index_open: ({ record, path, open }) => ({
    says: sentence`by the ${quoted(record)} record in ${quoted(path)} ${[counted(open.length, 'heading')]} ${[open.length === 1 ? 'is' : 'are']} not answered: ${indexLacks(open)}`,
    next: open.some(({ why }) => why === 'shared' || why === 'thin' || why === 'little')
      ? sentence`write what there is to say to each heading under a heading of its own, and name that in ${quoted(path)}`
      : open.every(({ why }) => why === 'same_reason')
        ? sentence`say for each heading by itself in ${quoted(path)} why it does not apply, or where it is answered`
        : sentence`write what is wanting, or correct in ${quoted(path)} where ${[open.length === 1 ? 'it is' : 'they are']} answered`,
  }),
  index_empty: ({ record, path }) => ({
    says: sentence`the ${quoted(record)} record in ${quoted(path)} says of every heading that it does not apply`,
    next: sentence`name the document and section, or the evidence, that answers each heading in ${quoted(path)}`,
  }),
  report_signed: ({ reports, files, attested, covered }) => ({
    says: sentence`${[counted(files.length, 'file')]} signed for with the content ${[files.length === 1 ? 'it has' : 'they have']}: ${listed(reports.map(report))}${covered === undefined ? [] : sentence`; ${[covered === 1 ? 'the one file' : `all ${count(covered)} files`]} that blocking criteria rest on among them`}${alsoAttested(attested)}${onlyTyped(reports)}`,
  }),
  report_differs: ({ record, path, faults }) => ({
    says: sentence`the ${quoted(record)} record in ${quoted(path)} signs for what this release does not have: ${listed(faults.map(reportFault))}`,
    next: sentence`have the files that are released tested and signed for, or name the ones that were in ${quoted(path)} and in the manifest's evidence`,
  }),
  report_unread: ({ paths, unread }) => ({
    says: sentence`${names(paths)} ${[paths.length === 1 ? 'signs' : 'sign']} for ${[counted(unread.length, 'file')]} that could not be read: ${names(unread)}`,
    next: sentence`have ${[unread.length === 1 ? 'it' : 'them']} where the manifest says, such as in an artifact of a run on this commit`,
  }),
  report_uncovered: ({ uncovered, reports }) =>
    uncovered.length === 0
      ? {
          says: sentence`blocking criteria rest on no file yet that ${[counted(reports.length, 'test report')]} could cover`,
          next: sentence`name the results of the evaluation in the manifest's evidence, and sign for them in ${names(reports.map(({ path }) => path))}`,
        }
      : {
          says: sentence`nobody signs for ${[counted(uncovered.length, 'file')]} that blocking criteria rest on: ${names(uncovered)}`,
          next: sentence`have ${[uncovered.length === 1 ? 'it' : 'them']} signed for, as ${quoted('signs:')} in ${names(reports.map(({ path }) => path))} or in a report more`,
        },
}

/** Why a heading can't be excused. */
const EXCUSED_BY: { readonly [B in Extract<IndexLack, { why: 'excused' }>['by']]: string } = {
  annex: 'it applies to every system',
  criteria: 'asked by the criteria',
  data: 'the manifest names data that the model was trained on',
}

/** What is wanting, each once: headings for which it reads alike stand together before it. */
function indexLacks(open: readonly IndexLack[]): Sentence {
  const alike = [...Map.groupBy(open, (lack) => JSON.stringify(sameFor(lack))).values()]
  const all = alike.flatMap((group): readonly Sentence[] => {
    const [first] = group
    const fields = group.map(({ field }) => field)
    return first === undefined
      ? []
      : [sentence`${names(fields, MOST_HEADINGS)} (${indexLack(first, fields)})`]
  })
  return listed(all, MOST_HEADINGS, alike.some(({ length }) => length > 1) ? '; ' : ', ')
}

/** What is wanting of a heading, whichever of those that stand together it is. */
function sameFor(lack: IndexLack): object {
  const { field, ...rest } = lack
  return 'beside' in rest ? { ...rest, beside: [field, ...rest.beside].toSorted() } : rest
}

function indexLack(lack: IndexLack, fields: readonly string[]): Sentence {
  const beside = 'beside' in lack ? lack.beside.filter((one) => !fields.includes(one)) : []
  const too: Sentence = beside.length === 0 ? ['all of them'] : sentence`${names(beside)} too`
  switch (lack.why) {
    case 'no_document':
      return lack.unreadable === undefined
        ? sentence`the manifest names no document ${quoted(lack.document)}`
        : sentence`the document ${quoted(lack.document)} cannot be read from ${quoted(lack.unreadable)}`
    case 'several_documents':
      return sentence`the manifest names several documents ${quoted(lack.document)}`
    case 'section':
      return sentence`in ${quoted(lack.document)}, ${lackingSection(lack.lacking)}`
    case 'thin':
      return sentence`${quoted(lack.section)} of ${quoted(lack.document)} has ${[counted(lack.words, 'word')]} and needs ${[count(lack.wanted)]}${lack.beside.length === 0 ? [] : sentence`, since it answers ${too}`}`
    case 'shared':
      return sentence`${quoted(lack.where)} answers ${too}, and one place may answer ${[counted(lack.most, 'heading')]}`
    case 'little':
      return sentence`${quoted(lack.path)} has ${[counted(lack.words, 'word')]} in all and needs ${[count(lack.wanted)]} for the ${[counted(lack.answers, 'heading')]} that it answers`
    case 'no_file':
      return sentence`the release has no evidence ${quoted(lack.path)}`
    case 'says_nothing':
      return sentence`${quoted(lack.path)} says nothing, or holds placeholders`
    case 'several_files':
      return sentence`${quoted(lack.path)} may be any of ${names(lack.paths)}`
    case 'excused':
      return sentence`said not to apply, and ${[EXCUSED_BY[lack.by]]}`
    case 'same_reason':
      return beside.length === 0
        ? ['said not to apply for the very same reason']
        : sentence`said not to apply for the very reason of ${names(beside)}`
  }
}

function report({
  path,
  date,
  signers,
}: Extract<DocumentsAnswer, { code: 'report_signed' }>['reports'][number]): Sentence {
  const by = listed(
    signers.map(
      ({ name, role, signed }) => sentence`${quoted(name)} as ${quoted(role)} on ${quoted(signed)}`,
    ),
  )
  return sentence`${quoted(path)} of ${quoted(date)}, by ${by}`
}

function reportFault(fault: ReportFault): Sentence {
  switch (fault.why) {
    case 'not_there':
      return sentence`${quoted(fault.path)} is not among its evidence`
    case 'several':
      return sentence`${quoted(fault.path)} may be any of ${names(fault.paths)}`
    case 'differs':
      return sentence`${quoted(fault.path)} was signed as ${quoted(fault.stated)}, and is ${quoted(fault.found)}`
  }
}

/** A name in a file is no signature that anybody could verify, and the finding says so. */
function onlyTyped(reports: Extract<DocumentsAnswer, { code: 'report_signed' }>['reports']): Sentence {
  const typed = reports.filter((one) => one.typed === true).map(({ path }) => path)
  return typed.length === 0
    ? []
    : sentence`; the signatures in ${names(typed)} are only typed: whoever wrote the file may have written them, which ${quoted('trust: signed')} on the criterion would not let pass`
}

function alsoAttested(paths: readonly string[]): Sentence {
  return paths.length === 0 ? [] : sentence`; also attested by a signature that verifies: ${names(paths)}`
}
