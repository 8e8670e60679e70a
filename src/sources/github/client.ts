import type { Octokit } from '@octokit/rest'

/** The part of Octokit that gonogo uses; Probot's and @octokit/rest's both have it. */
export type GitHub = {
  readonly rest: Octokit['rest']
  /** One GraphQL query; throws where the answer has errors, though it may have data as well. */
  readonly graphql: (query: string, variables: Readonly<Record<string, unknown>>) => Promise<unknown>
  /** Where files in Git LFS are asked for; absent for whoever asks for none. */
  readonly lfs?: LfsAccess
}

/** Git LFS, which is beside the API. */
export type LfsAccess = {
  /** The root of GitHub's own pages, such as https://github.com. */
  readonly web: string
  readonly token: () => Promise<string>
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly timeoutMs: number
}

/** The root of GitHub's pages by that of its API: https://api.github.com, or https://HOST/api/v3 of a GitHub of one's own. */
export function webOf(apiUrl: string): string {
  const { protocol, host, pathname } = new URL(apiUrl)
  return `${protocol}//${pathname === '/' ? host.replace(/^api\./, '') : host}`
}

/** A repository on GitHub as an event names it. */
export type Coordinates = { readonly owner: string; readonly repo: string; readonly branch: string }

/** GitHub answered something that can't be judged on. */
export class GitHubAnswerError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'GitHubAnswerError'
  }
}

export function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : undefined
}

export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404
}
