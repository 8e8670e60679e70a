import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose'

/** A public key as others may fetch it, named by its thumbprint (RFC 7638). */
export type PublicKey = { readonly kid: string; readonly key: KeyObject; readonly jwk: JWK }

/** What the app signs with, and every key that it ever signed with: what was signed stays valid. */
export type Keys = {
  readonly sign: PublicKey & { readonly secret: KeyObject }
  readonly all: readonly PublicKey[]
}

/** A key that can't be used; the sentence says why and never holds the key. */
export class KeyError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'KeyError'
  }
}

/**
 * Reads an ECDSA P-256 private key in PEM (PKCS#8 or SEC 1), and the public keys in PEM of those before it.
 * Throws KeyError.
 */
export async function readKeys(secret: string, retired: readonly string[]): Promise<Keys> {
  const key = parsed(() => createPrivateKey(secret), 'the signing key is no private key in PEM')
  const own = await published(createPublicKey(key))
  const old = await Promise.all(
    retired.map((pem) =>
      published(parsed(() => createPublicKey(pem), 'a retired key is no public key in PEM')),
    ),
  )
  const all = [own, ...old.filter(({ kid }) => kid !== own.kid)]
  return { sign: { ...own, secret: key }, all }
}

function parsed(read: () => KeyObject, fault: string): KeyObject {
  try {
    return read()
  } catch {
    throw new KeyError(fault)
  }
}

async function published(key: KeyObject): Promise<PublicKey> {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new KeyError(
      'a signing key must be ECDSA P-256, as `openssl ecparam -name prime256v1 -genkey` makes it',
    )
  const jwk = await exportJWK(key)
  const kid = await calculateJwkThumbprint(jwk)
  return { kid, key, jwk: { ...jwk, kid, alg: 'ES256', use: 'sig' } }
}

/** The JSON Web Key Set (RFC 7517) that the app publishes. */
export function keySet({ all }: Keys): { readonly keys: readonly JWK[] } {
  return { keys: all.map(({ jwk }) => jwk) }
}
