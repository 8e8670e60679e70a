import { X509Certificate } from 'node:crypto'
import type { AttestationSigner, InvalidWhy } from '../../core/attestation.ts'
import { fromBase64 } from './base64.ts'
import { type Opened, preAuthEncoding } from './envelope.ts'
import { isSigned } from './signature.ts'
import type { Authority } from './trust.ts'

/** `id-kp-codeSigning`, RFC 5280 4.2.1.12. */
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3'
/** No chain of a signer is longer. */
const LONGEST = 6

/**
 * Verifies an envelope by a chain of certificates, leaf first, up to an authority that the floor names: each issued by
 * the next, for signing code. No clock saw it signed, so it holds while every certificate is valid.
 */
export function verifyByAuthority(
  { payloadType, payload, signatures }: Opened,
  written: readonly string[],
  authorities: readonly Authority[],
): { readonly signer: AttestationSigner } | { readonly why: InvalidWhy } {
  const chain = certificates(written)
  const [leaf] = chain ?? []
  if (chain === undefined || leaf === undefined) return { why: 'malformed' }
  const found = authorities.flatMap((authority) => {
    const path = pathTo(leaf, chain, authority.certificate)
    return path === undefined ? [] : [{ authority, path }]
  })
  const [first] = found
  if (first === undefined) return { why: 'root' }
  if (leaf.ca || leaf.keyUsage?.includes(CODE_SIGNING) !== true) return { why: 'certificate' }
  const { authority, path } = first
  const from = Math.max(...path.map((one) => one.validFromDate.getTime()))
  const until = Math.min(...path.map((one) => one.validToDate.getTime()))
  if (!(from <= until)) return { why: 'certificate' }
  const data = preAuthEncoding({ payloadType, payload })
  if (!signatures.every(({ sig }) => isSigned(data, sig, leaf.publicKey))) return { why: 'signature' }
  return {
    signer: {
      by: 'authority',
      name: authority.name,
      subject: (leaf.subjectAltName ?? leaf.subject.replaceAll('\n', ', ')).slice(0, 500),
      from: new Date(from).toISOString(),
      until: new Date(until).toISOString(),
    },
  }
}

function certificates(written: readonly string[]): readonly X509Certificate[] | undefined {
  if (written.length > LONGEST) return undefined
  try {
    return written.map((one) => new X509Certificate(fromBase64(one) ?? new Uint8Array()))
  } catch {
    return undefined
  }
}

/** The certificates from the leaf up to the authority, which need not be among those that are given. */
function pathTo(
  leaf: X509Certificate,
  chain: readonly X509Certificate[],
  authority: X509Certificate,
): readonly X509Certificate[] | undefined {
  let last = leaf
  const path = [leaf]
  for (const next of [...chain.slice(1), authority]) {
    if (isIssuedBy(last, authority)) return [...path, authority]
    if (!isIssuedBy(last, next)) return undefined
    path.push(next)
    last = next
  }
  return undefined
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}
