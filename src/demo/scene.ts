import { pino } from 'pino'
import { type Running, startServer } from '../app/server.ts'
import { type StandIn, startStandIn } from './stand-in.ts'

const CHECK = 'go/no-go'

/** A GitHub with one organisation, two people, and the real app at work in it. */
export type Scene = { readonly github: StandIn; readonly app: Running; readonly close: () => Promise<void> }

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

/** Starts GitHub's stand-in and the app, with a protected default branch that needs the app's check. */
export async function startScene(): Promise<Scene> {
  const github = await startStandIn({ people: [{ login: 'ada', admin: true }, { login: 'grace' }] })
  const { id, privateKey, webhookSecret } = github.app
  const app = await startServer(
    {
      appId: id,
      privateKey,
      webhookSecret,
      webhookPath: '/api/github/webhooks',
      host: '127.0.0.1',
      port: 0,
      logLevel: 'silent',
      apiUrl: github.url,
    },
    pino({ level: 'silent' }),
    { throttle: false },
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
  return {
    github,
    app,
    close: async () => {
      await github.settled()
      await app.close()
      await github.close()
    },
  }
}

/** The repository as API calls name it. */
export function where({ owner, repo }: StandIn): { readonly owner: string; readonly repo: string } {
  return { owner, repo }
}

/** What a person sees on a commit once every delivery was answered; undefined where there is no check run. */
export async function checkRunOf(github: StandIn, sha: string): Promise<Shown | undefined> {
  await github.settled()
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
