import { Octokit } from '@octokit/rest'
import { identifyJobs } from '../attest/identity.ts'
import type { Keys } from '../attest/keys.ts'
import type { Signing } from '../config.ts'
import type { Store } from '../ledger/store.ts'
import { recordTicket, ticketsSince } from '../ledger/tickets.ts'
import { statusOf } from '../sources/github/client.ts'
import { openRemote } from '../sources/github/remote.ts'
import { placeOf } from '../sources/github/runs.ts'
import type { Connection } from './github.ts'
import type { Log } from './handle.ts'
import { tipOf } from './heads.ts'
import { installationOf } from './siblings.ts'
import type { Present, Starting } from './start.ts'

export type StartingOptions = Connection & {
  readonly keys: Keys
  readonly signing: Pick<Signing, 'issuer' | 'url'>
  readonly apiUrl: string
  readonly store: Store
  readonly clock: () => Date
  readonly timeoutMs: number
  readonly log: Log
}

const nothing = (): void => {}
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/** What start tickets are given by: GitHub, the app's own clock, and the ledger. */
export function openStarting(options: StartingOptions): Starting {
  const { keys, signing, apiUrl, store, clock, timeoutMs, log, as, asApp } = options

  /** A token is used for these two questions and then forgotten. */
  async function reader(token: string, repository: string): Promise<string | undefined> {
    const place = placeOf(repository)
    if (place === undefined) return undefined
    const { rest } = new Octokit({
      auth: token,
      baseUrl: apiUrl,
      log: SILENT,
      request: {
        fetch: (url: string, init: RequestInit) =>
          fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
      },
    })
    try {
      const { data } = await rest.repos.get(place)
      // Where a repository was given away, GitHub leads on to another one.
      if (data.full_name.toLowerCase() !== repository.toLowerCase()) return undefined
    } catch (error) {
      if (isRefusal(error)) return undefined
      throw error
    }
    try {
      return (await rest.users.getAuthenticated()).data.login
    } catch (error) {
      // The token of a job or of another app is nobody's.
      if (isRefusal(error)) return 'the token of an app'
      throw error
    }
  }

  async function open(repository: string): Promise<Present | undefined> {
    const place = placeOf(repository)
    const installation = place && (await installationOf(asApp, place))
    if (place === undefined || installation === undefined) return undefined
    const github = await as(installation)
    const { data } = await github.rest.repos.get(place)
    const at = { owner: data.owner.login, repo: data.name, branch: data.default_branch }
    const tip = await tipOf(github, at)
    // A repository without a commit holds no criteria either.
    if (tip === undefined) return undefined
    return {
      name: data.full_name,
      branch: at.branch,
      tip,
      blob: async (path) => {
        const entry = await openRemote(github, at).entry(tip, path)
        return entry?.kind === 'file' ? entry.oid : undefined
      },
    }
  }

  return {
    keys,
    identify: identifyJobs(signing.issuer, signing.url),
    reader,
    open,
    issued: (repository, by, since) => ticketsSince(store.db, repository, by, since),
    record: async (ticket) => {
      await recordTicket(store.db, ticket)
      const { repository, model, tip, by } = ticket
      log.info({ repository, model, tip, by }, 'start ticket issued')
    },
    clock,
  }
}

function isRefusal(error: unknown): boolean {
  const status = statusOf(error)
  return status === 401 || status === 403 || status === 404
}
