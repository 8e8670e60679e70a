import type { Amendment } from '../core/deviation.ts'
import { type Criteria, parseCriteria } from '../criteria/criteria.ts'
import { difference } from '../criteria/difference.ts'
import { readWritten } from './files.ts'
import type { Repository } from './repository.ts'

/** How many changes of a criteria file are looked at, the newest. */
export const MOST_AMENDMENTS = 50

/** Work whose criteria are those of `at`, a commit on the default branch's first-parent line. */
export type Begun = { readonly at: string; readonly name: string }

/** What a version of the file is: its blob and what it asks; neither where there is no file. */
type Version = { readonly sha?: string; readonly criteria?: Criteria }

/**
 * The newest changes of a criteria file on the default branch, oldest first, without its creation. Every one
 * after the criteria with which the work began is a deviation. Undefined where the repository can't tell.
 */
export async function gatherAmendments(
  repository: Repository,
  tip: string,
  path: string,
  work: Begun | undefined,
): Promise<readonly Amendment[] | undefined> {
  if (repository.changesOf === undefined) return undefined
  // One more than is shown: what the oldest one changed is told by the one before.
  const commits = await repository.changesOf(tip, path, MOST_AMENDMENTS + 1)
  const [oldest, ...rest] = commits.toReversed()
  if (oldest === undefined || rest.length === 0) return []
  const [registered] = work === undefined ? [] : await repository.changesOf(work.at, path, 1)
  // Criteria older than the oldest that is looked at, or none yet: all that is seen came after the work began.
  const before = registered === undefined || !commits.includes(registered) || registered === oldest
  let begun = work !== undefined && before
  let last = await versionAt(repository, path, oldest)
  let readable = last
  const amendments: Amendment[] = []
  for (const commit of rest) {
    const version = await versionAt(repository, path, commit)
    const known = version.sha === undefined || version.criteria !== undefined
    amendments.push({
      commit,
      ...(last.sha && { from: last.sha }),
      ...(version.sha && { to: version.sha }),
      ...(begun && work && { begun: work.name }),
      ...(known ? {} : { unreadable: true }),
      // What can't be understood asks nothing, and hides nothing: the next is compared with what could be.
      changes: known ? difference(readable.criteria, version.criteria) : [],
    })
    begun ||= commit === registered
    last = version
    if (known) readable = version
  }
  return amendments
}

async function versionAt(repository: Repository, path: string, commit: string): Promise<Version> {
  const entry = (await repository.tree(commit)).get(path)
  if (entry === undefined) return {}
  const { criteria } = parseCriteria(await readWritten(repository, path, entry), path)
  return { sha: entry.oid, ...(criteria && { criteria }) }
}
