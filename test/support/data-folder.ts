import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pgliteTemplate } from '../ledger/databases.ts'

/** A data folder with an empty database in it, which takes no time to make. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gonogo-data-'))
  await cp(await pgliteTemplate(), join(folder, 'pg'), { recursive: true })
  return folder
}
