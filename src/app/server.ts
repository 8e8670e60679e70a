import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { createNodeMiddleware, Probot, ProbotOctokit } from 'probot'
import type { Config } from '../config.ts'
import { ENGINE } from '../engine.ts'
import { createApp } from './app.ts'
import { safe } from './handle.ts'
import { createJudge } from './judge.ts'
import { createQueue } from './queue.ts'

/** GitHub sends no larger delivery. */
const MAX_DELIVERY_BYTES = 25 * 1024 * 1024
/** GitHub is given so long for one answer. */
const GITHUB_TIMEOUT_MS = 30_000
/** GitHub waits no longer for an answer, so whoever is still connected after it sends no delivery. */
const PATIENCE_MS = 10_000

export type Running = { readonly url: string; readonly close: () => Promise<void> }
export type ServeOptions = {
  readonly clock?: () => Date
  /** Off only where no real GitHub is asked. */
  readonly throttle?: boolean
  /** How long `close` waits for deliveries that are on their way. */
  readonly patienceMs?: number
}

/** Starts the app. `close` takes no new deliveries and waits for the work in hand. */
export async function startServer(config: Config, log: Logger, options: ServeOptions = {}): Promise<Running> {
  const { clock = () => new Date(), throttle = true, patienceMs = PATIENCE_MS } = options
  const queue = createQueue()
  const probot = new Probot({
    appId: config.appId,
    privateKey: config.privateKey,
    secret: config.webhookSecret,
    baseUrl: config.apiUrl,
    // Octokit hangs the whole payload on its errors, of a delivery with a wrong signature too.
    log: log.child({}, { serializers: { err: safe } }),
    request: {
      fetch: (url: string, init: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.timeout(GITHUB_TIMEOUT_MS) }),
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
  const judge = createJudge({ appId: config.appId, engine: ENGINE, queue, log, clock })
  const webhooks = await createNodeMiddleware(createApp(judge), { probot, webhooksPath: config.webhookPath })

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error(
        { err: { message: error instanceof Error ? error.message : 'not an error' } },
        'request failed',
      )
      if (!response.headersSent) reply(response, 500, 'internal error')
      else response.destroy()
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0]
    if (path === '/healthz' && request.method === 'GET') return reply(response, 200, 'ok')
    if (path !== config.webhookPath) return reply(response, 404, 'not found')
    const body = await readBody(request)
    if (body === undefined) return reply(response, 413, 'the delivery is too large')
    // Octokit's middleware takes a body that was read for it; without this it would read without a bound.
    await webhooks(Object.assign(request, { body: body.toString('utf8') }), response)
  }

  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(config.port, config.host, resolve),
  )
  return {
    url: addressOf(server, config.host),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      // A server that is closing times nobody out: half a delivery would hold up the end for good.
      const patience = setTimeout(() => server.closeAllConnections(), patienceMs)
      await closed
      clearTimeout(patience)
      await queue.idle()
    },
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > MAX_DELIVERY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

function addressOf(server: Server, host: string): string {
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
