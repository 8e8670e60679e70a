import type { Approvals, Hand, Hands, Review, Subject } from '../../src/core/approval.ts'
import type { ApprovalWitness } from '../../src/sources/approvals.ts'
import type { Witness } from '../../src/sources/witness.ts'
import { NO_ARTIFACTS } from './artifacts.ts'
import { NO_ATTESTATIONS } from './attestations.ts'

/** Reviews of a subject, as they were seen. */
export function seen(
  subject: Subject,
  reviews: readonly Review[] = [],
  hands: Partial<Hands> = {},
): Approvals {
  return { kind: 'seen', subject, reviews, hands: { people: [], unseen: [], ...hands } }
}

/** An approval by grace, who may write, unless told otherwise. */
export function aReview(given: Partial<Review> = {}): Review {
  const { by = 'grace' } = given
  return {
    id: `review-of-${by}`,
    by,
    pull: 7,
    commit: 'a'.repeat(40),
    at: '2026-03-01T10:00:00Z',
    state: 'approved',
    teams: {},
    writes: true,
    ...given,
  }
}

/** Somebody had a hand in it. */
export const by = (login: string, as: Hand['as']): Hand => ({ by: login, as })

/** Nobody approves anything. */
export const NO_APPROVALS: ApprovalWitness = {
  of: async (_, asked) => asked.map(({ subject }) => seen(subject)),
  held: async (asked) => asked.map(({ subject }) => seen(subject)),
}

/** Nothing is witnessed. */
export const NO_WITNESS: Witness = {
  run: async () => undefined,
  tipAt: async () => ({ kind: 'gap' }),
  workflow: async () => 'unseen',
  produced: async (_, __, artifact) => ({ kind: 'no_artifact', artifact }),
  ticket: async () => undefined,
  reused: async () => undefined,
  rewritten: async () => undefined,
  received: async () => undefined,
  released: async () => 'none',
  artifacts: NO_ARTIFACTS,
  attestations: NO_ATTESTATIONS,
  approvals: NO_APPROVALS,
  waivers: async () => [],
  attempts: async () => ({}),
  environments: async () => ({ seen: [] }),
  sibling: async () => undefined,
  access: async () => ({ review: { seen: false }, writers: { seen: { count: 0, accounts: [] } }, teams: {} }),
}
