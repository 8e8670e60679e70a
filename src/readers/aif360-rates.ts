import { type Fields, isNumber } from './narrow.ts'

/** A rate by its own counts. */
export type Counted = { readonly metric: string; readonly successes: number; readonly samples: number }

/** A comparison of two groups, computed, and the rates that it compares. */
export type Compared = {
  readonly value: number
  readonly groups: readonly { readonly group: string; readonly rate: Counted }[]
}

type Sum = readonly string[]

/** What each rate counts over what, by the names of the fields without `num` and the group. */
const RATES: Readonly<Record<string, { readonly metric: string; readonly of: Sum; readonly over: Sum }>> = {
  accuracy: { metric: 'accuracy', of: ['TruePositives', 'TrueNegatives'], over: ['Positives', 'Negatives'] },
  false_positive_rate: { metric: 'false_positive_rate', of: ['FalsePositives'], over: ['Negatives'] },
  false_negative_rate: { metric: 'false_negative_rate', of: ['FalseNegatives'], over: ['Positives'] },
  true_positive_rate: { metric: 'recall', of: ['TruePositives'], over: ['Positives'] },
  true_negative_rate: { metric: 'true_negative_rate', of: ['TrueNegatives'], over: ['Negatives'] },
  false_discovery_rate: {
    metric: 'false_discovery_rate',
    of: ['FalsePositives'],
    over: ['TruePositives', 'FalsePositives'],
  },
  positive_predictive_value: {
    metric: 'precision',
    of: ['TruePositives'],
    over: ['TruePositives', 'FalsePositives'],
  },
  false_omission_rate: {
    metric: 'false_omission_rate',
    of: ['FalseNegatives'],
    over: ['TrueNegatives', 'FalseNegatives'],
  },
  negative_predictive_value: {
    metric: 'negative_predictive_value',
    of: ['TrueNegatives'],
    over: ['TrueNegatives', 'FalseNegatives'],
  },
  // Whether of predictions or of true labels, these files do not say.
  mean: { metric: 'favorable_outcome_rate', of: ['Positives'], over: ['Instances'] },
  statistical_parity: { metric: 'favorable_outcome_rate', of: ['Positives'], over: ['Instances'] },
  disparate_impact: { metric: 'favorable_outcome_rate', of: ['PositivePredictions'], over: [''] },
}

/** Its own misspellings. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  Positives: ['Positive', 'Positivea'],
  Negatives: ['Negative'],
}

/** `Disparate Impact` and `disparate_impact` alike. */
export function snake(name: string): string {
  const plain = name
    .slice(0, 100)
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  return plain
    .replace(/^number_of_/, 'num_')
    .replace('_predicted_', '_pred_')
    .replace('_absolute_odds_', '_abs_odds_')
}

/** A rate by its counts; undefined where no such rate is known, `malformed` where counts are missing. */
export function rateOf(name: string, fields: Fields, group: string): Counted | 'malformed' | undefined {
  const error = name === 'error_rate'
  const rate = Object.hasOwn(RATES, error ? 'accuracy' : name) ? RATES[error ? 'accuracy' : name] : undefined
  if (rate === undefined || (group === '' && rate.metric === 'favorable_outcome_rate')) return undefined
  const [of, over] = [rate.of, rate.over].map((names) => sum(names, fields, group))
  if (of === undefined || over === undefined || of > over) return 'malformed'
  return error
    ? { metric: 'error_rate', successes: over - of, samples: over }
    : { metric: rate.metric, successes: of, samples: over }
}

/** A comparison of the unprivileged with the privileged; undefined where the name is of none that counts. */
export function comparisonOf(name: string, fields: Fields): Compared | 'malformed' | 'nothing' | undefined {
  const [, mean] = /^average_(abs_)?odds_difference$/.exec(name) ?? []
  const both = /^average_(?:abs_)?odds_difference$/.test(name)
  const [, base = '', how] = /^(.+)_(difference|ratio)$/.exec(name) ?? []
  const names = both
    ? ['false_positive_rate', 'true_positive_rate']
    : [name === 'disparate_impact' ? name : base]
  if (!names.every((one) => one === 'error_rate' || Object.hasOwn(RATES, one))) return undefined
  const pairs = names.map((one) => [
    rateOf(one, quirk(one, fields), 'Unprivileged'),
    rateOf(one, quirk(one, fields), 'Privileged'),
  ])
  const values: number[] = []
  const groups: Compared['groups'][number][] = []
  for (const [low, high] of pairs) {
    if (typeof low !== 'object' || typeof high !== 'object') return 'malformed'
    if (low.samples === 0 || high.samples === 0) return 'nothing'
    const [one, other] = [low.successes / low.samples, high.successes / high.samples]
    const isRatio = how === 'ratio' || name === 'disparate_impact'
    if (isRatio && other === 0) return 'nothing'
    const difference = mean === undefined ? one - other : Math.abs(one - other)
    values.push(isRatio ? one / other : difference)
    groups.push({ group: 'unprivileged', rate: low }, { group: 'privileged', rate: high })
  }
  return { value: values.reduce((total, value) => total + value, 0) / values.length, groups }
}

/** Of the difference of false-positive rates it calls the privileged group's false positives its positives. */
function quirk(name: string, fields: Fields): Fields {
  const misnamed =
    name === 'false_positive_rate' &&
    !('numFalsePositivesPrivileged' in fields) &&
    !('numPositivesUnprivileged' in fields)
  return misnamed ? { ...fields, numFalsePositivesPrivileged: fields.numPositivesPrivileged } : fields
}

function sum(names: Sum, fields: Fields, group: string): number | undefined {
  let total = 0
  for (const name of names) {
    const key = [name, ...(ALSO[name] ?? [])].map((one) => `num${one}${group}`).find((one) => one in fields)
    const count = key === undefined ? undefined : fields[key]
    if (!isNumber(count) || !Number.isSafeInteger(count) || count < 0) return undefined
    total += count
  }
  return total
}
