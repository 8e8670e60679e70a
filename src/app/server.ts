import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { readKeys } from '../attest/keys.ts'
import type { Config } from '../config.ts'
import { ENGINE } from '../engine.ts'
import { readMark } from '../ledger/marks.ts'
import { openQueue } from '../ledger/queue.ts'
import type { Depth } from '../ledger/queue-state.ts'
import { openStore } from '../ledger/store.ts'
import { accept } from './accept.ts'
import { follow, startChores } from './chores.ts'
import { createCommands } from './commands.ts'
import { createDeployments } from './deployments.ts'
import { openFloors } from './floors.ts'
import { connect } from './github.ts'
import { createGroup } from './group.ts'
import { safe } from './handle.ts'
import { openHearing } from './hear.ts'
import { createMetrics } from './metrics.ts'
import { openNotice } from './notice.ts'
import { openTraces } from './open-traces.ts'
import { readiness } from './readiness.ts'
import { RECONCILED } from './reconcile.ts'
import { createReleases } from './releases.ts'
import { askReviews, createReviews } from './reviews.ts'
import type { Started } from './start.ts'
import { KEYS_PATH, START_PATH, startRoute } from './start-route.ts'
import { openStarting } from './starting.ts'
import { traced } from './traces.ts'
import { createWorkers } from './workers.ts'

/** GitHub waits no longer for an answer, so whoever is still connected after it sends no delivery. */
const PATIENCE_MS = 10_000
/** GitHub is given so long for one answer. */
const GITHUB_TIMEOUT_MS = 30_000
const HEARTBEAT_SECONDS = 30
/** Deliveries that share a write to disk. */
const GROUP = 100
/** SIGTERM: the work in hand is given so long; what is not done by then is done by the next start. */
const DRAIN_SECONDS = 25

export type Running = {
  readonly url: string
  /** What waits and runs at this moment. */
  readonly depth: () => Promise<Depth>
  readonly close: () => Promise<void>
}

export type ServeOptions = {
  readonly clock?: () => Date
  /** Off only where no real GitHub is asked. */
  readonly throttle?: boolean
  /** How often a failed attempt is tried again, and after how long the first time. */
  readonly retries?: number
  readonly firstDelaySeconds?: number
  /** How long GitHub is given for one answer. */
  readonly githubTimeoutMs?: number
  /** A replica that says nothing for so long is taken for dead. */
  readonly heartbeatSeconds?: number
  /** How long a worker that nobody calls waits until it looks for work again. */
  readonly pollSeconds?: number
  /** Jobs at a time: of this replica, and of one installation over all replicas. */
  readonly concurrency?: number
  readonly perGroup?: number
  /** How long `close` waits for deliveries that are on their way. */
  readonly patienceMs?: number
  /** How long it then waits for the attempts in hand. */
  readonly drainSeconds?: number
  /**
   * Off where only deliveries are to ask for work: nothing is reconciled, swept or
   * forgotten, at the start or by the clock.
   */
  readonly unasked?: boolean
}

/** Starts the app. `close` takes no new deliveries and waits, within a bound, for the work in hand. */
export async function startServer(config: Config, log: Logger, options: ServeOptions = {}): Promise<Running> {
  const {
    clock = () => new Date(),
    throttle = true,
    retries = 8,
    firstDelaySeconds = 5,
    patienceMs = PATIENCE_MS,
    unasked = true,
    drainSeconds = DRAIN_SECONDS,
    githubTimeoutMs = GITHUB_TIMEOUT_MS,
    heartbeatSeconds = HEARTBEAT_SECONDS,
    pollSeconds = 1,
    concurrency = 8,
    perGroup = 4,
  } = options
  const keys = config.signing && (await readKeys(config.signing.key, config.signing.retired))
  const metrics = createMetrics()
  const traces = await openTraces(config.traces, ENGINE)
  const store = await openStore(config.where)
  const onError = (error: unknown) => log.error({ err: safe(error) }, 'queue failed')
  const queue = await openQueue(store, {
    retries,
    firstDelaySeconds,
    concurrency,
    perGroup,
    onError,
    clock,
    heartbeatSeconds,
    pollSeconds,
  })
  const github = { throttle, timeoutMs: githubTimeoutMs }
  const connection = connect(config, log, metrics, traces, github)
  const floors = openFloors({
    db: store.db,
    required: config.floor === 'required',
    name: config.floorRepository,
    clock,
  })
  const own = {
    appId: config.appId,
    store,
    log,
    metrics,
    clock,
    chores: queue.chores,
    floors,
    ...connection,
  }
  await startChores({ ...own, keepDays: config.keepDays, take: queue.take }, unasked)
  const { signing, apiUrl } = config
  const starting =
    keys && signing && openStarting({ ...connection, ...github, keys, signing, apiUrl, store, clock, log })
  const starts = startRoute(starting)
  const judging = { ...own, engine: ENGINE, keys: keys?.all ?? [], take: queue.take }
  const workers = createWorkers({
    ...judging,
    traces,
    tasks: {
      command: createCommands(judging),
      deployment: createDeployments(judging),
      release: createReleases(judging),
      review: createReviews(judging),
    },
    follow: async (asked, verdict) => {
      await follow(own, asked, verdict)
      await askReviews(judging, asked, verdict)
    },
  })
  await queue.start(traced(workers, traces))
  const accepting = {
    secrets: config.webhookSecrets,
    take: createGroup(queue.take, GROUP),
    awaited: openHearing(store, clock),
    notice: openNotice({ store, chores: queue.chores }),
    clock,
    log,
    metrics,
    traces,
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path, query] = request.url?.split('?') ?? []
    if (path === config.webhookPath) {
      const { status, text } = await accept(request, accepting)
      return reply(response, status, text)
    }
    if (path === START_PATH) return replyJson(response, await starts.start(request))
    if (request.method !== 'GET') return reply(response, 404, 'not found')
    switch (path) {
      case '/healthz':
        return reply(response, 200, 'ok')
      case '/readyz': {
        await sql`select 1`.execute(store.db)
        // A replica that is out of service loses deliveries, and one that is behind does not.
        if (query === 'database') return reply(response, 200, 'ok')
        const { status, text } = readiness(await queue.depth())
        return reply(response, status, text)
      }
      case KEYS_PATH:
        return replyJson(response, starts.keys())
      case '/metrics': {
        const reconciled = await readMark(store.db, RECONCILED)
        const { type, text } = await metrics.page(await queue.depth(), reconciled?.at)
        return reply(response, 200, text, type)
      }
      default:
        return reply(response, 404, 'not found')
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ err: safe(error) }, 'request failed')
      // What was not stored must not look as if it were: GitHub shows the delivery as failed.
      if (!response.headersSent) reply(response, 503, 'try again later')
      else response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(config.port, config.host, resolve),
  )
  async function end(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    // A server that is closing times nobody out: half a delivery would hold up the end for good.
    const patience = setTimeout(() => server.closeAllConnections(), patienceMs)
    await closed
    clearTimeout(patience)
    await queue.close(drainSeconds)
    await traces.close()
    await store.close()
  }
  let ended: Promise<void> | undefined
  return {
    url: addressOf(server, config.host),
    depth: queue.depth,
    close: () => {
      ended ??= end()
      return ended
    },
  }
}

function reply(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type }).end(`${text}\n`)
}

function replyJson(response: ServerResponse, { status, body }: Started): void {
  reply(response, status, JSON.stringify(body), 'application/json')
}

function addressOf(server: Server, host: string): string {
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
