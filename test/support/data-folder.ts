import { cpSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { pgliteTemplate } from '../ledger/databases.ts'
import { databaseRoot } from '../ledger/folders.ts'

/** A data folder with an empty database in it, which takes no time to make. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(databaseRoot(), 'gonogo-data-'))
  // Ten times as fast as the asynchronous one.
  cpSync(await pgliteTemplate(), join(folder, 'pg'), { recursive: true })
  return folder
}
