import { sumClusteredArea } from '../../statistics/clustered-area.ts'
import type { SharesBelow } from '../../statistics/clustered-quantiles.ts'
import { clusterEstimateOf } from '../../statistics/clusters.ts'
import type { Calibration } from './calibration.ts'
import { CLUSTER_NUMBERS, clusteredSql, placedSql, residualsSql, sharesSql } from './clustered-sql.ts'
import type { Engine, Row, Values } from './engine.ts'
import type { RowsPlan } from './plan.ts'
import { type Family, placeOf } from './subsets.ts'
import type { Tally } from './tally.ts'

/** A standard error over clusters, and how many of them bear on it. */
export type ClusterError = { readonly stderr: number; readonly clusters: number }

/** Prepares what the rest asks of: rows by the numbers of their clusters. Says how many clusters there are. */
export async function numberClusters(engine: Engine, plan: RowsPlan, values: Values): Promise<number> {
  await engine.run(CLUSTER_NUMBERS)
  await engine.run(clusteredSql(plan), values)
  const [row] = await engine.all('SELECT count(*) AS n FROM cluster_numbers')
  return Number(row?.n ?? Number.NaN)
}

/** Errors of the areas under the ROC curve of every subset. */
export async function areasOfClusters(
  engine: Engine,
  families: readonly Family[],
  sizes: readonly number[],
  clusters: number,
): Promise<ReadonlyMap<Tally, ClusterError>> {
  const sum = sumClusteredArea(clusters)
  const found = new Map<Tally, ClusterError>()
  for (const family of families) {
    const byPlace = new Map(family.tallies.map((tally) => [placeOf(tally, sizes), tally]))
    let place: number | undefined
    const close = (): void => {
      const [tally, result] = [byPlace.get(place ?? 0), sum.result()]
      if (tally === undefined || !('area' in result)) return
      // Whichever class lies in fewer clusters says how much the error is to be trusted.
      const least = Math.min(result.withPositives, result.withNegatives)
      found.set(tally, { stderr: result.stderr, clusters: least })
    }
    await engine.each(placedSql(family), {}, (chunk) => {
      // Millions of rows go through here.
      const [places, scores] = [chunk.column(0), chunk.column(1)]
      const [numbers, truths] = [chunk.column(2), chunk.column(3)]
      for (let row = 0; row < chunk.rows; row += 1) {
        const own = Number(places(row))
        if (own !== place) {
          close()
          place = own
        }
        sum.take(Number(scores(row)), truths(row) === 1, Number(numbers(row)))
      }
    })
    close()
  }
  return found
}

/** Errors over clusters of what `Calibration` says of independent rows. */
export type CalibrationErrors = {
  readonly clusters: number
  readonly slope: number
  readonly large: number
  readonly error: number
  readonly brier: number
}

/**
 * The sandwich of Liang and Zeger (1986), Biometrika 73:13-22: what the residuals of each cluster add up to, over the
 * information, with k/(k − 1) for few clusters.
 */
export async function calibrationOfClusters(
  engine: Engine,
  families: readonly Family[],
  sizes: readonly number[],
  calibrations: ReadonlyMap<Tally, Calibration>,
): Promise<ReadonlyMap<Tally, CalibrationErrors>> {
  const asked = async (family: Family) =>
    engine.all(residualsSql(family), residualLists(family, sizes, calibrations))
  return await byTally(families, sizes, asked, (row, tally) => {
    const own = calibrations.get(tally)
    const clusters = Number(row.clusters)
    const error = (squares: unknown, information: number, alone: number): number => {
      const stderr = Math.sqrt((clusters / (clusters - 1)) * Number(squares)) / information
      // Of clusters that are alike only rounding is left.
      return stderr <= 1e-9 * alone ? 0 : stderr
    }
    const { slope, large, samples = 0 } = own ?? {}
    return {
      clusters,
      slope: slope?.kind === 'fitted' ? error(row.slope, slope.information, slope.slope.stderr) : Number.NaN,
      large:
        large?.kind === 'fitted' ? error(row.large, large.information, large.estimate.stderr) : Number.NaN,
      error: error(row.error, samples, own?.error.stderr ?? 0),
      brier: error(row.brier, samples, own?.brier.stderr ?? 0),
    }
  })
}

