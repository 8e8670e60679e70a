import { type Bundle, bundleFromJSON } from '@sigstore/bundle'
import { X509Certificate } from '@sigstore/core'
import { toSignedEntity, VerificationError, Verifier } from '@sigstore/verify'
import type { AttestationSigner, InvalidWhy } from '../../core/attestation.ts'
import { isFields } from '../../core/fields.ts'
import { identityOf } from './identity.ts'
import type { Instance, Trust } from './trust.ts'

/** What a certificate's signature came to: the bytes that it is over, and whose it is. */
export type Keyless =
  | {
      readonly payloadType: string
      readonly payload: Uint8Array
      readonly signer: AttestationSigner
      /** The earliest moment that a trusted clock saw it. */
      readonly at: string
    }
  | { readonly why: InvalidWhy }

/** More entries than these are no bundle of ours to work through. */
const MAX_ENTRIES = 16

/** Whose signature of a bare file a certificate shows. */
export type KeylessBare =
  | Pick<Extract<Keyless, { at: string }>, 'signer' | 'at'>
  | { readonly why: InvalidWhy }

/**
 * Verifies a Sigstore bundle with a short-lived certificate, offline. The identity is returned, never compared here:
 * the library's own comparison takes it for a pattern. Whatever the library throws is invalid.
 */
export function verifyKeyless(bundle: unknown, trust: Trust): Keyless {
  const read = readBundle(bundle)
  if (read === undefined) return { why: 'malformed' }
  const { content } = read
  if (content.$case !== 'dsseEnvelope') return { why: 'other_file' }
  const found = verifiedBy(read, trust)
  if ('why' in found) return found
  const { payloadType, payload } = content.dsseEnvelope
  return { payloadType, payload: new Uint8Array(payload), ...found }
}

/** The same of a bundle whose signature is over these bytes, and over no statement. */
export function verifyKeylessBare(bundle: unknown, trust: Trust, file: Uint8Array): KeylessBare {
  const read = readBundle(bundle)
  if (read?.content.$case !== 'messageSignature') return { why: 'malformed' }
  return verifiedBy(read, trust, Buffer.from(file))
}

function readBundle(bundle: unknown): Bundle | undefined {
  if (hasTooMuch(bundle)) return undefined
  try {
    return bundleFromJSON(bundle)
  } catch {
    return undefined
  }
}

function verifiedBy(read: Bundle, { instances }: Trust, file?: Buffer): KeylessBare {
  try {
    const leaf = leafOf(read)
    if (leaf === undefined) return { why: 'malformed' }
    const known = instances.filter((one) => issued(one, leaf))
    if (known.length === 0) return { why: 'root' }
    const results = known.map((one) => verifyAt(read, one, file))
    return results.find((one) => !('why' in one)) ?? results[0] ?? { why: 'root' }
  } catch {
    return { why: 'malformed' }
  }
}

function verifyAt(bundle: Bundle, { material, seenBy }: Instance, file?: Buffer): KeylessBare {
  const log = seenBy === 'log' ? 1 : 0
  try {
    const entity = toSignedEntity(bundle, file)
    const signer = new Verifier(material, {
      tlogThreshold: log,
      ctlogThreshold: log,
      timestampThreshold: 1,
    }).verify(entity)
    const { subjectAlternativeName, extensions, oids = [] } = signer.identity ?? {}
    const identity = identityOf(subjectAlternativeName, extensions?.issuer, oids)
    const at = earliest(entity)
    if (identity === undefined) return { why: 'certificate' }
    if (at === undefined) return { why: 'time' }
    return { signer: identity, at }
  } catch (error) {
    return { why: whyOf(error) }
  }
}

/** What the library's own codes come to. */
function whyOf(error: unknown): InvalidWhy {
  if (!(error instanceof VerificationError)) return 'malformed'
  if (error.code.startsWith('TLOG_')) return 'log'
  switch (error.code) {
    case 'TIMESTAMP_ERROR':
      return 'time'
    case 'CERTIFICATE_ERROR':
      return 'certificate'
    case 'SIGNATURE_ERROR':
      return 'signature'
    default:
      return 'malformed'
  }
}

type Entity = ReturnType<typeof toSignedEntity>

/** Of a log's entry only what it promised in time counts: an inclusion proof has no clock. */
function earliest({ timestamps }: Entity): string | undefined {
  const moments = timestamps.flatMap((one) => {
    if (one.$case === 'timestamp-authority') return [one.timestamp.signingTime.getTime()]
    return one.tlogEntry.inclusionPromise === undefined ? [] : [Number(one.tlogEntry.integratedTime) * 1000]
  })
  return moments.length === 0 ? undefined : new Date(Math.min(...moments)).toISOString()
}

function leafOf({ verificationMaterial: { content } }: Bundle): X509Certificate | undefined {
  const raw =
    content.$case === 'certificate'
      ? content.certificate.rawBytes
      : content.$case === 'x509CertificateChain'
        ? content.x509CertificateChain.certificates[0]?.rawBytes
        : undefined
  return raw === undefined ? undefined : X509Certificate.parse(Buffer.from(raw))
}

/** Whether an authority of the instance has the name and the key that the certificate is signed with. */
function issued({ material }: Instance, leaf: X509Certificate): boolean {
  return material.certificateAuthorities.some(({ certChain }) =>
    certChain.some((one) => one.subject.equals(leaf.issuer) && isBy(leaf, one)),
  )
}

function isBy(leaf: X509Certificate, authority: X509Certificate): boolean {
  try {
    return leaf.verify(authority)
  } catch {
    return false
  }
}

function hasTooMuch(bundle: unknown): boolean {
  const material =
    isFields(bundle) && isFields(bundle.verificationMaterial) ? bundle.verificationMaterial : {}
  const stamps = isFields(material.timestampVerificationData)
    ? material.timestampVerificationData.rfc3161Timestamps
    : undefined
  return [material.tlogEntries, stamps].some((list) => Array.isArray(list) && list.length > MAX_ENTRIES)
}
