import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type AequitasRow, aequitasRow, RATES, type Rate, sizeFaults } from './aequitas-rows.ts'
import { type Collector, collect } from './collect.ts'
import { comparisonLabels, groupLabels } from './groups.ts'
import { isNotFinite, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'aequitas'

const DISPARITY = /^([a-z]{2,10})_disparity$/

/**
 * The wide table of Aequitas, a row for each group of an attribute. Every rate has its own denominator among the
 * counts of the row; one that has no column is computed from them. `ppr` is a group's share of all who were chosen
 * and no rate of the group. A disparity is the ratio to the reference group, and may exceed 1.
 */
export const aequitas: Reader = {
  format,
  labels: ['the attribute', 'scope', 'across', 'reference', 'model_id', 'threshold'],
  recognises: (content) =>
    content.kind === 'table' &&
    ['attribute_name', 'attribute_value', 'tp', 'fp', 'tn', 'fn'].every((name) =>
      content.header.includes(name),
    ),
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  if (content.kind !== 'table') return found.reading()
  const rows: AequitasRow[] = []
  for (const index of content.rows.keys()) {
    if (found.full()) break
    const row = rowAt(content, index, found)
    if (row === undefined) continue
    rows.push(row)
    const labels = { ...row.labels, ...groupLabels([[row.attribute, row.value]]) }
    for (const rate of RATES) measureRate(rate, row, labels, found)
    measureDisparities(content.header, row, found)
  }
  for (const { row, fault } of sizeFaults(rows)) found.fault([row, 'group_size'], fault)
  return found.reading()
}

function rowAt(
  { header, rows }: Extract<Content, { kind: 'table' }>,
  index: number,
  found: Collector,
): AequitasRow | undefined {
  const cells = rows[index]?.cells ?? []
  const row = aequitasRow((name) => cells[header.indexOf(name)]?.trim() ?? '', index + 1)
  if ('wanted' in row) {
    found.malformed([index + 1, row.column], row.wanted)
    return undefined
  }
  if (row.contradiction === undefined) return row
  found.fault([index + 1, row.contradiction.column], row.contradiction.fault)
  return undefined
}

function measureRate(
  rate: Rate,
  row: AequitasRow,
  labels: Readonly<Record<string, string>>,
  found: Collector,
): void {
  const [successes, samples] = rate.of(row.counts)
  const cell = rate.column === undefined ? '' : row.cellOf(rate.column)
  // Nobody in the group could have it: an empty cell, or the 0 that some write.
  if (samples === 0) return
  const computed = successes / samples
  const labelled = { unit: 'fraction', labels, samples, successes, tool: 'Aequitas' } as const
  if (cell === '' || rate.column === undefined) {
    found.measure([row.row], { metric: rate.metric, value: computed, ...labelled })
    return
  }
  const keys = [row.row, rate.column]
  const value = numberOf(cell)
  const at = pointer(keys)
  if (value === undefined) found.malformed(keys, 'a plain number')
  else if (Math.abs(value - computed) > 0.005)
    found.fault(keys, { code: 'contradiction', at, one: String(value), other: `${successes}/${samples}` })
  // Rounded by whoever wrote the table: the counts say it exactly.
  else if (Math.abs(value - computed) > 1e-9)
    found.measure([row.row], { metric: rate.metric, value: computed, ...labelled })
  else found.measure(keys, { metric: rate.metric, value, ...labelled })
}

function measureDisparities(header: readonly string[], row: AequitasRow, found: Collector): void {
  for (const column of header) {
    const [, short] = DISPARITY.exec(column) ?? []
    const cell = row.cellOf(column)
    if (short === undefined || cell === '') continue
    const keys = [row.row, column]
    const value = numberOf(cell)
    const reference = row.cellOf(`${short}_ref_group_value`) || row.cellOf('reference_group')
    if (isNotFinite(cell)) found.fault(keys, { code: 'not_finite', at: pointer(keys), found: cell })
    else if (value === undefined) found.malformed(keys, 'a plain number')
    else
      found.measure(keys, {
        metric: `${RATES.find((rate) => rate.column === short)?.metric ?? short}_disparity`,
        value,
        unit: 'value',
        labels: comparisonLabels(row.attribute, {
          ...row.labels,
          [row.attribute]: row.value,
          ...(reference === '' || reference.length > 100 ? {} : { reference }),
        }),
        tool: 'Aequitas',
      })
  }
}
