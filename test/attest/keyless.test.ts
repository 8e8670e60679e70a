import { describe, expect, test } from 'vitest'
import { attested } from '../../src/attest/proof/read.ts'
import { type Trust, trustOf } from '../../src/attest/proof/trust.ts'
import type { InvalidWhy } from '../../src/core/attestation.ts'
import {
  anInstance,
  type Bundle,
  COMMIT,
  DIGEST,
  ISSUER,
  type Minting,
  provenance,
  RUN,
  WORKFLOW,
  weights,
} from '../support/sigstore.ts'

const [own, another] = await Promise.all([anInstance(), anInstance()])
const logged = trustOf({ roots: [{ name: 'own', root: own.root }] })
const stamped = trustOf({ roots: [{ name: 'own', root: own.root, seen_by: 'timestamp' }] })

const other = await own.bundle(provenance([weights('e'.repeat(64))]), { seenBy: 'both' })

const shown = (bundle: unknown, trust: Trust = logged) => attested(bundle, trust)?.shown
const invalid = (why: InvalidWhy) => ({ state: 'invalid', why })

describe('a bundle that is whole', () => {
  test('verifies, with all that the certificate tells', async () => {
    const found = attested(await own.bundle(provenance()), logged)

    expect(found).toEqual({
      predicateType: 'https://slsa.dev/provenance/v1',
      says: {
        predicate: 'provenance',
        builder: WORKFLOW,
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        materials: [`sha256:${'d'.repeat(64)}`],
        inputs: [{ names: ['s3://acme/train.parquet'], digests: [`sha256:${'d'.repeat(64)}`] }],
        commits: [COMMIT],
      },
      subjects: [{ name: 'model.safetensors', digests: [`sha256:${DIGEST}`] }],
      shown: {
        state: 'verified',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        signer: {
          by: 'identity',
          issuer: ISSUER,
          subject: WORKFLOW,
          repository: 'acme/models',
          repositoryId: '4711',
          ownerId: '42',
          commit: COMMIT,
          ref: 'refs/heads/main',
          trigger: 'push',
          runner: 'github-hosted',
          workflow: WORKFLOW,
          run: 1234567,
        },
      },
    })
  })

  test('verifies by the moment that a timestamp authority saw it, where it needs no log', async () => {
    const bundle = await own.bundle(provenance(), { seenBy: 'timestamp' })

    expect(shown(bundle, stamped)).toMatchObject({ state: 'verified' })
    expect(shown(bundle, logged)).toEqual(invalid('log'))
  })

  test('leads to no root but the one of its instance', async () => {
    const bundle = await own.bundle(provenance())

    expect(shown(bundle, trustOf({ roots: [{ name: 'other', root: another.root }] }))).toEqual(
      invalid('root'),
    )
    expect(attested(bundle)?.shown).toEqual(invalid('root'))
  })

  test('may be one of several instances', async () => {
    const both = trustOf({
      roots: [
        { name: 'other', root: another.root },
        { name: 'own', root: own.root },
      ],
    })

    expect(shown(await own.bundle(provenance()), both)).toMatchObject({ state: 'verified' })
    expect(shown(await another.bundle(provenance()), both)).toMatchObject({ state: 'verified' })
  })
})

