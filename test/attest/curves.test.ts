import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { preAuthEncoding } from '../../src/attest/proof/envelope.ts'
import { attested } from '../../src/attest/proof/read.ts'
import { trustOf } from '../../src/attest/proof/trust.ts'

const IN_TOTO = 'application/vnd.in-toto+json'
const FILE = 'a1b2'.repeat(16)
const KEYS = Object.fromEntries(
  ['P-256', 'P-384', 'P-521'].map((curve) => [curve, generateKeyPairSync('ec', { namedCurve: curve })]),
)

/** A model signed as `model_signing` does, by a key of a curve with whatever hash. */
function shown(curve: string, hash: string, dsaEncoding: 'der' | 'ieee-p1363') {
  const pair = KEYS[curve] ?? generateKeyPairSync('ec', { namedCurve: curve })
  const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'm', digest: { sha256: createHash('sha256').update(FILE, 'hex').digest('hex') } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      resources: [{ name: 'model.safetensors', digest: FILE, algorithm: 'sha256' }],
      serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false },
    },
  }
  const payload = Buffer.from(JSON.stringify(statement))
  const data = preAuthEncoding({ payloadType: IN_TOTO, payload })
  const sig = sign(hash, data, { key: pair.privateKey, dsaEncoding }).toString('base64')
  const bundle = {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      publicKey: { hint: createHash('sha256').update(pem).digest('hex') },
      tlogEntries: [],
    },
    dsseEnvelope: {
      payload: payload.toString('base64'),
      payloadType: IN_TOTO,
      signatures: [{ sig, keyid: '' }],
    },
  }
  return attested(bundle, trustOf({ signers: [{ name: 'lab', key: pem }] }))?.shown
}

const OWN: Readonly<Record<string, string>> = { 'P-256': 'sha256', 'P-384': 'sha384', 'P-521': 'sha512' }
const HASHES = ['sha1', 'sha256', 'sha384', 'sha512', 'sha3-256']

test.each(
  Object.entries(OWN).flatMap(([curve, own]) =>
    HASHES.flatMap((hash) =>
      (['der', 'ieee-p1363'] as const).map((encoding) => [curve, hash, encoding, hash === own] as const),
    ),
  ),
)('%s with %s in %s verifies: %s', (curve, hash, encoding, verifies) => {
  expect(shown(curve, hash, encoding)).toEqual(
    verifies
      ? { state: 'verified', signer: { by: 'key', name: 'lab' } }
      : { state: 'invalid', why: 'signature' },
  )
})
