import { z } from 'zod'

/** What GitHub's rate limits say: how long to leave it alone. */
const LEAST_SECONDS = 60
const MOST_SECONDS = 3600

/**
 * Seconds until GitHub may be asked again, where an error says that a rate limit was met; undefined for any
 * other error. docs.github.com, "Rate limits for the REST API": `retry-after`, else `x-ratelimit-reset` where
 * nothing remains, else at least a minute.
 */
export function postponement(error: unknown, now: Date): number | undefined {
  const { status, headers, message } = isQueryLimit(error)
    ? { ...answerOf(error), status: 429 }
    : answerOf(error)
  if (status !== 403 && status !== 429) return undefined
  const after = Number(headers['retry-after'])
  if (Number.isFinite(after) && after > 0) return bounded(after)
  if (headers['x-ratelimit-remaining'] === '0') {
    return bounded(Number(headers['x-ratelimit-reset']) - now.getTime() / 1000)
  }
  return status === 429 || /secondary rate limit/i.test(message) ? LEAST_SECONDS : undefined
}

/**
 * Whether the installation was suspended, or taken away, so that there is nothing to be read or told. When it comes
 * back, everything is looked at again.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || !('status' in error)) return false
  if (error.status === 403) return /installation has been suspended/i.test(error.message)
  const request = z.object({ url: z.string() }).safeParse('request' in error ? error.request : undefined)
  return error.status === 404 && /\/app\/installations\/\d+\/access_tokens$/.test(request.data?.url ?? '')
}

function bounded(seconds: number): number {
  if (!Number.isFinite(seconds)) return LEAST_SECONDS
  return Math.min(MOST_SECONDS, Math.max(1, Math.ceil(seconds)))
}

type Answer = {
  readonly status?: unknown
  readonly headers: Readonly<Record<string, unknown>>
  readonly message: string
}

function answerOf(error: unknown): Answer {
  if (!(error instanceof Error)) return { headers: {}, message: '' }
  const response = 'response' in error ? error.response : undefined
  // An error of a query has them beside its response, any other in it.
  const holder = 'headers' in error ? error : response
  const headers =
    typeof holder === 'object' && holder !== null && 'headers' in holder ? holder.headers : undefined
  const known =
    typeof headers === 'object' && headers !== null ? Object.fromEntries(Object.entries(headers)) : {}
  return { ...('status' in error && { status: error.status }), headers: known, message: error.message }
}

/** docs.github.com, "Rate limits for the GraphQL API": status 200, and an error of this type. */
function isQueryLimit(error: unknown): boolean {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return false
  return error.errors.some(
    (one: unknown) => z.object({ type: z.literal('RATE_LIMITED') }).safeParse(one).success,
  )
}
