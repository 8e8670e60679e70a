import { z } from 'zod'
import { DAY_MS } from '../core/day.ts'
import type { Reading } from '../core/evidence.ts'
import { digestOf } from '../core/exam.ts'
import type { RecordedData, TrainingField, TrainingTimes } from '../core/record.ts'
import { TRAINING_ENDING } from '../core/records/outcome.ts'
import type { Fill } from '../core/written-record.ts'
import { strict } from '../text/strict.ts'
import { collect } from './collect.ts'
import { filled, fillOfWho, isPlaceholder } from './filled.ts'
import { fillOfPlace, fillOfSettings, isAnyData } from './filled-training.ts'
import { isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { settingsOf } from './settings.ts'
import { pythonOf } from './written-python.ts'

const format = 'training-record'

const Placeholder = z.union([
  z.string().refine(isPlaceholder, 'a value, or a placeholder such as TODO'),
  z.null(),
])
const Hex = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'a whole commit id of 40 or 64 hex digits')
const Instant = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/,
    'a date and time with its zone, such as 2026-01-31T08:00:00Z',
  )
  .refine(exists, 'a date and time that exists')
const Digest = z.union([
  z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 of 64 hex digits') }),
  z.strictObject({ md5: z.string().regex(/^[0-9a-f]{32}(?:\.dir)?$/, 'an md5 of 32 hex digits') }),
])
const Dataset = z.strictObject({
  name: z.string().min(1).describe('name of the data set'),
  digest: Digest.optional().describe('sha256 or md5 of its bytes'),
  origin: z.string().optional().describe('where it came from'),
  rows: z.int().min(0).optional().describe('how many rows were trained on'),
})

/** `record: training`: how a model was trained, as its owner declares it. */
export const TrainingRecord = z
  .strictObject({
    gonogo: z.literal(1).describe('version of this file format'),
    record: z.literal('training').describe('the kind of record'),
    model: z.string().min(1).optional().describe('name of the model'),
    // Without an owner or a date it is read too: the check says so, and what it tells of the training counts as far.
    owner: z
      .union([z.string(), z.null()])
      .optional()
      .describe('the person or team that answers for the training'),
    date: z
      .union([z.iso.date('a day such as 2026-01-31'), Placeholder])
      .optional()
      .describe('day of the record, YYYY-MM-DD'),
    data: z
      .union([z.array(Dataset), Placeholder])
      .optional()
      .describe('the data sets that were trained on'),
    hyperparameters: z
      .union([z.record(z.string(), z.unknown()), Placeholder])
      .optional()
      .describe('hyperparameters by name'),
    seeds: z
      .union([z.array(z.int()), z.record(z.string(), z.int()), Placeholder])
      .optional()
      .describe('random seeds: a list, or a map of names'),
    environment: z
      .union([z.record(z.string(), z.union([z.string(), z.null()])), z.string(), z.null()])
      .optional()
      .describe('what it ran in: lock file, image, Python version, as a text or a map of texts'),
    commit: z
      .union([Hex, Placeholder])
      .optional()
      .describe('commit of the training code, 40 or 64 hex digits'),
    hardware: z
      .union([z.record(z.string(), z.union([z.string(), z.number(), z.null()])), z.string(), z.null()])
      .optional()
      .describe('what it ran on: machines, accelerators and their driver, as a text or a map'),
    operator: z
      .union([z.string(), z.null()])
      .optional()
      .describe('the person, or the identity of the job, that ran it'),
    outcome: z
      .union([z.enum(TRAINING_ENDING.of), Placeholder])
      .optional()
      .describe(`${TRAINING_ENDING.says}: ${TRAINING_ENDING.of.join(', ')}`),
    expires: z.iso.date('a day such as 2026-01-31').optional().describe('the last day on which it holds'),
    started: z
      .union([Instant, Placeholder])
      .optional()
      .describe('when training began, ISO 8601 with its zone'),
    finished: z
      .union([Instant, Placeholder])
      .optional()
      .describe('when training ended, ISO 8601 with its zone'),
  })
  .describe('how a model was trained')
export type TrainingRecord = z.infer<typeof TrainingRecord>

/** A training record that people write; every fault has its line. */
export const trainingRecord: Reader = {
  format,
  labels: [],
  shapes: [['gonogo', 'record', 'owner', 'date']],
  recognises: (content) =>
    content.kind === 'data' && isFields(content.value) && content.value.record === 'training',
  read,
}

