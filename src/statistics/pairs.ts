import { type NoBounds, none } from './bounds.ts'

/** Two models on the same samples: how often both, only one, or neither of them was right. */
export type Pairs = {
  readonly both: number
  readonly onlyOne: number
  readonly onlyOther: number
  readonly neither: number
}

export function pairsFault({ both, onlyOne, onlyOther, neither }: Pairs): NoBounds | undefined {
  const counts = [both, onlyOne, onlyOther, neither]
  if (!counts.every((count) => Number.isFinite(count) && count >= 0)) return none('not_valid')
  return counts.every((count) => count === 0) ? none('no_samples') : undefined
}

export function sizeOf({ both, onlyOne, onlyOther, neither }: Pairs): number {
  return both + onlyOne + onlyOther + neither
}
