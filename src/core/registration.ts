/** How well it is proved that the criteria came first, weakest first. */
export const TIERS = ['ordered', 'started', 'witnessed'] as const
export type Tier = (typeof TIERS)[number]

/** When a server's clock says that the work began, and since when the criteria were there; ISO 8601. */
export type Clock = {
  readonly kind: 'run' | 'ticket'
  /** The run as `owner/name#id`, or the ticket's path. */
  readonly name: string
  /** Of a ticket, which may be committed under any name. */
  readonly nonce?: string
  readonly began: string
  readonly since: string
  readonly source: 'receipt' | 'activity' | 'ticket'
  /** The attestations by which the run is shown to have produced the weights, where its artifact does not. */
  readonly attested?: readonly string[]
}

/** Why provenance of the weights does not show that the run produced them. */
export type ProvenanceLack =
  /** Nobody's signature over it verifies. */
  | { readonly why: 'not_verified' }
  | { readonly why: 'weights'; readonly missing: readonly string[] }
  /** What its certificate says; empty where it does not say. `signer`: the workflow that signed. */
  | { readonly why: 'issuer' | 'trigger'; readonly found: string }
  | {
      readonly why: 'run' | 'repository' | 'commit' | 'workflow' | 'signer'
      readonly found: string
      readonly wanted: string
    }

/** Why the tier is not higher; `name` is a run's `owner/name#id` or a ticket's path. */
export type Limit =
  | {
      readonly code:
        | 'no_clock'
        | 'tip_unknown'
        | 'no_digests'
        | 'ticket_names_no_run'
        | 'attestations_not_seen'
    }
  | { readonly code: 'awaiting_github'; readonly what: 'run' | 'ticket'; readonly name: string }
  | {
      readonly code:
        | 'run_not_found'
        | 'run_from_fork'
        | 'run_not_successful'
        | 'run_again'
        | 'ticket_not_there'
      readonly name: string
    }
  | { readonly code: 'before_watch'; readonly began: string; readonly watched: string }
  | {
      readonly code: 'workflow_not_trusted'
      readonly workflow: string
      readonly why: 'edited' | 'unlisted' | 'absent' | 'unseen' | 'foreign' | 'calls'
    }
  | { readonly code: 'no_artifact' | 'artifact_expired' | 'artifact_unreadable'; readonly artifact: string }
  | { readonly code: 'provenance_lacks'; readonly path: string; readonly lack: ProvenanceLack }
  | { readonly code: 'weights_not_listed'; readonly artifact: string; readonly missing: readonly string[] }

/** How the registered criteria reached the default branch, as the app's ledger has it. */
export type Received = {
  /** ISO 8601: when GitHub told of the push. */
  readonly at: string
  readonly pusher?: string
  /** Absent where they were pushed directly. */
  readonly pullRequest?: {
    readonly number: number
    readonly mergedBy?: string
    readonly approvedBy: readonly string[]
  }
}

/** Which criteria hold, and how it is known that they came first. */
export type Registration = {
  /** The tier that was established; `none` if no order was proved. */
  readonly tier: 'none' | Tier
  readonly required: Tier
  readonly clock?: Clock
  /** What keeps it from the next tier; empty at the highest. */
  readonly limits: readonly Limit[]
  readonly work?: { readonly kind: 'training' | 'evaluation'; readonly commit: string }
  /** The commit of the default branch whose tree holds the registered criteria. */
  readonly at?: string
  readonly received?: Received
  /** Path and blob ids of the criteria as registered, today, and in the judged commit. */
  readonly path: string
  readonly registered?: string
  readonly today?: string
  readonly proposed?: string
}
