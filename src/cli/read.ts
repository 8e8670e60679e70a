import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Reading } from '../core/evidence.ts'
import { readEvidence } from '../readers/index.ts'
import { clean } from '../render/clean.ts'
import { renderReadJson } from '../render/json.ts'
import { renderReadText } from '../render/read-text.ts'
import { MAX_BLOB_BYTES } from '../sources/files.ts'
import { MAX_LINES_BYTES } from '../text/lines.ts'
import { hasLines } from '../text/parse-content.ts'
import { type Bytes, piecesOf, sizeOf } from '../text/source.ts'
import { filePieces } from './file-pieces.ts'
import { progressOf } from './progress.ts'
import { colourFor } from './style.ts'
import { EXIT, UsageError, type World } from './world.ts'

/** JSON lines past this are never in memory as a whole. */
const STREAMED_BYTES = 8_000_000

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
  const { size } = info
  const streamed = hasLines(file) && size > STREAMED_BYTES
  const limit = streamed ? MAX_LINES_BYTES : MAX_BLOB_BYTES
  if (size > limit) {
    const problem = { path: file, code: 'too_large', bytes: size, limit } as const
    return { file, measurements: [], records: [], problems: [problem] }
  }
  if (!streamed) return readFrom(await readFile(path), file)
  // Once for its id, once for what it says.
  const progress = progressOf(world, file, size * 2)
  try {
    return readFrom(filePieces(path, size, progress.add), file)
  } finally {
    progress.end()
  }
}

function readFrom(source: Bytes, file: string): ReadFile {
  // The id that git would give it, so that a person can find it in a commit.
  const id = createHash('sha1').update(`blob ${sizeOf(source)}\0`)
  for (const piece of piecesOf(source)) id.update(piece)
  const { format, reading } = readEvidence(source, file, id.digest('hex'))
  return { file, ...(format && { format }), ...reading }
}
