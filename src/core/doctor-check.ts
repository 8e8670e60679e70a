import { type AskedCheck, type Classic, type DoctorFacts, seenOf, type Unseen } from './doctor-facts.ts'
import type { DoctorFinding, Where } from './doctor-finding.ts'
import { ACTIONS_APP, CHECK_NAME } from './gate.ts'

/** What GitHub shows of classic protection to admins alone. */
export const ADMIN_READ: Unseen = { needs: 'Administration: read' }

/** `strict` is undefined where it is not shown. */
type Required = { readonly where: Where; readonly strict: boolean | undefined; readonly check: AskedCheck }

/** Every place that asks for the check by its name, whoever it may come from there. */
function requirementsOf({ rules, classic }: DoctorFacts): readonly Required[] {
  const named = ({ context }: AskedCheck): boolean => context === CHECK_NAME
  const inRules = (seenOf(rules) ?? []).flatMap((one) =>
    one.rule === 'checks'
      ? one.checks.filter(named).map((check) => ({ where: one.source, strict: one.strict, check }))
      : [],
  )
  const { on = false, checks = [], strict } = seenOf(classic) ?? {}
  const protectedBy: Where = 'classic'
  return [
    ...inRules,
    ...(on ? checks.filter(named).map((check) => ({ where: protectedBy, strict, check })) : []),
  ]
}

/** Whether the check is required, of whom, and how firmly. */
export function checkFindings(facts: DoctorFacts): readonly DoctorFinding[] {
  const { rules, classic, appId } = facts
  const required = requirementsOf(facts)
  const own = required.filter(({ check }) => check.appId !== undefined && check.appId === appId)
  const unseen = [rules, classic].flatMap((one) => ('unseen' in one ? [one.unseen] : []))[0]
  if (own.length > 0 && appId !== undefined) {
    const where = own.map((one) => one.where)
    return [{ code: 'check_required', severity: 'fine', where, appId }, ...firmness(facts, own)]
  }
  // Where one of the two can't be seen it may be required there, pinned or not.
  const hidden: readonly DoctorFinding[] = unseen
    ? [{ code: 'check_unseen', severity: 'unknown', unseen }]
    : []
  const where = required.map((one) => one.where)
  const pins = required.flatMap(({ check }) => check.appId ?? [])
  const pinned = pins.find((one) => one !== ACTIONS_APP) ?? pins[0]
  if (pinned !== undefined && pinned !== ACTIONS_APP && appId === undefined)
    return [
      { code: 'check_pinned_to_unknown', severity: 'unknown', where, pinned },
      ...firmness(facts, required),
    ]
  if (pinned !== undefined)
    return [...hidden, { code: 'check_pinned_elsewhere', severity: 'gap', where, pinned }]
  if (required.length > 0) return [...hidden, { code: 'check_not_pinned', severity: 'gap', where }]
  return unseen ? hidden : [{ code: 'check_not_required', severity: 'gap' }]
}

/** How firmly a check stands that is required: who can take it away or pass by it, and on what it was run. */
function firmness(facts: DoctorFacts, required: readonly Required[]): readonly DoctorFinding[] {
  const where = required.map((one) => one.where)
  const above = where.find((one) => one !== 'classic' && one.kind === 'above')
  const { organization } = facts
  const classic = seenOf(facts.classic)
  return [
    above !== undefined && above !== 'classic'
      ? { code: 'rules_above', severity: 'fine', by: above.name }
      : { code: 'rules_removable', severity: 'warning', where, organization },
    ...(where.every((one) => one === 'classic') && classic?.admins !== true
      ? [{ code: 'admins_pass', severity: 'warning' } as const]
      : []),
    freshness(facts, required),
    ...facts.bypasses.map(({ source, actors }): DoctorFinding => {
      if ('unseen' in actors)
        return { code: 'bypass_unseen', severity: 'unknown', source, unseen: actors.unseen }
      return actors.seen.length > 0
        ? { code: 'bypass_allowed', severity: 'warning', source, actors: actors.seen }
        : { code: 'bypass_none', severity: 'fine', source }
    }),
  ]
}

/** Whether what is merged is what was judged, with all that came to the branch meanwhile. */
function freshness({ rules }: DoctorFacts, required: readonly Required[]): DoctorFinding {
  if (seenOf(rules)?.some(({ rule }) => rule === 'merge-queue'))
    return { code: 'up_to_date', severity: 'fine', how: 'merge-queue' }
  if (required.some(({ strict }) => strict === true))
    return { code: 'up_to_date', severity: 'fine', how: 'strict' }
  return required.some(({ strict }) => strict === undefined)
    ? { code: 'up_to_date_unseen', severity: 'unknown', unseen: ADMIN_READ }
    : { code: 'not_up_to_date', severity: 'warning' }
}

/** Whether what was registered on the default branch can be thrown out again. */
export function branchFindings(facts: DoctorFacts): readonly DoctorFinding[] {
  const force = allowed(facts, 'no-force-push', ({ forcePushes }) => forcePushes)
  const deletion = allowed(facts, 'no-deletion', ({ deletions }) => deletions)
  return [
    force === 'no'
      ? { code: 'force_push_blocked', severity: 'fine' }
      : force === 'yes'
        ? { code: 'force_push_allowed', severity: 'gap' }
        : { code: 'force_push_unseen', severity: 'unknown', unseen: force },
    deletion === 'no'
      ? { code: 'deletion_blocked', severity: 'fine' }
      : deletion === 'yes'
        ? { code: 'deletion_allowed', severity: 'warning' }
        : { code: 'deletion_unseen', severity: 'unknown', unseen: deletion },
  ]
}

/** Classic protection forbids both unless it is told to allow them, and says so to admins alone. */
function allowed(
  { rules, classic }: DoctorFacts,
  rule: 'no-force-push' | 'no-deletion',
  told: (classic: Classic) => boolean | undefined,
): 'yes' | 'no' | Unseen {
  if (seenOf(rules)?.some((one) => one.rule === rule)) return 'no'
  if ('seen' in classic && classic.seen.on) {
    const answer = told(classic.seen)
    if (answer === false) return 'no'
    if (answer === undefined) return ADMIN_READ
  }
  if ('unseen' in rules) return rules.unseen
  return 'unseen' in classic ? classic.unseen : 'yes'
}
