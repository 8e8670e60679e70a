import { createHash, createHmac } from 'node:crypto'
import { z } from 'zod'
import { type Answer, type Call, json, Refusal } from './http.ts'
import { mustHave } from './permissions.ts'
import type { LfsControls } from './types.ts'
import { type Caller, key, type World } from './world.ts'

const BATCH = /^\/([^/]+)\/([^/]+)\.git\/info\/lfs\/objects\/batch$/
const MEDIA = 'application/vnd.git-lfs+json'

/** As git-lfs describes it in docs/api/schemas/http-batch-request-schema.json. */
const Asked = z.strictObject({
  operation: z.enum(['download', 'upload']),
  transfers: z.array(z.string()).optional(),
  ref: z.strictObject({ name: z.string() }).optional(),
  hash_algo: z.literal('sha256').optional(),
  objects: z
    .array(z.strictObject({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().min(0) }))
    .max(100),
})

/** Whether a call asks for files in Git LFS, which is beside the API. */
export function isBatch(call: Call): boolean {
  return call.method === 'POST' && BATCH.test(call.path)
}

/** What is wrong with such a call by git-lfs's description. */
export function batchFaults({ headers, body }: Call): readonly string[] {
  const parsed = Asked.safeParse(body)
  return [
    ...(headers.accept === MEDIA ? [] : [`accept is not ${MEDIA}`]),
    ...(headers['content-type'] === MEDIA ? [] : [`content-type is not ${MEDIA}`]),
    ...(parsed.success ? [] : parsed.error.issues.map(({ message }) => message)),
  ]
}

/** Says where each object is: on another host, for whoever has the address and the ticket that goes with it. */
export async function answerBatch(world: World, call: Call, caller: Caller): Promise<Answer> {
  const [, owner = '', repo = ''] = BATCH.exec(call.path) ?? []
  const known = world.setting.repos.some(({ name }) => name === repo)
  if (!known || owner !== world.setting.owner || caller.kind === 'nobody') throw new Refusal(404, 'Not Found')
  mustHave(
    world,
    { call, caller, repo, named: {}, forward: () => Promise.reject(new Error('no API')) },
    'contents',
    'read',
  )
  const { objects } = Asked.parse(call.body)
  const answered = objects.map(({ oid, size }) => {
    const content = world.lfs.objects.get(key(repo, oid))
    if (content === undefined)
      return { oid, size, error: { code: 404, message: 'Object does not exist on the server' } }
    const href = `${world.elsewhere}/lfs/${repo}/${oid}`
    const download = {
      href,
      header: { 'X-Lfs-Ticket': ticket(world, `/lfs/${repo}/${oid}`) },
      expires_in: 60,
    }
    return { oid, size, authenticated: true, actions: { download } }
  })
  const answer = { transfer: 'basic', objects: answered, hash_algo: 'sha256' }
  return json(200, world.lfs.tamper(answer))
}

/** An object, for whoever brings its ticket; undefined for what is no object's address. */
export function largeFile(world: World, call: Call): Answer | undefined {
  const { pathname } = new URL(call.path, world.elsewhere)
  const [, repo = '', oid = ''] = /^\/lfs\/([^/]+)\/([0-9a-f]{64})$/.exec(pathname) ?? []
  if (oid === '') return undefined
  if (call.headers['x-lfs-ticket'] !== ticket(world, pathname)) throw new Refusal(403, 'Access Denied')
  const body = world.lfs.objects.get(key(repo, oid))
  if (body === undefined) throw new Refusal(404, 'NoSuchKey')
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body }
}

const ticket = (world: World, path: string): string =>
  createHmac('sha256', world.setting.app.webhookSecret).update(path).digest('base64url')

/** What a person's git-lfs does, and what may go wrong at GitHub. */
export function lfsControls(world: World, first: string): LfsControls {
  return {
    push: (content, { repo = first, under } = {}) => {
      const bytes = Buffer.from(content)
      const oid = under ?? createHash('sha256').update(bytes).digest('hex')
      world.lfs.objects.set(key(repo, oid), bytes)
      return `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${bytes.length}\n`
    },
    tamper: (change) => {
      world.lfs.tamper = change ?? ((answer) => answer)
    },
  }
}
