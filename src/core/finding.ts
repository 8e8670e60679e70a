import type { Answer } from './answer.ts'
import type { Place } from './place.ts'

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
}
