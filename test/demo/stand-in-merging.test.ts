import { describe, expect, test } from 'vitest'
import { asInstallation, refusal } from './app-client.ts'
import { aStandInEach, at, eventsOf, payloadOf, pullRequest } from './each.ts'

const use = aStandInEach()

async function protect(checks: { context: string; app_id?: number }[], strict = false): Promise<void> {
  await use.standIn.as('ada').rest.repos.updateBranchProtection({
    ...at,
    branch: 'main',
    required_status_checks: { strict, contexts: [], checks },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  })
}

describe('a pull request', () => {
  test('follows its branch, and the app hears of it', async () => {
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    const next = await use.standIn.commit({ branch: 'work', message: 'More', files: { a: '2' }, by: 'grace' })
    await use.standIn.settled()

    const { rest } = await asInstallation(use.standIn)
    const { data: pull } = await rest.pulls.get({ ...at, pull_number: number })
    const { data: list } = await rest.pulls.list({ ...at, head: 'acme:work' })

    expect([pull.head.sha, list[0]?.head.sha]).toEqual([next, next])
    expect(eventsOf(use.standIn)).toEqual([
      'create',
      'push',
      'pull_request.opened',
      'push',
      'pull_request.synchronize',
    ])
    expect(payloadOf(use.standIn, 'pull_request', 'synchronize')).toMatchObject({
      number,
      before: sha,
      after: next,
      pull_request: { head: { sha: next } },
      installation: { id: use.standIn.app.installationId },
    })
  })

  test.each([
    [
      'of a branch that is not there',
      { head: 'nowhere', base: 'main' },
      /^422 Validation Failed.*"field":"head"/,
    ],
    [
      'into a branch that is not there',
      { head: 'work', base: 'nowhere' },
      /^422 Validation Failed.*"field":"base"/,
    ],
    ['a second time', { head: 'work', base: 'main' }, /already exists for acme:work/],
    ['without a commit', { head: 'main', base: 'main' }, /No commits between main and main/],
  ])('cannot be opened %s', async (_, ends, expected) => {
    await pullRequest(use.standIn, { a: '1' })

    expect(await refusal(use.standIn.as('grace').rest.pulls.create({ ...at, title: 't', ...ends }))).toMatch(
      expected,
    )
  })

  test('tells of a new base', async () => {
    await use.standIn.commit({ branch: 'next', message: 'Next', files: { n: '1' } })
    const { number } = await pullRequest(use.standIn, { a: '1' })

    await use.standIn.as('ada').rest.pulls.update({ ...at, pull_number: number, base: 'next' })

    expect(payloadOf(use.standIn, 'pull_request', 'edited')).toMatchObject({
      changes: { base: { ref: { from: 'main' } } },
    })
  })
})

describe('merging', () => {
  test('joins both sides on the base branch as it is now', async () => {
    const { sha, number } = await pullRequest(use.standIn, { theirs: '1' })
    const base = await use.standIn.commit({ branch: 'main', message: 'Meanwhile', files: { ours: '1' } })
    const { rest } = use.standIn.as('grace')

    const { data: merged } = await rest.pulls.merge({ ...at, pull_number: number })

    const { data: commit } = await rest.git.getCommit({ ...at, commit_sha: merged.sha })
    const { data: tree } = await rest.git.getTree({ ...at, tree_sha: merged.sha })
    const { data: pull } = await rest.pulls.get({ ...at, pull_number: number })
    expect(commit.parents.map((parent) => parent.sha)).toEqual([base, sha])
    expect(tree.tree.map((entry) => entry.path)).toEqual(['ours', 'README.md', 'theirs'])
    expect(pull).toMatchObject({
      merged: true,
      state: 'closed',
      merge_commit_sha: merged.sha,
      merged_by: { login: 'grace' },
    })
    expect(eventsOf(use.standIn).slice(-2)).toEqual(['push', 'pull_request.closed'])
    expect(use.standIn.deliveries.at(-2)?.payload).toMatchObject({
      ref: 'refs/heads/main',
      before: base,
      after: merged.sha,
    })
  })

  test('knows branches with a slash', async () => {
    await use.standIn.commit({ branch: 'release/1', message: 'm', files: { r: '1' } })
    await use.standIn.commit({ branch: 'feature/é', message: 'm', files: { f: '1' }, by: 'grace' })
    const { rest } = use.standIn.as('grace')
    const { data: pull } = await rest.pulls.create({
      ...at,
      title: 't',
      head: 'feature/é',
      base: 'release/1',
    })
    const head = await use.standIn.commit({
      branch: 'feature/é',
      message: 'n',
      files: { f: '2' },
      by: 'grace',
    })

    const { data: merged } = await rest.pulls.merge({ ...at, pull_number: pull.number, sha: head })

    const { data: ref } = await rest.git.getRef({ ...at, ref: 'heads/release/1' })
    const { data: runs } = await rest.checks.listForRef({ ...at, ref: 'feature/é' })
    expect([ref.object.sha, runs.total_count]).toEqual([merged.sha, 0])
  })

  test('squashed has one parent', async () => {
    const { number } = await pullRequest(use.standIn, { a: '1' })
    const { rest } = use.standIn.as('grace')

    const { data: merged } = await rest.pulls.merge({ ...at, pull_number: number, merge_method: 'squash' })

    const { data: commit } = await rest.git.getCommit({ ...at, commit_sha: merged.sha })
    expect([commit.parents.length, commit.message]).toEqual([1, 'Work (#1)'])
  })

  test('is refused where both sides changed a file', async () => {
    const { number } = await pullRequest(use.standIn, { a: '1' })
    await use.standIn.commit({ branch: 'main', message: 'm', files: { a: '2' } })

    expect(await refusal(use.standIn.as('grace').rest.pulls.merge({ ...at, pull_number: number }))).toMatch(
      /^405 .*conflicts/,
    )
  })

  test('is refused for another head', async () => {
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    await use.standIn.commit({ branch: 'work', message: 'm', files: { a: '2' }, by: 'grace' })

    expect(
      await refusal(use.standIn.as('grace').rest.pulls.merge({ ...at, pull_number: number, sha })),
    ).toMatch(/^409 Head branch was modified/)
  })
})

