import type { Fault } from '../core/problem.ts'
import type { CardFault, RowsFault, RowsFlaw, UnpairedWhy } from '../core/rows-fault.ts'
import { count, counted } from './numbers.ts'
import { type Advice, names, quoted, type Sentence, sentence } from './sentence.ts'
import { shortened } from './words-limits.ts'
import type { FaultWords } from './words-table.ts'

/** The words for what can be wrong with rows. */
export const ROWS_WORDS: FaultWords<RowsFault> = {
  bad_rows: (fault) => FLAWS[fault.flaw](fault),
  card_disagrees: cardWords,
  rows_disagree: ({ metric, reported, recomputed, rows }) => ({
    says: sentence`the report says ${quoted(metric)} is ${[String(reported)]}, and the rows in ${quoted(rows)} come to ${[rounded(recomputed)]}, so it is not about these rows`,
    next: sentence`write report and rows in one run of the evaluation, and commit both`,
  }),
  rows_shared: ({ dataset, under, rows }) => ({
    says: sentence`${[counted(rows, 'row')]} of ${quoted(dataset)} ${[rows === 1 ? 'is' : 'are']} among those that the model was made with, there as ${quoted(under)}`,
    next: sentence`train without them, or evaluate on data that the model has not seen`,
  }),
  rows_unpaired: ({ why, named, rows, other }) => ({
    says: UNPAIRED[why](rows, named, other),
    next: sentence`evaluate both models on the same samples and name each with the same ${quoted('id:')}, or leave ${quoted('id:')} out so that they are compared as two samples`,
  }),
  rows_not_released: ({ commit, version }) => ({
    says: sentence`these are none of the rows by which the last release${version === undefined ? [] : sentence` ${quoted(version)}`}, of commit ${shortened(commit)}, was a go`,
    next: sentence`name the very file of that release, byte for byte, or leave it out so that both are compared as two samples`,
  }),
}

function cardWords(fault: CardFault): Advice {
  const { metric, stated, of, evidence, only, inWords } = fault
  const number = sentence`the document states ${quoted(metric)}${of === undefined ? [] : sentence` of ${quoted(of)}`} as ${quoted(stated)}`
  const owner = only === undefined ? undefined : names(partsOf(only))
  const where = of === undefined ? [] : [' of that part']
  if ('parts' in fault)
    return {
      says: sentence`${number}, and ${quoted(evidence)} measures ${fault.parts.length === 0 ? ['only the whole'] : sentence`only ${names(fault.parts)}`}${owner === undefined ? [] : sentence`; the number is that of ${owner}`}`,
      next:
        of === undefined
          ? sentence`name the part beside the number, as in ${quoted(`${metric} (${fault.parts[0] ?? 'nb'}): ${stated}`)}, or attach the evidence of the whole`
          : ['call the part as the evidence does, attach what measures it, or leave the number out'],
    }
  return owner === undefined
    ? {
        says: sentence`${number}, and the nearest that is measured${where} is ${[String(fault.measured)]} in ${quoted(evidence)}`,
        next: inWords
          ? sentence`correct the document, attach the evidence that shows its number, or say in the same clause what else it is of, such as ${quoted('the baseline')} or ${quoted('a target')}`
          : ['correct the document, or attach the evidence that shows its number'],
      }
    : {
        says: sentence`${number}, which only ${owner} has${of === undefined ? ['; where it names no part'] : ['; of that part']} it is ${[String(fault.measured)]} in ${quoted(evidence)}`,
        next:
          of === undefined
            ? sentence`state the number of the whole, or name the part beside the number as the evidence calls it, in a column such as ${quoted('Group')}`
            : ['state the number of that part'],
      }
}

function partsOf(labels: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(labels).map(([label, value]) => `${label}: ${value}`)
}

type Flaw = Extract<Fault, { code: 'bad_rows' }>

const UNPAIRED: {
  readonly [W in UnpairedWhy]: (rows: number, named: string, other: string) => Sentence
} = {
  only_here: (rows, named, other) =>
    sentence`${[counted(rows, 'sample')]}, by ${quoted(named)}, ${[rows === 1 ? 'is' : 'are']} not in ${quoted(other)}, with which they are compared`,
  only_there: (rows, named, other) =>
    sentence`${[counted(rows, 'sample')]} of ${quoted(other)}, by ${quoted(named)}, ${[rows === 1 ? 'is' : 'are']} not here, where they are compared`,
  differ: (rows, named, other) =>
    sentence`${[counted(rows, 'sample')]} ${[rows === 1 ? 'has' : 'have']} another ${quoted(named)} here than in ${quoted(other)}`,
}

const WRITE = sentence`write the file again, with one line or row for each sample`

const COLUMNS_NEXT = sentence`name them, such as with ${quoted('--label y --prediction yhat --score p --groups sex,race --cluster customer')}, or give the manifest that does with ${quoted('--manifest models/…/release.yml')}`

/** How a table, or JSON lines, may be read as rows, for whoever reads a file by hand. */
export function asRowsSentence(columns: readonly string[]): Sentence {
  return sentence`if each line is one sample, read it as rows with the columns ${names(columns, columns.length)}: ${COLUMNS_NEXT}`
}

