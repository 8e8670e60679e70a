import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Reading } from '../core/evidence.ts'
import type { Why } from '../core/near.ts'
import type { WeightFormat } from '../core/weight-format.ts'
import { readEvidence, whyUnknown } from '../readers/index.ts'
import { clean } from '../render/clean.ts'
import { renderReadJson } from '../render/json.ts'
import { renderReadText } from '../render/read-text.ts'
import { renderSelectionJson, renderSelectionText } from '../render/selection.ts'
import { asNamed } from '../sources/evidence.ts'
import { MAX_BLOB_BYTES } from '../sources/files.ts'
import { columnsIn } from '../sources/rows/names.ts'
import { shapeIn } from '../sources/rows/open.ts'
import type { Shape } from '../sources/rows/shape.ts'
import { isWeights } from '../sources/scope.ts'
import { MAX_LINES_BYTES } from '../text/lines.ts'
import { hasLines } from '../text/parse-content.ts'
import { type Bytes, piecesOf, sizeOf } from '../text/source.ts'
import { filePieces } from './file-pieces.ts'
import { progressOf } from './progress.ts'
import { readAsRows, readColumns, rowsContent } from './read-rows.ts'
import { readWeights } from './read-weights.ts'
import { type Asked, planIn, type RowsOptions, rowsAsked } from './rows-asked.ts'
import { askedIn, selecting } from './selecting.ts'
import { colourFor } from './style.ts'
import { EXIT, UsageError, type World } from './world.ts'

/** JSON lines past this are never in memory as a whole. */
const STREAMED_BYTES = 8_000_000

/** Fewer lines are a table of metrics. */
const MANY_ROWS = 40

type ReadFile = {
  readonly file: string
  readonly format?: string
  readonly why?: Why
  /** Of what may be rows. */
  readonly columns?: readonly string[]
  /** Of what is no evidence and may be weights. */
  readonly weights?: WeightFormat
} & Reading

type ReadOptions = { readonly json?: boolean; readonly select?: string; readonly all?: boolean }

/** `gonogo read FILE…`: what the gate sees in a file, and what `--select` would choose of it as a criterion does. */
export async function read(
  world: World,
  files: readonly string[],
  options: ReadOptions & RowsOptions,
): Promise<number> {
  const askedOf = await rowsAsked(world, options)
  const asked = options.select === undefined ? undefined : askedIn(options.select)
  const read: ReadFile[] = []
  for (const file of files) read.push(await readOne(world, file, askedOf(file)))
  const selection =
    asked &&
    selecting(
      asked,
      read.flatMap(({ measurements }) => measurements),
    )
  if (options.json) {
    const shown = renderReadJson(read)
    const all = selection ? { files: shown, select: renderSelectionJson(selection) } : shown
    world.stdout.write(`${JSON.stringify(all, null, 2)}\n`)
  } else {
    const colour = colourFor(world)
    const show = selection !== undefined ? 'file' : options.all ? 'all' : 'some'
    for (const one of read) world.stdout.write(renderReadText(one, colour, show))
    if (selection) world.stdout.write(renderSelectionText(selection, colour))
  }
  const chosen = selection === undefined || 'observed' in selection
  return chosen && read.every(({ problems }) => problems.length === 0) ? EXIT.go : EXIT.undecided
}

async function readOne(world: World, file: string, asked: Asked): Promise<ReadFile> {
  const path = resolve(world.cwd, file)
  const info = await stat(path).catch(() => undefined)
  if (!info?.isFile()) throw new UsageError(`${clean(file)} is not a file`)
  const { size } = info
  const shape = await shapeIn({ file: path })
  const plan = asked.kind === 'rows' ? asked.plan : asked.kind === 'entry' ? planIn(asked) : undefined
  // Weights are known by their names before what is packed in them is taken for a table.
  const weights =
    asked.kind === 'evidence' && shape.gzip && isWeights(file)
      ? await readWeights(path, file, size)
      : undefined
  if (weights !== undefined) return { file, measurements: [], records: [], ...weights }
  // No reader of a tool takes what is packed so; an empty file has no columns.
  const packed = asked.kind === 'evidence' && (shape.kind === 'parquet' || shape.gzip)
  if (plan !== undefined || asked.kind === 'columns' || packed) {
    const content = await rowsContent(path, size, () => readFile(path))
    const rows = {
      file,
      path,
      content,
      sha: plan === undefined ? '' : idOf(filePieces(path, size, () => {})),
    }
    if (plan === undefined || asked.kind === 'evidence' || asked.kind === 'columns')
      return { file, ...(await readColumns(rows)) }
    return { file, ...(await readAsRows(rows, plan, asked)) }
  }
  const streamed = hasLines(file) && size > STREAMED_BYTES
  const limit = streamed ? MAX_LINES_BYTES : MAX_BLOB_BYTES
  if (size > limit) {
    const found = await readWeights(path, file, size)
    if (found !== undefined) return { file, measurements: [], records: [], ...found }
    const problem = { path: file, code: 'too_large', bytes: size, limit } as const
    return { file, measurements: [], records: [], problems: [problem] }
  }
  if (!streamed) {
    const read = readFrom(await readFile(path), file)
    if (asked.kind === 'entry')
      return { ...read, ...asNamed({ ...read, reading: read }, asked.entry, asked.manifest) }
    const found = isUnknown(read) ? await readWeights(path, file, size) : undefined
    if (found !== undefined) return { file, measurements: [], records: [], ...found }
    return await withColumns(read, path, shape)
  }
  // Once for its id, once for what it says.
  const progress = progressOf(world, file, size * 2)
  try {
    return readFrom(filePieces(path, size, progress.add), file)
  } finally {
    progress.end()
  }
}

/** No reader takes it, and it is not known for anything else. */
function isUnknown({ format, problems }: ReadFile): boolean {
  return (
    format === undefined && problems.every(({ code }) => code === 'not_utf8' || code === 'unknown_format')
  )
}

/** A table or JSON lines that no tool wrote may be rows, one for each sample. */
async function withColumns(read: ReadFile, path: string, { kind }: Shape): Promise<ReadFile> {
  const isTable = kind === 'jsonl' || /\.csv$/i.test(read.file)
  const isOwn = read.format !== undefined && read.format !== 'metrics-table'
  // Of a table of numbers that nobody's tool wrote, the first step of the pointer counts the lines.
  const lines = new Set(read.measurements.map(({ source }) => source.pointer.split('/')[1])).size
  if (!isTable || isOwn || (read.format !== undefined && lines < MANY_ROWS)) return read
  const found = await columnsIn({ file: path })
  return 'columns' in found && found.columns.length > 1 ? { ...read, columns: found.columns } : read
}

/** The id that git would give it, so that a person can find it in a commit. */
function idOf(source: Bytes): string {
  const id = createHash('sha1').update(`blob ${sizeOf(source)}\0`)
  for (const piece of piecesOf(source)) id.update(piece)
  return id.digest('hex')
}

function readFrom(source: Bytes, file: string): ReadFile {
  const { format, reading } = readEvidence(source, file, idOf(source))
  // A large file is not read twice only to say what else it might have been.
  const why = format === undefined || source instanceof Uint8Array ? whyUnknown(source, file) : undefined
  const tells = why !== undefined && (format === undefined || why.near.length > 0)
  return { file, ...(format && { format }), ...(tells && { why }), ...reading }
}
