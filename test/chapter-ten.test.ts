import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { trustOf } from '../src/attest/proof/trust.ts'
import type { Context } from '../src/checks/context.ts'
import { answer, Criterion } from '../src/checks/index.ts'
import type { Evidence } from '../src/core/evidence.ts'
import type { SignersTrusted } from '../src/core/signers.ts'
import { readEvidence } from '../src/readers/index.ts'
import { withSignedFiles } from '../src/sources/signed-files.ts'
import { aContext, anEvidence } from './support/facts.ts'
import { memory } from './support/memory.ts'

/**
 * Files by others that must not pass, row by row as the reference on provenance formats lists them (its chapter 10), and
 * what each ends as: as evidence, by the problem that it brings; as proof, by what a criterion that asks for it comes to.
 */
const SAMPLES = new URL('../../shared/samples/', import.meta.url)
/** A row names a file with or without the rest of its name. */
const ENDINGS = ['', '.sigstore.json', '.jsonl', '.json', '.model.sig', '.bundle.json']
const text = (file: string) => readFileSync(new URL(file, SAMPLES), 'utf8')
const fileOf = (name: string): string | undefined =>
  ENDINGS.map((ending) => `${name}${ending}`).find((file) => existsSync(new URL(file, SAMPLES)))

type Ends = {
  /** What the file alone brings, whoever asks; none where absent. */
  readonly problems?: readonly object[]
  /** What a criterion that asks for it comes to; never met. */
  readonly answer: object
}
type Row = {
  readonly files: readonly string[]
  readonly criterion: object
  readonly ends: Ends
  readonly trust?: () => SignersTrusted
  readonly context?: (evidence: Evidence) => Partial<Context>
  readonly document?: string
}

const NOW = '2026-03-01T12:00:00Z'
const A_FILE = createHash('sha256').update('other bytes').digest('hex')
const GITHUB = 'https://token.actions.githubusercontent.com'
const provenance = { control: 'open-source-provenance', check: 'attestation', predicate: 'provenance' }
const signature = { ...provenance, predicate: 'model-signing' }
const released = () => ({
  weights: [{ name: 'model.safetensors', digest: `sha256:${A_FILE}` }],
  signers: [{ issuer: GITHUB, subject: 'https://github.com/acme/train/.github/workflows/train.yml@main' }],
})
const NOT_MET = { outcome: expect.stringMatching(/^(?:unmet|undecided)$/) }
const invalid = (why: unknown = expect.any(String)): Ends => ({
  problems: [{ code: 'attestation_invalid', why }],
  answer: NOT_MET,
})
const attested = (files: readonly string[], ends: Ends, trust?: () => SignersTrusted): Row => ({
  ...{ files, criterion: provenance, ends, context: released },
  ...(trust && { trust }),
})
const lab = (): SignersTrusted => ({
  signers: [{ name: 'lab', key: text('oms-model-signing/signing-key-pub.pem') }],
})
const authority = (): SignersTrusted => ({
  signers: [{ name: 'lab', ca: text('oms-model-signing/ca-cert.pem') }],
})

const dataNamed = ({ records }: Evidence): Partial<Context> => {
  const names = records.flatMap((one) =>
    one.kind === 'data' ? one.datasets.flatMap((data) => data.names) : [],
  )
  const [name = 'none'] = names
  const digest = `sha256:${A_FILE}`
  return { claims: { datasets: [{ name, role: 'train', digest }], commits: [], repositories: [] } }
}
const croissant = (file: string, ends: Ends): Row => ({
  ...{ files: [file], criterion: { control: 'data-integrity', check: 'integrity', of: ['data'] } },
  ...{ ends, context: dataNamed },
})

