import type { ClusterSums } from '../../statistics/clusters.ts'
import { sumArea } from '../../statistics/sorted-area.ts'
import { clustersSql, RATIOS } from './cluster-sql.ts'
import type { Chunk, Engine, Row, Values } from './engine.ts'
import type { Found } from './measure.ts'
import { sumNumbers } from './numbers.ts'
import type { RowsPlan } from './plan.ts'
import { groupsOf, sortedSql } from './sql.ts'
import type { Counted, Tally } from './tally.ts'

/** What counts alone do not tell of each subset: areas, numbers, and how rows that belong together vary. */
export async function foundIn(engine: Engine, plan: RowsPlan, counted: Counted): Promise<readonly Found[]> {
  const { tallies } = counted
  const sizes = counted.names.map(({ length }) => length)
  const values = valuesOf(plan, counted)
  const sorted = async (column: string, sums: readonly Taking[], labelled: boolean): Promise<void> => {
    const takers = takersOf(tallies, sizes, sums)
    await engine.each(sortedSql(column, sizes, labelled), values, (chunk) => takeAll(chunk, takers))
  }
  const areas = tallies.map(() => sumArea())
  if (plan.score !== undefined) await sorted('s', areas, true)
  const numbers: Record<string, Found['numbers'][string]>[] = tallies.map(() => ({}))
  for (const [index, metric] of Object.keys(plan.values).entries()) {
    const sums = tallies.map(({ n }) => sumNumbers(n, plan.confidence))
    await sorted(`v${index}`, sums, false)
    for (const [at, sum] of sums.entries()) Object.assign(numbers[at] ?? {}, { [metric]: sum.result() })
  }
  const clusters = plan.cluster === undefined ? undefined : await clustersIn(engine, plan, counted, values)
  return tallies.map((tally, index): Found => {
    const area = plan.score === undefined ? undefined : areas[index]?.result()
    const own = clusters?.(tally)
    return {
      ...{ tally, numbers: numbers[index] ?? {} },
      ...(area !== undefined && 'area' in area && { area }),
      ...(own && { clusters: own }),
    }
  })
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
