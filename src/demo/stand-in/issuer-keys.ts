import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose'

/** The keys of an issuer, and one of somebody else who gives his key the same id. */
export type IssuerKeys = () => Promise<{ readonly published: Key; readonly unpublished: Key }>
type Key = { readonly id: string; readonly sign: CryptoKey; readonly verify: JWK }

const ID = 'key-of-the-stand-in'

/** Keys take a moment to make, so they are made when they are first needed. */
export function issuerKeys(): IssuerKeys {
  let made: ReturnType<IssuerKeys> | undefined
  return () => {
    made ??= both()
    return made
  }
}

async function both() {
  const [published, unpublished] = await Promise.all([makeKey(), makeKey()])
  return { published, unpublished }
}

async function makeKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const verify = { ...(await exportJWK(publicKey)), kid: ID, alg: 'RS256', use: 'sig' }
  return { id: ID, sign: privateKey, verify }
}
