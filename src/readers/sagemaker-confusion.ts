import { isFields, isNumber } from './narrow.ts'

type Counts = { readonly samples: number; readonly successes: number }

/** Counts by true class, then predicted class. */
export type Confusion = {
  readonly total: number
  readonly right: number
  /** Of two classes that are called 0 and 1: the positive one is 1. */
  readonly binary?: { readonly tn: number; readonly fp: number; readonly fn: number; readonly tp: number }
}

/** A matrix of whole counts over the same classes in both directions; undefined where there is none. */
export function confusionOf(value: unknown): Confusion | 'malformed' | undefined {
  if (value === undefined) return undefined
  if (!isFields(value)) return 'malformed'
  const classes = Object.keys(value)
  let total = 0
  let right = 0
  for (const [truth, row] of Object.entries(value)) {
    if (!isFields(row) || Object.keys(row).some((name) => !classes.includes(name))) return 'malformed'
    for (const [predicted, count] of Object.entries(row)) {
      if (!isNumber(count) || !Number.isSafeInteger(count) || count < 0) return 'malformed'
      total += count
      if (predicted === truth) right += count
    }
  }
  if (classes.length !== 2 || !classes.includes('0') || !classes.includes('1')) return { total, right }
  const cell = (truth: string, predicted: string): number => {
    const row = value[truth]
    const count = isFields(row) ? row[predicted] : undefined
    return isNumber(count) ? count : 0
  }
  return {
    total,
    right,
    binary: { tn: cell('0', '0'), fp: cell('0', '1'), fn: cell('1', '0'), tp: cell('1', '1') },
  }
}

/** The counts that a metric is the ratio of. */
export function countsFor(metric: string, { total, right, binary }: Confusion): Counts | undefined {
  if (metric === 'accuracy') return { samples: total, successes: right }
  if (!binary) return undefined
  const { tn, fp, fn, tp } = binary
  switch (metric) {
    case 'recall':
    case 'true_positive_rate':
      return { samples: tp + fn, successes: tp }
    case 'false_negative_rate':
      return { samples: tp + fn, successes: fn }
    case 'true_negative_rate':
      return { samples: tn + fp, successes: tn }
    case 'false_positive_rate':
      return { samples: tn + fp, successes: fp }
    case 'precision':
      return { samples: tp + fp, successes: tp }
    default:
      return undefined
  }
}
