import { sectionsOf } from '../text/markdown.ts'
import { cardOf } from './card.ts'
import { collect } from './collect.ts'
import { hasModelIndex } from './front-matter.ts'
import type { Reader } from './reader.ts'

const format = 'markdown'

/** Markdown without results in its front matter: its headings, how much stands under each, and what it says of its origin. */
export const document: Reader = {
  format,
  labels: [],
  recognises: (content) => content.kind === 'markdown' && !hasModelIndex(content.front),
  read: (input) => {
    const found = collect(input, format)
    if (input.content.kind !== 'markdown') return found.reading()
    const { sections, fault } = sectionsOf(input.content.text)
    if (fault) found.fault([], fault)
    else found.record((source) => ({ kind: 'document', sections, source }))
    const card = cardOf(input.content.front)
    if (card) found.record(card)
    return found.reading()
  },
}
