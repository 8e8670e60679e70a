import { holdsAt, isForeignRun, isSignedBy } from '../core/attestation.ts'
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
  const run = withProvenance(trustingRuns(model, floor, facts.repository), floor, facts)
  const signers = floor?.trusted?.signers
  return signers === undefined
    ? run
    : {
        ...run,
        evidence: run.evidence.map((file) => (isAttested(file, signers, facts.now) ? signed(file) : file)),
      }
}

function isAttested({ attested = [] }: Evidence, signers: readonly FloorSigner[], now: string): boolean {
  const trusted = trustedSigners(signers)
  return attested.some(
    ({ signer }) => isSignedBy(signer, trusted) && !isForeignRun(signer) && holdsAt(signer, now),
  )
}

function signed({ unlisted: _, ...file }: Evidence): Evidence {
  return { ...file, trust: 'signed' }
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
