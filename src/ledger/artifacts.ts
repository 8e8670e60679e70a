import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A file of an artifact as it was read, as JSON, under what its results are about. */
export type Held = {
  readonly repository: string
  readonly about: string
  readonly artifact: number
  readonly file: string
  readonly held: string
}

/** Keeps what was read, for when the artifact is gone or another takes its place; what was read first stays. */
export async function keepArtifact(db: Kysely<Tables>, rows: readonly Held[]): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('seen_artifact')
    .values(rows.map((row) => ({ ...row, repository: row.repository.toLowerCase() })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** All that was ever read of these files, by the artifact's age. */
export async function keptArtifacts(
  db: Kysely<Tables>,
  { repository, about, files }: Pick<Held, 'repository' | 'about'> & { readonly files: readonly string[] },
): Promise<readonly string[]> {
  if (files.length === 0) return []
  const rows = await db
    .selectFrom('seen_artifact')
    .select('held')
    .where('repository', '=', repository.toLowerCase())
    .where('about', '=', about)
    .where('file', 'in', [...files])
    .orderBy('artifact')
    .orderBy('file')
    .execute()
  return rows.map(({ held }) => held)
}
