import type { WeightFormat } from '../core/weight-format.ts'
import { inspect, neededOf } from '../formats/inspect.ts'
import { promisedBy } from '../formats/magic.ts'
import type { Pointer, Repository } from './repository.ts'

/** Enough to tell what a file begins as. */
const BEGINNING = 4096
/** What is fetched whole for its format alone: weights are fetched anew for every verdict. */
const MOST_FETCHED = 16_000_000

/** Weights whose bytes are at hand. */
export function formatOfBytes(name: string, bytes: Uint8Array): WeightFormat {
  const needed = neededOf(name, bytes, bytes.length)
  return needed === undefined
    ? { kind: 'not_read', why: 'too_large' }
    : inspect(name, bytes.subarray(0, needed), bytes.length)
}

/**
 * What a file that nobody called weights is as such: by its bytes, or at least by its name; undefined where neither
 * says that it is any. `first` gives as many bytes of its beginning as are asked, or all there are.
 */
export async function formatOfFile(
  name: string,
  size: number,
  first: (bytes: number) => Promise<Uint8Array>,
): Promise<WeightFormat | undefined> {
  const isNamed = promisedBy(name) !== undefined
  const needed = neededOf(name, await first(BEGINNING), size)
  if (needed === undefined) return isNamed ? { kind: 'not_read', why: 'too_large' } : undefined
  const seen = inspect(name, await first(needed), size)
  return isNamed || (seen.kind === 'read' && seen.format !== undefined) ? seen : undefined
}

/**
 * Weights behind a Git LFS pointer. Of what lies in a clone only as much is read as tells the format; elsewhere small
 * files are fetched, where somebody asks. What cannot be had is not read, which is no fault: it proves nothing.
 */
export async function formatBehind(
  { lfs, lfsHead }: Pick<Repository, 'lfs' | 'lfsHead'>,
  name: string,
  pointer: Pointer,
  isAsked: boolean,
): Promise<WeightFormat> {
  if (lfsHead !== undefined) {
    const beginning = await lfsHead(pointer, BEGINNING)
    if (beginning === undefined) return { kind: 'not_read', why: 'lfs' }
    const needed = neededOf(name, beginning, pointer.bytes)
    if (needed === undefined) return { kind: 'not_read', why: 'too_large' }
    const head = needed <= beginning.length ? beginning.subarray(0, needed) : await lfsHead(pointer, needed)
    return head === undefined ? { kind: 'not_read', why: 'lfs' } : inspect(name, head, pointer.bytes)
  }
  if (lfs === undefined || !isAsked) return { kind: 'not_read', why: 'lfs' }
  if (pointer.bytes > MOST_FETCHED) return { kind: 'not_read', why: 'too_large' }
  const found = await lfs(pointer)
  return 'content' in found ? formatOfBytes(name, found.content) : { kind: 'not_read', why: 'lfs' }
}
