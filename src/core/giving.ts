import { acceptable, type Unwaivable } from './accepted.ts'
import { type Hand, type Hands, type Review, sameLogin, type Unseen } from './approval.ts'
import type { Finding } from './finding.ts'
import { endOf, hadRight, latestDay, type WaiverRules } from './waiver.ts'

/** Somebody who wants to give a waiver: who they are here, and who made the release. */
export type Giver = {
  readonly by: string
  /** Of each team that may give waivers, whether the person is an active member. */
  readonly teams: Review['teams']
  readonly writes: boolean
  /** Undefined where the release is on the default branch already, and nobody was seen to make it. */
  readonly hands: Hands | undefined
}

/** Why a waiver is not taken. */
export type WaiveRefusal =
  /** The pull request is not open, so that nothing is to be merged. */
  | { readonly why: 'closed' | 'floor_unknown' | 'no_identity' | 'advisory' | 'no_writer' | 'made_before' }
  /** The branch moved after the comment was written, so that its giver saw another head. */
  | { readonly why: 'moved_since' }
  | { readonly why: 'unwaivable'; readonly because: Unwaivable }
  | { readonly why: 'never'; readonly control: string }
  | { readonly why: 'past'; readonly until: string }
  | { readonly why: 'too_long'; readonly latest: string; readonly longest: number }
  | { readonly why: 'no_member'; readonly teams: readonly string[] }
  /** The app may not see who is in them. */
  | { readonly why: 'team_unseen'; readonly teams: readonly string[] }
  | { readonly why: 'hand'; readonly hand: Hand['as'] }
  | { readonly why: 'makers_unknown'; readonly unseen: readonly Unseen[] }

/** Why what a criterion came to can't be waived until a day; undefined where it can. */
export function refuseWaiving(
  { answer, blocking, control }: Finding,
  { until, at, now }: { readonly until: string; readonly at: string; readonly now: string },
  rules: WaiverRules,
): WaiveRefusal | undefined {
  const found = acceptable(answer)
  if (found.kind === 'not') return { why: 'unwaivable', because: found.why }
  if (!blocking) return { why: 'advisory' }
  if (rules.never.includes(control)) return { why: 'never', control }
  // Written so that a day that is none has passed.
  if (!(Date.parse(now) < endOf(until))) return { why: 'past', until }
  const latest = latestDay(at, rules)
  return until <= latest ? undefined : { why: 'too_long', latest, longest: rules.longest }
}

/** Why a person may give no waivers here, whoever made the release; undefined where they may. */
export function refuseRight(
  { teams, writes }: Pick<Giver, 'teams' | 'writes'>,
  rules: Pick<WaiverRules, 'teams'>,
): WaiveRefusal | undefined {
  if (hadRight({ teams: activeIn(teams), writes }, rules)) return undefined
  if (rules.teams.length === 0) return { why: 'no_writer' }
  const isUnseen = rules.teams.some((team) => Object.hasOwn(teams, team) && teams[team] === 'unseen')
  return { why: isUnseen ? 'team_unseen' : 'no_member', teams: rules.teams }
}

/** Why a person can't waive something of this release: nobody waives what they had a hand in. */
export function refuseHand({ by, hands }: Pick<Giver, 'by' | 'hands'>): WaiveRefusal | undefined {
  if (hands === undefined) return { why: 'made_before' }
  const own = hands.people.filter((one) => sameLogin(one.by, by)).map((one) => one.as)
  const hand = (['author', 'committer', 'pusher'] as const).find((one) => own.includes(one))
  if (hand !== undefined) return { why: 'hand', hand }
  return hands.unseen.length > 0 ? { why: 'makers_unknown', unseen: hands.unseen } : undefined
}

/** The teams that somebody is an active member of. */
export function activeIn(teams: Review['teams']): readonly string[] {
  return Object.entries(teams).flatMap(([team, state]) => (state === 'active' ? [team] : []))
}
