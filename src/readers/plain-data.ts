import { z } from 'zod'
import type { Reading } from '../core/evidence.ts'
import { UNITS } from '../core/measurement.ts'
import { metricOf } from '../core/metrics.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { contradiction, exactOf, intervalFrom } from './counts.ts'
import { aboutModel, type ModelNamed, modelNamed } from './model-named.ts'
import { type Fields, isFields, isNumber } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'metrics'
type Key = string | number

const Whole = z.int().min(0).nullish()

/** A number written out with its counts, under the key that names it. */
const Measured = z.object({
  value: z.number(),
  samples: Whole,
  n: Whole,
  successes: Whole,
  stderr: z.number().min(0).nullish(),
  clusters: Whole,
  low: z.number().nullish(),
  high: z.number().nullish(),
  level: z.number().gt(0).lt(1).nullish(),
  unit: z.enum(UNITS).nullish(),
  labels: z.record(z.string(), z.string()).nullish(),
})

const WANTED: Readonly<Record<string, string>> = {
  samples: 'a whole number of at least 0',
  n: 'a whole number of at least 0',
  successes: 'a whole number of at least 0',
  stderr: 'a number of at least 0',
  clusters: 'a whole number of at least 0',
  level: 'a number between 0 and 1',
  unit: `one of ${UNITS.join(', ')}`,
  labels: 'a map of texts',
}

/**
 * JSON or YAML of numbers at any nesting: the last named key is the metric, all other keys and indexes are the
 * label `path`, joined with dots. A number as text is no number. What names the model beside numbers, or around them,
 * is what they are about.
 */
export const plainData: Reader = {
  format,
  labels: ['path', 'model_revision', 'model_sha256', 'whatever `labels` says'],
  // TOML is what projects and locks are written in: the numbers there are versions of formats.
  recognises: (content) =>
    content.kind === 'data' &&
    content.syntax !== 'toml' &&
    typeof content.value === 'object' &&
    content.value !== null,
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'data') return found.reading()
  walk(input.content.value, { keys: [], about: {} }, found)
  const reading = found.reading()
  const text = reading.measurements.length + reading.problems.length === 0 && textIn(input.content.value, [])
  if (!text) return reading
  found.fault(text.keys, {
    code: 'no_measurements',
    format,
    text: { at: pointer(text.keys), found: text.found },
  })
  return found.reading()
}

type Text = { readonly keys: readonly Key[]; readonly found: string }

const DIGITS = /^[+-]?(?:\d[\d., ]{0,30}|\.\d{1,30}) ?%?$/
const SHARE = /%$|^[+-]?0?\.\d/

/** The first text that stands for a number: of a metric that is known, a percentage or a fraction, and no version. */
function textIn(value: unknown, keys: readonly Key[]): Text | undefined {
  if (typeof value === 'string') {
    const found = value.trim()
    const isMeant = SHARE.test(found) || metricOf(String(keys.at(-1))) !== undefined
    return isMeant && DIGITS.test(found) ? { keys, found } : undefined
  }
  const inner = Array.isArray(value) ? value.entries() : isFields(value) ? Object.entries(value) : []
  for (const [key, one] of inner) {
    const text = textIn(one, [...keys, key])
    if (text !== undefined) return text
  }
  return undefined
}

type At = { readonly keys: Key[]; readonly about: ModelNamed }

function walk(value: unknown, { keys, about: before }: At, found: Collector): void {
  if (found.full()) return
  const about = isFields(value) ? modelNamed(Object.entries(value), before) : before
  const at = { keys, about }
  if (isNumber(value)) number(value, at, found)
  else if (isFields(value) && isNumber(value.value) && keys.length > 0) measured(value, at, found)
  else if (isFields(value) || Array.isArray(value)) {
    walkAll(Array.isArray(value) ? value.entries() : Object.entries(value), at, found)
  }
}

/**
 * Keys under which a file says what was wanted, what it was set to, or what the model saw, and nothing that was
 * measured on an exam. A number by itself under such a name is one that a tool calls so.
 */
