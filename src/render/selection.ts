import type { Asked, MeasurementAnswer } from '../core/answer.ts'
import type { Measurement } from '../core/measurement.ts'
import { clean } from './clean.ts'
import { counted } from './numbers.ts'
import { measurementLine } from './read-text.ts'
import { plain } from './sentence.ts'
import { answerWords } from './words-answers.ts'

/** What a selection came to: the one measurement, or why there is none. */
export type Selection = { readonly asked: Asked } & (
  | { readonly observed: Measurement }
  | { readonly answer: MeasurementAnswer }
)

/** Nobody reads on. */
const MOST = 50

type Where = Readonly<Record<string, string>>

/** A selection for `JSON.stringify`. */
export type JsonSelection = Asked & {
  readonly selected: Measurement | null
  /** Every measurement that fits, with the `where` that would choose just it, as far as labels can. */
  readonly candidates: readonly (Measurement & { readonly choose?: Where })[]
  /** The nearest metrics, or the labels that the metric does carry. */
  readonly nearest: readonly string[]
  readonly code: MeasurementAnswer['code'] | null
  readonly message: string
}

/** Of several candidates each stands with what would choose it. */
export function renderSelectionJson(selection: Selection): JsonSelection {
  const { asked } = selection
  if ('observed' in selection) {
    const { observed } = selection
    const message = 'exactly one measurement fits'
    return { ...asked, selected: observed, candidates: [observed], nearest: [], code: null, message }
  }
  const { answer } = selection
  return {
    ...asked,
    selected: null,
    candidates: candidatesOf(answer),
    nearest: answer.code === 'no_measurement' ? answer.nearest : [],
    code: answer.code,
    message: plain(answerWords(answer).says),
  }
}

/** A selection for a terminal. */
export function renderSelectionText(
  selection: Selection,
  colour: (style: 'bold' | 'dim' | 'red', text: string) => string,
): string {
  const head = colour('bold', `select ${shownAsked(selection.asked)}`)
  if ('observed' in selection) {
    const { observed } = selection
    const at = `in ${clean(observed.source.path, 500)}`
    return `${[head, `  ${measurementLine(observed, 0)}`, colour('dim', `  the one that fits, ${at}`)].join('\n')}\n`
  }
  const { answer } = selection
  const all = candidatesOf(answer)
  const more = all.length > MOST ? [colour('dim', `  and ${counted(all.length - MOST, 'more', 'more')}`)] : []
  const candidates = all.slice(0, MOST).flatMap((one) => {
    const { choose } = one
    const line = `  ${measurementLine(one, 0)}`
    return choose ? [line, colour('dim', `    chosen by where: ${flow(choose)}`)] : [line]
  })
  const none =
    all.length === 0 ? plain(answerWords(answer).says) : `${counted(all.length, 'measurement')} fit`
  const no = all.length > 0 && all.every(({ choose }) => choose === undefined)
  const why = no
    ? ', and no label that each of them has tells them apart'
    : all.length > 0
      ? ', and exactly one must'
      : ''
  return `${[head, ...candidates, ...more, colour('red', `  ${none}${why}`)].join('\n')}\n`
}

function candidatesOf(answer: MeasurementAnswer): JsonSelection['candidates'] {
  if (answer.code !== 'ambiguous') return []
  return answer.candidates.map((one, index) => {
    const choose = answer.choose[index]
    return choose === undefined ? one : { ...one, choose }
  })
}

function shownAsked({ metric, where }: Asked): string {
  return Object.keys(where).length === 0 ? clean(metric) : `${clean(metric)} where ${flow(where)}`
}

/** As a criterion has it in YAML. */
function flow(where: Where): string {
  const pairs = Object.entries(where).map(([label, value]) => `${scalar(label)}: ${scalar(value)}`)
  return `{ ${pairs.join(', ')} }`
}

/** Quoted wherever YAML could read it otherwise. */
function scalar(text: string): string {
  const shown = clean(text)
  return /^[A-Za-z_][\w./-]*$/.test(shown) && !/^(?:true|false|null|yes|no|on|off)$/i.test(shown)
    ? shown
    : JSON.stringify(shown)
}
