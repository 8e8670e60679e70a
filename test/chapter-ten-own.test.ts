import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { attestedBare } from '../src/attest/proof/bare.ts'
import { trustOf } from '../src/attest/proof/trust.ts'
import type { SignersTrusted } from '../src/core/signers.ts'
import { asRow, type Ends, ended, expectEnds, GITHUB, invalid, ROWS } from './support/chapter-ten.ts'
import {
  anInstance,
  type Bundle,
  DIGEST,
  ISSUER,
  provenance,
  RUN,
  WORKFLOW,
  weights,
} from './support/sigstore.ts'

const instance = await anInstance()
const roots = [{ name: 'own', root: instance.root }]
const signers = [{ issuer: GITHUB, subject: WORKFLOW }]
const trusted = (): SignersTrusted => ({ roots, signers })
// Bundles are minted today, and nothing is signed in the future.
const now = '2100-01-01T00:00:00Z'
const released = () => ({
  now,
  weights: [{ name: 'model.safetensors', digest: `sha256:${DIGEST}` }],
  signers,
})

const changed = async (change: (bundle: Bundle) => void): Promise<object> => {
  const bundle = await instance.bundle(provenance(), { seenBy: 'both' })
  change(bundle)
  return bundle
}
const other = await instance.bundle(provenance([weights('e'.repeat(64))]))

/** A fault of a row in a file of our own. Where it ends otherwise than the file by others, it says how. */
type Twin = {
  readonly row: string
  readonly name: string
  readonly content: object | string
  readonly trust?: () => SignersTrusted
  readonly context?: () => object
  readonly ends?: Ends
}
/** In a bundle of an instance of ours, whose root is trusted and whose signer is the floor's: nothing else is wrong. */
const minted = (row: string, content: object, ends?: Ends, trust: () => SignersTrusted = trusted): Twin => ({
  ...{ row, name: 'bundle.json', content, trust, context: released },
  ...(ends && { ends }),
})

const statement = { type: 'https://in-toto.io/Statement/v1', subject: [], predicateType: 'x', predicate: {} }
const dsse = {
  payloadType: 'application/vnd.in-toto+json',
  payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
  signatures: [{ sig: 'MEUC' }],
}
const MEDIA = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const described = (object: object): object => ({
  ...{ '@context': {}, '@type': 'sc:Dataset', name: 'questions', license: 'Public' },
  conformsTo: 'http://mlcommons.org/croissant/1.1',
  distribution: [{ '@type': 'cr:FileObject', '@id': 'repo', ...object }],
})
const address = described({ sha256: 'https://hub.example/issues/80' })
/** Eleven answers that are no, without a reason, and one that is yes. */
const ANSWERS = Array.from({ length: 12 }, (_, index) => ({
  ...{ question_id: `AIS-01.${index + 1}`, answer: index === 0 ? 'Yes' : 'No', reviewed: '2021-06-30' },
}))
const id = (last: string) => `00000000-0000-4000-8000-0000000000${last}`
const ASSESSED = {
  'assessment-results': {
    ...{ uuid: id('01'), 'import-ap': { href: './plan.xml' } },
    metadata: {
      title: 'Results',
      parties: [{ uuid: id('0a'), type: 'organization', name: 'Hale Auditors' }],
      'responsible-parties': [{ 'role-id': 'assessor', 'party-uuids': [id('0a')] }],
    },
    results: [
      {
        ...{ uuid: id('10'), title: 'first', start: '2023-06-02T08:00:00Z', end: '2023-06-02T17:00:00Z' },
        'reviewed-controls': { 'control-selections': [{ 'include-controls': [{ 'control-id': 'ac-6.1' }] }] },
        observations: [
          {
            ...{ uuid: id('20'), methods: ['TEST'] },
            ...{ collected: '2023-06-02T08:00:00Z', expires: '2023-07-01T04:00:00.000Z' },
          },
        ],
        risks: [{ uuid: id('30'), title: 'everybody is root', status: 'open' }],
        findings: [
          {
            uuid: id('40'),
            target: { type: 'objective-id', 'target-id': 'ac-6.1_obj', status: { state: 'not-satisfied' } },
            'related-observations': [{ 'observation-uuid': id('20') }],
          },
        ],
      },
    ],
  },
}

