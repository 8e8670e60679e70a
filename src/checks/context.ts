import type { Approvals } from '../core/approval.ts'
import type { Baseline } from '../core/baseline-answer.ts'
import type { Evidence, Trust } from '../core/evidence.ts'
import type { Exams } from './exam.ts'

/** What a check may look at. The clock is a fact like any other. */
export type Context = {
  /** ISO 8601. */
  readonly now: string
  /** The evidence about the candidate, or about whatever the criterion asks. */
  readonly evidence: readonly Evidence[]
  /** The weakest trust that measurements may have. */
  readonly trust: Trust
  /** The exams that the criteria pin, and what the release says of its data. */
  readonly exams: Exams
  /** Evidence about the base model. */
  readonly base?: readonly Evidence[]
  /** The last release that was a go; absent where only the app's ledger knows it. */
  readonly released?: Baseline | 'none'
  /** Reviews of the release; `none` where it has no identity that could be approved, awaited where absent. */
  readonly approvals?: Approvals | 'none'
}
