import type { Octokit } from '@octokit/rest'

/** The part of Octokit that gonogo uses; Probot's and @octokit/rest's both have it. */
export type GitHub = {
  readonly rest: Octokit['rest']
  /** One GraphQL query; throws where the answer has errors, though it may have data as well. */
  readonly graphql: (query: string, variables: Readonly<Record<string, unknown>>) => Promise<unknown>
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
