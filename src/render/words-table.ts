import type { Advice, Words } from './sentence.ts'

type Coded = { readonly code: string }

/** The words of every answer of a union, by its code: whatever is not met names an action. */
export type AnswerWords<A extends Coded & { readonly outcome: string }> = {
  readonly [C in A['code']]: (
    answer: Extract<A, { code: C }>,
  ) => Extract<A, { code: C }>['outcome'] extends 'met' ? Words : Advice
}

/** The words of every fault of a union, by its code: each names an action. */
export type FaultWords<F extends Coded> = {
  readonly [C in F['code']]: (fault: Extract<F, { code: C }>) => Advice
}
