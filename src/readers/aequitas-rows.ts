import type { Fault } from '../core/problem.ts'
import { shortName } from './groups.ts'

export type Counts = { readonly tp: number; readonly fp: number; readonly tn: number; readonly fn: number }

/** One rate: its column where Aequitas has one, and what it counts over what. */
export type Rate = {
  readonly metric: string
  readonly column?: string
  readonly of: (counts: Counts) => readonly [successes: number, samples: number]
}

export const RATES: readonly Rate[] = [
  { metric: 'recall', column: 'tpr', of: ({ tp, fn }) => [tp, tp + fn] },
  { metric: 'true_negative_rate', column: 'tnr', of: ({ tn, fp }) => [tn, tn + fp] },
  { metric: 'false_positive_rate', column: 'fpr', of: ({ tn, fp }) => [fp, tn + fp] },
  { metric: 'false_negative_rate', column: 'fnr', of: ({ tp, fn }) => [fn, tp + fn] },
  { metric: 'precision', column: 'precision', of: ({ tp, fp }) => [tp, tp + fp] },
  { metric: 'false_discovery_rate', column: 'fdr', of: ({ tp, fp }) => [fp, tp + fp] },
  { metric: 'negative_predictive_value', column: 'npv', of: ({ tn, fn }) => [tn, tn + fn] },
  { metric: 'false_omission_rate', column: 'for', of: ({ tn, fn }) => [fn, tn + fn] },
  { metric: 'selection_rate', column: 'pprev', of: ({ tp, fp, tn, fn }) => [tp + fp, tp + fp + tn + fn] },
  { metric: 'base_rate', column: 'prev', of: ({ tp, fp, tn, fn }) => [tp + fn, tp + fp + tn + fn] },
  { metric: 'accuracy', of: ({ tp, fp, tn, fn }) => [tp + tn, tp + fp + tn + fn] },
]

/** One group of an attribute, with the counts of its confusion matrix. */
export type AequitasRow = {
  readonly row: number
  readonly attribute: string
  readonly value: string
  readonly counts: Counts
  /** Which model and threshold, where the table has several. */
  readonly labels: Readonly<Record<string, string>>
  readonly cellOf: (column: string) => string
  readonly contradiction?: { readonly column: string; readonly fault: Fault }
}

/** A row with its counts, or the column that is not as it should be. */
export function aequitasRow(
  cellOf: (column: string) => string,
  row: number,
): AequitasRow | { readonly column: string; readonly wanted: string } {
  const [attribute, value] = [shortName(cellOf('attribute_name')), shortName(cellOf('attribute_value'))]
  if (attribute === undefined) return { column: 'attribute_name', wanted: 'the name of an attribute' }
  if (value === undefined) return { column: 'attribute_value', wanted: 'the name of a group' }
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 }
  for (const column of ['tp', 'fp', 'tn', 'fn'] as const) {
    const count = countOf(cellOf(column))
    if (count === undefined) return { column, wanted: 'a whole number of at least 0' }
    counts[column] = count
  }
  const [model, threshold] = [shortName(cellOf('model_id')), shortName(cellOf('score_threshold'))]
  const labels = {
    ...(model === undefined ? {} : { model_id: model }),
    ...(threshold === undefined ? {} : { threshold }),
  }
  const contradiction = sumFault(counts, cellOf, row)
  return { row, attribute, value, counts, labels, cellOf, ...(contradiction && { contradiction }) }
}

/** pandas writes whole numbers with `.0` where a column had a gap. */
function countOf(cell: string): number | undefined {
  return /^\d{1,15}(?:\.0)?$/.test(cell) ? Number(cell) : undefined
}

function sumFault(
  { tp, fp, tn, fn }: Counts,
  cellOf: (column: string) => string,
  row: number,
): AequitasRow['contradiction'] {
  const sums = [
    ['group_size', tp + fp + tn + fn],
    ['pp', tp + fp],
    ['pn', tn + fn],
    ['group_label_pos', tp + fn],
    ['group_label_neg', tn + fp],
  ] as const
  const wrong = sums.find(([column, sum]) => cellOf(column) !== '' && countOf(cellOf(column)) !== sum)
  if (!wrong) return undefined
  const [column, sum] = wrong
  const [one, other] = [cellOf(column).slice(0, 40), `${sum} by tp, fp, tn and fn`]
  return { column, fault: { code: 'contradiction', at: `/${row}/${column}`, one, other } }
}

/** Groups that stand there twice, and attributes that do not split the same samples. */
export function sizeFaults(
  rows: readonly AequitasRow[],
): readonly { readonly row: number; readonly fault: Fault }[] {
  const faults: { readonly row: number; readonly fault: Fault }[] = []
  const sums = new Map<string, { readonly row: number; size: number; readonly attribute: string }>()
  const groups = new Map<string, AequitasRow>()
  for (const one of rows) {
    const { row, attribute, value, labels, counts } = one
    const group = JSON.stringify([labels, attribute, value])
    const before = groups.get(group)
    if (before) {
      const [first, second] = [`row ${before.row}`, `row ${row}`]
      faults.push({
        row,
        fault: { code: 'contradiction', at: `${attribute} ${value}`, one: first, other: second },
      })
    }
    groups.set(group, one)
    const key = JSON.stringify([labels, attribute])
    const sum = sums.get(key) ?? { row, size: 0, attribute }
    sum.size += counts.tp + counts.fp + counts.tn + counts.fn
    sums.set(key, sum)
  }
  const firsts = new Map<string, { readonly size: number; readonly attribute: string }>()
  for (const [key, { row, size, attribute }] of sums) {
    const part = key.slice(0, key.lastIndexOf(JSON.stringify(attribute)))
    const first = firsts.get(part)
    if (first === undefined) firsts.set(part, { size, attribute })
    else if (first.size !== size) {
      const [one, other] = [`${size} samples`, `${first.size} by the groups of ${first.attribute}`]
      faults.push({ row, fault: { code: 'contradiction', at: attribute, one, other } })
    }
  }
  return faults
}
