import type { Approvals } from '../core/approval.ts'
import { isOwn, UNWATCH } from '../core/paths.ts'
import type { Fault, Problem } from '../core/problem.ts'
import { baselinesAsked } from '../criteria/baselines-asked.ts'
import { namesRepository } from '../criteria/effective.ts'
import { approversOf, type Floor, type FloorFacts, floorOf } from '../criteria/floor.ts'
import { criteriaAsked, type Facts, type ModelFacts } from '../facts.ts'
import { decode } from '../text/decode.ts'
import {
  type Approving,
  type AskedApproval,
  askedFor,
  gatherApprovals,
  type JudgedCommit,
  releaseAsked,
} from './approvals.ts'
import type { Folder } from './artifact-evidence.ts'
import { gatherAtTraining } from './at-training.ts'
import { gatherAttempts } from './attempts.ts'
import { gatherCommitted } from './committed-bytes.ts'
import { leafAt } from './files.ts'
import { gatherHistory } from './history.ts'
import { withKept } from './kept-attestations.ts'
import { adopted, gatherManifests, gatherRemoved, headOf } from './manifests.ts'
import { gatherModel } from './model.ts'
import { gatherObserved } from './observed.ts'
import { gatherProposals, type Proposed } from './proposals.ts'
import { pushedPosition } from './pushed.ts'
import { narrowed } from './released-baseline.ts'
import type { Position, Repository } from './repository.ts'
import { scope } from './scope.ts'
import type { Witness } from './witness.ts'

/** What the caller knows that no repository does. `only` narrows to one model, for a person who asks about it. */
export type Asking = {
  readonly commit: string
  readonly now: string
  readonly engine: string
  /** Those that the commit changes, all that it has, or some by name. */
  readonly models?: 'changed' | 'all' | readonly string[]
  readonly only?: string
  /** Of a commit that pushes made the default branch's tip: the tip before each of them, as `pushedPosition` has it. */
  readonly before?: readonly string[]
  /** What no clone can show; without it runs, tickets and artifacts are awaited. */
  readonly witness?: Witness
  /** The files of artifacts that somebody has in folders, by the artifact's name. */
  readonly folders?: ReadonlyMap<string, Folder>
  /** The organisation's floor, which lies in another repository, where it is known beforehand. */
  readonly floor?: FloorFacts
  /** The same where it is only told with what is asked about the commit's place. */
  readonly askFloor?: () => Promise<Pick<Facts, 'floor' | 'properties'>>
} & Pick<Facts, 'repositoryId' | 'properties'>

/** A list of patterns is short. */
const MAX_UNWATCH_BYTES = 65_536

type Standing = Position & { readonly pushed?: boolean }

/** Everything that the verdict on a commit depends on. The same for a clone and for GitHub. */
export async function gather(repository: Repository, asking: Asking): Promise<Facts> {
  const { commit, now, engine, before, witness, folders, repositoryId, askFloor } = asking
  const position: Standing =
    before === undefined
      ? await repository.position(commit)
      : await pushedPosition(repository, commit, before)
  const { tip, base, others = [], changed, related, pushed } = position
  const { floor, properties } = askFloor ? await askFloor() : asking
  const about = {
    gonogo: 1,
    engine,
    now,
    repository: repository.name,
    branch: repository.branch,
    tip,
    commit,
    base: base ?? commit,
    ...(pushed === true && { pushed }),
    ...(floor && { floor }),
    ...(repositoryId !== undefined && { repositoryId }),
    ...(properties && { properties }),
  } as const
  const { floor: held, records: shared = [] } = floorOf(floor) ?? {}
  const approvers = approversOf(held)
  const looked = [commit, ...(base === undefined ? [] : [base]), tip, ...others]
  if (!(await adopted(repository, looked)) && !namesRepository(held, about))
    return { ...about, models: [], problems: [], proposals: [] }

  const outside = changed.some((path) => !isOwn(path))
  const [manifests, removed, unwatch] = await Promise.all([
    outside || (asking.models ?? 'changed') !== 'changed' ? gatherManifests(repository, commit) : [],
    gatherRemoved(repository, changed, commit, base),
    readUnwatch(repository, tip),
  ])
  const scoped = await scope(
    changed,
    headOf(repository, commit),
    manifests,
    unwatch.text,
    removed,
    held?.watch,
  )
  const { signers, roots } = held?.trusted ?? {}
  const trusted = { ...(signers && { signers }), ...(roots && { roots }) }
  const sources = {
    ...(witness && { witness }),
    ...(folders && { folders }),
    ...((signers || roots) && { trusted }),
    ...(held?.criteria && { asked: held.criteria }),
  }
  const asked = namesOf(asking.models, { all: manifests, changed: scoped.models })
  const judged = manifests.filter(({ model }) => asked.includes(model) && (asking.only ?? model) === model)
  const approving = { ...(approvers && { approvers }), ...(witness && { witness: witness.approvals }) }
  const models: ModelFacts[] = []
  for (const found of judged) {
    const gathered = await gatherModel(repository, { commit, tip }, found, sources)
    const model = await withKept(repository, witness, gathered, { ...about, floor: held })
    const [history, released, observed, attempts, atTraining, committed] = await Promise.all([
      gatherHistory(repository, tip, model, approving),
      gatherReleased(witness, model, { commit, held }),
      gatherObserved(repository, witness, model, { tip, held, shared }),
      gatherAttempts(witness, model),
      gatherAtTraining(repository, model, { tip, held }),
      gatherCommitted(repository, model, { commit, tip, held }),
    ])
    models.push({ ...model, ...history, ...released, ...observed, ...attempts, ...atTraining, ...committed })
  }
  const unrelated: readonly Problem[] = related
    ? []
    : [{ path: '', code: 'no_shared_history', commit, branch: repository.branch }]
  const proposed = await gatherProposals(repository, changed, {
    head: commit,
    base,
    // What a push brings besides had not begun before it.
    released: pushed === true && base !== undefined ? base : tip,
  })
  const releases = models.map((model) => ({ model, asked: releaseAsked(model, held) }))
  const approved = await withApprovals(approving, { commit, tip }, releases, proposed)
  return {
    ...about,
    models: approved.models,
    problems: [...unrelated, ...unwatch.problems, ...scoped.problems],
    proposals: approved.proposals,
    ...(approvers && { approvers }),
  }
}

