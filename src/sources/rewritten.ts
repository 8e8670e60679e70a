import type { Rewrite } from '../facts.ts'
import { isAncestor } from './registered-at.ts'
import type { Repository } from './repository.ts'

/** A move of the default branch that may have thrown commits out; ISO 8601. */
export type Move = { readonly before: string; readonly after: string; readonly at: string }

/** So many commits of a history come in one page. */
const PAGE = 100
/** No default branch is forced so often. */
const MOST_MOVES = 100

/** The default branch was forced so often that nobody can follow it. */
export class RewriteError extends Error {
  constructor() {
    super('the default branch was force-pushed too often to be followed')
    this.name = 'RewriteError'
  }
}

/**
 * The move that made a commit part of the default branch, or threw it out, by rewriting what was there. `feed` is
 * asked where a commit is gone and no move that is known threw it out. Throws RewriteError.
 */
export async function rewrittenBy(
  repository: Repository,
  commit: string,
  tip: string,
  moves: readonly Move[],
  feed: () => Promise<readonly Move[]>,
): Promise<Rewrite | undefined> {
  if (moves.length > MOST_MOVES) throw new RewriteError()
  for (const move of moves) if (await touches(repository, commit, move, 'brought in')) return move
  if (await isOn(repository, commit, tip)) return undefined
  for (const move of [...moves, ...(await feed())])
    if (await touches(repository, commit, move, 'threw out')) return move
  return { before: commit, after: tip, at: 'an unknown time' }
}

async function touches(
  repository: Repository,
  commit: string,
  { before, after }: Move,
  how: 'brought in' | 'threw out',
): Promise<boolean> {
  const [without, within] = how === 'brought in' ? [before, after] : [after, before]
  return (
    (await isAncestor(repository, commit, within)) &&
    !(await isAncestor(repository, commit, without)) &&
    // What only goes on from where it was rewrites nothing.
    !(await isAncestor(repository, before, after))
  )
}

/** Whether a commit is on the default branch; the newest ones are known from its first-parent line. */
async function isOn(repository: Repository, commit: string, tip: string): Promise<boolean> {
  let looked = 0
  for await (const one of repository.firstParents(tip)) {
    if (one === commit) return true
    looked += 1
    if (looked === PAGE) break
  }
  return await isAncestor(repository, commit, tip)
}
