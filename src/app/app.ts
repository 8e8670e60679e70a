import type { Probot } from 'probot'
import type { GitHub } from '../sources/github/client.ts'
import type { Target } from './target.ts'

type Repository = {
  readonly name: string
  readonly owner: { readonly login: string }
  readonly default_branch?: string | undefined
}

/** Judges a target as an installation. */
export type Judge = (target: Target, github: GitHub, delivery: string) => Promise<void>

/** Turns deliveries into targets, and nothing else. */
export function createApp(judge: Judge): (probot: Probot) => void {
  return (probot) => {
    probot.on(
      [
        'pull_request.opened',
        'pull_request.synchronize',
        'pull_request.reopened',
        'pull_request.edited',
        'pull_request.ready_for_review',
      ],
      async ({ payload, octokit, id }) => {
        // A new title or description changes nothing that is judged; a new base may.
        if (payload.action === 'edited' && payload.changes.base === undefined) return
        if (payload.pull_request.state !== 'open') return
        await judge(target(payload.repository, payload.pull_request.head.sha), octokit, id)
      },
    )
    probot.on('check_run.rerequested', async ({ payload, octokit, id }) => {
      await judge(target(payload.repository, payload.check_run.head_sha), octokit, id)
    })
    probot.on('check_suite.rerequested', async ({ payload, octokit, id }) => {
      await judge(target(payload.repository, payload.check_suite.head_sha), octokit, id)
    })
    probot.on('merge_group.checks_requested', async ({ payload, octokit, id }) => {
      if (payload.repository === undefined) throw new Error('a merge group came without its repository')
      await judge(target(payload.repository, payload.merge_group.head_sha), octokit, id)
    })
  }
}

function target({ name, owner, default_branch: branch }: Repository, commit: string): Target {
  if (branch === undefined) throw new Error('a delivery came without the default branch')
  return { owner: owner.login, repo: name, branch, commit }
}
