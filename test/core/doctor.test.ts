import { expect, test } from 'vitest'
import { diagnose } from '../../src/core/doctor.ts'
import { looksLikeProduction } from '../../src/core/doctor-around.ts'
import type {
  AskedCheck,
  BranchRule,
  Classic,
  DoctorFacts,
  Environment,
  RuleSource,
} from '../../src/core/doctor-facts.ts'
import { type DoctorCode, healthOf } from '../../src/core/doctor-finding.ts'
import { ACTIONS_APP, APP_EVENTS, APP_PERMISSIONS } from '../../src/core/gate.ts'
import { DOCTOR_CODES } from '../../src/render/words-doctor.ts'

const APP = 4242
const own: RuleSource = { kind: 'repository', name: 'acme/models', ruleset: 7 }
const above: RuleSource = { kind: 'above', name: 'acme', ruleset: 8 }

const checks = (
  source: RuleSource,
  check: Partial<AskedCheck> = { appId: APP },
  strict = true,
): BranchRule => ({
  ...{ source, rule: 'checks', strict },
  checks: [{ context: 'lint' }, { context: 'go/no-go', ...check }],
})
const rule = (name: 'merge-queue' | 'no-force-push' | 'no-deletion', source = above): BranchRule => ({
  source,
  rule: name,
})
const KEPT = [rule('no-force-push'), rule('no-deletion')]
const REVIEWED: BranchRule = { source: above, rule: 'pull-request', codeOwners: true }
const OFF: Classic = { on: false, checks: [] }
const protectedBy = (check: object | undefined, more: Partial<Classic> = {}): { seen: Classic } => ({
  seen: { on: true, checks: check ? [{ context: 'go/no-go', ...check }] : [], ...more },
})
const needs = (permission: string) => ({ unseen: { needs: permission } })
const environment = (name: string, ...rules: { appId: number; enabled: boolean }[]): Environment => ({
  name,
  rules: { seen: rules },
})
const GATED = environment('production', { appId: APP, enabled: true })
const NAMED = [{ environment: 'Production', models: ['sentiment'] }]
const FILES = {
  seen: { environments: NAMED, unread: [], owners: { file: '.github/CODEOWNERS', unowned: [] } },
}
const MAY = Object.fromEntries(Object.entries(APP_PERMISSIONS).map(([name, { level }]) => [name, level]))
const HEARS = Object.keys(APP_EVENTS)
const may = (permissions: object, events = HEARS) => ({
  seen: { permissions: { ...MAY, ...permissions }, events },
})

/** A repository whose gate has no gap at all. */
const WHOLE: DoctorFacts = {
  repository: 'acme/models',
  branch: 'main',
  organization: true,
  appId: APP,
  rules: { seen: [checks(above), ...KEPT, REVIEWED] },
  classic: { seen: OFF },
  bypasses: [{ source: above, actors: { seen: [] } }],
  files: FILES,
  environments: { seen: [GATED, environment('staging')] },
  installation: may({ contents: 'write' }),
}
const FINE = [
  'check_required',
  'rules_above',
  'up_to_date',
  'bypass_none',
  'force_push_blocked',
  'deletion_blocked',
  'code_owners_hold',
  'environment_gated',
  'permissions_complete',
  'releases_flagged',
]
const nobody = { appId: undefined }

