import { Octokit } from '@octokit/rest'
import type { Setting } from './seed.ts'
import { ACTIONS } from './seed.ts'
import type { Change } from './types.ts'

/** A client that acts as a person, or as a workflow's job for `github-actions[bot]`; it asks once and hides nothing. */
export function clientFor(setting: Setting, url: string, login: string): Octokit {
  const token = [...setting.people, ACTIONS].find((one) => one.login === login)?.token
  if (token === undefined) throw new Error(`nobody is called ${login}`)
  return new Octokit({ baseUrl: url, auth: token, log: silent })
}

const nothing = (): void => {}
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/** Commits files to a branch, which is made where it does not exist, and returns the commit's sha. */
export async function commitAs(octokit: Octokit, setting: Setting, change: Change): Promise<string> {
  const { at } = where(setting, change)
  const existing = await tip(octokit, at, change.branch)
  const sha = await makeCommit(octokit, setting, change, existing ?? change.from)
  if (existing === undefined)
    await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${change.branch}`, sha })
  else await octokit.rest.git.updateRef({ ...at, ref: `heads/${change.branch}`, sha })
  return sha
}

/** Makes a commit that no ref points to, on a branch's tip or a commit, or else on the default branch's tip. */
export async function makeCommit(
  octokit: Octokit,
  setting: Setting,
  change: Omit<Change, 'branch'>,
  from: string | undefined,
): Promise<string> {
  const { at, defaultBranch } = where(setting, change)
  const start = from ?? defaultBranch
  const parent = /^[0-9a-f]{40}$/.test(start) ? start : ((await tip(octokit, at, start)) ?? start)

  const { data: before } = await octokit.rest.git.getCommit({ ...at, commit_sha: parent })
  const tree = await Promise.all(
    Object.entries(change.files).map(async ([path, content]) => {
      const entry = { path, mode: '100644', type: 'blob' } as const
      if (content === null) return { ...entry, sha: null }
      const blob = { content: Buffer.from(content).toString('base64'), encoding: 'base64' }
      return { ...entry, sha: (await octokit.rest.git.createBlob({ ...at, ...blob })).data.sha }
    }),
  )
  const { data: after } = await octokit.rest.git.createTree({ ...at, base_tree: before.tree.sha, tree })
  const person = setting.people.find((one) => one.login === change.by) ?? setting.people[0]
  const date = change.date ?? `${new Date().toISOString().slice(0, 19)}Z`
  const signature = { name: person?.name ?? '', email: person?.email ?? '', date }
  const { data: commit } = await octokit.rest.git.createCommit({
    ...at,
    message: change.message,
    tree: after.sha,
    parents: [parent],
    author: signature,
    committer: signature,
  })
  return commit.sha
}

function where(setting: Setting, { repo }: Pick<Change, 'repo'>) {
  const seed = setting.repos.find(({ name }) => name === (repo ?? setting.repos[0]?.name))
  if (seed === undefined) throw new Error(`there is no repository ${repo}`)
  return { at: { owner: setting.owner, repo: seed.name }, defaultBranch: seed.defaultBranch }
}

async function tip(
  octokit: Octokit,
  at: { owner: string; repo: string },
  branch: string,
): Promise<string | undefined> {
  try {
    return (await octokit.rest.git.getRef({ ...at, ref: `heads/${branch}` })).data.object.sha
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return undefined
    throw error
  }
}
