import { createHash } from 'node:crypto'
import type { z } from 'zod'

/** Where what never changes on GitHub is kept, for one repository; a port, so that it may be a database. */
export type Objects = {
  readonly get: (ids: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>
  readonly put: (objects: readonly StoredObject[]) => Promise<void>
  /** The newest commit that GitHub is known to have had at the tip of a branch. */
  readonly tip: (branch: string) => Promise<string | undefined>
  readonly moved: (branch: string, tip: string) => Promise<void>
}

export type StoredObject = {
  /** The object's own id, or a digest of the question. */
  readonly id: string
  readonly kind: 'blob' | 'answer'
  readonly content: Uint8Array
}

/** Keeps nothing. */
export const NOTHING_KEPT: Objects = {
  get: async () => new Map(),
  put: async () => undefined,
  tip: async () => undefined,
  moved: async () => undefined,
}

/** What is kept is a help and no more: where it fails, GitHub is asked, and whoever watches is told. */
export function guarded(objects: Objects, onFault: (error: unknown) => void): Objects {
  async function tried<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work()
    } catch (error) {
      onFault(error)
      return otherwise
    }
  }
  return {
    get: (ids) => tried(() => objects.get(ids), new Map()),
    put: (stored) => tried(() => objects.put(stored), undefined),
    tip: (branch) => tried(() => objects.tip(branch), undefined),
    moved: (branch, tip) => tried(() => objects.moved(branch, tip), undefined),
  }
}

/** Whether bytes are the blob of this id: git's own digest over them, SHA-1 or SHA-256 by the id's length. */
export function isBlob(oid: string, bytes: Uint8Array): boolean {
  const hash = createHash(oid.length === 64 ? 'sha256' : 'sha1')
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === oid
}

/** The id under which the answer to a question is kept. */
export function idOf(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('hex')
}

/** An answer that was kept; undefined where there is none, or what another version kept, or what was damaged. */
export function keptAs<T>(shape: z.ZodType<T>, content: Uint8Array | undefined): T | undefined {
  if (content === undefined) return undefined
  try {
    return shape.parse(JSON.parse(Buffer.from(content).toString('utf8')))
  } catch {
    return undefined
  }
}
