import type { Baseline } from '../core/baseline-answer.ts'
import { dataOf } from '../criteria/exams.ts'
import type { Facts } from '../facts.ts'

/** What a release is compared with later: the facts by which it was a go. Nothing where they hold no such release. */
export function baselineFrom(
  { models }: Facts,
  { model, identity }: { readonly model: string; readonly identity: string },
  name: Baseline['name'],
): Baseline | 'none' {
  const found = models.find((one) => one.model === model && one.identity === identity)
  if (found === undefined) return 'none'
  return {
    name,
    evidence: found.evidence.filter(({ about }) => about === 'candidate'),
    data: (found.manifest.value?.datasets ?? []).map(dataOf),
  }
}

/** A baseline with no more than is asked of it: facts hold nothing that nothing rests on. */
export function narrowed(baseline: Baseline | 'none', metrics: readonly string[]): Baseline | 'none' {
  if (baseline === 'none') return baseline
  const evidence = baseline.evidence
    .map(({ pairs: _, ...file }) => ({
      ...file,
      measurements: file.measurements.filter(({ metric }) => metrics.includes(metric)),
      records: [],
      problems: [],
    }))
    .filter(({ measurements }) => measurements.length > 0)
  return { ...baseline, evidence }
}