describe('a single fault', () => {
  const changed = (change: (bundle: Bundle) => void) => async (): Promise<Bundle> => {
    const bundle = await own.bundle(provenance(), { seenBy: 'both' })
    change(bundle)
    return bundle
  }
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const minted = (minting: Minting, statement = provenance()) => {
    return async () => await own.bundle(statement, minting)
  }

  test.each<readonly [string, () => Promise<unknown>, InvalidWhy]>([
    [
      'a swapped payload',
      changed((one) => {
        one.dsseEnvelope.payload = base64(JSON.stringify(provenance([weights('f'.repeat(64))])))
      }),
      'log',
    ],
    [
      'a payload with a space more',
      changed((one) => {
        one.dsseEnvelope.payload = base64(`${JSON.stringify(provenance())} `)
      }),
      'log',
    ],
    [
      'a swapped payload type',
      changed((one) => {
        one.dsseEnvelope.payloadType = 'application/vnd.in-toto.provenance+json'
      }),
      'signature',
    ],
    [
      'the signature of another bundle',
      changed((one) => {
        one.dsseEnvelope.signatures = other.dsseEnvelope.signatures
      }),
      'time',
    ],
    [
      'the certificate of another bundle',
      changed((one) => {
        one.verificationMaterial.certificate = other.verificationMaterial.certificate
      }),
      'signature',
    ],
    [
      "another bundle's entry in the log",
      changed((one) => {
        one.verificationMaterial.tlogEntries = other.verificationMaterial.tlogEntries
      }),
      'log',
    ],
    [
      'no entry in the log',
      changed((one) => {
        one.verificationMaterial.tlogEntries = []
      }),
      'log',
    ],
    [
      'an entry twice',
      changed((one) => {
        const { tlogEntries } = one.verificationMaterial
        tlogEntries.push({ ...tlogEntries[0] })
      }),
      'time',
    ],
    [
      'an entry twice, its clock taken out',
      changed((one) => {
        const { tlogEntries } = one.verificationMaterial
        const { inclusionPromise: _, integratedTime: __, ...rest } = tlogEntries[0] ?? {}
        one.verificationMaterial.tlogEntries = [rest, { ...rest, logIndex: '5' }]
      }),
      'log',
    ],
    [
      'a time that the log did not promise',
      changed((one) => {
        const [entry] = one.verificationMaterial.tlogEntries
        if (entry !== undefined) entry.integratedTime = String(Number(entry.integratedTime) + 60)
      }),
      'log',
    ],
    [
      'a proof of another tree',
      changed((one) => {
        const [entry] = one.verificationMaterial.tlogEntries
        if (entry !== undefined) entry.inclusionProof = { ...Object(entry.inclusionProof), hashes: ['AAAA'] }
      }),
      'log',
    ],
    ['a certificate that no log saw', minted({ unlogged: true }), 'certificate'],
    ['nobody who saw it', minted({ seenBy: 'nobody' }), 'time'],
    ['a log that saw it when the certificate had expired', minted({ late: 20 }), 'certificate'],
    ['a log that saw it before the certificate was issued', minted({ late: -20 }), 'certificate'],
    [
      'no certificate',
      changed((one) => {
        one.verificationMaterial.certificate.rawBytes = ''
      }),
      'malformed',
    ],
    [
      'a certificate that is none',
      changed((one) => {
        one.verificationMaterial.certificate.rawBytes = base64('x'.repeat(300))
      }),
      'malformed',
    ],
    [
      'two signatures',
      changed((one) => {
        one.dsseEnvelope.signatures.push(...one.dsseEnvelope.signatures)
      }),
      'malformed',
    ],
    [
      'a hundred entries',
      changed((one) => {
        const [entry = {}] = one.verificationMaterial.tlogEntries
        one.verificationMaterial.tlogEntries = Array.from({ length: 100 }, () => entry)
      }),
      'malformed',
    ],
    ['what is no statement', minted({}, { type: 'https://in-toto.io/Statement/v1' }), 'statement'],
    ['a statement without subject', minted({}, provenance([])), 'statement'],
    ['more than a mebibyte', minted({}, { ...provenance(), more: 'x'.repeat(1024 * 1024) }), 'malformed'],
    ['one name for two contents', minted({}, provenance([weights(), weights('e'.repeat(64))])), 'subjects'],
  ])('%s is invalid', async (_, bundle, why) => {
    expect(shown(await bundle())).toEqual(invalid(why))
  })

  test('a payload that is no in-toto is not verified here, and nobody changed it', async () => {
    expect(shown(await minted({ payloadType: 'text/plain' })())).toEqual({
      ...{ state: 'claimed', why: 'unsupported' },
    })
  })

  test('a bundle that was swapped for another keeps its own subject', async () => {
    expect(attested(other, logged)).toMatchObject({
      subjects: [{ digests: [`sha256:${'e'.repeat(64)}`] }],
      shown: { state: 'verified' },
    })
  })

  test('an empty file is nobody’s model', async () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    const found = attested(await own.bundle(provenance([weights(empty)])), logged)

    expect(found).toMatchObject({ subjects: [{ digests: [] }], shown: { state: 'placeholder' } })
  })

  test.each([['md5'], ['sha1'], ['gce_image_id'], ['SHA256']])('%s identifies nothing', async (algorithm) => {
    const subject = { name: 'model', digest: { [algorithm]: 'a'.repeat(64) } }
    const found = attested(await own.bundle(provenance([subject])), logged)

    expect(found).toMatchObject({ subjects: [{ digests: [] }], shown: { state: 'verified' } })
  })
})

