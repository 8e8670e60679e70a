import { ADMIN_READ } from './doctor-check.ts'
import {
  type DoctorFacts,
  type Environment,
  type Installed,
  type NamedEnvironment,
  type Seen,
  seenOf,
} from './doctor-facts.ts'
import type { DoctorFinding } from './doctor-finding.ts'
import { APP_EVENTS, APP_PERMISSIONS, type AppEvent, type AppPermission, isEnough } from './gate.ts'

/** Whether whoever changes criteria needs the review of somebody who owns them. */
export function ownerFindings({ rules, classic, files }: DoctorFacts): readonly DoctorFinding[] {
  if ('unseen' in files) return [{ code: 'code_owners_unseen', severity: 'unknown', unseen: files.unseen }]
  const { owners } = files.seen
  if (owners === undefined) return [{ code: 'code_owners_missing', severity: 'warning' }]
  const { file, unowned } = owners
  if (unowned.length > 0)
    return [{ code: 'code_owners_uncovered', severity: 'warning', file, paths: unowned }]
  const review = ownersReview({ rules, classic })
  if ('unseen' in review) return [{ code: 'code_owners_unseen', severity: 'unknown', unseen: review.unseen }]
  return review.seen
    ? [{ code: 'code_owners_hold', severity: 'fine', file }]
    : [{ code: 'code_owners_not_required', severity: 'warning', file }]
}

/** Whether a change of the branch needs the review of those who own what it changes. */
export function ownersReview({ rules, classic }: Pick<DoctorFacts, 'rules' | 'classic'>): Seen<boolean> {
  const asked = (seenOf(rules) ?? []).some((one) => one.rule === 'pull-request' && one.codeOwners)
  const { on = false, codeOwners } = seenOf(classic) ?? {}
  if (asked || (on && codeOwners === true)) return { seen: true }
  if ('unseen' in rules) return rules
  // Whether classic protection asks for the review it tells admins alone.
  if (on && codeOwners === undefined) return { unseen: ADMIN_READ }
  return 'unseen' in classic ? classic : { seen: false }
}

/** Names that people give to what customers use; of what comes before that, not. */
const PRODUCTION = /(?<![a-z]|\b(?:non|pre|not)[-_ ])(?:prod|prd|production|live)(?![a-z])/i

/** Whether an environment looks by its name as if customers used what is in it. */
export function looksLikeProduction(name: string): boolean {
  return PRODUCTION.test(name)
}

/** Whether deployments are asked about: into what criteria name, and into what looks as if they should. */
export function environmentFindings(facts: DoctorFacts): readonly DoctorFinding[] {
  const { environments, files, appId } = facts
  const unread: readonly DoctorFinding[] =
    'unseen' in files
      ? [{ code: 'criteria_unseen', severity: 'unknown', unseen: files.unseen }]
      : files.seen.unread.length > 0
        ? [{ code: 'criteria_unread', severity: 'unknown', files: files.seen.unread }]
        : []
  const named = seenOf(files)?.environments ?? []
  if ('unseen' in environments)
    return [...unread, { code: 'environments_unseen', severity: 'unknown', unseen: environments.unseen }]
  const there = environments.seen
  const others = there.filter(({ name }) => !named.some((one) => isSame(one.environment, name)))
  return [
    ...unread,
    ...named.map((one) => namedFinding(one, there, appId)),
    ...others.flatMap(({ name, rules }): readonly DoctorFinding[] => {
      if (!looksLikeProduction(name)) return []
      if ('unseen' in rules)
        return [{ code: 'environment_unseen', severity: 'unknown', environment: name, unseen: rules.unseen }]
      const enabled = rules.seen.filter((rule) => rule.enabled)
      if (enabled.some((rule) => rule.appId === appId)) return []
      return appId === undefined && enabled.length > 0
        ? [{ code: 'environment_unseen', severity: 'unknown', environment: name, unseen: { needs: APP_ID } }]
        : [{ code: 'environment_like_production', severity: 'warning', environment: name }]
    }),
  ]
}

/** What is no permission, and stands in its place: which app the gate is. */
const APP_ID = "the app's id"

/** GitHub's names of environments know no case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function namedFinding(
  { environment, models }: NamedEnvironment,
  there: readonly Environment[],
  appId: number | undefined,
): DoctorFinding {
  const found = there.find(({ name }) => isSame(name, environment))
  if (found === undefined) return { code: 'environment_missing', severity: 'gap', environment, models }
  const { rules } = found
  if ('unseen' in rules)
    return { code: 'environment_unseen', severity: 'unknown', environment, unseen: rules.unseen }
  if (appId === undefined && rules.seen.length > 0)
    return { code: 'environment_unseen', severity: 'unknown', environment, unseen: { needs: APP_ID } }
  const own = rules.seen.filter((rule) => rule.appId === appId)
  if (own.some(({ enabled }) => enabled))
    return { code: 'environment_gated', severity: 'fine', environment, models }
  const disabled = own.length > 0
  return { code: 'environment_ungated', severity: 'gap', environment, models, disabled }
}

/** What the app may do and hear, against what it asks for. */
export function installationFindings({ installation }: DoctorFacts): readonly DoctorFinding[] {
  if ('unseen' in installation)
    return [{ code: 'installation_unseen', severity: 'unknown', unseen: installation.unseen }]
  const { seen } = installation
  const lacking = lackingOf(seen)
  return [
    ...(lacking.length > 0 ? lacking : [{ code: 'permissions_complete', severity: 'fine' } as const]),
    seen.permissions.contents === 'write'
      ? { code: 'releases_flagged', severity: 'fine' }
      : { code: 'releases_not_flagged', severity: 'warning' },
  ]
}

function lackingOf({ permissions, events }: Installed): readonly DoctorFinding[] {
  const missing = keysOf(APP_PERMISSIONS).flatMap((permission: AppPermission): readonly DoctorFinding[] => {
    const { level: wanted, gap } = APP_PERMISSIONS[permission]
    const held = permissions[permission]
    if (isEnough(held, wanted)) return []
    const severity = gap ? 'gap' : 'warning'
    return [{ code: 'permission_missing', severity, permission, wanted, ...(held && { held }) }]
  })
  const unheard = keysOf(APP_EVENTS).flatMap((event: AppEvent): readonly DoctorFinding[] =>
    events.includes(event)
      ? []
      : [{ code: 'event_missing', severity: APP_EVENTS[event].gap ? 'gap' : 'warning', event }],
  )
  return [...missing, ...unheard]
}

function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] {
  // A record's own keys are the keys of its type.
  return Object.keys(table) as Key[]
}
