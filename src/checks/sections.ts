import type { LackingSection, Section } from '../core/record.ts'

/** A heading with fewer words than this under it says nothing: it has not even a sentence. */
export const LEAST_WORDS = 8

/** A required heading by each of its names. */
type Asked = readonly [string, ...string[]]

/**
 * Of the required headings, each by its names, those that are not there, say nothing or too little, and those that only
 * repeat what stands under another of them, each with why.
 */
export function lackingSections(
  asked: readonly Asked[],
  sections: readonly Section[],
  least: number = LEAST_WORDS,
): readonly LackingSection[] {
  // The texts that stand in several places, by where they stand first: one place of each may answer.
  const taken = new Map<number, { readonly own: number; readonly as: string }>()
  const byHeading = Map.groupBy(sections, ({ title }) => headingOf(title))
  return asked.flatMap((names): readonly LackingSection[] => {
    const each = names.map((name) => read(name, byHeading.get(headingOf(name)) ?? [], least))
    const written = each.flatMap((one) => one.written ?? [])
    const free = written.find(({ twin }) => {
      const before = twin && taken.get(twin.first)
      return before === undefined || before.own === twin?.own
    })
    if (free === undefined) {
      const [first] = written
      if (first === undefined) return [nearest(names[0], each)]
      const { title, line, twin } = first
      const as = twin && taken.get(twin.first)?.as
      return [{ title, ...(line && { line }), why: 'same', as: as ?? '' }]
    }
    const { title, twin } = free
    if (twin && !taken.has(twin.first)) taken.set(twin.first, { own: twin.own, as: title })
    return []
  })
}

/** What stands under one name of a heading: sections that say enough, or what is wanting. */
type Read =
  | { readonly written: readonly Section[]; readonly lack?: undefined }
  | { readonly written?: undefined; readonly lack: LackingSection }

/** What is wanting is told of the name that comes nearest. */
function nearest(title: string, each: readonly Read[]): LackingSection {
  const found = each.flatMap(({ lack }) => (lack === undefined || lack.why === 'missing' ? [] : [lack]))
  return found[0] ?? { title, why: 'missing' }
}

function read(title: string, named: readonly Section[], least: number): Read {
  const [first] = named
  if (first === undefined) return { lack: { title, why: 'missing' } }
  const unfilled = named.find((section) => section.placeholder !== undefined)
  if (unfilled?.placeholder !== undefined) {
    const { line, placeholder } = unfilled
    return { lack: { title, why: 'placeholder', line, placeholder } }
  }
  const written = named.filter((section) => section.words >= least)
  if (written.length > 0) return { written }
  const most = named.reduce((one, other) => (other.words > one.words ? other : one), first)
  const { line, words } = most
  return {
    lack: words === 0 ? { title, why: 'empty', line } : { title, why: 'short', line, words, wanted: least },
  }
}

/** A heading without its numbering, case and punctuation: `1.2 Intended Use:` is `intended use`. */
export function headingOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/^[\d.\s)]+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
