import type { LookupFunction } from 'node:net'
import DataLoader from 'dataloader'
import { z } from 'zod'
import { asPromised } from '../lfs.ts'
import type { Lfs, LfsContent, LfsFault, Pointer } from '../repository.ts'
import { ElsewhereError } from './addresses.ts'
import { type Coordinates, GitHubAnswerError, type LfsAccess } from './client.ts'
import { fetchForeign } from './foreign.ts'
import { idOf, type Objects } from './objects.ts'

export type LfsOptions = LfsAccess & {
  readonly objects: Objects
  readonly lookup?: LookupFunction
  /** Bytes of one evaluation. */
  readonly most?: number
}

/** git-lfs, docs/api/batch.md: the client limits how much it asks for at once. */
const AT_ONCE = 100
const MEDIA = 'application/vnd.git-lfs+json'
/** A manifest can name many large files: no verdict fetches more. */
const MOST_BYTES = 500_000_000
const MOST_KEPT_BYTES = 1_000_000
const MOST_ANSWER_BYTES = 5_000_000

const Answer = z.object({
  transfer: z.literal('basic').optional(),
  hash_algo: z.literal('sha256').optional(),
  objects: z.array(
    z.object({
      oid: z.string(),
      size: z.number(),
      actions: z
        .object({
          download: z
            .object({ href: z.string().max(10_000), header: z.record(z.string(), z.string()).optional() })
            .optional(),
        })
        .optional(),
      error: z.object({ code: z.number(), message: z.string().optional() }).optional(),
    }),
  ),
})

type Download = { readonly href: string; readonly headers: Readonly<Record<string, string>> }

/**
 * The contents of Git LFS pointers of a repository on GitHub, one after the other, for one evaluation. The token goes
 * to GitHub alone; the repository's own `.lfsconfig` is not asked where its files are. Throws what the world gets wrong.
 */
