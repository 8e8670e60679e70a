import type { Answer } from '../core/answer.ts'
import type { Provenance } from '../core/provenance.ts'
import type { Clock, Limit } from '../core/registration.ts'
import { type Begun, type SeenRun, tipOf } from '../facts.ts'

/** What a server's clock shows: nothing (with the reason), that something is wrong, or when the work began. */
export type ByClock =
  | { readonly kind: 'unknown'; readonly limit: Limit }
  | { readonly kind: 'refused'; readonly answer: Answer }
  | {
      readonly kind: 'known'
      readonly clock: Clock
      /** R: the tip of the default branch at that moment. */
      readonly at: string
      readonly tier: 'started' | 'witnessed'
      readonly limits: readonly Limit[]
    }

/** The names that a release is judged under. */
export type About = {
  readonly repository: string
  readonly model: string
  /** The commit that the manifest names beside the run, if it names one. */
  readonly commit?: string
}

/**
 * Tiers `started` and `witnessed` of design chapter 4: the work began when a server's clock says so, and what
 * the default branch held at that moment are the registered criteria.
 */
export function byClock(begun: Begun | undefined, about: About): ByClock {
  if (begun === undefined) return unknown({ code: 'no_clock' })
  const name = nameOf(begun)
  if (begun.kind !== 'seen') return unseen(begun, name, about)
  const wrong = contradiction(begun, name, about)
  if (wrong !== undefined) return refused(wrong)
  const tip = tipOf(begun)
  if (tip.kind === 'gap') return unknown({ code: 'tip_unknown' })
  if (tip.kind === 'before_watch')
    return unknown({ code: 'before_watch', began: begun.began, watched: tip.watched })
  const { commit: at, since, source } = tip
  const nonce = begun.clock === 'ticket' ? { nonce: begun.nonce } : {}
  const attested = begun.clock === 'run' ? attestedIn(begun) : undefined
  const clock: Clock = {
    ...{ kind: begun.clock, name, ...nonce, began: begun.began, since, source },
    ...(attested && { attested }),
  }
  const limits = begun.clock === 'run' ? limitsOf(begun, name) : [{ code: 'ticket_names_no_run' } as const]
  return { kind: 'known', clock, at, tier: limits.length === 0 ? 'witnessed' : 'started', limits }
}

function unseen(
  { kind, clock: what }: Exclude<Begun, { kind: 'seen' }>,
  name: string,
  { repository }: About,
): ByClock {
  switch (kind) {
    case 'awaiting':
      return unknown({ code: 'awaiting_github', what, name })
    case 'not_found':
      return unknown({ code: 'run_not_found', name })
    case 'not_there':
      return unknown({ code: 'ticket_not_there', name })
    case 'elsewhere':
      return refused({ code: 'run_elsewhere', outcome: 'unmet', name, owner: ownerOf(repository) })
    case 'forged':
      return refused({ code: 'ticket_forged', outcome: 'unmet', name })
  }
}

/**
 * Whether a server's clock fixes which version of the criteria holds: only where the run was seen to produce these
 * weights. Any old run or hoarded ticket could be named for its softer criteria, as any commit could.
 */
export function isFixed(begun: Begun | undefined): boolean {
  return (
    begun?.kind === 'seen' &&
    begun.clock === 'run' &&
    tipOf(begun).kind === 'known' &&
    limitsOf(begun, nameOf(begun)).length === 0
  )
}

function contradiction(
  begun: Extract<Begun, { kind: 'seen' }>,
  name: string,
  { repository, model, commit }: About,
): Answer | undefined {
  const { reused } = begun
  if (begun.clock === 'run') {
    if (commit !== undefined && commit !== begun.commit)
      return { code: 'run_contradicts', outcome: 'unmet', name, found: begun.commit, wanted: commit }
  } else {
    const other = (what: 'repository' | 'model', found: string, wanted: string): Answer => ({
      ...{ code: 'ticket_for_other', outcome: 'unmet', name, what, found, wanted },
    })
    // GitHub's names of owners and repositories know no case.
    if (begun.repository.toLowerCase() !== repository.toLowerCase())
      return other('repository', begun.repository, repository)
    if (begun.model !== model) return other('model', begun.model, model)
  }
  return reused === undefined
    ? undefined
    : { code: 'start_reused', outcome: 'unmet', kind: begun.clock, name, commit: reused }
}

/** What keeps a run from having been seen to produce these weights, by criteria that it could not choose. */
function limitsOf(
  { fork, success, file, workflow, produced, provenance, again }: SeenRun,
  name: string,
): readonly Limit[] {
  return [
    ...(fork ? [{ code: 'run_from_fork', name } as const] : []),
    ...(success ? [] : [{ code: 'run_not_successful', name } as const]),
    ...(file === 'trusted' ? [] : [{ code: 'workflow_not_trusted', workflow, why: file } as const]),
    ...(isAttested(produced, provenance)
      ? []
      : [...(produced.kind === 'listed' ? [] : unattested(provenance)), ...lacking(produced)]),
    ...(again === true ? [{ code: 'run_again', name } as const] : []),
  ]
}

/** An artifact can expire or name nothing; of weights without a digest nothing can be attested. */
function isAttested(
  produced: SeenRun['produced'],
  provenance: SeenRun['provenance'],
): provenance is Extract<Provenance, { kind: 'names_run' }> {
  return produced.kind !== 'listed' && produced.kind !== 'no_digests' && provenance?.kind === 'names_run'
}

function unattested(provenance: SeenRun['provenance']): readonly Limit[] {
  if (provenance?.kind === 'hidden') return [{ code: 'attestations_not_seen' }]
  if (provenance?.kind !== 'lacking') return []
  return [{ code: 'provenance_lacks', path: provenance.path, lack: provenance.lack }]
}

function attestedIn({ produced, provenance }: SeenRun): readonly string[] | undefined {
  return isAttested(produced, provenance) ? provenance.paths : undefined
}

function lacking(produced: SeenRun['produced']): readonly Limit[] {
  switch (produced.kind) {
    case 'listed':
      return []
    case 'lacking':
      return [{ code: 'weights_not_listed', artifact: produced.artifact, missing: produced.missing }]
    case 'no_artifact':
      return [{ code: 'no_artifact', artifact: produced.artifact }]
    case 'expired':
      return [{ code: 'artifact_expired', artifact: produced.artifact }]
    case 'unreadable':
      return [{ code: 'artifact_unreadable', artifact: produced.artifact }]
    case 'no_digests':
      return [{ code: 'no_digests' }]
  }
}

function nameOf(begun: Begun): string {
  return begun.clock === 'run' ? `${begun.repository}#${begun.run}` : begun.path
}

function ownerOf(repository: string): string {
  return repository.split('/')[0] ?? repository
}

const unknown = (limit: Limit): ByClock => ({ kind: 'unknown', limit })
const refused = (answer: Answer): ByClock => ({ kind: 'refused', answer })
