import { CHECK_NAME } from '../core/gate.ts'
import type { ApiCall } from './shell.ts'

/** Where and as whom: what the calls that close a gap need to know. */
export type Patient = { readonly repository: string; readonly organization: boolean; readonly appId?: number }

const DEFAULT_BRANCH = { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } }

function ruleset(name: string, rules: readonly unknown[], conditions: object = {}): object {
  return {
    name,
    target: 'branch',
    enforcement: 'active',
    bypass_actors: [],
    conditions: { ...DEFAULT_BRANCH, ...conditions },
    rules,
  }
}

/** Requires the check of this app alone, on what is up to date, and keeps what was registered. */
function gateRules(appId: number): readonly unknown[] {
  const pinned = { context: CHECK_NAME, integration_id: appId }
  return [
    {
      type: 'required_status_checks',
      parameters: { strict_required_status_checks_policy: true, required_status_checks: [pinned] },
    },
    { type: 'non_fast_forward' },
    { type: 'deletion' },
  ]
}

/** A ruleset of the repository with everything that the gate needs. */
export function requireCheck({ repository, appId }: Patient): ApiCall | undefined {
  return appId === undefined
    ? undefined
    : { method: 'POST', path: ['repos', ...repository.split('/'), 'rulesets'], body: gate(appId) }
}

function gate(appId: number): object {
  return ruleset('gonogo', gateRules(appId))
}

/** The same ruleset of the organisation, where no admin of the repository can remove it. */
export function requireAbove({ repository, organization, appId }: Patient): ApiCall | undefined {
  const [owner = '', name = ''] = repository.split('/')
  if (!organization || appId === undefined) return undefined
  const named = { repository_name: { include: [name], exclude: [], protected: true } }
  return {
    method: 'POST',
    path: ['orgs', owner, 'rulesets'],
    body: ruleset('gonogo', gateRules(appId), named),
  }
}

/** A ruleset against forced pushes and deletion, whatever else holds. */
export function keepBranch({ repository }: Patient): ApiCall {
  const rules = [{ type: 'non_fast_forward' }, { type: 'deletion' }]
  return {
    method: 'POST',
    path: ['repos', ...repository.split('/'), 'rulesets'],
    body: ruleset('gonogo history', rules),
  }
}

/** A ruleset that asks for the review of code owners. */
export function requireOwners({ repository }: Patient): ApiCall {
  const parameters = {
    required_approving_review_count: 1,
    require_code_owner_review: true,
    dismiss_stale_reviews_on_push: true,
    require_last_push_approval: true,
    required_review_thread_resolution: false,
  }
  return {
    method: 'POST',
    path: ['repos', ...repository.split('/'), 'rulesets'],
    body: ruleset('gonogo code owners', [{ type: 'pull_request', parameters }]),
  }
}

/** Makes an environment. */
export function makeEnvironment({ repository }: Patient, environment: string): ApiCall {
  return { method: 'PUT', path: ['repos', ...repository.split('/'), 'environments', environment] }
}

/** Puts the app's protection rule on an environment. */
export function gateEnvironment({ repository, appId }: Patient, environment: string): ApiCall | undefined {
  if (appId === undefined) return undefined
  const path = ['repos', ...repository.split('/'), 'environments', environment, 'deployment_protection_rules']
  return { method: 'POST', path, body: { integration_id: appId } }
}
