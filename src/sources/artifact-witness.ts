import type { Producer, Reading } from '../core/evidence.ts'
import type { Fault } from '../core/problem.ts'
import type { SignersTrusted } from '../core/signers.ts'
import type { RowsPlan } from './rows/plan.ts'

/** An artifact of the judged repository, as GitHub lists it. */
export type ListedArtifact = {
  readonly id: number
  readonly name: string
  readonly run: number
  /** `head_sha` of its run. */
  readonly commit: string
  /** Its run was for a fork, or for a repository that is gone. */
  readonly fork: boolean
  readonly expired: boolean
  readonly digest: string | null
  /** ISO 8601; absent where GitHub does not say. */
  readonly created?: string
}

/** A reusable workflow that a run called. */
export type Call = { readonly workflow: string; readonly commit: string }

/** A run of the judged repository, as it stands now. */
export type RunOfCommit = {
  readonly id: number
  readonly commit: string
  /** Path of the workflow's file, without a ref. */
  readonly workflow: string
  readonly fork: boolean
  /** The event, where it may have taken the workflow's file from elsewhere than its commit. */
  readonly foreign?: string
  /** Workflows of the same repository that it called, with the commit that each was taken from. */
  readonly calls?: readonly Call[]
  readonly state: 'running' | 'succeeded' | 'failed'
}

/** A file of an artifact as it was read, by the path in the artifact. */
export type HeldFile = {
  readonly file: string
  readonly sha: string
  readonly format?: string
  readonly reading: Reading
  readonly producer: Producer
}

/** Two files of rows of an artifact, each with how its samples are named. */
export type WantedPair = readonly [candidate: NamedRows, other: NamedRows]
type NamedRows = { readonly file: string; readonly plan: RowsPlan & { readonly id: string } }

/** An artifact that the manifest names, with the files of it that are evidence. */
export type Wanted = {
  readonly artifact: string
  readonly workflow: string
  /** The workflow's blob, in the judged commit and on the default branch alike. */
  readonly blob: string
  readonly commit: string
  readonly files: readonly string[]
  /** How those of the files that hold rows are read. */
  readonly rows?: Readonly<Record<string, RowsPlan>>
  /** Files of rows that are paired: the candidate's, and another model's. */
  readonly pairs?: readonly WantedPair[]
  /** Whose signatures the floor trusts: what is verified by others is another result. */
  readonly trusted?: SignersTrusted
  /** What results are about: identity and datasets; absent where the release is not whole. */
  readonly about?: string
}

/** What came of reading an artifact: its files, and why others of them could not be read. */
export type ReadFiles = { readonly held: readonly HeldFile[]; readonly faults: ReadonlyMap<string, Fault> }

/** What runs left behind, which no clone can show. What the world gets wrong is thrown. */
export type ArtifactWitness = {
  /** What was read before of the same identity, datasets, workflow, artifact and files. */
  readonly kept: (wanted: Wanted) => Promise<readonly HeldFile[]>
  /** The artifacts of a name: every one of the commit, and of others the newest. */
  readonly listed: (artifact: string, commit: string) => Promise<readonly ListedArtifact[]>
  /** The runs of artifacts, as far as they were heard of and were not run again since. */
  readonly heard: (artifacts: readonly ListedArtifact[]) => Promise<readonly RunOfCommit[]>
  /** Every run of a commit. */
  readonly runs: (commit: string) => Promise<readonly RunOfCommit[]>
  /** Reads an artifact, and keeps what it holds; a file that can't be read is a fault. */
  readonly read: (artifact: ListedArtifact, wanted: Wanted) => Promise<ReadFiles>
}
