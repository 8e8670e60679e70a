import { sectionsOf } from '../text/markdown.ts'
import { collect } from './collect.ts'
import { hasModelIndex, isDatasetCard } from './front-matter.ts'
import type { Reader } from './reader.ts'

const format = 'markdown'

/** Markdown without results in its front matter: its headings and how much stands under each. */
export const document: Reader = {
  format,
  labels: [],
  recognises: (content) =>
    content.kind === 'markdown' && !hasModelIndex(content.front) && !isDatasetCard(content.front),
  read: (input) => {
    const found = collect(input, format)
    if (input.content.kind !== 'markdown') return found.reading()
    const { sections, fault } = sectionsOf(input.content.text)
    if (fault) found.fault([], fault)
    else found.record((source) => ({ kind: 'document', sections, source }))
    return found.reading()
  },
}
