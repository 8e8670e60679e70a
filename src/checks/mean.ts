import Big from 'big.js'
import type { Answer, Member } from '../core/answer.ts'
import type { Bound } from '../core/bound.ts'
import type { Measurement, Unit } from '../core/measurement.ts'
import { seedEstimate } from '../statistics/seeds.ts'
import { against } from './against.ts'

/** Labels whose members are independent repetitions of one thing, so that their spread says how sure the mean is. */
export const REPETITIONS: readonly string[] = ['seed', 'run', 'trial', 'repetition']

type Asked = {
  readonly label: string
  readonly bound: Bound
  readonly unit?: Unit | undefined
  readonly confidence?: number | undefined
}

/**
 * The mean over members against the bound; each weighs the same. With a confidence by t over the members, as
 * repetitions. `judged`: each member by itself, without a confidence; one that is not fit to be judged has no mean.
 */
export function answerMean(asked: Asked, judged: readonly Member[]): Answer {
  const { label, bound, unit, confidence } = asked
  const observed = judged.map(({ answer }) =>
    answer.code === 'within_bound' || answer.code === 'beyond_bound' ? answer.observed : undefined,
  )
  const usable = observed.flatMap((one) => one ?? [])
  const [first] = usable
  const unfit = judged.flatMap(({ member, answer }, index): readonly Member[] => {
    const one = observed[index]
    if (one === undefined) return [{ member, answer }]
    // Numbers of different units have no mean.
    return one.unit === first?.unit
      ? []
      : [
          {
            member,
            answer: {
              code: 'unit_differs',
              outcome: 'undecided',
              observed: one,
              wanted: first?.unit ?? 'unknown',
            },
          },
        ]
  })
  if (first === undefined || unfit.length > 0) {
    const about = { label, members: unfit }
    return unfit.some(({ answer }) => answer.outcome === 'unmet')
      ? { code: 'members_unmet', outcome: 'unmet', ...about }
      : { code: 'members_undecided', outcome: 'undecided', ...about }
  }
  return against({ bound, unit, confidence }, meanOf(usable, first, label))
}

/** The mean as if it had been measured: what is the same of all members, read where the first was. */
function meanOf(all: readonly Measurement[], first: Measurement, label: string): Measurement {
  const { metric, unit, source } = first
  const sum = all.reduce((total, { value }) => total.plus(value), new Big(0))
  const same = Object.entries(first.labels).filter(([name, value]) =>
    all.every(({ labels }) => Object.hasOwn(labels, name) && labels[name] === value),
  )
  const { stderr } = seedEstimate(all.map(({ value }) => value))
  return {
    ...{ metric, unit, source, value: sum.div(all.length).toNumber() },
    // Of a single one there is no spread: its standard error shows nothing.
    ...{ stderr: Number.isFinite(stderr) ? stderr : 0, clusters: all.length },
    labels: { ...Object.fromEntries(same), [label]: `mean of ${all.length}` },
  }
}