type Row = readonly [about: string, facts: Partial<Record<keyof DoctorFacts, unknown>>, found: string]
const ROWS: readonly Row[] = [
  ['nothing wanting', {}, FINE.map((code) => `fine ${code}`).join(', ')],
  ['no rule that asks for it', { rules: { seen: [...KEPT, REVIEWED] } }, 'gap check_not_required'],
  [
    'another name',
    { rules: { seen: [checks(above, { context: 'Go/No-Go', appId: APP })] } },
    'gap check_not_required',
  ],
  ['of whomever', { rules: { seen: [checks(above, {})] } }, 'gap check_not_pinned'],
  ['of another app', { rules: { seen: [checks(above, { appId: 1 })] } }, 'gap check_pinned_elsewhere'],
  ['of Actions', { rules: { seen: [checks(above, { appId: ACTIONS_APP })] } }, 'gap check_pinned_elsewhere'],
  [
    'of Actions, by whoever does not know the app',
    { ...nobody, rules: { seen: [checks(above, { appId: ACTIONS_APP })] } },
    'gap check_pinned_elsewhere',
  ],
  [
    'of whomever, by whoever does not know the app',
    { ...nobody, rules: { seen: [checks(above, {})] } },
    'gap check_not_pinned',
  ],
  ['of some app, by whoever does not know the app', nobody, 'unknown check_pinned_to_unknown'],
  [
    'of whomever, and pinned elsewhere',
    { rules: { seen: [checks(above, {}), checks(own)] } },
    'fine check_required',
  ],
  ['rules that are not to be seen', { rules: needs('Metadata: read') }, 'unknown check_unseen'],
  [
    'rules that are not to be seen, and classic protection that pins',
    { rules: needs('Metadata: read'), classic: protectedBy({ appId: APP }) },
    'fine check_required',
  ],
  [
    'rules that are not to be seen, and classic protection of whomever',
    { rules: needs('Metadata: read'), classic: protectedBy({}) },
    'unknown check_unseen, gap check_not_pinned',
  ],
  [
    'classic protection that is not to be seen',
    { rules: { seen: [] }, classic: needs('Contents: read') },
    'unknown check_unseen',
  ],
  [
    'classic protection that pins',
    { rules: { seen: KEPT }, classic: protectedBy({ appId: APP }, { admins: true }) },
    'fine check_required, warning rules_removable, unknown up_to_date_unseen',
  ],
  [
    'classic protection that spares admins',
    { rules: { seen: KEPT }, classic: protectedBy({ appId: APP }, { admins: false, strict: true }) },
    'fine check_required, warning rules_removable, warning admins_pass, fine up_to_date',
  ],
  [
    'classic protection that says nothing of admins',
    { rules: { seen: KEPT }, classic: protectedBy({ appId: APP }, { strict: true }) },
    'warning admins_pass',
  ],
  [
    'classic protection that is off',
    {
      rules: { seen: KEPT },
      classic: { seen: { on: false, checks: [{ context: 'go/no-go', appId: APP }] } },
    },
    'gap check_not_required',
  ],
  [
    'a ruleset of the repository',
    { rules: { seen: [checks(own), ...KEPT] } },
    'fine check_required, warning rules_removable',
  ],
  [
    'what need not be up to date',
    { rules: { seen: [checks(above, { appId: APP }, false), ...KEPT] } },
    'warning not_up_to_date',
  ],
  [
    'a queue',
    { rules: { seen: [checks(above, { appId: APP }, false), rule('merge-queue')] } },
    'fine up_to_date',
  ],
  [
    'somebody who may pass',
    { bypasses: [{ source: above, actors: { seen: [{ actor: 'Team 7', mode: 'always' }] } }] },
    'warning bypass_allowed',
  ],
  [
    'who may pass is not to be seen',
    { bypasses: [{ source: above, actors: needs('Administration: write') }] },
    'unknown bypass_unseen',
  ],
  [
    'no rule for the branch',
    { rules: { seen: [checks(above)] } },
    'gap force_push_allowed, warning deletion_allowed',
  ],
  [
    'classic protection, which allows neither unless it is told',
    {
      rules: { seen: [checks(above)] },
      classic: protectedBy(undefined, { forcePushes: false, deletions: false }),
    },
    'fine force_push_blocked, fine deletion_blocked',
  ],
  [
    'classic protection that allows both',
    {
      rules: { seen: [checks(above)] },
      classic: protectedBy(undefined, { forcePushes: true, deletions: true }),
    },
    'gap force_push_allowed, warning deletion_allowed',
  ],
  [
    'classic protection that does not say',
    { rules: { seen: [checks(above)] }, classic: protectedBy(undefined) },
    'unknown force_push_unseen, unknown deletion_unseen',
  ],
  [
    'classic protection that is hidden, without a rule',
    { rules: { seen: [checks(above)] }, classic: needs('Contents: read') },
    'unknown force_push_unseen, unknown deletion_unseen',
  ],
  [
    'no rules to be seen, without classic protection',
    { rules: needs('Metadata: read') },
    'unknown force_push_unseen, unknown deletion_unseen',
  ],
  [
    'no rules to be seen, and classic protection that allows both',
    {
      rules: needs('Metadata: read'),
      classic: protectedBy(undefined, { forcePushes: true, deletions: true }),
    },
    'unknown force_push_unseen, unknown deletion_unseen',
  ],
  ['no CODEOWNERS', { files: { seen: { environments: NAMED, unread: [] } } }, 'warning code_owners_missing'],
  [
    'criteria without an owner',
    { files: { seen: { ...FILES.seen, owners: { file: 'CODEOWNERS', unowned: ['.gonogo/unwatch'] } } } },
    'warning code_owners_uncovered',
  ],
  [
    'owners whom nobody asks',
    { rules: { seen: [checks(above), ...KEPT, { ...REVIEWED, codeOwners: false }] } },
    'warning code_owners_not_required',
  ],
  [
    'owners whom classic protection asks',
    { rules: { seen: [checks(above), ...KEPT] }, classic: protectedBy(undefined, { codeOwners: true }) },
    'fine code_owners_hold',
  ],
  [
    'owners whom classic protection does not ask',
    { rules: { seen: [checks(above), ...KEPT] }, classic: protectedBy(undefined, { codeOwners: false }) },
    'warning code_owners_not_required',
  ],
  [
    'owners, and classic protection that does not say',
    { rules: { seen: [checks(above), ...KEPT] }, classic: protectedBy(undefined) },
    'unknown code_owners_unseen',
  ],
  [
    'owners, and classic protection that is hidden',
    { rules: { seen: [checks(above), ...KEPT] }, classic: needs('Contents: read') },
    'unknown code_owners_unseen',
  ],
  ['owners, and rules that are hidden', { rules: needs('Metadata: read') }, 'unknown code_owners_unseen'],
  [
    'files that are not to be seen',
    { files: needs('Contents: read') },
    'unknown code_owners_unseen, unknown criteria_unseen',
  ],
  ['an environment that is not there', { environments: { seen: [] } }, 'gap environment_missing'],
  [
    'an environment without the rule',
    { environments: { seen: [environment('production')] } },
    'gap environment_ungated',
  ],
  [
    "an environment with another app's rule",
    { environments: { seen: [environment('production', { appId: 1, enabled: true })] } },
    'gap environment_ungated',
  ],
  [
    'an environment whose rule is off',
    { environments: { seen: [environment('production', { appId: APP, enabled: false })] } },
    'gap environment_ungated',
  ],
  [
    'an environment whose rules are not to be seen',
    { environments: { seen: [{ name: 'production', rules: needs('Actions: read') }] } },
    'unknown environment_unseen',
  ],
  [
    'an environment with the rule of some app, by whoever does not know the app',
    nobody,
    'unknown environment_unseen',
  ],
  [
    'an environment without a rule, by whoever does not know the app',
    { ...nobody, environments: { seen: [environment('production')] } },
    'gap environment_ungated',
  ],
  [
    'environments that are not to be seen',
    { environments: needs('Actions: read') },
    'unknown environments_unseen',
  ],
  [
    'criteria with problems',
    { files: { seen: { ...FILES.seen, unread: ['.gonogo/criteria/a.yml'] } } },
    'unknown criteria_unread',
  ],
  [
    'another environment that looks like production',
    { environments: { seen: [GATED, environment('prod-eu')] } },
    'warning environment_like_production',
  ],
  [
    'one whose rule is off',
    { environments: { seen: [GATED, environment('prod-eu', { appId: APP, enabled: false })] } },
    'warning environment_like_production',
  ],
  [
    'one whose rules are not to be seen',
    { environments: { seen: [GATED, { name: 'prod-eu', rules: needs('Actions: read') }] } },
    'unknown environment_unseen',
  ],
  [
    'what may only be read',
    { installation: may({}) },
    'fine permissions_complete, warning releases_not_flagged',
  ],
  ['checks that may only be read', { installation: may({ checks: 'read' }) }, 'gap permission_missing'],
  ['no deployments', { installation: may({ deployments: undefined }) }, 'gap permission_missing'],
  ['no teams', { installation: may({ members: undefined }) }, 'warning permission_missing'],
  [
    'releases that are not heard of',
    {
      installation: may(
        {},
        HEARS.filter((event) => event !== 'release'),
      ),
    },
    'gap event_missing',
  ],
  [
    'runs that are not heard of',
    {
      installation: may(
        {},
        HEARS.filter((event) => event !== 'workflow_run'),
      ),
    },
    'warning event_missing',
  ],
  [
    'an installation that is not to be seen',
    { installation: needs('the key of the app') },
    'unknown installation_unseen',
  ],
]

