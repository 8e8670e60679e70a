import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** What regular work left behind: a value, and when, by the database's clock. */
export type Mark = { readonly value: string; readonly at: Date }

/** Gives a mark, or undefined where there is none yet. */
export async function readMark(db: Kysely<Tables>, name: string): Promise<Mark | undefined> {
  return await db.selectFrom('mark').select(['value', 'at']).where('name', '=', name).executeTakeFirst()
}

/** Sets a mark, by the database's clock. */
export async function setMark(db: Kysely<Tables>, name: string, value: string): Promise<void> {
  await sql`insert into mark (name, value, at) values (${name}, ${value}, now())
    on conflict (name) do update set value = excluded.value, at = excluded.at`.execute(db)
}
