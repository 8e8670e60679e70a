import type { Amendment } from '../core/deviation.ts'
import { consentsFor, loosened, type Needed } from '../criteria/consent.ts'
import { type Criteria, parseCriteria } from '../criteria/criteria.ts'
import { difference } from '../criteria/difference.ts'
import { leafAt, readWritten } from './files.ts'
import type { Repository } from './repository.ts'

/** How many changes of a criteria file are told, the newest. */
export const MOST_AMENDMENTS = 50

/** How many commits of the default branch are searched before those from which work began, and in all. */
export type Bounds = { readonly earlier: number; readonly most: number }
const SEARCHED: Bounds = { earlier: 100, most: 1000 }

/** Work whose criteria are those of `at`, a commit on the default branch's first-parent line. */
export type Began = { readonly at: string; readonly name: string }

/** What became of a criteria file, oldest first. */
export type Amendments = {
  readonly amendments: readonly Amendment[]
  /** Before this commit nothing was searched, though there are more. */
  readonly since?: string
  /** The line that was searched, newest first. */
  readonly line: readonly string[]
  /** What asks less than the version before, of what was searched. */
  readonly loosenings: readonly (Loosening & { readonly before: Version })[]
}

/** A change on the default branch that needed an approval, and the commit that brought it. */
export type Loosening = Needed & { readonly commit: string }

/** What a version of the file is and what it asks; neither where there is no file. */
type Version = { readonly kind?: string; readonly sha?: string; readonly criteria?: Criteria }

/**
 * The newest changes of a criteria file on the default branch, without its creation. What came after some work
 * began is a deviation. Only the first-parent line counts: a version inside of a merged branch never held, and
 * one that a merge put back did.
 */
export async function gatherAmendments(
  repository: Repository,
  tip: string,
  path: string,
  works: readonly Began[],
  bounds: Bounds = SEARCHED,
): Promise<Amendments> {
  const { line, whole } = await searched(repository, tip, works, bounds)
  const end = line.at(-1) ?? tip
  const changes = await repository.changesOf(tip, end, path)
  const commits = changes.slice(0, MOST_AMENDMENTS).toReversed()
  // What the oldest of them changed is told by the version before it.
  const before = changes[MOST_AMENDMENTS] ?? end
  const [first = {}, ...versions] = await Promise.all(
    [before, ...commits].map((commit) => versionAt(repository, path, commit)),
  )
  const places = new Map(line.map((commit, place) => [commit, place]))
  // Work from a commit that was not met on the line is older than all that was.
  const placeOf = (commit: string): number => places.get(commit) ?? line.length
  let [last, readable] = [first, first]
  const amendments: Amendment[] = []
  const loosenings: (Loosening & { readonly before: Version })[] = []
  for (const [index, version] of versions.entries()) {
    const commit = commits[index] ?? ''
    const begun = works.find(({ at }) => placeOf(commit) < placeOf(at))
    const isCreation = last.sha === undefined && amendments.length === 0
    // An unreadable version asks nothing and hides nothing: the next is compared with the last that could be read.
    const isReadable = version.sha === undefined || version.criteria !== undefined
    if (!isCreation && !(version.sha === last.sha && version.kind === last.kind)) {
      amendments.push({
        commit,
        ...(last.sha && { from: last.sha }),
        ...(version.sha && { to: version.sha }),
        ...(begun && { begun: begun.name }),
        ...(isReadable ? {} : { unreadable: true }),
        changes: isReadable ? difference(readable.criteria, version.criteria) : [],
      })
      for (const needed of consentsFor(path, last, version))
        if (needed.subject.kind === 'change') loosenings.push({ ...needed, commit, before: readable })
    }
    last = version
    if (isReadable) readable = version
  }
  const since = before === end && whole ? {} : { since: before }
  return { amendments, ...since, line, loosenings }
}

/** The loosenings that are in a version of the default branch still: at its commit or before, and not made good. */
export function standingIn(
  { loosenings, line }: Pick<Amendments, 'loosenings' | 'line'>,
  version: { readonly commit: string; readonly criteria?: Criteria } | undefined,
): readonly Loosening[] {
  if (version?.criteria === undefined) return []
  const { criteria } = version
  const end = line.indexOf(version.commit)
  return loosenings
    .filter(({ commit }) => end >= 0 && line.indexOf(commit) >= end)
    .filter(({ before }) => loosened(before, criteria) !== undefined)
    .map(({ before: _, ...loosening }) => loosening)
}

/** The line that is searched, newest first, and whether it is all that there is. */
async function searched(
  repository: Repository,
  tip: string,
  works: readonly Began[],
  { earlier, most }: Bounds,
): Promise<{ readonly line: readonly string[]; readonly whole: boolean }> {
  const wanted = new Set(works.map(({ at }) => at))
  const line: string[] = []
  let left = earlier
  for await (const commit of repository.firstParents(tip)) {
    if ((wanted.size === 0 && left === 0) || line.length === most) return { line, whole: false }
    line.push(commit)
    if (wanted.size === 0) left -= 1
    wanted.delete(commit)
  }
  return { line, whole: true }
}

async function versionAt(repository: Repository, path: string, commit: string): Promise<Version> {
  const entry = await leafAt(repository, commit, path)
  if (entry === undefined) return {}
  const { criteria } = parseCriteria(await readWritten(repository, path, entry), path)
  return { kind: entry.kind, sha: entry.oid, ...(criteria && { criteria }) }
}