function read(input: Input): Reading {
  const { content, path } = input
  const found = collect(input, format)
  if (content.kind !== 'data' || !isFields(content.value)) return found.reading()
  const { value: record, problems } = strict(
    TrainingRecord,
    { value: content.value, problems: [], at: content.at },
    path,
  )
  if (!record) return { measurements: [], records: [], problems }

  const { started, finished, commit } = record
  const date = filled(record.date) === 'given' ? (record.date ?? undefined) : undefined
  if (
    filled(started) === 'given' &&
    filled(finished) === 'given' &&
    Date.parse(finished ?? '') < Date.parse(started ?? '')
  ) {
    found.fault(['finished'], {
      code: 'contradiction',
      at: 'finished',
      one: `${finished}`,
      other: `started ${started}`,
    })
  }
  if (filled(started) === 'given' && Date.parse(`${finished}`) === Date.parse(`${started}`))
    found.fault(['finished'], {
      ...{ code: 'wrong_value', at: 'finished', found: `${finished}` },
      wanted: `a time after started, ${started}, with its seconds where the training was short`,
    })
  const late = (['finished', 'started'] as const).find((at) => isAfter(record[at], date))
  if (late !== undefined)
    found.fault([late], {
      ...{ code: 'contradiction', at: late, one: `${record[late]}`, other: `date ${date}` },
    })
  if (daysBetween(started, finished) > LONGEST_DAYS)
    found.fault(['finished'], {
      ...{ code: 'wrong_value', at: 'finished', found: `${finished}` },
      wanted: `a time at most ${LONGEST_DAYS} days after started, ${started}; write down the run that made these weights`,
    })
  found.record((source) => ({
    kind: 'training',
    ...(record.model !== undefined ? { model: record.model } : {}),
    owner: fillOfWho(record.owner),
    ...(date === undefined ? record.date !== undefined && { undated: 'placeholder' } : { date }),
    ...(record.expires !== undefined ? { expires: record.expires } : {}),
    fields: fieldsOf(record),
    ...timesOf(record),
    ...(record.outcome !== undefined && {
      outcome: TRAINING_ENDING.of.find((word) => word === record.outcome) ?? 'placeholder',
    }),
    ...(Array.isArray(record.data) ? { data: record.data.map(dataOf) } : {}),
    ...lockOf(record),
    ...pythonOf(record.environment),
    ...(typeof commit === 'string' && !isPlaceholder(commit) ? { commit } : {}),
    source,
  }))
  const { values, unresolved, tooMany } = settingsOf(settingsIn(record))
  if (tooMany) found.fault(['hyperparameters'], { code: 'too_many', limit: 2_000 })
  if (Object.keys(values).length > 0)
    found.record((source) => ({
      ...{ kind: 'parameters', of: 'run', values, unresolved, tool: 'training-record' },
      source,
    }))
  return found.reading()
}

/** What the training ran with; the only seed is `seed`, as most tools call it. */
function settingsIn({ hyperparameters, seeds }: TrainingRecord): Readonly<Record<string, unknown>> {
  const only = Array.isArray(seeds) && seeds.length === 1 ? { seed: seeds[0] } : undefined
  return {
    ...(isFields(hyperparameters) && hyperparameters),
    ...(typeof seeds === 'object' && seeds !== null && (only ?? { seeds })),
  }
}

/** Of a text nobody knows which part of it is a lock. */
function lockOf({ environment }: TrainingRecord): { readonly lock?: string } {
  const lock = typeof environment === 'object' ? environment?.lock : undefined
  return typeof lock === 'string' && !isPlaceholder(lock) ? { lock: lock.trim().slice(0, 500) } : {}
}

function dataOf({ name, digest, origin = '' }: z.infer<typeof Dataset>): RecordedData {
  const found = digestOf({ digest })
  if (found !== undefined) return { name, digest: found }
  return { name, ...(isAnyData(name) && isAnyData(origin) && { bare: true }) }
}

function fieldsOf(record: TrainingRecord): Readonly<Record<TrainingField, Fill>> {
  const { data, hyperparameters, seeds, environment, commit, hardware, operator, started, finished } = record
  const times = [filled(started), filled(finished)]
  return {
    data:
      Array.isArray(data) && data.some(({ name, rows }) => isPlaceholder(name) || rows === 0)
        ? 'placeholder'
        : filled(data),
    hyperparameters: fillOfSettings(hyperparameters),
    seeds: filled(seeds),
    environment: fillOfPlace(environment),
    commit: filled(commit),
    hardware: fillOfPlace(hardware),
    operator: fillOfWho(operator),
    times: times.includes('missing') ? 'missing' : times.includes('placeholder') ? 'placeholder' : 'given',
  }
}

function timesOf({ started, finished }: TrainingRecord): { readonly times?: TrainingTimes } {
  const times = Object.entries({ started, finished }).flatMap(([name, at]) =>
    filled(at) === 'given' ? [[name, `${at}`] as const] : [],
  )
  return times.length === 0 ? {} : { times: Object.fromEntries(times) }
}

/** A day has no zone, and a record may be dated the evening before its training ends. */
const DAYS_AFTER = 1

/** Whether a moment comes more than a day after a day, wherever on earth that ends. */
function isAfter(moment: unknown, day: string | undefined): boolean {
  if (day === undefined || filled(moment) !== 'given') return false
  return Date.parse(String(moment)) >= Date.parse(`${day}T00:00:00Z`) + (1 + DAYS_AFTER) * DAY_MS
}

/** Nobody trains one model for longer in one run. */
const LONGEST_DAYS = 366

function daysBetween(started: unknown, finished: unknown): number {
  if (filled(started) !== 'given' || filled(finished) !== 'given') return 0
  return (Date.parse(String(finished)) - Date.parse(String(started))) / DAY_MS
}

/** `Date.parse` alone takes February 31 for a day in March. */
function exists(instant: string): boolean {
  return z.iso.date().safeParse(instant.slice(0, 10)).success && !Number.isNaN(Date.parse(instant))
}
