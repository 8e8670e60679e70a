import { type Kysely, sql } from 'kysely'
import { append, type Head } from './chain.ts'
import { isOfOwner } from './renamed.ts'
import type { Tables } from './tables.ts'

/** Where something is deployed; a name is enough where nobody told the repository's id. */
export type Place = {
  readonly repository: string
  readonly repositoryId?: number
  readonly environment: string
}

/** A decision about a deployment: `body` is the row of the ledger. */
export type DeploymentRow = Place & {
  /** ISO 8601. */
  readonly at: string
  readonly commit: string
  /** A job that waits for the answer, or a deployment that somebody made. */
  readonly asks: 'protection' | 'deployment'
  /** Which one. */
  readonly work: string
  /** GitHub's id of the deployment, where it is known. */
  readonly deployment?: number
  readonly decision: 'approved' | 'observed' | 'rejected'
  readonly models: readonly { readonly model: string; readonly identity?: string; readonly code: string }[]
  readonly body: unknown
}

/** Writes a decision to the ledger, before anybody is told, and gives its row. */
export async function keepDeployment(db: Kysely<Tables>, row: DeploymentRow): Promise<Head> {
  const { at, repository, commit, asks, work, decision, deployment, models, body } = row
  const about = { ...keysOf(row), asks, work, decision, at, deployment: deployment ?? null }
  const rows = models.length > 0 ? models : [{ model: '', code: '' }]
  return await db.transaction().execute(async (trx) => {
    const head = await append(trx, [{ kind: 'deployment', at, repository, commit, body }])
    await trx
      .insertInto('deployment')
      .values(
        rows.map(({ model, code, ...one }) => ({
          ...{ ...about, seq: head.seq, model, code },
          identity: 'identity' in one && one.identity !== undefined ? one.identity : '',
        })),
      )
      .execute()
    return head
  })
}

export type SeenBefore = { readonly runs?: string; readonly go?: string }

/**
 * What was approved before of an identity: since when it is what was last approved of the model there, and when it last
 * was for being a go. What a floor only observed was not approved, nor what nobody waited for, nor what the same work was
 * refused later; and what another owner's floor let through was not by this one's.
 */
export async function approvedBefore(
  db: Kysely<Tables>,
  place: Place,
  { model, identity }: { readonly model: string; readonly identity: string },
): Promise<SeenBefore> {
  const { repository, environment } = keysOf(place)
  const standing = () =>
    db
      .selectFrom('deployment as own')
      .innerJoin('ledger', 'ledger.seq', 'own.seq')
      .where(isOfOwner(place.repository))
      .select(['own.at', 'own.seq'])
      .where('own.repository', '=', repository)
      .where('own.environment', '=', environment)
      .where('own.model', '=', model)
      .where('own.asks', '=', 'protection')
      .where('own.decision', '!=', 'rejected')
      .where(
        sql<boolean>`not exists (select 1 from deployment later where later.repository = own.repository
          and later.environment = own.environment and later.work = own.work and later.seq > own.seq
          and later.decision = 'rejected')`,
      )
      .orderBy('own.seq', 'desc')
      .limit(1)
  const [other, go] = await Promise.all([
    standing()
      .where(({ or, eb }) => or([eb('own.identity', '!=', identity), eb('own.decision', '!=', 'approved')]))
      .executeTakeFirst(),
    standing()
      .where('own.decision', '=', 'approved')
      .where('own.identity', '=', identity)
      .where('own.code', '=', 'go')
      .executeTakeFirst(),
  ])
  // Whatever came after the last other thing is this one.
  const first = await standing()
    .where('own.seq', '>', other?.seq ?? 0)
    .clearOrderBy()
    .orderBy('own.seq')
    .executeTakeFirst()
  return { ...(first && { runs: first.at.toISOString() }), ...(go && { go: go.at.toISOString() }) }
}

/** Whether a protection rule decided a deployment already. */
export async function isDecided(db: Kysely<Tables>, place: Place, deployment: number): Promise<boolean> {
  const { repository } = keysOf(place)
  const found = await db
    .selectFrom('deployment')
    .select('seq')
    .where('repository', '=', repository)
    .where('deployment', '=', deployment)
    .where('asks', '=', 'protection')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

function keysOf({ repository, repositoryId, environment }: Place) {
  return {
    // A name can be given to another repository.
    repository: repositoryId === undefined ? repository.toLowerCase() : `#${repositoryId}`,
    environment: environment.toLowerCase(),
  }
}
