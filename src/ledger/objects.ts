import { type Kysely, sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Tables } from './tables.ts'

/** How much is kept; past it what was longest not used goes. */
export type ObjectBounds = {
  readonly memoryBytes: number
  readonly repositoryBytes: number
  readonly totalBytes: number
}

const BOUNDS: ObjectBounds = {
  memoryBytes: 32 * 1024 * 1024,
  repositoryBytes: 64 * 1024 * 1024,
  totalBytes: 1024 * 1024 * 1024,
}

/** Larger ones are not kept. */
const MOST_BYTES = 1_000_000
/** What a row costs beside its content. */
const ROW_BYTES = 300
/** A use is noted to the hour, so that reading seldom writes. */
const NOTED_HOURS = 1
/** The bounds are looked to each time that so much of a share has come in. */
const SHARE = 0.05

export type StoredObject = {
  readonly id: string
  readonly kind: 'blob' | 'answer'
  readonly content: Uint8Array
}

/** What never changes of a repository, and where its branches were last. */
export type RepositoryObjects = {
  readonly get: (ids: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>
  readonly put: (objects: readonly StoredObject[]) => Promise<void>
  readonly tip: (branch: string) => Promise<string | undefined>
  readonly moved: (branch: string, tip: string) => Promise<void>
}

/**
 * Objects of GitHub in memory and in the database, within bounds. What one repository has is never given to
 * another, though it be the same object: who may read the one may not know of the other.
 */
export function openObjects(
  db: Kysely<Tables>,
  clock: () => Date,
  { memoryBytes, repositoryBytes, totalBytes }: ObjectBounds = BOUNDS,
): (repository: string) => RepositoryObjects {
  const memory = new LRUCache<string, Uint8Array>({
    maxSize: memoryBytes,
    sizeCalculation: ({ length }) => length + ROW_BYTES,
  })
  const come = new Map<string, number>()

  async function get(repository: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    for (const id of ids) {
      const content = memory.get(`${repository} ${id}`)
      if (content !== undefined) found.set(id, content)
    }
    const open = [...new Set(ids)].filter((id) => !found.has(id))
    if (open.length === 0) return found
    const rows = await db
      .selectFrom('object')
      .select(['id', 'content', 'used_at'])
      .where('repository', '=', repository)
      .where('id', 'in', open)
      .execute()
    for (const { id, content } of rows) {
      found.set(id, content)
      memory.set(`${repository} ${id}`, content)
    }
    const noted = new Date(clock().getTime() - NOTED_HOURS * 3_600_000)
    const stale = rows.filter((row) => row.used_at < noted).map(({ id }) => id)
    if (stale.length > 0)
      await db
        .updateTable('object')
        .set({ used_at: clock().toISOString() })
        .where('repository', '=', repository)
        .where('id', 'in', stale)
        .execute()
    return found
  }

  async function put(repository: string, objects: readonly StoredObject[]): Promise<void> {
    const small = [...new Map(objects.map((object) => [object.id, object])).values()].filter(
      ({ content }) => content.length <= MOST_BYTES,
    )
    if (small.length === 0) return
    for (const { id, content } of small) memory.set(`${repository} ${id}`, content)
    const used_at = clock().toISOString()
    await db
      .insertInto('object')
      .values(
        small.map(({ id, kind, content }) => ({
          repository,
          id,
          kind,
          content: Buffer.from(content),
          bytes: content.length + ROW_BYTES,
          used_at,
        })),
      )
      .onConflict((conflict) => conflict.columns(['repository', 'id']).doNothing())
      .execute()
    const bytes = small.reduce((sum, { content }) => sum + content.length + ROW_BYTES, 0)
    await boundTo(repository, bytes, repositoryBytes, sql`where repository = ${repository}`)
    await boundTo('', bytes, totalBytes, sql``)
  }

  async function boundTo(
    key: string,
    bytes: number,
    most: number,
    where: ReturnType<typeof sql>,
  ): Promise<void> {
    const since = (come.get(key) ?? 0) + bytes
    come.set(key, since)
    if (since < most * SHARE) return
    come.set(key, 0)
    await sql`delete from object where (repository, id) in (
      select repository, id from (
        select repository, id, sum(bytes) over (order by used_at desc, repository, id) as total
        from object ${where}
      ) as used where total > ${most}
    )`.execute(db)
  }

  async function tip(repository: string, branch: string): Promise<string | undefined> {
    const row = await db
      .selectFrom('branch_tip')
      .select('tip')
      .where('repository', '=', repository)
      .where('branch', '=', branch)
      .executeTakeFirst()
    return row?.tip
  }

  async function moved(repository: string, branch: string, to: string): Promise<void> {
    await db
      .insertInto('branch_tip')
      .values({ repository, branch, tip: to })
      .onConflict((conflict) => conflict.columns(['repository', 'branch']).doUpdateSet({ tip: to }))
      .execute()
  }

  return (name) => {
    // GitHub takes names in any letters.
    const repository = name.toLowerCase()
    return {
      get: (ids) => get(repository, ids),
      put: (objects) => put(repository, objects),
      tip: (branch) => tip(repository, branch),
      moved: (branch, to) => moved(repository, branch, to),
    }
  }
}
