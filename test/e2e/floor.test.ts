import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ready, ready } from './scene.ts'

const FLOOR = '.gonogo/floor.yml'

let scene: Ready
beforeAll(async () => {
  scene = await ready({ repos: [{ name: 'models' }, { name: '.github' }] })
})
afterAll(() => scene.close())

function floor(text: string | null, branch = 'main'): Promise<string> {
  return scene.github.commit({
    repo: '.github',
    branch,
    message: 'Floor',
    files: { [FLOOR]: text === null ? null : `gonogo: 1\n${text}` },
  })
}

const asking = (bound: string) =>
  `criteria: [{ id: org-accuracy, control: performance, check: metric, metric: accuracy, at_least: ${bound} }]\n`

async function becomes(sha: string, conclusion: string) {
  await expect
    .poll(async () => (await scene.run(sha))?.conclusion, { timeout: 20_000, interval: 50 })
    .toBe(conclusion)
  return (await scene.run(sha))?.summary
}

test('the floor of the organisation holds, and each change of it judges open pull requests again', async () => {
  const sha = await scene.release('release')
  await scene.open('release')
  await becomes(sha, 'success')

  const commit = await floor(asking('0.99'))
  const strict = await becomes(sha, 'failure')
  expect(strict).toContain('org-accuracy')
  expect(strict).toContain(`floor \`${FLOOR}\` of \`acme/.github\` at commit \`${commit.slice(0, 10)}\``)

  await floor('unlisted: hihg\n')
  expect(await becomes(sha, 'action_required')).toContain('has 1 problem at commit')

  expect(scene.github.violations).toEqual([])
}, 60_000)

test('a pull request that mends a faulty floor does not wait for it', async () => {
  await floor('unlisted: hihg\n')
  await scene.settled()
  const { rest } = scene.github.as('ada')
  const main = await rest.git.getRef({ owner: 'acme', repo: '.github', ref: 'heads/main' })
  const mended = await scene.github.commit({
    repo: '.github',
    branch: 'mend',
    from: main.data.object.sha,
    message: 'Mend',
    files: { [FLOOR]: 'gonogo: 1\nunlisted: low\n' },
  })
  await rest.pulls.create({ owner: 'acme', repo: '.github', base: 'main', head: 'mend', title: 'Mend' })
  await scene.settled()

  const { data } = await rest.checks.listForRef({ owner: 'acme', repo: '.github', ref: mended })
  expect(data.check_runs.map((run) => run.conclusion)).toEqual(['success'])
  await floor(null)
})
