import type { Forecast, Weather } from '../../src/demo/stand-in.ts'
import type { Random } from './random.ts'

/** The app of the crash test waits no longer for an answer of GitHub. */
export const GITHUB_TIMEOUT_MS = 1500

/** A bad day at GitHub: about one request in twenty fails, in every way that the app must get over. */
export function storm(random: Random): Forecast {
  const faults: readonly [() => Weather, ...(() => Weather)[]] = [
    () => ({ status: 500 }),
    () => ({ status: 502, body: '<html>Bad Gateway</html>' }),
    () => ({ status: 403, body: { message: 'Resource not accessible by integration' } }),
    () => ({
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1),
      },
      body: { message: 'API rate limit exceeded' },
    }),
    () => ({
      status: 403,
      headers: { 'retry-after': '1' },
      body: { message: 'You have exceeded a secondary rate limit' },
    }),
    () => ({ status: 429, headers: { 'retry-after': '1' } }),
    () => ({ reset: 'before' }),
    () => ({ reset: 'after' }),
    () => ({ delayMs: GITHUB_TIMEOUT_MS + 300 }),
  ]
  return () => {
    if (random.chance(0.05)) return random.pick(faults)()
    return random.chance(0.3) ? { delayMs: 1 + random.below(40) } : 'ok'
  }
}
