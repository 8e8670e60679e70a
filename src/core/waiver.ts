import type { Accepted, Unwaivable } from './accepted.ts'
import { DAY_MS } from './day.ts'

/** A named person's time-limited acceptance of what one criterion of one release came to. */
export type Waiver = {
  /** GitHub's id of the comment that gave it, and which of its commands did. */
  readonly comment: number
  readonly place: number
  readonly pull: number
  readonly model: string
  readonly identity: string
  readonly criterion: string
  /** Whose criterion: ids of the floor may repeat the repository's. */
  readonly of: 'repository' | 'floor'
  readonly by: string
  /** ISO 8601. */
  readonly at: string
  /** Its last day, in UTC. */
  readonly until: string
  readonly because: string
  /** The commit on which its giver saw what it accepts. */
  readonly commit: string
  readonly accepted: Accepted
  /** Of what counted when it was given: teams that its giver was an active member of, and whether they could write. */
  readonly teams: readonly string[]
  readonly writes: boolean
  readonly withdrawn?: { readonly by: string; readonly at: string; readonly comment: number }
}

/** What an organisation allows. Without any team another writer gives waivers. */
export type WaiverRules = {
  readonly teams: readonly string[]
  /** In days. */
  readonly longest: number
  /** Controls of which nothing is ever waived. */
  readonly never: readonly string[]
}

/** A waiver that holds, and its last day: today's floor may end it sooner than its giver meant. */
export type Held = Waiver & { readonly ends: string }

/** Why a waiver does not hold. */
export type NotHeld =
  | { readonly why: 'withdrawn' | 'other_release' | 'not_asked' | 'not_needed' | 'worse' }
  | { readonly why: 'expired'; readonly ends: string }
  | { readonly why: 'unwaivable'; readonly because: Unwaivable }
  | { readonly why: 'never'; readonly control: string }
  | { readonly why: 'no_right'; readonly teams: readonly string[] }

export type JudgedWaiver = { readonly waiver: Waiver; readonly ends: string; readonly not?: NotHeld }

/** Whether somebody may give waivers: an active member of one of the teams, or where there are none a writer. */
export function hadRight(
  { teams, writes }: Pick<Waiver, 'teams' | 'writes'>,
  rules: Pick<WaiverRules, 'teams'>,
): boolean {
  return rules.teams.length === 0 ? writes : rules.teams.some((team) => teams.includes(team))
}

/** The last day that a waiver given at a moment may have. */
export function latestDay(at: string, { longest }: Pick<WaiverRules, 'longest'>): string {
  return new Date(Date.parse(at) + longest * DAY_MS).toISOString().slice(0, 10)
}

/** The moment at which a last day is over, in UTC; ISO 8601. */
export function endOfDay(day: string): string {
  return new Date(endOf(day)).toISOString()
}

/** The same in milliseconds. */
export function endOf(day: string): number {
  return Date.parse(day) + DAY_MS
}

/** The last day of a waiver as the rules of today have it. */
export function lastDayOf({ at, until }: Waiver, rules: WaiverRules): string {
  const latest = latestDay(at, rules)
  return until < latest ? until : latest
}
