import type { Fault } from '../../core/problem.ts'
import { nameOf, type RowsPlan, subsetsOf } from './plan.ts'
import { MOST_CELLS } from './sql.ts'

/** How many rows there are of one class, answer and group, as `countsSql` asks. */
export type CountRow = {
  readonly l: string | null
  readonly p: string | null
  readonly above: boolean | null
  readonly n: number
  readonly unscored: number
  readonly loose: number
  readonly groups: readonly (string | null)[]
  /** Of each column of numbers, how many rows have none. */
  readonly bad: readonly number[]
}

/** The values of a column as they stand in the file, and what number each is called by. */
export type Coded = { readonly raw: readonly string[]; readonly numbers: readonly number[] }

/** Rows of one subset: of its groups, how many of what. */
export type Tally = {
  /** The number of the group in each column that divides it. */
  readonly groups: readonly (readonly [column: number, group: number])[]
  readonly n: number
  readonly hit: number
  readonly positives: number
  readonly chosen: number
  readonly found: number
}

export type Counted = {
  readonly tallies: readonly Tally[]
  /** Names of groups by column, each group's number being its place. */
  readonly names: readonly (readonly string[])[]
  readonly labels: Coded
  readonly predictions: Coded
  readonly groups: readonly Coded[]
  /** The positive class, and its number; absent where nothing says which it is. */
  readonly positive?: { readonly name: string; readonly number: number }
  /** Whether answers can be right or wrong: of a threshold only where there are two classes. */
  readonly judged: boolean
  readonly answered: boolean
  readonly byThreshold: boolean
}

type Flawed = { readonly faults: readonly Fault[] }

const MOST_CLASSES = 1000
const MOST_VALUES = 100
const LONGEST = 100

/** Counts by what they mean, or every reason why they mean nothing: no row is left out. */
export function tally(plan: RowsPlan, rows: readonly CountRow[]): Counted | Flawed {
  const faults = [...emptyFaults(plan, rows), ...valueFaults(plan, rows)]
  if (faults.length > 0) return { faults }
  const byThreshold = plan.score !== undefined && plan.threshold !== undefined
  const names = (column: (row: CountRow) => string | null) => distinct(rows.map(column))
  const labels = names(({ l }) => l)
  const predictions = names(({ p }) => p)
  const classes = [...new Set([...labels, ...predictions].map(nameOf))].toSorted()
  const positiveName = positiveOf(plan, classes)
  const truths = [...new Set(labels.map(nameOf))].toSorted()
  const wrong = classFaults(plan, { truths, classes, positiveName })
  if (wrong.length > 0) return { faults: wrong }
  const groups = plan.groups.map((_, index) => names((row) => row.groups[index] ?? null))
  const groupNames = groups.map((raw) => [...new Set(raw.map(nameOf))].toSorted())
  const positive = positiveName === undefined ? undefined : numbered(positiveName, classes)
  const counted = {
    names: groupNames,
    labels: coded(labels, classes),
    predictions: coded(predictions, classes),
    groups: groups.map((raw, index) => coded(raw, groupNames[index] ?? [])),
    ...(positive && { positive }),
    judged: byThreshold ? truths.length <= 2 && plan.label !== undefined : plan.label !== undefined,
    answered: plan.prediction !== undefined || byThreshold,
    byThreshold,
  }
  const differ = rows.filter(
    ({ p, above }) => byThreshold && p !== null && (nameOf(p) === positiveName) !== (above === true),
  )
  if (differ.length > 0)
    return {
      faults: [
        {
          ...bad('other_threshold', plan.prediction),
          ...{ rows: sumOf(differ), found: [String(plan.threshold)] },
        },
      ],
    }
  return { ...counted, tallies: talliesOf(plan, rows, counted) }
}

function talliesOf(
  plan: RowsPlan,
  rows: readonly CountRow[],
  counted: Omit<Counted, 'tallies'>,
): readonly Tally[] {
  const { byThreshold, positive, names } = counted
  const cells = rows.map(({ l, p, above, n, groups }) => {
    const truth = l !== null && positive !== undefined && nameOf(l) === positive.name
    const chosen = byThreshold
      ? above === true
      : p !== null && positive !== undefined && nameOf(p) === positive.name
    const hit = byThreshold ? truth === chosen : l !== null && p !== null && nameOf(l) === nameOf(p)
    const numbers = groups.map((raw, index) => (names[index] ?? []).indexOf(nameOf(raw ?? '')))
    return { n, truth, chosen, hit, numbers }
  })
  return subsetsOf(plan.groups).flatMap((subset) => {
    const parts = Map.groupBy(cells, ({ numbers }) => subset.map((column) => numbers[column]).join())
    // The engine gives them in any order.
    const sorted = [...parts].toSorted(([one], [other]) => (one < other ? -1 : 1))
    return sorted.map(
      ([, own]): Tally => ({
        groups: subset.map((column) => [column, own[0]?.numbers[column] ?? -1] as const),
        n: sumOf(own),
        hit: sumOf(own.filter(({ hit }) => hit)),
        positives: sumOf(own.filter(({ truth }) => truth)),
        chosen: sumOf(own.filter(({ chosen }) => chosen)),
        found: sumOf(own.filter(({ truth, chosen }) => truth && chosen)),
      }),
    )
  })
}

