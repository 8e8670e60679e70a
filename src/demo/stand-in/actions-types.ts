import type { JWTPayload } from 'jose'

/** An artifact as a job uploads it: files that are zipped, or the bytes to serve as they are. */
export type ArtifactSeed = {
  readonly name: string
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly zip?: Uint8Array
  /** `application/zip` when not given; an upload that was not zipped has its own. */
  readonly contentType?: string
  /** 90 days after the upload when not given. */
  readonly expiresAt?: string
  /** `sha256:` and the digest of the bytes when not given; null as of an upload by an old client. */
  readonly digest?: string | null
}

/** A run of a workflow; everything that only GitHub decides comes from the stand-in's clock. */
export type RunSeed = {
  readonly repo?: string
  /** The workflow's file. */
  readonly workflow: string
  /** How GitHub gives the file in `path`; as it is when not given, in some runs with `@` and a ref. */
  readonly path?: string
  readonly sha: string
  /** The reusable workflows that it calls, as GitHub gives them: `owner/name/file@ref`, and the commit of each. */
  readonly calls?: readonly { readonly path: string; readonly sha: string }[]
  readonly branch?: string | null
  readonly event?: string
  readonly actor?: string
  /** The owner of the fork that the commit comes from. */
  readonly fork?: string
  /** `success` when not given; null for a run that goes on. */
  readonly conclusion?: string | null
  /** Now by the stand-in's clock when not given. */
  readonly createdAt?: string
  readonly artifacts?: readonly ArtifactSeed[]
}

export type RunEnd = Pick<RunSeed, 'conclusion' | 'artifacts' | 'actor'>

export type IdTokenOptions = {
  /** The owner's address when not given, as GitHub has it. */
  readonly audience?: string | string[]
  /** Claims instead of GitHub's own. */
  readonly overrides?: JWTPayload
  /** Somebody else signs with the same key id. */
  readonly signedBy?: 'issuer' | 'somebody-else'
}

export type MadeRun = { readonly id: number; readonly artifacts: readonly number[] }

/** What happens in GitHub Actions. Each end of a run reaches the app as `workflow_run`. */
export type ActionsControls = {
  readonly run: (seed: RunSeed) => Promise<MadeRun>
  /** Ends a run that goes on. */
  readonly finish: (run: number, end?: RunEnd) => Promise<MadeRun>
  /** Another attempt: `run_started_at` moves and `created_at` stays. The artifacts of earlier attempts stay, too. */
  readonly rerun: (run: number, end?: RunEnd) => Promise<MadeRun>
  /** Deletes a run with its artifacts, as anybody who writes may. */
  readonly deleteRun: (run: number) => void
  readonly expireArtifact: (artifact: number) => void
  readonly deleteArtifact: (artifact: number) => void
  /** Deletes an artifact and uploads another of the same name, as `overwrite` does; gives the new one's id. */
  readonly replaceArtifact: (artifact: number, seed: Omit<ArtifactSeed, 'name'>) => number
  /** An identity token of a job of this run. */
  readonly idToken: (run: number, options?: IdTokenOptions) => Promise<string>
  /** The issuer of identity tokens. */
  readonly issuer: string
}
