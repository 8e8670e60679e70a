import { createServer } from 'node:http'
import { readDescription } from './openapi.ts'
import { frameOf } from './stand-in/accounts.ts'
import { checkRoutes } from './stand-in/checks.ts'
import { cloneInto } from './stand-in/clone.ts'
import { compareRoutes } from './stand-in/compare.ts'
import { keepDeliveries } from './stand-in/deliveries.ts'
import { startEmulate } from './stand-in/emulate.ts'
import { front, type Log } from './stand-in/front.ts'
import { hookRoutes } from './stand-in/hook.ts'
import { json, Refusal, readCall, writeAnswer } from './stand-in/http.ts'
import { installationRoutes } from './stand-in/installations.ts'
import { mergeRoutes } from './stand-in/merge.ts'
import { objectRoutes } from './stand-in/objects.ts'
import { clientFor, commitAs } from './stand-in/people.ts'
import { protectionRoutes } from './stand-in/protection.ts'
import { pullRoutes } from './stand-in/pulls.ts'
import { refRoutes } from './stand-in/refs.ts'
import { settle } from './stand-in/seed.ts'
import { statusRoutes } from './stand-in/statuses.ts'
import { talkRoutes } from './stand-in/talk.ts'
import { appRoutes } from './stand-in/tokens.ts'
import type { StandIn, StandInOptions } from './stand-in/types.ts'
import type { Route, World } from './stand-in/world.ts'

export type { StandIn, StandInOptions } from './stand-in/types.ts'

const ROUTES: readonly Route[] = [
  ...appRoutes,
  ...checkRoutes,
  ...compareRoutes,
  ...hookRoutes,
  ...installationRoutes,
  ...mergeRoutes,
  ...objectRoutes,
  ...protectionRoutes,
  ...pullRoutes,
  ...refRoutes,
  ...statusRoutes,
  ...talkRoutes,
]

/**
 * Starts a GitHub on a free loopback port: `emulate`, with a layer before it that is as strict as GitHub's own
 * description and mends what emulate does differently.
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const setting = settle(options)
  const deliveries = keepDeliveries(setting, options.webhookUrl ?? null)
  const log: Log = { requests: [], violations: [], forecast: () => 'ok' }
  const server = createServer()
  const url = await listening(server)
  const emulate = await startEmulate(setting, url)
  const world: World = {
    setting,
    url,
    emulate,
    installationTokens: new Map(),
    checkRuns: new Map(),
    pulls: new Map(),
    protections: new Map(),
    statuses: new Map(),
    pushes: new Map(),
    deliveries: deliveries.list,
    emit: async ({ name, repo, sender, fields }) => {
      if (setting.repos.some((one) => one.name === repo && !one.installed)) return
      deliveries.send(name, { ...fields, ...(await frameOf(world, repo, sender)) })
    },
  }
  const answer = front(world, readDescription(), ROUTES, log)
  server.on('request', async (request, response) => {
    try {
      writeAnswer(response, await answer(await readCall(request)))
    } catch (error) {
      writeAnswer(response, error instanceof Refusal ? error.answer : json(500, { message: String(error) }))
    }
  })

  const as = (login: string) => clientFor(setting, url, login)
  const first = setting.repos[0]?.name ?? ''
  return {
    url,
    owner: setting.owner,
    repo: first,
    app: setting.app,
    requests: log.requests,
    violations: log.violations,
    deliveries: deliveries.list,
    deliverTo: deliveries.deliverTo,
    redeliver: deliveries.redeliver,
    settled: deliveries.settled,
    weather: (forecast) => {
      log.forecast = forecast
    },
    as,
    commit: (change) => commitAs(as(change.by ?? setting.people[0]?.login ?? ''), setting, change),
    clone: (dir, { repo = first, branch } = {}) => {
      const seed = setting.repos.find((one) => one.name === repo)
      return cloneInto(world, repo, dir, branch ?? seed?.defaultBranch ?? 'main')
    },
    close: async () => {
      await deliveries.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await emulate.close()
    },
  }
}

function listening(server: ReturnType<typeof createServer>): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`)
    })
  })
}
