import { forbiddenNames } from '../core/pickle-names.ts'
import type { Fault, Problem } from '../core/problem.ts'
import type { Weights } from '../core/verdict.ts'
import type { FormatFault, WeightFormat } from '../core/weight-format.ts'

/** More names than this make no sentence. */
const LISTED = 20

/**
 * What keeps weights from any go, whatever is asked: bytes that are not what their name says, a safetensors file that is
 * none, and pickles that could call something that is not `allowed`. What was not read is no fault: it proves nothing.
 */
export function weightFaults(
  path: string,
  weights: readonly Weights[],
  allowed: readonly string[],
): readonly Problem[] {
  return weights.flatMap(({ name, format }) =>
    format === undefined ? [] : faultsOf(name, format, allowed).map((fault) => ({ path, ...fault })),
  )
}

/** The faults of one file. */
export function faultsOf(file: string, format: WeightFormat, allowed: readonly string[]): readonly Fault[] {
  if (format.kind === 'not_read') return []
  const names = forbiddenNames(format.names, allowed, format.format)
  const more = Math.max(0, names.length - LISTED)
  return [
    ...format.faults.map((fault) => inWords(file, fault)),
    ...(names.length > 0
      ? [{ code: 'weights_names', file, names: names.slice(0, LISTED), more } as const]
      : []),
  ]
}

function inWords(file: string, fault: FormatFault): Fault {
  switch (fault.fault) {
    case 'contradicts_name': {
      const { is, wanted } = fault
      return { code: 'weights_contradict', file, ...(is && { is }), wanted }
    }
    case 'safetensors': {
      const { flaw, at } = fault
      return { code: 'weights_malformed', file, flaw, ...(at !== undefined && { at }) }
    }
    case 'pickle': {
      const { flaw, at, entry } = fault
      const place = { ...(at !== undefined && { at }), ...(entry !== undefined && { entry }) }
      return { code: 'weights_pickle', file, flaw, ...place }
    }
  }
}
