import type { ColumnType } from 'kysely'

/** A moment to the millisecond; written as ISO 8601, read as the driver gives it. */
type Moment = ColumnType<Date, string, string>

/** Every table, for Kysely; `migrations.ts` makes them. */
export type Tables = {
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
}
