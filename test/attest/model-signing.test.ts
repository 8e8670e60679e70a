import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { preAuthEncoding } from '../../src/attest/proof/envelope.ts'
import { attested } from '../../src/attest/proof/read.ts'
import { trustOf } from '../../src/attest/proof/trust.ts'
import { IN_TOTO } from '../support/sigstore.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const hint = createHash('sha256').update(pem).digest('hex')
const trust = trustOf({ signers: [{ name: 'lab', key: pem }] })

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const FILES = { 'config.json': sha256('config'), 'model.safetensors': sha256('weights') }

type Change = {
  readonly files?: Readonly<Record<string, string>>
  readonly root?: string
  readonly serialization?: object
  readonly predicateType?: string
  readonly algorithm?: string
  readonly more?: object
  readonly subjects?: number
}

/** A bundle as `model_signing` writes it, by the key that the floor has. */
function signed(change: Change = {}): object {
  const {
    files = FILES,
    predicateType = 'https://model_signing/signature/v1.0',
    algorithm = 'sha256',
  } = change
  const resources = Object.entries(files).map(([name, digest]) => ({ name, digest, algorithm }))
  const hash = createHash('sha256')
  for (const { digest } of resources) hash.update(Buffer.from(digest, 'hex'))
  const subject = { name: 'model', digest: { sha256: change.root ?? hash.digest('hex') } }
  const payload = Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: Array.from({ length: change.subjects ?? 1 }, () => subject),
      predicateType,
      predicate: {
        resources,
        serialization: {
          ...{ method: 'files', hash_type: 'sha256', allow_symlinks: false },
          ignore_paths: ['.git', 'model.sig'],
          ...change.serialization,
        },
        ...change.more,
      },
    }),
  )
  const sig = sign('sha384', preAuthEncoding({ payloadType: IN_TOTO, payload }), privateKey)
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint }, tlogEntries: [] },
    dsseEnvelope: {
      payload: payload.toString('base64'),
      payloadType: IN_TOTO,
      signatures: [{ sig: sig.toString('base64'), keyid: '' }],
    },
  }
}

const shown = (bundle: object) => attested(bundle, trust)?.shown

test('a signed model verifies, with the digests of its files', () => {
  expect(attested(signed(), trust)).toMatchObject({
    says: {
      predicate: 'model-signing',
      files: [
        { name: 'config.json', digest: `sha256:${FILES['config.json']}` },
        { name: 'model.safetensors', digest: `sha256:${FILES['model.safetensors']}` },
      ],
    },
    shown: { state: 'verified', signer: { by: 'key', name: 'lab' } },
  })
})

test('a signature by model_signing before 1.0 is not verified, and nobody changed it', () => {
  const old = 'https://model_signing/Digests/v0.1'
  const bundle = signed({ predicateType: old })
  // Nothing signs those bytes as DSSE has it: signed over other bytes, or changed since, is not told apart.
  const spoilt = JSON.parse(JSON.stringify(bundle))
  spoilt.dsseEnvelope.signatures[0].sig = sign('sha384', Buffer.from('DSSEV1'), privateKey).toString('base64')

  expect(attested(spoilt, trust)).toMatchObject({
    ...{ predicateType: old, says: { predicate: 'other' }, shown: { state: 'claimed', why: 'unsupported' } },
  })
  const now = structuredClone(spoilt)
  now.dsseEnvelope.payload = JSON.parse(JSON.stringify(signed())).dsseEnvelope.payload
  expect(shown(now)).toEqual({ state: 'invalid', why: 'signature' })
})

