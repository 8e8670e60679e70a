import type { Delivery } from '../ledger/taking.ts'
import { Asked, type Asking, CommitAsked } from './asked.ts'
import type { RunEvent } from './run-event.ts'
import { keyOf, loggedOf, workKeyOf } from './target.ts'

/** What was heard, and when; `delivered` is when GitHub first tried, where that was earlier. */
type Heard = {
  readonly id: string
  readonly event: string
  readonly at: Date
  readonly delivered?: Date
}

type Verdict = Omit<Extract<Asking, { kind: 'verdict' }>, 'kind'>
type Task = Omit<Extract<Asking, { kind: 'task' }>, 'kind'>

/** A delivery as the queue takes it, however it came to us: by webhook, from GitHub's log, or from our own work. */
export function deliveryOf(
  { id, event, at, delivered = at }: Heard,
  { asked, push }: Verdict | (Task & { readonly push?: never }),
): Delivery {
  const { owner, repo } = 'target' in asked ? asked.target : asked.at
  return {
    id,
    event,
    at: at.toISOString(),
    key: workKeyOf(asked),
    group: String(asked.installation),
    repository: `${owner}/${repo}`,
    commit: 'target' in asked ? asked.target.commit : '',
    asked,
    ...(push && { push, tip: { before: push.before, deliveredAt: delivered.toISOString() } }),
  }
}

/** Keeps what is told of a run, and gives what commits that wait for it asked for. */
export type Awaited = (run: RunEvent) => Promise<readonly string[]>

/** All that a delivery asks for: a run that ended may be waited for by more commits than one. */
export async function deliveriesOf(
  heard: Heard,
  asking: Asking,
  awaited: Awaited,
): Promise<readonly Delivery[]> {
  switch (asking.kind) {
    case 'verdict':
    case 'task':
      return [deliveryOf(heard, asking)]
    case 'run': {
      const all = (await awaited(asking)).map((text) => CommitAsked.parse(JSON.parse(text)))
      // Under the same ids when it is sent again.
      return all.map((asked) => deliveryOf({ ...heard, id: `${heard.id}:${keyOf(asked.target)}` }, { asked }))
    }
    case 'installation':
    case 'renamed':
    case 'nothing':
    case 'unreadable':
      return []
  }
}

/** What a delivery asks, for the log. */
export function toldOf({ asked }: Delivery): Readonly<Record<string, unknown>> {
  return loggedOf(Asked.parse(asked))
}
