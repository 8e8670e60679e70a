import type { Evidence } from '../core/evidence.ts'
import type { Data } from '../core/exam.ts'

/**
 * Data that a model was made with: those of its manifest, and of training records. The base model's count, for what the
 * base has seen the candidate has. A record of the candidate that only names data which the manifest gives a digest says
 * no more of them.
 */
export function trainedOn(listed: readonly Data[], evidence: readonly Evidence[]): readonly Data[] {
  const identified = new Set(listed.flatMap(({ name, digest }) => (digest === undefined ? [] : [name])))
  const recorded = evidence.flatMap(({ about, records }) =>
    records.flatMap((record) =>
      record.kind === 'training'
        ? (record.data ?? []).filter(
            ({ name, digest }) => about === 'base' || digest !== undefined || !identified.has(name),
          )
        : [],
    ),
  )
  return [...listed, ...recorded]
}