const TWINS: readonly Twin[] = [
  minted(
    'github-attestations/invalid-signature',
    await changed((one) => {
      one.dsseEnvelope.payloadType = 'application/vnd.in-toto.provenance+json'
    }),
    invalid('signature'),
  ),
  minted(
    'sigstore-bundles/dsse-invalid-sig_fail',
    await changed((one) => {
      one.dsseEnvelope.payloadType = 'application/vnd.in-toto.provenance+json'
    }),
    invalid('signature'),
  ),
  // Its own signature is right; what the log has is of another envelope.
  minted(
    'sigstore-bundles/dsse-mismatch-envelope_fail',
    await changed((one) => {
      one.verificationMaterial.tlogEntries = other.verificationMaterial.tlogEntries
    }),
  ),
  minted(
    'sigstore-bundles/intoto-expired-certificate_fail',
    await instance.bundle(provenance(), { late: 20 }),
    invalid('certificate'),
  ),
  minted('sigstore-bundles/wrong-material_fail', await instance.bare(Buffer.from('a.txt'))),
  {
    row: 'github-attestations/missing-verification-material',
    name: 'bundle.json',
    content: { mediaType: MEDIA, dsseEnvelope: dsse },
  },
  minted(
    'github-attestations/bundle-missing-cert',
    await changed((one) => {
      one.verificationMaterial.certificate.rawBytes = ''
    }),
  ),
  minted(
    'sigstore-bundles/happy-path-intoto-in-dsse-v3',
    await instance.bundle(provenance(undefined, { repository: 'https://github.com/acme/others' })),
  ),
  minted(
    'github-attestations/custom-issuer',
    await instance.bundle(provenance(), { run: { ...RUN, 8: `${ISSUER}/hammer-time` } }),
    { answer: { outcome: 'unmet', code: 'attestation_untrusted' } },
  ),
  minted(
    'github-attestations/github-instance-no-tlog',
    await instance.bundle(provenance(), { seenBy: 'timestamp' }),
    invalid('root'),
    () => ({ signers }),
  ),
  {
    ...{ row: 'oms-model-signing/spec-invalid-missing-envelope', name: 'model.sig' },
    content: { mediaType: MEDIA, verificationMaterial: { publicKey: { hint: '' }, tlogEntries: [] } },
  },
  {
    ...{ row: 'oms-model-signing/spec-invalid-missing-verification-material', name: 'model.sig' },
    content: { mediaType: MEDIA, dsseEnvelope: dsse },
  },
  { row: 'intoto-slsa/link-v0.3.dsse', name: 'link.json', content: dsse },
  {
    row: 'model-scanning/modelscan-0.8.8-empty-clean',
    name: 'scan.json',
    content: {
      summary: {
        ...{ modelscan_version: '0.8.8', timestamp: '2026-02-20T10:00:00', total_issues: 0 },
        ...{ total_issues_by_severity: {}, scanned: { total_scanned: 0 } },
      },
      ...{ issues: [], errors: [] },
    },
  },
  { row: 'croissant/squad_v2-1.1', name: 'croissant.json', content: address },
  { row: 'croissant/data_provenance_initiative-1.1', name: 'croissant.json', content: address },
  {
    ...{ row: 'croissant/credit-g-1.0', name: 'croissant.json' },
    content: described({ md5: '1a2b'.repeat(8) }),
  },
  {
    row: 'cyclonedx-mlbom/valid-machine-learning-1.6',
    name: 'bom.json',
    content: readFileSync(new URL('../fixtures/readers/cyclonedx/unfilled.json', import.meta.url), 'utf8'),
    ends: {
      answer: {
        ...{ code: 'bom_wrong', outcome: 'unmet' },
        wrong: expect.arrayContaining([
          expect.objectContaining({ why: 'placeholder', found: 'to be measured later on' }),
        ]),
      },
    },
  },
  {
    ...{ row: 'model-cards/hf-modelcard_template.md', name: 'MODEL_CARD.md' },
    content: '# Model\n\n## Uses\n\n### Direct Use\n\n[More Information Needed]\n',
    ends: { answer: { code: 'sections_lacking', lacking: [{ title: 'Direct Use', why: 'placeholder' }] } },
  },
  {
    ...{ row: 'oscal/ar-ifa', name: 'results.json', content: ASSESSED },
  },
  {
    row: 'vendor-risk/caiq-v3.1-elastic-answers',
    name: 'caiq.json',
    content: { vendor: 'Parrot Models Ltd', answers: ANSWERS },
    ends: {
      records: [{ kind: 'caiq', no: 11, date: '2021-06-30' }],
      answer: {
        ...{ code: 'caiq_open', outcome: 'unmet', more: 0 },
        open: Array.from({ length: 11 }, () => ({ answer: 'no' })),
        stale: { date: '2021-06-30', days: 1705, limit: 365 },
      },
    },
  },
  {
    row: 'reproducibility/mlflow-example.conda.yaml',
    name: 'conda.yaml',
    content:
      'channels: [conda-forge]\ndependencies:\n  - python=3.12\n  - pip\n  - pip: [mlflow>=3]\nname: mlflow-env\n',
  },
  {
    row: 'reproducibility/sd.environment.yaml',
    name: 'environment.yaml',
    content:
      'name: sd\nchannels: [defaults]\ndependencies:\n  - python=3.8.5\n  - pip:\n      - -e git+https://github.com/a/b.git@main#egg=b\n',
  },
]

