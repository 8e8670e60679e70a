import type { Measurement } from '../core/measurement.ts'
import { wordsOf } from '../text/word-set.ts'
import { plainWords } from '../text/words.ts'
import { groupOf, HOW } from './card-labels.ts'
import { type Names, namesIn, namesOf } from './card-names.ts'

const RUNS = ['fold', 'seed', 'step', 'epoch'] as const
export const WHICH_DATA = ['dataset', 'split', 'task', 'benchmark'] as const

/** A label of a measurement and its value, in the plain words by which a text may call it. */
export type Part = { readonly label: string; readonly value: string; readonly called: readonly string[] }

/** A measurement with the groups that it is of, and the ways in which it was taken. */
export type Known = {
  readonly one: Measurement
  readonly parts: readonly Part[]
  readonly ways: readonly Part[]
  readonly data: { readonly [L in (typeof WHICH_DATA)[number]]?: string }
}

/** All measurements of one metric, prepared once for whatever documents state of it. */
export type Pool = {
  readonly all: readonly Known[]
  /** Labels that part them: those of groups, and those that not all have alike. */
  readonly division: ReadonlySet<string>
  /** These labels, and those by which criteria divide. */
  readonly labels: Names
  readonly names: Names
  readonly data: readonly (readonly [(typeof WHICH_DATA)[number], Names])[]
}

export function poolOf(measured: readonly Measurement[], grouped: readonly string[]): Pool {
  const division = divisionOf(measured, grouped)
  const all = measured.map((one): Known => {
    const parts = Object.entries(groupOf(one)).map(([label, value]) => ({
      ...{ label, value: plainWords(value), called: callsOf(label, value) },
    }))
    const data = WHICH_DATA.flatMap((label) => {
      const value = one.labels[label]
      return value === undefined ? [] : [[label, plainWords(value)]]
    })
    return {
      one,
      parts: parts.filter(({ label }) => division.has(label)),
      ways: parts.filter(({ label }) => !division.has(label)),
      data: Object.fromEntries(data),
    }
  })
  const ofData = (label: (typeof WHICH_DATA)[number]) => namesOf(all.flatMap(({ data }) => data[label] ?? []))
  return {
    labels: namesOf([...division, ...grouped].map(plainWords)),
    ...{ all, division, data: WHICH_DATA.map((label) => [label, ofData(label)] as const) },
    names: namesOf(all.flatMap(({ parts, ways }) => [...parts, ...ways].flatMap(({ called }) => called))),
  }
}

function divisionOf(same: readonly Measurement[], grouped: readonly string[]): ReadonlySet<string> {
  const values = new Map<string, Set<string>>()
  const [within, given] = [new Set<string>(), new Map<string, number>()]
  for (const one of same) {
    for (const label of one.within ?? []) within.add(label)
    for (const [label, value] of Object.entries(groupOf(one))) {
      values.set(label, (values.get(label) ?? new Set()).add(value))
      given.set(label, (given.get(label) ?? 0) + 1)
    }
  }
  const isDividing = (label: string) =>
    grouped.includes(label) ||
    within.has(label) ||
    (values.get(label)?.size ?? 0) > 1 ||
    given.get(label) !== same.length
  return new Set([...values.keys()].filter((label) => !HOW.has(label) && isDividing(label)))
}

/** A number names a group beside the name of its label; scikit-learn's `macro avg` is called `macro`. */
function callsOf(label: string, value: string): readonly string[] {
  const plain = plainWords(value)
  const average = /^(macro|micro|weighted) avg$/.exec(plain)?.[1]
  return [
    ...(/\p{L}/u.test(plain) ? [plain] : []),
    plainWords(`${label} ${value}`),
    ...(average ? [average] : []),
  ]
}

/** Labels of what was made worse: a number that names no attack is one without, where that was measured. */
const WORSE = wordsOf(
  'attack attack_type corruption perturbation noise severity epsilon norm max_perturbation probe detector defense strategy plugin',
)

/** What is of no group; of what only runs were measured for, what they come to on average. */
export function wholeOf(known: readonly Known[]): readonly Measurement[] {
  const whole = known.filter(({ parts }) => parts.length === 0)
  const untouched = whole.filter(({ ways }) => !ways.some(({ label }) => WORSE.has(label)))
  const all = withoutRuns((untouched.length > 0 ? untouched : whole).map(({ one }) => one))
  return [...all, ...overTasks(all)]
}

/** Of several tasks what they come to on average, which a card may state of all. */
function overTasks(all: readonly Measurement[]): readonly Measurement[] {
  const [first, ...rest] = all
  const isOfTasks = new Set(all.map(({ labels }) => labels.task ?? labels.benchmark)).size > 1
  if (first === undefined || !isOfTasks || rest.some(({ unit }) => unit !== first.unit)) return []
  const sum = rest.reduce((whole, { value }) => whole + value, first.value)
  return [{ ...first, value: Number((sum / all.length).toPrecision(12)) }]
}

function withoutRuns(all: readonly Measurement[]): readonly Measurement[] {
  const isOfOneRun = (one: Measurement) => RUNS.some((label) => Object.hasOwn(one.labels, label))
  const whole = all.filter((one) => !isOfOneRun(one))
  return whole.length > 0 ? whole : averages(all)
}

function averages(runs: readonly Measurement[]): readonly Measurement[] {
  const isRun = (label: string) => RUNS.some((one) => one === label)
  const byRest = Map.groupBy(runs, ({ labels, unit }) =>
    JSON.stringify([unit, Object.entries(labels).filter(([label]) => !isRun(label))]),
  )
  return [...byRest.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    const sum = rest.reduce((all, { value }) => all + value, first.value)
    return [{ ...first, value: Number((sum / (rest.length + 1)).toPrecision(12)) }]
  })
}

/**
 * Those `among` the measurements that are of the parts which a text names, and of no other; where it names several, of
 * all of them together where that was measured. A number alone names a group where it is the whole text.
 */
export function namedIn(text: string, among: readonly Known[], { names }: Pool): readonly Measurement[] {
  const found = namesIn(text, names)
  const whole = plainWords(text)
  const isNamed = ({ value, called }: Part) => value === whole || called.some((name) => found.has(name))
  const meant = among.filter(({ parts, ways }) => parts.every(isNamed) && [...parts, ...ways].some(isNamed))
  const most = meant.reduce((length, { parts }) => Math.max(length, parts.length), 0)
  return meant.filter(({ parts }) => parts.length === most).map(({ one }) => one)
}

/**
 * What is of the data that a text names, as far as both say it; and of these what is of that data for sure. Only `close` to
 * a number is a single word the name of a task: it may be one of the sentence or the heading.
 */
export function ofData(
  close: string,
  among: readonly Known[],
  { data }: Pool,
  around = '',
): { readonly pool: readonly Known[]; readonly sure: readonly Known[]; readonly named: boolean } {
  const all = data.flatMap(([label, known]) => {
    const isOfTasks = label === 'task' || label === 'benchmark'
    const far = [...namesIn(around, known)].filter((name) => !isOfTasks || /[ \d]/.test(name))
    const names = new Set([...namesIn(close, known), ...far])
    return names.size === 0 ? [] : [{ label, names }]
  })
  if (all.length === 0) return { pool: among, sure: among, named: false }
  const pool = among.filter((one) =>
    all.every(({ label, names }) => {
      const own = one.data[label]
      return own === undefined || names.has(own)
    }),
  )
  const sure = pool.filter((one) => all.every(({ label }) => one.data[label] !== undefined))
  return { pool, sure: sure.length === 0 ? pool : sure, named: true }
}
