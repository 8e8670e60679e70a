import type { ClusterSums } from '../../statistics/clusters.ts'
import { sumArea } from '../../statistics/sorted-area.ts'
import { type Calibration, calibrationIn } from './calibration.ts'
import { clustersSql, RATIOS } from './cluster-sql.ts'
import {
  areasOfClusters,
  type CalibrationErrors,
  calibrationOfClusters,
  numberClusters,
  sharesOfClusters,
} from './clustered.ts'
import type { Chunk, Engine, Row, Values } from './engine.ts'
import type { Found } from './measure.ts'
import { type NumberSum, type Numbers, sumClusteredNumbers, sumNumbers } from './numbers.ts'
import type { RowsPlan } from './plan.ts'
import { groupsOf, sortedSql } from './sql.ts'
import { type Family, familiesOf } from './subsets.ts'
import type { Counted, Tally } from './tally.ts'

/** What counts alone do not tell of each subset: areas, calibration, numbers, and how rows that belong together vary. */
export async function foundIn(engine: Engine, plan: RowsPlan, counted: Counted): Promise<readonly Found[]> {
  const { tallies } = counted
  const sizes = counted.names.map(({ length }) => length)
  const values = valuesOf(plan, counted)
  const families = familiesOf(plan, tallies, sizes)
  const about = { engine, plan, tallies, sizes, values, families }
  const areas = tallies.map(() => sumArea())
  if (plan.score !== undefined) await sorted(about, 's', areas, true)
  const calibrations =
    plan.score === undefined || plan.uncalibrated
      ? new Map<Tally, Calibration>()
      : await calibrationIn(engine, plan, families, sizes, values)
  const clusters = plan.cluster === undefined ? undefined : await clustersIn(engine, plan, counted, values)
  const most = clusters === undefined ? 0 : await numberClusters(engine, plan, values)
  const scored = clusters !== undefined && plan.score !== undefined
  const ofAreas = scored ? await areasOfClusters(engine, families, sizes, most) : undefined
  const ofCalibration =
    scored && !plan.uncalibrated
      ? await calibrationOfClusters(engine, families, sizes, calibrations)
      : undefined
  const numbers = await numbersIn(about)
  return tallies.map((tally, index): Found => {
    const area = plan.score === undefined ? undefined : areas[index]?.result()
    const calibration = calibrations.get(tally)
    const own = clusters?.(tally)
    // What is not known of clusters is never taken from rows one by one.
    const areaError = ofAreas && (ofAreas.get(tally) ?? { stderr: Number.NaN, clusters: 0 })
    const errors = ofCalibration && (ofCalibration.get(tally) ?? UNKNOWN)
    return {
      ...{ tally, numbers: numbers[index] ?? {} },
      ...(area !== undefined && 'area' in area && { area: { ...area, ...areaError } }),
      ...(calibration && { calibration: { ...calibration, ...(errors && { errors }) } }),
      ...(own && { clusters: own }),
    }
  })
}

const UNKNOWN: CalibrationErrors = {
  ...{ clusters: 0, slope: Number.NaN, large: Number.NaN },
  ...{ error: Number.NaN, brier: Number.NaN },
}

type About = {
  readonly engine: Engine
  readonly plan: RowsPlan
  readonly tallies: readonly Tally[]
  readonly sizes: readonly number[]
  readonly values: Values
  readonly families: readonly Family[]
}

/** Means and quantiles of every column of numbers, by subset and metric. */
async function numbersIn(about: About): Promise<readonly Found['numbers'][]> {
  const { plan, tallies } = about
  const numbers: Record<string, Numbers>[] = tallies.map(() => ({}))
  for (const [index, metric] of Object.keys(plan.values).entries()) {
    const column = `v${index}`
    const summed = async (sums: readonly NumberSum[]): Promise<readonly Numbers[]> => {
      await sorted(about, column, sums, false)
      return sums.map((sum) => sum.result())
    }
    const plain = await summed(tallies.map(({ n }) => sumNumbers(n, plan.confidence)))
    const own = plan.cluster === undefined ? plain : await summed(await clusteredSums(about, column, plain))
    for (const [at, one] of own.entries()) Object.assign(numbers[at] ?? {}, { [metric]: one })
  }
  return numbers
}

