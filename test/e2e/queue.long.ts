import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { where } from '../../src/demo/scene.ts'
import { type Ready, ready } from './scene.ts'

let scene: Ready
beforeAll(async () => {
  scene = await ready()
  const { github } = scene
  await github.as('ada').rest.repos.updateBranchProtection({
    ...where(github),
    branch: 'main',
    required_status_checks: {
      strict: false,
      contexts: [],
      checks: [{ context: 'go/no-go', app_id: github.app.id }],
    },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  })
})
afterAll(() => scene.close())

const LOW = { 'models/sentiment/report.json': demoFile('report-low.json') }

/** A pull request with one more file, which releases nothing. */
async function plain(name: string): Promise<number> {
  await scene.github.commit({
    branch: name,
    from: 'main',
    message: name,
    files: { [`docs/${name}.md`]: `# ${name}\n` },
  })
  return await scene.open(name)
}

test('a group of several pull requests is judged at its own head, and one that is no go keeps all of it out', async () => {
  const honest = await plain('first')
  await scene.release('low', LOW)
  const low = await scene.open('low')

  const group = await scene.github.queue.enter([honest, low])

  expect(await scene.run(group)).toMatchObject({
    conclusion: 'failure',
    title: expect.stringContaining('no-go: sentiment 1.0.0 misses'),
  })
  expect(await scene.github.queue.leave(group)).toBe('invalidated')
})

test('what was a go in its pull request is judged again in the group that brings it, and never by the old answer', async () => {
  const head = await scene.release('good')
  const pull = await scene.open('good')
  expect(await scene.run(head)).toMatchObject({ conclusion: 'success' })

  // The pull request beside it takes away what the first one rests on, without releasing anything itself.
  const rests = await scene.github.commit({
    branch: 'main-report',
    from: 'good',
    message: 'Put another report in its place',
    files: LOW,
  })
  const other = await scene.open('main-report')
  const group = await scene.github.queue.enter([pull, other])

  expect(rests).not.toBe(group)
  expect(await scene.run(group)).toMatchObject({ conclusion: 'failure' })
  expect(await scene.github.queue.leave(group)).toBe('invalidated')

  const alone = await scene.github.queue.enter([pull])
  expect(await scene.run(alone)).toMatchObject({ conclusion: 'success' })
  expect(await scene.github.queue.leave(alone)).toBe('merged')
  await scene.settled()
  expect(await scene.run(alone)).toMatchObject({ title: 'go: sentiment 1.0.0 meets all 4 criteria' })
})

test('a group is compared with its merge base: what came to the branch before it is not in its answer', async () => {
  const pull = await plain('second')

  const group = await scene.github.queue.enter([pull])

  expect(await scene.run(group)).toMatchObject({
    conclusion: 'neutral',
    title: 'nothing to judge: this commit releases no model',
  })
  expect(await scene.github.queue.leave(group)).toBe('merged')
  expect(scene.github.violations).toEqual([])
})

test('no check, as while the app is away, keeps a group out', async () => {
  const pull = await plain('third')
  scene.github.deliverTo(null)

  const group = await scene.github.queue.enter([pull])

  expect(await scene.github.queue.leave(group)).toBe('invalidated')
})
