import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { trustOf } from '../../src/attest/proof/trust.ts'
import type { Context } from '../../src/checks/context.ts'
import { answer, Criterion } from '../../src/checks/index.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { SignersTrusted } from '../../src/core/signers.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aContext, anEvidence } from './facts.ts'

/**
 * Files by others that must not pass, row by row as the reference on provenance formats lists them (its chapter 10), and
 * what each ends as: as evidence, by the problem that it brings; as proof, by what a criterion that asks for it comes to.
 */
export const SAMPLES = new URL('../../../shared/samples/', import.meta.url)
/** A row names a file with or without the rest of its name. */
const ENDINGS = ['', '.sigstore.json', '.jsonl', '.json', '.model.sig', '.bundle.json']
export const text = (file: string) => readFileSync(new URL(file, SAMPLES), 'utf8')
export const fileOf = (name: string): string | undefined =>
  ENDINGS.map((ending) => `${name}${ending}`).find((file) => existsSync(new URL(file, SAMPLES)))

export type Ends = {
  /** What the file alone brings, whoever asks; none where absent. */
  readonly problems?: readonly object[]
  /** What a criterion that asks for it comes to; never met. */
  readonly answer: object
  /** What was read. */
  readonly records?: readonly object[]
  /** What the answer must tell beside. */
  readonly tells?: RegExp
}
export type Row = {
  readonly files: readonly string[]
  readonly criterion: object
  readonly ends: Ends
  readonly trust?: () => SignersTrusted
  readonly context?: (evidence: Evidence) => Partial<Context>
  readonly document?: string
}

export const NOW = '2026-03-01T12:00:00Z'
const A_FILE = createHash('sha256').update('other bytes').digest('hex')
export const GITHUB = 'https://token.actions.githubusercontent.com'
const provenance = { control: 'open-source-provenance', check: 'attestation', predicate: 'provenance' }
export const signature = { ...provenance, predicate: 'model-signing' }
const released = () => ({
  weights: [{ name: 'model.safetensors', digest: `sha256:${A_FILE}` }],
  signers: [{ issuer: GITHUB, subject: 'https://github.com/acme/train/.github/workflows/train.yml@main' }],
})
export const NOT_MET = { outcome: expect.stringMatching(/^(?:unmet|undecided)$/) }
export const invalid = (why: unknown = expect.any(String)): Ends => ({
  problems: [{ code: 'attestation_invalid', why }],
  answer: NOT_MET,
})
const attested = (files: readonly string[], ends: Ends, trust?: () => SignersTrusted): Row => ({
  ...{ files, criterion: provenance, ends, context: released },
  ...(trust && { trust }),
})
export const lab = (): SignersTrusted => ({
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
/** A manifest that has the first digest which the description gives, under the name that it has there. */
const weakly = ({ records }: Evidence): Partial<Context> => {
  const all = records.flatMap((one) => (one.kind === 'data' ? one.datasets : []))
  const { names: [name = 'none'] = [], digests: [digest = 'md5:'] = [] } =
    all.find(({ digests }) => digests.length > 0) ?? {}
  return { claims: { datasets: [{ name, role: 'train', digest }], commits: [], repositories: [] } }
}
const croissant = (file: string, ends: Ends): Row => ({
  ...{ files: [file], criterion: { control: 'data-integrity', check: 'integrity', of: ['data'] } },
  ...{ ends, context: dataNamed },
})

export const ROWS: readonly Row[] = [
  attested(['github-attestations/invalid-signature', 'sigstore-bundles/dsse-invalid-sig_fail'], invalid()),
  attested(['sigstore-bundles/dsse-mismatch-envelope_fail'], invalid('log')),
  // Its own root is not among the samples, so that it leads to none: a twin of ours reaches the day on which it expired.
  attested(['sigstore-bundles/intoto-expired-certificate_fail'], invalid('root')),
  // Of a file that nobody has beside it: that other bytes are not verified is shown by a twin.
  attested(['sigstore-bundles/wrong-material_fail'], invalid('other_file')),
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
  // With the very md5 that it has: one that can be forged is not enough, and `Public` is no licence.
  {
    ...croissant('croissant/credit-g-1.0', {
      answer: {
        outcome: 'undecided',
        facts: [{ what: 'data_weak', digest: expect.stringMatching(/^md5:/) }],
      },
      records: [{ kind: 'data', licence: { written: expect.stringMatching(/public/i), plain: false } }],
    }),
    criterion: { control: 'data-integrity', check: 'integrity', of: ['data'], strong: true },
    context: weakly,
  },
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
    // Both: eleven answers are no, and all are of 2021.
    ends: {
      records: [{ kind: 'caiq', no: 11, date: '2021-06-30' }],
      answer: { outcome: 'unmet', code: expect.stringMatching(/^(?:caiq_open|record_expired)$/) },
      tells: /"date":"2021-06-30","days":\d+,"limit":365/,
    },
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

export function ended(
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
  return {
    problems: reading.problems,
    records: reading.records,
    answer: answer(Criterion.parse({ id: 'asked', ...criterion }), seen),
  }
}

/** Holds a file to what its row, or the twin of a row, ends as. */
export function expectEnds(
  came: ReturnType<typeof ended>,
  { problems = [], answer, records, tells }: Ends,
): void {
  expect(came.problems).toMatchObject(problems)
  expect(came.answer).toMatchObject(answer)
  expect(came.answer.outcome).not.toBe('met')
  if (records !== undefined) expect(came.records).toMatchObject(records)
  if (tells !== undefined) expect(JSON.stringify(came.answer)).toMatch(tells)
}

/** The row that has a file. */
export const asRow = (wanted: string): Row => {
  const found = ROWS.find(({ files }) => files.includes(wanted))
  if (found === undefined) throw new Error(`no row has ${wanted}`)
  return found
}
