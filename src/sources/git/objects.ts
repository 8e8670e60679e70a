import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { environment, GitError, SAFE } from './run.ts'

/** What a name of git leads to: an object's id, its type and its content. */
export type GitObject = { readonly oid: string; readonly type: string; readonly content: Buffer }

/** More than any file that is read; git sends all of it, so a larger one ends the conversation. */
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Asks one git process for the objects of a clone, one after the other: to start a process for each takes longer
 * than all else that a verdict costs. Undefined for a name that leads to nothing. Throws GitError where git ends
 * or an object can't be read. A process that nobody waits for keeps nobody else from ending.
 */
export function openObjects(folder: string): (name: string) => Promise<GitObject | undefined> {
  let process: ReturnType<typeof start> | undefined
  let last: Promise<unknown> = Promise.resolve()
  return (name) => {
    // A line is a question: what holds a line's end would be two.
    if (/[\n\r\0]/.test(name)) return Promise.resolve(undefined)
    const answer = last.then(() => {
      process ??= start(folder)
      return process.ask(name)
    })
    last = answer.catch(() => {
      process = undefined
    })
    return answer
  }
}

function start(folder: string) {
  const child = spawn('git', [...SAFE, 'cat-file', '--batch'], {
    cwd: folder,
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const ended = new Promise<never>((_, reject) => {
    const fail = (code: number | string | undefined) =>
      reject(new GitError('cat-file', code, Buffer.concat(errors).toString('utf8')))
    child.once('error', (error: NodeJS.ErrnoException) => fail(error.code))
    child.once('close', (code) => fail(code ?? undefined))
  })
  ended.catch(() => undefined)
  child.stdin.on('error', () => undefined)
  const streams = [child.stdin, child.stdout, child.stderr].filter((stream) => stream instanceof Socket)
  const { line, bytes } = reading(child.stdout, ended)

  async function answer(name: string): Promise<GitObject | undefined> {
    child.stdin.write(`${name}\n`)
    const said = await line()
    const [, oid, type, size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(said) ?? []
    if (oid === undefined || type === undefined) return undefined
    if (Number(size) > MAX_BYTES) {
      child.kill()
      throw new GitError('cat-file', undefined, `error: ${oid} has ${size} bytes, which is more than is read`)
    }
    const content = await bytes(Number(size))
    await bytes(1)
    return { oid, type, content }
  }

  async function ask(name: string): Promise<GitObject | undefined> {
    for (const each of [child, ...streams]) each.ref()
    try {
      return await answer(name)
    } finally {
      for (const each of [child, ...streams]) each.unref()
    }
  }
  for (const each of [child, ...streams]) each.unref()
  return { ask }
}

/** Takes lines and counted bytes from a stream; both throw what `ended` throws if it ends before. */
function reading(stream: NodeJS.ReadableStream, ended: Promise<never>) {
  let chunks: Buffer[] = []
  let wake = () => {}
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    wake()
  })
  async function more(): Promise<void> {
    const arrived = new Promise<void>((resolve) => {
      wake = resolve
    })
    await Promise.race([arrived, ended])
  }
  /** Gives what came up to `count` bytes, and keeps the rest. */
  function take(count: number): Buffer {
    const all = Buffer.concat(chunks)
    chunks = [all.subarray(count)]
    return all.subarray(0, count)
  }
  async function bytes(count: number): Promise<Buffer> {
    while (chunks.reduce((sum, chunk) => sum + chunk.length, 0) < count) await more()
    return take(count)
  }
  async function line(): Promise<string> {
    let end = -1
    while (end < 0) {
      chunks = [Buffer.concat(chunks)]
      end = chunks[0]?.indexOf('\n') ?? -1
      if (end < 0) await more()
    }
    return take(end + 1)
      .subarray(0, end)
      .toString('utf8')
  }
  return { line, bytes }
}
