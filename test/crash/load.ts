import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { demoFile } from '../../src/demo/files.ts'
import { type StandIn, startStandIn } from '../../src/demo/stand-in.ts'
import { sendWebhook } from '../../src/demo/webhook.ts'
import { pushCriteria, pushRelease } from '../support/releases.ts'
import type { Random } from './random.ts'

export const REPOS = ['models', 'vision'] as const
const BRANCHES = 2
/** What a push may still bring, so that the end can be waited for. */
const PUSHES = 12
/** What waits to be sent again; GitHub's own log is as patient, and an app that is back takes no flood. */
const UNANSWERED = 40

type Repo = (typeof REPOS)[number]
type Sent = { readonly id: string; readonly event: string; readonly payload: object; readonly commit: string }

/** A commit that releases a model, and how good its evidence is. */
export type Head = { readonly repo: Repo; readonly sha: string; readonly good: boolean }

/** People at work in several repositories of one GitHub, and the deliveries that they cause. */
export type Load = {
  readonly github: StandIn
  /** Works until it is stopped; sends to whoever is there. */
  readonly run: (to: () => string | undefined) => { readonly stop: () => Promise<void> }
  /** Sends again, with the same GUIDs, what nobody answered. */
  readonly resend: (to: () => string | undefined) => Promise<void>
  readonly accepted: () => readonly Sent[]
  readonly heads: () => readonly Head[]
  /** Whether the criteria of a repository ask for more than any release has. */
  readonly strict: (repo: Repo) => boolean
}

export async function startLoad(random: Random): Promise<Load> {
  const github = await startStandIn({
    people: [{ login: 'ada', admin: true }],
    repos: REPOS.map((name) => ({ name })),
  })
  const heads: Head[] = []
  const accepted: Sent[] = []
  const unanswered: Sent[] = []
  const strict = new Set<Repo>()
  const training = new Map<Repo, string>()
  let pushes = 0

  const criteria = (repo: Repo, harder: boolean) =>
    github.commit({
      repo,
      branch: 'main',
      message: harder ? 'Ask for more' : 'Ask for what was agreed',
      files: {
        '.gonogo/criteria/sentiment.yml': demoFile('criteria.yml').replace('0.90', harder ? '0.99' : '0.90'),
      },
    })

  async function push(repo: Repo, branch: string): Promise<Head> {
    pushes += 1
    const good = random.chance(0.5)
    const report = good ? 'report.json' : 'report-low.json'
    const sha = await pushRelease(github, training.get(repo) ?? '', pushes, { repo, branch, report })
    const head = { repo, sha, good }
    heads.push(head)
    return head
  }

  function delivery({ repo, sha }: Head): Sent {
    const where = {
      repository: { name: repo, default_branch: 'main', owner: { login: github.owner } },
      installation: { id: github.app.installationId },
    }
    return random.chance(0.5)
      ? {
          id: randomUUID(),
          commit: sha,
          event: 'pull_request',
          payload: { action: 'synchronize', pull_request: { state: 'open', head: { sha } }, ...where },
        }
      : {
          id: randomUUID(),
          commit: sha,
          event: 'check_suite',
          payload: { action: 'rerequested', check_suite: { head_sha: sha }, ...where },
        }
  }

  async function send(to: () => string | undefined, sent: Sent): Promise<void> {
    const url = to()
    const { id, event, payload } = sent
    const status =
      url === undefined
        ? 0
        : await sendWebhook({
            url: `${url}/api/github/webhooks`,
            secret: github.app.webhookSecret,
            ...{ id, event, payload },
          })
    if (status === 202) accepted.push(sent)
    else unanswered.push(sent)
  }
  const burst = (to: () => string | undefined, about: readonly Head[]) =>
    Promise.all(about.map((head) => send(to, delivery(head))))

  for (const repo of REPOS) {
    training.set(repo, await pushCriteria(github, repo))
    for (let branch = 0; branch < BRANCHES; branch += 1) await push(repo, `release-${branch}`)
  }

  async function act(to: () => string | undefined): Promise<void> {
    const repo = random.pick(REPOS)
    const dice = random.below(100)
    if (unanswered.length > UNANSWERED) {
      await Promise.all(unanswered.splice(0, 5).map((sent) => send(to, sent)))
    } else if (dice < 60) {
      const head = heads[random.below(heads.length)]
      if (head) await burst(to, Array<Head>(1 + random.below(4)).fill(head))
    } else if (dice < 75) {
      const [again] = accepted.slice(random.below(Math.max(1, accepted.length)))
      if (again) await send(to, again)
    } else if (dice < 85) {
      const [lost] = unanswered.splice(0, 1)
      if (lost) await send(to, lost)
    } else if (dice < 95) {
      if (pushes < REPOS.length * BRANCHES + PUSHES)
        await burst(to, [await push(repo, `release-${random.below(BRANCHES)}`)])
    } else {
      if (!strict.delete(repo)) strict.add(repo)
      await criteria(repo, strict.has(repo))
      // GitHub tells of a push, and whoever moved the bar asks for the checks again.
      await burst(
        to,
        heads.filter((head) => head.repo === repo),
      )
    }
  }

  return {
    github,
    run: (to) => {
      let going = true
      const working = (async () => {
        while (going) {
          await act(to)
          await setTimeout(20 + random.below(100))
        }
      })()
      return {
        stop: async () => {
          going = false
          await working
        },
      }
    },
    resend: async (to) => {
      for (let turn = 0; unanswered.length > 0; turn += 1) {
        if (turn === 100) throw new Error(`${unanswered.length} deliveries are not taken`)
        await Promise.all(unanswered.splice(0, 20).map((sent) => send(to, sent)))
        if (unanswered.length > 0) await setTimeout(200)
      }
      // Each commit is asked for at least once: every one must come to its verdict.
      const asked = new Set(accepted.map(({ commit }) => commit))
      await burst(
        to,
        heads.filter(({ sha }) => !asked.has(sha)),
      )
    },
    accepted: () => accepted,
    heads: () => heads,
    strict: (repo) => strict.has(repo),
  }
}
