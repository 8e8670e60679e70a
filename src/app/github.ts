import type { Logger } from 'pino'
import { Probot, ProbotOctokit } from 'probot'
import type { Config } from '../config.ts'
import type { GitHub } from '../sources/github/client.ts'
import { safe } from './handle.ts'
import type { Metrics } from './metrics.ts'

/** GitHub is given so long for one answer. */
const GITHUB_TIMEOUT_MS = 30_000

export type Connection = {
  /** GitHub as the app itself sees it. */
  readonly asApp: () => Promise<GitHub>
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
}

/** Gives ways to GitHub. Probot keeps the tokens and spaces the requests as GitHub asks. */
export function connect(config: Config, log: Logger, metrics: Metrics, throttle: boolean): Connection {
  const probot = new Probot({
    appId: config.appId,
    privateKey: config.privateKey,
    secret: config.webhookSecrets[0],
    baseUrl: config.apiUrl,
    log: log.child({}, { serializers: { err: safe } }),
    request: {
      fetch: async (url: string, init: RequestInit) => {
        const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(GITHUB_TIMEOUT_MS) })
        const remaining = answer.headers.get('x-ratelimit-remaining')
        metrics.asked(answer.status, remaining === null ? undefined : Number(remaining))
        return answer
      },
    },
    ...(throttle
      ? {}
      : {
          Octokit: ProbotOctokit.defaults((given: object) => ({
            ...given,
            throttle: { enabled: false },
            retry: { enabled: false },
          })),
        }),
  })
  return { asApp: () => probot.auth(), as: (installation) => probot.auth(installation) }
}
