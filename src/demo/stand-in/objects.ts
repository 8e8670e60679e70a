import type { Answer } from './http.ts'
import { GitBlob, GitTree } from './shapes.ts'
import { fields, type Route, repoPath, succeeded, type Visit, type World } from './world.ts'

/** What emulate leaves out of a repository and its git objects: counts, raw blobs, links in trees. */
export const objectRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo', handle: repository },
  { method: 'GET', pathname: '/repos/:owner/:repo/git/blobs/:sha', handle: blob },
  { method: 'GET', pathname: '/repos/:owner/:repo/git/trees/:sha(.+)', handle: tree },
  { method: 'POST', pathname: '/repos/:owner/:repo/git/trees', handle: tree },
]

async function repository(_world: World, { forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  return { ...answer, body: { subscribers_count: 0, network_count: 0, ...fields(answer.body) } }
}

async function blob(_world: World, { call, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer) || !/\braw\b/.test(call.headers.accept ?? '')) return answer
  const bytes = Buffer.from(GitBlob.parse(answer.body).content, 'base64')
  return {
    ...answer,
    headers: { ...answer.headers, 'content-type': 'application/vnd.github.raw' },
    body: bytes,
  }
}

async function tree(world: World, { repo, forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const { tree, ...rest } = GitTree.parse(answer.body)
  const kinds: Readonly<Record<string, string>> = { blob: 'blobs', tree: 'trees' }
  const links = tree.map((entry) => {
    const kind = kinds[entry.type]
    return kind === undefined
      ? entry
      : { ...entry, url: `${world.url}${repoPath(world, repo)}/git/${kind}/${entry.sha}` }
  })
  return { ...answer, body: { ...rest, tree: links } }
}
