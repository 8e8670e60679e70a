import { createHash } from 'node:crypto'
import { type Review, renderReviewReplaced, type ShownLines } from '../render/review.ts'
import { type Coordinates, type GitHub, statusOf } from '../sources/github/client.ts'
import { shownLines } from './diff-lines.ts'

/** What is known of the review that this app posted on a pull request; a port. */
export type Standing = {
  readonly review?: number
  readonly comments: string
  readonly text: string
  readonly holds: boolean
}
export type StandingNotes = {
  readonly read: (pull: number) => Promise<Standing | undefined>
  readonly write: (pull: number, review: Standing) => Promise<void>
}

/** A pull request whose head is the judged commit. */
export type Reviewed = Pick<Coordinates, 'owner' | 'repo'> & { readonly pull: number }

/** What the review is to say: of a no-go by the lines that the difference shows, or that it is none any more. */
export type Saying =
  | { readonly kind: 'no-go'; readonly commit: string; readonly render: (lines: ShownLines) => Review }
  | { readonly kind: 'ended'; readonly text: string }

const PAGE = 100
/** GitHub lists no more than 3,000 files of a pull request. */
const MOST_FILES = 3000
const MOST_REVIEWS = 1000

/**
 * Has one standing review say what a verdict says: posted where the commit is no go, its text kept true after that.
 * Comments on lines can't be changed all at once, so other ones make another review, to which the older one points.
 * The caller is the only writer for the pull request.
 */
export async function standReview(
  { rest }: Pick<GitHub, 'rest'>,
  at: Reviewed,
  saying: Saying,
  notes: StandingNotes,
): Promise<'posted' | 'changed' | 'as it was'> {
  const before = await notes.read(at.pull)
  const about = { owner: at.owner, repo: at.repo, pull_number: at.pull }

  /** Whether the review was there to be changed. */
  async function change(review: number, body: string): Promise<boolean> {
    try {
      await rest.pulls.updateReview({ ...about, review_id: review, body })
      return true
    } catch (error) {
      if (statusOf(error) === 404) return false
      throw error
    }
  }

  async function post(commit: string, review: Review, comments: string): Promise<number> {
    const { data } = await rest.pulls.createReview({
      ...about,
      commit_id: commit,
      event: 'COMMENT',
      body: `${review.body}\n\n${mark(comments)}`,
      comments: review.comments.map((one) => ({ ...one, side: 'RIGHT' })),
      // Octokit would post again on a 5xx, which leaves two reviews where the first was taken after all.
      request: { retries: 0 },
    })
    return data.id
  }

  /** A review that was posted, though nobody saw the answer. */
  async function posted(comments: string): Promise<number | undefined> {
    for (let page = 1; page <= MOST_REVIEWS / PAGE; page += 1) {
      const { data } = await rest.pulls.listReviews({ ...about, per_page: PAGE, page })
      // Anybody can write our mark into a review of their own.
      const own = data.findLast(({ body, user }) => user?.type === 'Bot' && body.endsWith(mark(comments)))
      if (own !== undefined) return own.id
      if (data.length < PAGE) return undefined
    }
    return undefined
  }

  if (saying.kind === 'ended') {
    if (before?.review === undefined || !before.holds) return 'as it was'
    await change(before.review, saying.text)
    await notes.write(at.pull, { ...before, text: digest(saying.text), holds: false })
    return 'changed'
  }

  const review = saying.render(await linesOf({ rest }, at))
  const comments = digest(JSON.stringify(review.comments))
  const text = digest(review.body)
  const now = { comments, text, holds: true }
  const known = before?.comments === comments ? (before.review ?? (await posted(comments))) : undefined
  if (known !== undefined) {
    if (before?.text === text && before.holds && before.review === known) return 'as it was'
    if (await change(known, `${review.body}\n\n${mark(comments)}`)) {
      await notes.write(at.pull, { ...now, review: known })
      return 'changed'
    }
  }
  await notes.write(at.pull, now)
  const id = await post(saying.commit, review, comments)
  await notes.write(at.pull, { ...now, review: id })
  if (before?.review !== undefined && before.review !== id)
    await change(before.review, renderReviewReplaced(`#pullrequestreview-${id}`))
  return 'posted'
}

/** The lines of each file that the pull request's difference shows at its head. */
async function linesOf({ rest }: Pick<GitHub, 'rest'>, { owner, repo, pull }: Reviewed): Promise<ShownLines> {
  const lines = new Map<string, ReadonlySet<number>>()
  for (let page = 1; page <= MOST_FILES / PAGE; page += 1) {
    const { data } = await rest.pulls.listFiles({ owner, repo, pull_number: pull, per_page: PAGE, page })
    for (const { filename, patch } of data) lines.set(filename, shownLines(patch))
    if (data.length < PAGE) break
  }
  return lines
}

function mark(comments: string): string {
  return `<!-- gonogo review ${comments.slice(0, 16)} -->`
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
