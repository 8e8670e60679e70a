import { z } from 'zod'
import { comparison } from './git.ts'
import { type Answer, json, Refusal } from './http.ts'
import { page } from './paging.ts'
import { mustHave } from './permissions.ts'
import { pullOf } from './pulls.ts'
import { GitBlob, type Pull } from './shapes.ts'
import { fields, key, type Route, repoPath, succeeded, text, type Visit, type World } from './world.ts'

/** What of a pull request's difference reviews stand on. Emulate makes file names up, and takes comments anywhere. */
export const reviewRoutes: readonly Route[] = [
  { method: 'GET', pathname: '/repos/:owner/:repo/pulls/:number(\\d+)/files', handle: files },
  { method: 'GET', pathname: '/repos/:owner/:repo/pulls/:number(\\d+)/comments', handle: comments },
  { method: 'GET', pathname: '/repos/:owner/:repo/pulls/:number(\\d+)/reviews', handle: reviews },
  {
    method: 'PUT',
    pathname: '/repos/:owner/:repo/pulls/:number(\\d+)/reviews/:review(\\d+)',
    handle: update,
  },
]

const Changed = z.looseObject({ filename: z.string(), status: z.string(), sha: z.string().nullable() })
type File = z.infer<typeof Changed> & { readonly patch?: string }

const Comment = z.looseObject({ path: z.string(), line: z.int().optional(), body: z.string() })
const Reviews = z.array(z.looseObject({ id: z.number(), body: z.string().nullable() }))

async function files(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'pull_requests', 'read')
  const { call, repo, named } = visit
  return json(
    200,
    page(call.path, await filesOf(world, repo, await pullOf(world, repo, Number(named.number)))),
  )
}

async function filesOf(world: World, repo: string, { head, base }: Pull): Promise<readonly File[]> {
  const found = await comparison(world, repo, base.sha, head.sha)
  const listed = z.array(Changed).parse(fields(found).files ?? [])
  return Promise.all(
    listed.map(async (file) => {
      const at = found?.merge_base_commit.sha ?? base.sha
      const textOf = (ref: string) => textAt(world, repo, file.filename, ref)
      const [before, after] = [await textOf(at), await textOf(head.sha)]
      const patch = before === 'binary' || after === 'binary' ? undefined : patchOf(before, after)
      const links = { blob_url: world.url, raw_url: world.url, contents_url: world.url }
      return { ...file, ...links, sha: file.sha ?? head.sha, ...(patch && { patch }) }
    }),
  )
}

async function textAt(
  world: World,
  repo: string,
  path: string,
  ref: string,
): Promise<readonly string[] | 'binary'> {
  const found = await world.emulate.look(
    GitBlob,
    `${repoPath(world, repo)}/contents/${path.split('/').map(encodeURIComponent).join('/')}?ref=${ref}`,
  )
  const content = Buffer.from(found?.content ?? '', 'base64')
  if (content.includes(0)) return 'binary'
  const lines = content.toString('utf8').split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

const CONTEXT = 3

/** One hunk over everything between the first and the last line that differs: true, if not the shortest. */
function patchOf(before: readonly string[], after: readonly string[]): string | undefined {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  if (start === shorter && before.length === after.length) return undefined
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const from = Math.max(0, start - CONTEXT)
  const to = Math.max(0, end - CONTEXT)
  const lines = [
    ...before.slice(from, start).map((line) => ` ${line}`),
    ...before.slice(start, before.length - end).map((line) => `-${line}`),
    ...after.slice(start, after.length - end).map((line) => `+${line}`),
    ...after.slice(after.length - end, after.length - to).map((line) => ` ${line}`),
  ]
  const [old, young] = [before.length - to - from, after.length - to - from]
  return [`@@ -${from + 1},${old} +${from + 1},${young} @@`, ...lines].join('\n')
}

/** Refuses a review of which one comment stands on a line that the difference does not show, as GitHub does. */
export async function mustBeShown(world: World, repo: string, pull: Pull, asked: unknown): Promise<void> {
  const wanted = z.array(Comment).parse(asked ?? [])
  if (wanted.length === 0) return
  const found = await filesOf(world, repo, pull)
  for (const { path, line } of wanted) {
    const patch = found.find(({ filename }) => filename === path)?.patch
    if (line === undefined || !isShown(patch, line))
      throw new Refusal(422, 'Unprocessable Entity', { errors: ['Line could not be resolved'] })
  }
}

function isShown(patch: string | undefined, line: number): boolean {
  let next = Number(/\+(\d+)/.exec(patch ?? '')?.[1] ?? 0)
  for (const shown of (patch ?? '').split('\n').slice(1)) {
    if (shown.startsWith('-')) continue
    if (next === line) return true
    next += 1
  }
  return false
}

/** Keeps the comments of a review that was posted. */
export function keepComments(
  world: World,
  repo: string,
  number: number,
  review: unknown,
  asked: unknown,
): void {
  const all = z.array(Comment).parse(asked ?? [])
  const id = Number(fields(review).id)
  const own = all.map((comment) => ({ ...comment, pull_request_review_id: id }))
  const known = world.reviewComments.get(key(repo, number)) ?? []
  world.reviewComments.set(key(repo, number), [...known, ...own])
}

async function comments(world: World, { call, repo, named }: Visit): Promise<Answer> {
  return json(200, page(call.path, world.reviewComments.get(key(repo, named.number ?? '')) ?? []))
}

async function reviews(world: World, { forward }: Visit): Promise<Answer> {
  const answer = await forward()
  if (!succeeded(answer)) return answer
  const body = Reviews.parse(answer.body).map((one) => ({
    ...one,
    body: world.reviewBodies.get(one.id) ?? one.body ?? '',
  }))
  return { ...answer, body }
}

/** Whoever submitted a review may give it another text. */
async function update(world: World, visit: Visit): Promise<Answer> {
  mustHave(world, visit, 'pull_requests', 'write')
  const { call, caller, repo, named } = visit
  const found = await world.emulate.look(
    z.looseObject({ id: z.number(), user: z.looseObject({ login: z.string() }) }),
    `${repoPath(world, repo)}/pulls/${named.number}/reviews/${named.review}`,
  )
  if (found === undefined) throw new Refusal(404, 'Not Found')
  if (found.user.login !== caller.login) throw new Refusal(422, 'You can only edit your own review')
  const body = text(fields(call.body).body) ?? ''
  world.reviewBodies.set(found.id, body)
  return json(200, { ...found, body })
}
