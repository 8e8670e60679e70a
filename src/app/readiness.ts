import type { Depth } from '../ledger/queue-state.ts'

/** A queue whose oldest job waits longer is not keeping up. */
const LAG_SECONDS = 600

/**
 * What `/readyz` answers. Work that was given up is told, and takes no replica out of service: it would be
 * as stuck on any other, and its checks say so.
 */
export function readiness({ oldestSeconds, failed, givenUp }: Depth): {
  readonly status: number
  readonly text: string
} {
  if (oldestSeconds > LAG_SECONDS)
    return { status: 503, text: `the oldest job waits for ${Math.round(oldestSeconds)} s` }
  const stuck = failed + givenUp
  return { status: 200, text: stuck === 0 ? 'ok' : `ok; ${stuck} given up, see \`gonogo queue list\`` }
}
