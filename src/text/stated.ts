/** A number that a document states beside the name of what was measured. */
export type Stated = {
  readonly name: string
  readonly value: number
  /** Half of the last digit that was written, in the unit of the value. */
  readonly rounding: number
  readonly percent: boolean
  readonly line: number
  /** The part of the data that its row names, such as a group. */
  readonly of?: string
  /** The data that its row names. */
  readonly on?: string
  /** What else the row says, by column: a part too where the column is one of groups; a cell of all is empty. */
  readonly beside?: readonly Beside[]
  /** What a line calls it before the number: of a part where it names one, else of all. */
  readonly label?: string
  /** What its sentence says close to it, such as `for women`: of a part, where it names one. */
  readonly near?: string
  /** Words of its sentence or its cell that say more than that it is one of this model: it may be of something else. */
  readonly beyond?: readonly string[]
  /** The sentence that it stands in. */
  readonly said?: string
  /**
   * It is stated of this model only where one of those beside, or the label, is a part of the data: else models may be
   * compared, or it is another metric.
   */
  readonly compared?: true
}

/** A cell and the head of its column. */
export type Beside = { readonly column: string; readonly cell: string }

/** So many numbers of a document's tables, and of its words, are looked at; one more is told, for it to be said. */
export const MOST_STATED = 2000

/** Whether a column is one of models. */
export function ofModels(head: string): boolean {
  return OF_MODELS.test(head.trim())
}

const OF_MODELS =
  /^(?:models?|versions?|systems?|methods?|algorithms?|classifiers?|estimators?|approach(?:es)?|baselines?|networks?)$/i

/** A name of a part is shown and compared, and no longer. */
export const MOST_LETTERS = 100

/** A metric as people write it: `F1 (macro)` is something else than `F1`, and `Test F1 (%) ↑` is not. */
export function nameOf(cell: string): string {
  return cell
    .slice(0, 200)
    .replaceAll(/[↑↓⬆⬇]|\(\s*(?:%|percent|higher is better|lower is better)\s*\)/gi, ' ')
    .trim()
    .toLowerCase()
    .replace(/^(?:test|eval|evaluation|holdout)[\s_-]+(?=\S)/, '')
    .replaceAll(/[\s-]+/g, '_')
    .slice(0, 100)
}

// A comma before three digits parts thousands, unless nothing is before it.
const NUMBER =
  /^[~≈]?\s?[€$£]?([-+]?)(\d{0,12})(?:\.(\d{1,12})|,(\d{1,2}|\d{4,12})|(?<=^\D{0,4}0),(\d{3}))?\s?(%|percent|pct)?(?:\s?(?:ms|s|sec|seconds?|€|euros?|eur|usd))?(?:\s*(?:±|\+\/-|\(|\[).*)?$/i

/** The number at the start of a cell, with a point or a comma; what stands after it may only be its spread. */
export function numberIn(cell = ''): Pick<Stated, 'value' | 'rounding' | 'percent'> | undefined {
  const found = NUMBER.exec(cell)
  if (found === null) return undefined
  const [, sign = '', whole = '', point, comma, thousandths, percent] = found
  const part = point ?? comma ?? thousandths ?? ''
  if (whole === '' && part === '') return undefined
  const value = Number(`${sign}${whole === '' ? '0' : whole}.${part === '' ? '0' : part}`)
  // A bare 1 or 0 claims all or none, and no half of it.
  const isShare = part === '' && percent === undefined && Math.abs(value) <= 1
  return { value, rounding: isShare ? 0.005 : 0.5 * 10 ** -part.length, percent: percent !== undefined }
}
