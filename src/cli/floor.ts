import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { FloorFacts } from '../criteria/floor.ts'
import { clean } from '../render/clean.ts'
import { floorIn, MAX_FLOOR_BYTES } from '../sources/floor.ts'
import { UsageError, type World } from './world.ts'

/** The floor that a person gives to a command. Throws UsageError where there is no file that can be read. */
export async function givenFloor(world: World, file: string): Promise<FloorFacts> {
  const shown = clean(file)
  const bytes = await readFile(resolve(world.cwd, file)).catch(() => {
    throw new UsageError(`${shown} is not a file that can be read; give a floor with --floor`)
  })
  const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  return { kind: 'given', path: file, sha, ...floorIn(written(bytes), file) }
}

function written(bytes: Buffer): Parameters<typeof floorIn>[0] {
  if (bytes.length > MAX_FLOOR_BYTES) return { bytes: bytes.length }
  return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { unread: true }
}
