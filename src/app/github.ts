import { Octokit } from '@octokit/rest'
import type { Logger } from 'pino'
import { Probot, ProbotOctokit } from 'probot'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { type GitHub, webOf } from '../sources/github/client.ts'
import { conditional } from './conditional.ts'
import { safe } from './handle.ts'
import type { Metrics } from './metrics.ts'
import { pathTemplate } from './path-template.ts'
import type { Traces } from './traces.ts'

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
  config: Pick<Config, 'apiUrl' | 'appId' | 'privateKey' | 'webhookSecrets'>,
  log: Logger,
  metrics: Metrics,
  traces: Traces,
  { throttle, timeoutMs }: { readonly throttle: boolean; readonly timeoutMs: number },
): Connection {
  const counted = async (url: string, init: RequestInit): Promise<Response> => {
    const method = init.method ?? 'GET'
    const template = pathTemplate(url)
    const attributes = { 'http.request.method': method, 'url.template': template }
    const answer = await traces.span(
      { name: `${method} ${template}`, kind: 'client', attributes },
      async () => {
        const answered = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) })
        traces.note({ 'http.response.status_code': answered.status })
        return answered
      },
    )
    const remaining = answer.headers.get('x-ratelimit-remaining')
    const resource = answer.headers.get('x-ratelimit-resource') ?? 'core'
    metrics.asked(answer.status, remaining === null ? undefined : Number(remaining), resource)
    return answer
  }
  const asked = conditional(counted)
  const probot = new Probot({
    appId: config.appId,
    privateKey: config.privateKey,
    secret: config.webhookSecrets[0],
    baseUrl: config.apiUrl,
    log: log.child({}, { serializers: { err: safe } }),
    request: { fetch: asked },
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
    const tokenOf = async () =>
      Token.parse(await octokit.auth({ type: 'installation', installationId: installation })).token
    return {
      rest: octokit.rest,
      graphql: async (query, variables) => {
        const authorization = `token ${await tokenOf()}`
        return await queries.graphql(query, { ...variables, headers: { authorization } })
      },
      lfs: { web: webOf(config.apiUrl), token: tokenOf, fetch: counted, timeoutMs },
    }
  }

  return { asApp: () => probot.auth(), as }
}
