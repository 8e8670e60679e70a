import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fromBase64 } from '../../src/attest/proof/base64.ts'
import { preAuthEncoding } from '../../src/attest/proof/envelope.ts'
import { attested } from '../../src/attest/proof/read.ts'
import { trustOf } from '../../src/attest/proof/trust.ts'
import { DIGEST, IN_TOTO, provenance, weights } from '../support/sigstore.ts'

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
const ec = (namedCurve: string): Pair => generateKeyPairSync('ec', { namedCurve })
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

const own = ec('P-256')
const other = ec('P-256')
const trust = trustOf({ signers: [{ name: 'release', key: pem(own.publicKey) }] })

type Signing = {
  readonly pair?: Pair
  readonly hash?: string
  readonly payloadType?: string
  readonly keyid?: string
  readonly how?: 'der' | 'ieee-p1363'
}

function envelope(statement: object | string, signing: Signing = {}) {
  const { pair = own, hash = 'sha256', payloadType = IN_TOTO, keyid = '', how = 'der' } = signing
  const payload = Buffer.from(typeof statement === 'string' ? statement : JSON.stringify(statement))
  const data = preAuthEncoding({ payloadType, payload })
  const isEd = pair.privateKey.asymmetricKeyType === 'ed25519'
  const sig = sign(isEd ? null : hash, data, { key: pair.privateKey, dsaEncoding: how })
  return {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid, sig: sig.toString('base64') }],
  }
}

const shown = (value: unknown, trusted = trust) => attested(value, trusted)?.shown
const BY_RELEASE = { state: 'verified', signer: { by: 'key', name: 'release' } }

test('what is signed is the type and the body, each by its length in bytes', () => {
  const payload = Buffer.from('{"é":1}')

  expect(preAuthEncoding({ payloadType: 'täg', payload }).toString()).toBe('DSSEv1 4 täg 8 {"é":1}')
})

describe('base64', () => {
  test.each([
    ['standard', '++//', 'fbefff'],
    ['URL-safe', '--__', 'fbefff'],
    ['padded', 'AA==', '00'],
    ['not padded', 'AA', '00'],
    ['nothing', '', ''],
  ])('%s is read', (_, text, hex) => {
    expect(Buffer.from(fromBase64(text) ?? 'none').toString('hex')).toBe(hex)
  })

  test.each(['+-//', 'A', 'AA=', 'A===', 'AAA A', 'AA==AA==', 'AAA\n', 'é'])('%j is none', (text) => {
    expect(fromBase64(text)).toBeUndefined()
  })
})

