import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process of the bench that serves. */
export type Served = {
  readonly pid: number
  readonly url: string
  readonly stop: () => Promise<void>
}

const START_MS = 60_000

/** Starts a script of this repository that tells its address, and waits for that. */
export async function serve(
  script: string,
  env: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): Promise<Served> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...env },
  })
  const url = String(await told(child, START_MS))
  return {
    pid: child.pid ?? 0,
    url,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Runs a script to its first message. */
export async function answerOf(script: string, task: object, mostMs: number): Promise<unknown> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [JSON.stringify(task)])
  try {
    return await told(child, mostMs)
  } finally {
    child.kill('SIGKILL')
  }
}

function told(child: ChildProcess, mostMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no word within ${mostMs} ms`)), mostMs)
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)))
    child.once('message', () => clearTimeout(late))
    child.once('exit', () => clearTimeout(late))
  })
}
