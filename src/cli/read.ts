import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Reading } from '../core/evidence.ts'
import { readEvidence } from '../readers/index.ts'
import { clean } from '../render/clean.ts'
import { renderReadJson } from '../render/json.ts'
import { renderReadText } from '../render/read-text.ts'
import { MAX_BLOB_BYTES } from '../sources/files.ts'
import { colourFor } from './style.ts'
import { EXIT, UsageError, type World } from './world.ts'

type ReadFile = { readonly file: string; readonly format?: string } & Reading

/** `gonogo read FILE…`: what the gate sees in a file. */
export async function read(
  world: World,
  files: readonly string[],
  options: { readonly json?: boolean },
): Promise<number> {
  const read: ReadFile[] = []
  for (const file of files) read.push(await readOne(world, file))
  if (options.json) world.stdout.write(`${JSON.stringify(renderReadJson(read), null, 2)}\n`)
  else for (const one of read) world.stdout.write(renderReadText(one, colourFor(world)))
  return read.some(({ problems }) => problems.length > 0) ? EXIT.undecided : EXIT.go
}

async function readOne(world: World, file: string): Promise<ReadFile> {
  const path = resolve(world.cwd, file)
  const info = await stat(path).catch(() => undefined)
  if (!info?.isFile()) throw new UsageError(`${clean(file)} is not a file`)
  if (info.size > MAX_BLOB_BYTES) {
    return {
      file,
      measurements: [],
      records: [],
      problems: [{ path: file, code: 'too_large', bytes: info.size, limit: MAX_BLOB_BYTES }],
    }
  }
  const bytes = await readFile(path)
  // The id that git would give it, so that a person can find it in a commit.
  const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  const { format, reading } = readEvidence(bytes, file, sha)
  return { file, ...(format && { format }), ...reading }
}
