import type { Source } from '../core/measurement.ts'
import type { EvidenceRecord, Section } from '../core/record.ts'
import { withoutPlaceholders } from '../text/placeholders.ts'
import type { PlaceOf } from './collect.ts'
import { type Fields, fieldsAt } from './narrow.ts'

/** Parts of a card of Model Card Toolkit in which people write: what they hold are its sections. */
const PARTS = ['model_details', 'model_parameters', 'considerations'] as const
/** What alone says nothing, unless a reason follows. */
const NOTHING = /^(?:none|n\/?a|not (?:available|applicable)|unknown|yes|no|-+)[.!]?$/i
const MOST_TEXTS = 10_000

/** A part of a card with what is written under it, as a section; an answer such as `Not Available` alone is none. */
export function sectionFrom(title: string, texts: readonly string[], line: number): Section {
  const written = texts.filter((text) => !NOTHING.test(text.trim())).join(' ')
  const nothing = texts.map((text) => text.trim()).find((text) => NOTHING.test(text))
  const { rest, first } = withoutPlaceholders(written, 'prose')
  const words = rest.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
  const placeholder = first ?? (words === 0 ? nothing?.slice(0, 40) : undefined)
  return { title: title.slice(0, 200), line, words, ...(placeholder !== undefined && { placeholder }) }
}

type Recording = (source: Source, placeOf: PlaceOf) => EvidenceRecord

/** What people wrote in a card of Model Card Toolkit, key by key: `use_cases` is the section `use cases`. */
export function documentOf(card: Fields): Recording {
  const written = PARTS.flatMap((part) =>
    Object.entries(fieldsAt(card, part)).map(([key, value]) => ({ part, key, texts: textsIn(value) })),
  )
  return (source, placeOf) => ({
    kind: 'document',
    sections: written.map(({ part, key, texts }) =>
      sectionFrom(key.replaceAll('_', ' '), texts, placeOf([part, key]).line ?? 1),
    ),
    source,
  })
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn).slice(0, MOST_TEXTS)
}
