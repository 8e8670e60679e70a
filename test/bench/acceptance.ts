import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { freePort, startPostgres } from '../ledger/postgres.ts'
import { dataFolder } from '../support/data-folder.ts'
import { cpuOf, memoryOf, type Row } from './measure.ts'
import { answerOf, type Served, serve } from './processes.ts'

const COUNT = 3000
const CONNECTIONS = 50
const WARM = 500
const MOST_MS = 120_000
const APP = '../e2e/app-process.ts'

const Sent = z.object({ ms: z.number(), refused: z.number() })
const secret = randomUUID()
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

type Measured = {
  readonly perSecond: number
  readonly cpuMs: number
  readonly atRest: number
  readonly underLoad: number
}

async function measure({ url, pid }: Served): Promise<Measured> {
  await setTimeout(3000)
  const atRest = memoryOf(pid).now
  const send = async (count: number) => {
    const task = { url: `${url}/api/github/webhooks`, secret, count, connections: CONNECTIONS }
    const { ms, refused } = Sent.parse(await answerOf('./sender.ts', task, MOST_MS))
    if (refused > 0) throw new Error(`${refused} of ${count} deliveries were refused`)
    return ms
  }
  await send(WARM)
  const before = cpuOf(pid)
  const ms = await send(COUNT)
  return {
    perSecond: COUNT / (ms / 1000),
    cpuMs: (cpuOf(pid) - before) / COUNT,
    atRest,
    underLoad: memoryOf(pid).most,
  }
}

/** Durable acceptance on both databases against a Probot that stores nothing, and what the process holds in memory. */
export async function acceptance(): Promise<readonly Row[]> {
  // A GitHub that never answers: what is measured is the acceptance, not the work.
  const github = createServer(() => undefined)
  const api = await freePort()
  await new Promise<void>((resolve) => github.listen(api, '127.0.0.1', resolve))
  const env = {
    APP_ID: '1',
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: secret,
    GITHUB_API_URL: `http://127.0.0.1:${api}`,
    PORT: '0',
  }

  async function on(script: string, own: Readonly<Record<string, string>>): Promise<Measured> {
    const served = await serve(script, { ...env, ...own })
    try {
      return await measure(served)
    } finally {
      await served.stop()
    }
  }

  const bare = await on('./bare-probot.ts', { PORT: String(await freePort()) })
  const folder = await dataFolder()
  const embedded = await on(APP, { GONOGO_DATA: folder })
  await rm(folder, { recursive: true, force: true })
  const database = await startPostgres({ fsync: 'on', shared_buffers: '128MB' })
  const place = await database.place()
  const url = 'url' in place ? place.url : ''
  const server = await on(APP, { DATABASE_URL: url })
  const stored = await sizeOf(url)
  await database.stop()
  github.closeAllConnections()
  github.close()

  const accepted = (name: string, { perSecond, cpuMs }: Measured): Row => ({
    what: `deliveries of 24 kB accepted durably, ${name}`,
    measured: `${perSecond.toFixed(0)}/s, ${(perSecond / bare.perSecond).toFixed(2)} of bare, ${cpuMs.toFixed(2)} ms CPU each`,
    reach: '0.5 of a bare Probot',
    ok: perSecond >= bare.perSecond / 2,
  })
  const memory = (name: string, { atRest, underLoad }: Measured, most: number): Row => ({
    what: `memory of the app, ${name}`,
    measured: `${atRest.toFixed(0)} MB at rest, ${underLoad.toFixed(0)} MB under load`,
    reach: `${most} MB at rest`,
    ok: atRest <= most,
  })
  return [
    {
      what: 'a bare Probot that stores nothing',
      measured: `${bare.perSecond.toFixed(0)}/s, ${bare.cpuMs.toFixed(2)} ms CPU each, ${bare.atRest.toFixed(0)} MB`,
      reach: '',
    },
    accepted('embedded', embedded),
    accepted('PostgreSQL', server),
    {
      what: 'PostgreSQL for a delivery with its job',
      measured: `${(stored / (COUNT + WARM)).toFixed(0)} bytes`,
      reach: '',
    },
    memory('PostgreSQL', server, 200),
    memory('embedded', embedded, 450),
  ]
}

/** The bytes of all tables with their indexes. */
async function sizeOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ bytes: string }>(
    "select sum(pg_total_relation_size(oid)) as bytes from pg_class where relkind = 'r' and relnamespace::regnamespace::text in ('public', 'queue')",
  )
  await client.end()
  return Number(rows[0]?.bytes)
}
