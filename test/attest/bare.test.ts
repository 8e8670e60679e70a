import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { attestedBare, signedFileOf } from '../../src/attest/proof/bare.ts'
import { attested } from '../../src/attest/proof/read.ts'
import { trustOf } from '../../src/attest/proof/trust.ts'
import { anInstance, ISSUER, WORKFLOW } from '../support/sigstore.ts'

const FILE = Buffer.from('the weights')
const OTHER = Buffer.from('other weights')
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const [own, another] = await Promise.all([anInstance(), anInstance()])
const trust = trustOf({ roots: [{ name: 'own', root: own.root }] })
const whole = await own.bare(FILE)
const [lab, stranger] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
const pem = lab.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const keyed = trustOf({ signers: [{ name: 'lab', key: pem }] })
const byKey = (hint: string, by = lab, over = FILE) => ({
  mediaType: whole.mediaType,
  verificationMaterial: { publicKey: { hint }, tlogEntries: [] },
  messageSignature: {
    messageDigest: { algorithm: 'SHA2_256', digest: Buffer.from(sha256(FILE), 'hex').toString('base64') },
    signature: sign(null, over, by.privateKey).toString('base64'),
  },
})

describe('a signature of a file itself', () => {
  test('verifies over its bytes, with who signed', () => {
    expect(attestedBare(whole, FILE, trust)).toMatchObject({
      ...{ predicateType: 'messageSignature', says: { predicate: 'signature' } },
      subjects: [{ digests: [`sha256:${sha256(FILE)}`] }],
      shown: { state: 'verified', signer: { issuer: ISSUER, subject: WORKFLOW }, at: expect.anything() },
    })
    expect(signedFileOf(whole)).toBe(sha256(FILE))
  })

  test('by a key of the floor', () => {
    expect(attestedBare(byKey('lab'), FILE, keyed).shown).toEqual({
      ...{ state: 'verified', signer: { by: 'key', name: 'lab' } },
    })
    expect(attestedBare(byKey('x', stranger), FILE, keyed).shown).toEqual({
      ...{ state: 'claimed', why: 'unknown_key' },
    })
  })

  const invalid = (why: string) => ({ predicateType: '', shown: { state: 'invalid', why } })
  test('over other bytes is a forgery, whatever digest it bears', async () => {
    const claims = structuredClone(whole)
    claims.messageSignature.messageDigest.digest = Buffer.from(sha256(OTHER), 'hex').toString('base64')
    const elsewhere = structuredClone(await own.bare(OTHER))
    elsewhere.messageSignature.messageDigest.digest = whole.messageSignature.messageDigest.digest

    expect(attestedBare(whole, OTHER, trust)).toMatchObject(invalid('signature'))
    expect(attestedBare(claims, OTHER, trust)).toMatchObject({ shown: { state: 'invalid' } })
    expect(attestedBare(elsewhere, FILE, trust)).toMatchObject({ shown: { state: 'invalid' } })
    expect(attestedBare(byKey('lab', lab, OTHER), FILE, keyed)).toMatchObject(invalid('signature'))
    expect(attestedBare(byKey('lab', stranger), FILE, keyed)).toMatchObject(invalid('signature'))
  })

  test('that is late, that no log saw, or of a root that nobody has', async () => {
    const made = async (...minting: Parameters<typeof own.bare>) =>
      attestedBare(await own.bare(...minting), FILE, trust)

    expect(await made(FILE, { late: 20 })).toMatchObject(invalid('certificate'))
    expect(await made(FILE, { seenBy: 'nobody' })).toMatchObject({ shown: { state: 'invalid' } })
    expect(attestedBare(await another.bare(FILE), FILE, trust)).toMatchObject(invalid('root'))
  })

  test.each<readonly [string, object]>([
    ['of no material', { ...whole, verificationMaterial: 7 }],
    [
      'of an empty key',
      { ...byKey('lab'), messageSignature: { ...byKey('lab').messageSignature, signature: 7 } },
    ],
    [
      'that is no base64',
      { ...byKey('lab'), messageSignature: { ...byKey('lab').messageSignature, signature: '?' } },
    ],
  ])('%s is malformed', (_, bundle) => {
    expect(attestedBare(bundle, FILE, keyed).shown).toMatchObject({ state: 'invalid', why: 'malformed' })
  })

  test.each<readonly [string, unknown]>([
    ['no bundle', 7],
    ['a statement too', { ...whole, dsseEnvelope: {} }],
    ['another hash', digest('SHA2_512', whole.messageSignature.messageDigest.digest)],
    ['no digest', digest('SHA2_256', 'AAAA')],
    ['a text', digest('SHA2_256', 7)],
  ])('%s names no file', (_, bundle) => {
    expect(signedFileOf(bundle)).toBeUndefined()
  })

  test('by a key is of another file where the key is known, and else not verified', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const hint = createHash('sha256').update(pem).digest('hex')
    const bundle = { ...whole, verificationMaterial: { publicKey: { hint } } }

    expect(attested(bundle, trustOf({ signers: [{ name: 'lab', key: pem }] }))?.shown).toEqual({
      ...{ state: 'invalid', why: 'other_file' },
    })
    expect(attested(bundle, trustOf({}))).toEqual({
      ...{ predicateType: '', says: { predicate: 'other' }, subjects: [] },
      shown: { state: 'claimed', why: 'unsupported' },
    })
  })

  test('is of another file where nobody has that one', () => {
    expect(attested(whole, trust)?.shown).toEqual({ state: 'invalid', why: 'other_file' })
  })
})

function digest(algorithm: string, value: unknown): object {
  return { ...whole, messageSignature: { signature: '', messageDigest: { algorithm, digest: value } } }
}
