import type { Deviation } from '../core/verdict.ts'
import type { Criteria } from './criteria.ts'

/** Which criteria an amendment adds, removes or changes, by id in order; `(risk)` is the key above them. */
export function difference(before: Criteria | undefined, after: Criteria | undefined): readonly Deviation[] {
  // Where a whole file comes or goes, its settings say nothing that its criteria do not.
  const whole = before === undefined || after === undefined
  const [one, other] = [byId(before, whole), byId(after, whole)]
  const ids = [...new Set([...one.keys(), ...other.keys()])].toSorted()
  return ids.flatMap((criterion): readonly Deviation[] => {
    const [old, young] = [one.get(criterion), other.get(criterion)]
    if (old === undefined) return [{ criterion, change: 'added' }]
    if (young === undefined) return [{ criterion, change: 'removed' }]
    return old === young ? [] : [{ criterion, change: 'changed' }]
  })
}

/** One criterion or setting as canonical text, so that order of keys and comments do not matter. */
function byId(criteria: Criteria | undefined, whole: boolean): ReadonlyMap<string, string> {
  if (criteria === undefined) return new Map()
  const { criteria: asked, ...settings } = criteria
  const above = (whole ? [] : Object.entries(settings)).map(
    ([key, value]) => [`(${key})`, canonicalJson(value)] as const,
  )
  return new Map([...above, ...asked.map((criterion) => [criterion.id, canonicalJson(criterion)] as const)])
}

/** JSON with sorted keys: the same text for the same data. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
}
