import type { TestOutcome } from '../core/record.ts'
import { pointer } from '../text/pointer.ts'
import type { Collector } from './collect.ts'
import { type Fields, fieldsAt, isFields, isNumber } from './narrow.ts'
import { nameOf } from './suite.ts'

type Keys = readonly (string | number)[]
type Claims = readonly (readonly [key: string, counted: number])[]

/** What a validation says of all its expectations, against each of them: results may have been cut out. */
export function contradictions(
  fields: Fields,
  outcomes: readonly TestOutcome[],
  keys: Keys,
  found: Collector,
): void {
  const passed = outcomes.filter((outcome) => outcome === 'passed').length
  const claims: Claims = [
    ['evaluated_expectations', outcomes.length],
    ['successful_expectations', passed],
    ['unsuccessful_expectations', outcomes.length - passed],
  ]
  counts(fields, [claims, passed, outcomes.length], keys, found)
  success(fields, { passed, of: outcomes.length, what: 'results' }, keys, found)
}

/** What a checkpoint says of all its validations, against whether each of them passed. */
export function ofCheckpoint(fields: Fields, validations: readonly boolean[], found: Collector): void {
  if (!isFields(fields.run_results)) return
  const given = Object.keys(fields.run_results).length
  const passed = validations.filter(Boolean).length
  if (given !== validations.length) found.malformed(['run_results'], 'validations with their results')
  const claims: Claims = [
    ['evaluated_validations', validations.length],
    ['successful_validations', passed],
    ['unsuccessful_validations', validations.length - passed],
  ]
  counts(fields, [claims, passed, validations.length], [], found)
  success(fields, { passed, of: validations.length, what: 'validations' }, [], found)
}

function counts(
  fields: Fields,
  [claims, passed, all]: readonly [Claims, number, number],
  keys: Keys,
  found: Collector,
): void {
  const statistics = fieldsAt(fields, 'statistics')
  for (const [key, counted] of claims) {
    const said = statistics[key]
    if (said !== undefined && said !== counted)
      contradicted([...keys, 'statistics', key], said, counted, found)
  }
  const { success_percent: percent } = statistics
  const counted = (100 * passed) / all
  if (all > 0 && isNumber(percent) && Math.abs(percent - counted) > MOST_ROUNDED)
    contradicted([...keys, 'statistics', 'success_percent'], percent, Number(counted.toFixed(2)), found)
}

/** What is shown of a share may have no digits behind its point. */
const MOST_ROUNDED = 0.5

function contradicted(at: Keys, said: unknown, counted: number, found: Collector): void {
  const one = nameOf(JSON.stringify(said))
  found.fault(at, { code: 'contradiction', at: pointer(at), one, other: `${counted} by its results` })
}

function success(
  { success: said }: Fields,
  { passed, of, what }: { readonly passed: number; readonly of: number; readonly what: string },
  keys: Keys,
  found: Collector,
): void {
  const at = [...keys, 'success']
  if (said !== undefined && typeof said !== 'boolean') found.malformed(at, 'true or false')
  if (said === true && passed < of)
    found.fault(at, {
      ...{ code: 'contradiction', at: pointer(at), one: 'success' },
      other: `${of - passed} ${what} that are none`,
    })
  if (said === false && passed === of)
    found.fault(at, {
      ...{ code: 'contradiction', at: pointer(at), one: 'no success' },
      other: `${of} ${what}, all of them successful`,
    })
}
