import { metricOf } from '../core/metrics.ts'

/** Longer is prose, and no name of anything. */
const MAX_NAME = 100

/** `scope` says what a number of a fairness, robustness or privacy report is about. */
type Labels = Readonly<Record<string, string>>

/** Labels of the whole, which no group has. */
export const OVERALL: Labels = { scope: 'overall' }

/** A name short enough to be a label, or undefined; numbers and truth values are names too. */
export function shortName(value: unknown): string | undefined {
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const name = scalar ? String(value).trim() : ''
  return name === '' || name.length > MAX_NAME || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) ? undefined : name
}

/** Labels of one group: each attribute with its value, `sex: F`; of several together it is an intersection. */
export function groupLabels(members: readonly (readonly [attribute: string, value: string])[]): Labels {
  return { ...Object.fromEntries(members), scope: members.length > 1 ? 'intersection' : 'group' }
}

/** Labels of what compares the groups of an attribute; where one is compared with a reference, both. */
export function comparisonLabels(across: string | undefined, more: Labels = {}): Labels {
  return { ...more, scope: 'comparison', ...(across === undefined ? {} : { across }) }
}

/** A metric as people spell it, `True Positive Rate (TPR)`, by the table's name; as written where the table has none. */
export function spelled(name: string): string {
  if (name.length > MAX_NAME) return name
  const plain = name
    .replaceAll(/\s*\([^()]{0,40}\)/g, '')
    .trim()
    .replaceAll(/[\s-]+/g, '_')
    .toLowerCase()
  return (metricOf(name) ?? metricOf(plain))?.name ?? name.trim()
}

/** True where the table of metrics has the name, however it is spelled. */
export function isKnown(name: string): boolean {
  return metricOf(spelled(name)) !== undefined
}
