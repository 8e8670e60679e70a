import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import { headingsMeant, headingsOf } from '../checks/section-presets.ts'
import { headingOf, LEAST_WORDS } from '../checks/sections.ts'
import type { Evidence } from '../core/evidence.ts'
import type { EvidenceRecord } from '../core/record.ts'
import { type Made, NO_EXAMS, NOW, SOURCE } from './made.ts'

/** What a check sees of one file with these records. */
export function recordContext(records: readonly EvidenceRecord[], document?: string): Context {
  const file: Evidence = {
    ...{
      path: SOURCE.path,
      sha: SOURCE.sha,
      trust: 'typed',
      about: 'candidate',
      measurements: [],
      problems: [],
    },
    records,
    ...(document !== undefined && { document }),
  }
  return { now: NOW, trust: 'typed', evidence: records.length === 0 ? [] : [file], exams: NO_EXAMS }
}

/** The same text under every heading. */
function repeated<T extends { readonly line: number }>(section: T): T {
  return { ...section, twin: { first: 1, own: section.line } }
}

/** A document with every section written, and what lacks one. */
export function forDocument(criterion: Extract<Criterion, { check: 'document' }>): Made {
  const { document, sections, words = LEAST_WORDS } = criterion
  const written = headingsOf(sections).map(([title], index) => ({ title, line: index + 1, words }))
  // The same heading may be asked twice, in two spellings, and may have several names.
  const last = headingsMeant(sections).at(-1) ?? []
  const isLast = ({ title }: { readonly title: string }) => last.includes(headingOf(title))
  const context = (made: typeof written) =>
    recordContext([{ kind: 'document', sections: made, source: SOURCE }], document)
  const filled = (change: object) =>
    context(written.map((one) => (isLast(one) ? { ...one, ...change } : one)))
  return {
    criterion,
    good: context(written),
    counter: [
      { kind: 'missing', context: recordContext([]) },
      { kind: 'missing', context: context(written.filter((one) => !isLast(one))) },
      { kind: 'placeholder', context: filled({ placeholder: 'TODO' }) },
      { kind: 'empty', context: filled({ words: 0 }) },
      { kind: 'empty', context: filled({ words: words - 1 }) },
      ...(headingsMeant(sections).length > 1
        ? [{ kind: 'shared' as const, context: context(written.map(repeated)) }]
        : []),
    ],
  }
}
