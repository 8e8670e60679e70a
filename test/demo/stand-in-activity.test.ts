import type { Octokit } from '@octokit/rest'
import { describe, expect, test } from 'vitest'
import { asInstallation, client, refusal } from './app-client.ts'
import { aStandInEach, at, pullRequest } from './each.ts'

const use = aStandInEach({
  app: {
    permissions: {
      contents: 'read',
      checks: 'write',
      pull_requests: 'read',
      metadata: 'read',
      statuses: 'write',
    },
  },
})

const ZEROS = '0'.repeat(40)
const day = (date: number, hour = 0): string =>
  `2026-05-${`${date}`.padStart(2, '0')}T${`${hour}`.padStart(2, '0')}:00:00Z`

async function activity(app: Octokit, query: object = {}) {
  const { data } = await app.rest.repos.listActivities({ ...at, ...query })
  return data.map((one) => `${one.activity_type} ${one.ref} by ${one.actor?.login}`)
}

describe('activity', () => {
  test('tells every move of a branch with its time, newest first', async () => {
    const app = await asInstallation(use.standIn)
    const start = (await use.standIn.as('ada').rest.git.getRef({ ...at, ref: 'heads/main' })).data.object.sha
    use.standIn.clock.set(day(1))
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    use.standIn.clock.set(day(2))
    const pushed = await use.standIn.commit({ branch: 'work', message: 'm', files: { a: '2' }, by: 'grace' })
    use.standIn.clock.set(day(3))
    const { rest } = use.standIn.as('ada')
    await rest.git.updateRef({ ...at, ref: 'heads/work', sha, force: true })
    use.standIn.clock.set(day(4))
    const { data: merged } = await rest.pulls.merge({ ...at, pull_number: number })
    use.standIn.clock.set(day(5))
    await rest.git.deleteRef({ ...at, ref: 'heads/work' })
    await rest.git.createRef({ ...at, ref: 'refs/tags/v1', sha })
    const { data } = await app.rest.repos.listActivities({ ...at })

    expect(data.map((one) => [one.activity_type, one.ref, one.before, one.after, one.actor?.login])).toEqual([
      ['branch_deletion', 'refs/heads/work', sha, ZEROS, 'ada'],
      ['pr_merge', 'refs/heads/main', start, merged.sha, 'ada'],
      ['force_push', 'refs/heads/work', pushed, sha, 'ada'],
      ['push', 'refs/heads/work', sha, pushed, 'grace'],
      ['branch_creation', 'refs/heads/work', ZEROS, sha, 'grace'],
      ['branch_creation', 'refs/heads/main', ZEROS, start, 'ada'],
    ])
    expect(data.map((one) => one.timestamp).slice(0, 5)).toEqual([day(5), day(4), day(3), day(2), day(1)])
    const { data: pull } = await app.rest.pulls.get({ ...at, pull_number: number })
    expect([pull.created_at, pull.merged_at]).toEqual([day(1), day(4)])
  })

  test('is filtered by ref, actor, kind and time', async () => {
    const app = await asInstallation(use.standIn)
    use.standIn.clock.set(day(1))
    await use.standIn.commit({ branch: 'one', message: 'm', files: { a: '1' }, by: 'grace' })
    use.standIn.clock.set(day(3))
    await use.standIn.commit({ branch: 'main', message: 'm', files: { a: '2' } })
    use.standIn.clock.set(day(4))

    const [one, main] = ['branch_creation refs/heads/one by grace', 'push refs/heads/main by ada']
    const made = 'branch_creation refs/heads/main by ada'
    expect(await activity(app)).toEqual([main, one, made])
    expect(await activity(app, { direction: 'asc' })).toEqual([made, one, main])
    expect(await activity(app, { ref: 'one' })).toEqual([one])
    expect(await activity(app, { ref: 'refs/heads/main' })).toEqual([main, made])
    expect(await activity(app, { actor: 'grace' })).toEqual([one])
    expect(await activity(app, { activity_type: 'branch_creation' })).toEqual([one, made])
    // The repository was made by the machine's clock, long after this May.
    expect(await activity(app, { time_period: 'day', ref: 'one' })).toEqual([])
    expect(await activity(app, { time_period: 'week', ref: 'one' })).toEqual([one])
  })

  test('comes in pages that a new move does not shift', async () => {
    const app = await asInstallation(use.standIn)
    for (const name of ['a', 'b', 'c', 'd'])
      await use.standIn.commit({ branch: name, message: 'm', files: { a: name } })
    const refs = (data: readonly { readonly ref: string }[]) => data.map(({ ref }) => ref.slice(-1))
    const link = (answer: { headers: { link?: string } }, rel: string) =>
      new RegExp(`<([^>]+)>; rel="${rel}"`).exec(answer.headers.link ?? '')?.[1] ?? ''

    const first = await app.rest.repos.listActivities({ ...at, per_page: 2 })
    await use.standIn.commit({ branch: 'e', message: 'm', files: { a: 'e' } })
    const second = await app.request(`GET ${link(first, 'next')}`)
    const back = await app.request(`GET ${link(second, 'prev')}`)
    const all = await app.paginate(app.rest.repos.listActivities, { ...at, per_page: 2 })

    expect([refs(first.data), refs(second.data), refs(back.data)]).toEqual([
      ['d', 'c'],
      ['b', 'a'],
      ['d', 'c'],
    ])
    expect(link(first, 'next')).toMatch(/[?&]after=/)
    expect(link(first, 'prev')).toBe('')
    expect(refs(all)).toEqual(['e', 'd', 'c', 'b', 'a', 'n'])
    expect(await refusal(app.rest.repos.listActivities({ ...at, after: 'bogus' }))).toBe('422 Invalid cursor')
  })
})

describe('a commit status', () => {
  test('tells our app from whoever else writes one of the same name', async () => {
    const app = await asInstallation(use.standIn)
    const sha = await use.standIn.commit({ branch: 'main', message: 'm', files: { a: '1' } })
    const status = { ...at, sha, state: 'success', context: 'gonogo/registered' } as const
    use.standIn.clock.set(day(1))
    await app.rest.repos.createCommitStatus({ ...status, description: 'ours' })
    use.standIn.clock.set(day(2))
    for (const login of ['grace', 'github-actions[bot]'])
      await use.standIn.as(login).rest.repos.createCommitStatus(status)
    const { data } = await app.rest.repos.listCommitStatusesForRef({ ...at, ref: sha })
    const paged = await app.paginate(app.rest.repos.listCommitStatusesForRef, {
      ...at,
      ref: 'main',
      per_page: 1,
    })

    expect(data.map((one) => [one.creator?.login, one.creator?.type, one.created_at])).toEqual([
      ['github-actions[bot]', 'Bot', day(2)],
      ['grace', 'User', day(2)],
      [`${use.standIn.app.slug}[bot]`, 'Bot', day(1)],
    ])
    expect(paged.map(({ id }) => id)).toEqual(data.map(({ id }) => id))
  })

  test('is for whoever may write one', async () => {
    const nobody = client(use.standIn.url, '')
    const sha = await use.standIn.commit({ branch: 'main', message: 'm', files: { a: '1' } })

    expect(await refusal(nobody.rest.repos.createCommitStatus({ ...at, sha, state: 'success' }))).toBe(
      '404 Not Found',
    )
  })
})
