import type { Interval, Measurement } from '../core/measurement.ts'
import { type Fields, isNumber, labelsOf, numberOf } from './narrow.ts'
import { timeText } from './times.ts'

/** A longer text is a prompt, an answer or a reason, and no name. */
const MAX_NAME = 120

/** A short text of one line. What models and people wrote is longer, and never becomes a fact. */
export function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const name = value.trim()
  return name === '' || name.length > MAX_NAME || /\p{Cc}/u.test(name) ? undefined : name
}

/** Labels of whatever is a short name or a number. */
export function namesOf(found: Fields): Readonly<Record<string, string>> {
  return labelsOf(
    Object.fromEntries(
      Object.entries(found).map(([name, value]) => [name, typeof value === 'string' ? nameOf(value) : value]),
    ),
  )
}

/** A whole number of at least 0. */
export function countOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined
}

/** What a file says of the whole run, for each of its measurements. */
export type Run = Pick<Measurement, 'model' | 'tool' | 'at'>

export function runFrom(found: {
  readonly model?: unknown
  readonly tool?: unknown
  readonly at?: unknown
}): Run {
  const [model, tool, at] = [nameOf(found.model), nameOf(found.tool), timeText(found.at)]
  return {
    ...(model === undefined ? {} : { model }),
    ...(tool === undefined ? {} : { tool }),
    ...(at === undefined ? {} : { at }),
  }
}

/** Share of those that were evaluated; undefined where none was. What has no result is in no denominator. */
export function rateOf(
  successes: number,
  samples: number,
  unevaluated = 0,
): Pick<Measurement, 'value' | 'unit' | 'samples' | 'successes' | 'unevaluated'> | undefined {
  if (samples === 0) return undefined
  const left = unevaluated > 0 ? { unevaluated } : {}
  return { value: successes / samples, unit: 'fraction', samples, successes, ...left }
}

/** A two-sided interval of a rate; its level may be text. Undefined where there is none, or it is none. */
export function rateInterval(low: unknown, high: unknown, level: unknown): Interval | undefined {
  const known = typeof level === 'string' ? numberOf(level) : level
  if (!isNumber(low) || !isNumber(high) || !isNumber(known)) return undefined
  return low >= 0 && low <= high && high <= 1 && known > 0 && known < 1
    ? { low, high, level: known, sides: 2 }
    : undefined
}

/** The mean of scores, and its standard error where they differ at all. */
export function meanOf(
  scores: readonly number[],
): { readonly value: number; readonly samples: number; readonly stderr?: number } | undefined {
  const samples = scores.length
  if (samples === 0) return undefined
  const value = scores.reduce((all, score) => all + score, 0) / samples
  const squares = scores.reduce((all, score) => all + (score - value) ** 2, 0)
  const stderr = Math.sqrt(squares / (samples - 1) / samples)
  return { value, samples, ...(stderr > 1e-9 ? { stderr } : {}) }
}

/** A name as a metric's: `Answer Relevancy` is `answer_relevancy`. */
export function metricName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
}
