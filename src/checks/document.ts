import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { isCard } from '../core/card.ts'
import type { Evidence } from '../core/evidence.ts'
import { isOfModel } from '../core/meanings.ts'
import { canonical } from '../core/metrics.ts'
import { PRESET_NAMES } from '../core/section-presets.ts'
import { metricKey } from '../text/metric-key.ts'
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
  if (lacking.length > 0) return { code: 'sections_lacking', outcome: 'unmet', path: file.path, lacking }
  const unmeasured = unmeasuredIn(file, context.evidence)
  return {
    ...{ code: 'sections_written', outcome: 'met', path: file.path, sections: asked.map(([title]) => title) },
    ...(unmeasured.length > 0 && { unmeasured }),
  }
}

/** The metrics that a document states of the model and that no other evidence measures. */
function unmeasuredIn({ measurements, records }: Evidence, evidence: Context['evidence']): readonly string[] {
  const own = evidence.filter((file) => file.about === 'candidate' && !isCard(file))
  const measured = new Set(own.flatMap((file) => file.measurements.map(({ metric }) => metricKey(metric))))
  const numbers = records.flatMap((one) => (one.kind === 'document' ? (one.numbers ?? []) : []))
  const stated = [...measurements, ...numbers.filter(({ compared }) => compared !== true)]
  const unmeasured = stated.filter(({ metric }) => isOfModel(metric) && !measured.has(metricKey(metric)))
  return [...new Set(unmeasured.map(({ metric }) => canonical(metric)))]
}
