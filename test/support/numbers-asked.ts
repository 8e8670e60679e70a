import type { MetricCheck } from '../../src/checks/metric.ts'

type Row = Readonly<Record<string, string>>

/** The rows that a criterion asks for, each as its comments say: with the labels that it names and no other. */
export function rowsFor({
  metric,
  where,
  for_each,
  of = [],
  at_least,
  at_most,
}: MetricCheck): readonly Row[] {
  const value = at_least !== undefined ? (at_least + 1) / 2 + 0.02 : (at_most ?? 0) / 4
  const labels = Object.fromEntries(Object.entries(where ?? {}).map(([label, one]) => [label, String(one)]))
  const row = { ...labels, metric, value: String(Math.min(value, 1)), samples: '6000' }
  return for_each === undefined ? [row] : of.map((member) => ({ ...row, [for_each]: member }))
}

/** One table with all of it, cells that say nothing left empty. */
export function tableOf(rows: readonly Row[]): string {
  const columns = ['metric', 'value', 'samples', ...new Set(rows.flatMap((row) => Object.keys(row)))]
  const heads = [...new Set(columns)]
  const cells = (row: Row) => heads.map((head) => row[head] ?? '').join(',')
  return [heads.join(','), ...rows.map(cells), ''].join('\n')
}
