import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { type Collector, collect } from './collect.ts'
import { shortName } from './groups.ts'
import { numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'timm-results'

/** Its columns, all percent; a difference is to the same model on unshifted data, and below 0 is a loss. */
const NUMBERS = [
  ['top1', 'accuracy'],
  ['top5', 'top5_accuracy'],
  ['top1_diff', 'accuracy_difference'],
  ['top5_diff', 'top5_accuracy_difference'],
] as const

/** Errors are what the accuracies leave of 100. */
const ERRORS = [
  ['top1', 'top1_err'],
  ['top5', 'top5_err'],
] as const

/**
 * A results table of timm, with a row for each model. The data that it is about is in the name of the file only:
 * the manifest's `dataset` says it.
 */
export const timm: Reader = {
  format,
  labels: ['model', 'img_size', 'scope', 'reference'],
  recognises: (content) =>
    content.kind === 'table' &&
    ['model', 'top1', 'top1_err', 'top5', 'top5_err'].every((name) => content.header.includes(name)),
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind === 'table') measureTable(input.content, found)
  return found.reading()
}

function measureTable({ header, rows }: Extract<Content, { kind: 'table' }>, found: Collector): void {
  for (const [index, { cells }] of rows.entries()) {
    if (found.full()) return
    const cellOf = (name: string): string | undefined => cells[header.indexOf(name)]?.trim()
    const model = shortName(cellOf('model'))
    if (model === undefined) {
      found.malformed([index + 1, 'model'], 'the name of a model')
      continue
    }
    const size = shortName(cellOf('img_size'))
    const labels = { model, ...(size === undefined ? {} : { img_size: size }) }
    const wrong = ERRORS.flatMap(([rate, error]) =>
      whole(index + 1, rate, error, cellOf, found) ? [] : rate,
    )
    for (const [name, metric] of NUMBERS) {
      const cell = cellOf(name)
      if (wrong.some((rate) => rate === name)) continue
      if (cell === undefined || cell === '') continue
      const value = numberOf(cell)
      const compared: Readonly<Record<string, string>> = name.endsWith('_diff')
        ? { scope: 'comparison', reference: 'clean' }
        : {}
      if (value === undefined) found.malformed([index + 1, name], 'a number of percent')
      else
        found.measure([index + 1, name], {
          metric,
          value,
          unit: 'percent',
          labels: { ...labels, ...compared },
          model,
          tool: 'timm',
        })
    }
  }
}

/** False where a rate and its error are no whole, which is a fault. */
function whole(
  row: number,
  rate: string,
  error: string,
  cellOf: (name: string) => string | undefined,
  found: Collector,
): boolean {
  const [right, wrong] = [rate, error].map((name) => numberOf(cellOf(name) ?? ''))
  if (right === undefined || wrong === undefined || Math.abs(right + wrong - 100) <= 0.0021) return true
  const other = `100% less ${wrong}%`
  found.fault([row, rate], { code: 'contradiction', at: `/${row}/${rate}`, one: `${right}%`, other })
  return false
}
