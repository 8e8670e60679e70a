import { kindOf } from '../core/exam.ts'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import { outsFor } from '../core/pipeline.ts'
import type { Context } from './context.ts'

type Out = { readonly path: string; readonly digests: readonly string[] }

/**
 * Whether what a pipeline's lock says that it made are the released weights, where it calls something as they are
 * called: by the path that it lies at, else by the name of the file.
 */
export function outputFacts({ evidence, weights = [], sums = [] }: Context): readonly IntegrityFact[] {
  return evidence.flatMap(({ records }) =>
    records.flatMap((record) => {
      if (record.kind !== 'data' || record.outs === undefined) return []
      const { outs, source } = record
      return weights.flatMap(({ name, digest }): readonly IntegrityFact[] => {
        const seen = sums.filter((sum) => sum.name === name)
        const own = outsFor(outs, source.path, seen[0]?.path ?? name)
        const known = [digest, ...seen.map((sum) => sum.digest)]
        return own.length === 0 ? [] : [comparedWith(own, known, { path: source.path, weights: name })]
      })
    }),
  )
}

/** What a pipeline made in the place of weights, compared with them. */
export function comparedWith(
  outs: readonly Out[],
  known: readonly string[],
  about: { readonly path: string; readonly weights: string },
): IntegrityFact {
  const made = outs.flatMap(({ digests }) => digests)
  const same = made.find((digest) => known.includes(digest))
  if (same !== undefined) return { what: 'output_released', ...about, digest: same }
  for (const found of made) {
    const wanted = known.find((one) => kindOf(one) === kindOf(found))
    if (wanted !== undefined) return { what: 'output_differs', ...about, found, wanted }
  }
  return { what: 'output_unseen', ...about }
}
