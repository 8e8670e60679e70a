import type { Octokit } from '@octokit/rest'
import type { ActionsControls } from './actions-types.ts'
import type { AttestationsControls } from './attestations-types.ts'
import type { Clock } from './clock.ts'
import type { DeploymentsControls } from './deployments-state.ts'
import type { ReleasesControls } from './releases-state.ts'

/** Somebody who works in the organisation; an admin may do everything, others may read, push and open pull requests. */
export type Person = {
  readonly login: string
  readonly name?: string
  readonly email?: string
  /** The personal access token; `token-of-<login>` when not given. */
  readonly token?: string
  readonly admin?: boolean
  /** What others than admins may do: `write` when not given; with `read` they see a private repository. */
  readonly role?: 'write' | 'read' | 'none'
}

/** A repository of the organisation. It starts with one commit that holds a README. */
export type RepoSeed = {
  readonly name: string
  /** True when not given: an installation then needs each permission for reading, too. */
  readonly private?: boolean
  readonly defaultBranch?: string
  /** False where the app is not installed: it can't see a private repository, and hears nothing of it. */
  readonly installed?: boolean
  /** Whether lists of repositories show it as archived; it can be written to all the same. */
  readonly archived?: boolean
}

/** The GitHub App under test, as it is registered and installed on the organisation. */
export type AppSeed = {
  readonly id?: number
  readonly slug?: string
  readonly installationId?: number
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>
  /** Events that the app subscribes to; `*` for all of them, which is the default. */
  readonly events?: readonly string[]
  readonly webhookSecret?: string
  /** An RSA key in PEM; one is generated when not given. */
  readonly privateKey?: string
}

export type StandInOptions = {
  /** The organisation; `acme` when not given. */
  readonly owner?: string
  /** The first one is the repository meant where none is named; `models` when not given. */
  readonly repos?: readonly RepoSeed[]
  /** One admin, `ada`, and one member, `grace`, when not given. */
  readonly people?: readonly Person[]
  readonly app?: AppSeed
  /** Where deliveries go; none are sent before it is set here or by `deliverTo`. */
  readonly webhookUrl?: string
}

/** A request that the app, or its installation, made. */
export type AppRequest = {
  readonly method: string
  /** Path with query, as sent. */
  readonly path: string
  /** GitHub's operation id, or `unknown`. */
  readonly operation: string
  readonly status: number
}

/**
 * What a request, or the stand-in's own answer to it, did against GitHub's description of the operation. People are
 * held to it as well as the app, but only the app to the operations in fixtures/openapi.
 */
export type Violation = {
  readonly method: string
  readonly path: string
  readonly operation: string
  readonly of: 'request' | 'answer'
  readonly sentence: string
}

/** A webhook delivery; `status` is the app's answer, 0 when it gave none, and null while there is none yet or no url. */
export type Delivery = {
  readonly id: string
  readonly event: string
  readonly action: string | null
  readonly payload: Readonly<Record<string, unknown>>
  readonly status: number | null
  /** ISO 8601; when it was sent, or would have been. */
  readonly deliveredAt: string
}

/** What happens to a request of the app before it reaches GitHub. */
export type Weather =
  | 'ok'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** The connection breaks, before GitHub did what was asked or after it. */
  | { readonly reset: 'before' | 'after' }
  /** What was asked is done after so long, unless whoever asked is gone by then. */
  | { readonly delayMs: number }

export type Forecast = (request: {
  readonly method: string
  readonly path: string
  readonly operation: string
  readonly body: unknown
}) => Weather

/** A commit made through the API; a file given as null is deleted. */
export type Change = {
  readonly repo?: string
  readonly branch: string
  /** The branch or commit to start from when the branch does not exist yet; the default branch when not given. */
  readonly from?: string
  readonly message: string
  readonly files: Readonly<Record<string, string | Uint8Array | null>>
  /** The login of the person who commits; the first one of `people` when not given. */
  readonly by?: string
  /** ISO 8601; now when not given. Author and committer alike. */
  readonly date?: string
}

/** Files in Git LFS. */
export type LfsControls = {
  /** Uploads a content and gives the pointer to commit; `under` is another sha256 to keep it under. */
  readonly push: (
    content: string | Uint8Array,
    where?: { readonly repo?: string; readonly under?: string },
  ) => string
  /** Changes what GitHub answers about pointers from now on; without a change it is as it is. */
  readonly tamper: (change?: (answer: unknown) => unknown) => void
}

/** What the merge queue does next. */
export type QueueControls = {
  /** Makes a group of pull requests, in order, and asks for its checks; gives the group's head. */
  readonly enter: (pulls: readonly number[]) => Promise<string>
  /** Merges a group whose required checks hold and whose base the branch is still at, and throws any other out. */
  readonly leave: (head: string) => Promise<'merged' | 'invalidated'>
}

/** A stateful GitHub on this machine with one organisation and one installed app. */
export type StandIn = {
  /** The API's base URL, the only address that the app and people use. */
  readonly url: string
  readonly owner: string
  /** The first repository's name. */
  readonly repo: string
  readonly app: {
    readonly id: number
    readonly slug: string
    readonly installationId: number
    readonly privateKey: string
    readonly webhookSecret: string
  }
  /** The app's requests in the order in which they were answered. A live view. */
  readonly requests: readonly AppRequest[]
  /** Empty as long as the app and the stand-in keep to GitHub's description. A live view. */
  readonly violations: readonly Violation[]
  /** Every delivery in the order in which it was sent. A live view. */
  readonly deliveries: readonly Delivery[]
  /** Sends deliveries there from now on; null sends none, as if the app were down. */
  readonly deliverTo: (url: string | null) => void
  /** Sends a delivery once more with the same id and payload, as the Redeliver button does. */
  readonly redeliver: (id: string) => Promise<Delivery>
  /** Resolves when no delivery is waiting for the app's answer. */
  readonly settled: () => Promise<void>
  /** Asks the forecast before each request of the app from now on. */
  readonly weather: (forecast: Forecast) => void
  /** A client that acts as this person, or as a workflow's job for `github-actions[bot]`; without retries. */
  readonly as: (login: string) => Octokit
  /** Commits through the API as a person and returns the commit's sha; push and synchronize events follow. */
  readonly commit: (change: Change) => Promise<string>
  /** Commits to a fork: the repository answers for the sha, although no branch of it has it, and nobody hears of it. */
  readonly commitToFork: (change: Omit<Change, 'branch'>) => Promise<string>
  /**
   * Makes a local git clone in an empty or missing folder, with the objects' own shas, `refs/remotes/origin/*`,
   * `origin/HEAD`, and the named branch (else the default branch) checked out.
   */
  readonly clone: (dir: string, from?: { readonly repo?: string; readonly branch?: string }) => Promise<void>
  /** Puts a person into a team of the organisation, asks them to join it, or takes them out of it. */
  readonly team: (slug: string, login: string, state: 'active' | 'pending' | 'none') => void
  /** A person presses a button of a check run of the first repository. */
  readonly press: (login: string, run: number, identifier: string) => Promise<void>
  /** The clock of everything that only GitHub's servers time: runs, artifacts, activity, statuses, merges. */
  readonly clock: Clock
  readonly actions: ActionsControls
  readonly attestations: AttestationsControls
  readonly lfs: LfsControls
  /** A merge queue before the default branch of the first repository. */
  readonly queue: QueueControls
  readonly deployments: DeploymentsControls
  readonly releases: ReleasesControls
  readonly close: () => Promise<void>
}
