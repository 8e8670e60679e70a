import type { Moment, Waited } from './columns.ts'
import type { SaidTables } from './tables-said.ts'

/** Every table, for Kysely; `migrations.ts` makes them. */
export type Tables = SaidTables & {
  readonly delivery: {
    /** GitHub's GUID of the event, which a redelivery repeats. */
    readonly id: string
    readonly event: string
    /** Repository and commit: what no two jobs work on at once. */
    readonly key: string
    readonly accepted_at: Moment
    /** When a job that saw it succeeded; null while it has not led to a verdict. */
    readonly done_at: Moment | null
    /** What is needed to redo the work, as JSON; null once it is past its retention. */
    readonly asked: string | null
  }
  /** Each push that made a commit the default branch's tip. */
  readonly tip: {
    readonly repository: string
    readonly commit: string
    /** The delivery that told of it. */
    readonly delivery: string
    /** The tip before; zeros where the branch began, null where nobody told. */
    readonly before: string | null
    /** When we took it in. */
    readonly pushed_at: Moment
    /** When GitHub told of it, or first tried to: what tips are ordered by. */
    readonly delivered_at: Moment
    /** Whether it was found to change what is under `.gonogo/`; null while it is not judged. */
    readonly criteria: boolean | null
    /** Whether the push threw commits out; null where nobody told. */
    readonly forced: boolean | null
  }
  /** Actions runs as GitHub told of them last, since they may be deleted. Names of repositories in small letters. */
  readonly seen_run: {
    readonly repository: string
    readonly run: number
    /** As JSON. */
    readonly told: string
  }
  /** Actions runs as deliveries told of them. Names of repositories in small letters. */
  readonly heard_run: {
    readonly repository: string
    readonly run: number
    /** The newest that was heard of. */
    readonly attempt: number
    /** What that attempt was, as JSON; null while it has not succeeded, and where the delivery did not say all of it. */
    readonly told: string | null
    readonly at: Moment
  }
  /** The weights that artifacts of runs listed when they were there. */
  readonly seen_weights: {
    readonly repository: string
    readonly run: number
    readonly artifact: string
    readonly sha256: string
    /** Of the archive. */
    readonly digest: string
  }
  /** Runs that have not shown yet what a release needs of them; when one ends, the commit is judged again. */
  readonly awaited_run: {
    readonly repository: string
    readonly run: number
    /** Of the commit that waits. */
    readonly key: string
    readonly asked: string
    /** When it began to wait. */
    readonly at: Waited
  }
  /** Files of artifacts as they were read when they were there, by what their results are about. */
  readonly seen_artifact: {
    readonly repository: string
    /** sha256 over identity, datasets, the workflow's blob and the artifact's name. */
    readonly about: string
    /** GitHub's id of the artifact. */
    readonly artifact: number
    readonly file: string
    /** What was read, and the run that it is of, as JSON. */
    readonly held: string
  }
  /** Commits with evidence of artifacts: when a run of the workflow on one of them ends, it is judged again. */
  readonly awaited_artifact: {
    readonly repository: string
    readonly commit: string
    readonly workflow: string
    /** Of the commit that waits. */
    readonly key: string
    readonly asked: string
    /** When it began to wait. */
    readonly at: Waited
  }
  /** Which weights the default branch released as the work of a run, `owner/name#id`, or of a ticket, its nonce. */
  readonly start_use: {
    readonly repository: string
    readonly model: string
    readonly clock: string
    readonly commit: string
    readonly sha256: string
  }
  /** Which rows of the ledger tell what was seen of a review, and of what it is one. */
  readonly approval: {
    /** In small letters. */
    readonly repository: string
    /** sha256 over what is approved. */
    readonly about: string
    /** GitHub's id of the review. */
    readonly review: string
    /** Of the ledger's row. */
    readonly seq: number
  }
  /** Which rows of the ledger tell of a model's waivers: that one was given, or that those of a criterion are withdrawn. */
  readonly waiver: {
    /** In small letters. */
    readonly repository: string
    readonly model: string
    /** GitHub's id of the comment, and which of its commands it was. */
    readonly comment: number
    readonly place: number
    /** Of the ledger's row. */
    readonly seq: number
  }
  /** Which weights were measured on which exam, by the first verdict that did. */
  readonly attempt: {
    /** In small letters. */
    readonly repository: string
    /** Digest of the exam; of a snapshot after its name. */
    readonly exam: string
    /** sha256 over the digests of the weights. */
    readonly weights: string
    /** As it was called then. */
    readonly model: string
    readonly first_at: Moment
    /** Of the verdict's row in the ledger. */
    readonly seq: number
  }
  /** Names that repositories had; until when, those rows of the ledger are theirs. */
  readonly former_name: { readonly name: string; readonly former: string; readonly until: Moment }
  /** What regular work remembers from one time to the next. */
  readonly mark: { readonly name: string; readonly value: string; readonly at: Moment }
  /** Every column is under the row's digest: what is not would change unseen. */
  readonly ledger: {
    readonly seq: number
    readonly kind: string
    readonly at: Moment
    readonly repository: string
    readonly commit: string
    /** The row's content as JSON; null once it is past its retention. Its digest stays. */
    readonly body: string | null
    readonly body_digest: string
    /** Digest of the row before; 64 zeros for the first. */
    readonly previous: string
    readonly digest: string
  }
  /** What never changes of GitHub's repositories; a cache, within bounds. */
  readonly object: {
    /** owner/name in small letters. */
    readonly repository: string
    /** The blob's own id, or a digest of the question that was asked. */
    readonly id: string
    readonly kind: string
    readonly content: Uint8Array
    readonly bytes: number
    readonly used_at: Moment
  }
  /** The newest commit that GitHub is known to have had at a branch. */
  readonly branch_tip: { readonly repository: string; readonly branch: string; readonly tip: string }
}
