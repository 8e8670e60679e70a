import { open } from 'node:fs/promises'
import type { Problem } from '../core/problem.ts'
import type { WeightFormat } from '../core/weight-format.ts'
import { faultsOf } from '../criteria/weight-faults.ts'
import { formatOfFile } from '../sources/weight-formats.ts'

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
    const weights = await formatOfFile(shown, size, async (bytes) => {
      const wanted = Math.min(bytes, size)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, 0)
      return buffer.subarray(0, bytesRead)
    })
    if (weights === undefined) return undefined
    return { weights, problems: faultsOf(shown, weights, []).map((fault) => ({ path: shown, ...fault })) }
  } finally {
    await file.close()
  }
}
