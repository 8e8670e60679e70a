import { z } from 'zod'
import type { Baseline } from '../core/baseline-answer.ts'
import type { Facts } from '../facts.ts'
import { lastGo } from '../ledger/baseline.ts'
import type { Store } from '../ledger/store.ts'
import { newestVerdict } from '../ledger/verdicts.ts'
import { baselineFrom } from '../sources/released-baseline.ts'
import type { Witness } from '../sources/witness.ts'

/** What is in the ledger was written by this app. */
const Recorded = z.custom<Facts>(
  (value) =>
    z.looseObject({ models: z.array(z.looseObject({ model: z.string() })) }).safeParse(value).success,
)

/** The last release of a model that was a go, by the ledger; another identity than the judged one, and before it. */
export function openReleased({ db }: Pick<Store, 'db'>, repository: string): Witness['released'] {
  return async (model, judged) => {
    const last = await lastGo(db, repository, model, judged)
    if (last === undefined) return 'none'
    const { commit, version, identity } = last
    const facts = Recorded.parse((await newestVerdict(db, repository, commit))?.facts)
    const name: Baseline['name'] = { kind: 'released', commit, ...(version !== undefined && { version }) }
    return baselineFrom(facts, { model, identity }, name)
  }
}
