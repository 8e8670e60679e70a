import type { RowsPlan } from './plan.ts'
import { groupNumbers, truthOf } from './subsets.ts'

/** Bins of the expected calibration error, equally wide from 0 to 1; the last holds 1 too. */
export const BINS = 10
/** Logits within this part of 1 are one: of a slope near 1 that is less than a ten-millionth. */
const PARTS = 2048

/** The number of the bin of a score, from 0 on. */
export const BIN = `least(CAST(floor(s * ${BINS}) AS INTEGER), ${BINS - 1})`
/** The logit of a score; NULL of 0 and 1, which have none. */
export const LOGIT = 'CASE WHEN s > 0 AND s < 1 THEN ln(s / (1 - s)) END'

/**
 * Per subset of these columns, piece by piece and in order: how many rows and positives lie there and in which bin, and
 * what their logits (NULL of scores of 0 and 1), those of positives, scores, squared errors and their squares add up to.
 */
export function piecesSql(plan: RowsPlan, families: readonly { readonly place: string }[]): string {
  const groups = plan.groups.map((_, index) => `g${index}`)
  const rows = [...groupNumbers(plan), `${truthOf(plan)} AS truth`, 's', `${LOGIT} AS x`, `${BIN} AS bin`]
  const keys = [...groups, 'bin', 'piece'].join(', ')
  const cells = [
    'count(*) AS n',
    'sum(truth) AS positives',
    'sum(x) AS logits',
    'coalesce(sum(x) FILTER (truth = 1), 0) AS of_positives',
    'sum(s) AS scores',
    'sum(off * off) AS squares',
    'sum(off * off * off * off) AS fourth',
  ]
  const sums = [
    ...['CAST(sum(n) AS DOUBLE) AS n', 'CAST(sum(positives) AS DOUBLE) AS positives'],
    ...[
      'sum(logits) AS logits',
      'sum(of_positives) AS of_positives',
      'sum(scores) AS scores',
      'sum(squares) AS squares',
      'sum(fourth) AS fourth',
    ],
  ]
  const parts = families.map(
    ({ place }, index) =>
      `SELECT ${index} AS family, ${place} AS place, bin, piece, ${sums.join(', ')} FROM cells GROUP BY place, bin, piece`,
  )
  return [
    `WITH numbered AS (SELECT ${rows.join(', ')} FROM rows)`,
    ', told AS (SELECT *, truth - s AS off FROM numbered)',
    `, cells AS MATERIALIZED (SELECT ${groups.map((group) => `${group}, `).join('')}bin, CAST(floor(x * ${PARTS}) AS INTEGER) AS piece, ${cells.join(', ')} FROM told GROUP BY ${keys})`,
    `SELECT CAST(family AS DOUBLE) AS family, CAST(place AS DOUBLE) AS place, CAST(bin AS DOUBLE) AS bin, n, positives, logits, of_positives, scores, squares, fourth`,
    `FROM (${parts.join(' UNION ALL ')}) ORDER BY family, place, bin, piece`,
  ].join(' ')
}
