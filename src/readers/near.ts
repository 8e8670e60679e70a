import type { Near, Seen } from '../core/near.ts'
import type { Content } from '../text/content.ts'
import { isFields } from './narrow.ts'
import type { Reader } from './reader.ts'

const MOST_KEYS = 50
const MOST_NEAR = 3

/** The top of a content, for a person who asks why nobody knows it. */
export function seenIn(content: Content): Seen {
  const keys = (value: unknown): readonly string[] =>
    isFields(value) ? Object.keys(value).slice(0, MOST_KEYS) : []
  switch (content.kind) {
    case 'data':
      if (Array.isArray(content.value)) return { kind: 'list', keys: keys(content.value[0]) }
      return isFields(content.value)
        ? { kind: 'map', keys: keys(content.value) }
        : { kind: 'value', keys: [] }
    case 'table':
      return { kind: 'table', keys: content.header.slice(0, MOST_KEYS) }
    case 'lines':
      return { kind: 'lines', keys: [...new Set(content.head.flatMap(keys))].slice(0, MOST_KEYS) }
    case 'archive':
      return { kind: 'archive', keys: content.names.slice(0, MOST_KEYS) }
    case 'markdown':
      return { kind: 'document', keys: keys(content.front) }
    case 'text':
    case 'xml':
    case 'empty':
      return { kind: 'text', keys: [] }
  }
}

/** The formats that a content comes nearest to, of those that do not claim it. `least`: how many keys say anything. */
export function nearTo(content: Content, readers: readonly Reader[], least: number): readonly Near[] {
  const { keys } = seenIn(content)
  const shapes = readers.flatMap(({ format, shapes = [] }) =>
    shapes.map((shape) => ({
      how: 'keys' as const,
      format,
      has: shape.filter((key) => keys.includes(key)),
      lacks: shape.filter((key) => !keys.includes(key)),
    })),
  )
  const near = shapes
    .filter(({ has, lacks }) => has.length >= least && lacks.length > 0)
    .toSorted((a, b) => share(b) - share(a) || (a.format < b.format ? -1 : 1))
  const first = near.filter(({ format }, index) => near.findIndex((one) => one.format === format) === index)
  return [...insideOf(content, readers), ...first].slice(0, MOST_NEAR)
}

function share({
  has,
  lacks,
}: {
  readonly has: readonly string[]
  readonly lacks: readonly string[]
}): number {
  return has.length / (has.length + lacks.length)
}

/** What a reader would claim if it stood by itself: a wrapper, or a list of one, hides it. */
function insideOf(content: Content, readers: readonly Reader[]): readonly Near[] {
  if (content.kind !== 'data' || typeof content.value !== 'object' || content.value === null) return []
  const { syntax } = content
  return Object.entries(content.value)
    .slice(0, MOST_KEYS)
    .flatMap(([under, value]): readonly Near[] => {
      const inner: Content = { kind: 'data', syntax, value, at: () => undefined }
      const claims = isFields(value) ? readers.filter((reader) => reader.recognises(inner)) : []
      const [only, second] = claims
      return only && !second ? [{ how: 'inside', format: only.format, under }] : []
    })
}
