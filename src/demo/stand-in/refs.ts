import { tipOf } from './git.ts'
import { type Answer, Refusal } from './http.ts'
import { obstacle } from './protection.ts'
import { moved, NOTHING } from './push.ts'
import { Ref, Repository } from './shapes.ts'
import { fields, type Route, repoPath, succeeded, text, type Visit, type World } from './world.ts'

/** Every way to move a ref. The app hears of each as a push, complete and in GitHub's shape. */
export const refRoutes: readonly Route[] = [
  { method: 'PUT', pathname: '/repos/:owner/:repo/contents/:path(.+)', handle: write },
  { method: 'DELETE', pathname: '/repos/:owner/:repo/contents/:path(.+)', handle: write },
  { method: 'POST', pathname: '/repos/:owner/:repo/git/refs', handle: create },
  { method: 'PATCH', pathname: '/repos/:owner/:repo/git/refs/:ref(.+)', handle: update },
  { method: 'DELETE', pathname: '/repos/:owner/:repo/git/refs/:ref(.+)', handle: remove },
]

async function write(world: World, { call, caller, repo, forward }: Visit): Promise<Answer> {
  const { default_branch } = await world.emulate.read(Repository, repoPath(world, repo))
  const branch = text(fields(call.body).branch) ?? default_branch
  const before = await tipOf(world, repo, branch)
  // A commit that does not exist yet has no checks.
  const inTheWay = await obstacle(world, repo, branch, NOTHING, caller)
  if (inTheWay !== undefined) throw new Refusal(409, `Could not update file: ${inTheWay}`)

  const answer = await forward()
  const after = await tipOf(world, repo, branch)
  if (succeeded(answer) && after !== undefined) {
    await moved(world, {
      repo,
      ref: `refs/heads/${branch}`,
      before: before ?? NOTHING,
      after,
      sender: caller.login,
    })
  }
  return answer
}

async function create(world: World, { caller, repo, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const { ref, object } = Ref.parse(answer.body)
  await world.emit({
    name: 'create',
    repo,
    sender: caller.login,
    fields: {
      ref: ref.replace(/^refs\/(heads|tags)\//, ''),
      ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
      master_branch: (await world.emulate.read(Repository, repoPath(world, repo))).default_branch,
      description: null,
      pusher_type: 'user',
    },
  })
  await moved(world, { repo, ref, before: NOTHING, after: object.sha, sender: caller.login })
  return located(answer, world, repo, ref)
}

async function update(world: World, { call, caller, repo, named, forward }: Visit): Promise<Answer> {
  const ref = `refs/${named.ref}`
  const before = (await world.emulate.look(Ref, `${repoPath(world, repo)}/git/ref/${named.ref}`))?.object.sha
  const sha = text(fields(call.body).sha) ?? NOTHING
  const inTheWay = await obstacle(world, repo, ref.replace('refs/heads/', ''), sha, caller)
  if (inTheWay !== undefined) throw new Refusal(422, inTheWay)

  const answer = await forward()
  if (!succeeded(answer)) return answer
  if (before !== sha)
    await moved(world, { repo, ref, before: before ?? NOTHING, after: sha, sender: caller.login })
  return answer
}

async function remove(world: World, { caller, repo, named, forward }: Visit): Promise<Answer> {
  const before = (await world.emulate.look(Ref, `${repoPath(world, repo)}/git/ref/${named.ref}`))?.object.sha
  const answer = await forward()
  if (succeeded(answer) && before !== undefined) {
    await moved(world, { repo, ref: `refs/${named.ref}`, before, after: NOTHING, sender: caller.login })
  }
  return answer
}

const located = (answer: Answer, world: World, repo: string, ref: string): Answer => ({
  ...answer,
  headers: { ...answer.headers, location: `${world.url}${repoPath(world, repo)}/git/${ref}` },
})
