import { boundOf } from '../checks/common.ts'
import type { Criterion } from '../checks/index.ts'

type Disparity = Extract<Criterion, { check: 'disparity' }>

/** The ends of the gaps that hold a bound; an open one is not there. */
export function gapEnds(criterion: Disparity): { readonly low?: number; readonly high?: number } {
  const bound = boundOf(criterion)
  if (bound.kind === 'between') return bound
  return bound.kind === 'at_least'
    ? { low: bound.value }
    : bound.kind === 'at_most'
      ? { high: bound.value }
      : {}
}

/** Whether no gap that there can be between rates is beyond the bound: such a criterion asks for nothing. */
export function gapCannotFail(criterion: Criterion): boolean {
  if (criterion.check !== 'disparity' || criterion.blocking === false) return false
  const { low, high } = gapEnds(criterion)
  if (criterion.as === 'ratio') return (low === undefined || low <= 0) && high === undefined
  return (low === undefined || low <= -1) && (high === undefined || high >= 1)
}
