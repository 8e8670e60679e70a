import { names, quoted, type Sentence, sentence } from './sentence.ts'

/** What a file has at its top. */
type Seen = { readonly kind: keyof typeof KINDS; readonly keys: readonly string[] }

type Near =
  | {
      readonly how: 'keys'
      readonly format: string
      readonly has: readonly string[]
      readonly lacks: readonly string[]
    }
  | { readonly how: 'inside'; readonly format: string; readonly under: string }
  | { readonly how: 'named'; readonly format: string; readonly extension: string }

/** Why no reader of a tool's format claims a file. */
export type Why = { readonly seen?: Seen; readonly near: readonly Near[] }

const KINDS = {
  map: ['a map of keys', 'with'],
  list: ['a list', 'whose first entry has'],
  table: ['a table', 'with the columns'],
  lines: ['JSON values, one a line', 'with'],
  archive: ['an archive', 'with'],
  document: ['a Markdown document', 'with'],
  text: ['text without a structure that is known', ''],
  value: ['a single value', ''],
} as const

const MOST = 12

/** What stands at the top of a file that nobody knows, and the formats that come nearest. */
export function whySentences({ seen, near }: Why): readonly Sentence[] {
  return [...(seen ? [seenSentence(seen)] : []), ...near.map(nearSentence)]
}

function seenSentence({ kind, keys }: Seen): Sentence {
  const [what, having] = KINDS[kind]
  return keys.length === 0
    ? sentence`it is ${[what]}`
    : sentence`it is ${[what]}, ${[having]} ${names(keys, MOST)}`
}

/** Why a format is near. */
function nearSentence(near: Near): Sentence {
  switch (near.how) {
    case 'keys':
      return sentence`${quoted(near.format)} is near: it has ${names(near.has)} too, and there ${names(near.lacks)} stand beside`
    case 'inside':
      return sentence`what is under ${quoted(near.under)} is ${quoted(near.format)}: give that as a file of its own`
    case 'named':
      return sentence`as a file that ends in ${quoted(`.${near.extension}`)} it is ${quoted(near.format)}: name it so`
  }
}
