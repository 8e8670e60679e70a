import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { type Running, type ServeOptions, startServer } from '../app/server.ts'
import type { AppSeed, Person, RepoSeed } from './stand-in/types.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

const CHECK = 'go/no-go'

/** A GitHub with one organisation, two people, and the real app at work in it. */
export type Scene = {
  readonly github: StandIn
  readonly app: Running
  /** Resolves when every delivery is answered and every job has ended. */
  readonly settled: () => Promise<void>
  /** Minutes go by, for GitHub and the app alike, once nothing is left to do. */
  readonly pass: (minutes: number) => Promise<void>
  readonly close: () => Promise<void>
}

/** A check run as GitHub shows it. */
export type Shown = {
  readonly conclusion: string
  readonly title: string
  readonly summary: string
  readonly annotations: readonly {
    readonly path: string
    readonly start_line: number
    readonly annotation_level: string | null
    readonly message: string | null
  }[]
}

export type SceneOptions = ServeOptions & {
  readonly folder?: string
  readonly repos?: readonly RepoSeed[]
  /** Ada, an admin, and grace, when not given. */
  readonly people?: readonly Person[]
  readonly floor?: 'required' | 'optional'
  readonly floorRepository?: string
  /** What the app may do, where it is not what `app.yml` asks for. */
  readonly permissions?: AppSeed['permissions']
}

/** The app's address as it is known by: whom identity tokens must be meant for. */
export const SCENE_URL = 'https://gonogo.acme.example'

/** A key for start tickets, in PEM. */
export function signingKey(): string {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return privateKey
}

/** Starts GitHub's stand-in and the app, with a protected default branch that needs the app's check. */
export async function startScene(options: SceneOptions = {}): Promise<Scene> {
  const {
    folder = await mkdtemp(join(tmpdir(), 'gonogo-data-')),
    repos,
    people,
    floor = 'optional',
    floorRepository = '.github',
    permissions,
    ...serving
  } = options
  let ahead = 0
  const clock = () => new Date(Date.now() + ahead)
  const github = await startStandIn({
    people: people ?? [{ login: 'ada', admin: true }, { login: 'grace' }],
    ...(repos && { repos }),
    ...(permissions && { app: { permissions } }),
  })
  const { id, privateKey, webhookSecret } = github.app
  const app = await startServer(
    {
      appId: id,
      privateKey,
      webhookSecrets: [webhookSecret],
      where: { folder },
      webhookPath: '/api/github/webhooks',
      host: '127.0.0.1',
      port: 0,
      keepDays: 90,
      floor,
      floorRepository,
      logLevel: 'silent',
      apiUrl: github.url,
      signing: { key: signingKey(), retired: [], url: SCENE_URL, issuer: github.actions.issuer },
    },
    pino({ level: 'silent' }),
    {
      throttle: false,
      retries: 2,
      firstDelaySeconds: 0,
      pollSeconds: 0.5,
      unasked: false,
      clock,
      ...serving,
    },
  )
  github.deliverTo(`${app.url}/api/github/webhooks`)
  await github.as('ada').rest.repos.updateBranchProtection({
    ...where(github),
    branch: 'main',
    required_status_checks: { strict: false, contexts: [], checks: [{ context: CHECK, app_id: id }] },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  })
  async function settled(): Promise<void> {
    await github.settled()
    for (let depth = await app.depth(); depth.waiting + depth.active > 0; depth = await app.depth())
      await setTimeout(5)
  }
  return {
    github,
    app,
    settled,
    pass: async (minutes) => {
      await settled()
      ahead += minutes * 60_000
      github.clock.set(clock().toISOString())
    },
    close: async () => {
      await settled()
      await app.close()
      await github.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The repository as API calls name it. */
export function where({ owner, repo }: StandIn): { readonly owner: string; readonly repo: string } {
  return { owner, repo }
}

/** What a person sees on a commit once every delivery was answered; undefined where there is no check run. */
export async function checkRunOf({ github, settled }: Scene, sha: string): Promise<Shown | undefined> {
  await settled()
  const { rest } = github.as('ada')
  const { data } = await rest.checks.listForRef({ ...where(github), ref: sha, check_name: CHECK })
  const run = data.check_runs.toSorted((a, b) => b.id - a.id)[0]
  if (run === undefined) return undefined
  const annotations = await rest.checks.listAnnotations({ ...where(github), check_run_id: run.id })
  const { title, summary } = run.output
  return {
    conclusion: run.conclusion ?? 'none',
    title: title ?? '',
    summary: summary ?? '',
    annotations: annotations.data,
  }
}
