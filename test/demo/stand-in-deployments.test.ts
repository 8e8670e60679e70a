import type { Octokit } from '@octokit/rest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StandIn, startStandIn } from '../../src/demo/stand-in.ts'
import { asInstallation, refusal } from './app-client.ts'
import { at } from './each.ts'

let standIn: StandIn
let app: Octokit
let sha: string
beforeAll(async () => {
  standIn = await startStandIn()
  app = await asInstallation(standIn)
  sha = await standIn.commit({ branch: 'main', message: 'Deploy', files: { a: 'a' } })
})
afterAll(() => standIn.close())

const answer = (octokit: Octokit, run_id: number, more: object = {}) =>
  octokit.rest.actions.reviewCustomGatesForRun({
    ...{ ...at, run_id, environment_name: 'production', state: 'approved', comment: 'yes', ...more },
  })
const last = (event: string) => standIn.deliveries.findLast((one) => one.event === event)

test('a job that waits asks the app, which answers once', async () => {
  const run = await standIn.deployments.request({ environment: 'production', sha, actor: 'grace' })
  const asked = last('deployment_protection_rule')

  expect(asked?.payload).toMatchObject({
    action: 'requested',
    environment: 'production',
    event: 'push',
    deployment_callback_url: `${standIn.url}/repos/acme/models/actions/runs/${run}/deployment_protection_rule`,
    deployment: {
      sha,
      ref: 'main',
      creator: { login: 'grace' },
      performed_via_github_app: { slug: 'github-actions' },
    },
    repository: { full_name: 'acme/models' },
    installation: { id: standIn.app.installationId },
  })
  expect(asked?.payload).not.toHaveProperty('run_id')
  expect(standIn.deployments.answerOf(run, 'production')).toBeUndefined()

  await answer(app, run, { environment_name: 'Production' })
  expect(standIn.deployments.answerOf(run, 'production')).toEqual({ state: 'approved', comment: 'yes' })
  expect(await refusal(answer(app, run, { state: 'rejected' }))).toMatch(/^422 .*reviewed already/)
  expect(standIn.deployments.last('production')?.statuses[0]).toMatchObject({ state: 'in_progress' })
  expect(standIn.violations.filter(({ sentence }) => !sentence.startsWith('comment is longer'))).toEqual([])
})

test('a rejected job fails, and its run with it', async () => {
  const run = await standIn.deployments.request({ environment: 'production', sha })
  await answer(app, run, { state: 'rejected' })

  expect(last('workflow_run')?.payload).toMatchObject({ workflow_run: { id: run, conclusion: 'failure' } })
  expect(standIn.deployments.last('production')?.statuses[0]).toMatchObject({
    state: 'failure',
    via: 'actions',
  })
})

test('only the app answers, only for its own rule, for a run that is there and waits, and not at length', async () => {
  const before = standIn.violations.length
  const run = await standIn.deployments.request({ environment: 'production', sha })
  const other = await standIn.deployments.request({ environment: 'production', sha, rule: 'other' })
  const none = await standIn.deployments.request({ environment: 'production', sha, rule: 'none' })

  expect(await refusal(answer(standIn.as('ada'), run))).toMatch(/^403 /)
  expect(await refusal(answer(standIn.as('github-actions[bot]'), run))).toMatch(/^403 /)
  expect(await refusal(answer(app, other))).toMatch(/^403 /)
  expect(await refusal(answer(app, none))).toMatch(/^422 /)
  expect(await refusal(answer(app, 1))).toMatch(/^404 /)
  expect(await refusal(answer(app, run, { environment_name: 'staging' }))).toMatch(/^422 /)
  expect(await refusal(answer(app, run, { comment: 'x'.repeat(1025) }))).toMatch(/^422 /)
  expect(standIn.violations.slice(before)).toMatchObject([{ sentence: 'comment is longer than 1024 bytes' }])
})

test('without the permission nothing is answered or said', async () => {
  const weak = await startStandIn({
    app: { permissions: { deployments: 'read', actions: 'read', metadata: 'read' } },
  })
  const head = await weak.commit({ branch: 'main', message: 'Deploy', files: { a: 'a' } })
  const run = await weak.deployments.request({ environment: 'production', sha: head })
  const octokit = await asInstallation(weak)
  const deployment_id = weak.deployments.last('production')?.id ?? 0

  expect(await refusal(answer(octokit, run))).toMatch(/^403 /)
  const status = octokit.rest.repos.createDeploymentStatus({ ...at, deployment_id, state: 'failure' })
  expect(await refusal(status)).toMatch(/^403 /)
  await weak.close()
})

test('deployments are made, told of and spoken about', async () => {
  const { rest } = standIn.as('grace')
  await rest.repos.createDeployment({ ...at, ref: 'main', environment: 'eu', required_contexts: [] })
  const id = standIn.deployments.last('eu')?.id ?? 0

  expect(last('deployment')?.payload).toMatchObject({
    action: 'created',
    deployment: { id, sha, environment: 'eu' },
  })
  const found = await app.rest.repos.getDeployment({ ...at, deployment_id: id })
  expect(found.data).toMatchObject({ id, sha, ref: 'main', performed_via_github_app: null })
  await app.rest.repos.createDeploymentStatus({
    ...at,
    deployment_id: id,
    state: 'failure',
    description: 'no',
  })
  const { data } = await rest.repos.listDeploymentStatuses({ ...at, deployment_id: id })
  expect(data).toMatchObject([
    { state: 'failure', description: 'no', performed_via_github_app: { id: standIn.app.id } },
  ])
  expect(last('deployment_status')?.payload).toMatchObject({ deployment: { id } })
  expect(
    await refusal(rest.repos.createDeployment({ ...at, ref: 'nothing', required_contexts: [] })),
  ).toMatch(/^422 /)
  expect(standIn.violations.filter(({ sentence }) => !sentence.startsWith('comment is longer'))).toEqual([])
})
