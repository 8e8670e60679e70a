import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { append, type Head } from './chain.ts'
import type { Tables } from './tables.ts'

/** What the app saw of a release, changed of it and told about it. */
export type ReleaseState = z.infer<typeof ReleaseState>
export const ReleaseState = z.object({
  /** What was judged first after it was published. */
  first: z
    .object({ commit: z.string(), assets: z.record(z.string(), z.string().nullable()) })
    .exactOptional(),
  /** What of how it stands was the app's doing. */
  ours: z.object({
    prerelease: z.boolean().exactOptional(),
    latest: z.boolean().exactOptional(),
    draft: z.boolean().exactOptional(),
  }),
  /** The commit status that tells of it. */
  status: z
    .object({
      commit: z.string(),
      state: z.enum(['success', 'failure']),
      description: z.string(),
      told: z.boolean(),
    })
    .exactOptional(),
  /** A digest over all of it as the app left it; absent while it is not done. */
  left: z.string().exactOptional(),
  /** It could not be evaluated, and is to be tried again. */
  failed: z.literal(true).exactOptional(),
})

export type JudgedRelease = {
  readonly release: number
  /** ISO 8601; absent for a draft. */
  readonly published?: string
  readonly commit?: string
  readonly decision: 'go' | 'no-go' | 'undecided' | 'nothing'
  /** ISO 8601. */
  readonly until?: string
  readonly asked: string
  readonly state: ReleaseState
}

/** A release with when it was judged, and by which row of the ledger. */
export type KnownRelease = JudgedRelease & { readonly at: Date; readonly seq: number }

const lower = (repository: string): string => repository.toLowerCase()

/** Writes a decision to the ledger, and keeps what is known of the release beside it. */
export async function recordRelease(
  db: Kysely<Tables>,
  where: { readonly repository: string; readonly at: string },
  { release, published, commit, decision, until, asked, state }: JudgedRelease,
  body: unknown,
): Promise<Head> {
  const { repository, at } = where
  return await db.transaction().execute(async (trx) => {
    const head = await append(trx, [{ kind: 'release', at, repository, commit: commit ?? '', body }])
    const values = {
      published_at: published ?? null,
      commit: commit ?? null,
      decision,
      until: until ?? null,
      at,
      seq: head.seq,
      asked,
      state: JSON.stringify(state),
    }
    await trx
      .insertInto('judged_release')
      .values({ repository: lower(repository), release, ...values })
      .onConflict((conflict) => conflict.columns(['repository', 'release']).doUpdateSet(values))
      .execute()
    return head
  })
}

/** Keeps what became of a release after its decision was recorded. */
export async function keepReleaseState(
  db: Kysely<Tables>,
  repository: string,
  release: number,
  state: ReleaseState,
): Promise<void> {
  await db
    .updateTable('judged_release')
    .set({ state: JSON.stringify(state) })
    .where('repository', '=', lower(repository))
    .where('release', '=', release)
    .execute()
}

/** Drops a release that is not there any more; what the ledger says of it stays. */
export async function forgetRelease(db: Kysely<Tables>, repository: string, release: number): Promise<void> {
  await db
    .deleteFrom('judged_release')
    .where('repository', '=', lower(repository))
    .where('release', '=', release)
    .execute()
}

/** The newest releases of a repository that were judged, by GitHub's id. */
export async function knownReleases(
  db: Kysely<Tables>,
  repository: string,
  most: number,
): Promise<readonly KnownRelease[]> {
  const rows = await db
    .selectFrom('judged_release')
    .selectAll()
    .where('repository', '=', lower(repository))
    .orderBy('release', 'desc')
    .limit(most)
    .execute()
  return rows.map(known)
}

export async function knownRelease(
  db: Kysely<Tables>,
  repository: string,
  release: number,
): Promise<KnownRelease | undefined> {
  const row = await db
    .selectFrom('judged_release')
    .selectAll()
    .where('repository', '=', lower(repository))
    .where('release', '=', release)
    .executeTakeFirst()
  return row && known(row)
}

/** The commit of the last release before a moment that had a go, or nothing to judge. */
export async function lastReleasedCommit(
  db: Kysely<Tables>,
  repository: string,
  release: number,
  before: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('judged_release')
    .select('commit')
    .where('repository', '=', lower(repository))
    .where('release', '!=', release)
    // GitHub tells it to the second, in which two may be published.
    .where(({ or, and, eb }) =>
      or([
        eb('published_at', '<', new Date(before)),
        and([eb('published_at', '=', new Date(before)), eb('release', '<', release)]),
      ]),
    )
    .where('decision', 'in', ['go', 'nothing'])
    .where('commit', 'is not', null)
    .orderBy('published_at', 'desc')
    .orderBy('release', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.commit ?? undefined
}

/** Of every repository with releases that were judged, how the newest of them was asked for. */
export async function releasingRepositories(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ asked: string }>`
    select distinct on (repository) asked from judged_release order by repository, release desc`.execute(db)
  return rows.map(({ asked }) => asked)
}

/** Whether anything was judged or approved in a repository since a row of the ledger. */
export async function hasNews(db: Kysely<Tables>, repository: string, seq: number): Promise<boolean> {
  const row = await db
    .selectFrom('ledger')
    .select('seq')
    .where('seq', '>', seq)
    .where('repository', '=', repository)
    .where('kind', 'not in', ['release', 'delivery'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

type Row = {
  readonly release: number
  readonly published_at: Date | null
  readonly commit: string | null
  readonly decision: JudgedRelease['decision']
  readonly until: Date | null
  readonly at: Date
  readonly seq: number
  readonly asked: string
  readonly state: string
}

function known({ published_at, commit, until, state, ...row }: Row): KnownRelease {
  return {
    release: row.release,
    decision: row.decision,
    at: row.at,
    seq: row.seq,
    asked: row.asked,
    ...(published_at && { published: published_at.toISOString() }),
    ...(commit !== null && { commit }),
    ...(until && { until: until.toISOString() }),
    state: ReleaseState.parse(JSON.parse(state)),
  }
}
