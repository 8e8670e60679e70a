import { z } from 'zod'
import type { AskedCheck, BranchRule, Classic, RuleSource } from '../../core/doctor-facts.ts'

const Written = z.looseObject({
  type: z.string(),
  ruleset_source_type: z.string().optional(),
  ruleset_source: z.string().optional(),
  ruleset_id: z.number().optional(),
  parameters: z.looseObject({}).optional(),
})
const Checks = z.looseObject({
  strict_required_status_checks_policy: z.boolean(),
  required_status_checks: z.array(
    z.looseObject({ context: z.string(), integration_id: z.number().nullish() }),
  ),
})
const PullRequest = z.looseObject({ require_code_owner_review: z.boolean() })

/** Types of sources that an admin of the repository can't change; any other is taken for the repository's own. */
const ABOVE = ['Organization', 'Enterprise']

/** The rules that matter here of those that hold for a branch. docs.github.com, "Get rules for a branch". */
export function rulesIn(data: unknown): readonly BranchRule[] {
  return z
    .array(Written)
    .parse(data)
    .flatMap((written): readonly BranchRule[] => {
      const source = sourceOf(written)
      switch (written.type) {
        case 'required_status_checks': {
          const { strict_required_status_checks_policy: strict, required_status_checks } = Checks.parse(
            written.parameters,
          )
          const checks = required_status_checks.map(({ context, integration_id }) =>
            askedOf(context, integration_id),
          )
          return [{ source, rule: 'checks', strict, checks }]
        }
        case 'merge_queue':
          return [{ source, rule: 'merge-queue' }]
        case 'non_fast_forward':
          return [{ source, rule: 'no-force-push' }]
        case 'deletion':
          return [{ source, rule: 'no-deletion' }]
        case 'pull_request': {
          const { require_code_owner_review: codeOwners } = PullRequest.parse(written.parameters)
          return [{ source, rule: 'pull-request', codeOwners }]
        }
        default:
          return []
      }
    })
}

function sourceOf(written: z.infer<typeof Written>): RuleSource {
  const { ruleset_source_type: type = '', ruleset_source: name = '', ruleset_id: ruleset } = written
  return { kind: ABOVE.includes(type) ? 'above' : 'repository', name, ruleset }
}

/** An id that is none, as -1 is in classic protection, asks for the check from whomever. */
function askedOf(context: string, app: number | null | undefined): AskedCheck {
  return app && app > 0 ? { context, appId: app } : { context }
}

const Turned = z.looseObject({ enabled: z.boolean().optional() })
const Branch = z.looseObject({
  protected: z.boolean(),
  protection: z
    .looseObject({
      enabled: z.boolean().optional(),
      required_status_checks: z
        .looseObject({
          enforcement_level: z.string().optional(),
          strict: z.boolean().optional(),
          checks: z.array(z.looseObject({ context: z.string(), app_id: z.number().nullable() })).optional(),
          contexts: z.array(z.string()).optional(),
        })
        .optional(),
      enforce_admins: Turned.optional(),
      allow_force_pushes: Turned.optional(),
      allow_deletions: Turned.optional(),
      required_pull_request_reviews: z
        .looseObject({ require_code_owner_reviews: z.boolean().optional() })
        .optional(),
    })
    .optional(),
  commit: z.looseObject({ sha: z.string() }),
})

/** A branch with as much of its classic protection as it shows to whoever may read it. */
export function branchIn(data: unknown): { readonly tip: string; readonly classic: Classic } {
  const { protection = {}, commit } = Branch.parse(data)
  const { required_status_checks: required } = protection
  // A check that only `contexts` names may come from whomever.
  const checks = (required?.checks ?? []).map(({ context, app_id }) => askedOf(context, app_id))
  const plain = (required?.contexts ?? []).filter((name) => !checks.some(({ context }) => context === name))
  const level = required?.enforcement_level
  const admins =
    protection.enforce_admins?.enabled ?? (level === undefined ? undefined : level === 'everyone')
  const codeOwners = protection.required_pull_request_reviews?.require_code_owner_reviews
  const [forcePushes, deletions] = [protection.allow_force_pushes, protection.allow_deletions]
  return {
    tip: commit.sha,
    classic: {
      on: protection.enabled === true,
      checks: level === 'off' ? [] : [...checks, ...plain.map((context) => ({ context }))],
      ...(required?.strict !== undefined && { strict: required.strict }),
      ...(admins !== undefined && { admins }),
      ...(forcePushes?.enabled !== undefined && { forcePushes: forcePushes.enabled }),
      ...(deletions?.enabled !== undefined && { deletions: deletions.enabled }),
      ...(codeOwners !== undefined && { codeOwners }),
    },
  }
}
