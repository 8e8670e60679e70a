import type { Context } from '../checks/context.ts'
import type { Criterion } from '../checks/index.ts'
import { headingOf } from '../checks/sections.ts'
import type { Evidence } from '../core/evidence.ts'
import { type EvidenceRecord, type Filled, TRAINING_FIELDS, type TrainingField } from '../core/record.ts'
import { aboutAnother } from './counter-binding.ts'
import { type Made, NO_EXAMS, NOW, SOURCE } from './made.ts'

const [TODAY, TOMORROW, LONG_AGO] = ['2026-01-01', '2026-01-03', '1900-01-01']

function recordContext(records: readonly EvidenceRecord[], document?: string): Context {
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

/** A document with every section written, and what lacks one. */
export function forDocument(criterion: Extract<Criterion, { check: 'document' }>): Made {
  const { document, sections } = criterion
  const written = sections.map((title, index) => ({ title, line: index + 1, words: 100 }))
  // The same heading may be asked twice, in two spellings.
  const isLast = ({ title }: { readonly title: string }) =>
    headingOf(title) === headingOf(sections.at(-1) ?? '')
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
    ],
  }
}

/** A record with every field filled in, and what lacks one or is of another day. */
export function forRecord(criterion: Extract<Criterion, { check: 'record' }>): Made {
  const { record, fields = [], max_age } = criterion
  const all = (filled: Filled): Readonly<Record<TrainingField, Filled>> =>
    // Every field is there: the list is the type's own.
    Object.fromEntries(TRAINING_FIELDS.map((field) => [field, filled])) as Record<TrainingField, Filled>
  const made = (given: Partial<Extract<EvidenceRecord, { kind: 'training' }>>) =>
    recordContext([
      { kind: record, owner: 'given', date: TODAY, fields: all('given'), source: SOURCE, ...given },
    ])
  return {
    criterion,
    good: made({}),
    counter: [
      { kind: 'missing', context: recordContext([]) },
      { kind: 'missing', context: made({ owner: 'missing' }) },
      { kind: 'placeholder', context: made({ owner: 'placeholder' }) },
      ...fields.flatMap((field) =>
        (['missing', 'placeholder'] as const).map((kind) => ({
          kind,
          context: made({ fields: { ...all('given'), [field]: kind } }),
        })),
      ),
      { kind: 'other_model', context: aboutAnother(made({})) },
      { kind: 'in_future', context: made({ date: TOMORROW }) },
      ...(max_age === undefined ? [] : [{ kind: 'expired' as const, context: made({ date: LONG_AGO }) }]),
    ],
  }
}
