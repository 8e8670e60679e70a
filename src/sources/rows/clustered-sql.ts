import { BIN, BINS, LOGIT } from './calibration-sql.ts'
import type { RowsPlan } from './plan.ts'
import { type Family, groupNumbers, truthOf } from './subsets.ts'

/** Clusters by numbers from 0 on, which are less to carry than what they are called. */
export const CLUSTER_NUMBERS =
  'CREATE TEMP TABLE cluster_numbers AS SELECT k AS name, CAST(row_number() OVER () - 1 AS INTEGER) AS k FROM (SELECT DISTINCT k FROM rows)'

/** Rows with the numbers of their groups and clusters, once: for what is asked of their clusters more than once. */
export function clusteredSql(plan: RowsPlan): string {
  const columns = [
    ...groupNumbers(plan),
    'cluster_numbers.k AS k',
    `${truthOf(plan)} AS truth`,
    's',
    `${LOGIT} AS x`,
    ...Object.keys(plan.values).map((_, index) => `v${index}`),
  ]
  return `CREATE TEMP TABLE clustered AS SELECT ${columns.join(', ')} FROM rows JOIN cluster_numbers ON rows.k = cluster_numbers.name`
}

/** Scores subset by subset, in each from the lowest to the highest, with cluster and truth. */
export function placedSql({ place }: Family): string {
  return `SELECT CAST(${place} AS DOUBLE) AS place, s, CAST(k AS DOUBLE) AS k, CAST(truth AS DOUBLE) AS truth FROM clustered ORDER BY place, s`
}

/** A number of a row's subset, from a list that is given as text. */
function given(name: string, at = 'place'): string {
  return `list_extract(CAST($${name} AS DOUBLE[]), ${at})`
}

/**
 * Per subset the squares of what each cluster's residuals add up to: of the slope (`a`, `b`, around `c`), in the large
 * (`l`), of the expected calibration error `e` by the sign of its bin, and of the mean squared error `q`.
 */
export function residualsSql({ place }: Family): string {
  const chance = (logOdds: string) => `1 / (1 + exp(-(${logOdds})))`
  const sign = given('signs', `(place - 1) * ${BINS} + ${BIN} + 1`)
  const residuals = {
    slope: `(truth - ${chance(`${given('a')} + ${given('b')} * x`)}) * (x - ${given('c')})`,
    large: `truth - ${chance(`${given('l')} + x`)}`,
    error: `${sign} * (truth - s) - ${given('e')}`,
    brier: `(truth - s) * (truth - s) - ${given('q')}`,
  }
  const names = Object.keys(residuals)
  const each = Object.entries(residuals).map(([name, sql]) => `sum(${sql}) AS ${name}`)
  return [
    `WITH numbered AS (SELECT ${place} AS place, k, truth, s, x FROM clustered)`,
    `, clusters AS (SELECT place, k, ${each.join(', ')} FROM numbered GROUP BY place, k)`,
    `SELECT place, count(*) AS clusters, ${names.map((name) => `sum(${name} * ${name}) AS ${name}`).join(', ')} FROM clusters GROUP BY place`,
  ].join(' ')
}

/** Per subset, of each of so many quantiles `$t0` …, what the clusters' counts of values below it and at most it come to. */
export function sharesSql({ place }: Family, column: string, quantiles: number): string {
  const counted = Array.from({ length: quantiles }, (_, index) => [
    [`below${index}`, `count(*) FILTER (v < ${given(`t${index}`)})`] as const,
    [`at${index}`, `count(*) FILTER (v <= ${given(`t${index}`)})`] as const,
  ]).flat()
  const product = (one: string, other: string) => `CAST(sum(CAST(${one} AS HUGEINT) * ${other}) AS DOUBLE)`
  const sums = counted.map(
    ([name]) =>
      `CAST(sum(${name}) AS DOUBLE) AS ${name}_y, ${product(name, name)} AS ${name}_yy, ${product(name, 'n')} AS ${name}_ym`,
  )
  return [
    `WITH numbered AS (SELECT ${place} AS place, k, ${column} AS v FROM clustered)`,
    `, clusters AS (SELECT place, k, count(*) AS n, ${counted.map(([name, sql]) => `${sql} AS ${name}`).join(', ')} FROM numbered GROUP BY place, k)`,
    `SELECT place, CAST(count(*) AS DOUBLE) AS clusters, CAST(sum(n) AS DOUBLE) AS m, ${product('n', 'n')} AS mm, ${sums.join(', ')} FROM clusters GROUP BY place`,
  ].join(' ')
}
