import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type FloorFacts, parseFloor } from '../criteria/floor.ts'
import { clean } from '../render/clean.ts'
import { MAX_WRITTEN_BYTES } from '../sources/files.ts'
import { decode } from '../text/decode.ts'
import { parseYaml } from '../text/yaml.ts'
import { UsageError, type World } from './world.ts'

/** The floor that a person gives to a command. Throws UsageError where there is no file that can be read. */
export async function givenFloor(world: World, file: string): Promise<FloorFacts> {
  const shown = clean(file)
  const bytes = await readFile(resolve(world.cwd, file)).catch(() => {
    throw new UsageError(`${shown} is not a file that can be read; give a floor with --floor`)
  })
  if (bytes.length > MAX_WRITTEN_BYTES) throw new UsageError(`${shown} is too large to be a floor`)
  const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  const about = { kind: 'given', path: file, sha } as const
  const decoded = decode(bytes, file)
  return 'problem' in decoded
    ? { ...about, problems: [decoded.problem], lines: {} }
    : { ...about, ...parseFloor(parseYaml(decoded.text, file), file) }
}
