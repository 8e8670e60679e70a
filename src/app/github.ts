import { Octokit } from '@octokit/rest'
import type { Logger } from 'pino'
import { Probot, ProbotOctokit } from 'probot'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { GitHub } from '../sources/github/client.ts'
import { safe } from './handle.ts'
import type { Metrics } from './metrics.ts'

const Token = z.object({ token: z.string() })
const nothing = (): void => {}
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

export type Connection = {
  /** GitHub as the app itself sees it. */
  readonly asApp: () => Promise<Pick<GitHub, 'rest'>>
  /** GitHub as an installation sees it. */
  readonly as: (installation: number) => Promise<GitHub>
}

/** Gives ways to GitHub. Probot keeps the tokens and spaces the requests as GitHub asks. */
export function connect(
  config: Config,
  log: Logger,
  metrics: Metrics,
  { throttle, timeoutMs }: { readonly throttle: boolean; readonly timeoutMs: number },
): Connection {
  const counted = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) })
    const remaining = answer.headers.get('x-ratelimit-remaining')
    metrics.asked(
      answer.status,
      remaining === null ? undefined : Number(remaining),
      answer.headers.get('x-ratelimit-resource') ?? 'core',
    )
    return answer
  }
  const probot = new Probot({
    appId: config.appId,
    privateKey: config.privateKey,
    secret: config.webhookSecrets[0],
    baseUrl: config.apiUrl,
    log: log.child({}, { serializers: { err: safe } }),
    request: { fetch: counted },
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
  // Probot takes every query for a write and keeps a second between them; GitHub asks that of writes alone.
  const queries = new Octokit({ baseUrl: config.apiUrl, log: silent, request: { fetch: counted } })

  async function as(installation: number): Promise<GitHub> {
    const octokit = await probot.auth(installation)
    return {
      rest: octokit.rest,
      graphql: async (query, variables) => {
        const { token } = Token.parse(
          await octokit.auth({ type: 'installation', installationId: installation }),
        )
        return await queries.graphql(query, { ...variables, headers: { authorization: `token ${token}` } })
      },
    }
  }

  return { asApp: () => probot.auth(), as }
}