/** Rows of which a test elsewhere proves the same, by its file and its name. */
const ELSEWHERE: readonly (readonly [row: string, file: string, name: string])[] = [
  [
    'oms-model-signing/v0.2.0-certificate',
    'test/attest/model-signing.test.ts',
    'a signature by model_signing before 1.0 is not verified, and nobody changed it',
  ],
]

const bytesOf = (content: object | string): Buffer =>
  Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))

describe('the rows of chapter 10 in files of our own', () => {
  test.each(TWINS)('$row must not pass', ({ row, name, content, trust, context, ends }) => {
    const own = asRow(row)
    const held = { ...own, ...(trust && { trust }), ...(context && { context }) }

    expectEnds(ended(name, held, bytesOf(content)), ends ?? own.ends)
  })

  test('each has one, or a test elsewhere that proves the same', () => {
    const proved = [...TWINS.map(({ row }) => row), ...ELSEWHERE.map(([row]) => row)]

    expect(proved.toSorted()).toEqual(ROWS.flatMap(({ files }) => files).toSorted())
    for (const [, file, name] of ELSEWHERE) {
      const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
      expect(source, file).toContain(`'${name}'`)
    }
  })

  // What is minted has one fault each: without it the very same row is met.
  test('a bundle without any fault is met', async () => {
    const row = { ...asRow('github-attestations/custom-issuer'), trust: trusted, context: released }
    const came = ended('bundle.json', row, bytesOf(await instance.bundle(provenance())))

    expect(came).toMatchObject({ problems: [], answer: { outcome: 'met', code: 'attestation_verified' } })
  })

  test('an issuer of one’s own is trusted where the floor names it', async () => {
    const issuer = `${ISSUER}/hammer-time`
    const own = [{ issuer, subject: WORKFLOW }]
    const context = () => ({ ...released(), signers: own })
    const row = {
      ...asRow('github-attestations/custom-issuer'),
      trust: () => ({ roots, signers: own }),
      context,
    }
    const bundle = await instance.bundle(provenance(), { run: { ...RUN, 8: issuer } })

    expect(ended('bundle.json', row, bytesOf(bundle)).answer.outcome).toBe('met')
  })

  test('a signature over one file is none over another', async () => {
    const [right, wrong] = [Buffer.from('a.txt'), Buffer.from('b.txt')]
    const bundle = await instance.bare(right)
    const shown = (file: Buffer) => attestedBare(bundle, file, trustOf(trusted())).shown

    expect(shown(right)).toMatchObject({ state: 'verified' })
    expect(shown(wrong)).toEqual({ state: 'invalid', why: 'signature' })
  })
})