/** What each subset's residuals are taken from, by its place; as text, which the engine takes in any mixture. */
function residualLists(
  { tallies }: Family,
  sizes: readonly number[],
  calibrations: ReadonlyMap<Tally, Calibration>,
) {
  const lists = { a: [], b: [], c: [], l: [], e: [], q: [], signs: [] } as Record<
    'a' | 'b' | 'c' | 'l' | 'e' | 'q' | 'signs',
    string[]
  > // empty lists have no type of their own
  for (const tally of tallies) {
    const own = calibrations.get(tally)
    if (own === undefined) continue
    const { slope, large, bins, error, brier } = own
    const at = placeOf(tally, sizes) - 1
    const fitted = slope.kind === 'fitted'
    lists.a[at] = String(fitted ? slope.intercept : 0)
    lists.b[at] = String(fitted ? slope.slope.value : 0)
    lists.c[at] = String(fitted ? slope.centre : 0)
    lists.l[at] = String(large.kind === 'fitted' ? large.estimate.value : 0)
    lists.e[at] = String(error.value)
    lists.q[at] = String(brier.value)
    for (const [bin, { positives, scores }] of bins.entries())
      lists.signs[at * bins.length + bin] = positives >= scores ? '1' : '-1'
  }
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, filled(list)]))
}

/** Of each quantile of each subset, by its value, how the shares below it and at most it vary between clusters. */
export async function sharesOfClusters(
  engine: Engine,
  families: readonly Family[],
  sizes: readonly number[],
  column: string,
  quantiles: (tally: Tally) => readonly number[],
): Promise<ReadonlyMap<Tally, readonly SharesBelow[]>> {
  const asked = async (family: Family) => {
    const most = Math.max(0, ...family.tallies.map((tally) => quantiles(tally).length))
    const lists = Array.from({ length: most }, (_, index) => {
      const list: string[] = []
      for (const tally of family.tallies) list[placeOf(tally, sizes) - 1] = String(quantiles(tally)[index])
      return [`t${index}`, filled(list)] as const
    })
    return await engine.all(sharesSql(family, column, most), Object.fromEntries(lists))
  }
  return await byTally(families, sizes, asked, (row, tally) =>
    quantiles(tally).map((_, index): SharesBelow => {
      const shared = { clusters: Number(row.clusters), samples: Number(row.m), sampleSquares: Number(row.mm) }
      const stderr = (name: string) =>
        clusterEstimateOf({
          ...shared,
          ...{ sum: Number(row[`${name}_y`]), sumSquares: Number(row[`${name}_yy`]) },
          products: Number(row[`${name}_ym`]),
        }).stderr
      return { clusters: shared.clusters, below: stderr(`below${index}`), atMost: stderr(`at${index}`) }
    }),
  )
}

/** Places that no subset has are never looked up. */
function filled(list: readonly string[]): readonly string[] {
  return Array.from(list, (value) => value ?? '0')
}

async function byTally<T>(
  families: readonly Family[],
  sizes: readonly number[],
  ask: (family: Family) => Promise<readonly Row[]>,
  of: (row: Row, tally: Tally) => T,
): Promise<ReadonlyMap<Tally, T>> {
  const found = new Map<Tally, T>()
  for (const family of families) {
    const rows = new Map((await ask(family)).map((row) => [Number(row.place), row]))
    for (const tally of family.tallies) {
      const row = rows.get(placeOf(tally, sizes))
      if (row !== undefined) found.set(tally, of(row, tally))
    }
  }
  return found
}
