import type { ActionsState } from './actions-state.ts'
import type { KeptAttestation } from './attestations-types.ts'
import type { Clock } from './clock.ts'
import type { DeploymentsState } from './deployments-state.ts'
import type { Emulate } from './emulate.ts'
import { type Answer, type Call, Refusal } from './http.ts'
import type { IssuerKeys } from './issuer-keys.ts'
import type { ReleasesState } from './releases-state.ts'
import { ACTIONS, type Setting } from './seed.ts'
import type { Delivery } from './types.ts'

/** Everything that the stand-in knows beyond what emulate keeps. */
export type World = {
  readonly setting: Setting
  readonly url: string
  /** The base URL of GitHub's other hosts: blob storage, and the issuer of identity tokens. */
  readonly elsewhere: string
  readonly issuerKeys: IssuerKeys
  readonly emulate: Emulate
  readonly clock: Clock
  readonly actions: ActionsState
  readonly deployments: DeploymentsState
  /** By repository, oldest first. */
  readonly activity: Map<string, readonly Activity[]>
  /** By token: what an installation may do with it. */
  readonly permissions: Map<string, Readonly<Record<string, unknown>>>
  /** By token: the names of the repositories that it is for. */
  readonly installationTokens: Map<string, readonly string[]>
  /** By id: who made a check run, all annotations that it ever got, and its buttons. */
  readonly checkRuns: Map<number, RunNote>
  /** By id from the first one on; of a removed one the place. */
  readonly comments: KeptComment[]
  /** By repository and number: where a pull request stands. */
  readonly pulls: Map<string, PullNote>
  /** By repository and branch. */
  readonly protections: Map<string, Protection>
  /** Of repositories and of the organisation. */
  readonly rulesets: Ruleset[]
  /** By repository and name in small letters. */
  readonly environments: Map<string, EnvironmentNote>
  readonly releases: ReleasesState
  /** By repository and sha, newest first. */
  readonly statuses: Map<string, readonly CommitStatus[]>
  /** By repository and number: comments that reviews put on lines. */
  readonly reviewComments: Map<string, readonly unknown[]>
  /** By id: what the text of a review was changed to. */
  readonly reviewBodies: Map<number, string>
  /** By slug and login: who is in a team, or was asked to be. */
  readonly teams: Map<string, 'active' | 'pending'>
  /** By repository: when anything was last pushed to it, to the second as GitHub tells it. */
  readonly pushes: Map<string, string>
  /** What `actions/attest` uploaded, oldest first. */
  readonly attestations: KeptAttestation[]
  /** Files in Git LFS by repository and sha256, and what becomes of an answer about them. */
  readonly lfs: { readonly objects: Map<string, Uint8Array>; tamper: (answer: unknown) => unknown }
  /** Every delivery, oldest first. */
  readonly deliveries: readonly Delivery[]
  /** Sends an event to the app; resolves when it is on its way. */
  readonly emit: (event: Event) => Promise<void>
}

/** A comment as the stand-in keeps it. */
export type KeptComment = {
  readonly id: number
  readonly repo: string
  readonly number: number
  readonly by: string
  readonly byApp: boolean
  readonly body: string
  readonly createdAt: string
  readonly updatedAt: string
}

export type RunNote = {
  readonly appId: number
  readonly annotations: readonly unknown[]
  /** By their identifiers. */
  readonly buttons: readonly string[]
}

export type PullNote = {
  readonly head: string
  readonly base: string
  readonly openedAt?: string
  /** When it was last given another base. */
  readonly movedAt?: string
  readonly merged?: { readonly sha: string; readonly at: string; readonly by: string }
}

/** A move of a branch, with the time that it got. */
export type Activity = {
  readonly id: number
  readonly before: string
  readonly after: string
  readonly ref: string
  readonly timestamp: string
  readonly type:
    | 'push'
    | 'force_push'
    | 'branch_creation'
    | 'branch_deletion'
    | 'pr_merge'
    | 'merge_queue_merge'
  readonly actor: string
}

export type Protection = {
  readonly strict: boolean
  /** An app_id of null asks for the check from whomever. */
  readonly checks: readonly { readonly context: string; readonly app_id: number | null }[]
  readonly enforceAdmins: boolean
}

/** Rules for the branches that its conditions name; of the organisation where it is of no repository. */
export type Ruleset = {
  readonly id: number
  readonly repository: string | null
  readonly name: string
  readonly enforcement: string
  readonly conditions: Readonly<Record<string, unknown>>
  readonly rules: readonly (Readonly<Record<string, unknown>> & { readonly type: string })[]
  readonly bypassActors: readonly unknown[]
}

