/** What the stand-in keeps of GitHub Actions. Emulate has neither the runs of a commit nor what is in an artifact. */
export type ActionsState = {
  readonly runs: Map<number, Run>
  readonly artifacts: Map<number, Artifact>
  /** By repository and path: the id of a workflow. */
  readonly workflows: Map<string, number>
  /** By repository and owner: the id of a fork. */
  readonly forks: Map<string, number>
  /** The ids that come next: past 32 bits, as GitHub's are, and never given twice. */
  readonly next: { run: number; artifact: number; workflow: number; fork: number }
}

export type Run = {
  readonly id: number
  readonly repo: string
  readonly workflowId: number
  /** The workflow's file in the repository. */
  readonly file: string
  /** As GitHub gives it: the file, in some runs with `@` and a ref. */
  readonly path: string
  readonly sha: string
  readonly calls: readonly { readonly path: string; readonly sha: string }[]
  readonly branch: string | null
  readonly event: string
  readonly actor: string
  readonly triggeredBy: string
  /** The owner of the fork that the commit comes from; null for the repository itself. */
  readonly fork: string | null
  readonly number: number
  readonly attempt: number
  /** Null while it runs. */
  readonly conclusion: string | null
  readonly createdAt: string
  readonly startedAt: string
  readonly updatedAt: string
}

export type Artifact = {
  readonly id: number
  readonly repo: string
  readonly runId: number
  readonly name: string
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly digest: string | null
  readonly createdAt: string
  readonly expiresAt: string
}

export const noActions = (): ActionsState => ({
  runs: new Map(),
  artifacts: new Map(),
  workflows: new Map(),
  forks: new Map(),
  next: { run: 17_000_000_001, artifact: 4_300_000_001, workflow: 180_000_001, fork: 900_000_001 },
})

export const isExpired = (artifact: Artifact, now: string): boolean => artifact.expiresAt <= now
