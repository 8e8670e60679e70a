import type { Evidence } from '../core/evidence.ts'
import { canonical } from '../core/metrics.ts'
import { plainWords } from '../text/words.ts'

/** Columns of tables that compare models. */
const OF_MODELS: ReadonlySet<string> = new Set(['model', 'models', 'version', 'system', 'method'])

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
  /** The heading and the sentence that it stands in, which may name what it is of. */
  readonly under?: string | undefined
  /** The groups that its row names, by their labels; all of them where a value is empty. */
  readonly parts?: readonly Part[]
  /** It is one of this model only where it is of a part that is known. */
  readonly compared?: boolean
}

export type Part = { readonly label: string; readonly value: string }

/** Labels by which anything is divided, and the groups that are called by words, with the label of each. */
export type Groups = {
  readonly labels: ReadonlyMap<string, string>
  readonly values: ReadonlyMap<string, string>
}

/** What a card states, in its labels and in its text; a table of models states nothing of this one. */
export function claimsOf({ measurements, records }: Evidence, groups: Groups): readonly Claim[] {
  const stated = records.flatMap((record) => (record.kind === 'document' ? (record.numbers ?? []) : []))
  return [
    ...measurements.map(({ metric, value, unit, labels, source }) => ({
      ...{ metric: canonical(metric), value, labels, line: source.line },
      percent: unit === 'percent' ? true : unit === 'fraction' ? false : undefined,
      rounding: lastDigit(value),
    })),
    ...stated.map(({ metric, percent, beside = [], compared, ...number }) => ({
      ...{ ...number, metric: canonical(metric), labels: {} },
      parts: beside.flatMap((one) => partOf(one, groups) ?? []),
      percent: percent ? true : undefined,
      compared: compared === true,
    })),
  ]
}

function partOf(
  { column, cell: value }: { readonly column: string; readonly cell: string },
  { labels, values }: Groups,
): Part | undefined {
  if (OF_MODELS.has(plainWords(column))) return undefined
  const label = labels.get(plainWords(column)) ?? values.get(plainWords(value))
  return label === undefined ? undefined : { label, value }
}

/** Half of the last digit that a number was written with; of a whole one, of its second decimal. */
export function lastDigit(value: number): number {
  const [, part = '', power = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  return 0.5 * 10 ** (Number(power) - (part.length === 0 ? 2 : part.length))
}
