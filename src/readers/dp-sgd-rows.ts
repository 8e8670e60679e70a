import { shortName } from './groups.ts'
import { type Fields, isFields } from './narrow.ts'

type Keys = readonly (string | number)[]

/** One training as a file tells of it: its fields, and the delta that is in it or stands for the whole file. */
export type DpRow = {
  readonly fields: Fields
  readonly keys: Keys
  readonly delta: unknown
  readonly label: Readonly<Record<string, string>>
}

const SPENT = '(?:actual|spent|final|achieved)'
export const EPSILON_KEY = new RegExp(
  `^(?:dp_)?(?:(?:target|${SPENT})_)?(?:epsilon|eps)(?:_(?:target|${SPENT}))?$`,
  'i',
)
/** What was aimed at is no result. */
export const TARGET_KEY = /target/i
const DELTA_KEY = /^(?:dp_)?(?:target_)?delta$/i
/** An epsilon alone may be that of an attack, an optimizer or a policy: these say that it is a budget. */
const BESIDE = /^(?:noise_multiplier|l2_norm_clip|accountant|(?:dp_)?(?:target_)?delta)$/i
const BUDGET_KEY = /^dp_|target|actual|spent|achieved/i

/** The trainings with a privacy budget in a file: the whole of it, or what lies one step or a list below. */
export function dpRows(value: unknown): readonly DpRow[] {
  const whole = rowOf(value, [], undefined, {})
  if (whole) return [whole]
  const delta = isFields(value) ? deltaOf(value) : undefined
  return entriesOf(value).flatMap(([key, inner]) => {
    const row = rowOf(inner, [key], delta, {})
    if (row) return [row]
    if (!Array.isArray(inner)) return []
    return inner.flatMap(
      (item, index) => rowOf(item, [key, index], delta, { config: String(index + 1) }) ?? [],
    )
  })
}

function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return [...value.entries()]
  return isFields(value) ? Object.entries(value) : []
}

function rowOf(
  value: unknown,
  keys: Keys,
  outer: unknown,
  label: Readonly<Record<string, string>>,
): DpRow | undefined {
  if (!isFields(value)) return undefined
  const names = Object.keys(value)
  const epsilons = names.filter((name) => EPSILON_KEY.test(name))
  const told = names.some((name) => BESIDE.test(name)) || epsilons.some((name) => BUDGET_KEY.test(name))
  if (epsilons.length === 0 || !told) return undefined
  const config = shortName(value.config ?? value.name)
  const own = config === undefined ? label : { config }
  return { fields: value, keys, delta: deltaOf(value) ?? outer, label: own }
}

function deltaOf(fields: Fields): unknown {
  const name = Object.keys(fields).find((key) => DELTA_KEY.test(key))
  return name === undefined ? undefined : fields[name]
}

/** A delta as a label: however it is written, `1e-5`. */
export function deltaLabel(delta: number): string {
  return delta === 0 ? '0' : delta.toExponential()
}