const FLAWS: { readonly [F in RowsFlaw]: (flaw: Flaw) => Advice } = {
  unreadable: () => ({
    says: sentence`the file is no CSV with commas and a header, no JSON lines and no Parquet that can be read to its end`,
    next: WRITE,
  }),
  mixed_ends: ({ found = [] }) => ({
    says: sentence`this line ends with ${[found[1] ?? '']}, and the lines before it end with ${[found[0] ?? '']}`,
    next: sentence`write all lines with the same end, as ${quoted('dos2unix')} does, or one tool alone`,
  }),
  ragged: ({ fields }) => ({
    says: sentence`this line has ${[counted(fields?.found ?? 0, 'field')]}, and the header has ${[count(fields?.wanted ?? 0)]}`,
    next: sentence`write every line with all columns, and with quotes around what has commas in it`,
  }),
  open_quote: () => ({
    says: sentence`a quote is opened in this line and never closed`,
    next: sentence`close it; a quote within a quoted field is written twice`,
  }),
  after_quote: () => ({
    says: sentence`in this line text follows a field in quotes`,
    next: sentence`put the whole field in quotes; a quote within it is written twice`,
  }),
  not_utf8: () => ({
    says: sentence`this line is not UTF-8`,
    next: sentence`write the file again as UTF-8`,
  }),
  long_line: () => ({
    says: sentence`this line is longer than a row can be`,
    next: sentence`leave out columns that are not needed, such as texts of prompts and answers`,
  }),
  not_an_object: () => ({
    says: sentence`this line is no JSON object, or has a key twice`,
    next: sentence`write one JSON object on each line, with each key once`,
  }),
  too_slow: () => ({
    says: sentence`the rows could not be counted in the time that there is`,
    next: sentence`commit them as Parquet, with the columns that are needed`,
  }),
  too_much: () => ({
    says: sentence`the rows could not be counted in the memory that there is`,
    next: sentence`commit them as Parquet, with the columns that are needed`,
  }),
  no_rows: () => ({ says: sentence`the file has no rows`, next: WRITE }),
  columns_unnamed: ({ found = [] }) => ({
    says: sentence`nothing says which column is what; there ${[found.length === 1 ? 'is' : 'are']} ${names(found, found.length)}`,
    next: COLUMNS_NEXT,
  }),
  no_column: ({ named, found, suggestion }) => ({
    says: sentence`the file has no column ${quoted(named ?? '')}${nearby(found)}`,
    next:
      suggestion === undefined
        ? sentence`correct the name where the columns are named, or write the column`
        : sentence`name ${quoted(suggestion)}, if that is meant, or write the column`,
  }),
  column_twice: ({ named }) => ({
    says: sentence`the file has two columns ${quoted(named ?? '')}, and it is not known which is meant`,
    next: sentence`give one of them another name`,
  }),
  id_twice: ({ named, rows }) => ({
    says: sentence`${some(rows)} the same ${quoted(named ?? '')} as another row, which names no sample`,
    next: sentence`name with ${quoted('id:')} a column that is another in each row`,
  }),
  missing: ({ named, rows }) => ({
    says: sentence`${some(rows)} no ${quoted(named ?? '')}`,
    next: sentence`give every row its value, such as ${quoted('unknown')} for a group; rows are not left out`,
  }),
  not_a_number: ({ named, rows }) => ({
    says: sentence`${some(rows)} no finite number as ${quoted(named ?? '')}`,
    next: sentence`find out why, and give every row its number; rows are not left out`,
  }),
  no_probability: ({ named, rows }) => ({
    says: sentence`${some(rows)} no score from 0 to 1 as ${quoted(named ?? '')}`,
    next: sentence`give every row the probability of the positive class`,
  }),
  no_classes: ({ named }) => ({
    says: sentence`${quoted(named ?? '')} has too many different values, or too long ones, to be a class or a group`,
    next: sentence`name a column of classes or groups; numbers are named under ${quoted('values:')}`,
  }),
  no_label: () => ({
    says: sentence`a score says nothing without the truth, and neither manifest nor criteria name its column`,
    next: sentence`name it with ${quoted('label:')} at the rows in the manifest`,
  }),
  no_score: ({ found }) => ({
    says: sentence`the criteria pin the threshold ${names(found ?? [])}, and no score is named that could be held to it`,
    next: sentence`name the column with ${quoted('score:')} at the rows in the manifest`,
  }),
  no_positive: ({ named, found }) => ({
    says: sentence`no row has the positive value as ${quoted(named ?? '')}; it has ${names(found ?? [])}`,
    next: sentence`write the truth as the criteria pin it with ${quoted('positive:')}, which is 1 without it`,
  }),
  other_class: ({ named, found }) => ({
    says: sentence`${quoted(named ?? '')} has answers that no row has as its truth: ${names(found ?? [])}`,
    next: sentence`write truth and answer with the same values`,
  }),
  other_threshold: ({ named, rows, found }) => ({
    says: sentence`${some(rows)} another answer as ${quoted(named ?? '')} than the score and the pinned threshold ${names(found ?? [])} give`,
    next: sentence`answer by the threshold that the criteria pin`,
  }),
}

/** `1 row has`, `2,000 rows have`. */
function some(rows = 0): Sentence {
  return [`${counted(rows, 'row')} ${rows === 1 ? 'has' : 'have'}`]
}

function nearby(found: readonly string[] | undefined): Sentence {
  return found === undefined || found.length === 0 ? [] : sentence`; it has ${names(found)}`
}

function rounded(value: number): string {
  return Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(6)))
}
