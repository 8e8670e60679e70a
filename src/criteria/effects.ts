import type { Effect, FieldChange } from '../core/deviation.ts'
import { canonicalJson } from '../text/canonical.ts'

/** What a key comes to when it changes; `undefined` stands for a key that is not given. */
export type Rule = (before: unknown, after: unknown) => Effect

/** The two that a set, a number or a demand can go through. */
const OPPOSITE = { tightened: 'loosened', loosened: 'tightened' } as const
type Direction = keyof typeof OPPOSITE

/** Whatever differs can't be compared. */
export const incomparable: Rule = () => 'changed'

/** A demand that is given newly asks for more; one of another value can't be compared. */
export const demanded: Rule = (before, after) =>
  before === undefined ? 'tightened' : after === undefined ? 'loosened' : 'changed'

/** A number, and what more of it does; to give one at all tightens. */
export function number(more: Direction): Rule {
  return (before, after) =>
    typeof before === 'number' && typeof after === 'number'
      ? after > before
        ? more
        : OPPOSITE[more]
      : demanded(before, after)
}

/** A place on a scale, weakest first. */
export function scale(steps: readonly unknown[]): Rule {
  return (before, after) => (steps.indexOf(after) > steps.indexOf(before) ? 'tightened' : 'loosened')
}

/** A set, and what more members do; not given is empty. */
export function set(more: Direction): Rule {
  return (before, after) => {
    const [old, young] = [members(before), members(after)]
    if (old === undefined || young === undefined) return 'changed'
    if (young.isSupersetOf(old)) return more
    return old.isSupersetOf(young) ? OPPOSITE[more] : 'changed'
  }
}

/** Headings, each by the names that it may have: one that may have fewer of them is asked more of. */
export const headings: Rule = (before, after) => {
  const [old, young] = [listsIn(before), listsIn(after)]
  if (old === undefined || young === undefined) return 'changed'
  if (includesAll(young, old)) return 'tightened'
  return includesAll(old, young) ? 'loosened' : 'changed'
}

type Lists = readonly (readonly unknown[])[]

/** Whether what writes all of the one has written all of the other. */
function includesAll(all: Lists, some: Lists): boolean {
  return some.every((names) => all.some((own) => own.every((name) => names.includes(name))))
}

function listsIn(value: unknown): Lists | undefined {
  if (value === undefined) return []
  if (!Array.isArray(value)) return undefined
  return value.map((names: unknown) => (Array.isArray(names) ? names : [names]))
}

function members(value: unknown): ReadonlySet<string> | undefined {
  if (value === undefined) return new Set()
  return Array.isArray(value) ? new Set(value.map(canonicalJson)) : undefined
}

/** What a key comes to, and how the file writes it, if it does. */
export type Ask = { readonly meaning: unknown; readonly written: unknown }

/** Everything that a criterion or a setting asks, by key. */
export type Asks = ReadonlyMap<string, Ask>

/** Key by key what differs, in the order of the keys. What means the same and is written otherwise is reworded. */
export function fieldChanges(
  before: Asks,
  after: Asks,
  ruleOf: (key: string) => Rule,
): readonly FieldChange[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return keys.flatMap((field): readonly FieldChange[] => {
    const [old, young] = [before.get(field), after.get(field)]
    // What neither version writes follows from another key, which says it.
    if (old?.written === undefined && young?.written === undefined) return []
    const shown = { ...textOf('before', old?.written), ...textOf('after', young?.written) }
    if (!same(old?.meaning, young?.meaning))
      return [{ field, effect: ruleOf(field)(old?.meaning, young?.meaning), ...shown }]
    return same(old?.written, young?.written) ? [] : [{ field, effect: 'reworded', ...shown }]
  })
}

/** Every key that is given, as what is asked newly or no more. */
export function allFields(asks: Asks, side: 'before' | 'after'): readonly FieldChange[] {
  const effect: Effect = side === 'after' ? 'tightened' : 'loosened'
  return [...asks]
    .filter(([, { written }]) => written !== undefined)
    .map(([field, { written }]) => ({ field, effect, ...textOf(side, written) }))
    .toSorted((a, b) => (a.field < b.field ? -1 : 1))
}

function same(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other
  return canonicalJson(one) === canonicalJson(other)
}

/** Longer than any value that a person compares by eye. */
const SHOWN = 300

function textOf(side: 'before' | 'after', value: unknown): Pick<FieldChange, typeof side> {
  if (value === undefined) return {}
  const text = flow(value)
  return { [side]: text.length > SHOWN ? `${text.slice(0, SHOWN - 1).toWellFormed()}…` : text }
}

/** A value as YAML writes it on one line, near enough for a person. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${flow(inner)}`)
    .join(', ')} }`
}
