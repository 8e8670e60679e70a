import { type RowsPlan, subsetsOf } from './plan.ts'
import { numberOf } from './sql.ts'

/** Rates as what is counted over what of, among the columns of `cellSql`. */
export const RATIOS = {
  accuracy: ['hit', 'n'],
  selection_rate: ['chosen', 'n'],
  recall: ['found', 'positives'],
  precision: ['found', 'chosen'],
  false_positive_rate: ['chosen - found', 'n - positives'],
  // The harmonic mean of precision and recall is a ratio of counts as well.
  f1: ['2 * found', 'positives + chosen'],
} as const
export type Ratio = keyof typeof RATIOS

/** What a cluster adds up to is squared and multiplied, then added up again: nothing of one cluster is told. */
export function clustersSql(plan: RowsPlan, how: { readonly byThreshold: boolean }): string {
  const groups = plan.groups.map((_, index) => `g${index}`)
  const values = Object.keys(plan.values).map((_, index) => `v${index}`)
  const truth = plan.label === undefined ? 'false' : `${numberOf('l')} = $positive`
  const chosen = how.byThreshold ? 's >= $threshold' : `${numberOf('p')} = $positive`
  const right = how.byThreshold ? `(${truth}) = (${chosen})` : `${numberOf('l')} = ${numberOf('p')}`
  const answered = how.byThreshold || plan.prediction !== undefined
  const rows = [
    ...groups.map((group) => `${numberOf(group)} AS ${group}`),
    ...['k', `${truth} AS truth`, `${answered ? chosen : 'false'} AS chosen`],
    ...[`${answered && plan.label !== undefined ? right : 'false'} AS hit`, ...values],
  ]
  const cells = [
    ...groups,
    ...['k', 'count(*) AS n', 'count(*) FILTER (hit) AS hit', 'count(*) FILTER (truth) AS positives'],
    ...['count(*) FILTER (chosen) AS chosen', 'count(*) FILTER (truth AND chosen) AS found'],
    ...values.map((value) => `sum(${value}) AS ${value}`),
  ]
  const sums = ['n', 'hit', 'positives', 'chosen', 'found', ...values].map(
    (name) => `sum(${name}) AS ${name}`,
  )
  const sets = subsetsOf(plan.groups).map(
    (set) => `(${[...set.map((index) => `g${index}`), 'k'].join(', ')})`,
  )
  const grouping = groups.length === 0 ? '0' : `grouping(${groups.join(', ')})`
  const outer = [
    ...Object.entries(RATIOS).map(([name, [sum, of]]) => squares(name, sum, of)),
    ...values.map((value) => squares(value, value, 'n')),
  ]
  const by = ['grouped', ...groups].join(', ')
  return [
    `WITH cells AS (SELECT ${cells.join(', ')} FROM (SELECT ${rows.join(', ')} FROM rows) GROUP BY ${[...groups, 'k'].join(', ')})`,
    `, clusters AS (SELECT ${grouping} AS grouped, ${[...groups, 'k', ...sums].join(', ')} FROM cells GROUP BY GROUPING SETS (${sets.join(', ')}))`,
    `SELECT ${by}, count(*) AS clusters, ${outer.join(', ')} FROM clusters GROUP BY ${by}`,
  ].join(' ')
}

/** What clusters add up to, as `ClusterSums` has it: of one sum of theirs over another, each under its name. */
export function squares(name: string, sum: string, of: string): string {
  const [one, all] = [`CAST(${sum} AS DOUBLE)`, `CAST(${of} AS DOUBLE)`]
  return [
    `count(*) FILTER (${of} > 0) AS ${name}_k`,
    `sum(${one}) AS ${name}_y`,
    `sum(${all}) AS ${name}_m`,
    `sum(${one} * ${one}) AS ${name}_yy`,
    `sum(${one} * ${all}) AS ${name}_ym`,
    `sum(${all} * ${all}) AS ${name}_mm`,
  ].join(', ')
}
