import type { Source } from './measurement.ts'
import type { Scalar } from './training-evidence.ts'

/** Predicates that are understood; any other one answers nothing. */
export const PREDICATES = [
  'provenance',
  'vsa',
  'test-result',
  'model-signing',
  'svr',
  'reference',
  /** Of a file itself, without a statement. */
  'signature',
] as const
export type PredicateKind = (typeof PREDICATES)[number]

/** Why what is signed, or says that it is, counts for less than nothing: it blocks, whatever else verifies. */
const INVALID = [
  /** No bundle, envelope or statement as its format has it. */
  'malformed',
  /** Somebody who is known signed a file itself, and it is none of those that are released. */
  'other_file',
  /** The signature is not over these bytes by this key. */
  'signature',
  /** The certificate was not valid when the signature was made, or its chain is broken. */
  'certificate',
  /** The certificate leads to no root that is trusted. */
  'root',
  /** The transparency log does not show this very signature, or shows it twice. */
  'log',
  /** No clock that is trusted says when it was signed. */
  'time',
  /** What is signed is no statement, or none of in-toto. */
  'statement',
  /** One name stands for two contents. */
  'subjects',
  /** The predicate says another repository, commit, workflow or run than the certificate. */
  'contradicts_certificate',
  /** The list of a model's files is not what its digest says, hides files, or names what no file is named. */
  'file_list',
  /** A file of the model is not the one that was signed. */
  'files_differ',
] as const
export type InvalidWhy = (typeof INVALID)[number]

/** The only issuer whose certificates tell of GitHub's runs; an enterprise's own has a path behind it. */
export const ACTIONS = 'https://token.actions.githubusercontent.com'

/** Whose signature it is. */
export type AttestationSigner =
  /** An account, or a workflow, that a certificate authority saw; what stands beside is from the certificate. */
  | {
      readonly by: 'identity'
      readonly issuer: string
      readonly subject: string
      /** `owner/name`, GitHub's ids, the commit and the ref that were built, and what began the run. */
      readonly repository?: string
      readonly repositoryId?: string
      readonly ownerId?: string
      readonly commit?: string
      readonly ref?: string
      readonly trigger?: string
      readonly runner?: string
      /** The workflow that was started, which may have called the one that signed. */
      readonly workflow?: string
      readonly run?: number
    }
  /** A key or a certificate authority that the floor names. */
  | { readonly by: 'key'; readonly name: string }
  | {
      readonly by: 'authority'
      readonly name: string
      readonly subject: string
      /** When all certificates of the chain are valid, ISO 8601: no clock says when it was signed. */
      readonly from: string
      readonly until: string
    }

/** A content by the digests that count: `sha256:…`, `sha384:…`, `sha512:…`. */
export type Subject = { readonly name?: string; readonly digests: readonly string[] }

/** What of a predicate a check may ask. */
export type Says =
  | {
      readonly predicate: 'provenance'
      readonly builder: string
      readonly buildType: string
      /** Digests of what went into it, data and base models among them. */
      readonly materials: readonly string[]
      /** The same as far as they have names: by name and address. */
      readonly inputs?: readonly { readonly names: readonly string[]; readonly digests: readonly string[] }[]
      /** The commits of the source that it was built from. */
      readonly commits?: readonly string[]
      /** What the build was told from outside, by keys that are joined with dots. */
      readonly parameters?: Readonly<Record<string, Scalar>>
      /** When the build ran, ISO 8601. */
      readonly started?: string
      readonly finished?: string
    }
  | {
      readonly predicate: 'vsa'
      readonly verifier: string
      readonly resource: string
      readonly result: 'passed' | 'failed'
      readonly levels: readonly string[]
      readonly policy: { readonly uri: string; readonly digests: readonly string[] }
      /** `timeVerified`, ISO 8601. */
      readonly at?: string
    }
  | {
      readonly predicate: 'test-result'
      readonly result: 'passed' | 'warned' | 'failed'
      readonly passed: readonly string[]
      readonly warned: readonly string[]
      readonly failed: readonly string[]
      readonly configuration: readonly string[]
    }
  /** The files of a model: each name and its digest. */
  | {
      readonly predicate: 'model-signing'
      readonly files: readonly { readonly name: string; readonly digest: string }[]
    }
  | {
      readonly predicate: 'svr'
      readonly verifier: string
      readonly properties: readonly string[]
      readonly at?: string
    }
  | { readonly predicate: 'reference'; readonly attester: string; readonly references: readonly string[] }
  /** Nothing but that somebody signed the very file. */
  | { readonly predicate: 'signature' }
  | { readonly predicate: 'other' }

