import { seenOf } from './doctor-facts.ts'
import { type RefPattern, someOf } from './entered-from.ts'
import type { Observed } from './observed.ts'

/** From which branches alone jobs enter an environment. */
export type EnteredBy = {
  readonly environment: string
  readonly by: 'protected' | readonly RefPattern[]
}

/** From which branches jobs enter each environment that some may not enter. */
export function enteredBy({ environments }: Observed): readonly EnteredBy[] {
  return (seenOf(environments) ?? []).flatMap(({ name: environment, branches }) => {
    const by = someOf(branches)
    return by === undefined ? [] : [{ environment, by }]
  })
}