describe('what provenance says against its certificate', () => {
  const runs = (change: Readonly<Record<number, string>>) => ({ run: { ...RUN, ...change } })

  test.each<readonly [string, object, Minting]>([
    ['another repository', provenance(undefined, { repository: 'https://github.com/acme/others' }), {}],
    ['another ref', provenance(undefined, { ref: 'refs/heads/other' }), {}],
    ['another workflow', provenance(undefined, { path: '.github/workflows/other.yml' }), {}],
    ['another commit', provenance(undefined, { gitCommit: 'f'.repeat(40) }), {}],
    ['a repository of another id', provenance(), runs({ 15: '4712' })],
    ['an owner of another id', provenance(), runs({ 17: '43' })],
    ['another event', provenance(), runs({ 20: 'workflow_dispatch' })],
    ['another run', provenance(), runs({ 21: 'https://github.com/acme/models/actions/runs/7/attempts/1' })],
    ['a certificate of another repository', provenance(), runs({ 12: 'https://github.com/acme/other' })],
    ['a certificate of another commit', provenance(), runs({ 13: 'f'.repeat(40) })],
    ['a certificate that names no repository', provenance(), { run: { 8: ISSUER } }],
  ])('%s is invalid', async (_, statement, minting) => {
    expect(shown(await own.bundle(statement, minting))).toEqual(invalid('contradicts_certificate'))
  })

  test('of a reusable workflow the caller is compared, not who signed', async () => {
    const signer = 'https://github.com/acme/shared/.github/workflows/sign.yml@refs/tags/v1'

    expect(shown(await own.bundle(provenance(), { subject: signer, ...runs({ 9: signer }) }))).toMatchObject({
      state: 'verified',
      signer: { subject: signer, workflow: WORKFLOW },
    })
  })

  test('slsa-github-generator names its source otherwise', async () => {
    const statement = (sha1: string, uri = 'git+https://github.com/acme/models@refs/heads/main') => ({
      ...provenance(),
      _type: 'https://in-toto.io/Statement/v0.1',
      predicateType: 'https://slsa.dev/provenance/v0.2',
      predicate: {
        builder: { id: WORKFLOW },
        buildType: 'x',
        invocation: { configSource: { uri, digest: { sha1 } } },
      },
    })

    expect(shown(await own.bundle(statement(COMMIT)))).toMatchObject({ state: 'verified' })
    expect(shown(await own.bundle(statement('f'.repeat(40))))).toEqual(invalid('contradicts_certificate'))
    expect(shown(await own.bundle(statement(COMMIT, 'git+https://github.com/acme/x@main')))).toEqual(
      invalid('contradicts_certificate'),
    )
  })
})

describe('an instance without a log', () => {
  test('never takes what the public instance issued', async () => {
    const { default: seeds } = await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } })
    const { targets } = seeds['https://tuf-repo-cdn.sigstore.dev']
    const root = Buffer.from(targets['trusted_root.json'], 'base64').toString('utf8')

    expect(trustOf({ roots: [{ name: 'public', root, seen_by: 'timestamp' }] }).instances).toHaveLength(1)
    expect(trustOf({ roots: [{ name: 'public', root }] }).instances).toHaveLength(2)
  })

  test('takes no moment from a log', async () => {
    expect(shown(await own.bundle(provenance(), { seenBy: 'nobody' }), stamped)).toEqual(invalid('time'))
  })

  test.each(['', '{}', 'null', '[]', '{"certificateAuthorities":[{}]}'])(
    'a root that is %j trusts nobody',
    (root) => {
      expect(trustOf({ roots: [{ name: 'own', root }] }).instances).toHaveLength(1)
    },
  )
})

test('whatever is cut out or put in, nothing throws', async () => {
  const whole = JSON.stringify(await own.bundle(provenance(), { seenBy: 'both' }))
  const walk = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...walk(inner, [...path, key])])
      : []
  for (const path of walk(JSON.parse(whole))) {
    for (const put of [undefined, 'AA==', 0, [{}]]) {
      const bundle = JSON.parse(whole)
      const last = path.at(-1) ?? ''
      const holder = path.slice(0, -1).reduce((at, key) => at[key], bundle)
      holder[last] = put
      const found = attested(bundle, logged)
      if (found?.shown.state === 'verified') expect(path.join('.')).toMatch(HARMLESS)
    }
  }
})

/** What a verifier need not have: of two clocks one, or what nobody compares. */
const HARMLESS =
  /^(?:mediaType|verificationMaterial\.(?:timestampVerificationData|tlogEntries\.0\.(?:logIndex|inclusionPromise|inclusionProof|integratedTime)))/
