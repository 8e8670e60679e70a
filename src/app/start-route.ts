import type { IncomingMessage } from 'node:http'
import { keySet } from '../attest/keys.ts'
import { parseJson, readBody } from './body.ts'
import { isIdentity, type Started, type Starting, start, tokenIn } from './start.ts'

/** Where jobs and people ask for start tickets. */
export const START_PATH = '/api/start'
/** Where the keys are published that tickets are signed with (RFC 7517), the retired ones too. */
export const KEYS_PATH = '/.well-known/jwks.json'

const MAX_BYTES = 4096
/**
 * A token that is none costs a question to GitHub, which shuts out whoever shows it too many. Identity tokens cost
 * nothing: jobs are not kept waiting by somebody who knocks.
 */
const MOST_REFUSED = 30
const WINDOW_MS = 60_000
const MOST_AT_ONCE = 8

const OFF: Started = {
  status: 404,
  body: { error: 'start tickets are off: this app has no GONOGO_SIGNING_KEY' },
}
const LATER: Started = { status: 429, body: { error: 'too many requests: try again in a minute' } }

export type StartRoute = {
  readonly start: (request: IncomingMessage) => Promise<Started>
  readonly keys: () => Started
}

/** Answers for start tickets; without a signing key that there are none. */
export function startRoute(starting: Starting | undefined): StartRoute {
  if (starting === undefined) return { start: async () => OFF, keys: () => OFF }
  const { clock, keys } = starting
  let refused: readonly number[] = []
  let inHand = 0

  async function answer(request: IncomingMessage, own: Starting): Promise<Started> {
    if (request.method !== 'POST') return { status: 405, body: { error: 'only POST' } }
    const body = await readBody(request, MAX_BYTES)
    if (body === undefined) return { status: 413, body: { error: 'the request is too large' } }
    const now = clock().getTime()
    refused = refused.filter((at) => now - at < WINDOW_MS)
    const { authorization } = request.headers
    const token = tokenIn(authorization)
    const asks = token !== undefined && !isIdentity(token)
    if (asks && (inHand >= MOST_AT_ONCE || refused.length >= MOST_REFUSED)) return LATER
    if (asks) inHand += 1
    try {
      const answered = await start(authorization, parseJson(body), own)
      if (asks && answered.status === 403) refused = [...refused, now]
      return answered
    } finally {
      if (asks) inHand -= 1
    }
  }

  return {
    start: (request) => answer(request, starting),
    keys: () => ({ status: 200, body: keySet(keys) }),
  }
}
