import { isWithoutGo, type ReleaseDecision, type ReleaseReason } from '../core/release.ts'
import { type Act, actFor, doneOf, type Ours, oursAfter, type Shown } from '../core/release-flag.ts'
import { type Changed, changeRelease, type ReleaseChange } from '../github/release.ts'
import {
  type JudgedRelease,
  type KnownRelease,
  keepReleaseState,
  type ReleaseState,
  recordRelease,
} from '../ledger/releases.ts'
import { isSameText, withNotice } from '../render/release-notice.ts'
import type { GitHub } from '../sources/github/client.ts'
import { findRelease, latestRelease, type ShownRelease } from '../sources/github/releases.ts'
import { digestOfNow, type JudgedNow } from './release-judging.ts'
import { type Telling, tellStatus } from './release-status.ts'
import type { Asks } from './task.ts'

/** Somebody changed the release while it was judged. */
export class ReleaseChangedError extends Error {
  constructor() {
    super('the release changed while it was judged')
    this.name = 'ReleaseChangedError'
  }
}

/** Records what a release came to, and then does to it what follows: as little as possible, nothing where it stands. */
export async function tellRelease(
  telling: Telling,
  judged: JudgedNow,
): Promise<Readonly<Record<string, unknown>>> {
  const { github, options, asked, before, current } = telling
  const { shown, decision, rules } = judged
  const repository = `${asked.at.owner}/${asked.at.repo}`
  const blocked = isWithoutGo(decision) && !rules.observed
  const ours = before?.state.ours ?? {}
  const act = actFor(shown, { blocked, withoutGo: rules.withoutGo }, ours)
  const isLatest = act.kind === 'flag' && (await latestRelease(github, asked.at)) === shown.id
  const after = oursAfter(act, shown, blocked, ours, isLatest)
  // Kept before it is done: else an end in between would leave a flag that nobody takes back.
  const state = stateOf(judged, before, act.kind === 'restore' ? ours : after)
  const row = rowOf(telling, judged, state)
  await recordRelease(
    options.store.db,
    { repository, at: options.clock().toISOString() },
    row,
    bodyOf(judged, act),
  )
  await current()
  const done = await change(telling, judged, act, after)
  const told = await tellStatus(telling, judged, { row, state, flagged: done.flagged })
  const kept: ReleaseState = {
    ...state,
    ours: done.ours,
    ...(told && { status: told }),
    left: digestOfNow({ shown: { ...shown, ...done.changed }, ...(judged.ref && { ref: judged.ref }) }),
  }
  await keepReleaseState(options.store.db, repository, shown.id, kept)
  return {
    release: shown.id,
    decision: decision.decision,
    reasons: decision.reasons.map(({ code }) => code),
    ...(rules.observed && { observed: true }),
    act: done.act,
    notice: done.notice,
  }
}

type Done = {
  readonly act: Act['kind'] | Exclude<Changed, 'done'>
  readonly notice: 'full' | 'short' | 'none'
  readonly ours: Ours
  /** Whether a release without a go looks like one. */
  readonly flagged: boolean
  readonly changed: Partial<Pick<Shown, 'draft' | 'prerelease'>> & { readonly body?: string }
}

/** Changes the release as far as GitHub lets the app; what it does not let is said in the notice. */
async function change(
  { github, asked, options, before }: Telling,
  { shown, commit, decision, rules }: JudgedNow,
  act: Act,
  after: Ours,
): Promise<Done> {
  const blocked = isWithoutGo(decision) && !rules.observed
  const kept = before?.state.ours ?? {}
  // A repository that is observed is left as it is.
  const silent: ReleaseDecision = { decision: 'nothing', reasons: [], notes: [] }
  const attempt = async (now: Act, ours: Ours): Promise<Done> => {
    const stands = { ...shown, ...standingAfter(now) }
    const { body, notice } = withNotice(shown.body, {
      decision: rules.observed ? silent : decision,
      commit,
      ...(blocked && { done: doneOf(stands, ours) }),
    })
    const wanted: ReleaseChange = {
      ...(!isSameText(body, shown.body) && { body }),
      ...changeOf(now, shown),
    }
    const flagged = !blocked || stands.draft || stands.prerelease
    const outcome = { act: now.kind, notice, ours, flagged, changed: {} } as const
    if (Object.keys(wanted).length === 0) return outcome
    await mustBeSame(github, asked, shown)
    const result = await changeRelease(github, asked.at, shown.id, wanted)
    if (result === 'done') return { ...outcome, changed: { body, ...standingAfter(now) } }
    const about = { ...asked.at, release: shown.id, act: now.kind, result }
    options.log.info(about, 'release not changed')
    if (result === 'refused' && now.kind === 'draft')
      return await attempt(shown.prerelease ? { kind: 'none' } : { kind: 'flag' }, { prerelease: true })
    if (result === 'refused' && now.kind !== 'none') return await attempt({ kind: 'none' }, kept)
    return {
      ...outcome,
      act: result,
      notice: 'none',
      ours: kept,
      flagged: !blocked || shown.draft || shown.prerelease,
    }
  }
  return await attempt(act, after)
}

