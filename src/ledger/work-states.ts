/** What became of a commit that a delivery is open for. */
export const STATES = ['waiting', 'postponed', 'active', 'failed', 'given-up'] as const
export type State = (typeof STATES)[number]