describe('a required check', () => {
  const check = { ...at, name: 'go/no-go', status: 'completed' } as const
  const merge = (number: number, login = 'grace') =>
    refusal(use.standIn.as(login).rest.pulls.merge({ ...at, pull_number: number }))
  const expected = '405 Required status check "go/no-go" is expected.'
  const failing = '405 Required status check "go/no-go" is failing.'

  test('pinned to the app, only the app can answer', async () => {
    await protect([{ context: 'go/no-go', app_id: use.standIn.app.id }])
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    const app = await asInstallation(use.standIn)
    const workflow = use.standIn.as('github-actions[bot]')

    expect(await merge(number, 'ada')).toBe(expected)
    await workflow.rest.checks.create({ ...check, head_sha: sha, conclusion: 'success' })
    await use.standIn
      .as('grace')
      .rest.repos.createCommitStatus({ ...at, sha, state: 'success', context: 'go/no-go' })
    expect(await merge(number)).toBe(expected)
    const { data: run } = await app.rest.checks.create({ ...check, head_sha: sha, conclusion: 'failure' })
    expect(await merge(number)).toBe(failing)
    await app.rest.checks.update({ ...at, check_run_id: run.id, conclusion: 'success' })
    expect(await merge(number)).toBe('not refused')
  })

  test('not pinned, any writer can answer', async () => {
    await protect([{ context: 'go/no-go' }])
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })

    await use.standIn
      .as('github-actions[bot]')
      .rest.checks.create({ ...check, head_sha: sha, conclusion: 'success' })

    expect(await merge(number)).toBe('not refused')
  })

  test.each([
    ['success', 'not refused'],
    ['neutral', 'not refused'],
    ['skipped', 'not refused'],
    ['failure', failing],
    ['action_required', failing],
  ] as const)('concluded as %s', async (conclusion, outcome) => {
    await protect([{ context: 'go/no-go', app_id: use.standIn.app.id }])
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })

    await (await asInstallation(use.standIn)).rest.checks.create({ ...check, head_sha: sha, conclusion })

    expect(await merge(number)).toBe(outcome)
  })

  test('is answered by the newest created run', async () => {
    await protect([{ context: 'go/no-go', app_id: use.standIn.app.id }])
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    const { rest } = await asInstallation(use.standIn)

    const { data: first } = await rest.checks.create({ ...check, head_sha: sha, conclusion: 'failure' })
    await rest.checks.create({ ...check, head_sha: sha, conclusion: 'failure' })
    await rest.checks.update({ ...at, check_run_id: first.id, conclusion: 'success' })

    expect(await merge(number)).toBe(failing)
  })

  test('of an earlier head does not count', async () => {
    await protect([{ context: 'go/no-go', app_id: use.standIn.app.id }])
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    await (await asInstallation(use.standIn)).rest.checks.create({
      ...check,
      head_sha: sha,
      conclusion: 'success',
    })

    await use.standIn.commit({ branch: 'work', message: 'm', files: { a: '2' }, by: 'grace' })

    expect(await merge(number)).toBe(expected)
  })

  test('stops a direct push, too', async () => {
    await protect([{ context: 'go/no-go', app_id: use.standIn.app.id }])

    expect(
      await refusal(use.standIn.commit({ branch: 'main', message: 'm', files: { a: '1' }, by: 'grace' })),
    ).toMatch(/^422 Required status check/)
  })

  test('is strict where that is asked for', async () => {
    await protect([{ context: 'go/no-go', app_id: use.standIn.app.id }])
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    const { rest } = await asInstallation(use.standIn)
    await rest.checks.create({ ...check, head_sha: sha, conclusion: 'success' })
    const other = await use.standIn.commit({ branch: 'other', message: 'm', files: { b: '1' }, by: 'grace' })
    await rest.checks.create({ ...check, head_sha: other, conclusion: 'success' })
    await use.standIn.as('grace').rest.git.updateRef({ ...at, ref: 'heads/main', sha: other })

    await protect([{ context: 'go/no-go', app_id: use.standIn.app.id }], true)

    expect(await merge(number)).toMatch(/^405 The head branch is not up to date/)
  })
})

