import { BIN, BINS, LOGIT } from './calibration-sql.ts'
import type { RowsPlan } from './plan.ts'
import { type Family, groupNumbers, truthOf } from './subsets.ts'

/** Rows with the numbers of their groups, once: `clustered`, for what is asked of their clusters more than once. */
export function clusteredSql(plan: RowsPlan): string {
  const columns = [
    ...groupNumbers(plan),
    'k',
    `${truthOf(plan)} AS truth`,
    's',
    `${LOGIT} AS x`,
    ...Object.keys(plan.values).map((_, index) => `v${index}`),
  ]
  return `CREATE TEMP TABLE clustered AS SELECT ${columns.join(', ')} FROM rows`
}

/** Products of what each cluster adds up to, as whole numbers that never overflow. */
const PRODUCTS = [...(['aa', 'am', 'mm', 'bb', 'bn', 'nn'] as const), ...(['ab', 'an', 'bm', 'mn'] as const)]

/** Per subset the sums of `PlacementSums`. */
export function placementsSql({ place }: Family): string {
  const products = PRODUCTS.map(
    (name) => `sum(CAST(${name[0]} AS HUGEINT) * CAST(${name[1]} AS HUGEINT)) AS ${name}`,
  )
  return [
    `WITH numbered AS (SELECT ${place} AS place, k, truth, s FROM clustered)`,
    ', scores AS (SELECT place, s, CAST(sum(truth) AS BIGINT) AS p, CAST(count(*) - sum(truth) AS BIGINT) AS q FROM numbered GROUP BY place, s)',
    ', places AS (SELECT place, s, CAST(2 * sum(q) OVER w - q AS BIGINT) AS a,',
    'CAST(2 * sum(p) OVER (PARTITION BY place) - 2 * sum(p) OVER w + p AS BIGINT) AS b',
    'FROM scores WINDOW w AS (PARTITION BY place ORDER BY s))',
    ', clusters AS (SELECT place, k, sum(truth) AS m, sum(1 - truth) AS n,',
    'sum(truth * a) AS a, sum((1 - truth) * b) AS b FROM numbered JOIN places USING (place, s) GROUP BY place, k)',
    'SELECT place, count(*) AS clusters, count(*) FILTER (m > 0) AS with_m, count(*) FILTER (n > 0) AS with_n,',
    `sum(m) AS m, sum(n) AS n, sum(a) AS a, sum(b) AS b, ${products.join(', ')} FROM clusters GROUP BY place`,
  ].join(' ')
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
