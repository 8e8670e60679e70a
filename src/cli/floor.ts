import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { FLOOR_RECORDS } from '../core/paths.ts'
import type { FloorFacts } from '../criteria/floor.ts'
import { clean } from '../render/clean.ts'
import { type Beside, floorIn, MAX_FLOOR_BYTES, withRecords } from '../sources/floor.ts'
import { UsageError, type World } from './world.ts'

/** The floor that a person gives to a command. Throws UsageError where there is no file that can be read. */
export async function givenFloor(world: World, file: string): Promise<FloorFacts> {
  const shown = clean(file)
  const bytes = await readFile(resolve(world.cwd, file)).catch(() => {
    throw new UsageError(`${shown} is not a file that can be read; give a floor with --floor`)
  })
  const folder = dirname(resolve(world.cwd, file))
  // Elsewhere a folder of that name may hold anything.
  const records = basename(folder) === '.gonogo' ? await beside(world, join(dirname(file), 'records')) : []
  const floor = withRecords(floorIn(written(bytes), file), records, 'floor:')
  return { kind: 'given', path: file, sha: shaOf(bytes), ...floor }
}

/** The records beside a floor; none where there is no such folder. */
async function beside(world: World, folder: string): Promise<readonly Beside[]> {
  const names = await readdir(resolve(world.cwd, folder)).catch(() => [])
  return await Promise.all(
    names.toSorted().map(async (file) => {
      const path = join(folder, file)
      // What a verdict says of a floor is the same on every machine.
      const name = `${FLOOR_RECORDS}/${file}`
      const bytes = await readFile(resolve(world.cwd, path)).catch(() => undefined)
      if (bytes === undefined) return { path, name, sha: '', written: { found: 'folder' } } as const
      return { path, name, sha: shaOf(bytes), written: written(bytes) }
    }),
  )
}

function shaOf(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

function written(bytes: Buffer): Parameters<typeof floorIn>[0] {
  if (bytes.length > MAX_FLOOR_BYTES) return { bytes: bytes.length }
  return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { unread: true }
}