const ROWS: readonly Row[] = [
  attested(['github-attestations/invalid-signature', 'sigstore-bundles/dsse-invalid-sig_fail'], invalid()),
  attested(['sigstore-bundles/dsse-mismatch-envelope_fail'], invalid('log')),
  attested(['sigstore-bundles/intoto-expired-certificate_fail'], invalid()),
  attested(['sigstore-bundles/wrong-material_fail'], invalid()),
  attested(
    ['github-attestations/missing-verification-material', 'github-attestations/bundle-missing-cert'],
    invalid('malformed'),
  ),
  attested(['sigstore-bundles/happy-path-intoto-in-dsse-v3'], invalid('contradicts_certificate')),
  // Whatever its signature leads to, it is not the issuer that the floor names.
  attested(['github-attestations/custom-issuer'], { answer: NOT_MET }),
  attested(['github-attestations/github-instance-no-tlog'], invalid('root')),
  // Signed before DSSE was: not verified here, which nobody did wrong.
  attested(['oms-model-signing/v0.2.0-certificate'], { answer: NOT_MET }, authority),
  attested(
    [
      'oms-model-signing/spec-invalid-missing-envelope',
      'oms-model-signing/spec-invalid-missing-verification-material',
    ],
    invalid('malformed'),
  ),
  attested(['intoto-slsa/link-v0.3.dsse'], invalid('statement')),
  {
    files: ['model-scanning/modelscan-0.8.8-empty-clean'],
    criterion: { control: 'supply-chain', check: 'scan' },
    context: () => ({
      release: {
        ...{
          weights: [{ name: 'model.pkl', digest: `sha256:${A_FILE}`, trust: 'seen' }],
          service: false,
          allowed: [],
        },
      },
    }),
    ends: { answer: { code: 'scan_incomplete', outcome: 'undecided' } },
  },
  croissant('croissant/squad_v2-1.1', {
    answer: { outcome: 'undecided', facts: [{ what: 'data_placeholder' }] },
  }),
  croissant('croissant/data_provenance_initiative-1.1', {
    answer: { outcome: 'undecided', facts: [{ what: 'data_placeholder' }] },
  }),
  croissant('croissant/credit-g-1.0', { answer: NOT_MET }),
  {
    files: ['cyclonedx-mlbom/valid-machine-learning-1.6'],
    criterion: { control: 'supply-chain', check: 'record', record: 'bom' },
    context: released,
    ends: {
      answer: {
        ...{ code: 'bom_wrong', outcome: 'unmet' },
        wrong: expect.arrayContaining([
          {
            ...{ why: 'placeholder', found: 'The value of the performance metric' },
            at: '/components/0/modelCard/quantitativeAnalysis/performanceMetrics/0/value',
          },
        ]),
      },
    },
  },
  {
    files: ['model-cards/hf-modelcard_template.md'],
    criterion: {
      control: 'documentation',
      check: 'document',
      document: 'model-card',
      sections: ['Direct Use'],
    },
    document: 'model-card',
    ends: {
      problems: [{ code: 'syntax', line: 4 }],
      answer: { code: 'sections_lacking', lacking: [{ title: 'Direct Use', why: 'placeholder' }] },
    },
  },
  {
    files: ['oscal/ar-ifa'],
    criterion: { control: 'access-control', check: 'record', record: 'oscal', controls: ['ac-6.1'] },
    ends: {
      answer: {
        ...{ code: 'oscal_faults', outcome: 'unmet', date: '2023-06-02' },
        faults: [
          { why: 'not_satisfied', control: 'ac-6.1' },
          { why: 'expired', control: 'ac-6.1', at: '2023-07-01T04:00:00.000Z' },
          { why: 'no_deadline' },
        ],
      },
    },
  },
  {
    files: ['vendor-risk/caiq-v3.1-elastic-answers'],
    criterion: { control: 'vendor-monitoring', check: 'record', record: 'caiq' },
    ends: { answer: { outcome: 'unmet', code: expect.stringMatching(/^(?:caiq_open|record_expired)$/) } },
  },
  {
    files: ['reproducibility/mlflow-example.conda.yaml', 'reproducibility/sd.environment.yaml'],
    criterion: { control: 'reproducibility', check: 'integrity', of: ['environment'] },
    ends: {
      answer: {
        outcome: 'unmet',
        facts: expect.arrayContaining([expect.objectContaining({ what: 'package_loose' })]),
      },
    },
  },
]

function ended(
  file: string,
  { criterion, trust, context, document }: Row,
  bytes: Uint8Array = readFileSync(new URL(file, SAMPLES)),
) {
  const { format, reading } = readEvidence(bytes, file, 'f00d', { trust: trustOf(trust?.()) })
  const evidence = anEvidence({
    ...{ path: file, ...reading },
    ...(format !== undefined && { format }),
    ...(document !== undefined && { document }),
  })
  const seen = aContext([], { now: NOW, evidence: [evidence], ...context?.(evidence) })
  return { problems: reading.problems, answer: answer(Criterion.parse({ id: 'asked', ...criterion }), seen) }
}

const each = ROWS.flatMap((row) => row.files.map((name) => ({ name, row, file: fileOf(name) })))

const asRow = (wanted: string): Row => {
  const found = ROWS.find(({ files }) => files.includes(wanted))
  if (found === undefined) throw new Error(`no row has ${wanted}`)
  return found
}
const statement = { type: 'https://in-toto.io/Statement/v1', subject: [], predicateType: 'x', predicate: {} }
const dsse = {
  payloadType: 'application/vnd.in-toto+json',
  payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
  signatures: [{ sig: 'MEUC' }],
}

