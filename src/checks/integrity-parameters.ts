import type { IntegrityFact } from '../core/integrity-answer.ts'
import { isSeed, type Scalar, type TrainingEvidence } from '../core/training-evidence.ts'
import type { Context } from './context.ts'
import { atTrainingFacts } from './integrity-at-training.ts'
import { madeOf } from './integrity-provenance.ts'
import { finder, meantBy, plainKey } from './parameter-keys.ts'
import { isEqual, isFixed, isGiven } from './parameter-values.ts'

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
    ...committed.flatMap((file) =>
      comparedWith(file, toldBuilds(context, Object.keys(file.values))).filter(isDifferent),
    ),
    ...(committed.length === 0 ? [] : besideFacts(committed, runs)),
    ...atTrainingFacts((one) => one.kind === 'parameters' && one.of === 'committed', context),
  ]
}

function seedFacts(all: readonly Settings[]): readonly IntegrityFact[] {
  const seeded = all.flatMap(({ of, values, source: { path } }) => {
    const keys = Object.keys(values).filter((key) => isSeed(key) && isFixed(values[key]))
    return keys.length === 0 ? [] : [{ of, values, path, keys }]
  })
  const [first] = all
  if (seeded.length === 0 && first !== undefined) return [{ what: 'no_seed', path: first.source.path }]
  // Where the committed ones have a seed, those that ran are compared with it; where they have none, nobody can.
  const told = seeded.filter(({ of }) => of === 'committed')
  const isOpen = told.length === 0 && all.some(({ of }) => of === 'committed')
  return (told.length > 0 ? told : seeded).flatMap(({ path, keys, values }): readonly IntegrityFact[] =>
    isOpen
      ? keys.map((key) => ({
          ...{ what: 'seed_uncommitted', path, key: key.replace(/^seeds\./, ''), found: values[key] ?? null },
        }))
      : [{ what: 'seeds', path, keys }],
  )
}

function comparedWith(file: Settings, runs: readonly Settings[]): readonly IntegrityFact[] {
  const against = file.source.path
  const keys = Object.keys(file.values)
  if (keys.length === 0 || runs.length === 0) return [{ what: 'no_run_parameters', path: against }]
  const keyFor = finder(keys)
  const confirmed = new Set<string>()
  const each = runs.map(({ values, source }) => {
    const { path } = source
    const open: IntegrityFact[] = []
    let equal = 0
    for (const { key, written, surely } of meantBy(Object.keys(values), keyFor)) {
      const wanted = file.values[key]
      const given = written.map((one) => values[one] ?? null)
      if (wanted === undefined) continue
      const [found] = given.filter((one) => !isEqual(one, wanted))
      const isOther = found !== undefined && (surely || given.every((one) => !isEqual(one, wanted)))
      if (isOther) open.push({ what: 'parameter_differs', path, key, found, wanted, against })
      else if (found !== undefined)
        open.push({ what: 'parameter_ambiguous', path, key, keys: written, against })
      else if (surely) {
        equal += 1
        confirmed.add(key)
      }
    }
    const isSaid = equal > 0 && !open.some(({ what }) => what === 'parameter_differs')
    return isSaid ? [...open, { what: 'parameters_equal', path, against, keys: equal } as const] : open
  })
  const said = each.flat()
  const differing = new Set(
    said.flatMap((one) =>
      one.what === 'parameter_differs' || one.what === 'parameter_ambiguous' ? one.key : [],
    ),
  )
  const left = keys.filter((key) => !confirmed.has(key) && !differing.has(key))
  return [...said, ...left.map((key) => ({ what: 'parameter_unconfirmed', path: against, key }) as const)]
}

/**
 * What builds of released weights were told: a build is told much beside, so that it confirms nothing, and only what has
 * the whole key of a committed parameter, or can be nothing but one of a training, is one.
 */
function toldBuilds({ evidence, weights }: Context, committed: readonly string[]): readonly Settings[] {
  return evidence.flatMap(({ records }) =>
    records.flatMap((record): readonly Settings[] => {
      const told = record.kind === 'attestation' ? madeOf(record, weights)?.parameters : undefined
      const about = { kind: 'parameters', of: 'run', unresolved: [], tool: 'provenance' } as const
      const values = Object.entries(told ?? {}).filter(([key, value]) => isOfTraining(key, value, committed))
      return values.length === 0
        ? []
        : [{ ...about, values: Object.fromEntries(values), source: record.source }]
    }),
  )
}

/** Settings of a training by what everybody calls them. */
const OF_TRAINING =
  /^(?:lr|learningrate|epochs?|numepochs|maxepochs|batchsize|trainbatchsize|weightdecay|dropout|warmup(?:steps|ratio)?|maxdepth|nestimators|numleaves|loraalpha|lorar|lorarank|maxsteps|gradientaccumulationsteps)$/

/** An input of a workflow that was left empty is no value. */
function isOfTraining(key: string, value: Scalar, committed: readonly string[]): boolean {
  if (!isGiven(value) || /^(?:default|auto)$/i.test(String(value).trim())) return false
  if (isSeed(key)) return /^\d+(?:\.0+)?$/.test(String(value).trim())
  const plain = plainKey(key)
  return (
    OF_TRAINING.test(plain.split('.').at(-1) ?? plain) || committed.some((one) => plainKey(one) === plain)
  )
}

function isDifferent({ what }: IntegrityFact): boolean {
  return what === 'parameter_differs'
}

const MOST_BESIDE = 3

/** What runs tell and is compared with no committed parameter: of a record, a parameter that nobody could hold to anything. */
function besideFacts(committed: readonly Settings[], runs: readonly Settings[]): readonly IntegrityFact[] {
  const finders = committed.map(({ values }) => finder(Object.keys(values)))
  return runs.flatMap(({ values, source: { path }, tool }): readonly IntegrityFact[] => {
    const keys = Object.keys(values)
    const compared = new Set(
      finders.flatMap((keyFor) =>
        meantBy(keys, keyFor).flatMap(({ written, surely }) => (surely ? written : [])),
      ),
    )
    const beside = Object.entries(values).filter(([key, value]) => isGiven(value) && !compared.has(key))
    if (tool === 'training-record')
      return beside
        .filter(([key]) => !isHeldByValue(key))
        .map(([key, found]) => ({ what: 'parameter_uncommitted', path, key, found }) as const)
    if (beside.length === 0) return []
    const some = beside.slice(0, MOST_BESIDE).map(([key]) => key)
    return [{ what: 'parameters_beside', path, keys: some, more: beside.length - some.length }]
  })
}

/** A seed of a record is held to the committed ones by its value too, where `recordedSeeds` looks. */
function isHeldByValue(key: string): boolean {
  return isSeed(key) || key.startsWith('seeds.')
}
