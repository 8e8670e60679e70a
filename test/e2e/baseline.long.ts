import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoFile, demoWeights } from '../../src/demo/files.ts'
import { where } from '../../src/demo/scene.ts'
import { CRITERIA, MANIFEST, type Ready, ready } from './scene.ts'

const DATA = `{ name: holdout, role: test, digest: { sha256: ${'a'.repeat(64)} } }`
const REPORT = 'models/sentiment/report.json'

let scene: Ready
let training: string
beforeAll(async () => {
  scene = await ready()
  scene.github.deliverTo(null)
  const own = `  - id: no-regression
    control: performance
    check: metric
    metric: accuracy
    baseline: released
    at_least: -0.005
    first: 0.91
`
  await scene.github.commit({
    branch: 'main',
    message: 'Ask for no regression',
    files: { [CRITERIA]: `${demoFile('criteria.yml').trimEnd()}\n${own}` },
  })
  training = await scene.github.commit({
    branch: 'main',
    message: 'Train',
    files: { 'train.py': '# again\n' },
  })
  scene.github.deliverTo(`${scene.app.url}/api/github/webhooks`)
})
afterAll(() => scene.close())

/** Both classes are recalled alike, and so is the whole. */
function reportOf(accuracy: string): string {
  const report = JSON.parse(demoFile('report.json'))
  for (const name of ['negative', 'positive', 'macro avg', 'weighted avg'])
    report[name].recall = Number(accuracy)
  return JSON.stringify({ ...report, accuracy: Number(accuracy) })
}

/** Opens a release with an accuracy, and gives what became of it; of a go that is merged, with what the tip came to. */
async function released(version: string, accuracy: string, data = DATA) {
  const weights = demoWeights(Number(version.replaceAll('.', '')))
  const sha = await scene.release(version, {
    [MANIFEST]: `${demoFile('release.yml', {
      version,
      training,
      sha256: weights.sha256,
      evidence:
        '[{ path: report.json, dataset: holdout }, training-record.yml, { path: MODEL_CARD.md, document: model-card }]',
    }).trimEnd()}\ndatasets: [${data}]\n`,
    'models/sentiment/model.safetensors': weights.bytes,
    'models/sentiment/training-record.yml': demoFile('training-record.yml', {
      today: new Date().toISOString().slice(0, 10),
      training,
    }),
    [REPORT]: reportOf(accuracy),
  })
  const number = await scene.open(version)
  return { sha, number, run: await scene.run(sha) }
}

async function merge(number: number): Promise<string> {
  const { data } = await scene.github.as('ada').rest.pulls.merge({
    ...where(scene.github),
    pull_number: number,
    merge_method: 'squash',
  })
  await scene.settled()
  return data.sha
}

test('a candidate is compared with the last release that was a go, and with no other', async () => {
  const first = await released('1.0.0', '0.92')
  expect(first.run).toMatchObject({ conclusion: 'success' })
  const tip = await merge(first.number)
  // Its own tip is not its baseline.
  expect(await scene.run(tip)).toMatchObject({ conclusion: 'success' })

  const worse = await released('1.1.0', '0.914')
  expect(worse.run).toMatchObject({ conclusion: 'failure' })
  expect(worse.run?.summary).toContain('0.914 beside 0.92 of the last release `1.0.0`')
  // Merged all the same, it is no baseline for the next one.
  await merge(worse.number)

  const next = await released('1.2.0', '0.912')
  expect(next.run?.summary).toContain('0.912 beside 0.92 of the last release `1.0.0`')

  const other = await released('1.3.0', '0.93', DATA.replaceAll('aa', 'bb'))
  expect(other.run).toMatchObject({ conclusion: 'action_required' })
  expect(other.run?.summary).toContain('was measured on other data under the name `holdout`')
  expect(scene.github.violations).toEqual([])
})
