import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { AppProcess } from '../e2e/app.ts'
import { type Ready, ready } from '../e2e/scene.ts'
import { freePort, startPostgres } from '../ledger/postgres.ts'
import { dataFolder } from '../support/data-folder.ts'
import { acceptedPerSecond } from './acceptance.ts'
import { memoryOf, startBare, startServing } from './processes.ts'
import { median, type Row, timed } from './table.ts'

const REST_MS = 5_000
const COMMITS = 24
/** So few at a time that one machine's cores are not what three replicas share; the scene has one installation. */
const FEW = { concurrency: 2, perGroup: 6 }

/** How the service does: acceptance and memory on both databases, and three replicas beside one. */
export async function service(): Promise<readonly Row[]> {
  const scene = await ready({ unasked: false })
  const postgres = await startPostgres()
  const folder = await dataFolder()
  const { app, url } = scene.github
  const silence = await startSilence()
  const about = { app, url: silence.url }
  try {
    const bare = await startBare(about)
    const embedded = await startServing(about, { folder })
    const server = await startServing(about, await postgres.place())
    await setTimeout(REST_MS)
    const apps = [bare, embedded, server]
    const rest = apps.map(memoryOf)
    const load = { secret: app.webhookSecret, payload: scene.payload({}) }
    const [nothing = [], ...ours] = await acceptedPerSecond(
      apps.map((each) => each.url),
      load,
    )
    const busy = apps.map(memoryOf)
    await Promise.all(apps.map(({ kill }) => kill()))
    const rowsOf = (name: string, rates: readonly number[], index: number, most: number): readonly Row[] => {
      const share = median(rates.map((rate, turn) => rate / (nothing[turn] ?? Number.NaN)))
      return [
        {
          what: `deliveries accepted durably, ${name}`,
          measured: `${median(rates).toFixed(0)}/s, ${share.toFixed(2)} of a bare Probot`,
          reach: name === 'embedded' ? '0.5 of a bare Probot' : '–',
          ...(name === 'embedded' && { ok: share >= 0.5 }),
        },
        {
          what: `memory at rest, ${name}`,
          measured: `${rest[index]?.toFixed(0)} MB, ${busy[index]?.toFixed(0)} MB under load`,
          reach: `${most} MB`,
          ok: (rest[index] ?? Number.NaN) <= most,
        },
      ]
    }
    const rows = [
      ...rowsOf('embedded', ours[0] ?? [], 1, 450),
      ...rowsOf('PostgreSQL', ours[1] ?? [], 2, 200),
    ]
    const shas: string[] = []
    for (let index = 0; index < COMMITS; index += 1) shas.push(await scene.release(`replica-${index}`))
    scene.github.weather(() => ({ delayMs: 200 }))
    const judging = { app, url }
    const one = await verdicts(scene, shas, [await startServing(judging, await postgres.place(), FEW)])
    const shared = await postgres.place()
    const replicas: AppProcess[] = []
    for (let count = 0; count < 3; count += 1) replicas.push(await startServing(judging, shared, FEW))
    const three = await verdicts(scene, shas, replicas)
    rows.push({
      what: 'three replicas beside one, 2 at a time each, answers of GitHub that take 200 ms',
      measured: `${three.toFixed(1)}/s beside ${one.toFixed(1)}/s, ${(three / one).toFixed(2)} times`,
      reach: '–',
    })
    return rows
  } finally {
    silence.stop()
    await scene.close()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A GitHub that takes questions and never answers: what was accepted waits, and does not disturb. */
async function startSilence(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createServer(() => undefined)
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Verdicts a second over all replicas, of which the first is sent every delivery. */
async function verdicts(
  scene: Ready,
  shas: readonly string[],
  replicas: readonly AppProcess[],
): Promise<number> {
  const before = await published(replicas)
  const ms = await timed(async () => {
    for (const sha of shas) {
      const opened = { number: 1, pull_request: { number: 1, state: 'open', head: { sha } } }
      const to = replicas[0]?.url ?? ''
      await scene.send('pull_request', scene.payload({ action: 'opened', ...opened }), { to })
    }
    const until = Date.now() + 120_000
    while ((await published(replicas)) - before < shas.length) {
      if (Date.now() > until) throw new Error('the verdicts did not come')
      await setTimeout(50)
    }
  })
  await Promise.all(replicas.map(({ kill }) => kill()))
  return (shas.length / ms) * 1000
}

async function published(replicas: readonly AppProcess[]): Promise<number> {
  const pages = await Promise.all(replicas.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()))
  const counts = pages.flatMap((page) => [...page.matchAll(/^gonogo_verdicts_total\{[^}]*\} (\d+)/gm)])
  return counts.reduce((sum, [, count]) => sum + Number(count), 0)
}
