import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ServeOptions } from '../../src/app/server.ts'
import type { Where } from '../../src/ledger/store.ts'
import { type AppProcess, environmentOf, type Registered, startApp, startProcess } from '../e2e/app.ts'

const BARE = fileURLToPath(new URL('./bare-probot.ts', import.meta.url))

/** The app as it serves; where GitHub can't be reached it does not try again at once. */
export function startServing(
  github: Registered,
  where: Where,
  options: ServeOptions = {},
): Promise<AppProcess> {
  return startApp(github, where, { firstDelaySeconds: 300, unasked: false, ...options })
}

/** A Probot that checks the signature and does nothing. */
export function startBare(github: Registered): Promise<AppProcess> {
  return startProcess(BARE, environmentOf(github, { folder: '' }))
}

/** Resident memory in megabytes. */
export function memoryOf({ pid }: AppProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
}
