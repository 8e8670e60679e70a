import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import type { Section } from '../core/record.ts'
import { COMMON } from './common.ts'
import type { Context } from './context.ts'

/** A document with required sections that say something. */
export const DocumentCheck = z.strictObject({
  ...COMMON,
  check: z.literal('document'),
  document: z.string().min(1).max(100).describe('the name that the manifest gives it, such as model-card'),
  sections: z.array(z.string().min(1).max(200)).min(1).describe('headings that must have real content'),
})
export type DocumentCheck = z.infer<typeof DocumentCheck>

/** A heading with fewer words than this under it says nothing. */
export const LEAST_WORDS = 3

/** Whether every required section is there with real content; a template that nobody filled in is not. */
export function answerDocument({ document, sections }: DocumentCheck, context: Context): Answer {
  const files = context.evidence.filter((file) => file.document === document)
  const [file, second] = files
  if (file === undefined) return { code: 'no_document', outcome: 'undecided', document }
  if (second !== undefined) {
    return {
      code: 'several_documents',
      outcome: 'undecided',
      document,
      paths: files.map(({ path }) => path).toSorted(),
    }
  }
  const record = file.records.find((candidate) => candidate.kind === 'document')
  if (record === undefined)
    return { code: 'no_document', outcome: 'undecided', document, unreadable: file.path }
  const lacking = sections.flatMap((title) => lack(title, record.sections) ?? [])
  return lacking.length === 0
    ? { code: 'sections_written', outcome: 'met', path: file.path, sections }
    : { code: 'sections_lacking', outcome: 'unmet', path: file.path, lacking }
}

type Lack = Extract<Answer, { code: 'sections_lacking' }>['lacking'][number]

function lack(title: string, sections: readonly Section[]): Lack | undefined {
  const named = sections.filter((section) => headingOf(section.title) === headingOf(title))
  const [first] = named
  if (first === undefined) return { title, why: 'missing' }
  const unfilled = named.find((section) => section.placeholder !== undefined)
  if (unfilled?.placeholder !== undefined)
    return { title, why: 'placeholder', line: unfilled.line, placeholder: unfilled.placeholder }
  return named.some((section) => section.words >= LEAST_WORDS)
    ? undefined
    : { title, why: 'empty', line: first.line }
}

/** A heading without its numbering, case and punctuation: `1.2 Intended Use:` is `intended use`. */
export function headingOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/^[\d.\s)]+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
