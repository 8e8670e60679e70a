import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoFile, demoWeights } from '../../src/demo/files.ts'
import { CRITERIA, MANIFEST, type Ready, ready } from './scene.ts'

const [EXAM, FRESH] = ['a'.repeat(64), 'b'.repeat(64)]
const REPORT = 'models/sentiment/report.json'

let scene: Ready
let training: string
beforeAll(async () => {
  scene = await ready()
  await pin('sentiment', EXAM)
})
afterAll(() => scene.close())

/** Puts criteria that pin an exam, to be taken with two different weights, on the default branch; then trains. */
async function pin(model: string, exam: string): Promise<void> {
  scene.github.deliverTo(null)
  const own = `attempts: 2\ndatasets: { holdout: { digest: { sha256: ${exam} } } }\n`
  const criteria = demoFile('criteria.yml').replaceAll('sentiment', model)
  await scene.github.commit({
    branch: 'main',
    message: 'Pin an exam',
    files: { [CRITERIA.replace('sentiment', model)]: `${criteria.trimEnd()}\n${own}` },
  })
  const files = { 'train.py': `# ${model} ${exam}\n` }
  training = await scene.github.commit({ branch: 'main', message: 'Train', files })
  scene.github.deliverTo(`${scene.app.url}/api/github/webhooks`)
}

type Change = {
  readonly fork?: true
  readonly weights: number
  readonly exam?: string
  readonly model?: string
  readonly report?: string
}

/** Opens a release of weights, measured on an exam, and gives what became of it. */
async function released(
  branch: string,
  { weights: seed, exam = EXAM, model = 'sentiment', report, fork }: Change,
) {
  const weights = demoWeights(seed)
  const evidence =
    '[{ path: report.json, dataset: holdout }, training-record.yml, { path: MODEL_CARD.md, document: model-card }]'
  const manifest = demoFile('release.yml', { version: '1.0.0', training, sha256: weights.sha256, evidence })
  const today = new Date().toISOString().slice(0, 10)
  const files = {
    [MANIFEST]: `${manifest.trimEnd()}\ndatasets: [{ name: holdout, role: test, digest: { sha256: ${exam} } }]\n`,
    'models/sentiment/model.safetensors': weights.bytes,
    'models/sentiment/training-record.yml': demoFile('training-record.yml', { today, training }),
    'models/sentiment/MODEL_CARD.md': demoFile('MODEL_CARD.md'),
    [REPORT]: report ?? demoFile('report.json'),
  }
  const named = Object.entries(files).map(([path, content]) => [
    path.replace('sentiment', model),
    typeof content === 'string' && path === MANIFEST ? content.replaceAll('sentiment', model) : content,
  ])
  const none = Object.fromEntries(Object.keys(files).map((path) => [path, null]))
  const sha = await scene.release(branch, { ...none, ...Object.fromEntries(named) })
  if (fork) {
    const head = { sha, repo: { id: 99 } }
    await scene.send(
      'pull_request',
      scene.payload({ action: 'opened', pull_request: { state: 'open', head } }),
    )
  } else await scene.open(branch)
  return await scene.run(sha)
}

test('different weights are measured on one exam only so often, whatever they are called; a fresh one starts anew', async () => {
  const broken = await released('broken', { weights: 9, report: '{ "accuracy": ' })
  expect(broken?.conclusion).toBe('action_required')

  await released('forked', { weights: 8, fork: true })

  const first = await released('first', { weights: 1 })
  expect(first).toMatchObject({ conclusion: 'success' })
  expect(first?.summary).toContain('the gate has seen 1 model on it, this one included; at most 2 may be')
  const again = await released('again', { weights: 1 })
  expect(again).toMatchObject({ conclusion: 'success' })
  const second = await released('second', { weights: 2 })
  expect(second).toMatchObject({ conclusion: 'success' })
  expect(second?.summary).toContain('the gate has seen 2 models on it, this one included')

  const third = await released('third', { weights: 3 })
  expect(third).toMatchObject({ conclusion: 'failure' })
  expect(third?.summary).toContain(
    '2 other models of this repository were measured on the exam `holdout` before',
  )
  // What came in time is not undone by what came after it.
  expect(await released('first-again', { weights: 1 })).toMatchObject({ conclusion: 'success' })

  await pin('opinion', EXAM)
  const renamed = await released('renamed', { weights: 4, model: 'opinion' })
  expect(renamed).toMatchObject({ conclusion: 'failure' })
  expect(renamed?.summary).toContain('3 other models of this repository')

  await pin('mood', FRESH)
  const fresh = await released('fresh', { weights: 3, exam: FRESH, model: 'mood' })
  expect(fresh).toMatchObject({ conclusion: 'success' })
  expect(scene.github.violations).toEqual([])
})
