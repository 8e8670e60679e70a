import { type Acceptable, not, yes } from './accepted-value.ts'
import type { IntegrityAnswer } from './integrity-answer.ts'
import { INTEGRITY_FACTS, isHolding } from './integrity-facts.ts'

/** What may be accepted of a training: what is not pinned, or not known; never what contradicts something. */
export function acceptableIntegrity({
  of,
  facts,
  more,
}: Exclude<IntegrityAnswer, { outcome: 'met' }>): Acceptable {
  const wanted = facts.filter((fact) => !isHolding(fact))
  const kinds = wanted.map(({ what }) => INTEGRITY_FACTS[what])
  if (kinds.includes('contradiction')) return not('contradiction')
  if (more > 0 || wanted.length === 0 || kinds.includes('unclear')) return not('unclear')
  const items = wanted.map((fact) => Object.values(fact).join(' '))
  return yes({ what: 'lacking', of: of.join(' '), items })
}
