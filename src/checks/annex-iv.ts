import type { Answer } from '../core/answer.ts'
import type { Evidence } from '../core/evidence.ts'
import { isTrainingRole } from '../core/exam.ts'
import { filesNamed, othersNamed, pathsOf } from '../core/named-evidence.ts'
import { ANNEX_IV_ALWAYS, MOST_SHARED, WORDS_EACH } from '../core/records/documentation.ts'
import type { IndexLack } from '../core/report-answer.ts'
import type { AnsweredIn, WrittenRecord } from '../core/written-record.ts'
import { plainWords } from '../text/words.ts'
import type { Context } from './context.ts'
import { filesOf, saysSomething } from './evidence-named.ts'
import { headingOf, lackingSections } from './sections.ts'

type Holds = Extract<Answer, { code: 'record_holds' }>

/**
 * Whether everything that an index lists is answered where it says: by a section with real content, of a document that
 * the manifest names, or by a file of the release that says something. What is asked of every system, or by the criteria,
 * is not excused, nor are the data of a model that was trained; each excuse has a reason of its own.
 */
export function answerIndex(
  { answered = {}, source }: WrittenRecord,
  holds: Holds,
  asked: readonly string[],
  context: Context,
): Answer {
  const { record, path, date } = holds
  const each = Object.entries(answered)
  const open = each.flatMap(([field, where]): readonly IndexLack[] => {
    const lack =
      where.kind === 'excused'
        ? lackOfExcuse(field, where.reason, each, asked, context)
        : lackOfPlace(field, where, each, source.path, context)
    return lack === undefined ? [] : [{ field, ...lack }]
  })
  const lacking = open.length > 0 ? open : littleIn(each, context)
  const excused = each.flatMap(([field, where]) =>
    where.kind === 'excused' ? [{ field, reason: where.reason }] : [],
  )
  const about = { record, path, date }
  if (excused.length === each.length) return { code: 'index_empty', outcome: 'unmet', ...about }
  if (lacking.length > 0) return { code: 'index_open', outcome: 'unmet', ...about, open: lacking }
  return {
    ...{ code: 'index_answered', outcome: 'met', ...about, excused },
    answered: each.length - excused.length,
    files: pathsOf(each.flatMap(([, where]) => filesIn(where, source.path, context))),
  }
}

function filesIn(where: AnsweredIn, own: string, context: Context): readonly Evidence[] {
  switch (where.kind) {
    case 'excused':
      return []
    case 'section':
      return context.evidence.filter(({ document }) => document === where.document)
    case 'evidence':
      return othersNamed(where.path, own, filesOf(context))
  }
}

// Of each lack all but the field that it is about.
type Lack = IndexLack extends infer One ? (One extends unknown ? Omit<One, 'field'> : never) : never

type Each = readonly (readonly [field: string, where: AnsweredIn])[]
type InSection = Extract<AnsweredIn, { kind: 'section' }>

function lackOfPlace(
  field: string,
  where: Exclude<AnsweredIn, { kind: 'excused' }>,
  all: Each,
  own: string,
  context: Context,
): Lack | undefined {
  switch (where.kind) {
    case 'section':
      return lackOfSection(field, where, all, context)
    case 'evidence':
      return lackOfFile(field, where.path, all, own, context)
  }
}

const ALWAYS: readonly string[] = ANNEX_IV_ALWAYS
/** The heading about data. */
const DATA_HEADING = '2d_data'

function lackOfExcuse(
  field: string,
  reason: string,
  all: Each,
  asked: readonly string[],
  { claims }: Context,
): Lack | undefined {
  if (ALWAYS.includes(field)) return { why: 'excused', by: 'annex' }
  if (asked.includes(field)) return { why: 'excused', by: 'criteria' }
  const isTrained = claims?.datasets.some(({ role }) => isTrainingRole(role)) === true
  if (field === DATA_HEADING && isTrained) return { why: 'excused', by: 'data' }
  const beside = all.flatMap(([name, where]) =>
    name !== field && where.kind === 'excused' && plainWords(where.reason) === plainWords(reason)
      ? [name]
      : [],
  )
  return beside.length === 0 ? undefined : { why: 'same_reason', beside }
}

function lackOfSection(
  field: string,
  { document, section }: InSection,
  all: Each,
  context: Context,
): Lack | undefined {
  const files = context.evidence.filter((file) => file.document === document)
  const [file, second] = files
  if (file === undefined) return { why: 'no_document', document }
  if (second !== undefined) return { why: 'several_documents', document }
  const record = file.records.find((one) => one.kind === 'document')
  if (record === undefined) return { why: 'no_document', document, unreadable: file.path }
  const [lacking] = lackingSections([[section]], record.sections)
  if (lacking !== undefined) return { why: 'section', document, lacking }
  const same = (title: string) => headingOf(title) === headingOf(section)
  const textsOf = (title: string) =>
    record.sections.flatMap((one) =>
      headingOf(one.title) === headingOf(title) && one.twin ? [one.twin.first] : [],
    )
  // The same text elsewhere is the same place.
  const texts = textsOf(section)
  const isHere = (title: string) => same(title) || textsOf(title).some((first) => texts.includes(first))
  const leaning = all.flatMap(([name, where]) =>
    where.kind === 'section' && where.document === document && isHere(where.section) ? [name] : [],
  )
  const beside = leaning.filter((name) => name !== field)
  if (leaning.length > MOST_SHARED) return { why: 'shared', where: section, most: MOST_SHARED, beside }
  const words = Math.max(...record.sections.map((one) => (same(one.title) ? one.words : 0)))
  const wanted = WORDS_EACH * leaning.length
  return words < wanted ? { why: 'thin', document, section, words, wanted, beside } : undefined
}

function lackOfFile(field: string, path: string, all: Each, own: string, context: Context): Lack | undefined {
  // An index that answers by itself answers nothing.
  const named = (one: string) => othersNamed(one, own, filesOf(context))
  const files = named(path)
  const [first] = files
  if (first === undefined) return { why: 'no_file', path }
  if (pathsOf(files).length > 1) return { why: 'several_files', path, paths: pathsOf(files) }
  if (!files.some((file) => saysSomething(file, context))) return { why: 'says_nothing', path }
  const leaning = all.flatMap(([name, where]) =>
    where.kind === 'evidence' && named(where.path).some((file) => file.path === first.path) ? [name] : [],
  )
  const beside = leaning.filter((name) => name !== field)
  return leaning.length > MOST_SHARED ? { why: 'shared', where: path, most: MOST_SHARED, beside } : undefined
}

/**
 * Headings whose document as a whole says too little for all that lean on it: of sections that lie in one another each has
 * the words of those within.
 */
function littleIn(all: Each, context: Context): readonly IndexLack[] {
  const files = filesOf(context)
  const isOf = (where: AnsweredIn, file: Evidence) =>
    where.kind === 'section'
      ? where.document === file.document
      : where.kind === 'evidence' && filesNamed(where.path, files).includes(file)
  return files.flatMap((file): readonly IndexLack[] => {
    const sections = file.records.flatMap((one) => (one.kind === 'document' ? one.sections : []))
    const leaning = sections.length === 0 ? [] : all.filter(([, where]) => isOf(where, file))
    const words = sections.reduce((sum, { words: whole, own = whole }) => sum + own, 0)
    const [wanted, answers] = [WORDS_EACH * leaning.length, leaning.length]
    if (words >= wanted) return []
    return leaning.map(([field]) => ({ field, why: 'little', path: file.path, words, wanted, answers }))
  })
}
