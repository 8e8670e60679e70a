import type { Position, Repository } from './repository.ts'

/**
 * Where a commit stands that a push made the default branch's tip: against the tip before that push, and where
 * the two histories part also against their merge base, so that nothing slips past by a forced push. `before`
 * has one commit for each push, newest first; of zeros where there was none, empty where that is not known. As
 * long as the commit is on the branch, `pushed` is true; else it stands where any other commit would.
 */
export async function pushedPosition(
  repository: Repository,
  commit: string,
  before: readonly string[],
): Promise<Position & { readonly pushed: boolean }> {
  const position = await repository.position(commit)
  if (position.tip !== commit) {
    const common = await repository.mergeBase(position.tip, commit)
    if (common.kind !== 'commit' || common.commit !== commit) return { ...position, pushed: false }
  }
  const { tip, related } = position
  if (before.length === 0) return { ...position, pushed: true }
  const bases: string[] = []
  for (const one of before) {
    const common = /^0+$/.test(one) ? undefined : await repository.mergeBase(one, commit)
    // A branch that began with this push, or a tip that nobody has any more: all that is there is new.
    if (common === undefined || common.kind === 'unknown')
      return { tip, base: undefined, related, changed: await repository.changed(commit, []), pushed: true }
    bases.push(one)
    if (common.kind === 'commit' && common.commit !== commit) bases.push(common.commit)
  }
  const [base, ...others] = new Set(bases)
  const changed = await repository.changed(commit, bases)
  return { tip, base, related, changed, pushed: true, ...(others.length > 0 && { others }) }
}
