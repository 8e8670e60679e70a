import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { PRESET_NAMES } from '../core/section-presets.ts'
import { COMMON, SOURCE_TRUST } from './common.ts'
import type { Context } from './context.ts'
import { headingsOf, Sections, Words } from './section-presets.ts'
import { LEAST_WORDS, lackingSections } from './sections.ts'

/** A document with required sections that say something. */
export const DocumentCheck = z.strictObject({
  ...COMMON,
  check: z.literal('document'),
  document: z.string().min(1).max(100).describe('the name that the manifest gives it, such as model-card'),
  sections: Sections.describe(
    `headings that must have real content, or by one name all that it has: ${PRESET_NAMES.join(', ')}`,
  ),
  words: Words.optional(),
  trust: SOURCE_TRUST,
})
export type DocumentCheck = z.infer<typeof DocumentCheck>

/**
 * Whether every required section is there with real content; a template that nobody filled in is not, nor is one text
 * under several headings.
 */
export function answerDocument(
  { document, sections, words = LEAST_WORDS }: DocumentCheck,
  context: Context,
): Answer {
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
  const asked = headingsOf(sections)
  const lacking = lackingSections(asked, record.sections, words)
  return lacking.length === 0
    ? { code: 'sections_written', outcome: 'met', path: file.path, sections: asked.map(([title]) => title) }
    : { code: 'sections_lacking', outcome: 'unmet', path: file.path, lacking }
}
