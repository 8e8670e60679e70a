import type { Role } from './exam.ts'

/** Parts of a manifest that are written from what lies somewhere. */
export type ManifestPart = 'weights' | 'training' | 'dataset' | 'evidence'

/** Why a file is not named in a manifest. */
export type Left =
  /** It is not in the repository. */
  | 'outside'
  /** No manifest can write its name. */
  | 'name'
  /** A checkpoint of a training whose final weights lie beside it. */
  | 'checkpoint'
  /** It has numbers in no tool's format, and a name that says nothing of results. */
  | 'numbers'
  /** A document that no criterion asks for. */
  | 'document'
  | 'too_large'
  | 'unreadable'

type Difference = {
  readonly what: ManifestPart
  readonly name: string
  readonly written: string
  readonly found: string
}

/** What came of writing a manifest from what lies in a folder. */
export type ManifestNote =
  /** `detail`: a digest, a commit, a role. */
  | {
      readonly code: 'added'
      readonly what: ManifestPart
      readonly name: string
      readonly detail?: string
    }
  /** The manifest has another value, and keeps it, or is asked to take the new one. */
  | ({ readonly code: 'differs' } & Difference)
  | ({ readonly code: 'replaced' } & Difference)
  /** What stands there has another form, and is left as it is. */
  | { readonly code: 'kept'; readonly key: string }
  | { readonly code: 'missing_version' }
  | { readonly code: 'missing_weights' }
  | { readonly code: 'missing_training' }
  | { readonly code: 'missing_evidence' }
  | { readonly code: 'missing_document'; readonly document: string }
  | { readonly code: 'missing_digest'; readonly dataset: string }
  /** What the data were to the model is told by a name alone. */
  | { readonly code: 'guessed_role'; readonly dataset: string; readonly role: Role }
  /** Weights that only an md5 is known of. */
  | { readonly code: 'weights_by_md5'; readonly path: string }
  | { readonly code: 'sums_differ'; readonly path: string; readonly listed: string; readonly found: string }
  | {
      readonly code: 'commits_differ'
      readonly commits: readonly { readonly commit: string; readonly from: string }[]
    }
  /** Evidence that names another model than the manifest. */
  | { readonly code: 'names_another'; readonly path: string; readonly found: string }
  | { readonly code: 'with_problems'; readonly path: string; readonly problems: number }
  | { readonly code: 'left'; readonly path: string; readonly why: Left }
  | { readonly code: 'not_followed'; readonly path: string }
  | { readonly code: 'cut'; readonly what: 'files' | 'folders' | 'depth'; readonly limit: number }
