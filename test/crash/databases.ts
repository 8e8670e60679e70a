import { rm } from 'node:fs/promises'
import pg from 'pg'
import type { Where } from '../../src/ledger/store.ts'
import { startPostgres } from '../ledger/postgres.ts'
import { dataFolder } from '../support/data-folder.ts'

/** A database for one crash test; `cutOff` is what a server's restart does to whoever is connected. */
export type Database = {
  readonly where: Where
  readonly cutOff?: () => Promise<void>
  readonly remove: () => Promise<void>
}

export async function aFolder(): Promise<Database> {
  const folder = await dataFolder()
  return { where: { folder }, remove: () => rm(folder, { recursive: true, force: true }) }
}

export async function aServer(): Promise<Database> {
  const server = await startPostgres()
  const where = await server.place()
  return {
    where,
    cutOff: async () => {
      const client = new pg.Client({ connectionString: 'url' in where ? where.url : '' })
      await client.connect()
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
      await client.end()
    },
    remove: server.stop,
  }
}
