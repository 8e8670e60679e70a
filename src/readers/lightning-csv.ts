import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { pointer } from '../text/pointer.ts'
import { collect } from './collect.ts'
import { identityOf, namesOf } from './names.ts'
import { fractionOf, isNotFinite, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'lightning-csv'

type Table = Extract<Content, { kind: 'table' }>
type Column = {
  readonly index: number
  readonly name: string
  readonly metric: string
  readonly stage?: string | undefined
  readonly dataloader?: string | undefined
}

/** `<stage>_<metric>`, with what Lightning adds for steps and several loaders. */
const NAME =
  /^(?:(train|val|valid|validation|test|eval|predict)[_/])?(.+?)(_epoch|_step)?(?:\/dataloader_idx_(\d+))?$/

/**
 * `metrics.csv` of Lightning's CSVLogger: one row a step or an epoch, with most cells empty. Evaluations are read with
 * the step and epoch that they belong to; progress of training and values of single batches are left out.
 */
export const lightningCsv: Reader = {
  format,
  labels: ['stage', 'epoch', 'step', 'dataloader'],
  recognises: (content) => content.kind === 'table' && isLog(content),
  read,
}

function isLog({ header, rows }: Table): boolean {
  const [epoch, step] = [header.indexOf('epoch'), header.indexOf('step')]
  // A text anywhere is another table's; of the first rows each leaves out most of its columns.
  const numeric = rows
    .slice(0, 20)
    .every(({ cells }) =>
      cells.every((cell) => cell === '' || numberOf(cell) !== undefined || isNotFinite(cell)),
    )
  return epoch >= 0 && step >= 0 && header.length > 2 && numeric
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind !== 'table') return found.reading()
  const { header, rows } = input.content
  const columns = header.flatMap((name, index) => columnOf(name, index))
  const [epoch, step] = [header.indexOf('epoch'), header.indexOf('step')]
  for (const [index, { cells }] of rows.entries()) {
    for (const column of columns) {
      if (found.full()) return found.reading()
      const cell = cells[column.index]?.trim() ?? ''
      if (cell === '') continue
      const keys = [index + 1, column.name]
      const value = numberOf(cell)
      if (value === undefined) {
        if (isNotFinite(cell)) found.fault(keys, { code: 'not_finite', at: pointer(keys), found: cell })
        else found.malformed(keys, 'a plain number')
        continue
      }
      const { metric, stage, dataloader } = column
      found.measure(keys, {
        metric,
        value,
        unit: fractionOf(metric, value),
        labels: namesOf({ stage, epoch: cells[epoch]?.trim(), step: cells[step]?.trim(), dataloader }),
        ...identityOf({ tool: 'lightning' }),
      })
    }
  }
  return found.reading()
}

function columnOf(name: string, index: number): readonly Column[] {
  const [, stage, metric = name, over, dataloader] = NAME.exec(name) ?? []
  const rate = /^lr(?:-|$)/.test(name)
  if (name === 'epoch' || name === 'step' || stage === 'train' || over === '_step' || rate) return []
  return [{ index, name, metric, stage, dataloader }]
}
