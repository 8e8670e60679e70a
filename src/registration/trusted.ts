import { isTrusted } from '../core/attestation.ts'
import type { Evidence } from '../core/evidence.ts'
import { type FloorSigner, trustedSigners } from '../core/signers.ts'
import { sameWorkflow } from '../core/workflow-name.ts'
import type { Floor } from '../criteria/floor.ts'
import type { Facts, ModelFacts } from '../facts.ts'
import { withProvenance } from './provenance.ts'

/**
 * A model's facts as far as the floor trusts what stands behind them: runs by its workflows, and contents that its
 * signers attest, which count as signed whoever brought them.
 */
export function trusting(
  model: ModelFacts,
  floor: Floor | undefined,
  facts: Pick<Facts, 'repository' | 'repositoryId' | 'now'>,
): ModelFacts {
  const whole = { ...model, evidence: [...model.evidence, ...(model.attestations ?? [])] }
  const run = withProvenance(trustingRuns(whole, floor, facts.repository), floor, facts)
  const signers = floor?.trusted?.signers
  return signers === undefined
    ? run
    : { ...run, evidence: run.evidence.map((file) => signedBy(file, signers, facts.now)) }
}

/** Signed by whom it trusts, and by nobody else. */
function signedBy(file: Evidence, signers: readonly FloorSigner[], now: string): Evidence {
  const trusted = trustedSigners(signers)
  const attested = (file.attested ?? []).filter(({ signer }) => isTrusted(signer, trusted, now))
  if (attested.length === 0) return file
  const { unlisted: _, ...rest } = file
  return { ...rest, trust: 'signed', attested }
}

/**
 * A model's facts with what the floor's `trusted.workflows` leaves of its runs: where it names workflows, a run of
 * another one did not witness the work, and what it produced counts as typed. Who merges workflows would else choose
 * which of them made the evidence.
 */
function trustingRuns(model: ModelFacts, floor: Floor | undefined, repository: string): ModelFacts {
  const listed = floor?.trusted?.workflows
  if (listed === undefined) return model
  const isListed = (where: string, workflow: string) =>
    listed.some((one) => sameWorkflow(one, `${where}/${workflow}`))
  const { begun } = model
  const isForeign =
    begun?.clock === 'run' &&
    begun.kind === 'seen' &&
    begun.file === 'trusted' &&
    !isListed(begun.repository, begun.workflow)
  return {
    ...model,
    ...(isForeign && { begun: { ...begun, file: 'unlisted' } }),
    evidence: model.evidence.map((file): Evidence => {
      const { producer, trust } = file
      return producer === undefined || trust !== 'produced' || isListed(repository, producer.workflow)
        ? file
        : { ...file, trust: 'typed', unlisted: producer.workflow }
    }),
  }
}
