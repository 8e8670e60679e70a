import type { Answer } from './http.ts'
import { pullOf } from './pulls.ts'
import { Comment, Issue } from './shapes.ts'
import { type Route, repoPath, succeeded, type Visit, type World } from './world.ts'

/** What people say on a pull request: the app hears of new comments and of submitted reviews. */
export const talkRoutes: readonly Route[] = [
  { method: 'POST', pathname: '/repos/:owner/:repo/issues/:number(\\d+)/comments', handle: comment },
  { method: 'POST', pathname: '/repos/:owner/:repo/pulls/:number(\\d+)/reviews', handle: review },
]

async function comment(world: World, { caller, repo, named, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const issue = await issueOf(world, repo, Number(named.number))
  const fields = { action: 'created', comment: Comment.parse(answer.body), issue }
  await world.emit({ name: 'issue_comment', repo, sender: caller.login, fields })
  return answer
}

/** A pull request is an issue, too; emulate shows only those that are nothing else. */
async function issueOf(world: World, repo: string, number: number): Promise<unknown> {
  const path = `${repoPath(world, repo)}/issues/${number}`
  const issue = await world.emulate.look(Issue, path)
  if (issue !== undefined) return issue
  const { id, node_id, title, body, state, user, draft, url, html_url } = await pullOf(world, repo, number)
  const shared = { id, node_id, number, title, body, state, user, draft, labels: [], locked: false }
  return { ...shared, url: `${world.url}${path}`, html_url, pull_request: { url, html_url } }
}

async function review(world: World, { caller, repo, named, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const pull_request = await pullOf(world, repo, Number(named.number))
  const submitted = Comment.parse(answer.body)
  // GitHub shouts a review's state in its answers and not in its events.
  const review = { ...submitted, state: String(submitted.state).toLowerCase() }
  const fields = { action: 'submitted', review, pull_request }
  await world.emit({ name: 'pull_request_review', repo, sender: caller.login, fields })
  return answer
}
