import { z } from 'zod'
import type { Push } from '../ledger/tips.ts'

export const Sha = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/)
// Made once: to make a schema takes longer than to parse a delivery by it.
const Head = z.object({ head_sha: Sha })
const CheckRun = z.object({ check_run: Head })
const CheckSuite = z.object({ check_suite: Head })
const MergeGroup = z.object({ merge_group: Head })
/** A repository that is gone was another one. */
const Proposed = z.object({ sha: Sha, repo: z.object({ id: z.number() }).nullish() })
const Repository = z.object({ id: z.number().optional() }).optional()
const PullRequest = z.object({
  pull_request: z.object({ state: z.string(), head: Proposed }),
  repository: Repository,
  changes: z.object({ base: z.unknown().optional() }).optional(),
})

const Reviewed = z.object({
  review: z.object({ state: z.string() }),
  pull_request: z.object({ merged_at: z.string().nullish(), head: Proposed }),
  repository: Repository,
})

const Pushed = z.object({
  ref: z.string().max(1000),
  before: Sha,
  after: Sha,
  deleted: z.boolean(),
  forced: z.boolean(),
  pusher: z.object({ name: z.string().max(200).optional() }).optional(),
  repository: z.object({ default_branch: z.string().min(1).max(200) }),
})

type Found = { readonly commit: string; readonly push?: Push; readonly fork?: true }
type Read = (payload: unknown) => string | undefined | Found

const head: Read = (payload) => {
  const { pull_request, repository } = PullRequest.parse(payload)
  return pull_request.state === 'open' ? proposed(pull_request.head, repository) : undefined
}

/** A head that may lie in another repository; where nobody says in which, it does not. */
function proposed(
  { sha: commit, repo }: z.infer<typeof Proposed>,
  own: z.infer<typeof Repository>,
): string | Found {
  const isOwn = repo === undefined || (repo !== null && repo.id === own?.id)
  return isOwn ? commit : { commit, fork: true }
}

/**
 * A review that decides nothing changes nothing. An approval that is taken back counts wherever it is not merged yet:
 * another pull request may have the same head.
 */
const reviewed: Read = (payload) => {
  const { review, pull_request, repository } = Reviewed.parse(payload)
  const merged = pull_request.merged_at !== undefined && pull_request.merged_at !== null
  return merged || review.state === 'commented' ? undefined : proposed(pull_request.head, repository)
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

/** The commit that each event is about; whatever is not here asks for no verdict. */
export const COMMIT_EVENTS: Readonly<Record<string, Read>> = {
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
