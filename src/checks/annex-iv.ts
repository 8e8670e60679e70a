import type { Answer } from '../core/answer.ts'
import { filesNamed, pathsOf } from '../core/named-evidence.ts'
import type { IndexLack } from '../core/record-answer.ts'
import type { AnsweredIn, WrittenRecord } from '../core/written-record.ts'
import type { Context } from './context.ts'
import { filesOf, saysSomething } from './evidence-named.ts'
import { headingOf, LEAST_WORDS, lackingSections } from './sections.ts'

type Holds = Extract<Answer, { code: 'record_holds' }>

/**
 * Whether everything that an index lists is answered where it says: by a section with real content, of a document that
 * the manifest names, or by a file of the release that says something. What the criteria ask by name is not excused.
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
    const lack = lackOf(where, each, source.path, context)
    if (lack !== undefined) return [{ field, ...lack }]
    return where.kind === 'excused' && asked.includes(field) ? [{ field, why: 'excused' }] : []
  })
  const excused = each.flatMap(([field, where]) =>
    where.kind === 'excused' ? [{ field, reason: where.reason }] : [],
  )
  const about = { record, path, date }
  if (excused.length === each.length) return { code: 'index_empty', outcome: 'unmet', ...about }
  if (open.length > 0) return { code: 'index_open', outcome: 'unmet', ...about, open }
  return {
    ...{ code: 'index_answered', outcome: 'met', ...about, excused },
    answered: each.length - excused.length,
  }
}

// Of each lack all but the field that it is about.
type Lack = IndexLack extends infer One ? (One extends unknown ? Omit<One, 'field'> : never) : never

function lackOf(
  where: AnsweredIn,
  all: readonly (readonly [string, AnsweredIn])[],
  own: string,
  context: Context,
): Lack | undefined {
  switch (where.kind) {
    case 'section':
      return lackOfSection(where, all, context)
    case 'evidence':
      return lackOfFile(where.path, own, context)
    case 'excused':
      return undefined
  }
}

type InSection = Extract<AnsweredIn, { kind: 'section' }>

function lackOfSection(
  { document, section }: InSection,
  all: readonly (readonly [string, AnsweredIn])[],
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
  const words = Math.max(...record.sections.map((one) => (same(one.title) ? one.words : 0)))
  const leaning = all.filter(
    ([, where]) => where.kind === 'section' && where.document === document && same(where.section),
  )
  // One sentence is no answer to everything.
  return words < LEAST_WORDS * leaning.length
    ? { why: 'thin', document, section, words, answers: leaning.length }
    : undefined
}

function lackOfFile(path: string, own: string, context: Context): Lack | undefined {
  // An index that answers by itself answers nothing.
  const files = filesNamed(path, filesOf(context)).filter((file) => file.path !== own)
  if (files.length === 0) return { why: 'no_file', path }
  if (pathsOf(files).length > 1) return { why: 'several_files', path, paths: pathsOf(files) }
  return files.some((file) => saysSomething(file, context)) ? undefined : { why: 'says_nothing', path }
}
