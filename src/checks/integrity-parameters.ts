import Big from 'big.js'
import type { IntegrityFact } from '../core/integrity-answer.ts'
import { isSeed, type Scalar, type TrainingEvidence } from '../core/training-evidence.ts'
import type { Context } from './context.ts'
import { atTrainingFacts } from './integrity-at-training.ts'

type Settings = Extract<TrainingEvidence, { kind: 'parameters' }>

/**
 * Whether a training ran with the parameters that are committed: each committed key must be confirmed by something that
 * tells what a training ran with, nothing may tell another value, and a seed must be among them.
 */
export function parameterFacts(context: Context): readonly IntegrityFact[] {
  const { evidence } = context
  const all = evidence.flatMap(({ records }) => records.filter((one) => one.kind === 'parameters'))
  const committed = all.filter((one) => one.of === 'committed')
  const runs = all.filter((one) => one.of === 'run')
  if (all.length === 0) return [{ what: 'no_parameters' }]
  return [
    ...seedFacts(all),
    ...all.flatMap(({ unresolved, source }) =>
      unresolved.map((key) => ({ what: 'parameter_unresolved', path: source.path, key }) as const),
    ),
    ...(committed.length === 0 ? [{ what: 'no_committed_parameters' } as const] : []),
    ...committed.flatMap((file) => comparedWith(file, runs)),
    ...(committed.length === 0 ? [] : besideFacts(committed, runs)),
    ...atTrainingFacts((one) => one.kind === 'parameters' && one.of === 'committed', context),
  ]
}

function seedFacts(all: readonly Settings[]): readonly IntegrityFact[] {
  const seeded = all.flatMap(({ values, source }) => {
    // `seed: null` lets chance choose.
    const keys = Object.keys(values).filter((key) => isSeed(key) && isGiven(values[key]))
    return keys.length === 0 ? [] : [{ what: 'seeds', path: source.path, keys } as const]
  })
  const [first] = all
  // Where the committed ones have a seed, those that ran are compared with it.
  const own = new Set(all.filter((one) => one.of === 'committed').map(({ source }) => source.path))
  const told = seeded.filter(({ path }) => own.has(path))
  if (told.length > 0) return told
  return seeded.length > 0 || first === undefined ? seeded : [{ what: 'no_seed', path: first.source.path }]
}

/** Whether a setting says something. */
export function isGiven(value: Scalar | undefined): boolean {
  return (
    value !== undefined &&
    value !== null &&
    !/^(?:|none|null|nan|-?inf(?:inity)?|\[\]|\{\})$/i.test(String(value).trim())
  )
}

function comparedWith(file: Settings, runs: readonly Settings[]): readonly IntegrityFact[] {
  const against = file.source.path
  const keys = Object.keys(file.values)
  if (keys.length === 0 || runs.length === 0) return [{ what: 'no_run_parameters', path: against }]
  const keyFor = finder(keys)
  const confirmed = new Set<string>()
  const each = runs.map(({ values, source }) => {
    const differing: IntegrityFact[] = []
    let equal = 0
    for (const [written, key] of meantBy(Object.keys(values), keyFor)) {
      const found = values[written]
      const wanted = file.values[key]
      if (found === undefined || wanted === undefined) continue
      if (isEqual(found, wanted)) {
        equal += 1
        confirmed.add(key)
      } else differing.push({ what: 'parameter_differs', path: source.path, key, found, wanted, against })
    }
    const facts: readonly IntegrityFact[] =
      equal === 0 || differing.length > 0
        ? differing
        : [{ what: 'parameters_equal', path: source.path, against, keys: equal }]
    return facts
  })
  const said = each.flat()
  const differing = new Set(said.flatMap((one) => (one.what === 'parameter_differs' ? one.key : [])))
  const left = keys.filter((key) => !confirmed.has(key) && !differing.has(key))
  return [...said, ...left.map((key) => ({ what: 'parameter_unconfirmed', path: against, key }) as const)]
}

