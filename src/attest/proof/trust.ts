import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' }
import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify'
import type { SignersTrusted } from '../../core/signers.ts'

/** An instance of Sigstore: its authorities, and who must have seen the signature made. */
export type Instance = {
  readonly name: string
  readonly material: TrustMaterial
  /** `log`: a transparency log, as the public instance has it; `timestamp`: a timestamp authority alone. */
  readonly seenBy: 'log' | 'timestamp'
}
export type TrustedKey = {
  readonly name: string
  readonly key: KeyObject
  /** The hints by which bundles and envelopes name it. */
  readonly hints: readonly string[]
}
export type Authority = { readonly name: string; readonly certificate: X509Certificate }

/** Everything that a signature may lead to. Whose signatures count is another question. */
export type Trust = {
  readonly instances: readonly Instance[]
  readonly keys: readonly TrustedKey[]
  readonly authorities: readonly Authority[]
}

/** The public-good instance (sigstore.dev), as the pinned package of its own TUF client has it; never fetched. */
const PUBLIC_GOOD: Instance = {
  name: 'sigstore.dev',
  material: toTrustMaterial(TrustedRoot.fromJSON(publicGoodRoot())),
  seenBy: 'log',
}

export const PUBLIC_TRUST: Trust = { instances: [PUBLIC_GOOD], keys: [], authorities: [] }

/** What the floor trusts beside the public instance. A key or a root that can't be read verifies nothing. */
export function trustOf({ signers = [], roots = [] }: SignersTrusted = {}): Trust {
  return {
    instances: [PUBLIC_GOOD, ...roots.flatMap((one) => instanceOf(one))],
    keys: signers.flatMap((one) => ('key' in one ? keyOf(one) : [])),
    authorities: signers.flatMap((one) => ('ca' in one ? authorityOf(one) : [])),
  }
}

/** An instance by its trusted root; none where the root can't be read, or has nothing that is not the public one's. */
function instanceOf({
  name,
  root,
  seen_by: seenBy = 'log',
}: NonNullable<SignersTrusted['roots']>[number]): readonly Instance[] {
  try {
    const material = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(root)))
    // Without a log, nobody could see what else such a certificate signed: the public ones always have one.
    const own =
      seenBy === 'log'
        ? material.certificateAuthorities
        : material.certificateAuthorities.filter((one) => !one.certChain.some(isPublic))
    return own.length === 0 ? [] : [{ name, seenBy, material: { ...material, certificateAuthorities: own } }]
  } catch {
    return []
  }
}

type Certificate = TrustMaterial['certificateAuthorities'][number]['certChain'][number]

function isPublic(certificate: Certificate): boolean {
  return PUBLIC_GOOD.material.certificateAuthorities.some(({ certChain }) =>
    certChain.some((one) => one.publicKey.equals(certificate.publicKey)),
  )
}

/** A public key in PEM, with its hints: OpenSSF's sha256 of the PEM, and the plain sha256 of the key. */
function keyOf({ name, key: pem }: { readonly name: string; readonly key: string }): readonly TrustedKey[] {
  try {
    const key = createPublicKey(pem)
    // A private key in PEM would give its public half: nobody means to publish one.
    if (!pem.includes('BEGIN PUBLIC KEY')) return []
    const own = key.export({ type: 'spki', format: 'pem' }).toString()
    const der = key.export({ type: 'spki', format: 'der' })
    return [{ name, key, hints: [sha256(own), sha256(der), name] }]
  } catch {
    return []
  }
}

function authorityOf({ name, ca }: { readonly name: string; readonly ca: string }): readonly Authority[] {
  try {
    const certificate = new X509Certificate(ca)
    return certificate.ca ? [{ name, certificate }] : []
  } catch {
    return []
  }
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function publicGoodRoot(): unknown {
  const { targets } = seeds['https://tuf-repo-cdn.sigstore.dev']
  return JSON.parse(Buffer.from(targets['trusted_root.json'], 'base64').toString('utf8'))
}
