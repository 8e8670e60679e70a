import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { CRITERIA, type Ready, ready } from './scene.ts'

let scene: Ready
beforeAll(async () => {
  scene = await ready({ repos: [{ name: 'models' }, { name: '.github' }] })
}, 60_000)
afterAll(() => scene.close())

test('a job may enter an environment with a commit that is a go', async () => {
  await scene.github.commit({
    branch: 'main',
    message: 'Name the environment',
    files: { [CRITERIA]: `${demoFile('criteria.yml')}environments: [production]\n` },
  })
  const sha = await scene.release('one')
  const number = await scene.open('one')
  const { data } = await scene.github.as('ada').rest.pulls.merge({ owner: 'acme', repo: 'models', pull_number: number })
  await scene.settled()
  const run = await scene.github.deployments.request({ environment: 'production', sha: data.sha })
  await scene.settled()
  console.log(sha, scene.github.deployments.answerOf(run, 'production'))
  console.log(scene.github.violations, scene.github.deployments.last('production')?.statuses)
  console.log(scene.github.requests.slice(-25))
})
