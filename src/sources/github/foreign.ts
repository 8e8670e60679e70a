import { request as plainly } from 'node:http'
import { request as securely } from 'node:https'
import type { LookupFunction } from 'node:net'
import { foreignAddress, guardedLookup } from './addresses.ts'

export type Foreign = {
  readonly href: string
  /** What the answer that gave the address says is to be sent there; nothing of ours goes with it. */
  readonly headers: Readonly<Record<string, string>>
  /** The root of GitHub's own pages, such as https://github.com. */
  readonly web: string
  /** What is longer is broken off. */
  readonly most: number
  readonly timeoutMs: number
  readonly lookup?: LookupFunction
}

export type Fetched =
  | { readonly kind: 'content'; readonly content: Uint8Array }
  | { readonly kind: 'longer' }
  | { readonly kind: 'status'; readonly status: number; readonly location?: string }

/** Of the connection or the message, and none of the answer's to say. */
const OURS =
  /^(?:host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|proxy-.*)$/i

/**
 * Fetches from another host than GitHub's own at an address that GitHub gave. Every connection is a new one to an
 * address that was looked at, and no redirect is followed. Throws ElsewhereError, and whatever the network gets wrong.
 */
export async function fetchForeign({
  href,
  headers,
  web,
  most,
  timeoutMs,
  lookup,
}: Foreign): Promise<Fetched> {
  const { url, own } = foreignAddress(href, web)
  const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => !OURS.test(name)))
  const send = url.protocol === 'https:' ? securely : plainly
  return await new Promise((resolve, reject) => {
    const call = send(
      url,
      {
        headers: { 'user-agent': 'gonogo', ...sent, 'accept-encoding': 'identity' },
        agent: false,
        lookup: guardedLookup(own, lookup),
        signal: AbortSignal.timeout(timeoutMs),
      },
      (answer) => {
        const { statusCode: status = 0, headers: told } = answer
        const done = (fetched: Fetched) => {
          answer.destroy()
          resolve(fetched)
        }
        if (status !== 200) {
          done({ kind: 'status', status, ...(told.location && { location: told.location }) })
          return
        }
        const chunks: Buffer[] = []
        let bytes = 0
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes > most) done({ kind: 'longer' })
          else chunks.push(chunk)
        })
        answer.on('end', () => resolve({ kind: 'content', content: Buffer.concat(chunks) }))
        // Also of a connection that ended before the answer did.
        answer.on('error', reject)
      },
    )
    call.on('error', reject)
    call.end()
  })
}
