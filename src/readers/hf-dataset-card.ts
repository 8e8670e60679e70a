import { collect } from './collect.ts'
import { hasModelIndex, isDatasetCard } from './front-matter.ts'
import { licenceOf } from './licences.ts'
import { nameOf } from './names.ts'
import { isFields } from './narrow.ts'
import type { Reader } from './reader.ts'
import { readSections } from './written-section.ts'

const format = 'hf-dataset-card'

/** A card of a dataset on Hugging Face: a document, and the data that it names. It never has a digest. */
export const hfDatasetCard: Reader = {
  format,
  labels: [],
  recognises: (content) =>
    content.kind === 'markdown' && isDatasetCard(content.front) && !hasModelIndex(content.front),
  read: (input) => {
    const found = collect(input, format)
    const { content } = input
    if (content.kind !== 'markdown' || !isFields(content.front)) return found.reading()
    const { sections, fault } = readSections(content.text)
    if (fault) found.fault([], fault)
    else found.record((source) => ({ kind: 'document', sections, source }))
    const { front } = content
    // `license: other` has its name and address beside it.
    const licence =
      front.license === 'other' ? licenceOf(front.license_link ?? 'other') : licenceOf(front.license)
    const name = nameOf(front.pretty_name) ?? sections?.find(({ title }) => title !== '')?.title
    found.record((source) => ({
      kind: 'data',
      datasets: name === undefined ? [] : [{ names: [name.slice(0, 200)], digests: [] }],
      ...(licence && { licence }),
      tool: 'huggingface',
      source,
    }))
    return found.reading()
  },
}
