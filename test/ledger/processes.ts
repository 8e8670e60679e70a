import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A process of its own that a test can kill. */
export type Child = {
  readonly pid: number
  /** The next line that it prints. */
  readonly says: () => Promise<string>
  readonly go: () => void
  /** SIGKILL; resolves once it is dead. */
  readonly kill: () => Promise<void>
}

const SCRIPT = fileURLToPath(new URL('./child.ts', import.meta.url))

/** Starts `child.ts`, and waits until it is ready. */
export async function startChild(act: 'lock' | 'append', where: string): Promise<Child> {
  const child = spawn(process.execPath, [SCRIPT, act, where], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const says = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the child process ended')
    return value
  }
  const kill = () => killed(child)
  if ((await says()) !== 'ready' || child.pid === undefined)
    throw new Error('the child process did not start')
  return { pid: child.pid, says, kill, go: () => child.stdin.write('go\n') }
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
