import type { IntegrityFact } from '../core/integrity-answer.ts'
import { isSeed, type Scalar, type TrainingEvidence } from '../core/training-evidence.ts'
import type { Context } from './context.ts'
import { finder } from './parameter-keys.ts'
import { isEqual, isGiven } from './parameter-values.ts'

type Settings = Extract<TrainingEvidence, { kind: 'parameters' }>
type Seed = { readonly path: string; readonly name: string; readonly found: Scalar }
type Committed = { readonly against: string; readonly key: string; readonly wanted: Scalar }

/**
 * Whether each seed that a training record writes down is one of the committed parameters: the one of its name, else any
 * whose name says that it is a seed, by value. Where there is one seed on both sides they can only mean each other,
 * whatever they are called; but a hyperparameter means the one of its name.
 */
export function recordedSeeds({ evidence }: Context): readonly IntegrityFact[] {
  const all = evidence.flatMap(({ records }) => records.filter((one) => one.kind === 'parameters'))
  const committed = all.filter(({ of }) => of === 'committed')
  const records = all.filter(({ tool }) => tool === 'training-record')
  const recorded = records.flatMap(seedsOf)
  const known = committed.flatMap(({ values, source }) =>
    Object.entries(values).flatMap(([key, wanted]): readonly Committed[] =>
      isSeed(key) && isGiven(wanted) ? [{ against: source.path, key, wanted }] : [],
    ),
  )
  const finders = committed.map(namesakesIn)
  return [...recorded, ...records.flatMap(settingsOf)].flatMap((seed): readonly IntegrityFact[] => {
    const { path, name, found } = seed
    const own = finders.flatMap((namesakes) => namesakes(name))
    const isOnly = recorded.length === 1 && recorded[0] === seed && known.length === 1
    const meant = own.length > 0 ? own : isOnly ? known : []
    if (meant.length > 0)
      return meant.flatMap(({ against, key, wanted }): readonly IntegrityFact[] =>
        isEqual(found, wanted) ? [] : [{ what: 'parameter_differs', path, key, found, wanted, against }],
      )
    // Of no committed parameters, and of none with a seed, more is said elsewhere.
    const isCommitted = known.length === 0 || known.some(({ wanted }) => isEqual(found, wanted))
    return isCommitted ? [] : [{ what: 'seed_uncommitted', path, key: name, found }]
  })
}

/** Seeds among the hyperparameters, by their keys. */
function settingsOf({ values, source }: Settings): readonly Seed[] {
  return Object.entries(values).flatMap(([name, found]): readonly Seed[] =>
    isSeed(name) && name !== 'seed' && !name.startsWith('seeds.') && isGiven(found)
      ? [{ path: source.path, name, found }]
      : [],
  )
}

/** `seeds: { numpy: 7 }` is `seeds.numpy`; a list of one is `seed`. */
function seedsOf({ values, source }: Settings): readonly Seed[] {
  return Object.entries(values).flatMap(([key, found]): readonly Seed[] => {
    const name = key === 'seed' ? key : /^seeds\.(.+)$/.exec(key)?.[1]
    return name === undefined ? [] : [{ path: source.path, name, found }]
  })
}

/** Finds the committed parameter of a seed's name; the place in a list is none. */
function namesakesIn({ values, source }: Settings): (name: string) => readonly Committed[] {
  const keyFor = finder(Object.keys(values))
  return (name) => {
    const key = /^\d+$/.test(name) ? undefined : keyFor(name)
    const wanted = key === undefined ? undefined : values[key]
    return key === undefined || wanted === undefined ? [] : [{ against: source.path, key, wanted }]
  }
}
