import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { where } from '../../src/demo/scene.ts'
import { type Ready, ready } from './scene.ts'

let scene: Ready
beforeAll(async () => {
  scene = await ready()
})
afterAll(() => scene.close())

const LOW = { 'models/sentiment/report.json': demoFile('report-low.json') }

async function reviewsOf(pull: number) {
  await scene.settled()
  const { rest } = scene.github.as('ada')
  const at = where(scene.github)
  const reviews = (await rest.pulls.listReviews({ ...at, pull_number: pull })).data
  const comments = (await rest.pulls.listReviewComments({ ...at, pull_number: pull })).data
  return { reviews, comments }
}

test('a no-go stands as one review with comments on the failing lines, follows what changes, and says so on go', async () => {
  const first = await scene.release('reviewed', LOW)
  const pull = await scene.open('reviewed')

  const { reviews, comments } = await reviewsOf(pull)

  expect(reviews.map(({ state, commit_id, user }) => [state, commit_id, user?.login])).toEqual([
    ['COMMENTED', first, 'gonogo[bot]'],
  ])
  expect(reviews[0]?.body).toContain('no-go: sentiment 1.0.0 misses 2 of')
  expect(comments.map(({ path, body }) => [path, body])).toMatchObject([
    ['models/sentiment/report.json', expect.stringContaining('unmet: accuracy of sentiment')],
    ['models/sentiment/report.json', expect.stringContaining('unmet: ')],
  ])

  // The same lines fail on another commit: the same review, which names the new one.
  const again = await scene.github.commit({
    branch: 'reviewed',
    message: 'Something else',
    by: 'grace',
    files: { 'notes.txt': 'no model\n' },
  })
  const second = await reviewsOf(pull)
  expect(second.reviews.map(({ id }) => id)).toEqual([reviews[0]?.id])
  expect(second.reviews[0]?.body).toContain(again.slice(0, 7))

  // Other lines fail: another review, and the first one points to it.
  await scene.github.commit({
    branch: 'reviewed',
    message: 'One bound more is held',
    by: 'grace',
    files: {
      'models/sentiment/report.json': demoFile('report-low.json').replaceAll('0.846', '0.860'),
    },
  })
  const third = await reviewsOf(pull)
  expect(third.reviews).toHaveLength(2)
  expect(third.reviews[0]?.body).toContain('Replaced by')

  await scene.release('reviewed', {})
  const last = await reviewsOf(pull)
  expect(last.reviews).toHaveLength(2)
  expect(last.reviews[1]?.body).toContain('go: sentiment 1.0.0 meets all')
  expect(last.reviews[1]?.body).not.toContain('misses')
  expect(scene.github.violations).toEqual([])
})

test('a failing line outside of the difference is in the review, with no comment that GitHub would refuse it for', async () => {
  // The report is on the default branch already, so the difference shows nothing of it.
  const report = await scene.github.commit({ branch: 'main', message: 'A report', files: LOW })
  const sha = await scene.release('outside', LOW)
  const pull = await scene.open('outside')

  const { reviews } = await reviewsOf(pull)

  expect(report).not.toBe(sha)
  expect(reviews).toHaveLength(1)
  expect(reviews[0]?.body).toContain('unmet: accuracy of sentiment')
  expect(scene.github.violations).toEqual([])
})

test('a review whose answer never came is found again, and not posted twice', async () => {
  await scene.release('unanswered', { ...LOW, 'models/sentiment/MODEL_CARD.md': '# Nothing\n' })
  let times = 0
  scene.github.weather(({ operation }) => {
    if (operation !== 'pulls/create-review') return 'ok'
    times += 1
    return times === 1 ? { reset: 'after' } : 'ok'
  })
  const pull = await scene.open('unanswered')

  const { reviews } = await reviewsOf(pull)
  scene.github.weather(() => 'ok')

  expect(times).toBe(1)
  expect(reviews).toHaveLength(1)
  expect(await scene.run(reviews[0]?.commit_id ?? '')).toMatchObject({ conclusion: 'failure' })
})

test('GitHub takes no review: the check says no-go all the same, and never that it could not evaluate', async () => {
  const sha = await scene.release('unreviewed', { ...LOW, 'models/sentiment/MODEL_CARD.md': '# None\n' })
  scene.github.weather(({ operation }) => (operation === 'pulls/create-review' ? { status: 500 } : 'ok'))
  const pull = await scene.open('unreviewed')

  const { reviews } = await reviewsOf(pull)
  scene.github.weather(() => 'ok')

  expect(reviews).toEqual([])
  expect(await scene.run(sha)).toMatchObject({
    conclusion: 'failure',
    title: expect.stringContaining('no-go: sentiment'),
  })
  expect(await scene.runs(sha)).toBe(1)
})
