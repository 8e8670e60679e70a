import type { Bound } from '../core/bound.ts'
import type { Ends } from '../core/shown.ts'

/** Met where what is shown clears the bound, unmet where what is shown the other way misses it; inclusive. */
export function showing({ low, high }: Ends, bound: Bound): 'met' | 'unmet' | 'neither' {
  const { low: least, high: most } = endsOf(bound)
  if (low >= least && high <= most) return 'met'
  return high < least || low > most ? 'unmet' : 'neither'
}

/** Ten decimals, to the side that claims less: the last digits may differ from machine to machine. */
export function rounded({ low, high }: Ends): Ends {
  return { low: Math.floor(low * 1e10) / 1e10, high: Math.ceil(high * 1e10) / 1e10 }
}

/** The ends that a bound has; an open one lets everything through. */
export function endsOf(bound: Bound): Ends {
  switch (bound.kind) {
    case 'at_least':
      return { low: bound.value, high: Number.POSITIVE_INFINITY }
    case 'at_most':
      return { low: Number.NEGATIVE_INFINITY, high: bound.value }
    case 'between':
      return bound
    case 'equals':
      return { low: bound.value, high: bound.value }
  }
}
