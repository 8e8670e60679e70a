import { Document, isMap, isNode, isScalar, type Pair, parseDocument } from 'yaml'

/**
 * The text of a document of which some top-level keys were changed, or added: every other line stays as it was written,
 * comments in their columns too. Where that can't be done the whole of it is written anew, which keeps all but spaces.
 */
export function spliced(before: string, document: Document, changed: ReadonlySet<string>): string {
  const whole = document.toString({ lineWidth: 0 })
  if (!isMap(document.contents) || document.contents.flow) return whole
  const old = parseDocument(before, { schema: 'core', version: '1.2', uniqueKeys: false }).contents
  if (!isMap(old)) return whole
  let text = before.endsWith('\n') || before === '' ? before : `${before}\n`
  const added: string[] = []
  // From the end, so that what stands before keeps its place.
  for (const pair of document.contents.items.toReversed()) {
    const key = nameOf(pair)
    if (!changed.has(key)) continue
    const place = old.items.find((one) => nameOf(one) === key)
    if (place === undefined) added.unshift(alone(pair))
    else {
      const [start, end] = rangeOf(place)
      if (start === undefined || end === undefined) return whole
      // What has no value ends before its line does.
      const rest = text.slice(end).replace(text[end - 1] === '\n' ? '' : /^[ \t]*\n/, '')
      text = `${text.slice(0, start)}${alone(pair)}${rest}`
    }
  }
  const result = `${text}${added.join('')}`
  const read = parseDocument(result, { schema: 'core', version: '1.2', uniqueKeys: false })
  const same = read.errors.length === 0 && JSON.stringify(read) === JSON.stringify(document)
  return same ? result : whole
}

/** One key with its value and the comments in it; what stands above the key is left where it is. */
function alone(pair: Pair): string {
  const document = new Document({})
  document.set(nameOf(pair), pair.value)
  return document.toString({ lineWidth: 0 })
}

/** A key that was added is no node. */
function nameOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key)
}

function rangeOf({ key, value }: Pair): readonly [start: number | undefined, end: number | undefined] {
  const start = isNode(key) ? key.range?.[0] : undefined
  const end = isNode(value) ? value.range?.[2] : undefined
  return [start, end]
}
