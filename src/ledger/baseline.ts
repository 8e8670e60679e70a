import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { isOf } from './renamed.ts'
import type { Tables } from './tables.ts'

/** The body of a ledger row of kind `tip`: what a verdict on a tip of the default branch came to. */
export type TipBody = z.infer<typeof TipBody>
export const TipBody = z.object({
  after: z.string(),
  before: z.string(),
  decision: z.enum(['go', 'no-go', 'undecided', 'nothing']),
  /** Problems of the commit itself: files that belong to nobody may be any model's. */
  problems: z.int(),
  models: z.array(
    z.object({
      model: z.string(),
      version: z.string().optional(),
      identity: z.string().optional(),
      decision: z.enum(['go', 'no-go', 'undecided']),
    }),
  ),
})

/** A release that may be compared with. */
export type Baseline = {
  readonly commit: string
  readonly version: string | undefined
  readonly identity: string
}

const PAGE = 50

/**
 * The last tip of the default branch that released a model with a go, by the newest verdict on each tip: what
 * was merged without a go is none, nor what was a go once and is no longer.
 */
export async function lastGo(
  db: Kysely<Tables>,
  repository: string,
  model: string,
): Promise<Baseline | undefined> {
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await sql<{ commit: string; body: string }>`
      select tips.commit, newest.body
      from (select commit, max(delivered_at) as delivered_at from tip where repository = ${repository} group by commit) tips
      join lateral (
        select body from ledger
        where ${isOf(repository)} and ledger.commit = tips.commit and kind = 'tip'
        order by seq desc limit 1
      ) newest on true
      where position(${JSON.stringify({ model }).slice(1, -1)} in newest.body) > 0
      order by tips.delivered_at desc, tips.commit limit ${PAGE} offset ${offset}`.execute(db)
    for (const { commit, body } of rows) {
      const { models, problems } = TipBody.parse(JSON.parse(body))
      const found = models.find((one) => one.model === model)
      if (problems > 0 || found?.decision !== 'go' || found.identity === undefined) continue
      return { commit, version: found.version, identity: found.identity }
    }
    if (rows.length < PAGE) return undefined
  }
}
