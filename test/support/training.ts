import type { Claims, Context } from '../../src/checks/context.ts'
import { answerIntegrity, IntegrityCheck } from '../../src/checks/integrity.ts'
import type { AtTraining } from '../../src/core/at-training.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { IntegrityFact } from '../../src/core/integrity-answer.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import type { NamedData, Package, Scalar } from '../../src/core/training-evidence.ts'
import { aSource } from './build.ts'
import { ALL_GIVEN, aContext, anEvidence, NO_EXAMS } from './facts.ts'

export const SHA = `sha256:${'1a2b'.repeat(16)}`
export const OTHER = `sha256:${'9f8e'.repeat(16)}`
export const MD5 = `md5:${'1a2b'.repeat(8)}`
export const COMMIT = '0123456789abcdef0123456789abcdef01234567'
export const ELSE = 'fedcba9876543210fedcba9876543210fedcba98'

export type Kind<K extends EvidenceRecord['kind']> = Extract<EvidenceRecord, { kind: K }>

export const asked = (given: object): IntegrityCheck =>
  IntegrityCheck.parse({ id: 'i', control: 'documentation', check: 'integrity', ...given })

export const CLAIMS: Claims = {
  datasets: [{ name: 'train', role: 'train', digest: SHA }],
  commits: [COMMIT],
  repositories: ['acme/models'],
}

/** A weights file, and provenance of it by a key, as far as it is not as it should be. */
export const MADE = `sha256:${'5'.repeat(64)}`
export const provenance = (
  given: Partial<Extract<Kind<'attestation'>['says'], { predicate: 'provenance' }>>,
  more: Partial<Kind<'attestation'>> = {},
): Kind<'attestation'> => ({
  ...{
    kind: 'attestation',
    predicateType: 'https://slsa.dev/provenance/v1',
    subjects: [{ digests: [MADE] }],
  },
  says: { predicate: 'provenance', builder: 'b', buildType: 't', materials: [], ...given },
  shown: { state: 'verified', signer: { by: 'key', name: 'lab' } },
  source: aSource({ path: 'a.sigstore.json' }),
  ...more,
})

export type More = {
  readonly claims?: Partial<Claims>
  readonly pinned?: string
  readonly context?: Partial<Context>
}

export function judged(
  given: object,
  records: readonly EvidenceRecord[],
  { claims, pinned, context }: More = {},
) {
  const evidence = records.map((record) =>
    anEvidence({ path: record.source.path, measurements: [], records: [record] }),
  )
  const exams =
    pinned === undefined ? NO_EXAMS : { ...NO_EXAMS, pinned: new Map([['train', { digest: pinned }]]) }
  const all = { ...CLAIMS, ...claims }
  const came = answerIntegrity(
    asked(given),
    aContext([], {
      ...{ evidence, exams, claims: all, weights: [{ name: 'm', digest: MADE }] },
      atTraining: asItWas(evidence),
      ...context,
    }),
  )
  if (!('facts' in came)) throw new Error(came.code)
  return came
}

/** That the commit of the training had every file as it is. */
export const asItWas = (evidence: readonly Evidence[]): AtTraining => ({
  ...{ kind: 'seen', commit: COMMIT },
  files: evidence.map(({ path, sha = '' }) => ({ path, sha })),
})

/** What was found out, beside that files are as they were. */
export const whats = ({ facts }: { readonly facts: readonly IntegrityFact[] }) =>
  facts.flatMap(({ what }) => (what === 'as_at_training' ? [] : [what]))
export const from = (path: string) => ({ tool: 'made', source: aSource({ path }) })

export const data = (
  path: string,
  datasets: readonly NamedData[],
  more: Partial<Kind<'data'>> = {},
): Kind<'data'> => ({
  ...{ kind: 'data', datasets, ...from(path) },
  ...more,
})
export const named = (name: string, ...digests: readonly string[]): NamedData => ({ names: [name], digests })
export const settings = (
  path: string,
  of: 'committed' | 'run',
  values: Readonly<Record<string, Scalar>>,
  unresolved: readonly string[] = [],
): Kind<'parameters'> => ({ kind: 'parameters', of, values, unresolved, ...from(path) })
export const environment = (
  path: string,
  packages: readonly Package[],
  includes: readonly string[] = [],
): Kind<'environment'> => ({ kind: 'environment', packages, includes, ...from(path) })
export const run = (path: string, given: Partial<Kind<'run'>> = {}): Kind<'run'> => ({
  ...{ kind: 'run', frameworks: {}, doubts: [], ...from(path) },
  ...given,
})
export const training = (given: Partial<Kind<'training'>>): Kind<'training'> => ({
  ...{ kind: 'training', owner: 'given', date: '2026-02-01', fields: ALL_GIVEN, outcome: 'completed' },
  source: aSource({ path: 'training.yml' }),
  ...given,
})
