import { z } from 'zod'
import { type Heading, PRESET_NAMES, PRESETS } from '../core/section-presets.ts'
import { headingOf, LEAST_WORDS } from './sections.ts'

/** Headings by themselves, or all that something has by its name. */
export const Sections = z.union([
  z.enum(PRESET_NAMES, `a list of headings, or one of ${PRESET_NAMES.join(', ')}`),
  z.array(z.string().min(1).max(200)).min(1).max(500),
])
export type Sections = z.infer<typeof Sections>

/** How many words each section must have, where that is more than a sentence. */
export const Words = z
  .int()
  .min(LEAST_WORDS)
  .max(10_000)
  .describe(`words that each section must have at the least, where that is more than ${LEAST_WORDS}`)

/** Every heading that is asked, with the names that it may have. */
export function headingsOf(sections: Sections): readonly Heading[] {
  return typeof sections === 'string' ? PRESETS[sections] : sections.map((title): Heading => [title])
}

/** The same for headings that ask the same, however they are written and in whichever order. */
export function headingsMeant(sections: Sections): readonly (readonly string[])[] {
  const each = headingsOf(sections).map((names) => [...new Set(names.map(headingOf))].toSorted())
  const byText = new Map(each.map((names) => [names.join('\n'), names]))
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, names]) => names)
}
