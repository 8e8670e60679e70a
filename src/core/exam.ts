/** Roles of data that shaped the model: fitted on, chosen by, or calibrated with. */
export const TRAINING_ROLES = ['train', 'fine-tune', 'tune', 'calibration'] as const
/** Whether data of a role shaped the model. */
export function isTrainingRole(role: string): boolean {
  return TRAINING_ROLES.some((one) => one === role)
}

/** Roles of data that the finished model was only measured on. */
export const EXAM_ROLES = ['validation', 'test', 'red-team'] as const
/** What a dataset is to a model, as a manifest says it. */
export const ROLES = [...TRAINING_ROLES, ...EXAM_ROLES, 'other'] as const
export type Role = (typeof ROLES)[number]

/** A dataset and what identifies its bytes: `sha256:…`, `md5:…`, `snapshot:…`, or nothing. */
export type Data = { readonly name: string; readonly digest?: string }

type Written = {
  readonly digest?: { readonly sha256: string } | { readonly md5: string } | undefined
  readonly snapshot?: string | undefined
}

/** What a file gives to identify data, as one text. */
export function digestOf({ digest, snapshot }: Written): string | undefined {
  if (digest !== undefined) return 'sha256' in digest ? `sha256:${digest.sha256}` : `md5:${digest.md5}`
  return snapshot === undefined ? undefined : `snapshot:${snapshot}`
}

/** An md5 can be forged, and a snapshot is a name: only a sha256 shows that the bytes are these. */
export function isWeak(digest: string): boolean {
  return !digest.startsWith('sha256:')
}

/** Only what was made in one way can be compared. */
export function compare(one: string, other: string): 'same' | 'differs' | 'not_comparable' {
  if (one === other) return 'same'
  return kindOf(one) === kindOf(other) ? 'differs' : 'not_comparable'
}

/** How a digest was made: what stands before its first colon. */
export function kindOf(digest: string): string {
  return digest.slice(0, digest.indexOf(':'))
}

/** What an exam is known by wherever attempts at it are counted. A snapshot says something only under its own name. */
export function examKey(name: string, digest: string): string {
  return digest.startsWith('snapshot:') ? `${name} ${digest}` : digest
}

/** One exam that the criteria pin, and how far the release is shown to have taken that very exam. */
export type Exam = {
  readonly name: string
  /** As the criteria pin it. */
  readonly digest: string
  readonly weak: boolean
  readonly rows?: number
  /** As the manifest gives it under the same name. */
  readonly given?: string
  readonly state: 'same' | 'differs' | 'not_comparable' | 'not_given'
  /** Whether it is among the data that the model was made with, as far as that is known. */
  readonly training: 'apart' | 'among' | 'unknown'
  /** Of unknown training data: those without a digest that can be compared. Empty if none is named at all. */
  readonly unknown: readonly string[]
  /** How many other weights were measured on it before these; absent where only the app's ledger knows. */
  readonly seen?: number
  /** How many different weights may be; absent where that is not limited. */
  readonly attempts?: number
}

/** What manifest and evidence alone decided about the exam, when the results were known. */
export type Chosen =
  | { readonly what: 'dataset'; readonly dataset: string; readonly digest?: string; readonly path?: string }
  | {
      readonly what: 'label' | 'groups' | 'threshold'
      readonly dataset: string
      readonly value: string
      readonly path: string
    }
