import { acceptable } from '../core/accepted.ts'
import type { Hands, Review } from '../core/approval.ts'
import type { Command } from '../core/command.ts'
import type { CommandAnswer } from '../core/command-answer.ts'
import type { Target } from '../core/command-target.ts'
import { activeIn, refuseHand, refuseRight, refuseWaiving, type WaiveRefusal } from '../core/giving.ts'
import { endOf, type Waiver, type WaiverRules } from '../core/waiver.ts'
import type { Store } from '../ledger/store.ts'
import { keepWaiver, waiverRows } from '../ledger/waivers.ts'
import type { GitHub } from '../sources/github/client.ts'
import { joinedHands } from '../sources/hands.ts'
import { isOf, makersIn, type WaiverDone, type WaiverKept, waiversOf } from '../sources/waivers.ts'
import type { CommitAsked } from './asked.ts'
import type { Judging } from './judging.ts'
import { makersOfPull } from './makers.ts'

/** Somebody who commands, and where. */
export type Commanding = {
  readonly github: GitHub
  readonly store: Store
  readonly judging: Judging
  readonly clock: () => Date
  /** Throws where another attempt has taken this work over. */
  readonly current: () => Promise<void>
  /** The head of the pull request. */
  readonly head: CommitAsked
  readonly by: string
  readonly pull: { readonly number: number; readonly isOpen: boolean }
  readonly comment: number
  /** When the comment was created; ISO 8601. */
  readonly at: string
  readonly teams: Review['teams']
  readonly writes: boolean
  /** Undefined where it is not known what the floor says. */
  readonly rules: WaiverRules | undefined
}

type Waive = Extract<Command, { kind: 'waive' }>

/** What was done, and commits beside the head that are to be judged again. */
export type Obeyed = { readonly answer: CommandAnswer; readonly again?: readonly string[] }

/** Takes a waiver of what its giver saw, if they may give it; `tip` is where the default branch was then. */
export async function waive(
  commanding: Commanding,
  { until, because }: Waive,
  target: Target & { readonly place: number; readonly tip: string },
): Promise<Obeyed> {
  const { by, at, clock, comment, head, pull, rules, store, teams, writes } = commanding
  const { model, finding, place, tip } = target
  const refused = (why: WaiveRefusal): Obeyed => ({ answer: { code: 'refused', why, model, finding } })
  const repository = repositoryOf(head)
  const rows = await waiverRows(store.db, repository, model.model)
  const before = waiversOf(rows).find((one) => one.comment === comment && one.place === place)
  if (before !== undefined) return { answer: { code: 'waived', waiver: before, model, finding } }

  if (!pull.isOpen) return refused({ why: 'closed' })
  if (rules === undefined) return refused({ why: 'floor_unknown' })
  const { identity } = model
  const found = acceptable(finding.answer)
  const now = clock().toISOString()
  const why = refuseRight({ teams, writes }, rules) ?? refuseWaiving(finding, { until, at, now }, rules)
  if (why !== undefined) return refused(why)
  if (identity === undefined || found.kind === 'not') return refused({ why: 'no_identity' })
  const { hands, isMerged, moved } = await makers(commanding, { model: model.model, identity, tip, rows })
  const hand = refuseHand({ by, hands })
  if (hand !== undefined || hands === undefined) return refused(hand ?? { why: 'made_before' })
  // Who may push can put the branch back to what was judged long ago, while the comment is on its way.
  if (!moved.every((one) => Date.parse(one) < Date.parse(at))) return refused({ why: 'moved_since' })

  const waiver: Waiver = {
    ...{ comment, place, pull: pull.number, model: model.model, identity },
    criterion: finding.criterion,
    of: ofFinding(finding),
    ...{ by, at, until, because, commit: head.target.commit, accepted: found.accepted },
    ...{ teams: activeIn(teams), writes },
  }
  await keep(commanding, model.model, place, { kind: 'given', waiver, hands })
  return { answer: { code: 'waived', waiver, model, finding }, ...(isMerged && { again: [tip] }) }
}

/** Takes back every waiver of a criterion of this release that may hold. */
export async function unwaive(
  commanding: Commanding,
  { model, finding, place, name }: Target & { readonly place: number; readonly name: string },
): Promise<Extract<CommandAnswer, { code: 'withdrawn' }>> {
  const { by, at, clock, comment, head, store } = commanding
  const about = { identity: model.identity ?? '', criterion: finding.criterion, of: ofFinding(finding) }
  const rows = await waiverRows(store.db, repositoryOf(head), model.model)
  const all = waiversOf(rows).filter((waiver) => isOf(about, waiver))
  // What this command did in an earlier attempt counts as done by it.
  const done = all.filter(({ withdrawn }) => withdrawn?.comment === comment)
  const live = all.filter(
    ({ withdrawn, until }) => withdrawn === undefined && clock().getTime() < endOf(until),
  )
  if (live.length > 0)
    await keep(commanding, model.model, place, { kind: 'withdrawn', ...about, by, at, comment })
  return { code: 'withdrawn', name, count: done.length + live.length }
}

function ofFinding({ version }: Target['finding']): Waiver['of'] {
  return version === 'floor' ? 'floor' : 'repository'
}

async function keep(
  { current, clock, comment, head, store }: Commanding,
  model: string,
  place: number,
  body: WaiverDone,
): Promise<void> {
  await current()
  const about = { repository: repositoryOf(head), commit: head.target.commit, model, comment, place, body }
  await keepWaiver(store.db, { at: clock().toISOString(), ...about })
}

/**
 * Who made the release: those who made what the pull request brings, and of one that is on the default branch already
 * those who were seen to make it before.
 */
async function makers(
  { github, judging, head, pull }: Commanding,
  about: {
    readonly model: string
    readonly identity: string
    readonly tip: string
    readonly rows: readonly WaiverKept[]
  },
): Promise<{
  readonly hands: Hands | undefined
  readonly isMerged: boolean
  readonly moved: readonly string[]
}> {
  const { target } = head
  const { model, identity, tip, rows } = about
  const objects = judging.objectsOf(repositoryOf(head))
  const brought = { commit: target.commit, tip, pull: pull.number }
  const [own, merged] = await Promise.all([
    makersOfPull(github, target, objects, brought),
    judging.facts(github, { ...head, target: { ...target, commit: tip } }, [model]),
  ])
  const isMerged = merged.models.some((one) => one.model === model && one.identity === identity)
  const earlier = makersIn(rows, identity)
  if (own === undefined || (isMerged && earlier === undefined))
    return { hands: undefined, isMerged, moved: [] }
  const hands = joinedHands([own.hands, ...(earlier === undefined ? [] : [earlier])])
  return { hands, isMerged, moved: own.moved }
}

/** A repository as the ledger calls it. */
export function repositoryOf({ target: { owner, repo } }: CommitAsked): string {
  return `${owner}/${repo}`
}
