import type { Reading } from '../core/evidence.ts'
import { measureAttackAuc } from './attack-auc.ts'
import { type Collector, collect } from './collect.ts'
import { groupLabels, OVERALL, shortName } from './groups.ts'
import { logLines } from './log-lines.ts'
import type { Input, Reader } from './reader.ts'

const format = 'tf-privacy-mia'
const TOOL = 'TensorFlow Privacy'
type Labels = Readonly<Record<string, string>>

const NUMBER = '(\\d{1,9}(?:\\.\\d{1,12})?)'
const OVER_ALL = /^Best-performing attacks over all slices$/
const OVER_ONE = /^Best-performing attacks over slice: "([^"]{1,120})"$/
const ACHIEVED =
  /^([A-Z_]{3,40}) \(with (\d{1,12}) training and (\d{1,12}) test examples\) achieved (?:an? )?(.{3,160})$/
const RESULTS = [
  ['attack_advantage', new RegExp(`^advantage of ${NUMBER}(?: on slice (.{1,120}))?$`)],
  ['attack_precision', new RegExp(`^positive predictive value of ${NUMBER}(?: on slice (.{1,120}))?$`)],
  // Sorted, the largest first: an attack shows that at least so much was spent.
  [
    'epsilon_lower_bound',
    new RegExp(
      `^top-\\d{1,2} epsilon lower bounds of ${NUMBER}(?:, [\\d.]{1,20})*(?: on slice (.{1,120}))?$`,
    ),
  ],
  ['attack_auc', new RegExp(`^AUC of ${NUMBER}(?: on slice (.{1,120}))?$`)],
] as const

/**
 * The text summary of the membership inference attacks of TensorFlow Privacy. The best attack over all slices
 * stands again under its slice: it has the label `scope: worst`.
 */
export const tfPrivacy: Reader = {
  format,
  labels: ['scope', 'attack', 'slice', 'the attribute of the slice'],
  recognises: ({ kind, ...content }) =>
    kind === 'text' &&
    'text' in content &&
    /\(with \d+ training and \d+ test examples\) achieved /.test(content.text),
  read,
}

function read(input: Input): Reading {
  const found = collect(input, format)
  if (input.content.kind === 'text') measureText(input.content.text, found)
  return found.reading()
}

type Result = {
  readonly metric: (typeof RESULTS)[number][0]
  readonly value: string
  readonly samples: number
  readonly labels: Labels
  readonly line: number
  disputed?: true
}

function measureText(text: string, found: Collector): void {
  const results = new Map<string, Result>()
  let section: string | undefined
  for (const { line, text: shown } of logLines(text)) {
    if (OVER_ALL.test(shown)) section = undefined
    section = OVER_ONE.exec(shown)?.[1] ?? section
    const [, attack = '', training, tests, result = ''] = ACHIEVED.exec(shown) ?? []
    for (const [metric, pattern] of RESULTS) {
      const [, value, slice] = pattern.exec(result) ?? []
      if (value === undefined) continue
      const labels = { ...sliceLabels(section, slice), attack }
      const key = JSON.stringify([metric, labels])
      const before = results.get(key)
      // A summary that was printed twice says nothing new.
      if (before?.value === value) continue
      if (before) {
        before.disputed = true
        const other = `${value} on line ${line}`
        found.fault([before.line], { code: 'contradiction', at: metric, one: before.value, other })
      } else results.set(key, { metric, value, samples: Number(training) + Number(tests), labels, line })
    }
  }
  for (const { metric, value, samples, labels, line, disputed } of results.values())
    if (!disputed) measure(metric, Number(value), samples, labels, line, found)
}

function measure(
  metric: Result['metric'],
  value: number,
  samples: number,
  labels: Labels,
  line: number,
  found: Collector,
): void {
  if (samples === 0) found.fault([line], { code: 'nothing_evaluated', at: `line ${line}` })
  else if (metric === 'attack_auc')
    measureAttackAuc(found, [line], [line], { value, labels, samples, tool: TOOL })
  else if (metric === 'epsilon_lower_bound')
    found.measure([line], { metric, value, unit: 'value', labels, samples, tool: TOOL })
  // The members among those that the attack names are some of the samples, and the file does not say how many.
  else
    found.measure([line], {
      metric,
      value,
      unit: 'fraction',
      labels,
      ...(metric === 'attack_precision' ? {} : { samples }),
      tool: TOOL,
    })
}

/** `Entire dataset`, or `CLASS=0`. */
function sliceLabels(section: string | undefined, written: string | undefined): Labels {
  const slice = shortName(section ?? written)
  const whole: Labels =
    slice === undefined || slice === 'Entire dataset' ? OVERALL : { slice, ...memberOf(slice) }
  return section === undefined ? { ...whole, scope: 'worst' } : whole
}

function memberOf(slice: string): Labels {
  const [, attribute = '', value] = /^([A-Za-z_]{1,40})=(.{1,60})$/.exec(slice) ?? []
  return value === undefined ? { scope: 'group' } : groupLabels([[attribute.toLowerCase(), value]])
}
