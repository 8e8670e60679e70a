import { readFileSync } from 'node:fs'
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** Somebody else has the data folder open. */
export class LockedError extends Error {
  constructor(folder: string, holder: Holder | undefined) {
    const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process'
    super(`${folder} is in use by ${who}; stop it, or set DATABASE_URL to share a PostgreSQL server`)
    this.name = 'LockedError'
  }
}

type Holder = z.infer<typeof Holder>
const Holder = z.object({ pid: z.int(), host: z.string(), kernel: z.string() })

/** The kernel holds the lock on this file for us, and drops it at the very moment that we die. */
const LOCK = 'gonogo.lock'
/** Who holds it: for the message, and for hosts that share the folder but not the kernel. */
const HOLDER = 'gonogo.holder.json'

/** A holder says so often that it is alive; for another host it is dead when it was silent for much longer. */
const BEAT_MS = 5_000
const SILENT_MS = 30_000

/**
 * Takes a folder for one holder alone, in this process too. The lock of a process that was killed is free at
 * once on its host, and after half a minute of silence for others. Never waits. Throws LockedError.
 */
export async function lockFolder(folder: string): Promise<{ readonly release: () => Promise<void> }> {
  const note = join(folder, HOLDER)
  const lock = takeLock(join(folder, LOCK))
  if (lock === undefined) throw new LockedError(folder, (await readHolder(note))?.holder)
  try {
    const kernel = kernelId()
    const last = await readHolder(note)
    if (last && !last.silent && last.holder.kernel !== kernel) throw new LockedError(folder, last.holder)
    // Whole or not at all: nobody reads half a note.
    await writeFile(`${note}.new`, JSON.stringify({ pid: process.pid, host: hostname(), kernel }))
    await rename(`${note}.new`, note)
  } catch (error) {
    lock.close()
    throw error
  }
  return hold(lock, note)
}

const SQLITE_BUSY = 5

/**
 * SQLite is how Node reaches the kernel's file locks. Nothing else here may open this file: with POSIX locks,
 * closing any other handle of a process on it lets go of the lock.
 */
function takeLock(path: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined
    throw error
  }
}

function hold(lock: DatabaseSync, note: string): { readonly release: () => Promise<void> } {
  const beat = setInterval(() => {
    if (lock.isOpen) utimes(note, new Date(), new Date()).catch(() => undefined)
  }, BEAT_MS)
  beat.unref()
  return {
    release: async () => {
      clearInterval(beat)
      if (!lock.isOpen) return
      await rm(note, { force: true })
      // A second release may have been faster.
      if (lock.isOpen) lock.close()
    },
  }
}

async function readHolder(
  path: string,
): Promise<{ readonly holder: Holder; readonly silent: boolean } | undefined> {
  try {
    const { mtimeMs } = await stat(path)
    const holder = Holder.parse(JSON.parse(await readFile(path, 'utf8')))
    return { holder, silent: Date.now() - mtimeMs > SILENT_MS }
  } catch {
    // Gone, or not ours to read: it tells nothing.
    return undefined
  }
}

/** What two processes share exactly when they share file locks; a container has its host's. */
function kernelId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return hostname()
  }
}
