import { cardOf } from './card.ts'
import { collect } from './collect.ts'
import { hasModelIndex, isDatasetCard } from './front-matter.ts'
import { readDocument } from './markdown-document.ts'
import type { Reader } from './reader.ts'

const format = 'markdown'

/** Markdown without results in its front matter: its headings, how much stands under each, and what it says of its origin. */
export const document: Reader = {
  format,
  labels: [],
  recognises: (content) =>
    content.kind === 'markdown' && !hasModelIndex(content.front) && !isDatasetCard(content.front),
  read: (input) => {
    const found = collect(input, format)
    if (input.content.kind !== 'markdown') return found.reading()
    readDocument(input.content.text, found)
    const card = cardOf(input.content.front)
    if (card) found.record(card)
    return found.reading()
  },
}
