import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api'
import type { RowsFlaw } from '../../core/rows-fault.ts'
import { quoteText } from './sql.ts'

/** Content, or a file that is there already and is only read. */
export type RowsContent = Uint8Array | { readonly file: string }

export type RowsLimits = {
  /** Memory of the engine; what it needs beyond goes to a private folder. */
  readonly memory: string
  readonly spilled: string
  readonly threads: number
  readonly seconds: number
}

export const ROWS_LIMITS: RowsLimits = {
  memory: '512MB',
  spilled: '4GB',
  threads: Math.min(4, availableParallelism()),
  seconds: 120,
}

export type Values = Readonly<Record<string, number | string | readonly (number | string)[]>>
export type Row = Readonly<Record<string, unknown>>
/** A chunk of rows by column. */
export type Chunk = { readonly rows: number; readonly column: (index: number) => (row: number) => unknown }

/** Asks DuckDB about the files that it was opened for, and can ask of nothing else. */
export type Engine = {
  readonly files: readonly string[]
  readonly run: (sql: string) => Promise<void>
  readonly all: (sql: string, values?: Values) => Promise<readonly Row[]>
  readonly each: (sql: string, values: Values, take: (chunk: Chunk) => void) => Promise<void>
}

/** Why the rows could not be read, which is the file's fault. */
export class RowsError extends Error {
  readonly flaw: RowsFlaw
  constructor(flaw: RowsFlaw) {
    super(`the rows could not be read: ${flaw}`)
    this.name = 'RowsError'
    this.flaw = flaw
  }
}

/**
 * Opens files of rows, which anybody may have made, for a while. They lie in a folder of their own; the engine may read
 * them and nothing else on the disk or in the network, loads no extension, and its settings are locked before it looks
 * at the first byte. Throws RowsError for what the file does wrong, and whatever the world does.
 */
export async function withRows<T>(
  contents: readonly RowsContent[],
  work: (engine: Engine) => Promise<T>,
  limits: RowsLimits = ROWS_LIMITS,
): Promise<T> {
  const { DuckDBInstance } = await loaded()
  const folder = await mkdtemp(join(tmpdir(), 'gonogo-rows-'))
  try {
    const files = await Promise.all(
      contents.map(async (content, index) => {
        if ('file' in content) return content.file
        const file = join(folder, `rows${index}`)
        await writeFile(file, content, { flag: 'wx', mode: 0o600 })
        return file
      }),
    )
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(limits.threads),
      memory_limit: limits.memory,
      temp_directory: join(folder, 'spilled'),
      max_temp_directory_size: limits.spilled,
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_persistent_secrets: 'false',
    })
    try {
      const connection = await instance.connect()
      await connection.run(`SET allowed_paths = [${files.map(quoteText).join(', ')}]`)
      await connection.run('SET enable_external_access = false')
      await connection.run('SET lock_configuration = true')
      return await timed(connection, limits.seconds, (inTime) => work(engineOf(connection, files, inTime)))
    } finally {
      instance.closeSync()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function loaded() {
  try {
    return await import('@duckdb/node-api')
  } catch (error) {
    const wanted = `@duckdb/node-bindings-${process.platform}-${process.arch}`
    throw new Error(
      `rows are counted by DuckDB, and ${wanted} is not installed here: npm install ${wanted}`,
      {
        cause: error,
      },
    )
  }
}

/** Throws once the time is over. */
type InTime = () => void

async function timed<T>(
  connection: DuckDBConnection,
  seconds: number,
  work: (inTime: InTime) => Promise<T>,
): Promise<T> {
  const end = performance.now() + seconds * 1000
  const inTime = (): void => {
    if (performance.now() >= end) throw new RowsError('too_slow')
  }
  let late = false
  // Between two statements there is nothing to be interrupted.
  const stop = setTimeout(() => {
    late = true
    connection.interrupt()
  }, seconds * 1000)
  try {
    return await work(inTime)
  } catch (error) {
    throw late ? new RowsError('too_slow') : faultOf(error)
  } finally {
    clearTimeout(stop)
    connection.closeSync()
  }
}

function engineOf(connection: DuckDBConnection, files: readonly string[], inTime: InTime): Engine {
  return {
    files,
    run: async (sql) => {
      inTime()
      await connection.run(sql)
    },
    all: async (sql, values = {}) => {
      inTime()
      const reader = await connection.runAndReadAll(sql, await bound(sql, values))
      return reader.getRowObjectsJS()
    },
    each: async (sql, values, take) => {
      const result = await connection.stream(sql, await bound(sql, values))
      // The engine fills the next chunk while one is taken.
      let next = result.fetchChunk()
      try {
        for (;;) {
          inTime()
          const chunk = await next
          if (chunk === null || chunk.rowCount === 0) return
          next = result.fetchChunk()
          take(chunkOf(chunk))
        }
      } finally {
        // Nothing may be closed under its hands; what failed before is what is told.
        await next.catch(() => undefined)
      }
    },
  }
}

function chunkOf(chunk: DuckDBDataChunk): Chunk {
  return {
    rows: chunk.rowCount,
    column: (index) => {
      const vector = chunk.getColumnVector(index)
      return (row) => vector.getItem(row)
    },
  }
}

/** Only what a statement names may be given to it. */
async function bound(sql: string, values: Values): Promise<Record<string, DuckDBValue>> {
  const { listValue } = await loaded()
  const named = new Set([...sql.matchAll(/\$(\w+)/g)].map(([, name]) => name))
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => named.has(name))
      .map(([name, value]) => [name, Array.isArray(value) ? listValue(value) : (value as string | number)]), // no list
  )
}

/** What the engine says of a file holds pieces of it, so that nothing but the kind of its fault goes on. */
function faultOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RowsError) return error
  const { message } = error
  if (/^Out of Memory Error/.test(message)) return new RowsError('too_much')
  // The disk's fault, and ours.
  if (
    /No space left|Could not (?:write|create)|^(?:Parser|Binder|Catalog|Permission|INTERNAL|FATAL|TransactionContext) Error/.test(
      message,
    )
  )
    return new Error(`DuckDB: ${message.split('\n')[0]?.slice(0, 200)}`)
  return new RowsError('unreadable')
}
