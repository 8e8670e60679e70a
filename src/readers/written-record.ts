import type { Reading } from '../core/evidence.ts'
import type { Field, RecordKind } from '../core/records/field.ts'
import { isWrittenKind, WRITTEN, WRITTEN_KINDS } from '../core/records/kinds.ts'
import { hasConditions } from '../core/records/outcome.ts'
import { nearest, suggest } from '../core/suggest.ts'
import { type Condition, NAMED, type ShownIn, type WrittenRecord } from '../core/written-record.ts'
import { strict } from '../text/strict.ts'
import { type Collector, collect } from './collect.ts'
import { fillOfText, fillOfWho } from './filled.ts'
import { type Fields, isFields, partOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { accessIn } from './record-access.ts'
import { failingIn, sameParty, weakIn } from './record-against.ts'
import { unlistedClauses } from './record-clauses.ts'
import { dayIn, dayOf, impossibleDays } from './record-days.ts'
import { fillOfConditions, fillsOf } from './record-fill.ts'
import { answeredIn, answeredTwice } from './record-index.ts'
import { recordSchema } from './record-schema.ts'
import { shownIn } from './record-shown.ts'
import { daysOfSigners, reportSigners, signedFiles } from './record-signed.ts'

const format = 'written-record'

/** Records that people write, by the table of kinds; every fault has its line. */
export const writtenRecord: Reader = {
  format,
  labels: [],
  shapes: [['gonogo', 'record', 'owner', 'date']],
  recognises: (content) =>
    content.kind === 'data' &&
    isFields(content.value) &&
    typeof content.value.record === 'string' &&
    content.value.record !== 'training',
  read,
}

function read(input: Input): Reading {
  const { content, path } = input
  const found = collect(input, format)
  if (content.kind !== 'data' || !isFields(content.value)) return found.reading()
  const kind = String(content.value.record)
  if (!isWrittenKind(kind)) {
    const kinds = ['training', ...WRITTEN_KINDS]
    const suggestion = suggest(kind, kinds)
    const wanted = `a kind of record, such as ${nearest(kind, kinds, 3).join(', ')}`
    found.fault(['record'], {
      ...{ code: 'wrong_value', at: 'record', found: kind.slice(0, 80), wanted },
      ...(suggestion !== undefined && { suggestion }),
    })
    return found.reading()
  }
  const parsed = { value: content.value, problems: [], at: content.at }
  const { value, problems } = strict(recordSchema(kind), parsed, path)
  if (value === undefined) return { measurements: [], records: [], problems }
  const said: Fields = value
  impossibleDays(said, WRITTEN[kind], found)
  speaksTwice(said, WRITTEN[kind], found)
  unlistedClauses(said, WRITTEN[kind], found)
  found.record((source) => ({ ...recordOf(said, WRITTEN[kind]), kind: 'written', record: kind, source }))
  return found.reading()
}

function recordOf(said: Fields, kind: RecordKind): Omit<WrittenRecord, 'kind' | 'record' | 'source'> {
  const own = Object.entries(kind.fields)
  const outcome = kind.outcome.of.find((one) => one === said.outcome)
  const conditions = conditionsIn(said.conditions)
  const [date, expires] = [dayIn(said.date), dayIn(said.expires)]
  const same = sameParty(said, kind)
  const weak = weakIn(said, kind)
  const named = NAMED.flatMap((name) => {
    const text = Object.hasOwn(kind.fields, name) ? said[name] : undefined
    return typeof text === 'string' && fillOfText(text) === 'given' ? [[name, cut(text)] as const] : []
  })
  const choices = own.flatMap(([name, field]) =>
    field.kind === 'choice' && field.of.some((word) => word === said[name])
      ? [[name, String(said[name])] as const]
      : [],
  )
  const days = own.flatMap(([name, field]): readonly (readonly [string, string])[] => {
    const day = dayOf(field, said[name])
    return day === undefined ? [] : [[name, day]]
  })
  const shown = own.flatMap(([name, field]): readonly (readonly [string, ShownIn])[] => {
    const where = field.kind === 'test' ? shownIn(partOf(said[name], 'evidence')) : undefined
    return where === undefined ? [] : [[name, where]]
  })
  return {
    ...(typeof said.model === 'string' && { model: said.model }),
    owner: fillOfWho(said.owner),
    ...(date !== undefined && { date }),
    ...(expires !== undefined && { expires }),
    fields: Object.fromEntries([
      ...fillsOf(own, said),
      ['date', fillOfText(said.date)],
      ['expires', fillOfText(said.expires)],
      // Some of the words say nothing where they stand alone elsewhere.
      ['outcome', outcome === undefined ? fillOfText(said.outcome) : 'given'],
      ...(hasConditions(kind.outcome) ? [['conditions', fillOfConditions(said.conditions, conditions)]] : []),
    ]),
    ...(named.length > 0 && { named: Object.fromEntries(named) }),
    choices: Object.fromEntries(choices),
    days: Object.fromEntries(days),
    ...(shown.length > 0 && { shown: Object.fromEntries(shown) }),
    failing: failingIn(said, kind),
    ...(weak.length > 0 && { weak }),
    ...(same && { same }),
    ...(kind === WRITTEN['access-control'] && { access: accessIn(said) }),
    ...(outcome && { outcome }),
    conditions,
    ...partsOf(said, own),
  }
}

/** What of a record is no single value: an index, files that are signed for, and who signs. */
/** Enough for the names of several bases; what is cut through is no name. */
const MOST_OF_A_NAME = 1000

function cut(text: string): string {
  return text.length <= MOST_OF_A_NAME ? text : text.slice(0, MOST_OF_A_NAME).replace(/\S+$/, '').trim()
}

function partsOf(
  said: Fields,
  own: readonly (readonly [string, Field])[],
): Pick<WrittenRecord, 'answered' | 'signs' | 'signers'> {
  const of = (kind: Field['kind']) => own.flatMap(([name, field]) => (field.kind === kind ? [name] : []))
  const answered = of('answer').flatMap((name) => {
    const where = answeredIn(said[name])
    return where === undefined ? [] : [[name, where] as const]
  })
  const [signs, signers] = [of('files'), of('signers')]
  return {
    ...(of('answer').length > 0 && { answered: Object.fromEntries(answered) }),
    ...(signs.length > 0 && { signs: signs.flatMap((name) => signedFiles(said[name])) }),
    ...(signers.length > 0 && { signers: signers.flatMap((name) => reportSigners(said[name])) }),
  }
}

/** Answers that are given by two things at once, and signatures of a day on which nothing was tested yet. */
function speaksTwice(said: Fields, { fields }: RecordKind, found: Collector): void {
  for (const [name, { kind }] of Object.entries(fields)) {
    const twice = kind === 'answer' ? answeredTwice(said[name]) : []
    if (twice.length > 0)
      found.fault([name], {
        ...{ code: 'wrong_value', at: name, found: twice.join(' and ') },
        wanted: 'one of document with section, evidence, not_applicable',
      })
    const { first } = kind === 'signers' ? daysOfSigners(said[name]) : {}
    const done = dayIn(said.performed)
    if (first !== undefined && done !== undefined && first < done)
      found.fault([name], { code: 'contradiction', at: name, one: first, other: `performed ${done}` })
  }
}

function conditionsIn(value: unknown): readonly Condition[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: unknown): readonly Condition[] => {
    const { what, due, met, for: of } = isFields(one) ? one : {}
    if (typeof what !== 'string' || typeof due !== 'string') return []
    const done = typeof met === 'string' && { met }
    return [{ what: what.slice(0, 200), due, ...done, ...(typeof of === 'string' && { for: of }) }]
  })
}
