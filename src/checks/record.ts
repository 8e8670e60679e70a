import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { DAY_MS } from '../core/day.ts'
import { type EvidenceRecord, TRAINING_FIELDS } from '../core/record.ts'
import { COMMON, Days } from './common.ts'
import type { Context } from './context.ts'

/** A record that somebody owns, with required fields filled in, no older than it may be. */
export const RecordCheck = z.strictObject({
  ...COMMON,
  check: z.literal('record'),
  record: z.enum(['training']).describe('kind of record, as the record names itself'),
  fields: z.array(z.enum(TRAINING_FIELDS)).min(1).optional().describe('fields that must be filled in'),
  max_age: Days.optional().describe('the record expires so long after its date'),
})
export type RecordCheck = z.infer<typeof RecordCheck>

/** The first zone on earth in which a day begins is UTC+14. */
const EARLIEST_ZONE = 14 * 60 * 60 * 1000

/** Whether exactly one such record is there, is owned, complete, and neither too old nor from the future. */
export function answerRecord({ record, fields, max_age }: RecordCheck, context: Context): Answer {
  const found = context.evidence.flatMap((file) =>
    file.records.filter((candidate) => candidate.kind === record),
  )
  const [only, second] = found
  if (only === undefined) return { code: 'no_record', outcome: 'undecided', record }
  if (second !== undefined) {
    return {
      code: 'several_records',
      outcome: 'undecided',
      record,
      paths: found.map(({ source }) => source.path).toSorted(),
    }
  }
  const { path } = only.source
  const said = { record, path, date: only.date }
  const other = context.foreign?.records.find((foreign) => foreign.record === only)
  if (other !== undefined) {
    const { found: commit, wanted } = other
    return { code: 'record_of_other_work', outcome: 'unmet', ...said, found: commit, wanted }
  }
  const lacking = lacks(only, fields ?? [])
  if (lacking.length > 0) return { code: 'record_lacks', outcome: 'unmet', record, path, lacking }
  // A record's day has no zone: it is in the future only when that day has begun nowhere on earth.
  const age = Date.parse(context.now) - Date.parse(`${only.date}T00:00:00Z`)
  // Written so that a date that is none never holds.
  if (!(age >= -EARLIEST_ZONE)) return { code: 'record_in_future', outcome: 'unmet', ...said }
  const limit = daysOf(max_age)
  const days = Math.max(0, Math.floor(age / DAY_MS))
  if (limit !== undefined && days > limit)
    return { code: 'record_expired', outcome: 'unmet', ...said, days, limit }
  return { code: 'record_holds', outcome: 'met', ...said }
}

/** When a record that holds will have become too old. */
export function recordExpiry(criterion: RecordCheck, context: Context): string | undefined {
  const answer = answerRecord(criterion, context)
  const limit = daysOf(criterion.max_age)
  if (answer.code !== 'record_holds' || limit === undefined) return undefined
  return new Date(Date.parse(`${answer.date}T00:00:00Z`) + (limit + 1) * DAY_MS).toISOString()
}

function daysOf(age: string | undefined): number | undefined {
  return age === undefined ? undefined : Number.parseInt(age, 10)
}

type Training = Extract<EvidenceRecord, { kind: 'training' }>
type Lack = Extract<Answer, { code: 'record_lacks' }>['lacking'][number]

function lacks(record: Training, fields: NonNullable<RecordCheck['fields']>): readonly Lack[] {
  const asked = [
    ['owner', record.owner] as const,
    ...fields.map((field) => [field, record.fields[field]] as const),
  ]
  return asked.flatMap(([field, filled]) => (filled === 'given' ? [] : [{ field, why: filled }]))
}