export type ClaimedWhy = 'unsigned' | 'unknown_key' | 'unsupported'

/** How far a statement is shown to be somebody's. */
export type Shown =
  /** `at`: when it was signed, by a log or a timestamp authority, ISO 8601. */
  | { readonly state: 'verified'; readonly signer: AttestationSigner; readonly at?: string }
  /** Well-formed, and nobody's: not signed, by a key that nothing here trusts, or in a way that is not verified here. */
  | { readonly state: 'claimed'; readonly why: ClaimedWhy }
  /** Filled in with what stands for nothing, such as the digest of an empty file. */
  | { readonly state: 'placeholder'; readonly found: string }
  | { readonly state: 'invalid'; readonly why: InvalidWhy }

/** One attestation as it was read and verified. */
export type AttestationRecord = {
  readonly kind: 'attestation'
  readonly predicateType: string
  readonly says: Says
  readonly subjects: readonly Subject[]
  readonly shown: Shown
  /** Of a signed model, as its files were looked at: what nobody has, and what was released and not signed. */
  readonly files?: { readonly absent: readonly string[]; readonly unsigned: readonly string[] }
  readonly source: Source
}

/**
 * Whether a signed list is of a model that is one file: `model_signing` names it by its path from itself, `.`, so that
 * its digest alone tells which it is; sigstore/model-transparency, `_serialization/file.py`.
 */
export function isOfOneFile(files: readonly { readonly name: string }[]): boolean {
  return files.length === 1 && files[0]?.name === '.'
}

/** The contents that an attestation is about: its subjects, or every file of a signed model. */
export function coveredBy({ says, subjects }: AttestationRecord): readonly string[] {
  return says.predicate === 'model-signing'
    ? says.files.map(({ digest }) => digest)
    : subjects.flatMap(({ digests }) => digests)
}

/** The signers whose attestations count, each as the floor or a criterion names it. */
export type TrustedSigner =
  /** GitHub's ids, where they are given, hold against who takes a name that was given up. */
  | {
      readonly issuer: string
      readonly subject: string
      readonly repositoryId?: string
      readonly ownerId?: string
    }
  /** A key or a certificate authority by its name in the floor. */
  | { readonly name: string }

/** Whether one of them signed: an identity is the very same text, never a pattern. */
export function isSignedBy(signer: AttestationSigner, trusted: readonly TrustedSigner[]): boolean {
  return trusted.some((one) =>
    signer.by === 'identity'
      ? 'issuer' in one &&
        one.issuer === signer.issuer &&
        one.subject === signer.subject &&
        (one.repositoryId ?? signer.repositoryId) === signer.repositoryId &&
        (one.ownerId ?? signer.ownerId) === signer.ownerId
      : 'name' in one && one.name === signer.name,
  )
}

/** Events at which the code of others runs under a repository's own identity. */
const FOREIGN_TRIGGERS: readonly string[] = ['pull_request', 'pull_request_target']

/** Whether the signer's run may have been anybody's work. */
export function isForeignRun(signer: AttestationSigner): boolean {
  return signer.by === 'identity' && signer.trigger !== undefined && FOREIGN_TRIGGERS.includes(signer.trigger)
}

/** Whether a signature counts for one of those: theirs, of no run that may have been anybody's, and one that holds now. */
export function isTrusted(
  signer: AttestationSigner,
  trusted: readonly TrustedSigner[],
  now: string,
): boolean {
  return isSignedBy(signer, trusted) && !isForeignRun(signer) && holdsAt(signer, now)
}

/** Whether a signature holds at a moment: where no clock saw it made, the certificates must be valid then. */
function holdsAt(signer: AttestationSigner, now: string): boolean {
  if (signer.by !== 'authority') return true
  const at = Date.parse(now)
  return Date.parse(signer.from) <= at && at <= Date.parse(signer.until)
}
