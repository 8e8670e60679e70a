/** `@@ -old,count +new,count @@`, as git writes the head of a hunk. */
const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/

/**
 * The lines of a file that its patch shows, by their numbers in the new version: GitHub refuses a whole review for one
 * comment on another line. A file without a patch, being binary or too large, shows none.
 */
export function shownLines(patch: string | undefined): ReadonlySet<number> {
  const lines = new Set<number>()
  let next: number | undefined
  for (const line of patch?.split('\n') ?? []) {
    const start = HUNK.exec(line)?.[1]
    if (start !== undefined) next = Number(start)
    else if (next !== undefined && (line.startsWith('+') || line.startsWith(' '))) {
      lines.add(next)
      next += 1
    }
  }
  return lines
}
