import { nameOf } from './stated.ts'
import { sentencesOf, type Token, textOf } from './tokens.ts'

/** Whether a name, as `nameOf` gives it, is one of a metric: of one that is known, or that somebody calls so. */
export type IsMetric = (name: string) => boolean | 'own'

const MOST_LETTERS_READ = 400

/** A metric by its tokens, from the first to before the end. */
export type Named = { readonly name: string; readonly from: number; readonly to: number }

/** Metrics by the most words that name one, but those of a place such as `at 1% FPR`. */
export function metricsIn(tokens: readonly Token[], isMetric: IsMetric): readonly Named[] {
  const found: Named[] = []
  for (let from = 0; from < tokens.length; from += 1) {
    const length = [6, 5, 4, 3, 2, 1].find((many) => isNamed(tokens.slice(from, from + many), many, isMetric))
    if (length === undefined) continue
    const written = nameOf(textOf(tokens.slice(from, from + length)))
    const name = written === 'accurate' ? 'accuracy' : written
    const [before, sign] = [tokens[from - 2], tokens[from - 1]]
    const isPlace = sign?.text === '%' || (sign?.kind === 'number' && /^(?:at|@)$/i.test(before?.text ?? ''))
    if (!isPlace) found.push({ name, from, to: from + length })
    from += length - 1
  }
  return found
}

/** The epsilon of an optimizer is no budget; two letters are a name in capitals only. */
function isNamed(words: readonly Token[], many: number, isMetric: IsMetric): boolean {
  if (words.length !== many || words.some(({ kind }) => kind !== 'word')) return false
  const text = textOf(words)
  // `97% accurate`
  if (text.toLowerCase() === 'accurate') return isMetric('accuracy') !== false
  return (
    isMetric(nameOf(text)) !== false &&
    !/^epsilon$/i.test(text) &&
    (text.length > 2 || text === text.toUpperCase())
  )
}

/** The metric that a text names, where its first sentence names one and no other. */
export function onlyMetricOf(text: string, isMetric: IsMetric): string | undefined {
  const [tokens = []] = sentencesOf(text.slice(0, MOST_LETTERS_READ), 1)
  const [metric, another] = metricsIn(tokens, isMetric)
  return another === undefined ? metric?.name : undefined
}
