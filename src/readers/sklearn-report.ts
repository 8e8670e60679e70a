import { z } from 'zod'
import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { type Collector, collect } from './collect.ts'
import { type Fields, fractionOf, isFields, isNumber, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'
import { roomOf } from './rounded.ts'

const format = 'sklearn-classification-report'
type Keys = readonly (string | number)[]

const RATES = ['precision', 'recall', 'f1-score'] as const
const AVERAGES: ReadonlySet<string> = new Set(['micro avg', 'macro avg', 'weighted avg', 'samples avg'])

const Row = z.object({
  precision: z.number(),
  recall: z.number(),
  'f1-score': z.number(),
  support: z.number().min(0),
})
type Row = z.infer<typeof Row>

/** One row of the report, and the keys of its cells. */
type Line = { readonly name: string; readonly keys: Keys; readonly row: Row }
type Report = {
  readonly lines: readonly Line[]
  readonly accuracy?: { readonly value: number; readonly keys: Keys }
}

/**
 * `sklearn.metrics.classification_report(output_dict=True)` as JSON or YAML, bare or under `report`, or as the CSV
 * that pandas writes of it. A class's precision has its predicted positives as denominator, not `support`: so
 * only recall of a class and accuracy get samples.
 */
export const sklearnReport: Reader = {
  format,
  labels: ['class'],
  shapes: [
    ['accuracy', 'macro avg', 'weighted avg'],
    [...RATES, 'support'],
  ],
  recognises: (content) => {
    if (content.kind === 'table') return [...RATES, 'support'].every((name) => content.header.includes(name))
    return dictOf(content) !== undefined
  },
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const report =
    input.content.kind === 'table' ? fromTable(input.content, found) : fromDict(input.content, found)
  for (const line of report.lines) measureLine(line, found)
  const samples = wholeSupport(report)
  if (report.accuracy) {
    const { value, keys } = report.accuracy
    const unit = fractionOf('accuracy', value)
    found.measure(keys, {
      metric: 'accuracy',
      value,
      unit,
      labels: {},
      ...(samples === undefined ? {} : { samples }),
    })
  }
  contradictions(report, found)
  return found.reading()
}

function measureLine({ name, keys, row }: Line, found: Collector): void {
  const labels = { class: name }
  for (const metric of RATES) {
    const own = metric === 'recall' && !AVERAGES.has(name) && Number.isSafeInteger(row.support)
    const value = row[metric]
    found.measure([...keys, metric], {
      metric,
      value,
      unit: fractionOf(metric, value),
      labels,
      ...(own ? { samples: row.support } : {}),
    })
  }
  found.measure([...keys, 'support'], { metric: 'support', value: row.support, unit: 'count', labels })
}

function wholeSupport({ lines }: Report): number | undefined {
  const support = lines.find(({ name }) => name === 'weighted avg')?.row.support
  return support !== undefined && Number.isSafeInteger(support) && support > 0 ? support : undefined
}

/** Sums that must agree; values get the room that rounding takes of the digits that they are written with. */
function contradictions({ lines, accuracy }: Report, found: Collector): void {
  const classes = lines.filter(({ name }) => !AVERAGES.has(name))
  const weighted = lines.find(({ name }) => name === 'weighted avg')
  const sum = classes.reduce((total, { row }) => total + row.support, 0)
  if (weighted && classes.length > 0 && Math.abs(sum - weighted.row.support) > 1e-6 * Math.max(1, sum)) {
    const keys = [...weighted.keys, 'support']
    found.fault(keys, {
      code: 'contradiction',
      at: pointer(keys),
      one: String(weighted.row.support),
      other: `${sum} over all classes`,
    })
  }
  if (!accuracy || sum === 0) return
  const recall = classes.reduce((total, { row }) => total + row.recall * row.support, 0) / sum
  // A mean of rounded numbers is off by no more than the one that is off most.
  const rates = classes.flatMap(({ row }) => RATES.map((rate) => row[rate]))
  const room = roomOf([accuracy.value]) + roomOf(rates)
  if (Math.abs(recall - accuracy.value) > room + 1e-6) {
    const other = `${recall} by the recall of all classes`
    found.fault(accuracy.keys, {
      code: 'contradiction',
      at: pointer(accuracy.keys),
      one: String(accuracy.value),
      other,
    })
  }
}

function dictOf(content: Content): { readonly fields: Fields; readonly keys: Keys } | undefined {
  if (content.kind !== 'data' || !isFields(content.value)) return undefined
  const inner = content.value.report
  if (isReport(content.value)) return { fields: content.value, keys: [] }
  return isFields(inner) && isReport(inner) ? { fields: inner, keys: ['report'] } : undefined
}

function isReport(fields: Fields): boolean {
  return ['macro avg', 'weighted avg'].some((name) => {
    const average = fields[name]
    return isFields(average) && [...RATES, 'support'].every((key) => Object.hasOwn(average, key))
  })
}

function fromDict(content: Content, found: Collector): Report {
  const dict = dictOf(content)
  const lines: Line[] = []
  let accuracy: Report['accuracy']
  for (const [name, value] of Object.entries(dict?.fields ?? {})) {
    const keys = [...(dict?.keys ?? []), name]
    if (name === 'accuracy' && isNumber(value)) accuracy = { value, keys }
    // Scalars that scripts add to the report, such as roc_auc.
    else if (isNumber(value)) found.measure(keys, { metric: name, value, unit: 'unknown', labels: {} })
    else if (isFields(value)) {
      const row = Row.safeParse(value)
      if (row.success) lines.push({ name, keys, row: row.data })
      else found.malformed([...keys, String(row.error.issues[0]?.path[0] ?? '')], 'a number')
    } else found.malformed(keys, 'a class with precision, recall, f1-score and support, or a number')
  }
  return { lines, ...(accuracy ? { accuracy } : {}) }
}

function fromTable({ header, rows }: Extract<Content, { kind: 'table' }>, found: Collector): Report {
  const lines: Line[] = []
  let accuracy: Report['accuracy']
  const names = header.findIndex((name) => ![...RATES, 'support'].includes(name))
  for (const [index, { cells }] of rows.entries()) {
    const name = cells[names]?.trim() || String(index + 1)
    const row = Row.safeParse(Object.fromEntries(header.map((key, at) => [key, numberOf(cells[at] ?? '')])))
    const keys = [index + 1]
    if (!row.success) found.malformed([...keys, String(row.error.issues[0]?.path[0] ?? '')], 'a plain number')
    // pandas repeats the one accuracy in every column, support included.
    else if (name === 'accuracy') accuracy = { value: row.data.precision, keys: [...keys, 'precision'] }
    else lines.push({ name, keys, row: row.data })
  }
  return { lines, ...(accuracy ? { accuracy } : {}) }
}
