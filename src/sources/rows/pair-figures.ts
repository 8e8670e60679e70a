import type { Paired, PairedCounts } from '../../core/paired.ts'
import { clusterEstimateOf } from '../../statistics/clusters.ts'
import { placementDifference } from '../../statistics/sorted-area.ts'
import type { Engine, Row } from './engine.ts'
import { rowOf, sumsOf } from './found.ts'
import { labelsOfRates, pointerTo, positiveLabel } from './measure.ts'
import { areaSql, fourfoldSql, type PairedRatio, pairedClustersSql } from './pair-sql.ts'
import type { RowsPlan } from './plan.ts'
import type { Counted, Tally } from './tally.ts'

type Both<T> = readonly [own: T, other: T]

/** What the table of pairs comes to: each rate of each subset, and the area of all rows. */
export async function pairFigures(
  engine: Engine,
  plans: Both<RowsPlan>,
  both: Both<Counted>,
): Promise<readonly Paired[]> {
  const [{ groups }] = plans
  const rates = namedRates(plans, both)
  const tables = await engine.all(fourfoldSql(groups))
  const isClustered = plans.some(({ cluster }) => cluster !== undefined)
  const clusters = isClustered ? await engine.all(pairedClustersSql(groups)) : undefined
  const found = both[0].tallies.flatMap((tally) => {
    const [table, own] = [tables, clusters].map((rows) => rows && rowOf(rows, tally, groups.length))
    return rates.flatMap((rate): readonly Paired[] => {
      const counts = table && countsIn(table, rate)
      if (counts === undefined || (isClustered && own === undefined)) return []
      const clustered = own && clusteredIn(own, rate.ratio, counts)
      // Of one cluster nothing tells how rows would vary.
      if (clustered === 'unknown') return []
      const pointer = pointerTo(rate.metric, rate.labels, groupsIn(tally, plans[0], both[0]))
      return [{ kind: 'rate', pointer, ...counts, ...(clustered && { clustered }) }]
    })
  })
  return [...found, ...(isClustered ? [] : await areaOfAll(engine, plans, both))]
}

type NamedRate = {
  readonly metric: string
  readonly labels: Readonly<Record<string, string>>
  readonly ratio: PairedRatio
  /** It counts what the ratio does not. */
  readonly turned: boolean
}

/** The rates that both files have under the same name: by the same threshold, of the same class. */
function namedRates(plans: Both<RowsPlan>, both: Both<Counted>): readonly NamedRate[] {
  const isLabelled = plans.every(({ label }) => label !== undefined)
  if (!both.every(({ answered }) => answered)) return []
  const [own, other] = [labelsOfRates(plans[0], both[0]), labelsOfRates(plans[1], both[1])]
  const named = (
    metric: string,
    labels: NamedRate['labels'],
    ratio: PairedRatio,
    turned = false,
  ): NamedRate => ({ metric, labels, ratio, turned })
  const isBinary = both.every(({ positive }) => positive !== undefined) && isSame(own.ofClass, other.ofClass)
  return [
    ...(isLabelled && both.every(({ judged }) => judged) && isSame(own.byThreshold, other.byThreshold)
      ? [named('accuracy', own.byThreshold, 'accuracy')]
      : []),
    ...(isBinary ? [named('selection_rate', own.ofClass, 'selection_rate')] : []),
    ...(isBinary && isLabelled
      ? [
          named('recall', own.ofClass, 'recall'),
          named('false_negative_rate', own.ofClass, 'recall', true),
          named('false_positive_rate', own.ofClass, 'false_positive_rate'),
          named('true_negative_rate', own.ofClass, 'false_positive_rate', true),
        ]
      : []),
  ]
}

function isSame(one: NamedRate['labels'], other: NamedRate['labels']): boolean {
  return one.threshold === other.threshold && one.positive === other.positive
}

/** A rate of nothing is none. */
function countsIn(row: Row, { ratio, turned }: NamedRate): PairedCounts | undefined {
  const at = (part: string) => Number(row[`${ratio}_${part}`])
  const [both, onlyOne, onlyOther, neither] = [at('both'), at('one'), at('other'), at('neither')]
  if (!(both + onlyOne + onlyOther + neither > 0)) return undefined
  return turned
    ? { both: neither, onlyOne: onlyOther, onlyOther: onlyOne, neither: both }
    : { both, onlyOne, onlyOther, neither }
}

function clusteredIn(row: Row, ratio: PairedRatio, counts: PairedCounts) {
  const sums = sumsOf(row, ratio)
  const samples = counts.both + counts.onlyOne + counts.onlyOther + counts.neither
  if (sums.clusters >= samples) return undefined
  const { stderr } = clusterEstimateOf(sums)
  // The engine adds up in any order, which shows in the last digits.
  const shown = Number(stderr.toPrecision(12))
  return Number.isFinite(shown) ? { clusters: sums.clusters, stderr: shown } : ('unknown' as const)
}

/** Of subsets it is not compared: each would be sorted by itself. */
async function areaOfAll(
  engine: Engine,
  plans: Both<RowsPlan>,
  both: Both<Counted>,
): Promise<readonly Paired[]> {
  const scored = plans.every(({ score, label }) => score !== undefined && label !== undefined)
  const [own, other] = [positiveLabel(both[0]), positiveLabel(both[1])]
  if (!scored || own.positive === undefined || own.positive !== other.positive) return []
  const rows = await engine.all(areaSql())
  const of = (truth: boolean) => {
    const row = rows.find((one) => one.truth === truth)
    return row && { n: Number(row.n), sum: BigInt(String(row.sum)), squares: BigInt(String(row.squares)) }
  }
  const found = placementDifference(of(true), of(false))
  return found === undefined ? [] : [{ kind: 'area', pointer: pointerTo('roc_auc', own, []), ...found }]
}

function groupsIn({ groups }: Tally, plan: RowsPlan, counted: Counted) {
  return groups.map(
    ([column, group]) => [plan.groups[column] ?? '', counted.names[column]?.[group] ?? ''] as const,
  )
}
