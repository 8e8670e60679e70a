import { describe, expect, test } from 'vitest'
import { asInstallation, refusal } from './app-client.ts'
import { aStandInEach, at, pullRequest } from './each.ts'

const use = aStandInEach()

const ruleset = (check: object) => ({
  ...({ name: 'gate', target: 'branch', enforcement: 'active' } as const),
  conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
  rules: [
    {
      type: 'required_status_checks' as const,
      parameters: {
        strict_required_status_checks_policy: true,
        required_status_checks: [{ context: 'go/no-go', ...check }],
      },
    },
  ],
})

describe('a ruleset', () => {
  test('holds for the default branch and no other, and says where it is written', async () => {
    const { rest } = use.standIn.as('ada')
    const { data } = await rest.repos.createRepoRuleset({ ...at, ...ruleset({ integration_id: 7 }) })
    const app = await asInstallation(use.standIn)
    const rules = async (branch: string) => (await app.rest.repos.getBranchRules({ ...at, branch })).data

    expect(await rules('main')).toEqual([
      {
        ...ruleset({ integration_id: 7 }).rules[0],
        ruleset_source_type: 'Repository',
        ruleset_source: 'acme/models',
        ruleset_id: data.id,
      },
    ])
    expect(await rules('work')).toEqual([])
  })

  test('tells who may pass by it to those who may change it', async () => {
    const bypass = [{ actor_id: 5, actor_type: 'Team' as const, bypass_mode: 'always' as const }]
    const { data } = await use.standIn
      .as('ada')
      .rest.repos.createRepoRuleset({ ...at, ...ruleset({}), bypass_actors: bypass })
    const shown = async (client: Awaited<ReturnType<typeof asInstallation>>) =>
      (await client.rest.repos.getRepoRuleset({ ...at, ruleset_id: data.id })).data.bypass_actors

    expect(await shown(use.standIn.as('ada'))).toEqual(bypass)
    expect(await shown(use.standIn.as('grace'))).toBeUndefined()
    expect(await shown(await asInstallation(use.standIn))).toBeUndefined()
  })

  test('is made by admins, of the organisation too, and that one no repository removes', async () => {
    const app = await asInstallation(use.standIn)
    const made = { ...at, ...ruleset({}) }
    expect(await refusal(app.rest.repos.createRepoRuleset(made))).toMatch(/^403/)
    expect(await refusal(use.standIn.as('grace').rest.repos.createRepoRuleset(made))).toMatch(/^404/)
    const conditions = {
      ...ruleset({}).conditions,
      repository_name: { include: ['models'], exclude: [] },
    }
    const ada = use.standIn.as('ada')
    const { data } = await ada.request('POST /orgs/acme/rulesets', { ...ruleset({}), conditions })

    expect((await app.rest.repos.getBranchRules({ ...at, branch: 'main' })).data).toMatchObject([
      { ruleset_source_type: 'Organization', ruleset_source: 'acme' },
    ])
    expect(await refusal(ada.rest.repos.deleteRepoRuleset({ ...at, ruleset_id: Number(data.id) }))).toMatch(
      /^404/,
    )
  })

  test('keeps everybody from merging, admins too, until the app that it names is green', async () => {
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    const ada = use.standIn.as('ada').rest
    await ada.repos.createRepoRuleset({ ...at, ...ruleset({ integration_id: use.standIn.app.id }) })
    const green = { ...at, name: 'go/no-go', head_sha: sha, conclusion: 'success' as const }

    expect(await refusal(ada.pulls.merge({ ...at, pull_number: number }))).toMatch(/^405.*expected/)
    await use.standIn.as('github-actions[bot]').rest.checks.create(green)
    expect(await refusal(ada.pulls.merge({ ...at, pull_number: number }))).toMatch(/^405.*expected/)
    await (await asInstallation(use.standIn)).rest.checks.create(green)
    expect((await ada.pulls.merge({ ...at, pull_number: number })).status).toBe(200)
  })
})

