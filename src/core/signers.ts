import type { TrustedSigner } from './attestation.ts'

/** A signer as the floor names it; keys and certificates of authorities are in PEM. */
export type FloorSigner =
  | {
      readonly name?: string | undefined
      readonly issuer: string
      readonly subject: string
      readonly repository_id?: number | undefined
      readonly owner_id?: number | undefined
    }
  | { readonly name: string; readonly key: string }
  | { readonly name: string; readonly ca: string }

/** Whose signatures the floor trusts, and roots of other instances of Sigstore as their `trusted_root.json`. */
export type SignersTrusted = {
  readonly signers?: readonly FloorSigner[] | undefined
  readonly roots?:
    | readonly {
        readonly name: string
        readonly root: string
        readonly seen_by?: 'log' | 'timestamp' | undefined
      }[]
    | undefined
}

/** Signers as a signature is held to them: an identity by itself, a key or an authority by its name. */
export function trustedSigners(signers: readonly FloorSigner[]): readonly TrustedSigner[] {
  return signers.map((one) =>
    'issuer' in one
      ? {
          ...{ issuer: one.issuer, subject: one.subject },
          ...(one.repository_id !== undefined && { repositoryId: String(one.repository_id) }),
          ...(one.owner_id !== undefined && { ownerId: String(one.owner_id) }),
        }
      : { name: one.name },
  )
}
