import type { Source } from './measurement.ts'

/** A model, a dataset or a file of which a bill of materials says that it is in the release, or behind it. */
export type BomPart = {
  readonly kind: 'model' | 'data' | 'file'
  /** What it may be called, the fullest first: `group/name`, its bare name, the name in its package address. */
  readonly names: readonly string[]
  readonly versions: readonly string[]
  /** `sha256:…` and the like; never a placeholder. */
  readonly digests: readonly string[]
  /** Each as it is written; absent where the format has no place for one. */
  readonly licences?: readonly string[]
  /** What was declared, where the licences are what somebody concluded otherwise; absent where nobody did. */
  readonly declared?: readonly string[]
  /** A model of the same bill is said to be made from it. */
  readonly base: boolean
}

/** A bill of materials as facts: CycloneDX from 1.5 on, or SPDX 3. */
export type BomRecord = {
  readonly kind: 'bom'
  readonly standard: 'CycloneDX' | 'SPDX'
  /** Version of the standard. */
  readonly spec: string
  /** Its serial number, or of SPDX the id of the document. */
  readonly serial?: string
  readonly version?: number
  /** Day on which it was made, in UTC. */
  readonly date?: string
  readonly parts: readonly BomPart[]
  /** References to data, models, claims and evidence that nothing in the file is. */
  readonly unresolved: readonly string[]
  /** What stands where nobody wrote anything; `at` is a JSON pointer. */
  readonly placeholders: readonly { readonly at: string; readonly found: string }[]
  /** What the standard or this gate asks of it, and it does not say. */
  readonly lacking: readonly { readonly of: string; readonly field: string }[]
  /** Evidence behind its claims, with the instant at which it ends. */
  readonly evidence: readonly { readonly what: string; readonly expires: string }[]
  /** Claims against it to which nothing answers. */
  readonly counterClaims: readonly string[]
  readonly source: Source
}

export type BomFault =
  /** Data that a bill of materials gives as what a model was trained on, and as what it was tested on. */
  | { readonly code: 'trained_and_tested'; readonly data: string }
  /** Only CycloneDX as JSON is read. */
  | { readonly code: 'bom_as_xml' }

/** Why a bill of materials is not that of the release, or is none that could be believed. */
export type BomWrong =
  /** What it names by the name of a weight, or as the model, has other bytes. */
  | { readonly why: 'other_digest'; readonly weight: string; readonly found: string }
  | ({ readonly why: 'other_base' } & OtherBase)
  | { readonly why: 'unresolved'; readonly ref: string }
  | { readonly why: 'placeholder'; readonly at: string; readonly found: string }
  | { readonly why: 'lacks'; readonly of: string; readonly field: string }
  | { readonly why: 'licence'; readonly of: string; readonly licence: string }
  | {
      readonly why: 'conflict'
      readonly of: string
      readonly licence: string
      readonly model: string
      readonly restriction?: string
    }
  | { readonly why: 'expired'; readonly what: string; readonly at: string }
  | { readonly why: 'counter_claim'; readonly claim: string }

/** A base model of the manifest that a bill of materials has otherwise. */
export type OtherBase = {
  readonly base: string
  readonly of: 'digest' | 'version'
  readonly found: string
  readonly declared: string
}

/** What a bill of materials leaves open. */
export type BomOpen =
  /** Nothing is released that it could name. */
  | { readonly why: 'nothing_released' }
  /** The manifest does not hold these weights by a sha256. */
  | { readonly why: 'no_sha256'; readonly weight: string }
  | { readonly why: 'not_named'; readonly weight: string }
  | { readonly why: 'no_base'; readonly base: string }
  | { readonly why: 'no_licence'; readonly of: string }
