import type { Block } from '../core/passage.ts'
import { withoutComments, withoutEmphasis, withoutNotes } from './inline.ts'

/** Tags that begin or end a block: what stands between two of them is a paragraph. */
const BLOCKS =
  /^(?:address|article|aside|blockquote|br|center|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|section|summary|ul)$/
/** What stands in these is no text of its own, or is read as a table. */
const APART = /^(?:table|thead|tbody|tfoot|tr|td|th|caption|script|style|svg|pre|textarea|del|s|strike)$/
const WITHIN = /^(?:del|s|strike)$/
const HEADINGS = /^(?:h[1-6]|summary)$/
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ...([
    ['nbsp', ' '],
    ['amp', '&'],
    ['lt', '<'],
    ['gt', '>'],
    ['quot', '"'],
    ['percnt', '%'],
    ['colon', ':'],
  ] as const),
])

/**
 * The paragraphs of a part of a document in HTML that begins at a line, outside tables, under the heading `lead`. What has
 * no number leads to what follows it: a heading, a term, a name above a list.
 */
export function htmlBlocks(html: string, first: number, lead: string): readonly Block[] {
  const text = withoutNotes(withoutComments(html))
  const blocks: Block[] = []
  const apart = new Map<string, number>()
  let [said, at, above, line, from]: [string, number, string, number, number] = ['', first, lead, first, 0]
  const end = (tag: string) => {
    const shown = withoutEmphasis(decoded(said)).replaceAll(/\s+/g, ' ').trim()
    const isHeading = HEADINGS.test(tag)
    if (shown !== '') blocks.push({ text: shown, line: at, lead: above, ...(isHeading && { isHeading }) })
    if (shown !== '' && !/(?:^|[^\p{L}\p{N}_])\p{N}/u.test(shown))
      above = shown.endsWith(':') ? shown : `${shown}:`
    said = ''
  }
  const take = (to: number) => {
    const part = text.slice(from, to)
    if (apart.size === 0) {
      if (said.trim() === '') at = line + (/^\s*/.exec(part)?.[0].split('\n').length ?? 1) - 1
      said += part
    }
    line += part.split('\n').length - 1
  }
  for (const { 0: tag, 1: closing, 2: written = '', index } of text.matchAll(
    /<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/gi,
  )) {
    const name = written.toLowerCase()
    take(index)
    from = index
    if (APART.test(name)) {
      const depth = (apart.get(name) ?? 0) + (closing === '/' ? -1 : 1)
      if (depth > 0) apart.set(name, depth)
      else apart.delete(name)
      if (!WITHIN.test(name)) end('')
    } else if (BLOCKS.test(name)) end(closing === '/' ? name : '')
    line += tag.split('\n').length - 1
    from = index + tag.length
  }
  take(text.length)
  end('')
  return blocks
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    if (name !== undefined) return ENTITIES.get(String(name).toLowerCase()) ?? whole
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