/** The faults of rows above in files of our own: what holds of them is held where there are no samples. */
const OWN: readonly (readonly [row: string, name: string, content: string])[] = [
  ['intoto-slsa/link-v0.3.dsse', 'link.json', JSON.stringify(dsse)],
  [
    'github-attestations/missing-verification-material',
    'bundle.json',
    JSON.stringify({ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: dsse }),
  ],
  [
    'model-scanning/modelscan-0.8.8-empty-clean',
    'scan.json',
    JSON.stringify({
      summary: {
        ...{ modelscan_version: '0.8.8', timestamp: '2026-02-20T10:00:00', total_issues: 0 },
        ...{ total_issues_by_severity: {}, scanned: { total_scanned: 0 } },
      },
      ...{ issues: [], errors: [] },
    }),
  ],
  [
    'croissant/squad_v2-1.1',
    'croissant.json',
    JSON.stringify({
      ...{ '@context': {}, '@type': 'sc:Dataset', name: 'questions', license: 'Public' },
      conformsTo: 'http://mlcommons.org/croissant/1.1',
      distribution: [{ '@type': 'cr:FileObject', '@id': 'repo', sha256: 'https://hub.example/issues/80' }],
    }),
  ],
  [
    'reproducibility/mlflow-example.conda.yaml',
    'conda.yaml',
    'channels: [conda-forge]\ndependencies:\n  - python=3.12\n  - pip\n  - pip: [mlflow>=3]\nname: mlflow-env\n',
  ],
]

/*
 * The samples are files by others and no part of this project, so they are read where they lie. Where they do not, every
 * test that needs one is skipped, each under its own name, and only the files of our own below are held to the rows.
 */
describe('the files of chapter 10', () => {
  test.each(OWN)('%s must not pass, in a file of our own either', (row, name, content) => {
    const { ends } = asRow(row)
    const came = ended(name, asRow(row), Buffer.from(content))

    expect(came.problems).toMatchObject(ends.problems ?? [])
    expect(came.answer).toMatchObject(ends.answer)
    expect(came.answer.outcome).not.toBe('met')
  })

  for (const { name, row, file } of each) {
    test.skipIf(file === undefined)(`${name} must not pass`, () => {
      const came = ended(file ?? '', row)

      expect(came.problems).toMatchObject(row.ends.problems ?? [])
      expect(came.answer).toMatchObject(row.ends.answer)
      expect(came.answer.outcome).not.toBe('met')
    })
  }

  const signed = fileOf('oms-model-signing/v1.1.0-elliptic-key')
  const parts = [
    'oms-model-signing/v1.1.0-elliptic-key.signme-1',
    'oms-model-signing/v1.1.0-elliptic-key.signme-2',
  ]
  const there = signed !== undefined && parts.every((part) => fileOf(part) !== undefined)

  const sha256 = (data: Uint8Array) => `sha256:${createHash('sha256').update(data).digest('hex')}`
  const [one = new Uint8Array(), two = new Uint8Array()] = there
    ? parts.map((part) => readFileSync(new URL(part, SAMPLES)))
    : []
  const changed = Uint8Array.from(one, (byte, index) => (index === 0 ? byte ^ 1 : byte))

  test.skipIf(!there).each<readonly [string, Uint8Array, readonly string[], object, readonly object[]]>([
    ['as it is', one, [], { code: 'attestation_verified', outcome: 'met' }, []],
    [
      'with one byte changed',
      changed,
      [],
      { code: 'attestation_wrong', outcome: 'unmet', why: 'files_differ' },
      [{ code: 'attestation_invalid', why: 'files_differ' }],
    ],
    [
      'with one file more',
      one,
      ['preprocess.py'],
      {
        code: 'attestation_lacking',
        outcome: 'unmet',
        lacks: [{ lack: 'unsigned', files: ['preprocess.py'] }],
      },
      [],
    ],
  ])('a signed model %s', async (_, first, more, expected, problems) => {
    const repository = memory()
    const files = {
      'model.sig': text(signed ?? ''),
      'signme-1': first,
      'signme-2': two,
      'preprocess.py': 'pass',
    }
    const commit = repository.commit({ files })
    const weights = [first, two].map((bytes, index) => ({
      ...{ name: `signme-${index + 1}`, digest: sha256(bytes), trust: 'seen' as const },
    }))
    const components = more.map((path) => ({ path, sha: 'f00d' }))
    const { format, reading } = readEvidence(Buffer.from(files['model.sig']), 'model.sig', 'f00d', {
      trust: trustOf(lab()),
    })
    const evidence = anEvidence({ path: 'model.sig', ...reading, ...(format && { format }) })
    const released = { weights, components, problems: [] }
    const held = await withSignedFiles(repository, { commit, manifest: 'release.yml', released }, [evidence])
    const seen = aContext([], { now: NOW, evidence: held, weights, signers: lab().signers ?? [] })

    expect(answer(Criterion.parse({ id: 'asked', ...signature }), seen)).toMatchObject(expected)
    expect(held.flatMap((file) => file.problems)).toMatchObject(problems)
  })

  test.skipIf(!existsSync(SAMPLES))('are all here that lie among the samples', () => {
    const found = each.filter(({ file }) => file !== undefined)

    expect(found.length).toBeGreaterThan(5)
    // A row that is misspelt would never be asserted.
    for (const { name } of each) {
      const [folder = ''] = name.split('/')
      const own = existsSync(new URL(folder, SAMPLES)) ? readdirSync(new URL(folder, SAMPLES)) : []
      const near = own.filter((one) => one.startsWith(name.split('/')[1] ?? ''))
      if (fileOf(name) === undefined) expect(near, name).toEqual([])
    }
  })
})
