import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { initializeCA, initializeTSA } from '@sigstore/mock'
import { describe, expect, test } from 'vitest'
import { preAuthEncoding } from '../../src/attest/proof/envelope.ts'
import { attested } from '../../src/attest/proof/read.ts'
import { trustOf } from '../../src/attest/proof/trust.ts'
import { IN_TOTO, provenance } from '../support/sigstore.ts'

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
const ec = (namedCurve: string): Pair => generateKeyPairSync('ec', { namedCurve })
const bytes = (view: ArrayBufferView) => Buffer.from(view.buffer, view.byteOffset, view.byteLength)
const pemOf = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`

async function anAuthority() {
  const ca = await initializeCA(ec('P-384'))
  const leaf = ec('P-256')
  const certificate = bytes(
    await ca.issueCertificate({
      publicKey: leaf.publicKey.export({ type: 'spki', format: 'der' }),
      subjectAltName: 'https://lab.example/release',
    }),
  )
  return { root: bytes(ca.rootCertificate), certificate, leaf }
}

const [own, another] = await Promise.all([anAuthority(), anAuthority()])
const trust = trustOf({ signers: [{ name: 'lab', ca: pemOf(own.root) }] })

function bundle(chain: readonly Buffer[], by: Pair, payloadType = IN_TOTO): object {
  const payload = Buffer.from(JSON.stringify(provenance()))
  const sig = sign('sha256', preAuthEncoding({ payloadType: IN_TOTO, payload }), by.privateKey)
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      x509CertificateChain: { certificates: chain.map((one) => ({ rawBytes: one.toString('base64') })) },
      tlogEntries: [],
    },
    dsseEnvelope: {
      payload: payload.toString('base64'),
      payloadType,
      signatures: [{ sig: sig.toString('base64') }],
    },
  }
}

const shown = (value: object, trusted = trust) => attested(value, trusted)?.shown
const whole = [own.certificate, own.root]

/** A certificate for stamping times, by an authority of the floor. */
const stamping = ec('P-384')
const stamps = await initializeTSA(stamping)
const clock = trustOf({ signers: [{ name: 'clock', ca: pemOf(bytes(stamps.rootCertificate)) }] })

describe('a chain of certificates', () => {
  test('for anything but signing code is invalid', () => {
    expect(shown(bundle([bytes(stamps.intCertificate)], stamping), clock)).toEqual({
      state: 'invalid',
      why: 'certificate',
    })
  })

  test.each([
    ['with its authority', whole],
    ['without it', [own.certificate]],
  ])('%s verifies, and says until when', (_, chain) => {
    expect(shown(bundle(chain, own.leaf))).toEqual({
      state: 'verified',
      signer: {
        by: 'authority',
        name: 'lab',
        subject: expect.stringContaining('lab.example/release'),
        from: expect.stringMatching(/Z$/),
        until: expect.stringMatching(/Z$/),
      },
    })
  })

  test.each<readonly [string, object, string]>([
    ['of another authority', bundle([another.certificate, another.root], another.leaf), 'root'],
    [
      'with our authority behind another’s leaf',
      bundle([another.certificate, own.root], another.leaf),
      'root',
    ],
    ['that its authority did not sign', bundle([forged(own.certificate)], own.leaf), 'root'],
    ['by another key than its leaf has', bundle(whole, another.leaf), 'signature'],
    ['of which the leaf is the authority', bundle([own.root], own.leaf), 'certificate'],
    ['of another payload type', bundle(whole, own.leaf, 'application/vnd.in-toto.x+json'), 'signature'],
    ['without certificates', bundle([], own.leaf), 'malformed'],
    ['that is none', bundle([Buffer.from('x')], own.leaf), 'malformed'],
    [
      'too long',
      bundle([own.certificate, ...Array.from({ length: 9 }, () => own.root)], own.leaf),
      'malformed',
    ],
  ])('%s is invalid', (_, value, why) => {
    expect(shown(value)).toEqual({ state: 'invalid', why })
  })

  test('leads to no authority that the floor does not have, nor to a leaf that it names', () => {
    expect(shown(bundle(whole, own.leaf), trustOf())).toEqual({ state: 'invalid', why: 'root' })
    expect(trustOf({ signers: [{ name: 'lab', ca: pemOf(own.certificate) }] }).authorities).toEqual([])
  })
})

/** The same names and the same key, and another signature. */
function forged(certificate: Buffer): Buffer {
  const copy = Buffer.from(certificate)
  copy.writeUInt8(copy.readUInt8(copy.length - 1) ^ 1, copy.length - 1)
  return copy
}
