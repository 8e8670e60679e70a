import { demoFile, demoWeights } from '../../src/demo/files.ts'
import type { JobSeed } from '../../src/demo/stand-in/deployments-state.ts'
import { CRITERIA, MANIFEST, type Ready } from './scene.ts'

export const AT = { owner: 'acme', repo: 'models' }
export const LOW = { 'models/sentiment/report.json': demoFile('report-low.json') }
const WEIGHTS = 'models/sentiment/model.safetensors'

type Files = Readonly<Record<string, string | Uint8Array | null>>

/** What people do who deploy models, and what they see. */
export type Deploying = {
  /** Writes the criteria with these environments, and what else they ask, to the default branch. */
  readonly criteria: (environments: string, change?: (text: string) => string) => Promise<string>
  /** A release on the default branch, with weights that go by a number. */
  readonly landed: (weights?: number, files?: Files) => Promise<string>
  /** The same on a branch that is not merged. */
  readonly branch: (name: string, weights?: number, files?: Files) => Promise<string>
  readonly main: (message: string, files: Files) => Promise<string>
  readonly floor: (text: string | null) => Promise<void>
  /** Lets a job wait to enter an environment, and gives the answer: its state and comment, and as one text without marks. */
  readonly deploy: (sha: string, more?: Partial<JobSeed>) => Promise<Answered>
  readonly answered: (run: number, environment?: string) => Promise<Answered>
}

export type Answered = {
  readonly run: number
  readonly state: string
  readonly comment: string
  readonly text: string
}

export function deploying(scene: Ready): Deploying {
  const { github, settled } = scene
  const { rest } = github.as('ada')
  let branches = 0

  async function branch(name: string, weights = 1, files: Files = {}): Promise<string> {
    const { bytes, sha256 } = demoWeights(weights)
    const first = await scene.release(`${name}-of-1`)
    const { data } = await rest.repos.getContent({ ...AT, path: MANIFEST, ref: first })
    const written = 'content' in data ? Buffer.from(data.content, 'base64').toString() : ''
    const manifest = written.replace(demoWeights(1).sha256, sha256).replace('1.0.0', `1.${weights}.0`)
    return await scene.release(name, { [MANIFEST]: manifest, [WEIGHTS]: bytes, ...files })
  }

  async function main(message: string, files: Files): Promise<string> {
    const sha = await github.commit({ branch: 'main', message, files })
    await settled()
    return sha
  }

  async function answered(run: number, environment = 'production'): Promise<Answered> {
    await settled()
    const { state = 'none', comment = '' } = github.deployments.answerOf(run, environment) ?? {}
    return { run, state, comment, text: comment.replaceAll(/[`*\\\u200b]/g, '') }
  }

  return {
    criteria: (environments, change = (text) => text) =>
      main('Criteria', { [CRITERIA]: change(`${demoFile('criteria.yml')}environments: ${environments}\n`) }),
    landed: async (weights = 1, files = {}) => {
      branches += 1
      const sha = await branch(`landed-${branches}`, weights, files)
      await rest.git.updateRef({ ...AT, ref: 'heads/main', sha })
      await settled()
      return sha
    },
    branch,
    main,
    floor: async (text) => {
      const files = { '.gonogo/floor.yml': text === null ? null : `gonogo: 1\n${text}` }
      await github.commit({ repo: '.github', branch: 'main', message: 'Floor', files })
      await settled()
    },
    deploy: async (sha, more = {}) => {
      const environment = more.environment ?? 'production'
      return await answered(await github.deployments.request({ ...more, environment, sha }), environment)
    },
    answered,
  }
}