/** Notes are written whole: what somebody wrote while the release was judged must not be lost. */
async function mustBeSame(github: GitHub, { at }: Asks<'release'>, shown: ShownRelease): Promise<void> {
  const now = await findRelease(github, at, shown.id)
  if (now === undefined || digestOfNow({ shown: now }) !== digestOfNow({ shown }))
    throw new ReleaseChangedError()
}

function standingAfter(act: Act): Partial<Pick<Shown, 'draft' | 'prerelease'>> {
  switch (act.kind) {
    case 'flag':
      return { prerelease: true }
    case 'draft':
      return { draft: true }
    case 'restore':
      return { prerelease: false }
    case 'none':
      return {}
  }
}

function changeOf(act: Act, { draft }: Shown): ReleaseChange {
  switch (act.kind) {
    case 'flag':
      return { prerelease: true, make_latest: 'false' }
    case 'draft':
      return { draft: true }
    case 'restore':
      // GitHub chooses by its own rule, so that nothing is put before a newer one.
      return { prerelease: false, ...(!draft && { make_latest: act.latest ? 'legacy' : 'false' }) }
    case 'none':
      return {}
  }
}

function stateOf(
  { shown, commit, decision }: JudgedNow,
  before: KnownRelease | undefined,
  ours: Ours,
): ReleaseState {
  const known = shown.draft ? undefined : before?.state.first
  const assets = Object.fromEntries(shown.assets.map(({ name, sha256 }) => [name, sha256 ?? null]))
  const failed = decision.reasons.some(({ code }) => code === 'could_not_evaluate')
  const unjudged = shown.draft || failed || commit.sha === undefined
  const first = known ?? (unjudged ? undefined : { commit: commit.sha, assets })
  const status = before?.state.status
  return {
    ours,
    ...(first && { first }),
    ...(status && { status }),
    ...(failed && { failed }),
  }
}

function rowOf(
  { asked }: Telling,
  { shown, commit, decision, verdict }: JudgedNow,
  state: ReleaseState,
): JudgedRelease {
  const { bot: _, ...task } = asked.task
  return {
    release: shown.id,
    ...(shown.published !== undefined && { published: shown.published }),
    ...(commit.sha !== undefined && { commit: commit.sha }),
    decision: decision.decision,
    ...(verdict?.until !== undefined && { until: verdict.until }),
    asked: JSON.stringify({ ...asked, task }),
    state,
  }
}

/** What the ledger tells of it: by its facts the verdicts can be given again. */
function bodyOf({ shown, commit, ref, decision, rules, facts }: JudgedNow, act: Act): unknown {
  const { id, tag, draft, prerelease, immutable, assets } = shown
  return {
    release: { id, tag, draft, prerelease, immutable, assets, ...(ref !== undefined && { ref }) },
    commit,
    decision: decision.decision,
    reasons: decision.reasons.map(reasonOf),
    notes: decision.notes,
    ...(rules.observed && { observed: true }),
    act,
    ...(facts && { facts }),
  }
}

function reasonOf(reason: ReleaseReason): unknown {
  if (reason.code !== 'model_not_go') return reason
  const { model, decision } = reason.model
  return { code: reason.code, model, decision }
}
