import { createHash } from 'node:crypto'
import type { Shown } from '../../core/attestation.ts'
import { isFields } from '../../core/fields.ts'
import { fromBase64 } from './base64.ts'
import { verifyKeylessBare } from './keyless.ts'
import type { Attested } from './read.ts'
import { isSigned } from './signature.ts'
import type { Trust } from './trust.ts'

/**
 * The sha256 in hexadecimal by which a bundle says which file it signs (`cosign sign-blob`, a `messageSignature`);
 * undefined for any other bundle. It only tells where to look: nothing signs it.
 */
export function signedFileOf(value: unknown): string | undefined {
  const { messageSignature, dsseEnvelope } = isFields(value) ? value : {}
  if (!isFields(messageSignature) || dsseEnvelope !== undefined) return undefined
  const { messageDigest } = messageSignature
  if (!isFields(messageDigest) || messageDigest.algorithm !== 'SHA2_256') return undefined
  const digest = typeof messageDigest.digest === 'string' ? fromBase64(messageDigest.digest) : undefined
  return digest?.byteLength === 32 ? Buffer.from(digest).toString('hex') : undefined
}

/** Verifies the signature of a bare file over the file's very bytes, whose digest is computed here. */
export function attestedBare(value: unknown, file: Uint8Array, trust: Trust): Attested {
  const sha256 = createHash('sha256').update(file).digest('hex')
  const shown = sha256 === signedFileOf(value) ? shownBare(value, file, trust) : WRONG
  const found = shown.state === 'verified' || shown.state === 'claimed'
  return {
    // What is invalid may be whatever was asked for.
    predicateType: found ? 'messageSignature' : '',
    says: { predicate: found ? 'signature' : 'other' },
    subjects: [{ digests: [`sha256:${sha256}`] }],
    shown,
  }
}

const WRONG: Shown = { state: 'invalid', why: 'signature' }

function shownBare(value: unknown, file: Uint8Array, trust: Trust): Shown {
  const { verificationMaterial: material, messageSignature } = isFields(value) ? value : {}
  if (!isFields(material) || !isFields(messageSignature)) return { state: 'invalid', why: 'malformed' }
  const { publicKey } = material
  if (!isFields(publicKey)) {
    const found = verifyKeylessBare(value, trust, file)
    return 'why' in found ? { state: 'invalid', why: found.why } : { state: 'verified', ...found }
  }
  const { signature } = messageSignature
  const bytes = typeof signature === 'string' ? fromBase64(signature) : undefined
  if (bytes === undefined) return { state: 'invalid', why: 'malformed' }
  const by = trust.keys.find(({ key }) => isSigned(file, bytes, key))
  if (by !== undefined) return { state: 'verified', signer: { by: 'key', name: by.name } }
  // One that names a key that is trusted and is not its own is a forgery.
  const { hint } = publicKey
  return trust.keys.some(({ hints }) => typeof hint === 'string' && hints.includes(hint))
    ? WRONG
    : { state: 'claimed', why: 'unknown_key' }
}
