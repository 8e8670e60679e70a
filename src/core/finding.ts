import type { Answer } from './answer.ts'
import type { Place } from './place.ts'

/** Which version of the criteria an answer comes from; `both` where they ask the same. */
export type Version = 'registered' | 'today' | 'both'

/** One criterion's answer for one release. */
export type Finding = {
  readonly criterion: string
  readonly control: string
  readonly blocking: boolean
  readonly version: Version
  readonly answer: Answer
  /** The criterion's line in the criteria file, with the blob that was judged. */
  readonly asked?: Place & { readonly sha: string }
}
