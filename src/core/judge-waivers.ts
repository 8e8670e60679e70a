import { acceptable } from './accepted.ts'
import type { Finding } from './finding.ts'
import { noWorse } from './no-worse.ts'
import {
  endOf,
  hadRight,
  type JudgedWaiver,
  lastDayOf,
  type NotHeld,
  type Waiver,
  type WaiverRules,
} from './waiver.ts'

/** The release that waivers are held against. */
export type Waived = {
  readonly identity: string | undefined
  /** ISO 8601. */
  readonly now: string
  readonly rules: WaiverRules
}

/** Which waivers hold, and the findings with those that do. */
export function judgeWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  release: Waived,
): { readonly findings: readonly Finding[]; readonly waivers: readonly JudgedWaiver[] } {
  const judged = waivers
    .filter((waiver) => isWorthShowing(waiver, release))
    .map((waiver): JudgedWaiver => {
      const ends = lastDayOf(waiver, release.rules)
      const finding = findings.find((one) => isFor(waiver, one))
      const not = whyNot(finding, waiver, release)
      return { waiver, ends, ...(not && { not }) }
    })
  const holding = judged.filter(({ not }) => not === undefined).toSorted((a, b) => (a.ends < b.ends ? 1 : -1))
  return {
    waivers: judged,
    findings: findings.map((finding) => {
      const [longest] = holding.filter(({ waiver }) => isFor(waiver, finding))
      return longest === undefined
        ? finding
        : { ...finding, waiver: { ...longest.waiver, ends: longest.ends } }
    }),
  }
}

/** Why one waiver does not hold for what a criterion came to; undefined where it does. */
function whyNot(
  finding: Finding | undefined,
  waiver: Waiver,
  { identity, now, rules }: Waived,
): NotHeld | undefined {
  if (waiver.withdrawn !== undefined) return { why: 'withdrawn' }
  if (identity === undefined || waiver.identity !== identity) return { why: 'other_release' }
  const ends = lastDayOf(waiver, rules)
  // Written so that a day that is none has passed.
  if (!(Date.parse(now) < endOf(ends))) return { why: 'expired', ends }
  if (finding === undefined || !isFor(waiver, finding)) return { why: 'not_asked' }
  const { control, answer, blocking } = finding
  if (answer.outcome === 'met' || !blocking) return { why: 'not_needed' }
  const found = acceptable(answer)
  if (found.kind === 'not') return { why: 'unwaivable', because: found.why }
  if (rules.never.includes(control)) return { why: 'never', control }
  if (!hadRight(waiver, rules)) return { why: 'no_right', teams: rules.teams }
  return noWorse(found.accepted, waiver.accepted) ? undefined : { why: 'worse' }
}

function isFor({ criterion, of }: Waiver, finding: Finding): boolean {
  return criterion === finding.criterion && (of === 'floor') === (finding.version === 'floor')
}

/** Of other releases only what a person might take to hold here. */
function isWorthShowing(waiver: Waiver, { identity, now, rules }: Waived): boolean {
  if (waiver.identity === identity) return true
  return waiver.withdrawn === undefined && Date.parse(now) < endOf(lastDayOf(waiver, rules))
}
