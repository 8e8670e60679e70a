import sax from 'sax'
import type { Fault } from '../core/problem.ts'

/** Nobody's results are nested deeper. */
const MAX_DEPTH = 50
const MAX_TAG = 10_000

/** An element as it opens. */
export type XmlElement = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** The line on which its tag ends. */
  readonly line: number
}

export type XmlVisit = {
  readonly open: (element: XmlElement) => void
  readonly close: () => void
}

/** Entities other than the five of XML, and those that a document makes itself, can stand for anything. */
const OPTIONS = { position: true, strictEntities: true }

/**
 * Walks the elements of a document; text between them is passed over. Gives the first fault, after which nothing is
 * visited: not well-formed, a document type (whose entities could grow without end), or nested too deeply.
 */
export function walkXml(
  text: string,
  visit: XmlVisit,
): { readonly fault: Fault; readonly line: number } | undefined {
  const parser = sax.parser(true, OPTIONS)
  let found: { readonly fault: Fault; readonly line: number } | undefined
  let depth = 0
  let roots = 0
  const stop = (fault: Fault): void => {
    found ??= { fault, line: parser.line + 1 }
  }
  parser.onerror = ({ message }) =>
    stop({ code: 'syntax', detail: (message.split('\n')[0] ?? '').slice(0, 200) })
  parser.ondoctype = () => stop({ code: 'syntax', detail: 'a document type (DOCTYPE) is not read' })
  parser.onopentag = ({ name, attributes }) => {
    depth += 1
    if (depth > MAX_DEPTH) stop({ code: 'too_deep', limit: MAX_DEPTH })
    roots += depth === 1 ? 1 : 0
    if (roots > 1) stop({ code: 'syntax', detail: 'it has a second root element' })
    const tag = text.slice(parser.startTagPosition - 1, parser.position)
    if (attributesIn(tag) !== Object.keys(attributes).length)
      stop({ code: 'syntax', detail: 'an element has an attribute twice' })
    if (found !== undefined) return
    // Without namespaces each attribute is a text.
    const texts = Object.entries(attributes).map(([key, value]) => [key, String(value)] as const)
    visit.open({ name, attributes: new Map(texts), line: parser.line + 1 })
  }
  parser.onclosetag = () => {
    depth -= 1
    if (found === undefined) visit.close()
  }
  try {
    parser.write(text).close()
  } catch {
    stop({ code: 'syntax', detail: 'it is no well-formed XML' })
  }
  if (roots === 0) stop({ code: 'syntax', detail: 'it has no element' })
  return found
}

/** The parser silently keeps the first of two attributes of one name: whoever wrote the second may have meant it. */
function attributesIn(tag: string): number {
  return tag.replaceAll(/"[^"]*"|'[^']*'/g, '').split('=').length - 1
}

/** The name of the root element, as far as it can be told without reading on. */
export function rootOf(text: string): string | undefined {
  return /^<(?:!DOCTYPE\s+)?([A-Za-z_][\w.:-]*)/.exec(rootTag(text) ?? '')?.[1]
}

/** The tag of the root element, as far as anybody's goes, or the document type before it. */
export function rootTag(text: string): string | undefined {
  let at = 0
  for (let skipped = 0; skipped < 20; skipped++) {
    at += /^[\s\uFEFF]*/.exec(text.slice(at, at + 1_000))?.[0].length ?? 0
    const end = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined
    if (end === undefined) break
    const closed = text.indexOf(end, at)
    if (closed === -1) return undefined
    at = closed + end.length
  }
  return text.slice(at, at + MAX_TAG).split('>')[0]
}
