import nock from 'nock'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type StandIn, startStandIn } from '../../src/demo/stand-in.ts'
import { movesOf } from '../../src/sources/github/activity.ts'
import { mayWrite, membership } from '../../src/sources/github/people.ts'
import { reviewsOf } from '../../src/sources/github/reviews.ts'
import { asInstallation, client } from '../demo/app-client.ts'

const at = { owner: 'acme', repo: 'models', branch: 'main' }
const ZEROS = '0'.repeat(40)

let github: StandIn
beforeAll(async () => {
  const people = [{ login: 'ada', admin: true }, { login: 'grace' }, { login: 'alan' }]
  github = await startStandIn({ people })
})
afterAll(() => github.close())

/** Grace pushes, ada opens a pull request, and alan approves it. */
async function approved(branch: string) {
  const message = `Work\n\nCo-authored-by: Alan <alan@example.com>\nCo-authored-by: Nobody <nobody@else.example>`
  const sha = await github.commit({ branch, from: 'main', message, by: 'grace', files: { [branch]: '1' } })
  const pull = { owner: 'acme', repo: 'models', base: 'main', head: branch, title: branch }
  const { number: pull_number } = (await github.as('ada').rest.pulls.create(pull)).data
  const about = { owner: 'acme', repo: 'models', pull_number }
  await github.as('alan').rest.pulls.createReview({ ...about, event: 'COMMENT', body: 'Hm' })
  const { data } = await github.as('alan').rest.pulls.createReview({ ...about, event: 'APPROVE' })
  return { sha, about, review: data }
}

test('reviews are told with the commit that they saw, and authors with their accounts', async () => {
  const { sha, about, review } = await approved('told')
  const pushed = await github.commit({ branch: 'told', message: 'More', by: 'grace', files: { told: '2' } })
  const app = await asInstallation(github)

  const told = await reviewsOf(app, at, pushed, [], [sha, pushed])

  expect(told.pulls).toMatchObject([
    { number: about.pull_number, isMerged: false, branch: 'told', head: pushed, fork: false, isCut: false },
  ])
  expect(told.pulls[0]?.reviews).toMatchObject([
    { id: review.node_id, by: 'alan', commit: sha, state: 'approved', pull: about.pull_number },
  ])
  expect(told.authors).toEqual([
    { commit: sha, by: 'grace' },
    { commit: sha, by: 'alan' },
    { commit: pushed, by: 'grace' },
  ])

  await github.as('ada').rest.pulls.dismissReview({ ...about, review_id: review.id, message: 'no' })
  const main = (await github.as('ada').rest.pulls.merge(about)).data.sha
  const merged = await reviewsOf(app, at, main, [about.pull_number], [])
  expect(merged.pulls).toMatchObject([{ isMerged: true, reviews: [{ state: 'dismissed' }] }])
  expect((await reviewsOf(app, at, main, [999], [])).pulls).toHaveLength(1)
  expect(github.violations).toEqual([])
})

test('a review is of what the pull request was compared with when it was given', async () => {
  const { sha, about, review } = await approved('moved')
  const app = await asInstallation(github)
  const own = async () => (await reviewsOf(app, at, sha, [], [])).pulls.flatMap(({ reviews }) => reviews)
  expect(await own()).not.toMatchObject([{ elsewhere: true }])

  const into = async (base: string, time: string) => {
    github.clock.set(time)
    await github.as('ada').rest.pulls.update({ ...about, base })
    github.clock.set(null)
  }
  await github.commit({ branch: 'aside', from: 'main', message: 'Aside', files: { aside: '1' } })
  await into('aside', '2020-01-01T00:00:00Z')
  expect(await own()).toMatchObject([{ id: review.node_id, elsewhere: true }])

  await into('main', '2020-01-02T00:00:00Z')
  expect(await own()).not.toMatchObject([{ elsewhere: true }])

  await into('aside', '2100-01-01T00:00:00Z')
  await into('main', '2100-01-01T00:00:00Z')
  expect(await own()).toMatchObject([{ id: review.node_id, elsewhere: true }])
  expect(github.violations).toEqual([])
})

test('nobody approves a pull request of their own', async () => {
  const { about } = await approved('own')

  const own = github.as('ada').rest.pulls.createReview({ ...about, event: 'APPROVE' })
  await expect(own).rejects.toThrow('Can not approve your own pull request')
})

test('every move of a branch is told since it was made, or nothing is', async () => {
  const { sha } = await approved('moves')
  const pushed = await github.commit({ branch: 'moves', message: 'More', by: 'alan', files: { moves: '2' } })
  const app = await asInstallation(github)

  expect(await movesOf(app, at, 'moves', pushed)).toEqual([
    { before: sha, after: pushed, by: 'alan', bot: false, at: expect.any(String) },
    { before: ZEROS, after: sha, by: 'grace', bot: false, at: expect.any(String) },
  ])
  expect(await movesOf(app, at, 'moves', sha)).toBeUndefined()
  expect(await movesOf(app, at, 'nowhere', sha)).toBeUndefined()
})

test('who is in a team, and who may write', async () => {
  const app = await asInstallation(github)
  github.team('model-risk', 'alan', 'active')
  github.team('model-risk', 'grace', 'pending')

  expect(await membership(app, at, 'model-risk', 'alan')).toBe('active')
  expect(await membership(app, at, 'model-risk', 'grace')).toBe('none')
  expect(await membership(app, at, 'model-risk', 'ada')).toBe('none')
  expect(await membership(app, at, 'no-team', 'alan')).toBe('none')
  expect(await mayWrite(app, at, 'ada')).toBe(true)
  expect(await mayWrite(app, at, 'grace')).toBe(true)
  expect(await mayWrite(app, at, 'nobody')).toBe(false)
  expect(github.violations).toEqual([])
})

describe('where GitHub does not tell', () => {
  const api = 'https://api.github.test'
  beforeEach(() => void nock.cleanAll())
  const app = client(api, 'token')
  const TEAM = '/orgs/acme/teams/model-risk/memberships/alan'

  test('a permission that is missing is no answer, and a failure is none either', async () => {
    nock(api).get(TEAM).reply(403, { message: 'Resource not accessible by integration' })
    nock(api).get(TEAM).reply(502)

    expect(await membership(app, at, 'model-risk', 'alan')).toBe('unseen')
    await expect(membership(app, at, 'model-risk', 'alan')).rejects.toThrow()
  })

  test.each([
    ['read', false],
    ['none', false],
    ['write', true],
    ['admin', true],
  ])('the permission %s', async (permission, may) => {
    nock(api).get('/repos/acme/models/collaborators/alan/permission').reply(200, { permission })

    expect(await mayWrite(app, at, 'alan')).toBe(may)
  })

  test('a gap in the moves of a branch hides who filled it', async () => {
    const move = (before: string, after: string, activity_type = 'push') => ({
      before,
      after,
      activity_type,
      actor: { login: 'grace', type: 'User' },
    })
    const told = async (...moves: readonly object[]) => {
      nock(api).get('/repos/acme/models/activity').query(true).reply(200, moves)
      return await movesOf(app, at, 'work', 'c')
    }

    expect(await told(move('b', 'c'), move('0', 'b', 'branch_creation'))).toHaveLength(2)
    expect(await told(move('b', 'c'), move('0', 'a', 'branch_creation'))).toBeUndefined()
    expect(await told(move('b', 'c'))).toBeUndefined()
    expect(await told()).toBeUndefined()
    expect(await told({ ...move('0', 'c', 'branch_creation'), actor: null })).toEqual([
      { before: '0', after: 'c', by: null, bot: false },
    ])
  })
})
