/** What a record that ends with a word comes to: it holds, holds on conditions, speaks against, or is not at its end. */
export type Standing = 'good' | 'conditional' | 'bad' | 'open'

/** Every word that a record may end with; each means the same in every kind that has it. */
export const OUTCOMES = {
  ...({ accepted: 'good', 'accepted-with-conditions': 'conditional', rejected: 'bad' } as const),
  deferred: 'open',
  ...({ permitted: 'good', 'permitted-with-conditions': 'conditional', prohibited: 'bad' } as const),
  unclear: 'open',
  ...({ passed: 'good', 'passed-with-conditions': 'conditional', failed: 'bad' } as const),
  ...({ 'within-bounds': 'good', drifted: 'bad', completed: 'good' } as const),
  unfinished: 'open',
} as const satisfies Readonly<Record<string, Standing>>
export type Outcome = keyof typeof OUTCOMES

/** How a kind of record ends: what its outcome says, and the words that it may be. */
export type Ending = { readonly says: string; readonly of: readonly Outcome[] }

const ending =
  <const W extends readonly Outcome[]>(of: W) =>
  (says: string): { readonly says: string; readonly of: W } => ({ says, of })

/** Somebody judged, and answers for the judgement. */
export const judged = ending(['accepted', 'accepted-with-conditions', 'rejected', 'deferred'])
/** Somebody asked what the law allows. */
export const allowed = ending(['permitted', 'permitted-with-conditions', 'prohibited', 'unclear'])
/** Somebody tried, or compared with what is really there. */
export const tried = ending(['passed', 'passed-with-conditions', 'failed', 'unfinished'])
/** Somebody looked whether it is still as it was. */
export const watched = ending(['within-bounds', 'drifted', 'unfinished'])
/** A training ended. */
export const ran = ending(['completed', 'failed', 'unfinished'])

/** How a training record ends. */
export const TRAINING_ENDING = ran('how the training ended')
export type TrainingOutcome = (typeof TRAINING_ENDING.of)[number]

/** What an outcome comes to; undefined where there is none. */
export function standingOf(outcome: Outcome | undefined): Standing | undefined {
  return outcome === undefined ? undefined : OUTCOMES[outcome]
}

/** Whether a kind may end on conditions. */
export function hasConditions({ of }: Ending): boolean {
  return of.some((word) => OUTCOMES[word] === 'conditional')
}