describe('check runs', () => {
  const annotation = {
    path: 'a',
    start_line: 1,
    end_line: 1,
    annotation_level: 'failure',
    message: 'm',
  } as const
  const run = { ...at, name: 'go/no-go', status: 'completed', conclusion: 'failure' } as const

  test('belong to the app, list their pull requests, and only gain annotations', async () => {
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    const { rest } = await asInstallation(use.standIn)
    const output = { title: 't', summary: 's', annotations: [annotation] }

    const { data: made } = await rest.checks.create({ ...run, head_sha: sha, output })
    const { data: changed } = await rest.checks.update({ ...at, check_run_id: made.id, output })
    const { data: all } = await rest.checks.listAnnotations({ ...at, check_run_id: made.id })

    expect(made.app?.id).toBe(use.standIn.app.id)
    expect(made.pull_requests.map((pull) => pull.number)).toEqual([number])
    expect([changed.output.annotations_count, all.length]).toEqual([2, 2])
  })

  test('are found by app, and the latest is per app and name', async () => {
    const { sha } = await pullRequest(use.standIn, { a: '1' })
    const { rest } = await asInstallation(use.standIn)
    await rest.checks.create({ ...run, head_sha: sha })
    const { data: newest } = await rest.checks.create({ ...run, head_sha: sha })
    await use.standIn.as('github-actions[bot]').rest.checks.create({ ...run, head_sha: sha })
    const ids = async (more: object) =>
      (await rest.checks.listForRef({ ...at, ref: sha, ...more })).data.check_runs.map(({ id }) => id)

    expect(await ids({ app_id: use.standIn.app.id })).toEqual([newest.id])
    expect(await ids({})).toHaveLength(2)
    expect(await ids({ filter: 'all' })).toHaveLength(3)
    expect(await ids({ filter: 'all', per_page: 2, page: 2 })).toHaveLength(1)
    expect(await ids({ check_name: 'other' })).toEqual([])
  })

  test('are changed by nobody else, made by no person, and for no commit that is not there', async () => {
    const { sha } = await pullRequest(use.standIn, { a: '1' })
    const { rest } = await asInstallation(use.standIn)
    const { data: made } = await rest.checks.create({ ...run, head_sha: sha })

    const forged = use.standIn
      .as('github-actions[bot]')
      .rest.checks.update({ ...at, check_run_id: made.id, conclusion: 'success' })
    expect(await refusal(forged)).toMatch(/^403 Invalid app_id `15368`/)
    expect(await refusal(use.standIn.as('ada').rest.checks.create({ ...run, head_sha: sha }))).toMatch(
      /^403 You must authenticate/,
    )
    expect(await refusal(rest.checks.create({ ...run, head_sha: '0'.repeat(40) }))).toMatch(
      /^422 No commit found/,
    )
  })

  test('are asked for once more by a person', async () => {
    const { sha } = await pullRequest(use.standIn, { a: '1' })
    const { rest } = await asInstallation(use.standIn)
    const { data: made } = await rest.checks.create({ ...run, head_sha: sha })

    await use.standIn
      .as('grace')
      .request('POST /repos/{owner}/{repo}/check-runs/{id}/rerequest', { ...at, id: made.id })

    expect(payloadOf(use.standIn, 'check_run', 'rerequested')).toMatchObject({
      check_run: { id: made.id, head_sha: sha },
      sender: { login: 'grace' },
    })
  })
})
