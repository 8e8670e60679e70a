import { createHash } from 'node:crypto'
import { attested, formOf } from '../attest/proof/read.ts'
import { type Trust, trustOf } from '../attest/proof/trust.ts'
import type { AttestationRecord, Shown } from '../core/attestation.ts'
import type { Evidence } from '../core/evidence.ts'
import { attestationsPath } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { EvidenceRecord } from '../core/record.ts'
import type { ModelFacts } from '../facts.ts'
import { type Asking, type Digests, digestsAsked } from './attestations-asked.ts'
import { withAttested } from './attested.ts'
import { NOTHING } from './evidence.ts'
import type { Repository } from './repository.ts'
import type { ToldAttestations, Witness } from './witness.ts'

/** Contents past these are not asked about: one attestation may cover a whole release. */
const MOST_ASKED = 10

/**
 * A model's facts with the attestations that GitHub keeps for its weights and evidence, where something is asked that
 * those in the evidence do not show. Each is verified where it is read; without a witness they are awaited.
 */
export async function withKept(
  repository: Repository,
  witness: Witness | undefined,
  model: ModelFacts,
  asking: Asking,
): Promise<ModelFacts> {
  const digests = await digestsAsked(repository, model, asking, witness !== undefined)
  if (digests.weights.length + digests.evidence.length === 0) return model
  if (witness === undefined)
    return { ...model, attestations: [...digests.weights, ...digests.evidence].map(awaited) }
  const attestations = await asked(witness, repository.name, digests, trustOf(asking.floor?.trusted))
  return {
    ...model,
    evidence: await withAttested(repository, model.evidence, attestations),
    attestations,
  }
}

async function asked(
  witness: Witness,
  own: string,
  { weights, evidence, where }: Digests,
  trust: Trust,
): Promise<readonly Evidence[]> {
  const found: Evidence[] = []
  const all = [
    ...weights.map((digest) => ({ digest, at: where })),
    ...evidence.map((digest) => ({ digest, at: own })),
  ]
  for (const { digest, at } of all.slice(0, MOST_ASKED)) {
    // What one bundle says of several contents is told once.
    if (found.some(({ records }) => records.some((record) => isVerifiedOf(record, digest)))) continue
    const told = await witness.attestations(at, digest)
    found.push(keptOf(told, digest, trust))
    if (told.kind === 'hidden') break
  }
  return found
}

function isVerifiedOf(record: EvidenceRecord, digest: string): boolean {
  return (
    record.kind === 'attestation' &&
    record.shown.state === 'verified' &&
    record.subjects.some(({ digests }) => digests.includes(digest))
  )
}

function keptOf(told: ToldAttestations, digest: string, trust: Trust): Evidence {
  const about = { path: attestationsPath(digest), about: 'candidate', trust: 'typed' } as const
  if (told.kind === 'hidden') return { ...about, ...NOTHING, kept: 'hidden' }
  const bundles = told.bundles.filter((one) => formOf(one) === 'bundle')
  const kept = { found: bundles.length, left: told.left + told.bundles.length - bundles.length }
  if (bundles.length === 0) return { ...about, ...NOTHING, kept }
  const texts = bundles.map((one) => JSON.stringify(one))
  const sha = createHash('sha256').update(texts.join('\n')).digest('hex')
  const records = bundles.flatMap((bundle, index): readonly AttestationRecord[] => {
    const one = attested(bundle, trust)
    const source = { path: about.path, sha, format: 'attestation', pointer: `/attestations/${index}` }
    return one === undefined ? [] : [{ kind: 'attestation', ...one, shown: unpresented(one.shown), source }]
  })
  const problems = records.flatMap(({ shown, predicateType: predicate }): readonly Problem[] =>
    shown.state === 'invalid'
      ? [{ path: about.path, code: 'attestation_invalid', why: shown.why, predicate }]
      : [],
  )
  return { ...about, sha, format: 'attestation', measurements: [], records, problems, kept }
}

/**
 * What nobody presented can't be held against a release for whose roots the floor does not have: GitHub signs
 * releases by an instance of its own, and so do private repositories. Whatever else is wrong stays wrong.
 */
function unpresented(shown: Shown): Shown {
  return shown.state === 'invalid' && shown.why === 'root' ? { state: 'claimed', why: 'unknown_key' } : shown
}

function awaited(digest: string): Evidence {
  const path = attestationsPath(digest)
  return { path, about: 'candidate', trust: 'typed', ...NOTHING, awaited: 'unread' }
}