describe('an envelope', () => {
  test('by a key of the floor verifies', () => {
    expect(attested(envelope(provenance()), trust)).toMatchObject({
      subjects: [{ digests: [`sha256:${DIGEST}`] }],
      shown: BY_RELEASE,
    })
  })

  test.each<readonly [string, Pair, string, Signing['how']]>([
    ['P-256', own, 'sha256', 'der'],
    ['P-256 as two numbers', own, 'sha256', 'ieee-p1363'],
    ['P-384 with its own hash', ec('P-384'), 'sha384', 'der'],
    ['P-521 with its own hash', ec('P-521'), 'sha512', 'der'],
    ['Ed25519', generateKeyPairSync('ed25519'), '', 'der'],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256', 'der'],
  ])('%s verifies, and not by a byte more', (_, pair, hash, how = 'der') => {
    const trusted = trustOf({ signers: [{ name: 'release', key: pem(pair.publicKey) }] })
    const made = envelope(provenance(), { pair, hash, how })
    const spoilt = { ...made, payload: Buffer.from(`${JSON.stringify(provenance())} `).toString('base64') }

    expect(shown(made, trusted)).toEqual(BY_RELEASE)
    expect(shown(spoilt, trusted)).toEqual({ state: 'claimed', why: 'unknown_key' })
  })

  test.each<readonly [string, Pair, string]>([
    ['a short RSA key', generateKeyPairSync('rsa', { modulusLength: 1024 }), 'sha256'],
    ['sha1', own, 'sha1'],
    ['P-384 with sha256', ec('P-384'), 'sha256'],
    ['P-521 with sha384', ec('P-521'), 'sha384'],
    ['a curve of its own', ec('secp256k1'), 'sha256'],
  ])('%s verifies nothing', (_, pair, hash) => {
    const trusted = trustOf({ signers: [{ name: 'release', key: pem(pair.publicKey) }] })

    expect(shown(envelope(provenance(), { pair, hash }), trusted)).toMatchObject({ state: 'claimed' })
  })

  test('by another key is claimed; one that names our key is a forgery', () => {
    const hint = createHash('sha256').update(pem(own.publicKey)).digest('hex')

    expect(shown(envelope(provenance(), { pair: other }))).toEqual({ state: 'claimed', why: 'unknown_key' })
    for (const keyid of [hint, 'release'])
      expect(shown(envelope(provenance(), { pair: other, keyid }))).toEqual({
        state: 'invalid',
        why: 'signature',
      })
    expect(shown(envelope(provenance(), { keyid: 'of another tool' }))).toEqual(BY_RELEASE)
  })

  test('of several signatures one by a key of the floor is enough, and a forged one too much', () => {
    const made = envelope(provenance())
    const foreign = envelope(provenance(), { pair: other })
    const forged = envelope(provenance(), { pair: other, keyid: 'release' })
    const both = (one: typeof made) => ({ ...made, signatures: [...one.signatures, ...made.signatures] })

    expect(shown(both(foreign))).toEqual(BY_RELEASE)
    expect(shown(both(forged))).toEqual({ state: 'invalid', why: 'signature' })
  })

  test('of another type than was signed does not verify', () => {
    const made = envelope(provenance())

    expect(shown({ ...made, payloadType: 'application/vnd.in-toto.x+json' })).toMatchObject({
      state: 'claimed',
    })
    expect(shown({ ...made, payloadType: 'application/json' })).toEqual({
      state: 'claimed',
      why: 'unsupported',
    })
  })

  test('may be in URL-safe base64', () => {
    const { payload, signatures, payloadType } = envelope(provenance())
    const safe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    const made = {
      payloadType,
      payload: safe(payload),
      signatures: signatures.map((one) => ({ ...one, sig: safe(one.sig) })),
    }

    expect(shown(made)).toEqual(BY_RELEASE)
  })

  test.each<readonly [string, object | string, string]>([
    [
      'a key twice',
      `{"_type":"https://in-toto.io/Statement/v1",${JSON.stringify(provenance()).slice(1)}`,
      'statement',
    ],
    ['`type` in the place of `_type`', rename(provenance()), 'statement'],
    ['a subject without digest', provenance([{ name: 'model' }]), 'statement'],
    ['no text', '\u0000', 'statement'],
    ['a list', '[]', 'statement'],
    ['more than a mebibyte', { ...provenance(), more: 'x'.repeat(1024 * 1024) }, 'malformed'],
    ['one name for two contents', provenance([weights(), weights('f'.repeat(64))]), 'subjects'],
    ['provenance without a builder', { ...provenance(), predicate: { buildDefinition: {} } }, 'statement'],
  ])('with %s is invalid, whoever signed it', (_, statement, why) => {
    expect(shown(envelope(statement))).toEqual({ state: 'invalid', why })
  })

  test('with the same subject twice has one content', () => {
    expect(shown(envelope(provenance([weights(), weights()])))).toEqual(BY_RELEASE)
  })

  test('of an unknown predicate says nothing', () => {
    const found = attested(envelope({ ...provenance(), predicateType: 'https://x.example/v1' }), trust)

    expect(found).toMatchObject({ says: { predicate: 'other' }, shown: BY_RELEASE })
  })

  test('with a placeholder for its builder is one', () => {
    const predicate = { builder: { id: 'https://TODO/' }, buildType: 'x' }
    const statement = { ...provenance(), predicateType: 'https://slsa.dev/provenance/v0.2', predicate }

    expect(shown(envelope(statement))).toEqual({ state: 'placeholder', found: 'TODO' })
  })
})

test('a statement that nobody signed is claimed', () => {
  expect(shown(provenance())).toEqual({ state: 'claimed', why: 'unsigned' })
})

describe('a floor', () => {
  test.each([
    ['a private key', own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['no key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'],
  ])('with %s trusts no key', (_, key) => {
    expect(trustOf({ signers: [{ name: 'release', key }] }).keys).toEqual([])
  })

  test('takes a key however its lines end', () => {
    const key = `\r\n${pem(own.publicKey).replaceAll('\n', '\r\n')}`

    expect(trustOf({ signers: [{ name: 'release', key }] }).keys[0]?.key.equals(createPublicKey(key))).toBe(
      true,
    )
  })
})

function rename({ _type, ...rest }: { readonly _type?: string }): object {
  return { type: _type, ...rest }
}
