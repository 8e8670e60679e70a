import { ownerOf } from './accounts.ts'
import type { Answer } from './http.ts'
import { Repository } from './shapes.ts'
import { fields, type Route, repoPath, succeeded, text, type Visit, type World } from './world.ts'

/** The app as itself: its tokens are remembered, so that the stand-in knows which calls are the app's. */
export const appRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/app', handle: show },
  { method: 'POST', pathname: '/app/installations/:id/access_tokens', handle: issue },
]

async function show(world: World, { forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const body = fields(answer.body)
  return { ...answer, body: { ...body, description: body.description ?? '', owner: await ownerOf(world) } }
}

async function issue(world: World, { forward }: Visit): Promise<Answer> {
  const answer = await forward()
  const body = fields(answer.body)
  const token = text(body.token)
  if (!succeeded(answer) || token === undefined) return answer
  world.permissions.set(token, fields(body.permissions))
  if (!Array.isArray(body.repositories)) {
    world.installationTokens.set(
      token,
      world.setting.repos.map((repo) => repo.name),
    )
    return answer
  }
  // Emulate names the repositories of a token, GitHub shows them.
  const names = body.repositories.map((repository) => String(fields(repository).name))
  world.installationTokens.set(token, names)
  const repositories = await Promise.all(
    names.map((name) => world.emulate.read(Repository, repoPath(world, name))),
  )
  return { ...answer, body: { ...body, repositories } }
}