/** What the model is compared with, where criteria compare it with the last release. */
async function gatherReleased(
  witness: Witness | undefined,
  facts: ModelFacts,
  { commit, held }: { readonly commit: string; readonly held: Floor | undefined },
): Promise<Pick<ModelFacts, 'released'>> {
  const { model, identity } = facts
  const metrics = baselinesAsked(criteriaAsked(facts, held))
  if (metrics.length === 0 || witness === undefined) return {}
  const before = await witness.released(model, { commit, ...(identity !== undefined && { identity }) })
  return { released: narrowed(before, metrics) }
}

/** Everything that needs approvals is asked about at once. */
async function withApprovals(
  approving: Approving,
  judged: JudgedCommit,
  releases: readonly { readonly model: ModelFacts; readonly asked: AskedApproval | undefined }[],
  proposed: readonly Proposed[],
): Promise<Pick<Facts, 'models' | 'proposals'>> {
  const needed = proposed.flatMap((proposal) => proposal.needed)
  const asked = [
    ...releases.flatMap((one) => one.asked ?? []),
    ...needed.map((one) => askedFor(one, approving.approvers)),
  ]
  const found = [...(await gatherApprovals(approving, judged, asked))]
  const next = (): Approvals => found.shift() ?? { kind: 'awaiting' }
  return {
    models: releases.map((one) =>
      one.asked === undefined ? one.model : { ...one.model, approvals: next() },
    ),
    proposals: proposed.map(({ proposal, needed: own }) =>
      own.length === 0
        ? proposal
        : { ...proposal, consents: own.map(({ what, names }) => ({ what, names, approvals: next() })) },
    ),
  }
}

function namesOf(
  asked: Asking['models'] = 'changed',
  {
    all,
    changed,
  }: { readonly all: readonly { readonly model: string }[]; readonly changed: readonly string[] },
): readonly string[] {
  if (asked === 'all') return all.map(({ model }) => model)
  return asked === 'changed' ? changed : asked
}

export type Unwatch = { readonly text: string; readonly problems: readonly Problem[] }

/** gitignore patterns of the default branch, for files that look like models and are none. With a fault none holds. */
export async function readUnwatch(repository: Repository, tip: string): Promise<Unwatch> {
  const faulty = (fault: Fault): Unwatch => ({ text: '', problems: [{ path: UNWATCH, ...fault }] })
  const entry = await leafAt(repository, tip, UNWATCH)
  if (entry === undefined) return { text: '', problems: [] }
  if (entry.kind !== 'file') return faulty({ code: 'not_a_file', file: UNWATCH, found: entry.kind })
  const bytes = await repository.blob(entry.oid)
  // Patterns cut off in the middle would exempt other files than the whole ones do.
  if (bytes.length > MAX_UNWATCH_BYTES)
    return faulty({ code: 'too_large', bytes: bytes.length, limit: MAX_UNWATCH_BYTES })
  const decoded = decode(bytes, UNWATCH)
  if ('text' in decoded) return { text: decoded.text, problems: [] }
  // Nothing in it exempts nothing: no fault.
  return decoded.problem.code === 'empty_file' ? { text: '', problems: [] } : faulty(decoded.problem)
}
