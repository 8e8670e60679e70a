import { holdsAt, isForeignRun, isSignedBy } from '../core/attestation.ts'
import type { Evidence } from '../core/evidence.ts'
import { type FloorSigner, trustedSigners } from '../core/signers.ts'
import type { Floor } from '../criteria/floor.ts'
import type { ModelFacts } from '../facts.ts'

/**
 * A model's facts as far as the floor trusts what stands behind them: runs by its workflows, and contents that its
 * signers attest, which count as signed whoever brought them.
 */
export function trusting(
  model: ModelFacts,
  floor: Floor | undefined,
  { repository, now }: { readonly repository: string; readonly now: string },
): ModelFacts {
  const run = trustingRuns(model, floor, repository)
  const signers = floor?.trusted?.signers
  return signers === undefined
    ? run
    : { ...run, evidence: run.evidence.map((file) => (isAttested(file, signers, now) ? signed(file) : file)) }
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

/** GitHub's names of owners and repositories know no case; paths do. */
function sameWorkflow(one: string, other: string): boolean {
  const [names, path] = split(one)
  const [otherNames, otherPath] = split(other)
  return names.toLowerCase() === otherNames.toLowerCase() && path === otherPath
}

function split(workflow: string): readonly [names: string, path: string] {
  const [owner = '', repo = '', ...path] = workflow.split('/')
  return [`${owner}/${repo}`, path.join('/')]
}