const MOST_BESIDE = 3

/** What runs tell and no committed file has: of a record, a parameter that nobody could hold to anything. */
function besideFacts(committed: readonly Settings[], runs: readonly Settings[]): readonly IntegrityFact[] {
  const finders = committed.map(({ values }) => finder(Object.keys(values)))
  return runs.flatMap(({ values, source: { path }, tool }): readonly IntegrityFact[] => {
    const keys = Object.keys(values).filter(
      (key) => isGiven(values[key]) && finders.every((keyFor) => keyFor(key) === undefined),
    )
    if (tool !== 'training-record') {
      const [some, more] = [keys.slice(0, MOST_BESIDE), Math.max(0, keys.length - MOST_BESIDE)]
      return keys.length === 0 ? [] : [{ what: 'parameters_beside', path, keys: some, more }]
    }
    // Seeds of a record are held to the committed ones by their values too.
    return keys.flatMap((key): readonly IntegrityFact[] => {
      const found = values[key]
      return found === undefined || isSeed(key) || key.startsWith('seeds.')
        ? []
        : [{ what: 'parameter_uncommitted', path, key, found }]
    })
  })
}

/**
 * Finds the committed key that a key of a run means: the very same, or the only one that it ends with or that ends with it,
 * since tools add a section or leave it out. W&B and MLflow part them by a slash too.
 */
export function finder(keys: readonly string[]): (written: string) => string | undefined {
  const known = new Set(keys)
  const byTail = new Map<string, string[]>()
  for (const key of keys)
    for (const tail of tailsOf(key)) byTail.set(tail, [...(byTail.get(tail) ?? []), key])
  return (written) => {
    const key = written.replaceAll('/', '.')
    if (known.has(key)) return key
    const longer = byTail.get(key) ?? []
    if (longer.length > 0) return longer.length === 1 ? longer[0] : undefined
    return tailsOf(key).find((tail) => known.has(tail))
  }
}

/** The keys of a run with the committed ones that they mean; what two of them could mean, neither does. */
function meantBy(
  written: readonly string[],
  keyFor: (written: string) => string | undefined,
): readonly (readonly [written: string, key: string])[] {
  const byKey = new Map<string, string[]>()
  for (const one of written) {
    const key = keyFor(one)
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), one])
  }
  return [...byKey].flatMap(([key, all]): readonly (readonly [string, string])[] => {
    const exact = all.find((one) => one.replaceAll('/', '.') === key)
    const only = exact ?? (all.length === 1 ? all[0] : undefined)
    return only === undefined ? [] : [[only, key]]
  })
}

/** `a.b.c` ends with `b.c` and with `c`; a number alone is the place in a list. */
function tailsOf(key: string): readonly string[] {
  const parts = key.split('.').slice(-20)
  const tails = parts.slice(1).map((_, index) => parts.slice(index + 1).join('.'))
  return tails.filter((tail) => !/^[\d.]+$/.test(tail))
}

/** As decimals where both are numbers, however they are written; else as they are, in any case of a truth value. */
export function isEqual(one: Scalar, other: Scalar): boolean {
  const [a, b] = [numberIn(one), numberIn(other)]
  if (a !== undefined && b !== undefined) return a.eq(b)
  return textOf(one) === textOf(other)
}

function numberIn(value: Scalar): Big | undefined {
  const text = String(value).trim()
  const isDecimal = /^[+-]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:[eE][+-]?\d{1,4})?$/.test(text)
  return isDecimal && typeof value !== 'boolean' ? new Big(text.replace(/^\+/, '')) : undefined
}

/** Tools that keep texts write what Python prints. */
function textOf(value: Scalar): string {
  const text = String(value)
  return /^(?:true|false|none|null)$/i.test(text) ? text.toLowerCase().replace('none', 'null') : text
}