describe('a list of files that', () => {
  const one = (name: string) => ({ [name]: sha256('x') })
  test.each<readonly [string, Change, string]>([
    ['has another digest as a whole', { root: sha256('other') }, 'file_list'],
    ['has two subjects', { subjects: 2 }, 'file_list'],
    ['has a digest that is none', { files: { 'a.bin': `${'a'.repeat(63)}g` } }, 'file_list'],
    ['leaves its folder', { files: one('../a.bin') }, 'file_list'],
    ['leaves its folder within', { files: one('a/../../b.bin') }, 'file_list'],
    ['is absolute', { files: one('/a.bin') }, 'file_list'],
    ['is absolute elsewhere', { files: one('C:/a.bin') }, 'file_list'],
    ['has a backslash', { files: one('a\\b.bin') }, 'file_list'],
    ['has a NUL', { files: one('a.bin\u0000.txt') }, 'file_list'],
    ['has what turns the direction', { files: one('a\u202Egpj.bin') }, 'file_list'],
    ['has a dot beside a file', { files: { ...one('.'), ...one('a.bin') } }, 'file_list'],
    ['has a dot behind a file', { files: { ...one('a.bin'), ...one('.') } }, 'file_list'],
    ...['./', './.', './a.bin', '..', '', '/', '.\\', 'a/.'].map(
      (name): readonly [string, Change, string] => [
        `has ${JSON.stringify(name)} alone`,
        { files: one(name) },
        name === '' ? 'statement' : 'file_list',
      ],
    ),
    ['has an empty part', { files: one('a//b.bin') }, 'file_list'],
    ['is not composed', { files: one('e\u0301.bin') }, 'file_list'],
    ['differs by case alone', { files: { ...one('A.bin'), ...one('a.bin') } }, 'file_list'],
    ['follows links', { serialization: { allow_symlinks: true } }, 'file_list'],
    [
      'is of shards and hides a file',
      { serialization: { method: 'shards', shard_size: 100, ignore_paths: ['a.pt'] } },
      'file_list',
    ],
    ['has a key more', { more: { note: 'x' } }, 'statement'],
    ['has a key more in how it was made', { serialization: { note: 'x' } }, 'statement'],
    ...[
      ...[
        'model.safetensors',
        'weights/a.bin',
        'a.pt',
        'a.pkl',
        'modeling.py',
        'config.json',
        'tokenizer.model',
      ],
      ...['*.bin', '..', '/x', '', '.', 'a.GGUF', 'model.safetensors/'],
    ].map((path): readonly [string, Change, string] => [
      `ignores ${JSON.stringify(path)}`,
      { serialization: { ignore_paths: [path] } },
      'file_list',
    ]),
  ])('%s is invalid', (_, change, why) => {
    expect(shown(signed(change))).toEqual({ state: 'invalid', why })
  })

  test.each<readonly [string, Change]>([
    ['is of shards', { serialization: { method: 'shards', shard_size: 100 } }],
    ['has a size of shards', { serialization: { shard_size: 100 } }],
    ['is of blake3', { algorithm: 'blake3' }],
    ['is of blake2b', { serialization: { hash_type: 'blake2b' } }],
  ])('%s is not verified here', (_, change) => {
    expect(shown(signed(change))).toEqual({ state: 'claimed', why: 'unsupported' })
  })

  test.each(['.git', '.gitattributes', '.github', 'model.sig', 'docs', 'README.md'])(
    'ignores %s holds',
    (path) => {
      expect(shown(signed({ serialization: { ignore_paths: [path] } }))).toMatchObject({ state: 'verified' })
    },
  )
})

test.each(['https://model_signing/Digests/v0.1', 'https://model_signing/signature/v1.1'])(
  'the predicate %s says nothing',
  (predicateType) => {
    expect(attested(signed({ predicateType }), trust)).toMatchObject({ says: { predicate: 'other' } })
  },
)

test('a signature by another key that names ours is a forgery', () => {
  const foreign = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
  const bundle = JSON.parse(JSON.stringify(signed()))
  const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64')
  const sig = sign('sha384', preAuthEncoding({ payloadType: IN_TOTO, payload }), foreign)
  bundle.dsseEnvelope.signatures[0].sig = sig.toString('base64')

  expect(shown(bundle)).toEqual({ state: 'invalid', why: 'signature' })
})

describe('a model of one file, which model_signing names by a dot', () => {
  const ONE = { '.': sha256('weights') }

  test('verifies, with its digest', () => {
    expect(attested(signed({ files: ONE }), trust)).toMatchObject({
      says: { predicate: 'model-signing', files: [{ name: '.', digest: `sha256:${sha256('weights')}` }] },
      shown: { state: 'verified', signer: { by: 'key', name: 'lab' } },
    })
  })

  test.each<readonly [string, Change, string]>([
    ['of another digest as a whole', { root: sha256('other') }, 'file_list'],
    ['whose digest as a whole is its own', { root: ONE['.'] }, 'file_list'],
    ['of two subjects', { subjects: 2 }, 'file_list'],
    ['of no subject', { subjects: 0 }, 'statement'],
    ['of a digest that is none', { files: { '.': `${'a'.repeat(63)}g` } }, 'file_list'],
    ['of a digest that is cut off', { files: { '.': 'a'.repeat(62) } }, 'file_list'],
    ['that follows links', { serialization: { allow_symlinks: true } }, 'file_list'],
    ['that ignores itself', { serialization: { ignore_paths: ['.'] } }, 'file_list'],
    ['that ignores weights', { serialization: { ignore_paths: ['a.pt'] } }, 'file_list'],
    ['with a key more', { more: { note: 'x' } }, 'statement'],
  ])('%s is invalid', (_, change, why) => {
    expect(shown(signed({ files: ONE, ...change }))).toEqual({ state: 'invalid', why })
  })

  test.each<readonly [string, Change]>([
    ['of shards', { serialization: { method: 'shards', shard_size: 100 } }],
    ['of blake3', { algorithm: 'blake3' }],
    ['hashed by blake2b', { serialization: { hash_type: 'blake2b' } }],
  ])('%s is not verified here', (_, change) => {
    expect(shown(signed({ files: ONE, ...change }))).toEqual({ state: 'claimed', why: 'unsupported' })
  })

  test('with a payload that was swapped is a forgery', () => {
    const swapped = JSON.parse(JSON.stringify(signed({ files: ONE })))
    const other = JSON.parse(JSON.stringify(signed({ files: { '.': sha256('x') } })))
    swapped.dsseEnvelope.payload = other.dsseEnvelope.payload

    expect(shown(swapped)).toEqual({ state: 'invalid', why: 'signature' })
  })
})