/** Quantiles anew, by how the shares of rows below them vary between clusters. */
async function clusteredSums(
  { engine, plan, tallies, sizes, families }: About,
  column: string,
  plain: readonly Numbers[],
): Promise<readonly NumberSum[]> {
  const known = new Map(tallies.map((tally, at) => [tally, plain[at]?.quantiles ?? []]))
  const shares = await sharesOfClusters(engine, families, sizes, column, (tally) =>
    (known.get(tally) ?? []).map(({ value }) => value),
  )
  return tallies.map((tally) => sumClusteredNumbers(tally.n, plan.confidence, shares.get(tally) ?? []))
}

/** Gives every row of a column, from the lowest to the highest, to the sums of its subsets. */
async function sorted(
  { engine, tallies, sizes, values }: About,
  column: string,
  sums: readonly Taking[],
  labelled: boolean,
): Promise<void> {
  const takers = takersOf(tallies, sizes, sums)
  await engine.each(sortedSql(column, sizes, labelled), values, (chunk) => takeAll(chunk, takers))
}

/** What statements are given beside their own words: classes and groups as they stand in the file, and numbers. */
function valuesOf({ threshold }: RowsPlan, { labels, predictions, groups, positive }: Counted): Values {
  const named = [
    ...([['l', labels]] as const),
    ...([['p', predictions]] as const),
    ...groups.map((coded, index) => [`g${index}`, coded] as const),
  ]
  return {
    ...Object.fromEntries(
      named.flatMap(([name, { raw, numbers }]) => [[name, raw] as const, [`${name}n`, numbers] as const]),
    ),
    positive: positive?.number ?? -1,
    threshold: threshold ?? 0,
  }
}

type Taking = { readonly take: (value: number, positive: boolean) => void }
/** The sums that a row counts for, by its key. */
type Takers = (key: number) => readonly Taking[]

function takersOf(tallies: readonly Tally[], sizes: readonly number[], sums: readonly Taking[]): Takers {
  const known: (readonly Taking[])[] = []
  return (key) => {
    const before = known[key]
    if (before !== undefined) return before
    const groups = groupsOf(key, sizes)
    const own = sums.filter((_, index) =>
      (tallies[index]?.groups ?? []).every(([column, group]) => groups[column] === group),
    )
    known[key] = own
    return own
  }
}

/** Millions of rows go through here. */
function takeAll(chunk: Chunk, takers: Takers): void {
  const [x, keys] = [chunk.column(0), chunk.column(1)]
  for (let row = 0; row < chunk.rows; row += 1) {
    const [value, key] = [x(row), keys(row)]
    if (typeof value !== 'number' || typeof key !== 'number') throw new Error('a row without its number')
    const positive = key % 2 === 1
    const sums = takers(key)
    for (let index = 0; index < sums.length; index += 1) sums[index]?.take(value, positive)
  }
}

/** The sums over clusters of each subset, by ratio and by the place of numbers. */
async function clustersIn(
  engine: Engine,
  plan: RowsPlan,
  counted: Counted,
  values: Values,
): Promise<(tally: Tally) => Readonly<Record<string, ClusterSums>> | undefined> {
  const rows = await engine.all(clustersSql(plan, counted), values)
  const names = [...Object.keys(RATIOS), ...Object.keys(plan.values).map((_, index) => `v${index}`)]
  return (tally) => {
    const own = rowOf(rows, tally, plan.groups.length)
    return own && Object.fromEntries(names.map((name) => [name, sumsOf(own, name)]))
  }
}

/** The row of one subset, among those of all. */
export function rowOf(rows: readonly Row[], { groups }: Pick<Tally, 'groups'>, all: number): Row | undefined {
  // As SQL has it: a bit for each column that the rows were not divided by, the first column the highest.
  const divided = groups.reduce((mask, [column]) => mask + 2 ** (all - 1 - column), 0)
  const mask = 2 ** all - 1 - divided
  return rows.find(
    (row) =>
      Number(row.grouped) === mask && groups.every(([column, group]) => Number(row[`g${column}`]) === group),
  )
}

export function sumsOf(row: Row, name: string): ClusterSums {
  const at = (part: string) => Number(row[`${name}_${part}`])
  return {
    ...{ clusters: at('k'), sum: at('y'), samples: at('m') },
    ...{ sumSquares: at('yy'), products: at('ym'), sampleSquares: at('mm') },
  }
}
