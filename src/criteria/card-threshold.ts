import type { Claim } from './card-claims.ts'
import type { Known } from './card-parts.ts'

const THRESHOLD = /\bthresholds? (?:of |at |= |: )?(\d{0,3}[.,]?\d{1,6})\b/gi

/** The threshold that a claim says it is at, in its row, beside it, or as the only one of its sentence. */
export function thresholdIn({ beside = [], label = '', near = '', said = '' }: Claim): number | undefined {
  const cell = beside.find(({ column }) => /^(?:decision )?thresholds?$/i.test(column.trim()))?.cell
  const [close] = `${label} ${near}`.matchAll(THRESHOLD)
  const [only, another] = said.matchAll(THRESHOLD)
  const text = cell ?? close?.[1] ?? (another === undefined ? only?.[1] : undefined) ?? ''
  const number = Number(text.replace(',', '.'))
  return text === '' || Number.isNaN(number) ? undefined : number
}

/** What was measured at a threshold; nothing where all was measured at others. */
export function atThreshold(
  threshold: number | undefined,
  known: readonly Known[],
): readonly Known[] | undefined {
  const given = known.filter(({ one }) => Object.hasOwn(one.labels, 'threshold'))
  if (threshold === undefined || given.length === 0) return known
  const same = given.filter(({ one }) => Number(one.labels.threshold) === threshold)
  return same.length === 0 ? undefined : same
}
