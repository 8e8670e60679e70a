import { squares } from './cluster-sql.ts'
import { type RowsPlan, subsetsOf } from './plan.ts'
import { numberOf } from './sql.ts'

/** Rates whose denominator the samples alone define: what is counted of each model, and among which rows. */
const PAIRED_RATES = {
  accuracy: ['h0', 'h1', 'true'],
  selection_rate: ['c0', 'c1', 'true'],
  recall: ['c0', 'c1', 'truth'],
  false_positive_rate: ['c0', 'c1', 'NOT truth'],
} as const
export type PairedRatio = keyof typeof PAIRED_RATES

export type Side = 0 | 1

/** The rows of one file, as `viewSql` has them, as a table of what each comes to by the name of its sample. */
export function sideSql(side: Side, plan: RowsPlan, how: { readonly byThreshold: boolean }): string {
  const labelled = plan.label !== undefined
  const truth = labelled ? `${numberOf('l')} = $positive` : 'false'
  const answered = how.byThreshold || plan.prediction !== undefined
  const chosen = how.byThreshold ? 's >= $threshold' : `${numberOf('p')} = $positive`
  const right = how.byThreshold ? `(${truth}) = (${chosen})` : `${numberOf('l')} = ${numberOf('p')}`
  const columns = [
    'CAST(i AS VARCHAR) AS id',
    `${labelled ? numberOf('l') : 'NULL'} AS l`,
    `${truth} AS truth`,
    `${answered ? chosen : 'false'} AS chosen`,
    `${answered && labelled ? right : 'false'} AS hit`,
    's',
    'CAST(k AS VARCHAR) AS k',
    ...plan.groups.map((_, index) => `${numberOf(`g${index}`)} AS g${index}`),
  ]
  return `CREATE TEMP TABLE side${side} AS SELECT ${columns.join(', ')} FROM rows${side}`
}

/** Of one file, how many rows have no name, and how many have one that another row has too. */
export function namesSql(side: Side): string {
  return `SELECT count(*) FILTER (id IS NULL OR id = '') AS unnamed, count(id) - count(DISTINCT id) AS again FROM side${side}`
}

/** How many samples are in one file alone, and of how many the files say other things. */
export function differSql(compared: readonly string[]): string {
  const there = 'a.id IS NOT NULL AND b.id IS NOT NULL'
  const columns = [
    'count(*) FILTER (b.id IS NULL) AS here',
    'count(*) FILTER (a.id IS NULL) AS there',
    ...compared.map(
      (name) => `count(*) FILTER (${there} AND a.${name} IS DISTINCT FROM b.${name}) AS differ_${name}`,
    ),
  ]
  return `SELECT ${columns.join(', ')} FROM side0 a FULL OUTER JOIN side1 b ON a.id = b.id`
}

/** Each sample once, with what both models made of it. */
export function pairsSql(groups: readonly string[], cluster: Side): string {
  const columns = [
    ...['a.truth AS truth', 'a.hit AS h0', 'b.hit AS h1', 'a.chosen AS c0', 'b.chosen AS c1'],
    ...['a.s AS s0', 'b.s AS s1', `${cluster === 0 ? 'a' : 'b'}.k AS k`],
    ...groups.map((_, index) => `a.g${index} AS g${index}`),
  ]
  return `CREATE TEMP TABLE pairs AS SELECT ${columns.join(', ')} FROM side0 a JOIN side1 b ON a.id = b.id`
}

/** The fourfold table of each rate in each subset. */
export function fourfoldSql(groups: readonly string[]): string {
  const columns = Object.entries(PAIRED_RATES).flatMap(([name, [one, other, among]]) => [
    `count(*) FILTER (${among} AND ${one} AND ${other}) AS ${name}_both`,
    `count(*) FILTER (${among} AND ${one} AND NOT ${other}) AS ${name}_one`,
    `count(*) FILTER (${among} AND ${other} AND NOT ${one}) AS ${name}_other`,
    `count(*) FILTER (${among} AND NOT ${one} AND NOT ${other}) AS ${name}_neither`,
  ])
  const names = groups.map((_, index) => `g${index}`)
  return `SELECT ${[grouping(names), ...names, ...columns].join(', ')} FROM pairs${grouped(groups, [])}`
}

/** The differences of each cluster, squared and added up as `ClusterSums` has them. */
export function pairedClustersSql(groups: readonly string[]): string {
  const names = groups.map((_, index) => `g${index}`)
  const rates = Object.entries(PAIRED_RATES)
  const cells = rates.flatMap(([name, [one, other, among]]) => [
    `count(*) FILTER (${among}) AS ${name}_all`,
    `count(*) FILTER (${among} AND ${one}) - count(*) FILTER (${among} AND ${other}) AS ${name}_off`,
  ])
  const by = ['grouped', ...names].join(', ')
  return [
    `WITH clusters AS (SELECT ${[grouping(names), ...names, ...cells].join(', ')} FROM pairs${grouped(groups, ['k'])})`,
    `SELECT ${[by, ...rates.map(([name]) => squares(name, `${name}_off`, `${name}_all`))].join(', ')} FROM clusters GROUP BY ${by}`,
  ].join(' ')
}

/**
 * Twice the placement of each row among those of the other class, the one model's less the other's, added up and
 * squared: whole numbers, so that no order of adding changes them. Where a score is reached, all below it are counted
 * once for each score, so that no row is compared with all others.
 */
export function areaSql(): string {
  const places = ([0, 1] as const).map((side) =>
    [
      `at${side} AS (SELECT s${side} AS s, count(*) FILTER (truth) AS p, count(*) FILTER (NOT truth) AS n FROM pairs GROUP BY s${side})`,
      `place${side} AS (SELECT s, p, n, CAST(sum(n) OVER reached AS BIGINT) AS below, CAST(sum(p) OVER reached AS BIGINT) AS upto FROM at${side} WINDOW reached AS (ORDER BY s ROWS UNBOUNDED PRECEDING))`,
    ].join(', '),
  )
  // All that are above are all less those up to it, of which the difference is left.
  const off =
    'CASE WHEN truth THEN 2 * (a.below - b.below) - a.n + b.n ELSE 2 * (b.upto - a.upto) + a.p - b.p END AS d'
  return `WITH ${places.join(', ')} SELECT truth, count(*) AS n, CAST(sum(d) AS VARCHAR) AS sum, CAST(sum(d * d) AS VARCHAR) AS squares FROM (SELECT truth, ${off} FROM pairs JOIN place0 a ON a.s = s0 JOIN place1 b ON b.s = s1) GROUP BY truth`
}

function grouping(names: readonly string[]): string {
  return `${names.length === 0 ? '0' : `grouping(${names.join(', ')})`} AS grouped`
}

function grouped(groups: readonly string[], more: readonly string[]): string {
  if (groups.length === 0) return more.length === 0 ? '' : ` GROUP BY ${more.join(', ')}`
  const sets = subsetsOf(groups).map((set) => `(${[...set.map((index) => `g${index}`), ...more].join(', ')})`)
  return ` GROUP BY GROUPING SETS (${sets.join(', ')})`
}
