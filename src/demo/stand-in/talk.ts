import { type Answer, Refusal } from './http.ts'
import { pullOf } from './pulls.ts'
import { keepComments, mustBeShown } from './review-lines.ts'
import { Comment } from './shapes.ts'
import { fields, type Route, succeeded, type Visit, type World } from './world.ts'

/** What people say in reviews of a pull request, which the app hears of. */
export const talkRoutes: readonly Route[] = [
  { method: 'POST', pathname: '/repos/:owner/:repo/pulls/:number(\\d+)/reviews', handle: review },
  {
    method: 'PUT',
    pathname: '/repos/:owner/:repo/pulls/:number(\\d+)/reviews/:review(\\d+)/dismissals',
    handle: dismiss,
  },
]

async function review(world: World, visit: Visit): Promise<Answer> {
  const { call, caller, repo, named, forward } = visit
  const { comments, ...asked } = fields(call.body)
  const pull = await pullOf(world, repo, Number(named.number))
  if (asked.event === 'APPROVE' && fields(pull.user).login === caller.login)
    throw new Refusal(422, 'Can not approve your own pull request')
  await mustBeShown(world, repo, pull, comments)
  // Emulate takes the head that the pull request was opened with.
  const answer = await forward({ body: { commit_id: pull.head.sha, ...asked } })
  if (!succeeded(answer)) return answer
  keepComments(world, repo, pull.number, answer.body, comments)
  await tellReview(world, visit, 'submitted', answer)
  // GitHub answers 200, and emulate that something was made.
  return { ...answer, status: 200 }
}

async function dismiss(world: World, visit: Visit): Promise<Answer> {
  const answer = await visit.forward()
  if (succeeded(answer)) await tellReview(world, visit, 'dismissed', answer)
  return answer
}

async function tellReview(
  world: World,
  { caller, repo, named }: Visit,
  action: 'submitted' | 'dismissed',
  answer: Answer,
): Promise<void> {
  const pull_request = await pullOf(world, repo, Number(named.number))
  const submitted = Comment.parse(answer.body)
  // GitHub shouts a review's state in its answers and not in its events.
  const review = { ...submitted, state: String(submitted.state).toLowerCase() }
  const fields = { action, review, pull_request }
  await world.emit({ name: 'pull_request_review', repo, sender: caller.login, fields })
}
