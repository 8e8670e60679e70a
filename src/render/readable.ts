import type { Sentence } from './sentence.ts'

/** As many digits as a person reads of a number. */
const DIGITS = 6

/** A number among words of our own: no part of a version, a time or a path. */
const NUMBER = /(?<![\w.,/:-])(-?)(\d[\d,]{0,30})(?:\.(\d{1,330}))?(e[+-]\d{1,3})?(?![.,]?\w)/g

/**
 * Sentences whose numbers have at most six digits that count, none before the point cut off; as they are where two
 * numbers would then read the same that are not. Text from files stays as it is.
 */
export function readable(sentences: readonly Sentence[]): readonly Sentence[] {
  const numbers = sentences
    .flat()
    .flatMap((part) => (typeof part === 'string' ? part.match(NUMBER) : null) ?? [])
  const apart = (texts: readonly string[]) =>
    new Set(texts.map((one) => Number(one.replaceAll(',', '')))).size
  if (apart(numbers) !== apart(numbers.map((one) => one.replace(NUMBER, rounded)))) return sentences
  return sentences.map((one) =>
    one.map((part) => (typeof part === 'string' ? part.replaceAll(NUMBER, rounded) : part)),
  )
}

function rounded(number: string, sign: string, whole: string, part = '', power = ''): string {
  const before = whole.replaceAll(',', '')
  const zeros = /^0*/.exec(part)?.[0].length ?? 0
  const places = Math.max(0, before === '0' ? DIGITS + zeros : DIGITS - before.length)
  if (part.length <= places || places > MOST_PLACES) return number
  const [ones = '', rest = ''] = Number(`${before}.${part}`).toFixed(places).split('.')
  const decimals = rest.replace(/0+$/, '')
  // A share of nearly one is not one.
  if (places > 0 && decimals === '' && /[1-9]/.test(part)) return number
  const grouped = whole.includes(',') ? ones.replace(/\B(?=(?:\d{3})+$)/g, ',') : ones
  return `${sign}${grouped}${decimals === '' ? '' : `.${decimals}`}${power}`
}

/** What `toFixed` can write. */
const MOST_PLACES = 100
