import type { Criterion } from '../checks/index.ts'
import type { Problem } from '../core/problem.ts'
import { TRAINING_FIELDS } from '../core/record.ts'
import { controlsOf, isWrittenKind, type RecordName, WRITTEN } from '../core/records/kinds.ts'
import { hasConditions } from '../core/records/outcome.ts'
import { suggest } from '../core/suggest.ts'
import type { Parsed } from '../text/parsed.ts'

/** Criteria that ask a record for a field that its kind does not have, or for a control that it says nothing of. */
export function recordProblems(
  criteria: readonly Criterion[],
  parsed: Parsed,
  path: string,
): readonly Problem[] {
  return criteria.flatMap((criterion, index): readonly Problem[] => {
    if (criterion.check !== 'record') return []
    const { record, control, fields = [] } = criterion
    const known = fieldsOf(record)
    const unknown = fields.flatMap((field, at): readonly Problem[] => {
      if (known.includes(field)) return []
      const keys = ['criteria', index, 'fields', at]
      const suggestion = suggest(field, known)
      const place = { path, ...parsed.at(keys) }
      const wanted = `one of ${known.join(', ')}`
      const fault = { code: 'wrong_value', at: keys.join('.'), found: field.slice(0, 80), wanted } as const
      return [{ ...place, ...fault, ...(suggestion !== undefined && { suggestion }) }]
    })
    const answers = controlsOf(record)
    if (answers.includes(control)) return unknown
    const place = { path, ...parsed.at(['criteria', index, 'control']) }
    return [...unknown, { ...place, code: 'record_of_other_control', record, control, answers }]
  })
}

/** The fields that criteria may ask of a kind of record. */
export function fieldsOf(record: RecordName): readonly string[] {
  if (record === 'training') return TRAINING_FIELDS
  if (!isWrittenKind(record)) return []
  const { fields, outcome } = WRITTEN[record]
  return [...Object.keys(fields), 'expires', 'outcome', ...(hasConditions(outcome) ? ['conditions'] : [])]
}
