import { open } from 'node:fs/promises'
import type { Problem } from '../core/problem.ts'
import type { WeightFormat } from '../core/weight-format.ts'
import { faultsOf } from '../criteria/weight-faults.ts'
import { inspect, neededOf } from '../formats/inspect.ts'
import { promisedBy } from '../formats/magic.ts'

/** Enough to tell what a file begins as. */
const BEGINNING = 4096

/**
 * A file as the gate sees it among the weights of a release, by its bytes and without a floor; undefined where neither
 * they nor its name say that it is any. Only as much is read as tells the format.
 */
export async function readWeights(
  path: string,
  shown: string,
  size: number,
): Promise<{ readonly weights: WeightFormat; readonly problems: readonly Problem[] } | undefined> {
  const file = await open(path)
  try {
    const first = async (bytes: number): Promise<Uint8Array> => {
      const wanted = Math.min(bytes, size)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, 0)
      return buffer.subarray(0, bytesRead)
    }
    const needed = neededOf(shown, await first(BEGINNING), size)
    const named = promisedBy(shown) !== undefined
    if (needed === undefined)
      return named ? { weights: { kind: 'not_read', why: 'too_large' }, problems: [] } : undefined
    const weights = inspect(shown, await first(needed), size)
    if (!named && (weights.kind === 'not_read' || weights.format === undefined)) return undefined
    return { weights, problems: faultsOf(shown, weights, []).map((fault) => ({ path: shown, ...fault })) }
  } finally {
    await file.close()
  }
}
