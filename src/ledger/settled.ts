import type { Kysely } from 'kysely'
import { isOf } from './renamed.ts'
import type { Tables } from './tables.ts'

/** What the database knows of a commit's verdict, without asking anybody. */
export type Known = {
  /** When the newest verdict was given. */
  readonly judgedAt?: Date
  /** When somebody last asked for one that has not come yet. */
  readonly askedAt?: Date
}

/** The same for many commits of one repository, by commit; `key` is what jobs on a commit go by. */
export async function knownOf(
  db: Kysely<Tables>,
  repository: string,
  commits: readonly string[],
  key: (commit: string) => string,
): Promise<ReadonlyMap<string, Known>> {
  if (commits.length === 0) return new Map()
  const verdicts = await db
    .selectFrom('ledger')
    .select((select) => ['commit', select.fn.max('at').as('at')])
    .where(isOf(repository))
    .where('commit', 'in', commits)
    .where('kind', '=', 'verdict')
    .groupBy('commit')
    .execute()
  const open = await db
    .selectFrom('delivery')
    .select((select) => ['key', select.fn.max('accepted_at').as('at')])
    .where('key', 'in', commits.map(key))
    .where('done_at', 'is', null)
    .groupBy('key')
    .execute()
  const judged = new Map(verdicts.map(({ commit, at }) => [commit, at]))
  const asked = new Map(open.map(({ key: own, at }) => [own, at]))
  return new Map(
    commits.map((commit) => {
      const [judgedAt, askedAt] = [judged.get(commit), asked.get(key(commit))]
      return [commit, { ...(judgedAt && { judgedAt }), ...(askedAt && { askedAt }) }]
    }),
  )
}
