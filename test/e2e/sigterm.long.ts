import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dataFolder } from '../support/data-folder.ts'
import { environmentOf } from './app.ts'
import { type Ready, ready } from './scene.ts'

const SERVE = new URL('../../src/cli/serve.ts', import.meta.url)
const GONOGO = fileURLToPath(new URL('../../bin/gonogo.js', import.meta.url))
let scene: Ready
let folder: string
beforeAll(async () => {
  scene = await ready()
  folder = await dataFolder()
}, 60_000)
afterAll(async () => {
  scene.github.weather(() => 'ok')
  await scene.close()
  await rm(folder, { recursive: true, force: true })
})

type App = {
  readonly url: string
  /** Sends SIGTERM, and gives the exit code and the seconds that it took. */
  readonly stop: () => Promise<{ readonly code: number | null; readonly seconds: number }>
}

function running(child: ChildProcess, url: string): App {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    url,
    stop: async () => {
      const before = Date.now()
      child.kill('SIGTERM')
      return { code: await ended, seconds: (Date.now() - before) / 1000 }
    },
  }
}

/** `gonogo serve`, as it is deployed or with a bound of its own for the attempts in hand. */
async function serve(drainSeconds?: number): Promise<App> {
  const program = `
    import { serve } from '${SERVE}'
    const { env: environment, stdout, stderr } = process
    const world = { environment, cwd: process.cwd(), stdout, stderr, clock: () => new Date() }
    process.exitCode = await serve(world, { throttle: false, drainSeconds: ${drainSeconds} })`
  const args = drainSeconds === undefined ? [GONOGO, 'serve'] : ['--input-type=module', '-e', program]
  const env = { ...process.env, ...environmentOf(scene.github, { folder }), LOG_LEVEL: 'info' } as const
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = Promise.withResolvers<string>()
  child.once('exit', (code) => address.reject(new Error(`the app ended with ${code}`)))
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { msg, url } = JSON.parse(line)
    if (msg === 'listening') address.resolve(url)
  })
  return running(child, await address.promise)
}

/** Sends a delivery for a release, and resolves when its attempt waits for GitHub's answer. */
async function inHand(app: App, branch: string, delayMs: number): Promise<string> {
  const sha = await scene.release(branch)
  let asked = false
  // The app asks about other commits too, of its own accord.
  scene.github.weather(({ operation, path }) => {
    if (operation !== 'repos/compare-commits-with-basehead' || !path.includes(sha)) return 'ok'
    asked = true
    return { delayMs }
  })
  const payload = scene.payload({
    action: 'opened',
    number: 1,
    pull_request: { number: 1, state: 'open', head: { sha }, base: { ref: 'main' } },
  })
  expect(await scene.send('pull_request', payload, { to: app.url })).toBe(202)
  await vi.waitFor(() => expect(asked).toBe(true), { timeout: 20_000 })
  return sha
}

test('SIGTERM lets the attempt in hand publish its verdict, and takes no new delivery', async () => {
  const app = await serve()
  const sha = await inHand(app, 'in-hand', 300)

  const stopped = app.stop()
  await vi.waitFor(() => expect(fetch(`${app.url}/healthz`)).rejects.toThrow(), {
    timeout: 5000,
    interval: 20,
  })

  expect(await stopped).toMatchObject({ code: 0 })
  expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' })
}, 60_000)

test('an attempt that takes longer than the bound is left, and the next start does it', async () => {
  const app = await serve(1)
  const sha = await inHand(app, 'too-long', 9_000)

  const { code, seconds } = await app.stop()
  expect(code).toBe(0)
  expect(seconds).toBeLessThan(8)
  expect(await scene.run(sha)).toBeUndefined()

  scene.github.weather(() => 'ok')
  const next = await serve(25)
  await vi.waitFor(async () => expect(await scene.run(sha)).toMatchObject({ conclusion: 'success' }), {
    timeout: 30_000,
    interval: 200,
  })
  expect(await scene.runs(sha)).toBe(1)
  expect(await next.stop()).toMatchObject({ code: 0 })
}, 90_000)
