import { caiqGap, versionOf } from '../core/caiq.ts'
import type { CaiqRecord, OscalRecord } from '../core/foreign-record.ts'
import { isAlike } from '../core/party-alike.ts'
import type { OscalFault, RecordAnswer } from '../core/record-answer.ts'
import { aged, endOf, isInFuture, isPast } from './record-age.ts'

/** More open questions than these are counted, not named. */
const SHOWN = 20

/**
 * Whether a vendor answered every question that it left in, and all that were asked or else the whole questionnaire, said
 * why of each no, and did so not too long ago.
 */
export function answerCaiq(
  record: CaiqRecord,
  controls: readonly string[] | undefined,
  limit: number,
  now: string,
): RecordAnswer {
  const { date, vendor, open, answers, answered = [], source } = record
  const about = { record: 'caiq', path: source.path }
  const lacking = [
    ...(date === undefined
      ? [{ field: 'the day on which each answer was reviewed', why: 'missing' } as const]
      : []),
    ...(vendor === undefined ? [{ field: 'vendor', why: 'missing' } as const] : []),
  ]
  if (date === undefined || lacking.length > 0)
    return { code: 'record_lacks', outcome: 'unmet', ...about, lacking }
  if (isInFuture(date, now)) return { code: 'record_in_future', outcome: 'unmet', ...about, date }
  const held = aged({ ...about, date }, limit, now)
  if (open.length > 0) {
    const stale = held.code === 'record_expired' && { date, days: held.days, limit }
    const shown = open.slice(0, SHOWN).map(({ question, answer }) => ({ question, answer }))
    return {
      ...{ code: 'caiq_open', outcome: 'unmet', ...about },
      ...{ open: shown, more: open.length - shown.length, answers },
      ...(stale && { stale }),
    }
  }
  if (held.code !== 'record_holds') return held
  const { name: version, questions } = versionOf(answered)
  const share = { answered: answered.length, version, ...(questions !== undefined && { of: questions }) }
  const gap = caiqGap(record, controls)
  if (gap === undefined) return { ...held, share }
  const { missing, few } = gap
  return {
    ...{ code: 'caiq_in_part', outcome: 'undecided', ...about, date, share },
    ...{ missing: missing.slice(0, SHOWN), more: Math.max(0, missing.length - SHOWN) },
    ...{ asked: controls !== undefined, ...(few !== undefined && { few }) },
  }
}

/**
 * Whether each control was reviewed and found satisfied, on observations that still hold. A control of which nothing
 * was found is unknown, and never satisfied; a part of it says nothing of the whole.
 */
export function answerOscal(
  record: OscalRecord,
  controls: readonly string[],
  limit: number,
  { now, providers }: { readonly now: string; readonly providers: readonly string[] },
): RecordAnswer {
  const { date, assessors, source } = record
  const same = record.same ?? ofProvider(record, providers)
  const about = { record: 'oscal', path: source.path }
  const said = { ...about, date }
  if (assessors.length === 0)
    return {
      code: 'record_lacks',
      outcome: 'unmet',
      ...about,
      lacking: [{ field: 'assessor', why: 'missing' }],
    }
  if (isInFuture(date, now)) return { code: 'record_in_future', outcome: 'unmet', ...said }
  if (same !== undefined)
    return {
      code: 'record_not_apart',
      outcome: 'unmet',
      ...said,
      fields: ['assessor', 'provider'],
      who: same,
    }
  const faults = [
    ...controls.flatMap((control) => faultsOf(control, record, now)),
    ...record.risks.flatMap(({ title, deadline }): readonly OscalFault[] => {
      if (deadline === undefined) return [{ why: 'no_deadline', risk: title }]
      return isPast(deadline, now) ? [{ why: 'overdue', risk: title, at: deadline }] : []
    }),
  ]
  if (faults.length > 0) return { code: 'oscal_faults', outcome: 'unmet', ...said, faults }
  const unknown = controls.flatMap((control) => unknownIn(control, record) ?? [])
  // To have asked for nothing shows nothing.
  if (unknown.length > 0 || controls.length === 0)
    return { code: 'oscal_unknown', outcome: 'undecided', ...said, unknown }
  return aged(said, limit, now)
}

/** An assessor that is a provider by name, or belongs to one: results of oneself are a claim. */
function ofProvider({ assessors, sides }: OscalRecord, providers: readonly string[]): string | undefined {
  const all = sides ?? assessors.map((name) => ({ name, also: [] }))
  return all.find(({ name, also }) =>
    [name, ...also].some((one) => providers.some((provider) => isAlike(one, provider))),
  )?.name
}

/** The moments at which results that hold will no longer do so. */
export function oscalEnds(
  record: OscalRecord,
  controls: readonly string[],
  limit: number,
): readonly number[] {
  const own = record.findings.filter(({ target }) => controls.some((control) => isOf(target, control)))
  return [
    endOf(record.date, limit),
    ...own.flatMap(({ until }) => (until === undefined ? [] : [Date.parse(until)])),
    ...record.risks.flatMap(({ deadline }) => (deadline === undefined ? [] : [Date.parse(deadline)])),
  ]
}

function faultsOf(control: string, { findings }: OscalRecord, now: string): readonly OscalFault[] {
  const own = findings.filter(({ target }) => isOf(target, control))
  const expired = own.flatMap(({ until }) => (until !== undefined && isPast(until, now) ? [until] : []))
  const [at] = expired.toSorted((a, b) => Date.parse(a) - Date.parse(b))
  return [
    ...(own.some(({ satisfied }) => !satisfied) ? [{ why: 'not_satisfied', control } as const] : []),
    ...(at === undefined ? [] : [{ why: 'expired', control, at } as const]),
  ]
}

type Unknown = Extract<RecordAnswer, { code: 'oscal_unknown' }>['unknown'][number]

function unknownIn(control: string, record: OscalRecord): Unknown | undefined {
  const id = control.toLowerCase()
  const [whole = id] = id.split('_')
  const isIn = (ids: readonly string[]) => ids.some((one) => [id, whole].includes(one.toLowerCase()))
  if (isIn(record.not) || !(record.all || isIn(record.reviewed))) return { control, why: 'not_reviewed' }
  const own = record.findings.filter(({ target }) => isOf(target, control))
  if (own.length === 0) return { control, why: 'no_finding' }
  const ofWhole = own.some(({ target }) => [id, `${id}_obj`, `${id}_smt`].includes(target.toLowerCase()))
  return ofWhole ? undefined : { control, why: 'in_part' }
}

/** `ac-6.1_obj.a` is of `ac-6.1`, and not of `ac-6`. */
function isOf(target: string, control: string): boolean {
  const [found, wanted] = [target.toLowerCase(), control.toLowerCase()]
  return (
    found === wanted ||
    found.startsWith(`${wanted}_`) ||
    (wanted.includes('_') && found.startsWith(`${wanted}.`))
  )
}
