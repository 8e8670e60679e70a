import type { Moment } from './columns.ts'

/** Tables of what the app last said or found where it gates. */
export type SaidTables = {
  /** Which comments were answered, so that none is twice. Names in small letters. */
  readonly reply: {
    readonly repository: string
    readonly comment: number
    readonly by: string
    /** 'posting' from before the answer is posted to after GitHub's. */
    readonly state: 'posting' | 'posted'
    readonly at: Moment
  }
  /** What was answered to deployments, one row for each model that decided it; of none one without a model. */
  readonly deployment: {
    /** Of the ledger's row. */
    readonly seq: number
    /** GitHub's id of the repository after a #, or its name in small letters where nobody told the id. */
    readonly repository: string
    /** In small letters. */
    readonly environment: string
    /** A job that waited for the answer, or a deployment that somebody made. */
    readonly asks: 'protection' | 'deployment'
    /** Which one: a run with its environment, or a deployment. */
    readonly work: string
    /** GitHub's id of the deployment, where it is known. */
    readonly deployment: number | null
    readonly decision: 'approved' | 'observed' | 'rejected'
    readonly at: Moment
    readonly model: string
    /** Empty where it had none. */
    readonly identity: string
    /** What the model came to. */
    readonly code: string
  }
  /** Releases as they were judged last. */
  readonly judged_release: {
    /** In small letters. */
    readonly repository: string
    /** GitHub's id of it. */
    readonly release: number
    /** When it was published; null for a draft. */
    readonly published_at: Moment | null
    readonly commit: string | null
    readonly decision: 'go' | 'no-go' | 'undecided' | 'nothing'
    /** When that ends. */
    readonly until: Moment | null
    readonly at: Moment
    /** Of the ledger's row that has it. */
    readonly seq: number
    /** How to ask for it again, as JSON. */
    readonly asked: string
    /** What the app saw, changed and told, as JSON. */
    readonly state: string
  }
  /** Repositories that something was judged in, with what the last look at the rules around their gate came to. */
  readonly gate: {
    /** owner/name in small letters. */
    readonly repository: string
    readonly installation: number
    /** As GitHub spells them. */
    readonly owner: string
    readonly name: string
    readonly looked_at: Moment | null
    /** As JSON. */
    readonly found: string | null
  }
  /** What was last said in a review of a pull request. */
  readonly standing_review: {
    readonly app_id: number
    readonly repository: string
    readonly pull: number
    readonly review: number | null
    readonly comments: string
    readonly text: string
    readonly holds: boolean
  }
  /** What was last posted on a commit. */
  readonly check_run: {
    readonly app_id: number
    readonly repository: string
    readonly commit: string
    /** 'creating' from before a run is posted to after GitHub's answer. */
    readonly state: 'creating' | 'created'
    readonly run_id: number | null
    /** The run's external_id. */
    readonly key: string | null
    /** Who wrote this note. */
    readonly token: string
  }
}
