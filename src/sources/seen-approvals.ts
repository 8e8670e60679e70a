import {
  type Approvals,
  type Hands,
  type Review,
  type Subject,
  sameLogin,
  sameSubject,
  textOf,
} from '../core/approval.ts'
import { joinedHands } from './hands.ts'

/** What was seen of one review when a commit was judged that holds what it approves. */
export type SeenReview = { readonly subject: Subject; readonly review: Review; readonly hands: Hands }

/** What GitHub tells at present of a commit's reviews. */
export type Present = {
  readonly commit: string
  /** Each person's latest, of pull requests that are not merged. */
  readonly reviews: readonly Review[]
  /** Pull requests that are not merged: of them GitHub's word counts, of the others what was seen of them. */
  readonly open: readonly number[]
  /** Whether the commit is the head of one of them, and who had a hand in it. */
  readonly hands?: Hands
}

/** What reviews of a subject come to, and what of them is new. */
export type Weighed = { readonly approvals: Approvals; readonly fresh: readonly SeenReview[] }

/**
 * The reviews of one subject: those of today, and those that were seen of it before and hold, since it is the same
 * subject in another commit. What a review saw is fixed when it is first seen: on its own commit what is there then,
 * so that evidence which arrives later was not approved by it.
 */
export function weigh(subject: Subject, present: Present, seen: readonly SeenReview[]): Weighed {
  const own = seen.filter((one) => sameSubject(one.subject, subject))
  const now = present.reviews.map((review) => withSubject(review, subject, present, seen))
  const kept = latestOf(lastSeen(own).map(({ review }) => review))
    .filter(({ pull }) => !present.open.includes(pull))
    .map((review) => ({ ...review, saw: subject }))
  const hands = joinedHands([
    ...(present.hands === undefined ? [] : [present.hands]),
    ...lastSeen(own).map((one) => one.hands),
  ])
  const reviews = latestOf([...kept, ...now])
  const fresh = now
    .filter((review) => isWorthKeeping(review, subject, own))
    .map(({ saw: _, ...review }): SeenReview => ({ subject, review, hands }))
    .filter((one) => !lastSeen(own).some((before) => JSON.stringify(before) === JSON.stringify(one)))
  return { approvals: { kind: 'seen', subject, reviews, hands }, fresh }
}

/**
 * Approvals that were seen of something else and are taken back now: what a pull request held before may come again
 * with another one.
 */
export function withdrawn({ reviews }: Present, seen: readonly SeenReview[]): readonly SeenReview[] {
  return lastSeen(seen)
    .filter(({ review }) => review.state === 'approved')
    .flatMap((one) => {
      const now = reviews.find(({ by }) => sameLogin(by, one.review.by))
      if (now === undefined || now.state === 'approved') return []
      const { saw: _, ...review } = now
      return [{ ...one, review }]
    })
}

/** What the ledger alone tells of a subject. */
export function weighHeld(subject: Subject, seen: readonly SeenReview[]): Approvals {
  return weigh(subject, { commit: '', reviews: [], open: [] }, seen).approvals
}

/** Each person's latest review: one who asks for changes approves no more. */
export function latestOf<R extends Pick<Review, 'by' | 'at'>>(reviews: readonly R[]): readonly R[] {
  const latest: R[] = []
  for (const review of reviews.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const before = latest.findIndex(({ by }) => sameLogin(by, review.by))
    if (before >= 0) latest.splice(before, 1)
    latest.push(review)
  }
  return latest
}

function withSubject(
  review: Review,
  subject: Subject,
  { commit, hands }: Present,
  seen: readonly SeenReview[],
): Review {
  const before = seen.filter((one) => one.review.id === review.id && isThread(one.subject, subject))
  const [last] = before.toReversed()
  if (before.some((one) => sameSubject(one.subject, subject))) return { ...review, saw: subject }
  if (last !== undefined) return { ...review, saw: last.subject }
  return review.commit === commit && hands !== undefined ? { ...review, saw: subject } : review
}

/** Whether two subjects are versions of one thing. */
function isThread(one: Subject, other: Subject): boolean {
  if (one.kind === 'release' && other.kind === 'release') return one.model === other.model
  if (one.kind === 'exemption' && other.kind === 'exemption')
    return one.path === other.path && one.control === other.control
  if (one.kind === 'release' || other.kind === 'release') return false
  return one.kind === other.kind && one.path === other.path
}

/** An approval that was given, and whatever takes back one that was seen. */
function isWorthKeeping(review: Review, subject: Subject, own: readonly SeenReview[]): boolean {
  if (review.state === 'approved') return review.saw !== undefined && sameSubject(review.saw, subject)
  return own.some((one) => sameLogin(one.review.by, review.by))
}

/** Of each review what was seen of it last. */
function lastSeen(seen: readonly SeenReview[]): readonly SeenReview[] {
  return [...new Map(seen.map((one) => [`${textOf(one.subject)} ${one.review.id}`, one])).values()]
}
