import type { Section } from '../core/record.ts'
import { type Sectioned, sectionsOf } from '../text/markdown.ts'
import { passagesOf } from '../text/passages.ts'
import { saysNothing, withoutPlaceholders } from '../text/placeholders.ts'
import { type Said, sayingWords, twinsOf, wordsBeyond, wordsIn } from '../text/words.ts'
import type { PlaceOf } from './collect.ts'
import type { Written } from './document-record.ts'
import { type Fields, fieldsAt } from './narrow.ts'

/** Parts of a card of Model Card Toolkit in which people write: what they hold are its sections. */
const PARTS = ['model_details', 'model_parameters', 'considerations'] as const
const MOST_TEXTS = 10_000

/** A Markdown text by its headings, and by the questions of its tables; where two say the very same, both tell so. */
export function readSections(text: string): Pick<
  Sectioned,
  'sections' | 'blocks' | 'lines' | 'tables' | 'fault'
> & {
  /** Those of headings alone. */
  readonly headed: readonly Section[]
} {
  const { sections: read, said, answers, fault, ...rest } = sectionsOf(text)
  if (fault) return { ...rest, sections: [], headed: [], fault }
  const sections = read.map((section, index) => beyondHeading(section, said[index]?.text ?? ''))
  const answered = answers.map(({ question, answer, line }) => sectionFrom(question, [answer], line))
  return {
    ...{ ...rest, headed: sections },
    sections: withTwins(
      [...sections, ...answered.map(({ section }) => section)],
      [...said, ...answered.map(({ section, text: own }) => ({ text: own, begins: section.line }))],
    ),
  }
}

/** A section that only repeats its heading says nothing. */
function beyondHeading(section: Section, text: string): Section {
  const { title, own } = section
  const words = wordsBeyond(title, section.words, text)
  return { ...section, words, ...(own !== undefined && { own: Math.min(own, words) }) }
}

function withTwins(sections: readonly Section[], said: readonly Said[]): readonly Section[] {
  const twins = twinsOf(said)
  return sections.map((section, index) => {
    const twin = twins[index]
    return twin === undefined ? section : { ...section, twin }
  })
}

type Part = { readonly section: Section; readonly text: string }

/** A part of a card with what is written under it, as a section; an answer such as `Not Available` alone is none. */
function sectionFrom(title: string, texts: readonly string[], line: number): Part {
  const written = texts.filter((text) => !saysNothing(text)).join(' ')
  const nothing = texts.map((text) => text.trim()).find(saysNothing)
  const { rest, first } = withoutPlaceholders(written, 'prose')
  const words = wordsBeyond(title, sayingWords(wordsIn(rest), rest), rest)
  const placeholder = first ?? (words === 0 ? nothing?.slice(0, 40) : undefined)
  return {
    section: { title: title.slice(0, 200), line, words, ...(placeholder !== undefined && { placeholder }) },
    text: rest,
  }
}

/** What people wrote in a card of Model Card Toolkit, key by key: `use_cases` is the section `use cases`. */
export function writtenIn(card: Fields, placeOf: PlaceOf): Written {
  const read = PARTS.flatMap((part) =>
    Object.entries(fieldsAt(card, part)).map(([key, value]) =>
      sectionFrom(key.replaceAll('_', ' '), textsIn(value), placeOf([part, key]).line ?? 1),
    ),
  )
  const said = read.map(({ text }, begins) => ({ text, begins }))
  // A text of JSON stands on one line, however many it has.
  const passages = read.flatMap(({ text, section: { title, line } }) =>
    passagesOf([], [{ text: text.replaceAll('\n', ' '), line, lead: title }], () => ({ title, line: 0 })),
  )
  return {
    sections: withTwins(
      read.map(({ section }) => section),
      said,
    ),
    passages,
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn).slice(0, MOST_TEXTS)
}
