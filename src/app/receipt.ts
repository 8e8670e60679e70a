import type { Received } from '../core/registration.ts'
import type { Verdict } from '../core/verdict.ts'
import { append } from '../ledger/chain.ts'
import { pushOf } from '../ledger/receipts.ts'
import type { ReceiptBody } from '../ledger/received.ts'
import type { Store } from '../ledger/store.ts'
import { renderReceipt } from '../render/receipt.ts'
import type { Coordinates, GitHub } from '../sources/github/client.ts'
import type { Objects } from '../sources/github/objects.ts'
import { openRemote } from '../sources/github/remote.ts'
import { mayNotSee } from '../sources/github/runs.ts'
import type { Log } from './handle.ts'

export type Receiving = {
  readonly github: GitHub
  readonly at: Coordinates
  readonly objects: Objects
  readonly store: Store
  readonly clock: () => Date
  readonly log: Log
}

type PullRequest = NonNullable<ReceiptBody['pull_request']>

const PAGE = 100
const MOST_PAGES = 10

/** Whether a verdict is on a tip that changed what is under `.gonogo/`. */
export function bringsCriteria({ pushed, proposals }: Verdict): boolean {
  return pushed === true && proposals.length > 0
}

/**
 * Says that criteria reached the default branch, where a judged tip changed them: a commit status for people, and a
 * row of the ledger. Each tip has one row; a status that was set and not recorded is set again.
 */
export async function giveReceipt(receiving: Receiving, verdict: Verdict): Promise<void> {
  const { github, at, objects, store, clock, log } = receiving
  const { commit, proposals, repository, branch } = verdict
  if (!bringsCriteria(verdict)) return
  const push = await pushOf(store.db, repository, commit)
  if (push === undefined || push.received) return
  const remote = openRemote(github, at, objects)
  const [pull, files] = await Promise.all([
    pullRequestOf(github, at, commit),
    Promise.all(
      proposals.map(async ({ path, change, model }) => {
        const entry = await remote.entry(commit, path)
        const blob = entry !== undefined && entry.kind !== 'folder' ? entry.oid : undefined
        return { path, change, ...(model !== undefined && { model }), ...(blob !== undefined && { blob }) }
      }),
    ),
  ])
  const faulty = proposals.some(({ problems }) => problems.length > 0)
  const status = renderReceipt({ files, faulty, ...(pull && { pullRequest: pull.number }) })
  const { owner, repo } = at
  try {
    await github.rest.repos.createCommitStatus({ owner, repo, sha: commit, ...status })
  } catch (error) {
    // The ledger is what counts, and the permission for the other may be missing.
    if (!mayNotSee(error)) throw error
    log.info({ owner, repo, commit }, 'receipt without a status')
  }
  const body: ReceiptBody = {
    branch,
    tip: commit,
    files: files.map(({ path, change, blob }) => ({ path, change, ...(blob !== undefined && { blob }) })),
    pushed: push.at,
    ...(push.pusher !== undefined && { pusher: push.pusher }),
    ...(pull && { pull_request: pull }),
  }
  const row = { kind: 'receipt', at: clock().toISOString(), repository, commit, body } as const
  await store.db.transaction().execute((trx) => append(trx, [row]))
}

/** The pull request whose merge made the commit, with who merged it and who approved it at last. */
async function pullRequestOf(
  { rest }: GitHub,
  { owner, repo, branch }: Coordinates,
  commit: string,
): Promise<PullRequest | undefined> {
  const { data } = await rest.repos.listPullRequestsAssociatedWithCommit({ owner, repo, commit_sha: commit })
  const merged = data.find(
    ({ merged_at, merge_commit_sha, base }) =>
      merged_at !== null && merge_commit_sha === commit && base.ref === branch,
  )
  if (merged === undefined) return undefined
  const about = { owner, repo, pull_number: merged.number }
  const by = (await rest.pulls.get(about)).data.merged_by?.login
  const last = new Map<string, string>()
  for (let page = 1, count = PAGE; count === PAGE && page <= MOST_PAGES; page += 1) {
    const reviews = (await rest.pulls.listReviews({ ...about, per_page: PAGE, page })).data
    count = reviews.length
    for (const { user, state } of reviews)
      if (user !== null && state !== 'COMMENTED' && state !== 'PENDING') last.set(user.login, state)
  }
  return {
    number: merged.number,
    ...(by !== undefined && { merged_by: by }),
    approved_by: [...last].flatMap(([login, state]) => (state === 'APPROVED' ? [login] : [])).toSorted(),
  }
}

/** How criteria reached the default branch, by their receipt. */
export function receivedBy({ pushed, pusher, pull_request: pull }: ReceiptBody): Received {
  return {
    at: pushed,
    ...(pusher !== undefined && { pusher }),
    ...(pull && {
      pullRequest: {
        number: pull.number,
        ...(pull.merged_by !== undefined && { mergedBy: pull.merged_by }),
        approvedBy: pull.approved_by,
      },
    }),
  }
}
