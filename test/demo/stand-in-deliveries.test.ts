import { describe, expect, test } from 'vitest'
import { signature } from '../../src/demo/webhook.ts'
import { listen } from './app-client.ts'
import { aStandInEach, at, eventsOf, payloadOf, pullRequest } from './each.ts'

const use = aStandInEach()

describe('deliveries', () => {
  test('of a push are signed, complete, and in GitHub’s shape', async () => {
    const app = await listen()
    use.standIn.deliverTo(app.url)
    const { data: main } = await use.standIn.as('ada').rest.git.getRef({ ...at, ref: 'heads/main' })
    await use.standIn.commit({ branch: 'main', message: 'm', files: { 'models/a.yml': '1' }, by: 'grace' })
    const sha = await use.standIn.commit({
      branch: 'main',
      message: 'n',
      files: { 'models/a.yml': '2', 'README.md': null },
      by: 'grace',
    })
    await use.standIn.settled()
    app.close()

    const last = app.heard.at(-1)
    expect(use.standIn.deliveries.map((delivery) => delivery.status)).toEqual([200, 200])
    expect(last?.headers['x-github-event']).toBe('push')
    expect(last?.headers['x-github-delivery']).toBe(use.standIn.deliveries[1]?.id)
    expect(last?.headers['x-hub-signature-256']).toBe(
      signature(use.standIn.app.webhookSecret, last?.body ?? ''),
    )
    expect(use.standIn.deliveries[0]?.payload).toMatchObject({
      before: main.object.sha,
      commits: [{ added: ['models/a.yml'] }],
    })
    expect(JSON.parse(last?.body ?? '')).toMatchObject({
      ref: 'refs/heads/main',
      after: sha,
      created: false,
      deleted: false,
      forced: false,
      repository: { full_name: 'acme/models', default_branch: 'main' },
      organization: { login: 'acme' },
      installation: { id: use.standIn.app.installationId },
      sender: { login: 'grace' },
      head_commit: { id: sha },
      commits: [
        {
          id: sha,
          message: 'n',
          author: { username: 'grace' },
          modified: ['models/a.yml'],
          removed: ['README.md'],
        },
      ],
    })
  })

  test.each([
    [
      'a new file',
      async () =>
        use.standIn
          .as('ada')
          .rest.repos.createOrUpdateFileContents({ ...at, path: 'x', message: 'm', content: 'eA==' }),
      'push',
      false,
    ],
    [
      'a forced push',
      async () => {
        const parent = await use.standIn.commit({ branch: 'work', message: 'm', files: { a: '1' } })
        await use.standIn.commit({ branch: 'work', message: 'm', files: { a: '2' } })
        const other = await use.standIn.commit({
          branch: 'other',
          from: 'main',
          message: 'o',
          files: { b: '1' },
        })
        expect(parent).not.toBe(other)
        await use.standIn.as('ada').rest.git.updateRef({ ...at, ref: 'heads/work', sha: other, force: true })
      },
      'push',
      true,
    ],
  ] as const)('follow %s', async (_, act, event, forced) => {
    await act()

    expect(use.standIn.deliveries.at(-1)).toMatchObject({ event, payload: { forced } })
  })

  test('follow comments, reviews, statuses and deleted branches', async () => {
    const { sha, number } = await pullRequest(use.standIn, { a: '1' })
    const { rest } = use.standIn.as('ada')
    await rest.issues.createComment({ ...at, issue_number: number, body: '/gonogo recheck' })
    await rest.pulls.createReview({ ...at, pull_number: number, event: 'APPROVE' })
    await rest.repos.createCommitStatus({ ...at, sha, state: 'pending', context: 'ci' })
    await rest.git.deleteRef({ ...at, ref: 'heads/work' })

    const { data: statuses } = await rest.repos.listCommitStatusesForRef({ ...at, ref: sha })
    expect(statuses).toMatchObject([{ state: 'pending', context: 'ci' }])
    expect(eventsOf(use.standIn).slice(3)).toEqual([
      'issue_comment.created',
      'pull_request_review.submitted',
      'status',
      'push',
    ])
    expect(payloadOf(use.standIn, 'pull_request_review', 'submitted')).toMatchObject({
      review: { state: 'approved' },
      sender: { login: 'ada' },
    })
    expect(use.standIn.deliveries.at(-1)?.payload).toMatchObject({ deleted: true, head_commit: null })
  })

  test('follow what becomes of a comment, by whoever may', async () => {
    const { number } = await pullRequest(use.standIn, { a: '1' })
    const { rest } = use.standIn.as('ada')
    const { data } = await rest.issues.createComment({ ...at, issue_number: number, body: 'one' })
    const of = { ...at, comment_id: data.id }
    await use.standIn.as('grace').rest.issues.updateComment({ ...of, body: 'two' })
    const bot = use.standIn.as('github-actions[bot]')
    await expect(bot.rest.issues.updateComment({ ...of, body: 'three' })).rejects.toThrow('write access')
    const listed = await rest.issues.listComments({ ...at, issue_number: number })
    await rest.issues.deleteComment(of)

    expect(listed.data.map(({ body, user }) => [body, user?.login])).toEqual([['two', 'ada']])
    expect(eventsOf(use.standIn).slice(-3)).toEqual([
      'issue_comment.created',
      'issue_comment.edited',
      'issue_comment.deleted',
    ])
    expect(payloadOf(use.standIn, 'issue_comment', 'edited')).toMatchObject({
      changes: { body: { from: 'one' } },
      comment: { user: { login: 'ada', type: 'User' }, author_association: 'NONE' },
      issue: { number, pull_request: {} },
      sender: { login: 'grace' },
    })
    await expect(
      rest.issues.createComment({ ...at, issue_number: number, body: 'x'.repeat(65_537) }),
    ).rejects.toThrow('Validation Failed')
    expect(use.standIn.violations).toEqual([])
  })

  test('settle when the app has answered, however late, and know a broken one', async () => {
    const slow = await listen(() => new Promise((resolve) => setTimeout(() => resolve(500), 80)))
    use.standIn.deliverTo(slow.url)
    await use.standIn.commit({ branch: 'main', message: 'm', files: { a: '1' } })
    const before = use.standIn.deliveries.map((delivery) => delivery.status)
    await use.standIn.settled()
    slow.close()
    const [first] = use.standIn.deliveries
    const again = await use.standIn.redeliver(first?.id ?? '')

    expect([before, first?.status]).toEqual([[null], 500])
    expect([again.id, again.status, use.standIn.deliveries.length]).toEqual([first?.id, 0, 2])
  })
})
