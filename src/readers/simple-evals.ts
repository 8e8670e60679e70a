import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { identityOf } from './names.ts'
import { type Fields, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'simple-evals'

/** What `aggregate_results` writes of a metric after a colon, beside its mean. */
const STATISTIC = /:(?:std|min|max|n_samples|bootstrap_std)$/

/**
 * Results of openai/simple-evals: a flat map with a mean under each name. `:std` is the standard deviation of
 * single samples and no error of the mean; only evaluations such as HealthBench write how many there were, and
 * the bootstrapped error of the mean.
 */
export const simpleEvals: Reader = {
  format,
  labels: [],
  recognises: (content) => resultsOf(content) !== undefined,
  read,
}

function resultsOf(content: Content): Fields | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const entries = Object.entries(content.value)
  const flat = entries.every(([, value]) => value === null || typeof value === 'number')
  const named = Object.keys(content.value).some((key) => /:(?:std|bootstrap_std)$/.test(key))
  return flat && named && Object.hasOwn(content.value, 'score') ? content.value : undefined
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const results = resultsOf(input.content)
  for (const [metric, value] of Object.entries(results ?? {})) {
    if (STATISTIC.test(metric)) continue
    if (!isNumber(value)) found.malformed([metric], 'a number')
    else if (results) readMean(metric, value, results, found)
  }
  return found.reading()
}

function readMean(metric: string, value: number, results: Fields, found: Collector): void {
  const statistic = (name: string): number | undefined => {
    const written = results[`${metric}:${name}`]
    return isNumber(written) && written >= 0 ? written : undefined
  }
  const samples = statistic('n_samples')
  const stderr = statistic('bootstrap_std')
  const spread = statistic('std')
  // Lengths of answers in characters; everything else is a share or a score from 0 to 1.
  const fraction = metric !== 'chars' && value >= 0 && value <= 1
  const widest = Math.sqrt(value * (1 - value))
  if (fraction && spread !== undefined && spread > widest + 1e-6 && isZeroToOne(metric, results)) {
    const keys = [`${metric}:std`]
    const other = `at most ${widest} around a mean of ${value}`
    found.fault(keys, { code: 'contradiction', at: pointer(keys), one: String(spread), other })
    return
  }
  found.measure([metric], {
    metric,
    value,
    unit: metric === 'chars' ? 'value' : fraction ? 'fraction' : 'unknown',
    ...(samples !== undefined && Number.isSafeInteger(samples) ? { samples } : {}),
    ...(stderr === undefined ? {} : { stderr }),
    labels: {},
    ...identityOf({ tool: format }),
  })
}

/** Scores may be below 0 where a rubric takes points off; then a mean of 0.5 may spread further. */
function isZeroToOne(metric: string, results: Fields): boolean {
  const [least, most] = [results[`${metric}:min`], results[`${metric}:max`]]
  return !(isNumber(least) && least < 0) && !(isNumber(most) && most > 1)
}
