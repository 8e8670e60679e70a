import { z } from 'zod'
import type { Answer } from '../core/answer.ts'
import { isObservedRecord, OBSERVED_RECORDS } from '../core/observed.ts'
import { type EvidenceRecord, REPEATED_BY, recordName } from '../core/record.ts'
import { FOREIGN, isWrittenKind, RECORDS, usualAge, WRITTEN } from '../core/records/kinds.ts'
import { standingOf } from '../core/records/outcome.ts'
import type { WrittenRecord } from '../core/written-record.ts'
import { answerIndex } from './annex-iv.ts'
import { COMMON, Days, SOURCE_TRUST } from './common.ts'
import type { Context } from './context.ts'
import { aged, daysOf, endOf, firstAfter, isInFuture, isOver, isPast } from './record-age.ts'
import { answerBases, basesAsked, noRecord } from './record-bases.ts'
import { answerBom, bomEnds } from './record-bom.ts'
import { answerCaiq, answerOscal, oscalEnds } from './record-foreign.ts'
import { asSeen } from './record-observed.ts'
import { answerEach, judgedEach } from './record-several.ts'
import { asShown } from './record-shown.ts'
import { trainingLacks } from './record-training.ts'
import { answerWritten, writtenEnds } from './record-written.ts'
import { answerSigned } from './test-report.ts'

const ControlId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9&._-]{0,99}$/, 'id of a control, such as ac-6.1 or A&A')

/** A record that somebody owns, filled in, no older than it may be. */
export const RecordCheck = z
  .strictObject({
    ...COMMON,
    check: z.literal('record'),
    record: z
      .enum(RECORDS)
      .describe('kind of record, as the record names itself; caiq, oscal and bom by their form'),
    fields: z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(100)
      .optional()
      .describe('fields that must be filled in, beside those that its kind always asks'),
    controls: z
      .array(ControlId)
      .min(1)
      .max(500)
      .optional()
      .describe(
        'with record: oscal, the controls that must be reviewed and satisfied; with caiq, the domains, controls or questions that must be answered, instead of all',
      ),
    covers: z
      .literal('evidence')
      .optional()
      .describe('with record: test-report, every file that the blocking criteria rest on must be signed for'),
    max_age: Days.optional().describe(
      'the record expires so long after its date; of most kinds there is a usual age',
    ),
    trust: SOURCE_TRUST,
    observed: z
      .literal(true)
      .optional()
      .describe('what GitHub shows of the training run must say the same; the record alone is not enough'),
  })
  .superRefine(({ record, controls, covers, fields, observed }, context) => {
    const issue = (key: string, message: string) =>
      context.addIssue({
        code: 'custom',
        path: [key],
        message,
        input: { controls, covers, fields, observed },
      })
    if (observed && !isObservedRecord(record))
      issue('observed', `observed only with record: ${OBSERVED_RECORDS.join(' or ')}`)
    if (covers !== undefined && record !== 'test-report')
      issue('covers', 'covers only with record: test-report')
    if (record === 'oscal' && controls === undefined) issue('controls', 'the ids of controls')
    if (record !== 'oscal' && record !== 'caiq' && controls !== undefined)
      issue('controls', 'controls only with record: oscal or caiq')
    if (Object.hasOwn(FOREIGN, record) && fields !== undefined)
      issue('fields', `no fields with record: ${record}`)
  })
export type RecordCheck = z.infer<typeof RecordCheck>

/** Whether exactly one such record about this model is there, and holds all that is asked of it. */
export function answerRecord(criterion: RecordCheck, context: Context): Answer {
  const { record } = criterion
  const found = foundIn(criterion, context)
  const others = new Map(context.foreign?.records.map((foreign) => [foreign.record, foreign]))
  const own = found.filter((one) => others.get(one)?.what !== 'model')
  const [only, second] = own
  const [other] = found.flatMap((one) => others.get(one) ?? [])
  if (only === undefined && other !== undefined) {
    const { found: name, wanted } = other
    const about = { record, path: other.record.source.path }
    return { code: 'record_of_other_model', outcome: 'unmet', ...about, found: name, wanted }
  }
  const bases = basesAsked(record, context)
  if (only === undefined) return noRecord(record, bases, context)
  if (record === 'test-report') return answerReports(own, criterion, context)
  const judge = (one: EvidenceRecord) => answerOne(one, criterion, context)
  if (bases.length > 0) return answerBases(own, bases, judge, context)
  if (isWrittenKind(record) && WRITTEN[record].several) return answerEach(record, judgedEach(own, judge))
  if (second !== undefined) {
    const paths = own.map(({ source }) => source.path).toSorted()
    return { code: 'several_records', outcome: 'undecided', record, paths }
  }
  return judge(only)
}

function answerOne(only: EvidenceRecord, criterion: RecordCheck, context: Context): Answer {
  const limit = limitOf(criterion)
  switch (only.kind) {
    case 'training':
      return answerTraining(only, criterion, context)
    case 'written':
      return answerOwn(only, criterion, context)
    case 'caiq':
      return answerCaiq(only, criterion.controls, limit ?? 0, context.now)
    case 'oscal':
      return answerOscal(only, criterion.controls ?? [], limit ?? 0, {
        now: context.now,
        providers: providersOf(context),
      })
    case 'bom':
      return answerBom(only, limit ?? 0, {
        ...context,
        weights: [...(context.weights ?? []), ...(context.loaded ?? [])],
      })
    default:
      return { code: 'no_record', outcome: 'undecided', record: criterion.record }
  }
}

