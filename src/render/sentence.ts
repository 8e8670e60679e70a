import { clean } from './clean.ts'
import { code, escaped } from './markdown.ts'
import { counted } from './numbers.ts'

export type Quote = { readonly quote: string }

/** Our own words, and text from files; only a writer decides how either is shown. */
export type Sentence = readonly (string | Quote)[]

/** What a person reads of an answer or a problem: the fact, and one honest action where something is wanting. */
export type Words = { readonly says: Sentence; readonly next?: Sentence }

/** Words that must name an action. */
export type Advice = Required<Words>

/** Text that we did not write. */
export function quoted(text: string): Quote {
  return { quote: text }
}

/** A sentence from a template; text from files cannot enter it but as a quote. */
export function sentence(texts: TemplateStringsArray, ...values: readonly (Quote | Sentence)[]): Sentence {
  return texts.flatMap((text, index) => {
    const value = values[index]
    const after: Sentence = value === undefined ? [] : 'quote' in value ? [value] : value
    return text === '' ? after : [text, ...after]
  })
}

/** Sentences in a row, with a separator of ours. */
export function joined(sentences: readonly Sentence[], separator: string = ', '): Sentence {
  return sentences.flatMap((one, index) => (index === 0 ? one : [separator, ...one]))
}

/** The first few of a list, and how many more there are, with those that are only counted: `a`, `b` and 7 more. */
export function listed(
  items: readonly Sentence[],
  most: number = 5,
  separator: string = ', ',
  unlisted: number = 0,
): Sentence {
  const first = joined(items.slice(0, most), separator)
  const left = Math.max(0, items.length - most) + unlisted
  return left > 0 ? [...first, ` and ${counted(left, 'more', 'more')}`] : first
}

/** The first few of a list of texts from files. */
export function names(texts: readonly string[], most?: number, unlisted?: number): Sentence {
  return listed(
    texts.map((text) => [quoted(text)]),
    most,
    undefined,
    unlisted,
  )
}

/** The labels that make a group together, from files: `race` × `sex`. */
export function crossed(labels: readonly string[]): Sentence {
  return joined(
    labels.map((label) => [quoted(label)]),
    ' × ',
  )
}

/** The sentence for a terminal, a title or an annotation, where Markdown is not rendered. */
export function plain(parts: Sentence): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : `\`${clean(part.quote) || '(empty)'}\``))
    .join('')
}

/** The sentence without quotation marks, for a cell of its own. */
export function bare(parts: Sentence): string {
  return parts.map((part) => (typeof part === 'string' ? part : clean(part.quote))).join('')
}

/** The sentence as Markdown of one line. */
export function markdown(parts: Sentence): string {
  return parts.map((part) => (typeof part === 'string' ? ownProse(part) : code(part.quote))).join('')
}

/** Our own words, spaces at their ends kept, since quotes stand beside them. */
function ownProse(text: string): string {
  const start = text.startsWith(' ') ? ' ' : ''
  const end = text.length > 1 && text.endsWith(' ') ? ' ' : ''
  return `${start}${escaped(text, OWN_CHARACTERS)}${end}`
}

const OWN_CHARACTERS = 2_000
