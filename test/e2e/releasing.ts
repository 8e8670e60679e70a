import { demoFile } from '../../src/demo/files.ts'
import type { Ready } from './scene.ts'

const MODEL = 'models/sentiment'

/** What tests of releases do and look at in a scene. */
export function releasing(scene: Ready) {
  const { github } = scene
  const at = { owner: github.owner, repo: github.repo }
  const { rest } = github.as('ada')

  return {
    at,
    rest,
    commitTo: (branch: string, files: Readonly<Record<string, string | Uint8Array | null>>) =>
      github.commit({ branch, message: 'Change', by: 'grace', files }),
    /** The commit of the default branch that a model's release with a go became. */
    merged: async (branch: string): Promise<string> => {
      const sha = await scene.release(branch)
      await rest.git.updateRef({ ...at, ref: 'heads/main', sha })
      return sha
    },
    /** Another commit of the default branch: its model misses a bound. */
    spoilt: (): Promise<string> =>
      github.commit({
        branch: 'main',
        message: 'Other numbers',
        by: 'grace',
        files: { [`${MODEL}/report.json`]: demoFile('report-low.json') },
      }),
    shown: async (release_id: number) => {
      await scene.settled()
      const { draft, prerelease, body } = (await rest.repos.getRelease({ ...at, release_id })).data
      return { draft, prerelease, body: (body ?? '').replaceAll('\r', '') }
    },
    edit: async (release_id: number, change: Readonly<Record<string, string | boolean>>) => {
      await scene.settled()
      await rest.repos.updateRelease({ ...at, release_id, ...change })
      await scene.settled()
    },
    moveTag: async (tag: string, sha: string) => {
      await rest.git.updateRef({ ...at, ref: `tags/${tag}`, sha, force: true })
    },
    latest: async (): Promise<number | undefined> => {
      const found = await rest.repos.getLatestRelease(at).catch(() => undefined)
      return found?.data.id
    },
    status: async (sha: string) => {
      await scene.settled()
      const { data } = await rest.repos.listCommitStatusesForRef({ ...at, ref: sha })
      const own = data.find(({ context }) => context === 'gonogo/release')
      return own && { state: own.state, description: own.description }
    },
    /** What the app asked to be written from one request on: changes of releases, and statuses. */
    writes: (since: number): readonly string[] =>
      github.requests
        .slice(since)
        .filter(({ method, operation }) => method !== 'GET' && /release|status/.test(operation))
        .map(({ operation, status }) => `${operation.replace('repos/', '')} ${status}`),
  }
}