/** Whose service the manifest releases; of what else is bought, the vendors that records name. */
function providersOf({ claims, evidence }: Context): readonly string[] {
  if (claims?.provider !== undefined) return [claims.provider]
  return evidence.flatMap(({ records }) =>
    records.flatMap((one) => {
      if (one.kind === 'caiq') return one.vendor ?? []
      return one.kind === 'written' ? (one.named?.vendor ?? []) : []
    }),
  )
}

/** What a record of its own kind says, and of an index whether it is so. */
function answerOwn(record: WrittenRecord, criterion: RecordCheck, context: Context): Answer {
  const asked = askedOf(criterion)
  const answer = asShown(record, answerWritten(record, asked, context.now), context)
  return answer.code === 'record_holds' && record.record === 'annex-iv'
    ? answerIndex(record, answer, asked.fields, context)
    : asSeen(record, answer, criterion, context)
}

/** Of several reports each must hold: one that does not is not made good by another. */
function answerReports(found: readonly EvidenceRecord[], criterion: RecordCheck, context: Context): Answer {
  const written = found.flatMap((record) => (record.kind === 'written' ? [record] : []))
  const reports = []
  for (const record of written.toSorted((a, b) => (a.source.path < b.source.path ? -1 : 1))) {
    const holds = answerWritten(record, askedOf(criterion), context.now)
    if (holds.code !== 'record_holds') return holds
    reports.push({ record, holds })
  }
  return answerSigned(reports, criterion.covers, context)
}

/** When a record that holds will no longer do so. */
export function recordExpiry(criterion: RecordCheck, context: Context): string | undefined {
  if (answerRecord(criterion, context).outcome !== 'met') return undefined
  const limit = limitOf(criterion)
  // Others of the kind are about another model, and end no later than they need be asked again.
  const ends = foundIn(criterion, context).flatMap((record): readonly number[] => {
    switch (record.kind) {
      case 'training':
        return trainingEnds(record, limit)
      case 'written':
        return writtenEnds(record, askedOf(criterion))
      case 'caiq':
        return record.date === undefined ? [] : [endOf(record.date, limit ?? 0)]
      case 'oscal':
        return oscalEnds(record, criterion.controls ?? [], limit ?? 0)
      case 'bom':
        return bomEnds(record, limit ?? 0)
      default:
        return []
    }
  })
  return firstAfter(context.now, ends)
}

function foundIn({ record }: RecordCheck, { evidence }: Context): readonly EvidenceRecord[] {
  return evidence.flatMap(({ records }) => records.filter((one) => recordName(one) === record))
}

function limitOf({ record, max_age }: RecordCheck): number | undefined {
  return daysOf(max_age) ?? usualAge(record)
}

function askedOf(criterion: RecordCheck): {
  readonly fields: readonly string[]
  readonly limit: number
} {
  return { fields: criterion.fields ?? [], limit: limitOf(criterion) ?? 0 }
}

type Training = Extract<EvidenceRecord, { kind: 'training' }>
function answerTraining(training: Training, criterion: RecordCheck, context: Context): Answer {
  const { foreign, now } = context
  const { date, expires, owner, source } = training
  const about = { record: 'training', path: source.path }
  const other = foreign?.records.find(({ record }) => record === training)
  if (other !== undefined) {
    const { found, wanted } = other
    return { code: 'record_of_other_work', outcome: 'unmet', ...about, ...(date && { date }), found, wanted }
  }
  const { outcome: ended = 'missing' } = training
  const lacking = trainingLacks(training, trainingAsked(criterion), context)
  if (owner !== 'given') return { code: 'record_unowned', outcome: 'unmet', ...about, why: owner, lacking }
  if (ended === 'missing' || ended === 'placeholder' || lacking.length > 0 || date === undefined)
    return { code: 'record_lacks', outcome: 'unmet', ...about, lacking }
  const said = { ...about, date }
  if (isInFuture(date, now)) return { code: 'record_in_future', outcome: 'unmet', ...said }
  const early = Object.entries(training.times ?? {}).find(([, at]) => !isPast(at, now))
  if (early) return { code: 'record_in_future', outcome: 'unmet', ...said, date: early[1], field: early[0] }
  if (standingOf(ended) === 'bad') return { code: 'record_rejected', outcome: 'unmet', ...said, word: ended }
  const limit = daysOf(criterion.max_age)
  const tooOld = limit === undefined ? Number.POSITIVE_INFINITY : endOf(date, limit)
  if (expires !== undefined && isOver(expires, now) && endOf(expires, 0) <= tooOld)
    return { code: 'record_ran_out', outcome: 'unmet', ...said, expires }
  const answer = aged(said, limit ?? Number.POSITIVE_INFINITY, now)
  return answer.code === 'record_holds' && standingOf(ended) === 'open'
    ? { code: 'record_unfinished', outcome: 'undecided', ...said, word: ended }
    : answer
}

/** The fields of a training record that must be filled in: `fields` only adds to what the control always asks. */
export function trainingAsked({
  control,
  fields = [],
}: Pick<RecordCheck, 'control' | 'fields'>): readonly string[] {
  return [...new Set([...(control === 'reproducibility' ? REPEATED_BY : []), ...fields])]
}

function trainingEnds({ date, expires }: Training, limit: number | undefined): readonly number[] {
  return [
    ...(limit === undefined || date === undefined ? [] : [endOf(date, limit)]),
    ...(expires === undefined ? [] : [endOf(expires, 0)]),
  ]
}
