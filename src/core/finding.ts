import type { Answer, Outcome } from './answer.ts'
import { BUILT_IN } from './controls.ts'
import type { Place } from './place.ts'
import type { Held } from './waiver.ts'

/**
 * Which criteria an answer comes from: a version of the repository's (`both` where they ask the same) or the
 * floor's, whose ids are its own and may repeat the repository's.
 */
export type Version = 'registered' | 'today' | 'both' | 'floor'

/** One criterion's answer for one release. */
export type Finding = {
  readonly criterion: string
  readonly control: string
  readonly blocking: boolean
  readonly version: Version
  readonly answer: Answer
  /** How the dataset that it was measured on was fixed; of several the least. Absent where nothing is known of it. */
  readonly exam?: 'pinned' | 'weak' | 'chosen'
  /** The criterion's line in the criteria file, with the blob that was judged. */
  readonly asked?: Place & { readonly sha: string }
  /** The waiver that holds for it. */
  readonly waiver?: Held
}

/** What a finding comes to, a waiver included; nothing that is built in is ever waived. */
export function outcomeOf({ answer, control, waiver }: Finding): Outcome {
  const isWaived = waiver !== undefined && answer.outcome !== 'met' && !BUILT_IN.includes(control)
  return isWaived ? 'waived' : answer.outcome
}