/** An environment with the apps whose protection rule is on it. */
export type EnvironmentNote = {
  readonly id: number
  readonly repo: string
  readonly name: string
  readonly apps: readonly number[]
  /** How it is guarded, as whoever made it asked. */
  readonly guard: {
    readonly reviewers: readonly { readonly type: string; readonly id: number }[]
    readonly othersReview: boolean
    readonly branches: unknown
    /** Patterns that may enter, where they are listed. */
    readonly patterns: readonly { readonly name: string; readonly type: string }[]
  }
}

export type CommitStatus = Readonly<Record<string, unknown>> & {
  readonly context: string
  readonly state: string
}

export type Event = {
  readonly name: string
  readonly repo: string
  readonly sender: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Who makes a call. A workflow is a job of GitHub Actions: whatever a writer of the repository lets it do. */
export type Caller =
  | {
      readonly kind: 'app' | 'installation' | 'workflow' | 'nobody'
      readonly login: string
      readonly admin: false
    }
  | { readonly kind: 'person'; readonly login: string; readonly admin: boolean }

/** A call with who makes it and what its path names; `forward` hands it, or a changed one, to emulate. */
export type Visit = {
  readonly call: Call
  readonly caller: Caller
  /** The repository's name, where the path has one. */
  readonly repo: string
  readonly named: Readonly<Record<string, string>>
  readonly forward: (changed?: Partial<Call>) => Promise<Answer>
}

export type Route = {
  readonly method: string
  readonly pathname: string
  readonly handle: (world: World, visit: Visit) => Promise<Answer>
}

/** Who calls is read from the authorization; a token that nobody has is refused, as emulate would not. */
export function whoCalls(world: World, call: Call): Caller {
  const token = tokenOf(call)
  const person = world.setting.people.find((one) => one.token === token)
  if (person) return { kind: 'person', login: person.login, admin: person.admin }
  if (token === '') return { kind: 'nobody', login: 'ghost', admin: false }
  if (token === ACTIONS.token) return { kind: 'workflow', login: ACTIONS.login, admin: false }
  const bot = { login: `${world.setting.app.slug}[bot]`, admin: false } as const
  if (world.installationTokens.has(token)) return { kind: 'installation', ...bot }
  if (token.startsWith('eyJ')) return { kind: 'app', ...bot }
  throw new Refusal(401, 'Bad credentials')
}

/** A private repository that a token is not for does not exist for it; emulate would say that it is forbidden. */
export function mustBeVisible(world: World, call: Call): void {
  const [, owner, name] = /^\/repos\/([^/]+)\/([^/?]+)/.exec(call.path) ?? []
  // A fork lies with another owner, where the app is not installed.
  if (owner !== undefined && owner.toLowerCase() !== world.setting.owner.toLowerCase())
    throw new Refusal(404, 'Not Found')
  const reachable = world.installationTokens.get(tokenOf(call))
  const repo = world.setting.repos.find((one) => one.name === name)
  if (reachable && repo?.private && !reachable.includes(repo.name)) throw new Refusal(404, 'Not Found')
}

/** Whether a repository is there for whoever calls: a private one for an installation's token that is for it, and for people. */
export function isVisible(world: World, call: Call, name: string): boolean {
  const repo = world.setting.repos.find((one) => one.name === name)
  if (repo === undefined || !repo.private) return repo !== undefined
  const { kind } = whoCalls(world, call)
  if (kind !== 'installation') return kind === 'person' || kind === 'workflow'
  const reads = world.setting.app.permissions.contents
  return reads !== undefined && (world.installationTokens.get(tokenOf(call)) ?? []).includes(name)
}

/** A token as the API takes it, or as git does: as the password of whomever. */
export function tokenOf(call: Call): string {
  const given = call.headers.authorization ?? ''
  const [, basic] = /^basic\s+(\S+)$/i.exec(given) ?? []
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString('utf8').split(':').at(-1) ?? ''
  return given.replace(/^(bearer|token)\s+/i, '').trim()
}

/** The call's body as an object to look into. */
export function fields(body: unknown): Readonly<Record<string, unknown>> {
  // Any object that is no array is a record of unknown values.
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Record<string, unknown>)
    : {}
}

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const succeeded = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300
export const repoPath = (world: World, repo: string): string => `/repos/${world.setting.owner}/${repo}`
export const key = (repo: string, rest: string | number): string => `${repo} ${rest}`
