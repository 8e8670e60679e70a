import { pino } from 'pino'
import type { Running } from '../../src/app/server.ts'
import { demoFile, demoWeights } from '../../src/demo/files.ts'
import { type Scene, type SceneOptions, startScene, where } from '../../src/demo/scene.ts'
import { sendWebhook } from '../../src/demo/webhook.ts'
import { dataFolder } from '../support/data-folder.ts'

export const MANIFEST = 'models/sentiment/release.yml'
export const CRITERIA = '.gonogo/criteria/sentiment.yml'
export const SILENT = pino({ level: 'silent' })

/** A scene whose criteria are on the default branch already, with a release branch that proves itself. */
export type Ready = Scene & {
  readonly app: Running
  /** Commits the release's files to a branch, changed as asked, and gives the commit's id. */
  readonly release: (
    branch: string,
    change?: Readonly<Record<string, string | Uint8Array | null>>,
  ) => Promise<string>
  /** Opens a pull request; its deliveries are answered when this resolves. */
  readonly open: (branch: string) => Promise<number>
  /** The newest check run of the app on a commit. */
  readonly run: (sha: string) => Promise<
    | {
        readonly id: number
        readonly conclusion: string | null
        readonly title: string | null
        readonly summary: string | null
      }
    | undefined
  >
  readonly runs: (sha: string) => Promise<number>
  /** Sends a signed delivery and gives the app's answer. */
  readonly send: (
    event: string,
    payload: object,
    how?: { readonly id?: string; readonly secret?: string; readonly to?: string },
  ) => Promise<number>
  readonly payload: (fields: object) => object
}

export async function ready(options: SceneOptions = {}): Promise<Ready> {
  const scene = await startScene({ folder: await dataFolder(), ...options })
  const { github, app } = scene
  const { rest } = github.as('ada')
  const at = where(github)
  const today = new Date().toISOString().slice(0, 10)
  github.deliverTo(null)
  await rest.repos.deleteBranchProtection({ ...at, branch: 'main' }).catch(() => undefined)
  await github.commit({
    branch: 'main',
    message: 'Criteria',
    files: { [CRITERIA]: demoFile('criteria.yml') },
  })
  const training = await github.commit({
    branch: 'main',
    message: 'Train',
    files: { 'train.py': demoFile('train.py') },
  })
  const weights = demoWeights(1)
  const evidence = '[report.json, training-record.yml, { path: MODEL_CARD.md, document: model-card }]'
  const files = {
    [MANIFEST]: demoFile('release.yml', { version: '1.0.0', training, sha256: weights.sha256, evidence }),
    'models/sentiment/model.safetensors': weights.bytes,
    'models/sentiment/report.json': demoFile('report.json'),
    'models/sentiment/MODEL_CARD.md': demoFile('MODEL_CARD.md'),
    'models/sentiment/training-record.yml': demoFile('training-record.yml', { today, training }),
  }
  const hook = `${app.url}/api/github/webhooks`
  github.deliverTo(hook)

  async function own(sha: string) {
    await scene.settled()
    const { data } = await rest.checks.listForRef({ ...at, ref: sha, check_name: 'go/no-go', filter: 'all' })
    return data.check_runs.filter((run) => run.app?.id === github.app.id).toSorted((a, b) => b.id - a.id)
  }

  return {
    ...scene,
    release: (branch, change = {}) => {
      const changed = Object.entries({ ...files, ...change }).filter(([, content]) => content !== null)
      return github.commit({
        branch,
        from: 'main',
        message: `Release ${branch}`,
        by: 'grace',
        files: Object.fromEntries(changed),
      })
    },
    open: async (branch) => {
      const { data } = await rest.pulls.create({
        ...at,
        base: 'main',
        head: branch,
        title: `Release ${branch}`,
      })
      await scene.settled()
      return data.number
    },
    run: async (sha) => {
      const [run] = await own(sha)
      return (
        run && {
          id: run.id,
          conclusion: run.conclusion,
          title: run.output.title,
          summary: run.output.summary,
        }
      )
    },
    runs: async (sha) => (await own(sha)).length,
    send: (
      event,
      payload,
      { id = crypto.randomUUID(), secret = github.app.webhookSecret, to = app.url } = {},
    ) => sendWebhook({ url: `${to}/api/github/webhooks`, secret, id, event, payload }),
    payload: (fields) => ({
      ...fields,
      repository: {
        id: 1,
        name: at.repo,
        full_name: `${at.owner}/${at.repo}`,
        default_branch: 'main',
        owner: { login: at.owner },
      },
      installation: { id: github.app.installationId },
      sender: { login: 'grace' },
    }),
  }
}