export function openLfs({ owner, repo }: Coordinates, options: LfsOptions): Lfs {
  const { web, token, fetch, timeoutMs, objects, lookup, most = MOST_BYTES } = options
  const loader = new DataLoader<Pointer, Download | LfsFault>((pointers) => batch(pointers), {
    cache: false,
    maxBatchSize: AT_ONCE,
  })
  let last: Promise<unknown> = Promise.resolve()
  let spent = 0

  async function batch(pointers: readonly Pointer[]): Promise<readonly (Download | LfsFault)[]> {
    const url = `${web}/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}.git/info/lfs/objects/batch`
    const basic = Buffer.from(`x-access-token:${await token()}`).toString('base64')
    const answer = await fetch(url, {
      method: 'POST',
      headers: { accept: MEDIA, 'content-type': MEDIA, authorization: `Basic ${basic}` },
      body: JSON.stringify({
        operation: 'download',
        transfers: ['basic'],
        hash_algo: 'sha256',
        objects: pointers.map(({ oid, bytes }) => ({ oid, size: bytes })),
      }),
      redirect: 'manual',
    })
    const text = await textOf(answer)
    const fault = faultOf(answer.status, text)
    if (fault !== undefined) return pointers.map((pointer) => forPointer(fault, pointer))
    if (answer.status !== 200) throw refusal('GitHub did not answer what stands behind pointers', answer)
    const { objects: told } = parsed(text)
    return pointers.map((pointer) => toldOf(pointer, told))
  }

  async function fetched(pointer: Pointer): Promise<LfsContent> {
    const id = idOf(['lfs', pointer.oid])
    const kept = (await objects.get([id])).get(id)
    // What is damaged in the cache is fetched anew.
    if (kept !== undefined && 'content' in asPromised(pointer, kept)) return { content: kept }
    if (spent + pointer.bytes > most) return { fault: { code: 'lfs_too_much', limit: most } }
    spent += pointer.bytes
    const found = await loader.load(pointer)
    if ('code' in found) return { fault: found }
    const content = await inTurn(() => download(pointer, found))
    if ('content' in content && content.content.length <= MOST_KEPT_BYTES)
      await objects.put([{ id, kind: 'blob', content: content.content }])
    return content
  }

  async function download(pointer: Pointer, { href, headers }: Download): Promise<LfsContent> {
    try {
      const answer = await fetchForeign({
        ...{ href, headers, web, most: pointer.bytes, timeoutMs },
        ...(lookup && { lookup }),
      })
      if (answer.kind === 'content') return asPromised(pointer, answer.content)
      if (answer.kind === 'longer') return { fault: { code: 'lfs_differs', declared: pointer } }
      const { status, location } = answer
      if (location !== undefined && status >= 300 && status < 400)
        return { fault: { code: 'lfs_elsewhere', host: hostOf(location) } }
      const fault = faultOf(status, '')
      if (fault !== undefined) return { fault: forPointer(fault, pointer) }
      throw Object.assign(new GitHubAnswerError('a file in Git LFS could not be fetched'), { status })
    } catch (error) {
      if (error instanceof ElsewhereError) return { fault: { code: 'lfs_elsewhere', host: error.host } }
      throw error
    }
  }

  /** One after the other, so that memory holds one of them. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work)
    last = next
    return next
  }

  return fetched
}

type Kind = 'not_there' | 'refused' | 'quota'
type Told = { readonly kind: Kind; readonly status: number }

/** What a status says of the content; undefined where it says nothing, as an outage or a rate limit does. */
function faultOf(status: number, text: string): Told | undefined {
  // GitHub says with 403 as well that a quota is used up.
  if (status === 507 || status === 509 || (status === 403 && /\b(?:quota|data packs?|budget)\b/i.test(text)))
    return { kind: 'quota', status }
  if (status === 404 || status === 410 || status === 422) return { kind: 'not_there', status }
  if (status === 401 || (status === 403 && !/rate limit/i.test(text))) return { kind: 'refused', status }
  return undefined
}

function forPointer({ kind, status }: Told, { oid }: Pointer): LfsFault {
  switch (kind) {
    case 'not_there':
      return { code: 'lfs_not_there', oid }
    case 'refused':
      return { code: 'lfs_refused', status }
    case 'quota':
      return { code: 'lfs_quota' }
  }
}

function toldOf(pointer: Pointer, told: z.infer<typeof Answer>['objects']): Download | LfsFault {
  const own = told.filter(({ oid }) => oid === pointer.oid)
  const [object] = own
  if (object === undefined || own.length > 1)
    throw new GitHubAnswerError('GitHub answered about other pointers than it was asked')
  if (object.error !== undefined) {
    const fault = faultOf(object.error.code, object.error.message ?? '')
    if (fault !== undefined) return forPointer(fault, pointer)
    throw new GitHubAnswerError('GitHub could not say what stands behind a pointer')
  }
  // Another size is another object, whatever its id.
  if (object.size !== pointer.bytes)
    return { code: 'lfs_differs', declared: pointer, seen: { oid: object.oid, bytes: object.size } }
  const { href, header: headers = {} } = object.actions?.download ?? {}
  if (href === undefined) return { code: 'lfs_not_there', oid: pointer.oid }
  return { href, headers }
}

function parsed(text: string): z.infer<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(text))
  } catch {
    throw new GitHubAnswerError('GitHub answered about pointers in a way that gonogo does not know')
  }
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > MOST_ANSWER_BYTES) throw new GitHubAnswerError('GitHub answered too much about pointers')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** With status and headers, from which a rate limit is known. */
function refusal(message: string, { status, headers }: Response): Error {
  const response = { headers: Object.fromEntries(headers) }
  return Object.assign(new GitHubAnswerError(message), { status, response })
}

function hostOf(location: string): string {
  return URL.canParse(location) ? new URL(location).host : 'another address'
}