/** What is fine, and what nobody may say beside it. */
const OPPOSITES: Partial<Record<DoctorCode, readonly string[]>> = {
  check_required: ['check_'],
  rules_above: ['rules_removable'],
  up_to_date: ['not_up_to_date', 'up_to_date_unseen'],
  bypass_none: ['bypass_allowed', 'bypass_unseen'],
  force_push_blocked: ['force_push_allowed', 'force_push_unseen'],
  deletion_blocked: ['deletion_allowed', 'deletion_unseen'],
  code_owners_hold: ['code_owners_'],
  environment_gated: ['environment_missing', 'environment_ungated', 'environments_unseen'],
  permissions_complete: ['permission_missing', 'event_missing', 'installation_unseen'],
  releases_flagged: ['releases_not_flagged', 'installation_unseen'],
}

function found(facts: (typeof ROWS)[number][1]): readonly string[] {
  // The rows give parts of the facts, each of its own type.
  const given = Object.fromEntries(
    Object.entries({ ...WHOLE, ...facts }).filter(([, value]) => value !== undefined),
  ) as DoctorFacts
  return diagnose(given).map(({ severity, code }) => `${severity} ${code}`)
}

test.each(ROWS)('%s', (_, facts, expected) => {
  const all = found(facts)

  expect(all).toEqual(expect.arrayContaining(expected.split(', ')))
  for (const [fine, others] of Object.entries(OPPOSITES))
    if (!expected.includes(`fine ${fine}`) && others.some((other) => expected.includes(` ${other}`)))
      expect(all).not.toContain(`fine ${fine}`)
})

