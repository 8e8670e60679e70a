import type { Baseline } from '../core/baseline-answer.ts'
import type { Measurement } from '../core/measurement.ts'
import type { Paired } from '../core/paired.ts'
import type { Context } from './context.ts'
import { fileOf } from './evidence-named.ts'

/** Areas are recomputed in another order of the same rows. */
const ROUNDING = 1e-9

/**
 * What candidate and baseline come to on the very same samples, where the rows of both are there: the pairs must be of
 * these two numbers and come to them, and rows of a release are those by which it was a go, byte for byte; else both
 * are taken as two samples.
 */
export function pairedOf(
  observed: Measurement,
  other: Measurement,
  { name, evidence }: Baseline,
  context: Context,
): Paired | undefined {
  if (other.source.pointer !== observed.source.pointer) return undefined
  const own = fileOf(observed, context.evidence)
  const against = fileOf(other, evidence)
  const figures = (own?.pairs ?? [])
    .filter(({ against: { path, sha } }) =>
      name.kind === 'base' ? path === other.source.path && sha === against?.sha : sha === against?.sha,
    )
    .flatMap((pairs) => pairs.figures.filter(({ pointer }) => pointer === observed.source.pointer))
  const [found, second] = figures
  return found !== undefined && second === undefined && isOf(found, observed, other) ? found : undefined
}

function isOf(found: Paired, one: Measurement, other: Measurement): boolean {
  if (found.kind === 'area') {
    const off = one.value - other.value - found.difference
    const samples = found.positives + found.negatives
    return Math.abs(off) <= ROUNDING && one.samples === samples && other.samples === samples
  }
  const { both, onlyOne, onlyOther, neither } = found
  const samples = both + onlyOne + onlyOther + neither
  return (
    [one, other].every((measured) => measured.samples === samples) &&
    one.successes === both + onlyOne &&
    other.successes === both + onlyOther
  )
}
