import { constants, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto'

/** The hash of each curve, as OpenSSF Model Signing has it, and no other; `@sigstore/verify` takes sha256 for all of them. */
const BY_CURVE: Readonly<Record<string, string>> = {
  prime256v1: 'sha256',
  secp384r1: 'sha384',
  secp521r1: 'sha512',
}

/** Shorter RSA keys can be broken. */
const SHORTEST_RSA = 2048

/**
 * Whether a key signed these bytes. ECDSA with the hash of its curve and no weaker one, in DER or as two numbers (IEEE P1363); Ed25519; RSA with sha256, PSS or PKCS#1. Never throws.
 */
export function isSigned(data: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  const { namedCurve = '', modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  const tries = (hash: string, ...ways: readonly VerifyKeyObjectInput[]): boolean =>
    ways.some((way) => verified(hash, data, way, signature))
  switch (key.asymmetricKeyType) {
    case 'ec': {
      const hash = Object.hasOwn(BY_CURVE, namedCurve) ? BY_CURVE[namedCurve] : undefined
      if (hash === undefined) return false
      return tries(hash, { key, dsaEncoding: 'der' }, { key, dsaEncoding: 'ieee-p1363' })
    }
    case 'ed25519':
      return verified(undefined, data, { key }, signature)
    case 'rsa':
      return (
        modulusLength >= SHORTEST_RSA &&
        tries(
          'sha256',
          { key, padding: constants.RSA_PKCS1_PADDING },
          { key, padding: constants.RSA_PKCS1_PSS_PADDING },
        )
      )
    default:
      return false
  }
}

function verified(
  hash: string | undefined,
  data: Uint8Array,
  way: VerifyKeyObjectInput,
  signature: Uint8Array,
): boolean {
  try {
    return verify(hash, data, way, signature)
  } catch {
    return false
  }
}
