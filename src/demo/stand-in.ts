import { createServer, type RequestListener, type Server } from 'node:http'
import { readDescription } from './openapi.ts'
import { frameOf } from './stand-in/accounts.ts'
import { actionsControls } from './stand-in/actions.ts'
import { noActions } from './stand-in/actions-state.ts'
import { activityRoutes, recordBeginnings } from './stand-in/activity.ts'
import { artifactRoutes } from './stand-in/artifacts.ts'
import { attestationRoutes, attestationsControls } from './stand-in/attestations.ts'
import { checkRoutes, pressButton } from './stand-in/checks.ts'
import { startClock } from './stand-in/clock.ts'
import { cloneInto } from './stand-in/clone.ts'
import { commentRoutes } from './stand-in/comments.ts'
import { compareRoutes } from './stand-in/compare.ts'
import { keepDeliveries } from './stand-in/deliveries.ts'
import { deploymentRoutes, deploymentsControls } from './stand-in/deployments.ts'
import { noDeployments } from './stand-in/deployments-state.ts'
import { elsewhere } from './stand-in/elsewhere.ts'
import { startEmulate } from './stand-in/emulate.ts'
import { environmentRoutes } from './stand-in/environments.ts'
import { front, type Log } from './stand-in/front.ts'
import { hookRoutes } from './stand-in/hook.ts'
import { type Answer, type Call, json, Refusal, Reset, readCall, writeAnswer } from './stand-in/http.ts'
import { installationRoutes } from './stand-in/installations.ts'
import { issuerKeys } from './stand-in/issuer-keys.ts'
import { lfsControls } from './stand-in/lfs.ts'
import { mergeRoutes } from './stand-in/merge.ts'
import { objectRoutes } from './stand-in/objects.ts'
import { clientFor, commitAs, makeCommit } from './stand-in/people.ts'
import { protectionRoutes } from './stand-in/protection.ts'
import { pullRoutes } from './stand-in/pulls.ts'
import { queueControls } from './stand-in/queue.ts'
import { refRoutes } from './stand-in/refs.ts'
import { releaseRoutes, releasesControls } from './stand-in/releases.ts'
import { noReleases } from './stand-in/releases-state.ts'
import { reviewRoutes } from './stand-in/review-lines.ts'
import { ruleRoutes } from './stand-in/rules.ts'
import { runRoutes } from './stand-in/runs.ts'
import { settle } from './stand-in/seed.ts'
import { statusRoutes } from './stand-in/statuses.ts'
import { talkRoutes } from './stand-in/talk.ts'
import { teamRoutes } from './stand-in/teams.ts'
import { appRoutes } from './stand-in/tokens.ts'
import type { StandIn, StandInOptions } from './stand-in/types.ts'
import { key, type Route, type World } from './stand-in/world.ts'

export type { Forecast, StandIn, StandInOptions, Weather } from './stand-in/types.ts'

const ROUTES: readonly Route[] = [
  ...activityRoutes,
  ...appRoutes,
  ...artifactRoutes,
  ...attestationRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...compareRoutes,
  ...environmentRoutes,
  ...deploymentRoutes,
  ...hookRoutes,
  ...installationRoutes,
  ...mergeRoutes,
  ...objectRoutes,
  ...protectionRoutes,
  ...pullRoutes,
  ...refRoutes,
  ...ruleRoutes,
  ...reviewRoutes,
  ...releaseRoutes,
  ...runRoutes,
  ...statusRoutes,
  ...talkRoutes,
  ...teamRoutes,
]

/**
 * Starts a GitHub on a free loopback port: `emulate`, with a layer before it that is as strict as GitHub's own
 * description and mends what emulate does differently.
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const setting = settle(options)
  const deliveries = keepDeliveries(setting, options.webhookUrl ?? null)
  const log: Log = { requests: [], violations: [], forecast: () => 'ok' }
  const [server, other] = [createServer(), createServer()]
  const url = await listening(server)
  const emulate = await startEmulate(setting, url)
  const world: World = {
    setting,
    url,
    elsewhere: await listening(other),
    issuerKeys: issuerKeys(),
    emulate,
    clock: startClock(),
    actions: noActions(),
    deployments: noDeployments(),
    activity: new Map(),
    permissions: new Map(),
    installationTokens: new Map(),
    checkRuns: new Map(),
    comments: [],
    pulls: new Map(),
    protections: new Map(),
    rulesets: [],
    environments: new Map(),
    releases: noReleases(),
    statuses: new Map(),
    reviewComments: new Map(),
    reviewBodies: new Map(),
    teams: new Map(),
    pushes: new Map(),
    attestations: [],
    lfs: { objects: new Map(), tamper: (answer) => answer },
    deliveries: deliveries.list,
    emit: async ({ name, repo, sender, fields }) => {
      if (setting.repos.some((one) => one.name === repo && !one.installed)) return
      deliveries.send(name, { ...fields, ...(await frameOf(world, repo, sender)) })
    },
  }
  await recordBeginnings(world)
  server.on('request', answering(front(world, readDescription(), ROUTES, log)))
  other.on('request', answering(elsewhere(world, log.violations)))

  const as = (login: string) => clientFor(setting, url, login)
  const first = setting.repos[0]?.name ?? ''
  const someone = setting.people[0]?.login ?? ''
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
    commit: (change) => commitAs(as(change.by ?? someone), setting, change),
    commitToFork: (change) => makeCommit(as(change.by ?? someone), setting, change, change.from),
    clone: (dir, { repo = first, branch } = {}) => {
      const seed = setting.repos.find((one) => one.name === repo)
      return cloneInto(world, repo, dir, branch ?? seed?.defaultBranch ?? 'main')
    },
    team: (slug, login, state) => {
      if (state === 'none') world.teams.delete(key(slug, login))
      else world.teams.set(key(slug, login), state)
    },
    press: (login, run, identifier) => pressButton(world, login, run, identifier),
    clock: world.clock,
    actions: actionsControls(world),
    attestations: attestationsControls(world, first),
    lfs: lfsControls(world, first),
    queue: queueControls(world),
    deployments: deploymentsControls(world),
    releases: releasesControls(world, as),
    close: async () => {
      await deliveries.close()
      await Promise.all([closed(server), closed(other)])
      await emulate.close()
    },
  }
}

function answering(answer: (call: Call, isGone: () => boolean) => Promise<Answer>): RequestListener {
  return async (request, response) => {
    try {
      writeAnswer(response, await answer(await readCall(request), () => response.destroyed))
    } catch (error) {
      if (error instanceof Reset) response.destroy()
      else
        writeAnswer(response, error instanceof Refusal ? error.answer : json(500, { message: String(error) }))
    }
  }
}

function closed(server: Server): Promise<unknown> {
  const done = new Promise((resolve) => server.close(resolve))
  server.closeAllConnections()
  return done
}

function listening(server: Server): Promise<string> {
  // On a busy machine a short one ends a connection just when its client uses it again.
  server.keepAliveTimeout = 600_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`)
    })
  })
}
