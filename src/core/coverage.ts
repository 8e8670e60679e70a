import type { Cause, Control, PREREGISTRATION } from './controls.ts'
import type { Unfit } from './unfit.ts'

/** A criterion that asks for a control, and whether the floor asks it. */
export type Asker = { readonly criterion: string; readonly floor?: true }

/** One required control, why it is required, and what answers for it. */
export type Covered = {
  readonly control: Control | typeof PREREGISTRATION
  readonly because: readonly Cause[]
} & (
  | { readonly state: 'built-in' }
  | { readonly state: 'asked'; readonly by: readonly Asker[] }
  /** Said not to apply: whether that was approved is judged with all else that needs an approval. */
  | { readonly state: 'excused'; readonly reason: string }
  /** `advisory`: criteria that ask for it and decide nothing; `unfit`: those that name it and say nothing of it. */
  | { readonly state: 'missing'; readonly advisory: readonly string[]; readonly unfit?: readonly Unfit[] }
)
export type Missing = Extract<Covered, { state: 'missing' }>

/** What a model that harms people lacks: said first wherever not all is said. */
const FIRST: readonly Covered['control'][] = ['performance', 'fairness', 'security-testing']

/** The controls that nothing asks for and that nobody says do not apply. */
export function missingOf(coverage: readonly Covered[]): readonly Missing[] {
  const missing = coverage.filter((one) => one.state === 'missing')
  const first = FIRST.flatMap((control) => missing.filter((one) => one.control === control))
  return [...first, ...missing.filter((one) => !first.includes(one))]
}
