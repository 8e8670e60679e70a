import { expect, test } from 'vitest'
import type { Hands, Review, Subject } from '../../src/core/approval.ts'
import {
  latestOf,
  type Present,
  type SeenReview,
  weigh,
  weighHeld,
  withdrawn,
} from '../../src/sources/seen-approvals.ts'
import { aReview, by } from '../support/approvals.ts'

const RELEASE: Subject = { kind: 'release', model: 'm', identity: 'i', evidence: ['a.json 1'] }
const LATER: Subject = { ...RELEASE, evidence: ['a.json 2'] }
const HEAD = 'a'.repeat(40)
const NOBODY: Hands = { people: [], unseen: [] }

const present = (reviews: readonly Review[], given: Partial<Present> = {}): Present => ({
  commit: HEAD,
  reviews,
  open: [7],
  hands: NOBODY,
  ...given,
})
const row = (given: Partial<Review> = {}, subject = RELEASE, hands = NOBODY): SeenReview => ({
  subject,
  review: aReview(given),
  hands,
})
const reviewsIn = (now: Present, seen: readonly SeenReview[], subject = RELEASE) => {
  const { approvals } = weigh(subject, now, seen)
  return approvals.kind === 'seen' ? approvals.reviews : []
}

test('a review of the judged head saw what is there, and is kept once', () => {
  const first = weigh(RELEASE, present([aReview()]), [])
  expect(first.fresh).toEqual([row()])
  expect(reviewsIn(present([aReview()]), [])[0]?.saw).toEqual(RELEASE)

  expect(weigh(RELEASE, present([aReview()]), first.fresh).fresh).toEqual([])
})

test('what it saw is fixed then: evidence that arrives later was not approved', () => {
  const found = reviewsIn(present([aReview()]), [row()], LATER)

  expect(found[0]?.saw).toEqual(RELEASE)
  expect(weigh(LATER, present([aReview()]), [row()]).fresh).toEqual([])
})

test('a review of an earlier head holds where it is the same, and saw nothing where nobody looked', () => {
  const earlier = aReview({ commit: 'b'.repeat(40) })

  expect(reviewsIn(present([earlier]), [row({ commit: earlier.commit })])[0]?.saw).toEqual(RELEASE)
  expect(reviewsIn(present([earlier]), [])[0]?.saw).toBeUndefined()
  // A commit that is nobody's head was not what a reviewer looked at.
  const { hands: _, ...apart } = present([aReview()])
  expect(reviewsIn(apart, [])[0]?.saw).toBeUndefined()
})

test('another model, or another path, is another thing', () => {
  const other: Subject = { ...RELEASE, model: 'n' }

  expect(reviewsIn(present([aReview()]), [row({}, other)])[0]?.saw).toEqual(RELEASE)
})

test('once it is merged, what was seen of it holds, with everybody who had a hand in it', () => {
  const merged = present([], { open: [] })
  const found = weigh(RELEASE, merged, [row({}, RELEASE, { ...NOBODY, people: [by('grace', 'pusher')] })])

  expect(found.approvals).toMatchObject({
    reviews: [{ by: 'grace', state: 'approved', saw: RELEASE }],
    hands: { people: [{ by: 'grace', as: 'pusher' }] },
  })
})

test('as long as it is not, GitHub’s word counts', () => {
  expect(reviewsIn(present([]), [row()])).toEqual([])
})

test('what is taken back before the merge is taken back', () => {
  const dismissed = aReview({ state: 'dismissed' })
  const { fresh } = weigh(RELEASE, present([dismissed]), [row()])
  expect(fresh).toMatchObject([{ review: { state: 'dismissed' } }])
  expect(weighHeld(RELEASE, [row(), ...fresh])).toMatchObject({ reviews: [{ state: 'dismissed' }] })

  const changes = aReview({ id: 'later', state: 'changes_requested', at: '2026-03-01T11:00:00Z' })
  const later = weigh(RELEASE, present([changes]), [row()]).fresh
  expect(weighHeld(RELEASE, [row(), ...later])).toMatchObject({ reviews: [{ state: 'changes_requested' }] })
})

test('what was approved of an earlier head is taken back with it', () => {
  const now = present([aReview({ state: 'dismissed' })])

  expect(withdrawn(now, [row()])).toMatchObject([{ subject: RELEASE, review: { state: 'dismissed' } }])
  expect(withdrawn(present([aReview()]), [row()])).toEqual([])
  expect(withdrawn(now, [row({ by: 'alan' })])).toEqual([])
  expect(withdrawn(now, [row(), ...withdrawn(now, [row()])])).toEqual([])
})

test('nothing is kept of a refusal that takes nothing back', () => {
  expect(weigh(RELEASE, present([aReview({ state: 'changes_requested' })]), []).fresh).toEqual([])
})

test('of each person the latest counts, in whatever letters', () => {
  const [early, late] = [
    aReview({ by: 'Grace' }),
    aReview({ id: '2', at: '2026-03-01T10:00:01Z', state: 'dismissed' }),
  ]

  expect(latestOf([late, early])).toEqual([late])
  expect(latestOf([early, aReview({ by: 'alan' })])).toHaveLength(2)
})