const NOT_MEASURED =
  /^(?:thresholds?|targets?|goals?|limits?|bounds?|require(?:d|ments?)?|expected|expectations?|acceptance|criteria|policy|policies|baselines?|config(?:uration)?|params?|parameters|hyper_?params?|hyper_?parameters|early_?stopping|settings|train|training|trn)$/i

function walkAll(entries: Iterable<readonly [Key, unknown]>, at: At, found: Collector): void {
  for (const [key, inner] of entries) {
    if (typeof key === 'string' && NOT_MEASURED.test(key) && typeof inner === 'object') continue
    at.keys.push(key)
    walk(inner, at, found)
    at.keys.pop()
  }
}

function number(value: number, { keys, about }: At, found: Collector): void {
  const name = named(keys)
  if (name)
    found.measure(
      keys,
      aboutModel({ metric: name.metric, value, unit: 'unknown', labels: name.labels }, about),
    )
  else found.malformed(keys, 'a key that names the number')
}

function named(
  keys: readonly Key[],
): { readonly metric: string; readonly labels: Readonly<Record<string, string>> } | undefined {
  const last = keys.findLastIndex((key) => typeof key === 'string')
  const metric = keys[last]
  if (typeof metric !== 'string' || metric === '') return undefined
  const path = keys.filter((_, index) => index !== last).join('.')
  return { metric, labels: path === '' ? {} : { path } }
}

function measured(fields: Fields, { keys, about }: At, found: Collector): void {
  const nested = Object.entries(fields).filter(
    ([key, value]) => key !== 'labels' && typeof value === 'object',
  )
  walkAll(nested, { keys, about }, found)
  const name = named(keys)
  if (!name) {
    found.malformed(keys, 'a key that names the number')
    return
  }
  const faults = [...wrongKeys(fields), ...halfInterval(fields)]
  const parsed = Measured.safeParse(fields)
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0]))
  for (const [key, wanted] of [...faults, ...wrong.map((key) => [key, WANTED[key] ?? 'a number'] as const)]) {
    found.malformed([...keys, key], wanted)
  }
  if (!parsed.success || faults.length > 0) return

  const { value, samples, n, successes, stderr, clusters, low, high, level, unit, labels } = parsed.data
  const count = samples ?? n
  const counted = {
    value,
    unit: unit ?? 'unknown',
    ...(typeof count === 'number' ? { samples: count } : {}),
    ...(typeof successes === 'number' ? { successes } : {}),
    ...(typeof stderr === 'number' ? { stderr } : {}),
    ...(typeof clusters === 'number' ? { clusters } : {}),
    ...intervalFrom(low, high, level),
  }
  const fault = contradiction(counted, pointer(keys)) ?? twoCounts(samples, n, pointer(keys))
  if (fault) found.fault(keys, fault)
  else
    found.measure(
      [...keys, 'value'],
      aboutModel(
        { metric: name.metric, ...counted, value: exactOf(counted), labels: { ...name.labels, ...labels } },
        about,
      ),
    )
}

/** Numbers beside `value` that nobody would read; text beside it is a note. */
function wrongKeys(fields: Fields): readonly (readonly [string, string])[] {
  return Object.entries(fields)
    .filter(([key, value]) => !Object.hasOwn(Measured.shape, key) && typeof value === 'number')
    .map(([key]) => [key, `one of ${Object.keys(Measured.shape).join(', ')} beside \`value\``])
}

/** Ends without a level, or a level without ends. */
function halfInterval(fields: Fields): readonly (readonly [string, string])[] {
  const keys = ['low', 'high', 'level'] as const
  const given = keys.filter((key) => isNumber(fields[key]))
  return given.length === 0 || given.length === keys.length
    ? []
    : given.map((key) => [key, 'one of low, high and level, which stand together'] as const)
}

function twoCounts(samples: number | null | undefined, n: number | null | undefined, at: string) {
  if (typeof samples !== 'number' || typeof n !== 'number' || samples === n) return undefined
  return { code: 'contradiction', at, one: `${samples} samples`, other: `n of ${n}` } as const
}
