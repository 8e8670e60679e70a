import { mergeBase } from './compare.ts'
import { commitOf, comparison, threeWay, tipOf } from './git.ts'
import { type Answer, json, Refusal } from './http.ts'
import { obstacle, protectionOf } from './protection.ts'
import { note, pullOf, tell } from './pulls.ts'
import { moved } from './push.ts'
import type { Pull, Signature } from './shapes.ts'
import { fields, type Route, repoPath, succeeded, text, type Visit, type World } from './world.ts'

/**
 * Merging as GitHub does it: the real merge of both sides, onto the base branch as it is now. Emulate takes the head's
 * tree, drops what came to the base since the pull request was opened, and asks nobody's check in particular.
 */
export const mergeRoutes: readonly Route[] = [
  { method: 'PUT', pathname: '/repos/:owner/:repo/pulls/:number(\\d+)/merge', handle: merge },
]

export const GITHUB = { name: 'GitHub', email: 'noreply@github.com' }

async function merge(world: World, visit: Visit): Promise<Answer> {
  const { call, caller, repo, named, forward } = visit
  const asked = fields(call.body)
  const pull = await pullOf(world, repo, Number(named.number))
  const base = (await tipOf(world, repo, pull.base.ref)) ?? ''
  await mergeable(world, visit, pull, base)

  const tree = await mergedTree(world, repo, { base, head: pull.head.sha }, forward)
  const squashed = asked.merge_method === 'squash'
  const person = world.setting.people.find(({ login }) => login === caller.login)
  const date = world.clock.now()
  const author: Signature = { name: person?.name ?? caller.login, email: person?.email ?? GITHUB.email, date }
  const commit = await done(forward, 'POST', `${repoPath(world, repo)}/git/commits`, {
    message: messageOf(pull, asked, squashed),
    tree,
    parents: squashed ? [base] : [base, pull.head.sha],
    author,
    committer: { ...GITHUB, date },
  })
  const sha = String(commit.sha)
  await done(forward, 'PATCH', `${repoPath(world, repo)}/git/refs/heads/${pull.base.ref}`, { sha })
  await done(forward, 'PATCH', `${repoPath(world, repo)}/pulls/${pull.number}`, { state: 'closed' })

  note(world, repo, pull.number, { merged: { sha, at: date, by: caller.login } })
  await moved(world, {
    repo,
    ref: `refs/heads/${pull.base.ref}`,
    before: base,
    after: sha,
    sender: caller.login,
    type: 'pr_merge',
  })
  await tell(world, repo, caller.login, pull.number, 'closed')
  return json(200, { sha, merged: true, message: 'Pull Request successfully merged' })
}

async function mergeable(
  world: World,
  { call, caller, repo }: Visit,
  pull: Pull,
  base: string,
): Promise<void> {
  const asked = fields(call.body)
  if (pull.state !== 'open') throw new Refusal(405, 'Pull Request is not mergeable')
  if (pull.draft) throw new Refusal(405, 'Pull Request is still a draft')
  if (asked.merge_method === 'rebase')
    throw new Refusal(405, 'Rebase merges are not allowed on this repository.')
  if (asked.sha !== undefined && asked.sha !== pull.head.sha) {
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.')
  }
  const inTheWay = await obstacle(world, repo, pull.base.ref, pull.head.sha, caller)
  if (inTheWay !== undefined) throw new Refusal(405, inTheWay)
  const protection = protectionOf(world, repo, pull.base.ref)
  if (protection?.strict && !(caller.admin && !protection.enforceAdmins)) {
    const behind = (await comparison(world, repo, base, pull.head.sha))?.behind_by ?? 1
    if (behind > 0) throw new Refusal(405, 'The head branch is not up to date with the base branch.')
  }
}

/** The tree of a merge, made on behalf of whom `forward` asks as; throws where both sides changed one file differently. */
export async function mergedTree(
  world: World,
  repo: string,
  { base, head }: { readonly base: string; readonly head: string },
  forward: Visit['forward'],
): Promise<string> {
  const common = (await mergeBase(world, repo, base, head))?.sha ?? ''
  const [commonTree, ours, theirs] = await Promise.all(
    [common, base, head].map(async (sha) => (await commitOf(world, repo, sha))?.tree.sha ?? ''),
  )
  const trees = { common: commonTree ?? '', ours: ours ?? '', theirs: theirs ?? '' }
  const changes = await threeWay(world, repo, trees)
  if (changes === 'conflict') throw new Refusal(405, 'Pull Request has merge conflicts')
  if (changes.length === 0) return trees.ours
  const tree = await done(forward, 'POST', `${repoPath(world, repo)}/git/trees`, {
    base_tree: trees.ours,
    tree: changes,
  })
  return String(tree.sha)
}

function messageOf(pull: Pull, asked: Readonly<Record<string, unknown>>, squashed: boolean): string {
  const usual = squashed
    ? `${pull.title} (#${pull.number})`
    : `Merge pull request #${pull.number} from ${pull.head.label.replace(':', '/')}`
  const body = text(asked.commit_message) ?? (squashed ? pull.body : pull.title)
  return [text(asked.commit_title) ?? usual, ...(body ? [body] : [])].join('\n\n')
}

/** A step that emulate does as the person who merges; what it refuses ends the merge. */
export async function done(forward: Visit['forward'], method: string, path: string, body: unknown) {
  const answer = await forward({ method, path, body })
  if (!succeeded(answer))
    throw new Refusal(answer.status, text(fields(answer.body).message) ?? 'Merge failed')
  return fields(answer.body)
}
