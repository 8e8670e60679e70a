import { formsOf } from '../core/data-names.ts'
import { isReal } from '../core/digests.ts'
import { type EvidenceRecord, TRAINING_FIELDS } from '../core/record.ts'
import type { Lack } from '../core/record-answer.ts'
import type { Context } from './context.ts'

type Training = Extract<EvidenceRecord, { kind: 'training' }>

/**
 * What is not filled in of a training record: of the fields that are asked, and of whatever else stands there, for `nobody` is
 * no operator wherever it is written; data that nothing identifies; a lock that nobody has; and how the training ended.
 */
export function trainingLacks(
  training: Training,
  asked: readonly string[],
  context: Context,
): readonly Lack[] {
  const { fields, outcome = 'missing', date, undated = 'missing' } = training
  const written = TRAINING_FIELDS.filter(
    (field) => !['given', 'missing'].includes(fields[field] ?? 'missing'),
  )
  const unfilled = [...new Set([...asked, ...written])].flatMap((field): readonly Lack[] => {
    const known = TRAINING_FIELDS.find((one) => one === field)
    // Facts of an earlier version have fewer fields.
    const fill = (known && fields[known]) ?? 'missing'
    return fill === 'given' ? [] : [{ field, why: fill }]
  })
  return [
    ...(date === undefined ? [{ field: 'date', why: undated } as const] : []),
    ...unfilled,
    ...unidentified(training, context),
    ...lockless(training, context),
    ...(outcome === 'missing' || outcome === 'placeholder'
      ? [{ field: 'outcome', why: outcome } as const]
      : []),
  ]
}

/** A name that any data could have says which they are only where the manifest gives it a digest. */
function unidentified({ data = [], fields }: Training, { claims }: Context): readonly Lack[] {
  if (fields.data !== 'given') return []
  const known = (claims?.datasets ?? []).filter(({ digest }) => digest !== undefined && isReal(digest))
  const isKnown = (name: string) =>
    known.some((one) => formsOf(one.name).some((form) => formsOf(name).includes(form)))
  return data.some(({ name, bare }) => bare && !isKnown(name)) ? [{ field: 'data', why: 'unidentified' }] : []
}

/** Another lock than the evidence has contradicts it, which is said whoever asks. */
function lockless({ lock, fields }: Training, { evidence }: Context): readonly Lack[] {
  const isListed = evidence.some(({ records }) => records.some(({ kind }) => kind === 'environment'))
  return lock === undefined || fields.environment !== 'given' || isListed
    ? []
    : [{ field: 'environment', why: 'lock_absent', lock }]
}
