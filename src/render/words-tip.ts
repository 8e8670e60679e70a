import type { Retired, Verdict } from '../core/verdict.ts'
import { names, quoted, type Sentence, sentence } from './sentence.ts'

/** The words for what reached the default branch and is no go. */
export const MERGED_WITHOUT_GO = {
  title: 'merged without a go',
  says: ({ branch }: Verdict): Sentence =>
    sentence`it is on ${quoted(branch)} all the same: it was merged without a go, and no later release is compared with it`,
  next: ({ branch }: Verdict): Sentence =>
    sentence`revert it on ${quoted(branch)}, or merge what is missing; until then deploy nothing of it, and see that ${quoted('go/no-go')} is required of whoever merges`,
} as const

/** A model that is gated no more, and by whose word. */
export function retiredSentence({ model, by }: Retired): Sentence {
  return sentence`${quoted(model)} is released no more, as ${names(by)} approved`
}

/** What is said of criteria that a commit changes: before they are merged, and after. */
export const CHANGED_CRITERIA = {
  proposed: {
    head: 'Proposed criteria',
    says: 'This change edits criteria; that has no effect on this verdict. The proposed criteria hold for work that begins after they are merged.',
  },
  pushed: {
    head: 'Changed criteria',
    says: 'This push changed criteria. They hold for work that begins after it, and open pull requests are judged again.',
  },
} as const

/** How long a verdict holds. */
export function holdsUntil(until: string): Sentence {
  return sentence`what it rests on holds until ${quoted(until)}`
}
