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

const pull = (sha: string) => ({
  number: 1,
  pull_request: { number: 1, state: 'open', head: { sha }, base: { ref: 'main' } },
})

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

  const record = '.gonogo/records/training.yml'
  await scene.github.commit({
    repo: '.github',
    branch: 'main',
    message: 'A record of all models',
    files: { [record]: 'gonogo: 1\nrecord: training\nowmer: the platform team\n' },
  })
  await expect
    .poll(async () => (await scene.run(sha))?.summary, { timeout: 20_000, interval: 50 })
    .toContain(`\`${record}\``)
  await scene.github.commit({ repo: '.github', branch: 'main', message: 'None', files: { [record]: null } })
  await becomes(sha, 'failure')

  await floor('unlisted: hihg\n')
  expect(await becomes(sha, 'action_required')).toContain('has 1 problem at commit')

  expect(scene.github.violations).toEqual([])
}, 60_000)

test('a property that only the organisation can set has a repository observed', async () => {
  const sha = await scene.release('observed')
  await floor(`observe: { property: { gonogo: observe } }\n${asking('0.99')}`)
  await scene.settled()
  let editable = 'org_and_repo_actors'
  scene.github.weather(({ operation }) => {
    if (operation === 'orgs/custom-properties-for-repos-get-organization-definition')
      return {
        status: 200,
        body: { property_name: 'gonogo', value_type: 'string', values_editable_by: editable },
      }
    return operation === 'repos/custom-properties-for-repos-get-repository-values'
      ? { status: 200, body: [{ property_name: 'gonogo', value: 'observe' }] }
      : 'ok'
  })

  await scene.open('observed')
  expect(await scene.run(sha)).toMatchObject({ conclusion: 'failure' })
  editable = 'org_actors'
  await scene.send('pull_request', scene.payload({ action: 'reopened', ...pull(sha) }))
  expect(await scene.run(sha)).toMatchObject({
    conclusion: 'neutral',
    title: expect.stringMatching(/^observed, blocking nothing: no-go/),
  })
  scene.github.weather(() => 'ok')
  expect(scene.github.violations).toEqual([])
})

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
