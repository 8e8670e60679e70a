import type { Bypass, RuleSource, Unseen } from './doctor-facts.ts'
import type { AppEvent, AppPermission, Level } from './gate.ts'

/** Where it stands that a check is required; classic protection is the repository's. */
export type Where = RuleSource | 'classic'

/** One thing that was looked at. A gap lets something past the gate; what can't be seen is never fine. */
export type DoctorFinding =
  // The check.
  | { code: 'check_required'; severity: 'fine'; where: readonly Where[]; appId: number }
  | { code: 'check_not_required'; severity: 'gap' }
  | { code: 'check_not_pinned'; severity: 'gap'; where: readonly Where[] }
  | { code: 'check_pinned_elsewhere'; severity: 'gap'; where: readonly Where[]; pinned: number }
  | { code: 'check_pinned_to_unknown'; severity: 'unknown'; where: readonly Where[]; pinned: number }
  | { code: 'check_unseen'; severity: 'unknown'; unseen: Unseen }
  | { code: 'rules_above'; severity: 'fine'; by: string }
  | { code: 'rules_removable'; severity: 'warning'; where: readonly Where[]; organization: boolean }
  | { code: 'admins_pass'; severity: 'warning' }
  | { code: 'up_to_date'; severity: 'fine'; how: 'strict' | 'merge-queue' }
  | { code: 'not_up_to_date'; severity: 'warning' }
  | { code: 'up_to_date_unseen'; severity: 'unknown'; unseen: Unseen }
  | { code: 'bypass_none'; severity: 'fine'; source: RuleSource }
  | { code: 'bypass_allowed'; severity: 'warning'; source: RuleSource; actors: readonly Bypass[] }
  | { code: 'bypass_unseen'; severity: 'unknown'; source: RuleSource; unseen: Unseen }
  // The default branch.
  | { code: 'force_push_blocked'; severity: 'fine' }
  | { code: 'force_push_allowed'; severity: 'gap' }
  | { code: 'force_push_unseen'; severity: 'unknown'; unseen: Unseen }
  | { code: 'deletion_blocked'; severity: 'fine' }
  | { code: 'deletion_allowed'; severity: 'warning' }
  | { code: 'deletion_unseen'; severity: 'unknown'; unseen: Unseen }
  // Who owns the criteria.
  | { code: 'code_owners_hold'; severity: 'fine'; file: string }
  | { code: 'code_owners_missing'; severity: 'warning' }
  | { code: 'code_owners_uncovered'; severity: 'warning'; file: string; paths: readonly string[] }
  | { code: 'code_owners_not_required'; severity: 'warning'; file: string }
  | { code: 'code_owners_unseen'; severity: 'unknown'; unseen: Unseen }
  // Environments.
  | { code: 'environment_gated'; severity: 'fine'; environment: string; models: readonly string[] }
  | { code: 'environment_missing'; severity: 'gap'; environment: string; models: readonly string[] }
  | {
      code: 'environment_ungated'
      severity: 'gap'
      environment: string
      models: readonly string[]
      disabled: boolean
    }
  | { code: 'environment_unseen'; severity: 'unknown'; environment: string; unseen: Unseen }
  | { code: 'environment_like_production'; severity: 'warning'; environment: string }
  | { code: 'environments_unseen'; severity: 'unknown'; unseen: Unseen }
  | { code: 'criteria_unread'; severity: 'unknown'; files: readonly string[] }
  | { code: 'criteria_unseen'; severity: 'unknown'; unseen: Unseen }
  // The installation.
  | { code: 'releases_flagged'; severity: 'fine' }
  | { code: 'releases_not_flagged'; severity: 'warning' }
  | { code: 'permissions_complete'; severity: 'fine' }
  | {
      code: 'permission_missing'
      severity: 'gap' | 'warning'
      permission: AppPermission
      wanted: Level
      held?: string
    }
  | { code: 'event_missing'; severity: 'gap' | 'warning'; event: AppEvent }
  | { code: 'installation_unseen'; severity: 'unknown'; unseen: Unseen }

export type DoctorCode = DoctorFinding['code']
export type Severity = DoctorFinding['severity']

/** What leaves open whether the check is required and pinned: nothing may be called whole beside it. */
const ESSENTIAL: readonly DoctorCode[] = ['check_unseen', 'check_pinned_to_unknown']

/** Whole: the check is required and pinned and there is no gap. Undecided: nobody could tell. */
export function healthOf(findings: readonly DoctorFinding[]): 'whole' | 'gaps' | 'undecided' {
  if (findings.some(({ severity }) => severity === 'gap')) return 'gaps'
  const required = findings.some(({ code }) => code === 'check_required')
  return required && !findings.some(({ code }) => ESSENTIAL.includes(code)) ? 'whole' : 'undecided'
}
