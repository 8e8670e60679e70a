import type { Approvals } from '../core/approval.ts'
import type { AtTraining } from '../core/at-training.ts'
import type { Baseline } from '../core/baseline-answer.ts'
import type { Otherwise } from '../core/binding.ts'
import type { CommittedBytes } from '../core/committed-bytes.ts'
import type { Evidence, Trust } from '../core/evidence.ts'
import type { Data, Role } from '../core/exam.ts'
import type { Measurement } from '../core/measurement.ts'
import type { Observed } from '../core/observed.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { Aside } from '../core/record-answer.ts'
import type { FloorSigner } from '../core/signers.ts'
import type { WeightSum, Weights } from '../core/verdict.ts'
import type { Ancestry } from './ancestry.ts'
import type { Exams } from './exam.ts'

/** Evidence that names another model than the one that it is said to be about: it answers for nothing. */
export type Foreign = {
  readonly measurements: readonly (Otherwise & { readonly observed: Measurement; readonly base?: true })[]
  readonly records: readonly (Otherwise & { readonly record: EvidenceRecord })[]
}

/** An end of the training, in ISO 8601, and the tool that tells it of its own run. */
export type Ended = { readonly at: string; readonly by?: string }

/** What is released, for whoever scans it. */
export type ReleasedFiles = {
  readonly weights: readonly Weights[]
  /** A bought model instead. */
  readonly service: boolean
  /** When the work began by a server's clock, in ISO 8601: nothing could scan its weights, or measure it, before. */
  readonly began?: string
  /** When the training ended, as each of its files tells: its weights were not there before the last of them. */
  readonly ended?: readonly Ended[]
  /** What the floor lets pickles name. */
  readonly allowed: readonly string[]
}

/** What a manifest says of how its model was made, and what GitHub saw of it. */
export type Claims = {
  readonly datasets: readonly (Data & { readonly role: Role })[]
  /** Of the training: as the manifest names it, and of the run that was seen. */
  readonly commits: readonly string[]
  /** Repositories whose code the training is of, as `owner/name`. */
  readonly repositories: readonly string[]
  /** The run that was seen to be the training. */
  readonly run?: number
  /** Whose service is released instead. */
  readonly provider?: string
}

/** What a check may look at. The clock is a fact like any other. */
export type Context = {
  /** ISO 8601. */
  readonly now: string
  /** The manifest cannot be read: what it names was never looked at. */
  readonly unread?: true
  /** The evidence about the candidate, or about whatever the criterion asks. */
  readonly evidence: readonly Evidence[]
  /** What in the release's evidence names another model; such measurements are not among `evidence`. */
  readonly foreign?: Foreign
  /** Records beside the floor that are not about this release. */
  readonly aside?: readonly Aside[]
  /** Files beside the floor of which nobody can tell what record they are. */
  readonly unreadable?: readonly string[]
  /** The weakest trust that measurements may have. */
  readonly trust: Trust
  /** The exams that the criteria pin, and what the release says of its data. */
  readonly exams: Exams
  /** The released weights, and whose signatures the floor trusts. */
  readonly weights?: readonly Pick<Weights, 'name' | 'digest'>[]
  /** Components that are weights by their names: what is asked of every released weight is asked of them. */
  readonly loaded?: readonly Pick<Weights, 'name' | 'digest'>[]
  readonly signers?: readonly FloorSigner[]
  /** What is released; absent where nobody knows. */
  readonly release?: ReleasedFiles
  /** What the manifest says of the training. */
  readonly claims?: Claims
  /** What the commit of the training had at paths of the evidence; absent where nobody looked. */
  readonly atTraining?: AtTraining
  /** What lies in commits where a pipeline or the manifest says which bytes these are; absent where nobody looked. */
  readonly committed?: readonly CommittedBytes[]
  /** Digests by another algorithm of released weights that lie in the commit; `path` is the repository's. */
  readonly sums?: readonly WeightSum[]
  /** What was seen of the training run; awaited where only GitHub can show it, absent where none is named or seen. */
  readonly observed?: Observed | 'awaited'
  /** Files that blocking criteria rest on, where one asks for reports that cover them; absent where nobody knows. */
  readonly rests?: readonly string[]
  /** Evidence about the base model. */
  readonly base?: readonly Evidence[]
  /** Where the model comes from; absent where no manifest could be read. */
  readonly ancestry?: Ancestry
  /** The last release that was a go; absent where only the app's ledger knows it. */
  readonly released?: Baseline | 'none'
  /** Reviews of the release; `none` where it has no identity that could be approved, awaited where absent. */
  readonly approvals?: Approvals | 'none'
}
