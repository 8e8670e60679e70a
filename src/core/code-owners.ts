/** Where GitHub looks for it, in this order: the first that is there counts alone. */
export const CODE_OWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const

/** GitHub loads no larger one. docs.github.com, "About code owners". */
export const MOST_CODE_OWNERS_BYTES = 3_000_000

type Rule = { readonly pattern: string; readonly owners: readonly string[] }

/**
 * Those of the paths that no code owner owns. The last pattern that fits decides, and one without an owner takes
 * ownership away; a line that GitHub can't read is skipped, as GitHub does. docs.github.com, "About code owners".
 */
export function unownedOf(text: string, paths: readonly string[]): readonly string[] {
  const owners = ownersIn(text)
  return paths.filter((path) => owners(path).length === 0)
}

/** Everybody who owns one of the paths, as the file names them, each once. */
export function ownersOf(text: string, paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap(ownersIn(text)))]
}

function ownersIn(text: string): (path: string) => readonly string[] {
  const rules = text.split(/\r?\n/).flatMap(ruleOf).toReversed()
  return (path) => {
    const parts = path.split('/')
    return rules.find(({ pattern }) => fits(pattern, parts))?.owners ?? []
  }
}

const OWNER = /^(?:@[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)?|[^\s@]+@[^\s@]+)$/

function ruleOf(line: string): readonly Rule[] {
  const [pattern = '', ...rest] = line.trim().split(/(?<!\\)\s+/)
  const comment = rest.findIndex((word) => word.startsWith('#'))
  const owners = comment === -1 ? rest : rest.slice(0, comment)
  // Neither negation, nor character ranges, nor a pattern that begins with # is understood.
  if (pattern === '' || /^(?:!|\\?#)|[[\]]|\*\*\*/.test(pattern)) return []
  return owners.every((owner) => OWNER.test(owner)) ? [{ pattern, owners }] : []
}

/** Like gitignore, but that a star at the end of a path takes in nothing below. */
function fits(pattern: string, path: readonly string[]): boolean {
  const anchored = pattern.startsWith('/')
  const segments = (anchored ? pattern.slice(1) : pattern).split('/')
  const folder = segments.length > 1 && segments.at(-1) === ''
  const named = folder ? segments.slice(0, -1) : segments
  const whole = [...(!anchored && named.length === 1 ? ['**'] : []), ...named, ...(folder ? ['**', '*'] : [])]
  const last = named.at(-1) ?? ''
  // A name stands for all that is below it; `*` for what is right there.
  const below = !folder && last !== '**' && last !== '*'
  return reaches(whole, path, below)
}

/** Segment by segment, so that no pattern takes longer than its length times the path's. */
function reaches(segments: readonly string[], path: readonly string[], below: boolean): boolean {
  /** After how many parts of the path the segments so far may have ended. */
  let ends = new Set([0])
  for (const [index, segment] of segments.entries()) {
    const next = new Set<number>()
    for (const end of ends) {
      if (segment === '**') {
        // At the end it stands for one part or more, elsewhere for none as well.
        const first = index === segments.length - 1 ? end + 1 : end
        for (let after = first; after <= path.length; after += 1) next.add(after)
      } else if (end < path.length && isLike(segment, path[end] ?? '')) next.add(end + 1)
    }
    ends = next
  }
  return ends.has(path.length) || (below && [...ends].some((end) => end > 0 && end < path.length))
}

/** `*` stands for any characters of a name, `?` for one; a backslash takes the next one as it is. */
function isLike(pattern: string, name: string): boolean {
  let [at, star, resume] = [0, -1, 0]
  for (let index = 0; index < name.length; ) {
    const [wanted, width] =
      pattern[at] === '\\' && at + 1 < pattern.length ? [pattern[at + 1], 2] : [pattern[at], 1]
    if (pattern[at] === '*') {
      star = at
      resume = index
      at += 1
    } else if (at < pattern.length && (wanted === name[index] || (width === 1 && wanted === '?'))) {
      at += width
      index += 1
    } else if (star !== -1) {
      at = star + 1
      resume += 1
      index = resume
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}
