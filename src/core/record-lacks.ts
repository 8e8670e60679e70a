import type { Lack } from './record-answer.ts'
import { isRequired, WRITTEN } from './records/kinds.ts'
import { standingOf } from './records/outcome.ts'
import type { WrittenRecord } from './written-record.ts'

/** What is not filled in of a record: of the fields that its kind always has, of those that are `asked` beside them, and of whatever else stands there. */
export function lacksOf(record: WrittenRecord, asked: readonly string[]): readonly Lack[] {
  const { fields, expires } = WRITTEN[record.record]
  const required = Object.entries(fields).flatMap((entry) =>
    isRequired(entry, record.choices, asked) ? [entry[0]] : [],
  )
  const conditional = standingOf(record.outcome) === 'conditional' ? ['conditions'] : []
  const wanted = new Set([
    'date',
    ...(expires ? ['expires'] : []),
    ...required,
    'outcome',
    ...conditional,
    ...asked,
  ])
  const all = new Set([...wanted, ...Object.keys(record.fields)])
  return [...all].flatMap((field): readonly Lack[] => {
    const why = Object.hasOwn(record.fields, field) ? (record.fields[field] ?? 'missing') : 'missing'
    // What is written and not asked must be filled in all the same: a TODO is one wherever it stands.
    if (why === 'given' || (why === 'missing' && !wanted.has(field))) return []
    return [{ field, why }]
  })
}
