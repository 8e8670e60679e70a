// Words are upper case as people mark them: `todo` is Spanish for `all`.
const WORD = String.raw`\b(?:TODO|TBD|FIXME|XXX)\b`
const PHRASE = String.raw`\[?[Mm][Oo][Rr][Ee] [Ii][Nn][Ff][Oo][Rr][Mm][Aa][Tt][Ii][Oo][Nn] [Nn][Ee][Ee][Dd][Ee][Dd]\]?|\b[Ll]orem ipsum\b|\b[Cc]oming [Ss]oon\b`
// Bounded: an unclosed `{{` must not be searched to the end of the text.
const VARIABLE = String.raw`\{\{[\s\S]{0,300}?\}\}`

const IN_PROSE = new RegExp(`${VARIABLE}|${WORD}|${PHRASE}`, 'g')
const IN_CODE = new RegExp(`${WORD}|${PHRASE}`, 'g')

// What a hub's template has for whoever writes nothing of their own: no placeholder, and no word either.
const BOILERPLATE =
  /\bUsers \(both direct and downstream\) should be made aware of the risks, biases,? and limitations of the model\./gi

/** What is left of a text without its placeholders, and the first of them, cut to 40 characters. */
export function withoutPlaceholders(
  text: string,
  kind: 'prose' | 'code',
): { readonly rest: string; readonly first?: string } {
  // A template variable in code is code: a card may well show its chat template.
  const pattern = kind === 'prose' ? IN_PROSE : IN_CODE
  const first = text.match(pattern)?.[0].replaceAll(/\s+/g, ' ').slice(0, 40)
  return {
    rest: text.replaceAll(pattern, ' ').replaceAll(BOILERPLATE, ' '),
    ...(first === undefined ? {} : { first }),
  }
}

const NOTHING =
  /^(?:none(?: known| of the above)?|neither|n\/?a|not (?:available|applicable|known|determined)|unknown|yes|no|[-–—]+)[.!]?$/i

/** Whether an answer says nothing that could be checked, unless a reason follows. */
export function saysNothing(answer: string): boolean {
  return NOTHING.test(answer.replaceAll(/<\/?[a-zA-Z][^<>\n]{0,300}>/g, ' ').trim())
}
