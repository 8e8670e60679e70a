import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Where } from '../../src/ledger/store.ts'

export type Process = {
  readonly url: string
  /** Resident memory in megabytes. */
  readonly memory: () => number
  readonly stop: () => Promise<void>
}

export type App = {
  readonly id: number
  readonly privateKey: string
  readonly webhookSecret: string
  readonly apiUrl: string
}

/** The app, or a bare Probot, as a process of its own that tells its address. */
export async function start(
  file: 'app' | 'bare-probot',
  { id, privateKey, webhookSecret, apiUrl }: App,
  where?: Where,
): Promise<Process> {
  const path = `./${file}.ts`
  const child = fork(fileURLToPath(new URL(path, import.meta.url)), {
    env: {
      ...process.env,
      APP_ID: String(id),
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: webhookSecret,
      GITHUB_API_URL: apiUrl,
      ...(where && ('url' in where ? { DATABASE_URL: where.url } : { GONOGO_DATA: where.folder })),
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
    },
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    url,
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
    },
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
