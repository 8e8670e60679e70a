import type {
  AttestationSigner,
  ClaimedWhy,
  InvalidWhy,
  PredicateKind,
  TrustedSigner,
} from './attestation.ts'

/** What an attestation by the right signer lacks. */
export type AttestationLack =
  /** Files that were released and are no subject of it. */
  | { readonly lack: 'weights'; readonly files: readonly string[] }
  /** Files beside the weights that a signed list of a model's files leaves out, or names and nobody has. */
  | { readonly lack: 'unsigned' | 'absent'; readonly files: readonly string[] }
  /** The verifier, or the run of tests, came to another result than that it passed. */
  | { readonly lack: 'result'; readonly found: string }
  | { readonly lack: 'level' | 'policy'; readonly found: readonly string[]; readonly wanted: string }
  | { readonly lack: 'tests' | 'configuration'; readonly missing: readonly string[] }
  /** Where the certificate says that it ran; `found` is absent where it says nothing, as of a key. */
  | { readonly lack: 'runner'; readonly found?: string; readonly wanted: string }
  | {
      readonly lack: 'builder' | 'verifier' | 'resource'
      readonly found: string
      readonly wanted: string
    }
  | { readonly lack: 'age'; readonly days: number; readonly limit: number }
  | { readonly lack: 'time' }
  | { readonly lack: 'future'; readonly at: string }

/** Why a signature that is right counts for nothing. */
export type UntrustedWhy = 'signer' | 'trigger' | 'expired'

/** What the attestations of a release came to. */
export type AttestationAnswer =
  | {
      readonly code: 'attestation_verified'
      readonly outcome: 'met'
      readonly predicate: PredicateKind
      readonly paths: readonly string[]
      readonly signers: readonly AttestationSigner[]
      /** How many files of the release it covers. */
      readonly weights: number
    }
  | {
      readonly code: 'attestation_lacking'
      readonly outcome: 'unmet'
      readonly predicate: PredicateKind
      readonly path: string
      readonly lacks: readonly AttestationLack[]
    }
  | {
      readonly code: 'attestation_untrusted'
      readonly outcome: 'unmet'
      readonly predicate: PredicateKind
      readonly path: string
      readonly why: UntrustedWhy
      readonly signer: AttestationSigner
      readonly wanted: readonly TrustedSigner[]
    }
  /** Never outweighed by another one that verifies, and never accepted. */
  | {
      readonly code: 'attestation_wrong'
      readonly outcome: 'unmet'
      readonly predicate: PredicateKind
      readonly path: string
      readonly why: InvalidWhy
    }
  | {
      readonly code: 'attestation_placeholder'
      readonly outcome: 'unmet'
      readonly predicate: PredicateKind
      readonly path: string
      readonly found: string
    }
  | {
      readonly code: 'attestation_claimed'
      readonly outcome: 'undecided'
      readonly predicate: PredicateKind
      readonly path: string
      readonly why: ClaimedWhy
    }
  | {
      readonly code: 'attestation_missing'
      readonly outcome: 'undecided'
      readonly predicate: PredicateKind
      /** Types of predicates that there are instead. */
      readonly others: readonly string[]
      /** The app may not look at what GitHub keeps. */
      readonly unseen?: true
    }
  /** Nobody says whose signature counts; `named` is a signer that no floor has. */
  | {
      readonly code: 'no_signer'
      readonly outcome: 'undecided'
      readonly predicate: PredicateKind
      readonly named?: string
    }
  /** The release has no weights with a digest, as a bought model has not. */
  | {
      readonly code: 'nothing_to_cover'
      readonly outcome: 'undecided'
      readonly predicate: PredicateKind
      readonly names: readonly string[]
    }
