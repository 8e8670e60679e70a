/** What was seen, or what would have shown it: a permission, or fewer of them than are looked through. */
export type Seen<T> = { readonly seen: T } | { readonly unseen: Unseen }
export type Unseen = { readonly needs: string } | { readonly more: number }

export function seenOf<T>(seen: Seen<T>): T | undefined {
  return 'seen' in seen ? seen.seen : undefined
}

/** Where a rule of a branch is written. */
export type RuleSource = {
  /** `above`: of the organisation or the enterprise, where no admin of the repository reaches it. */
  readonly kind: 'above' | 'repository'
  readonly name: string
  readonly ruleset: number | undefined
}

/** A check that is asked for by name; without an app it may come from whomever. */
export type AskedCheck = { readonly context: string; readonly appId?: number }

/** A rule that holds for the default branch, of those that matter here. */
export type BranchRule = { readonly source: RuleSource } & (
  | { readonly rule: 'checks'; readonly strict: boolean; readonly checks: readonly AskedCheck[] }
  | { readonly rule: 'merge-queue' | 'no-force-push' | 'no-deletion' }
  | { readonly rule: 'pull-request'; readonly codeOwners: boolean }
)

/** Classic protection as the branch itself shows it; what it does not show is undefined. */
export type Classic = {
  readonly on: boolean
  readonly checks: readonly AskedCheck[]
  readonly strict?: boolean
  /** Whether admins are held to it. */
  readonly admins?: boolean
  readonly forcePushes?: boolean
  readonly deletions?: boolean
  readonly codeOwners?: boolean
}

/** Who may pass by a ruleset. */
export type Bypass = { readonly actor: string; readonly mode: string }

export type Environment = {
  readonly name: string
  /** The custom protection rules on it; a rule may be there and turned off. */
  readonly rules: Seen<readonly { readonly appId: number; readonly enabled: boolean }[]>
}

/** An environment that criteria name, with the models whose go it needs. */
export type NamedEnvironment = { readonly environment: string; readonly models: readonly string[] }

/** The files on the default branch that say something of the gate. */
export type GateFiles = {
  readonly environments: readonly NamedEnvironment[]
  /** Criteria that could not be read, so that what they name is not known. */
  readonly unread: readonly string[]
  /** The CODEOWNERS that GitHub takes; undefined where there is none. */
  readonly owners?: { readonly file: string; readonly unowned: readonly string[] }
}

/** The app's installation on the repository. */
export type Installed = {
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
}

/** Everything that is looked at to say whether the gate of a repository holds. */
export type DoctorFacts = {
  /** `owner/name`. */
  readonly repository: string
  readonly branch: string
  /** Whether an organisation owns it: only there rules can stand above the repository. */
  readonly organization: boolean
  /** The app's id, where it is known which app the gate is. */
  readonly appId?: number
  readonly rules: Seen<readonly BranchRule[]>
  readonly classic: Seen<Classic>
  /** Of each ruleset of which the check is required, by its id. */
  readonly bypasses: readonly {
    readonly source: RuleSource
    readonly actors: Seen<readonly Bypass[]>
  }[]
  readonly files: Seen<GateFiles>
  readonly environments: Seen<readonly Environment[]>
  readonly installation: Seen<Installed>
}
