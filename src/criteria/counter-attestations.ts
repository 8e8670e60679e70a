import type { AttestationCheck } from '../checks/attestation.ts'
import type { Context } from '../checks/context.ts'
import type { AttestationRecord, AttestationSigner, PredicateKind, Says } from '../core/attestation.ts'
import type { FloorSigner } from '../core/signers.ts'
import { recordContext } from './counter-records.ts'
import { type Made, NOW, SOURCE } from './made.ts'

const [WEIGHTS, OTHER] = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`]
const LONG_AGO = '1970-01-01T00:00:00Z'

/** An attestation that verifies by the right signer about the right weights, and what is no such attestation. */
export function forAttestation(criterion: AttestationCheck): Made {
  const { signer = 'made', predicate } = criterion
  const trusted: FloorSigner =
    typeof signer === 'string'
      ? { name: signer, issuer: 'https://made.example', subject: 'made@made.example' }
      : signer
  const by = 'issuer' in trusted ? trusted : { issuer: '', subject: '' }
  const nowhere = { by: 'identity', issuer: by.issuer, subject: by.subject } as const
  const { runner } = criterion
  const own: AttestationSigner = { ...nowhere, ...(runner !== undefined && { runner }) }
  const made = (given: Partial<AttestationRecord>): AttestationRecord => ({
    ...{ kind: 'attestation', predicateType: predicate, says: saysOf(predicate, criterion), source: SOURCE },
    subjects: [{ digests: [WEIGHTS] }],
    files: { absent: [], unsigned: [] },
    shown: { state: 'verified', signer: own, at: NOW },
    ...given,
  })
  const context = (...records: readonly AttestationRecord[]): Context => ({
    ...recordContext(records),
    signers: [trusted],
    weights: [{ name: 'made', digest: WEIGHTS }],
  })
  const good = made({})
  const signedBy = (change: Partial<typeof own>) =>
    made({ shown: { state: 'verified', signer: { ...own, ...change }, at: NOW } })
  const others = aboutOthers(good)
  return {
    criterion,
    good: context(good),
    counter: [
      { kind: 'missing', context: context() },
      { kind: 'unsigned', context: context(made({ shown: { state: 'claimed', why: 'unsigned' } })) },
      { kind: 'unsigned', context: context(made({ shown: { state: 'claimed', why: 'unknown_key' } })) },
      { kind: 'placeholder', context: context(made({ shown: { state: 'placeholder', found: 'TODO' } })) },
      // However many others verify.
      {
        kind: 'bad_signature',
        context: context(good, made({ shown: { state: 'invalid', why: 'signature' } })),
      },
      { kind: 'other_subject', context: context(others) },
      { kind: 'other_signer', context: context(signedBy({ subject: `${own.subject}x` })) },
      { kind: 'other_signer', context: context(signedBy({ issuer: `${own.issuer}/x` })) },
      { kind: 'other_signer', context: context(signedBy({ trigger: 'pull_request_target' })) },
      ...saysOther(criterion).map((says) => ({
        ...{ kind: 'attests_other' as const, context: context(made({ says })) },
      })),
      ...(runner === undefined ? [] : [{ ...nowhere, runner: 'self-hosted' }, nowhere]).map((signer) => ({
        kind: 'attests_other' as const,
        context: context(made({ shown: { state: 'verified', signer, at: NOW } })),
      })),
      { kind: 'missing', context: context(made({ files: { absent: ['made'], unsigned: [] } })) },
      { kind: 'missing', context: context(made({ files: { absent: [], unsigned: ['made'] } })) },
      ...(criterion.max_age === undefined
        ? []
        : [
            {
              kind: 'expired' as const,
              context: context(made({ shown: { state: 'verified', signer: own, at: LONG_AGO } })),
            },
          ]),
    ],
  }
}

function aboutOthers(good: AttestationRecord): AttestationRecord {
  const { says } = good
  return says.predicate === 'model-signing'
    ? { ...good, says: { ...says, files: [{ name: 'made', digest: OTHER }] } }
    : { ...good, subjects: [{ digests: [OTHER] }] }
}

/** Of each key that is asked what says something else by it alone. */
function saysOther(criterion: AttestationCheck): readonly Says[] {
  const { predicate, builder, verifier, resource, level, policy, tests, configuration } = criterion
  const others: readonly Partial<AttestationCheck>[] = [
    ...(builder === undefined ? [] : [{ builder: `${builder}x` }]),
    ...(verifier === undefined ? [] : [{ verifier: `${verifier}x` }]),
    ...(resource === undefined ? [] : [{ resource: `${resource}x` }]),
    ...(level === undefined ? [] : [{ level: undefined }]),
    ...(policy === undefined ? [] : [{ policy: OTHER }, { policy: undefined }]),
    ...(tests ?? []).map((name) => ({ tests: tests?.filter((one) => one !== name) })),
    ...(configuration ?? []).map((digest) => ({
      configuration: configuration?.filter((one) => one !== digest),
    })),
  ]
  return others.map((other) => saysOf(predicate, { ...criterion, ...other }))
}

function saysOf(predicate: PredicateKind, criterion: AttestationCheck): Says {
  const { builder = 'made', verifier = 'made', resource = 'made', level, policy } = criterion
  const { tests = [], configuration = [] } = criterion
  const reached = level === undefined ? [] : [level]
  switch (predicate) {
    case 'provenance':
      return { predicate, builder, buildType: 'made', materials: [] }
    case 'vsa':
      return {
        ...{ predicate, verifier, resource, result: 'passed', levels: reached },
        policy: { uri: 'made', digests: policy === undefined ? [] : [policy] },
      }
    case 'svr':
      return { predicate, verifier, properties: reached }
    case 'test-result':
      return { predicate, result: 'passed', passed: tests, warned: [], failed: [], configuration }
    case 'model-signing':
      return { predicate, files: [{ name: 'made', digest: WEIGHTS }] }
    case 'signature':
      return { predicate }
    case 'reference':
      return { predicate, attester: 'made', references: [] }
  }
}
