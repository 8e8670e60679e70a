/** How much depends on a model, least first. */
export const RISKS = ['low', 'limited', 'high'] as const
export type Risk = (typeof RISKS)[number]

/** Where a model, or its base, comes from. */
export const APPROACHES = ['build', 'buy', 'open-source'] as const
export type Approach = (typeof APPROACHES)[number]

/** What a model is; each brings controls. */
export const TRAITS = ['generative', 'text', 'vision', 'tabular', 'personal-data', 'fine-tuned'] as const
export type Trait = (typeof TRAITS)[number]

/** What decides which controls a model must answer. */
export type Profile = {
  readonly risk: Risk
  /** One for each version of the criteria that says something else. */
  readonly approaches: readonly Approach[]
  readonly traits: readonly Trait[]
}

/** The last of `order` among `values`, which is the strictest where `order` begins with the weakest. */
export function strictest<T>(order: readonly T[], values: readonly (T | undefined)[]): T | undefined {
  return order.findLast((one) => values.includes(one))
}
