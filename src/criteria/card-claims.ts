import type { Evidence } from '../core/evidence.ts'
import type { Measurement } from '../core/measurement.ts'
import type { StatedNumber } from '../core/record.ts'
import { isMetricName, metricKey } from '../text/metric-key.ts'
import { numbersIn } from '../text/passages.ts'
import { type Beside, ofModels } from '../text/stated.ts'
import { wordsOf } from '../text/word-set.ts'
import { plainWords } from '../text/words.ts'
import { groupOf, HOW } from './card-labels.ts'
import { WHICH_DATA } from './card-parts.ts'
import { namedBy, type OwnMetrics } from './own-metrics.ts'

/** A number that a document states of the model. */
export type Claim = {
  readonly metric: string
  readonly value: number
  readonly rounding: number
  readonly percent: boolean | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly line?: number | undefined
  /** The part of the data that it is said to be of, and the data, as the document calls them. */
  readonly of?: string | undefined
  readonly on?: string | undefined
  /** What a line calls it: of a part, where it names one. */
  readonly label?: string | undefined
  /** What a sentence says close to it, and the whole sentence; and the heading that it stands under. */
  readonly near?: string | undefined
  readonly said?: string | undefined
  /** Words of the sentence that may make it one of something else. */
  readonly beyond?: readonly string[] | undefined
  readonly under?: string | undefined
  /** The groups that its row names, by their labels; all of them where a value is empty. */
  readonly parts?: readonly Part[]
  /** What else its row says, by column. */
  readonly beside?: readonly Beside[]
  /** It is one of this model only where it is of a part that is known. */
  readonly compared?: boolean
}

export type Part = { readonly label: string; readonly value: string }

/** Labels by which anything is divided, and the groups that are called by words, with the label of each. */
export type Groups = {
  readonly labels: ReadonlyMap<string, string>
  readonly values: ReadonlyMap<string, string>
  /** Data that were measured, and what the model is called. */
  readonly data: ReadonlySet<string>
  readonly own: ReadonlySet<string>
  /** All single words of these. */
  readonly words: ReadonlySet<string>
}

/** Columns that say how a number was taken, whether or not anything was measured so. */
const AS_TAKEN = wordsOf('attack corruption perturbation noise severity epsilon seed fold epoch step')

const OWN = ['ours', 'proposed', 'our model', 'this model', 'this release', 'this version']

/** How documents may call what was measured. */
export function groupsIn(
  measured: readonly Measurement[],
  grouped: readonly string[],
  called: readonly string[],
): Groups {
  const divided = measured.flatMap((one) => Object.entries(groupOf(one)))
  const labels = [...grouped, ...divided.map(([label]) => label)]
  const words = divided.filter(([label, value]) => !HOW.has(label) && /\p{L}/u.test(value))
  const data = measured.flatMap(({ labels }) => WHICH_DATA.flatMap((label) => labels[label] ?? []))
  const names = [...labels, ...divided.map(([, value]) => value), ...data, ...called]
  return {
    words: new Set(names.flatMap((name) => plainWords(name).split(' '))),
    labels: new Map(labels.map((label) => [plainWords(label), label])),
    values: new Map(words.map(([label, value]) => [plainWords(value), label])),
    data: new Set(data.map(plainWords).filter((name) => name !== '')),
    own: new Set([...OWN, ...called].map(plainWords)),
  }
}

/** The numbers in the text of a card, with those of metrics of one's own that the evidence has. */
export function statedBy({ records }: Pick<Evidence, 'records'>, own: OwnMetrics): readonly StatedNumber[] {
  return records.flatMap((record) => {
    if (record.kind !== 'document') return []
    const { numbers = [], passages } = record
    return own.size === 0 || passages === undefined ? numbers : numbersIn(passages, namedBy(own))
  })
}

/**
 * What a card states, in its labels and in its text, of metrics that the table or the evidence has; a table of models
 * states nothing of this one.
 */
export function claimsOf(
  { measurements }: Pick<Evidence, 'measurements'>,
  numbers: readonly StatedNumber[],
  groups: Groups,
  own: OwnMetrics,
): readonly Claim[] {
  const stated = numbers.filter(({ metric }) => isMetricName(metric) || own.has(metricKey(metric)))
  return [
    ...measurements.map(({ metric, value, unit, labels, source }) => ({
      ...{ metric: metricKey(metric), value, labels, line: source.line },
      percent: unit === 'percent' ? true : unit === 'fraction' ? false : undefined,
      rounding: lastDigit(value),
    })),
    ...stated.map(({ metric, named = metric, percent, beside = [], compared, ...number }) => {
      const isOwn = beside.some(({ cell }) => isOwnName(cell, groups.own))
      const on = number.on ?? beside.find(({ cell }) => groups.data.has(plainWords(cell)))?.cell
      return {
        ...withoutName(named, number),
        ...{ beside, metric: metricKey(metric), labels: {} },
        ...(on !== undefined && { on }),
        parts: beside.flatMap((one) => partOf(one, groups) ?? []),
        percent: percent ? true : undefined,
        compared: compared === true && !isOwn && on === number.on,
      }
    }),
  ]
}

/** Words of an attack or of other data in the name of a metric say nothing of what its number is of. */
function withoutName<N extends Pick<StatedNumber, 'label' | 'near' | 'said'>>(name: string, number: N): N {
  const words = name.split('_').filter(Boolean)
  const pattern = new RegExp(words.map((word) => RegExp.escape(word)).join('[\\s_/.:-]+'), 'gi')
  const bare = (text: string) =>
    text
      .replaceAll(pattern, ' ')
      .trim()
      .replace(/^\(([^()]*)\)$/, '$1')
  const { label, near, said } = number
  return {
    ...number,
    ...(label !== undefined && { label: bare(label) }),
    ...(near !== undefined && { near: bare(near) }),
    ...(said !== undefined && { said: bare(said) }),
  }
}

/** Words that stand beside the name of a release and make it no other one. */
const BESIDE_OWN = wordsOf('ours our this model release version v proposed')

/** Whether a cell is called as the release: `churn (ours)`, `churn v1.0.0`. */
function isOwnName(cell: string, own: ReadonlySet<string>): boolean {
  const plain = plainWords(cell).replaceAll(/(?<![\p{L}\p{N}])v(?=\d)/gu, '')
  if (own.has(plain)) return true
  const named = [...own].filter((name) => ` ${plain} `.includes(` ${name} `))
  const rest = named.reduce((left, name) => ` ${left} `.replace(` ${name} `, ' ').trim(), plain)
  return named.length > 0 && rest.split(' ').every((word) => word === '' || BESIDE_OWN.has(word))
}

function partOf({ column, cell: value }: Beside, { labels, values }: Groups): Part | undefined {
  if (ofModels(column)) return undefined
  const head = plainWords(column)
  const label = labels.get(head) ?? values.get(plainWords(value)) ?? (AS_TAKEN.has(head) ? head : undefined)
  return label === undefined ? undefined : { label, value }
}

/** Half of the last digit that a number was written with; of a whole one, of its second decimal. */
export function lastDigit(value: number): number {
  const [, part = '', power = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  return 0.5 * 10 ** (Number(power) - (part.length === 0 ? 2 : part.length))
}
