import type { LackingSection, Section } from '../core/record.ts'

/** A heading with fewer words than this under it says nothing. */
export const LEAST_WORDS = 3

/** Of the required headings, each by its names, those that are not there or say nothing, each with why. */
export function lackingSections(
  asked: readonly (readonly [string, ...string[]])[],
  sections: readonly Section[],
): readonly LackingSection[] {
  return asked.flatMap((names) => lack(names, sections) ?? [])
}

/** What is there under any of the names is enough; what is wanting is told of the name that comes nearest. */
function lack(
  names: readonly [string, ...string[]],
  sections: readonly Section[],
): LackingSection | undefined {
  const each = names.map((name) => lackOf(name, sections))
  if (each.includes(undefined)) return undefined
  const found = each.flatMap((one) => (one === undefined || one.why === 'missing' ? [] : [one]))
  return found[0] ?? { title: names[0], why: 'missing' }
}

function lackOf(title: string, sections: readonly Section[]): LackingSection | undefined {
  const named = sections.filter((section) => headingOf(section.title) === headingOf(title))
  const [first] = named
  if (first === undefined) return { title, why: 'missing' }
  const unfilled = named.find((section) => section.placeholder !== undefined)
  if (unfilled?.placeholder !== undefined)
    return { title, why: 'placeholder', line: unfilled.line, placeholder: unfilled.placeholder }
  return named.some((section) => section.words >= LEAST_WORDS)
    ? undefined
    : { title, why: 'empty', line: first.line }
}

/** A heading without its numbering, case and punctuation: `1.2 Intended Use:` is `intended use`. */
export function headingOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/^[\d.\s)]+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
