import type { Reading } from '../core/evidence.ts'
import type { Content } from '../text/content.ts'
import { measureAttackAuc } from './attack-auc.ts'
import { type Collector, collect } from './collect.ts'
import { deltaLabel } from './dp-sgd-rows.ts'
import { OVERALL } from './groups.ts'
import { type LogLine, logLines } from './log-lines.ts'
import { isNotFinite, numberOf } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'privacy-meter'
const TOOL = 'ML Privacy Meter'

const NUMBER = '(\\d{1,9}(?:\\.\\d{1,12})?(?:e[+-]?\\d{1,3})?)'
const STAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:[.,]\d{1,6})? [A-Z]{4,8} +/
const RESULT = new RegExp(
  `^(?:Target Model (\\d{1,9})|Average result): AUC ${NUMBER}((?:, TPR@[\\d.]{1,10}%FPR of [\\d.]{1,20})*)`,
)
const BOUND = new RegExp(
  `EPS Lower Bound ${NUMBER} under DELTA ${NUMBER} and P_VALUE ${NUMBER} \\((\\d{1,12}) correct out of (\\d{1,12}) guesses`,
)
const COLUMNS = [
  ['one_fpr', '1%'],
  ['one_tenth_fpr', '0.1%'],
  ['zero_fpr', '0.0%'],
] as const

/**
 * The log of ML Privacy Meter, or a table with its columns `auc` and `one_tenth_fpr`. The AUCs that it tunes its
 * attack by are no results. The log does not say how many samples were attacked.
 */
export const privacyMeter: Reader = {
  format,
  labels: ['scope', 'target', 'at_fpr', 'delta', 'p_value', 'every text column by its header'],
  recognises,
  read,
}

function recognises(content: Content): boolean {
  if (content.kind === 'table')
    return content.header.includes('auc') && COLUMNS.some(([name]) => content.header.includes(name))
  return (
    content.kind === 'text' &&
    /(?:Target Model \d+|Average result): AUC \d|EPS Lower Bound \d[^\n]{0,80} under DELTA/.test(content.text)
  )
}

function read(input: Input): Reading {
  const found = collect(input, format)
  const { content } = input
  if (content.kind === 'text') for (const line of logLines(content.text)) measureLine(line, found)
  else if (content.kind === 'table') measureTable(content, found)
  return found.reading()
}

function measureLine({ line, text }: LogLine, found: Collector): void {
  const [stamp = '', day, time] = STAMP.exec(text) ?? []
  const shown = text.slice(stamp.length)
  const at = day === undefined ? {} : { at: `${day}T${time}` }
  const [, target, auc, rates] = RESULT.exec(shown) ?? []
  if (auc !== undefined) {
    // The average is over the targets, and no target of its own.
    const labels = target === undefined ? OVERALL : { target, scope: 'group' }
    measureAttackAuc(found, [line], [line], { value: Number(auc), labels, tool: TOOL, ...at })
    for (const [, fpr = '', rate] of (rates ?? '').matchAll(/TPR@([\d.]{1,10}%)FPR of ([\d.]{1,20})/g))
      rateAt(fpr, numberOf(rate ?? '') ?? Number.NaN, [line], labels, found)
  }
  const [, bound, delta, p, correct, guesses] = BOUND.exec(shown) ?? []
  if (bound === undefined) return
  if (Number(correct) > Number(guesses)) {
    const other = `${guesses} guesses`
    found.fault([line], { code: 'contradiction', at: `line ${line}`, one: `${correct} correct`, other })
    return
  }
  found.measure([line], {
    metric: 'epsilon_lower_bound',
    value: Number(bound),
    unit: 'value',
    labels: { scope: 'overall', delta: deltaLabel(Number(delta)), p_value: String(Number(p)) },
    samples: Number(guesses),
    tool: TOOL,
    ...at,
  })
}

function rateAt(
  fpr: string,
  value: number,
  keys: readonly (string | number)[],
  labels: Readonly<Record<string, string>>,
  found: Collector,
): void {
  const metric = 'attack_true_positive_rate'
  found.measure(keys, { metric, value, unit: 'fraction', labels: { ...labels, at_fpr: fpr }, tool: TOOL })
}

function measureTable({ header, rows }: Extract<Content, { kind: 'table' }>, found: Collector): void {
  const own: readonly string[] = ['auc', 'fpr', 'tpr', ...COLUMNS.map(([name]) => name)]
  for (const [index, { cells }] of rows.entries()) {
    if (found.full()) return
    const row = index + 1
    const labels = Object.fromEntries(
      header.flatMap((name, at) => {
        const cell = cells[at]?.trim() ?? ''
        const text = cell !== '' && cell.length <= 100 && numberOf(cell) === undefined && !isNotFinite(cell)
        return text && !own.includes(name) ? [[name.trim() || 'index', cell]] : []
      }),
    )
    const target = rows.length === 1 ? OVERALL : { ...labels, target: String(row), scope: 'group' }
    for (const [name, fpr] of [['auc', undefined] as const, ...COLUMNS]) {
      const cell = cells[header.indexOf(name)]?.trim() ?? ''
      const value = numberOf(cell)
      if (cell === '') continue
      if (value === undefined) found.malformed([row, name], 'a plain number')
      else if (fpr !== undefined) rateAt(fpr, value, [row, name], target, found)
      else measureAttackAuc(found, [row, name], [row], { value, labels: target, tool: TOOL })
    }
  }
}
