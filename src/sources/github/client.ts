import type { Octokit } from '@octokit/rest'

/** The part of Octokit that gonogo uses; Probot's and @octokit/rest's both have it. */
export type GitHub = { readonly rest: Octokit['rest'] }

/** A repository on GitHub as an event names it. */
export type Coordinates = { readonly owner: string; readonly repo: string; readonly branch: string }