/** What is missing or is no number. */
function emptyFaults(plan: RowsPlan, rows: readonly CountRow[]): readonly Fault[] {
  if (sumOf(rows) === 0) return [bad('no_rows')]
  const fault = (
    flaw: 'missing' | 'no_probability' | 'not_a_number',
    named: string | undefined,
    found: number,
  ) => (named === undefined || found === 0 ? [] : [{ ...bad(flaw, named), rows: found }])
  const missing = (of: (row: CountRow) => string | null) => sumOf(rows.filter((row) => isNothing(of(row))))
  return [
    ...fault('missing', plan.label, plan.label === undefined ? 0 : missing(({ l }) => l)),
    ...fault('missing', plan.prediction, plan.prediction === undefined ? 0 : missing(({ p }) => p)),
    ...plan.groups.flatMap((name, index) =>
      fault(
        'missing',
        name,
        missing(({ groups }) => groups[index] ?? null),
      ),
    ),
    ...fault('missing', plan.cluster, add(rows.map(({ loose }) => loose))),
    ...fault('no_probability', plan.score, add(rows.map(({ unscored }) => unscored))),
    ...Object.values(plan.values).flatMap((name, index) =>
      fault('not_a_number', name, add(rows.map(({ bad: none }) => none[index] ?? 0))),
    ),
  ]
}

/** What has too many values, or too long ones, to be a class or a group. */
function valueFaults(plan: RowsPlan, rows: readonly CountRow[]): readonly Fault[] {
  const columns: readonly (readonly [string | undefined, number, (row: CountRow) => string | null])[] = [
    [plan.label, MOST_CLASSES, ({ l }) => l],
    [plan.prediction, MOST_CLASSES, ({ p }) => p],
    ...plan.groups.map(
      (name, index) => [name, MOST_VALUES, (row: CountRow) => row.groups[index] ?? null] as const,
    ),
  ]
  const over = columns.flatMap(([named, most, of]) => {
    const values = distinct(rows.map(of))
    const tooMany = values.length > most || values.some((value) => value.length > LONGEST)
    return named !== undefined && tooMany ? [bad('no_classes', named)] : []
  })
  return over.length > 0 || rows.length <= MOST_CELLS
    ? over
    : [bad('no_classes', plan.groups[0] ?? plan.label)]
}

/** The positive class is the criteria's, and 1 or true where they say nothing and there is nothing else. */
function positiveOf({ positive }: RowsPlan, classes: readonly string[]): string | undefined {
  if (positive !== undefined) return positive
  const among = (both: readonly string[]) => classes.every((name) => both.includes(name))
  return among(['0', '1']) ? '1' : among(['false', 'true']) ? 'true' : undefined
}

type Classes = {
  readonly truths: readonly string[]
  readonly classes: readonly string[]
  readonly positiveName: string | undefined
}

function classFaults(plan: RowsPlan, { truths, classes, positiveName }: Classes): readonly Fault[] {
  const { label, prediction, score, threshold } = plan
  if (score !== undefined && label === undefined) return [bad('no_label', score)]
  if (threshold !== undefined && prediction !== undefined && score === undefined)
    return [{ ...bad('no_score', prediction), found: [String(threshold)] }]
  const column = label ?? prediction
  const known = label === undefined ? classes : truths
  const unknown = positiveName === undefined ? score !== undefined : !known.includes(positiveName)
  if (column !== undefined && unknown) return [{ ...bad('no_positive', column), found: known.slice(0, 5) }]
  if (label === undefined || positiveName === undefined) return []
  const others = classes.filter((name) => !truths.includes(name))
  // Of one class alone the other may be an answer.
  return others.length > (truths.length === 1 ? 1 : 0)
    ? [{ ...bad('other_class', prediction), found: others.slice(0, 5) }]
    : []
}

function bad<F extends Extract<Fault, { code: 'bad_rows' }>['flaw']>(flaw: F, named?: string) {
  return { code: 'bad_rows', flaw, ...(named !== undefined && { named }) } as const
}

function numbered(name: string, names: readonly string[]) {
  return { name, number: names.indexOf(name) }
}

function coded(raw: readonly string[], names: readonly string[]): Coded {
  return { raw, numbers: raw.map((value) => names.indexOf(nameOf(value))) }
}

function isNothing(raw: string | null): boolean {
  return raw === null || raw === '' || /^nan$/i.test(raw)
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.flatMap((value) => value ?? []))]
}

function sumOf(rows: readonly { readonly n: number }[]): number {
  return add(rows.map(({ n }) => n))
}

function add(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
