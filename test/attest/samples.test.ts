import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { attestedBare } from '../../src/attest/proof/bare.ts'
import { attested } from '../../src/attest/proof/read.ts'
import { trustOf } from '../../src/attest/proof/trust.ts'
import type { SignersTrusted } from '../../src/core/signers.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url).pathname
const [BUNDLES, GITHUB, MODELS, SLSA] = [
  'sigstore-bundles',
  'github-attestations',
  'oms-model-signing',
  'intoto-slsa',
]
const text = (path: string) => readFileSync(join(SAMPLES, path), 'utf8')

/** Files that others wrote, read in place: what each must end as. Those that must not pass are in `test/chapter-ten.test.ts`. */
const verified = { state: 'verified' }
const invalid = (why: string) => ({ state: 'invalid', why })
const IBM = { issuer: 'https://sigstore.verify.ibm.com/oauth2', subject: 'stefanb@us.ibm.com' }
const TRUST: { readonly [name: string]: () => SignersTrusted } = {
  none: () => ({}),
  other: () => ({ signers: [{ name: 'lab', key: text(`${SLSA}/vsa-v1-gke-bcid.pub.pem`) }] }),
  rekor2: () => ({ roots: [{ name: 'own', root: text(`${BUNDLES}/rekor2-dsse.trusted_root.json`) }] }),
  github: () => ({
    roots: [{ name: 'gh', root: text(`${GITHUB}/trusted_root.json`), seen_by: 'timestamp' }],
  }),
  lab: () => ({ signers: [{ name: 'lab', key: text(`${MODELS}/signing-key-pub.pem`) }] }),
  authority: () => ({ signers: [{ name: 'lab', ca: text(`${MODELS}/ca-cert.pem`) }] }),
  google: () => ({ signers: [{ name: 'google', key: text(`${SLSA}/vsa-v1-gke-bcid.pub.pem`) }] }),
}

const ENDS: readonly (readonly [file: string, trust: keyof typeof TRUST, shown: object])[] = [
  [`${BUNDLES}/managed-key-happy-path.sigstore.json`, 'none', { state: 'claimed', why: 'unsupported' }],
  [`${BUNDLES}/managed-key-happy-path.sigstore.json`, 'other', { state: 'claimed', why: 'unsupported' }],
  [`${BUNDLES}/rekor2-dsse-happy-path.sigstore.json`, 'rekor2', verified],
  [`${BUNDLES}/rekor2-dsse-happy-path.sigstore.json`, 'none', { state: 'invalid' }],
  [`${GITHUB}/reusable-workflow.sigstore.json`, 'none', verified],
  [`${GITHUB}/reusable-workflow.sigstore.json`, 'github', verified],
  [`${GITHUB}/sigstore-js-2.1.0-bundle.json`, 'none', verified],
  [`${MODELS}/v1.1.0-elliptic-key.model.sig`, 'lab', { ...verified, signer: { by: 'key', name: 'lab' } }],
  [`${MODELS}/v1.1.0-elliptic-key.model.sig`, 'none', { state: 'claimed', why: 'unknown_key' }],
  [`${MODELS}/v0.3.1-elliptic-key.model.sig`, 'lab', { ...verified, signer: { by: 'key', name: 'lab' } }],
  [`${MODELS}/v0.3.1-elliptic-key.model.sig`, 'none', { state: 'claimed', why: 'unknown_key' }],
  [`${MODELS}/spec-valid-key.bundle.json`, 'lab', verified],
  [`${MODELS}/spec-valid-certificate.bundle.json`, 'authority', { ...verified, signer: { name: 'lab' } }],
  [`${MODELS}/spec-valid-certificate.bundle.json`, 'none', invalid('root')],
  [`${MODELS}/v1.0.0-sigstore.model.sig`, 'none', { ...verified, signer: IBM }],
  [`${MODELS}/v1.1.0-sigstore.model.sig`, 'none', { ...verified, signer: IBM }],
  [`${MODELS}/spec-valid-sigstore.bundle.json`, 'none', { ...verified, signer: IBM }],
  [`${SLSA}/github-attest-bcr-MODULE.bazel.jsonl`, 'none', verified],
  [`${SLSA}/slsa-prov-v02-gha-generic.bundle03.jsonl`, 'none', verified],
  [`${SLSA}/slsa-prov-v1-gha-container.sigstore.json`, 'none', { state: 'placeholder' }],
  [`${SLSA}/test-result-v0.1.dsse.json`, 'none', { state: 'placeholder' }],
  [`${SLSA}/vsa-v1-gke-bcid.dsse.jsonl`, 'google', { ...verified, signer: { by: 'key', name: 'google' } }],
  [`${SLSA}/vsa-v1-gke-bcid.dsse.jsonl`, 'none', { state: 'claimed', why: 'unknown_key' }],
]

describe.skipIf(!existsSync(SAMPLES))('files by others', () => {
  test.each(ENDS)('%s with the trust of %s', (file, name, shown) => {
    if (!existsSync(join(SAMPLES, file))) return
    const trust = trustOf(TRUST[name]?.())

    expect(attested(JSON.parse(text(file)), trust)?.shown).toMatchObject(shown)
  })

  test('a real verification summary is about no digest that counts', () => {
    const file = `${SLSA}/vsa-v1-gke-bcid.dsse.jsonl`
    const found = attested(JSON.parse(text(file)), trustOf(TRUST.google?.()))

    expect(found?.subjects).toEqual([{ name: '_', digests: [] }])
    expect(found?.says).toMatchObject({ result: 'passed', levels: ['BCID_L1', 'SLSA_BUILD_LEVEL_2'] })
  })
})

test.skipIf(!existsSync(join(SAMPLES, BUNDLES ?? '')))('a signature of a file itself, by its key', () => {
  const bundle: unknown = JSON.parse(text(`${BUNDLES}/managed-key-happy-path.sigstore.json`))
  const file = readFileSync(join(SAMPLES, `${BUNDLES}/a.txt`))
  const trust = trustOf({ signers: [{ name: 'own', key: text(`${BUNDLES}/managed-key.pub`) }] })

  expect(attestedBare(bundle, file, trust).shown).toEqual({ ...verified, signer: { by: 'key', name: 'own' } })
  expect(attestedBare(bundle, file, trustOf({})).shown).toEqual({ state: 'claimed', why: 'unknown_key' })
  expect(attestedBare(bundle, Buffer.from('b'), trust).shown).toEqual(invalid('signature'))
})
