import type { Delivery } from '../ledger/taking.ts'
import type { Asking } from './asked.ts'
import { keyOf } from './target.ts'

/** What of our own work asks for a verdict, as the ledger calls it. */
export type OwnEvent = 'sweep' | 'expiry'

/** What was heard, and when; `delivered` is when GitHub first tried, where that was earlier. */
type Heard = {
  readonly id: string
  readonly event: string
  readonly at: Date
  readonly delivered?: Date
}

/** A delivery as the queue takes it, however it came to us: by webhook, from GitHub's log, or from our own work. */
export function deliveryOf(
  { id, event, at, delivered = at }: Heard,
  { asked, push }: Omit<Extract<Asking, { kind: 'verdict' }>, 'kind'>,
): Delivery {
  const { owner, repo, commit } = asked.target
  return {
    id,
    event,
    at: at.toISOString(),
    key: keyOf(asked.target),
    group: String(asked.installation),
    repository: `${owner}/${repo}`,
    commit,
    asked,
    ...(push && { push, tip: { before: push.before, deliveredAt: delivered.toISOString() } }),
  }
}
