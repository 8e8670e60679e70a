import { isSignedBy, type PredicateKind } from '../core/attestation.ts'
import { provenanceOf } from '../core/provenance.ts'
import { trustedSigners } from '../core/signers.ts'
import { effective } from '../criteria/effective.ts'
import type { Floor } from '../criteria/floor.ts'
import { attestableOf } from '../criteria/manifest-weights.ts'
import type { Facts, ModelFacts } from '../facts.ts'
import { contentDigest } from './attested.ts'
import type { Repository } from './repository.ts'

/** What decides whether attestations are asked for. */
export type Asking = Pick<Facts, 'now' | 'repositoryId'> & { readonly floor: Floor | undefined }

/** Contents whose attestations are asked for, as `sha256:…`; those of the weights in the repository of their run. */
export type Digests = {
  readonly weights: readonly string[]
  readonly evidence: readonly string[]
  readonly where: string
}

/**
 * The contents that something asked is open for: a `check: attestation`, trust `signed`, or tier `witnessed` where it is
 * only wanting that the run is shown to have produced the weights.
 */
export async function digestsAsked(
  repository: Repository,
  model: ModelFacts,
  { floor, now, repositoryId }: Asking,
  isSeen: boolean,
): Promise<Digests> {
  const { criteria, begun } = model
  const versions = [criteria.registered?.criteria, criteria.today?.criteria].flatMap((one) => one ?? [])
  const about = {
    ...{ repository: repository.name, model: model.model, began: now },
    ...(repositoryId !== undefined && { repositoryId }),
  }
  const held = effective(versions, floor, about)
  const checks = [...versions.flatMap((one) => one.criteria), ...(held?.criteria ?? [])]
  const signed = held?.trust === 'signed' || checks.some((one) => 'trust' in one && one.trust === 'signed')
  const predicates = checks.flatMap((one) => (one.check === 'attestation' ? one.predicate : []))
  const weights = attestableOf(model.manifest.value)
  const open = weights.filter(({ digest }) => predicates.some((one) => !isAttested(model, one, digest)))
  const witnessed = isSeen && held?.tier === 'witnessed' && isOnlyUnshown(model, floor, about)
  return {
    weights: (witnessed ? weights : open).map(({ digest }) => digest),
    evidence: signed ? await unsigned(repository, model, floor) : [],
    where: begun?.clock === 'run' && begun.kind === 'seen' ? begun.repository : repository.name,
  }
}

/** What GitHub keeps are statements whose subjects are the very files. */
const ELSEWHERE: readonly PredicateKind[] = ['model-signing', 'signature']

function isAttested({ evidence }: ModelFacts, predicate: PredicateKind, digest: string): boolean {
  return (
    ELSEWHERE.includes(predicate) ||
    evidence.some(({ records }) =>
      records.some(
        (record) =>
          record.kind === 'attestation' &&
          record.says.predicate === predicate &&
          record.shown.state === 'verified' &&
          record.subjects.some(({ digests }) => digests.includes(digest)),
      ),
    )
  )
}

/** Whether a run lacks nothing to be a witness but what it produced. */
function isOnlyUnshown(
  { begun, manifest, evidence }: ModelFacts,
  floor: Floor | undefined,
  own: { readonly repository: string; readonly repositoryId?: number },
): boolean {
  if (begun?.clock !== 'run' || begun.kind !== 'seen') return false
  const { file, fork, success, again, tip, produced } = begun
  if (file !== 'trusted' || fork || !success || again === true || tip.kind !== 'known') return false
  if (produced.kind === 'listed' || produced.kind === 'no_digests') return false
  const isOwn = begun.repository.toLowerCase() === own.repository.toLowerCase()
  const run = { ...begun, repositoryId: begun.repositoryId ?? (isOwn ? own.repositoryId : undefined) }
  return provenanceOf(attestableOf(manifest.value), evidence, run, floor?.trusted)?.kind !== 'names_run'
}

/** Evidence that nobody whom the floor trusts has attested. */
async function unsigned(
  repository: Repository,
  { evidence }: ModelFacts,
  floor: Floor | undefined,
): Promise<readonly string[]> {
  const trusted = trustedSigners(floor?.trusted?.signers ?? [])
  if (trusted.length === 0) return []
  const open = evidence.filter(
    ({ measurements, records, attested = [] }) =>
      measurements.length + records.filter(({ kind }) => kind !== 'attestation').length > 0 &&
      !attested.some(({ signer }) => isSignedBy(signer, trusted)),
  )
  const digests = await Promise.all(open.map((file) => contentDigest(repository, file)))
  return [...new Set(digests.flatMap((one) => one ?? []))]
}