test('every code is in the table', () => {
  const seen = new Set(ROWS.flatMap(([, , expected]) => expected.split(', ').map((one) => one.split(' ')[1])))

  expect([...seen].toSorted()).toEqual([...DOCTOR_CODES].toSorted())
})

test('only what is required and pinned without a gap holds', () => {
  const health = (facts: object) => healthOf(diagnose({ ...WHOLE, ...facts }))
  const { appId: _, ...unknown } = WHOLE

  expect(health({})).toBe('whole')
  expect(health({ environments: { seen: [] } })).toBe('gaps')
  expect(health({ rules: needs('Metadata: read') })).toBe('undecided')
  expect(healthOf(diagnose(unknown))).toBe('undecided')
  expect(healthOf([])).toBe('undecided')
  const warned: DoctorCode[] = diagnose({ ...WHOLE, installation: may({ members: undefined }) })
    .filter(({ severity }) => severity === 'warning')
    .map(({ code }) => code)
  expect(warned).toEqual(['permission_missing', 'releases_not_flagged'])
  expect(health({ installation: may({ members: undefined }) })).toBe('whole')
})

test.each([
  ['production', true],
  ['Production EU', true],
  ['prod', true],
  ['eu_prod', true],
  ['live', true],
  ['customer/prd-2', true],
  ['staging', false],
  ['product-tests', false],
  ['preprod', false],
  ['pre-prod', false],
  ['non_production', false],
  ['olive', false],
])('%s looks like production: %s', (name, expected) => {
  expect(looksLikeProduction(name)).toBe(expected)
})
