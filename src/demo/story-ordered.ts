import { demoFile, demoWeights } from './files.ts'
import { peopleOf, type Tell } from './people.ts'
import type { Scene } from './scene.ts'

const CRITERIA = '.gonogo/criteria/sentiment.yml'
const MODEL = 'models/sentiment'

/** The first act: the life of a model whose work is a commit, and of a release that somebody tries to slip past. */
export async function playOrdered(scene: Scene, today: string, tell: Tell): Promise<void> {
  const { github } = scene
  const { open, merge, judged } = peopleOf(scene, tell)

  async function trained(branch: string, message: string): Promise<string> {
    return await github.commit({
      branch,
      from: 'main',
      message,
      by: 'grace',
      files: { 'train.py': `${demoFile('train.py')}\n# ${message}\n` },
    })
  }

  const manifest = (version: string, training: string, sha256: string, evidence: string) =>
    demoFile('release.yml', { version, training, sha256, evidence })
  const evidence = '[report.json, training-record.yml, { path: MODEL_CARD.md, document: model-card }]'

  const criteria = await github.commit({
    branch: 'criteria',
    message: 'Say what sentiment must hold',
    by: 'ada',
    files: { [CRITERIA]: demoFile('criteria.yml') },
  })
  const criteriaPull = await open('criteria', 'Criteria for sentiment')
  await judged('the criteria are proposed, before any training', 'success', criteria)
  await merge('the criteria are merged', 'merged', criteriaPull)

  const training = await trained('sentiment-1.0.0', 'Train sentiment 1.0.0')
  const weights = demoWeights(1)
  const bare = await github.commit({
    branch: 'sentiment-1.0.0',
    message: 'Release sentiment 1.0.0',
    by: 'grace',
    files: {
      [`${MODEL}/release.yml`]: manifest('1.0.0', training, weights.sha256, '[]'),
      [`${MODEL}/model.safetensors`]: weights.bytes,
    },
  })
  const pull = await open('sentiment-1.0.0', 'Release sentiment 1.0.0')
  await judged('a release is opened without evidence', 'action_required', bare)

  const low = await github.commit({
    branch: 'sentiment-1.0.0',
    message: 'Add the evidence',
    by: 'grace',
    files: {
      [`${MODEL}/release.yml`]: manifest('1.0.0', training, weights.sha256, evidence),
      [`${MODEL}/report.json`]: demoFile('report-low.json'),
      [`${MODEL}/MODEL_CARD.md`]: demoFile('MODEL_CARD.md'),
      [`${MODEL}/training-record.yml`]: demoFile('training-record.yml', { today, training }),
    },
  })
  await judged('evidence is pushed that misses a bound', 'failure', low)
  await merge('the merge is tried all the same', 'refused', pull)

  const better = await trained('sentiment-1.0.0-again', 'Train sentiment 1.0.0 again, on cleaner data')
  const retrained = demoWeights(2)
  const good = await github.commit({
    branch: 'sentiment-1.0.0',
    message: 'Release what was trained again',
    by: 'grace',
    files: {
      [`${MODEL}/release.yml`]: manifest('1.0.0', better, retrained.sha256, evidence),
      [`${MODEL}/model.safetensors`]: retrained.bytes,
      [`${MODEL}/report.json`]: demoFile('report.json'),
      [`${MODEL}/training-record.yml`]: demoFile('training-record.yml', { today, training: better }),
    },
  })
  await judged('the model is trained again and its evidence holds', 'success', good)
  await merge('the release is merged', 'merged', pull)

  const sloppy = await trained('sentiment-1.1.0', 'Train sentiment 1.1.0')
  const worse = demoWeights(3)
  const loosened = await github.commit({
    branch: 'sentiment-1.1.0',
    message: 'Release sentiment 1.1.0, and ask for less',
    by: 'grace',
    files: {
      [CRITERIA]: demoFile('criteria.yml')
        .replace('at_least: 0.90', 'at_least: 0.80')
        .replace('at_least: 0.85', 'at_least: 0.80'),
      [`${MODEL}/release.yml`]: manifest('1.1.0', sloppy, worse.sha256, evidence),
      [`${MODEL}/model.safetensors`]: worse.bytes,
      [`${MODEL}/report.json`]: demoFile('report-low.json'),
      [`${MODEL}/training-record.yml`]: demoFile('training-record.yml', { today, training: sloppy }),
    },
  })
  const loosePull = await open('sentiment-1.1.0', 'Release sentiment 1.1.0')
  await judged('a worse model is released together with criteria that ask for less', 'failure', loosened)
  await merge('the merge is tried all the same', 'refused', loosePull)
}
