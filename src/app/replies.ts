import { openReplyNote } from '../ledger/replies.ts'
import type { Store } from '../ledger/store.ts'
import { REPLY_MARK } from '../render/reply.ts'
import { type GitHub, statusOf } from '../sources/github/client.ts'
import { postponement } from './limits.ts'

/** The comment that is answered, and by which app. */
export type Replying = {
  readonly appId: number
  readonly store: Store
  readonly clock: () => Date
  readonly owner: string
  readonly repo: string
  readonly pull: number
  readonly comment: number
  readonly by: string
  /** When the comment was created; ISO 8601. */
  readonly at: string
}

const PAGE = 100
const MOST_PAGES = 10

/** Answers a comment, once: after a crash GitHub is asked whether that was done. Tells whether it could be told. */
export async function reply(github: GitHub, replying: Replying, body: string): Promise<boolean> {
  const { owner, repo, pull, clock } = replying
  const note = noteOf(replying)
  const last = await note.last()
  if (last === 'posted') return true
  if (last === 'none' || !(await isAnswered(github, replying))) {
    await note.posting(clock())
    try {
      await github.rest.issues.createComment({
        owner,
        repo,
        issue_number: pull,
        body,
        // Octokit would post again on a 5xx, which leaves two answers where the first was taken after all.
        request: { retries: 0 },
      })
    } catch (error) {
      // A conversation that is locked or gone hears no answer, however often it is tried.
      const status = statusOf(error)
      const isDeaf = status === 403 || status === 404 || status === 410
      if (!isDeaf || postponement(error, clock()) !== undefined) throw error
      await note.posted(clock())
      return false
    }
  }
  await note.posted(clock())
  return true
}

/** Whether a comment was answered, as far as the app noted it. */
export async function wasAnswered(replying: Replying): Promise<boolean> {
  return (await noteOf(replying).last()) === 'posted'
}

function noteOf({ store, owner, repo, comment, by }: Replying) {
  return openReplyNote(store.db, { repository: `${owner}/${repo}`, comment, by })
}

/** Anybody may write the mark into a comment: only one that this app posted counts. */
async function isAnswered({ rest }: GitHub, replying: Replying): Promise<boolean> {
  const { owner, repo, pull, at: since, appId, comment } = replying
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const about = { owner, repo, issue_number: pull, since, per_page: PAGE, page }
    const { data } = await rest.issues.listComments(about)
    const isThere = data.some(
      ({ performed_via_github_app: app, body = '' }) =>
        app?.id === appId && body.startsWith(REPLY_MARK(comment)),
    )
    if (isThere) return true
    if (data.length < PAGE) return false
  }
  return true
}
