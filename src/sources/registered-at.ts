import type { Start, Work } from '../facts.ts'
import type { Repository } from './repository.ts'

/** How far back the default branch is followed. */
export const LONGEST_HISTORY = 5000

/** A page of GitHub's list of commits. */
const LEAP = 100

type Placed = Exclude<Start, { kind: 'not_named' }>

/**
 * R: the newest commit on the default branch's first-parent line that is the work's ancestor, or the work
 * itself. Ancestry is asked with both ids: that a commit resolves proves nothing, fork commits do too.
 */
export async function registeredAt(
  repository: Repository,
  tip: string,
  work: Work,
  longest = LONGEST_HISTORY,
): Promise<Placed> {
  // An id of another length is none here, but a branch may have it for a name, and can be moved.
  if (work.commit.length !== tip.length) return { kind: 'not_found', work }
  const common = await repository.mergeBase(tip, work.commit)
  if (common.kind === 'unknown') return { kind: 'not_found', work }
  if (common.kind === 'unrelated') return { kind: 'unrelated', work }

  const line: string[] = []
  let looked = 1
  for await (const commit of repository.firstParents(tip)) {
    // A merge base has no newer common ancestor in its future, so on the line it is the newest.
    if (commit === common.commit) return { kind: 'placed', work, at: commit }
    line.push(commit)
    if (line.length >= longest) return { kind: 'too_long', work, limit: longest }
    // Where the merge base is on no first-parent line, ever longer leaps find how far back to look.
    if (line.length < looked * LEAP) continue
    looked *= 2
    if (await isAncestor(repository, commit, work.commit)) break
  }
  const at = await newestAncestor(repository, line, work.commit)
  return at === undefined ? { kind: 'unrelated', work } : { kind: 'placed', work, at }
}

/** Once a commit of the line is an ancestor of the work, all older ones are: halve the line until it is found. */
async function newestAncestor(
  repository: Repository,
  line: readonly string[],
  work: string,
): Promise<string | undefined> {
  let newest = 0
  let oldest = line.length
  while (newest < oldest) {
    const middle = Math.floor((newest + oldest) / 2)
    const commit = line[middle]
    if (commit === undefined) break
    if (await isAncestor(repository, commit, work)) oldest = middle
    else newest = middle + 1
  }
  return line[newest]
}

/** Whether a commit is an ancestor of another one, or that one itself. */
export async function isAncestor(repository: Repository, commit: string, work: string): Promise<boolean> {
  const common = await repository.mergeBase(commit, work)
  return common.kind === 'commit' && common.commit === commit
}
