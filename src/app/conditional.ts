import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'

const MEMORY_BYTES = 8 * 1024 * 1024
/** What may be as it was when it is asked for again; git objects never change, and are kept elsewhere. */
const ASKED_AGAIN =
  /\/repos\/[^/]+\/[^/]+\/(?:git\/ref|git\/matching-refs|branches|pulls|properties|releases)(?:[/?]|$)|\/orgs\/[^/]+\/properties\//

type Fetch = (url: string, init: RequestInit) => Promise<Response>
type Kept = {
  readonly etag: string
  readonly status: number
  readonly headers: [string, string][]
  readonly body: Uint8Array
}

/**
 * Asks for what may have changed with the ETag of the last answer: GitHub says 304 where it has not, which costs
 * nothing of a rate limit. An answer is given again only to the very token that got it.
 */
export function conditional(fetch: Fetch): Fetch {
  const kept = new LRUCache<string, Kept>({
    maxSize: MEMORY_BYTES,
    sizeCalculation: ({ body }) => body.length + 1000,
  })
  return async (url, init) => {
    const headers = new Headers(init.headers)
    if ((init.method ?? 'GET') !== 'GET' || !ASKED_AGAIN.test(url)) return await fetch(url, init)
    const key = createHash('sha256')
      .update(JSON.stringify([url, headers.get('authorization'), headers.get('accept')]))
      .digest('hex')
    const before = kept.get(key)
    if (before !== undefined) headers.set('if-none-match', before.etag)
    const answer = await fetch(url, { ...init, headers: Object.fromEntries(headers) })
    if (answer.status === 304 && before !== undefined) {
      const fresh = new Headers(before.headers)
      for (const [name, value] of answer.headers) fresh.set(name, value)
      return new Response(Buffer.from(before.body), { status: before.status, headers: fresh })
    }
    const etag = answer.headers.get('etag')
    if (answer.status !== 200 || etag === null) return answer
    const body = new Uint8Array(await answer.arrayBuffer())
    kept.set(key, { etag, status: answer.status, headers: [...answer.headers], body })
    return new Response(body, { status: answer.status, headers: answer.headers })
  }
}
