import type { Member } from '../core/answer.ts'
import { margin } from './numbers.ts'

const RANK = { unmet: 0, undecided: 1, met: 2 } as const

/** The members of a `for_each`, the one that is furthest from being met first. */
export function worstFirst(members: readonly Member[]): readonly Member[] {
  return [...members].sort(
    (a, b) => RANK[a.answer.outcome] - RANK[b.answer.outcome] || distance(a) - distance(b),
  )
}

function distance({ answer }: Member): number {
  return 'bound' in answer && 'observed' in answer ? margin(answer.observed.value, answer.bound) : 0
}
