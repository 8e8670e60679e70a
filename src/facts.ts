import type { Evidence } from './core/evidence.ts'
import type { Problem } from './core/problem.ts'
import type { Component, Proposal, Weights } from './core/verdict.ts'
import type { ParsedCriteria } from './criteria/criteria.ts'
import type { Manifest } from './criteria/manifest.ts'

/** A criteria file as it stood in one commit. */
export type CriteriaFile = ParsedCriteria & {
  readonly path: string
  readonly commit: string
  readonly sha: string
}

/** What is known of the start of the work, and of the commit R that holds the registered criteria. */
export type Start =
  | { readonly kind: 'not_named' }
  | { readonly kind: 'not_found' | 'unrelated'; readonly work: Work }
  | { readonly kind: 'too_long'; readonly work: Work; readonly limit: number }
  /** `at` is R; `saw` is the criteria blob in the work's own tree. */
  | { readonly kind: 'placed'; readonly work: Work; readonly at: string; readonly saw?: string }

export type Work = { readonly kind: 'training' | 'evaluation'; readonly commit: string }

/** Everything that the verdict on one model depends on. */
export type ModelFacts = {
  readonly model: string
  readonly manifest: { readonly path: string; readonly sha: string; readonly value?: Manifest }
  readonly start: Start
  /** Of the criteria: as registered, on the default branch today, and the blob in the judged commit. */
  readonly criteria: {
    readonly path: string
    readonly registered?: CriteriaFile
    readonly today?: CriteriaFile
    readonly proposed?: string
  }
  readonly weights: readonly Weights[]
  readonly components: readonly Component[]
  /** One for each evidence file that the manifest names, found or not. */
  readonly evidence: readonly Evidence[]
  /** sha256 over weights, components and registered criteria; absent if one of them is. */
  readonly identity?: string
  /** Faults of the manifest and of the files that it names other than as evidence. */
  readonly problems: readonly Problem[]
}

/** Everything that a verdict depends on, clock and engine included, as JSON; never a file's content. */
export type Facts = {
  readonly gonogo: 1
  readonly engine: string
  /** ISO 8601. */
  readonly now: string
  /** `owner/name`, or a name for a clone without a remote. */
  readonly repository: string
  /** The default branch and its tip when the facts were gathered. */
  readonly branch: string
  readonly tip: string
  /** The judged commit, and what it is compared with: its merge base with the default branch. */
  readonly commit: string
  readonly base: string
  /** The commit is on the default branch, where a push made it the tip; `base` is the tip before. */
  readonly pushed?: true
  readonly models: readonly ModelFacts[]
  readonly problems: readonly Problem[]
  readonly proposals: readonly Proposal[]
}
