import type { Measurement } from '../core/measurement.ts'
import { plainWords } from '../text/words.ts'
import { groupOf, HOW } from './card-labels.ts'

const RUNS = ['fold', 'seed', 'step', 'epoch'] as const
const WHICH_DATA = ['dataset', 'split'] as const

/** Labels that part the measurements of one metric: those of groups, and those that not all have alike. */
export type Division = ReadonlySet<string>

export function divisionOf(same: readonly Measurement[], grouped: readonly string[]): Division {
  const labels = new Set(same.flatMap((one) => Object.keys(groupOf(one))))
  const isDividing = (label: string) =>
    grouped.includes(label) ||
    same.some(({ within = [] }) => within.includes(label)) ||
    new Set(same.map((one) => one.labels[label])).size > 1
  return new Set([...labels].filter((label) => !HOW.has(label) && isDividing(label)))
}

/** The groups that a measurement is of. */
export function partsOf(one: Measurement, division: Division): readonly (readonly [string, string])[] {
  return Object.entries(one.labels).filter(([label]) => division.has(label))
}

/** What is of no group; of what only runs were measured for, what they come to on average. */
export function wholeOf(measured: readonly Measurement[], division: Division): readonly Measurement[] {
  const all = measured.filter((one) => partsOf(one, division).length === 0)
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
 * The measurements that are of the parts which a text names, and of no other; where it names several, of all of them
 * together where that was measured. A number names a group only beside the name of its label, unless the text is
 * nothing but the name of a part.
 */
export function namedIn(
  text: string,
  same: readonly Measurement[],
  division: Division,
  isName = false,
): readonly Measurement[] {
  const spoken = (label: string, value: string) =>
    isName || /\p{L}/u.test(value) ? [value] : [`${label} ${value}`]
  const all = same.flatMap((one) => Object.entries(groupOf(one)))
  const names = namesIn(
    text,
    all.flatMap(([label, value]) => spoken(label, value)),
  )
  const isNamed = ([label, value]: readonly [string, string]) =>
    spoken(label, value).some((name) => names.has(plainWords(name)))
  const found = same.filter(
    (one) => partsOf(one, division).every(isNamed) && Object.entries(groupOf(one)).some(isNamed),
  )
  const most = Math.max(0, ...found.map((one) => partsOf(one, division).length))
  return found.filter((one) => partsOf(one, division).length === most)
}

/** What is of the data that a text names, as far as both say it; and of these what is of that data for sure. */
export function ofData(
  text: string,
  same: readonly Measurement[],
): { readonly pool: readonly Measurement[]; readonly sure: readonly Measurement[]; readonly named: boolean } {
  const all = WHICH_DATA.flatMap((label) => {
    const names = namesIn(
      text,
      same.flatMap(({ labels }) => labels[label] ?? []),
    )
    return names.size === 0 ? [] : [{ label, names }]
  })
  const pool = same.filter(({ labels }) =>
    all.every(({ label, names }) => labels[label] === undefined || names.has(plainWords(labels[label]))),
  )
  const sure = pool.filter(({ labels }) => all.every(({ label }) => labels[label] !== undefined))
  return { pool, sure: sure.length === 0 ? pool : sure, named: all.length > 0 }
}

/** Which of some names stand in a text, in their plain words; one within a longer one that stands there does not count. */
export function namesIn(text: string, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  let left = ` ${plainWords(text)} `
  const plain = new Set(names.map(plainWords))
  plain.delete('')
  for (const name of [...plain].toSorted((a, b) => b.length - a.length)) {
    if (!left.includes(` ${name} `)) continue
    found.add(name)
    left = left.replaceAll(` ${name} `, ' | ')
  }
  return found
}
