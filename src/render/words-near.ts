import type { Near, Seen, Why } from '../core/near.ts'
import { names, quoted, type Sentence, sentence } from './sentence.ts'

const KINDS: { readonly [K in Seen['kind']]: readonly [what: string, holding: string] } = {
  map: ['a map of keys', 'with'],
  list: ['a list', 'whose first entry has'],
  table: ['a table', 'with the columns'],
  lines: ['JSON values, one a line', 'with'],
  archive: ['an archive', 'with'],
  document: ['a Markdown document', 'with'],
  text: ['text without a structure that is known', ''],
  value: ['a single value', ''],
}

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