test('a branch tells which checks classic protection requires, and of whom', async () => {
  const ada = use.standIn.as('ada').rest
  const shown = async () => (await ada.repos.getBranch({ ...at, branch: 'main' })).data
  expect(await shown()).toMatchObject({ protected: false, protection: { enabled: false } })
  await ada.repos.updateBranchProtection({
    ...{ ...at, branch: 'main', enforce_admins: false, restrictions: null },
    required_pull_request_reviews: null,
    required_status_checks: { strict: true, contexts: [], checks: [{ context: 'go/no-go', app_id: 7 }] },
  })

  const { protection } = await shown()
  expect(protection).toEqual({
    enabled: true,
    required_status_checks: {
      enforcement_level: 'non_admins',
      contexts: ['go/no-go'],
      checks: [{ context: 'go/no-go', app_id: 7 }],
    },
  })
})

test('environments are made by admins, and ask the apps that they are told to', async () => {
  const ada = use.standIn.as('ada').rest
  const named = { ...at, environment_name: 'a/b é' }
  await ada.repos.createOrUpdateEnvironment(named)
  const app = (await asInstallation(use.standIn)).rest
  const rules = async () => (await app.repos.getAllDeploymentProtectionRules(named)).data
  expect((await app.repos.getAllEnvironments(at)).data.environments?.map(({ name }) => name)).toEqual([
    'a/b é',
  ])
  expect(await rules()).toMatchObject({ total_count: 0 })
  await ada.repos.createDeploymentProtectionRule({ ...named, integration_id: use.standIn.app.id })

  expect(await rules()).toMatchObject({
    custom_deployment_protection_rules: [{ enabled: true, app: { id: use.standIn.app.id, slug: 'gonogo' } }],
  })
  expect(await refusal(app.repos.createOrUpdateEnvironment({ ...at, environment_name: 'c' }))).toMatch(/^403/)
})

test('an environment lists who may enter it, where it is told to', async () => {
  const ada = use.standIn.as('ada').rest
  const app = (await asInstallation(use.standIn)).rest
  const named = { ...at, environment_name: 'training' }
  const listing = { protected_branches: false, custom_branch_policies: true }
  await ada.repos.createOrUpdateEnvironment(named)
  expect(await refusal(ada.repos.createDeploymentBranchPolicy({ ...named, name: '*' }))).toMatch(/^404/)
  await ada.repos.createOrUpdateEnvironment({ ...named, deployment_branch_policy: listing })
  await ada.repos.createDeploymentBranchPolicy({ ...named, name: 'main' })
  await ada.repos.createDeploymentBranchPolicy({ ...named, name: 'v*', type: 'tag' })

  const { data } = await app.repos.listDeploymentBranchPolicies({ ...named, per_page: 1, page: 2 })
  expect(data).toMatchObject({ total_count: 2, branch_policies: [{ name: 'v*', type: 'tag' }] })
})

test('branches that are protected, by whatever, are told apart', async () => {
  const ada = use.standIn.as('ada').rest
  const app = (await asInstallation(use.standIn)).rest
  const shown = async () =>
    (await app.repos.listBranches({ ...at, protected: true, per_page: 1 })).data.map(({ name }) => name)
  expect(await shown()).toEqual([])
  expect((await app.repos.listBranches(at)).data).toMatchObject([{ name: 'main', protected: false }])
  await ada.repos.createRepoRuleset({ ...at, ...ruleset({}) })

  expect(await shown()).toEqual(['main'])
})

describe('without the permission', () => {
  const little = aStandInEach({ app: { permissions: { metadata: 'read', checks: 'write' } } })

  test('nothing is told of branches and environments, and of rules everything', async () => {
    const app = (await asInstallation(little.standIn)).rest

    expect(await refusal(app.repos.getBranch({ ...at, branch: 'main' }))).toMatch(/^403/)
    expect(await refusal(app.repos.getAllEnvironments(at))).toMatch(/^403/)
    expect(
      await refusal(app.repos.getAllDeploymentProtectionRules({ ...at, environment_name: 'x' })),
    ).toMatch(/^403/)
    expect((await app.repos.getBranchRules({ ...at, branch: 'main' })).data).toEqual([])
  })
})
