import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A run of a repository; GitHub's names know no case. */
export type RunKey = { readonly repository: string; readonly run: number }

const lower = ({ repository, run }: RunKey): RunKey => ({ repository: repository.toLowerCase(), run })

/** Keeps what GitHub told of a run, as JSON; the newest counts. */
export async function keepRun(db: Kysely<Tables>, key: RunKey, told: string): Promise<void> {
  await db
    .insertInto('seen_run')
    .values({ ...lower(key), told })
    .onConflict((conflict) => conflict.columns(['repository', 'run']).doUpdateSet({ told }))
    .execute()
}

export async function keptRun(db: Kysely<Tables>, key: RunKey): Promise<string | undefined> {
  const { repository, run } = lower(key)
  const row = await db
    .selectFrom('seen_run')
    .select('told')
    .where('repository', '=', repository)
    .where('run', '=', run)
    .executeTakeFirst()
  return row?.told
}

/** Weights that an artifact of a run listed, with the digest of the archive. */
export type Listing = RunKey & {
  readonly artifact: string
  readonly digest: string
  readonly weights: readonly string[]
}

/** Keeps that an artifact listed weights, for when it has expired; what was seen first stays. */
export async function keepWeights(db: Kysely<Tables>, listing: Listing): Promise<void> {
  const { artifact, digest, weights } = listing
  if (weights.length === 0) return
  await db
    .insertInto('seen_weights')
    .values([...new Set(weights)].map((sha256) => ({ ...lower(listing), artifact, digest, sha256 })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The digest of the archive that was seen to list all of these weights, if one was. */
export async function keptWeights(
  db: Kysely<Tables>,
  { artifact, weights, ...key }: Omit<Listing, 'digest'>,
): Promise<string | undefined> {
  const { repository, run } = lower(key)
  const wanted = new Set(weights)
  if (wanted.size === 0) return undefined
  const rows = await db
    .selectFrom('seen_weights')
    .select(['sha256', 'digest'])
    .where('repository', '=', repository)
    .where('run', '=', run)
    .where('artifact', '=', artifact)
    .where('sha256', 'in', [...wanted])
    .execute()
  return rows.length === wanted.size ? rows[0]?.digest : undefined
}

/** What a commit of the default branch released as the work of a run or a ticket: digests, or a service. */
export type Use = {
  readonly repository: string
  readonly model: string
  readonly clock: string
  readonly commit: string
  readonly weights: readonly string[]
}

export async function keepUse(db: Kysely<Tables>, { weights, clock, ...use }: Use): Promise<void> {
  if (weights.length === 0) return
  await db
    .insertInto('start_use')
    .values([...new Set(weights)].map((sha256) => ({ ...use, clock: clock.toLowerCase(), sha256 })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A commit that released, by the same run or ticket, weights among which not all of these are. */
export async function otherUse(
  db: Kysely<Tables>,
  { repository, model, clock, weights }: Omit<Use, 'commit'>,
): Promise<string | undefined> {
  const rows = await db
    .selectFrom('start_use')
    .select(['commit', 'sha256'])
    .where('repository', '=', repository)
    .where('model', '=', model)
    .where('clock', '=', clock.toLowerCase())
    .orderBy('commit')
    .execute()
  const uses = Map.groupBy(rows, ({ commit }) => commit)
  return [...uses].find(([, used]) => !weights.every((one) => used.some(({ sha256 }) => sha256 === one)))?.[0]
}
