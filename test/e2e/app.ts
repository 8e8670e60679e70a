import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ServeOptions } from '../../src/app/server.ts'
import type { Where } from '../../src/ledger/store.ts'

const APP = fileURLToPath(new URL('./app-process.ts', import.meta.url))

/** The app's own secrets, and where its GitHub is. */
export type Registered = {
  readonly app: { readonly id: number; readonly privateKey: string; readonly webhookSecret: string }
  /** Of the API. */
  readonly url: string
}

/** The environment of an app that serves a GitHub on a free port of this machine. */
export function environmentOf({ app, url }: Registered, where: Where): Readonly<Record<string, string>> {
  return {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GITHUB_API_URL: url,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...('url' in where ? { DATABASE_URL: where.url } : { GONOGO_DATA: where.folder }),
  }
}

/** A process that was told to listen. */
export type AppProcess = {
  readonly url: string
  readonly pid: number
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** The app as a process of its own, which a test may kill. */
export function startApp(github: Registered, where: Where, options: ServeOptions = {}): Promise<AppProcess> {
  return startProcess(APP, { ...environmentOf(github, where), SERVE_OPTIONS: JSON.stringify(options) })
}

/** A program that tells its address to who started it. */
export async function startProcess(
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<AppProcess> {
  const child = fork(program, { env: { ...process.env, ...environment } })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)))
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)))
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = (signal: 'SIGKILL' | 'SIGTERM') => async () => {
    child.kill(signal)
    await ended
  }
  return { url, pid: child.pid ?? 0, kill: end('SIGKILL'), stop: end('SIGTERM') }
}
