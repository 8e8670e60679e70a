import { z } from 'zod'
import type { Push } from '../ledger/tips.ts'
import { type RunEvent, runEventOf } from './run-event.ts'
import type { Target } from './target.ts'

/** A verdict that an event asks for, and the installation that it is to be given as. */
export type Asked = {
  readonly installation: number
  readonly target: Target
  /** GitHub's id of the repository, which no renaming changes; absent where nobody told it. */
  readonly repositoryId?: number | undefined
}

/** The same as it comes back from the database. */
export const Asked = z.object({
  installation: z.int(),
  target: z.object({ owner: z.string(), repo: z.string(), branch: z.string(), commit: z.string() }),
  repositoryId: z.int().optional(),
})

/** What a delivery asks; `unreadable` where GitHub's own shape is missing, which the answer must show. */
export type Asking =
  | { readonly kind: 'verdict'; readonly asked: Asked; readonly push?: Push }
  /** A run ended, which commits may wait for, or began again; only the database knows which. */
  | ({ readonly kind: 'run' } & RunEvent)
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable'; readonly fault: string }

const Sha = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)
const Name = z.string().min(1).max(200)
// Made once: to make a schema takes longer than to parse a delivery by it.
const Action = z.object({ action: z.string() })
const Head = z.object({ head_sha: Sha })
const CheckRun = z.object({ check_run: Head })
const CheckSuite = z.object({ check_suite: Head })
const MergeGroup = z.object({ merge_group: Head })
const Where = z.object({
  repository: z.object({
    id: z.int().positive().optional().catch(undefined),
    name: Name,
    owner: z.object({ login: Name }),
    default_branch: Name,
  }),
  installation: z.object({ id: z.int().positive() }),
})
const PullRequest = z.object({
  pull_request: z.object({ state: z.string(), head: z.object({ sha: Sha }) }),
  changes: z.object({ base: z.unknown().optional() }).optional(),
})

const Reviewed = z.object({
  review: z.object({ state: z.string() }),
  pull_request: z.object({ merged_at: z.string().nullish(), head: z.object({ sha: Sha }) }),
})

const Pushed = z.object({
  ref: z.string().max(1000),
  before: Sha,
  after: Sha,
  deleted: z.boolean(),
  forced: z.boolean(),
  pusher: z.object({ name: z.string().max(200).optional() }).optional(),
  repository: z.object({ default_branch: Name }),
})

type Read = (payload: unknown) => string | undefined | { readonly commit: string; readonly push: Push }

const head: Read = (payload) => {
  const { pull_request } = PullRequest.parse(payload)
  return pull_request.state === 'open' ? pull_request.head.sha : undefined
}

/**
 * A review that decides nothing changes nothing. An approval that is taken back counts wherever it is not merged yet:
 * another pull request may have the same head.
 */
const reviewed: Read = (payload) => {
  const { review, pull_request } = Reviewed.parse(payload)
  const merged = pull_request.merged_at !== undefined && pull_request.merged_at !== null
  return merged || review.state === 'commented' ? undefined : pull_request.head.sha
}

/** Only the default branch: what is on others is judged when somebody wants to merge it. */
const tip: Read = (payload) => {
  const { ref, before, after, deleted, forced, pusher, repository } = Pushed.parse(payload)
  if (deleted || ref !== `refs/heads/${repository.default_branch}`) return undefined
  return {
    commit: after,
    push: { ref, before, after, forced, ...(pusher?.name !== undefined && { pusher: pusher.name }) },
  }
}

/** The commit that each event is about; whatever is not here asks for nothing. */
const EVENTS: Readonly<Record<string, Read>> = {
  'pull_request.opened': head,
  'pull_request.synchronize': head,
  'pull_request.reopened': head,
  'pull_request.ready_for_review': head,
  // A new title or description changes nothing that is judged; a new base may.
  'pull_request.edited': (payload) =>
    PullRequest.parse(payload).changes?.base === undefined ? undefined : head(payload),
  'pull_request_review.submitted': reviewed,
  'pull_request_review.edited': reviewed,
  'pull_request_review.dismissed': reviewed,
  'check_run.rerequested': (payload) => CheckRun.parse(payload).check_run.head_sha,
  'check_suite.rerequested': (payload) => CheckSuite.parse(payload).check_suite.head_sha,
  'merge_group.checks_requested': (payload) => MergeGroup.parse(payload).merge_group.head_sha,
  push: tip,
}

/** Those of them that may ask for nothing, which only the payload shows. */
const SOMETIMES = [
  'pull_request.edited',
  'pull_request_review.submitted',
  'pull_request_review.edited',
  'pull_request_review.dismissed',
  'push',
]
const RUN = 'workflow_run'

/** What can be told of a delivery by its name alone: whether it asks for a verdict. */
export function asks(event: string, action: string | null): 'always' | 'sometimes' | 'never' {
  const name = action === null ? event : `${event}.${action}`
  if (event === RUN) return 'sometimes'
  if (!Object.hasOwn(EVENTS, name)) return 'never'
  return SOMETIMES.includes(name) ? 'sometimes' : 'always'
}

/** Turns a delivery into the verdict that it asks for, and nothing else. Never throws. */
export function askedBy(event: string, payload: unknown): Asking {
  const action = Action.safeParse(payload)
  const name = action.success ? `${event}.${action.data.action}` : event
  const read = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined
  if (read === undefined && event !== RUN) return { kind: 'nothing' }
  try {
    if (read === undefined) return { kind: 'run', ...runEventOf(payload) }
    const found = read(payload)
    if (found === undefined) return { kind: 'nothing' }
    const { commit, ...more } = typeof found === 'string' ? { commit: found } : found
    const { repository, installation } = Where.parse(payload)
    const { id: repositoryId, name: repo, owner, default_branch: branch } = repository
    return {
      kind: 'verdict',
      asked: {
        installation: installation.id,
        target: { owner: owner.login, repo, branch, commit },
        ...(repositoryId !== undefined && { repositoryId }),
      },
      ...more,
    }
  } catch (error) {
    const first = error instanceof z.ZodError ? error.issues[0]?.path.join('.') : undefined
    return { kind: 'unreadable', fault: `${name} came without a usable ${first || 'payload'}` }
  }
}
