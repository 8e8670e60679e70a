import { type ChildProcess, fork } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StandIn } from '../../src/demo/stand-in.ts'
import type { Where } from '../../src/ledger/store.ts'
import { environmentOf } from '../e2e/app.ts'
import { GITHUB_TIMEOUT_MS } from './weather.ts'

const APP = fileURLToPath(new URL('../e2e/app-process.ts', import.meta.url))

/** One place in which an app lives, is killed and is followed by the next. */
export type Replica = {
  /** Where the app listens; undefined while none does. */
  readonly url: () => string | undefined
  /** Starts an app, and resolves when it listens. */
  readonly start: () => Promise<void>
  /** Kills the app wherever it is, starting too; the next one is loaded meanwhile. */
  readonly kill: () => Promise<void>
  /** Kills the app and the one that is loaded for later. */
  readonly end: () => Promise<void>
}

/** Nothing runs before `start`. */
export function createReplica(github: StandIn, where: Where): Replica {
  const options = {
    retries: 10_000,
    unasked: false,
    githubTimeoutMs: GITHUB_TIMEOUT_MS,
    heartbeatSeconds: 10,
  }
  const load = () =>
    fork(APP, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        PATH: process.env.PATH ?? '',
        // Compiled code is kept, so that the next one is there the sooner.
        NODE_COMPILE_CACHE: join(tmpdir(), 'gonogo-test-compiled'),
        ...environmentOf(github, where),
        WAIT: '1',
        SERVE_OPTIONS: JSON.stringify(options),
      },
    })
  let next = load()
  let current: ChildProcess | undefined
  let url: string | undefined

  const kill = async () => {
    url = undefined
    const dying = current
    current = undefined
    if (dying !== undefined) await killed(dying)
  }
  return {
    url: () => url,
    start: async () => {
      const child = next
      current = child
      next = load()
      child.send('start')
      const told = await firstAddress(child)
      // It may have been killed while it started.
      if (current === child) url = told
    },
    kill,
    end: async () => {
      await kill()
      await killed(next)
    },
  }
}

function firstAddress(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if (message !== 'loaded') resolve(String(message))
    })
    child.once('exit', () => resolve(undefined))
  })
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
