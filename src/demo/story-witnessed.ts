import { demoFile, demoWeights } from './files.ts'
import { peopleOf, type Tell } from './people.ts'
import type { Scene } from './scene.ts'

const CRITERIA = '.gonogo/criteria/toxicity.yml'
const TRAIN = '.github/workflows/train.yml'
const VALIDATE = '.github/workflows/validate.yml'

/**
 * The second act: criteria that believe nobody but servers. Training runs after they were registered, the evidence
 * comes from a run's artifact, and who loosens them after a bad training needs somebody's approval, and is caught by the
 * clock all the same.
 */
export async function playWitnessed(scene: Scene, tell: Tell): Promise<void> {
  const { github, pass, settled } = scene
  const { open, merge, judged } = peopleOf(scene, tell)
  const criteria = demoFile('witnessed-criteria.yml')

  async function branch(name: string, message: string, files: Readonly<Record<string, string>>) {
    const sha = await github.commit({ branch: name, from: 'main', message, by: 'grace', files })
    return { sha, pull: await open(name, message) }
  }

  /** Runs the training on the default branch's tip; its artifact lists the digest of the weights. */
  async function train(sha256: string): Promise<number> {
    const { owner, repo } = github
    const { data } = await github.as('grace').rest.git.getRef({ owner, repo, ref: 'heads/main' })
    const sums = { SHA256SUMS: `${sha256}  model.safetensors\n` }
    const artifacts = [{ name: 'weights', files: sums }]
    const { id } = await github.actions.run({ workflow: TRAIN, sha: data.object.sha, artifacts })
    await pass(30)
    return id
  }

  const release = (version: string, sha256: string, run: number) =>
    branch(`toxicity-${version}`, `Release toxicity ${version}`, {
      'models/toxicity/release.yml': demoFile('witnessed-release.yml', { version, sha256, run: String(run) }),
    })

  async function validate(sha: string, accuracy: number): Promise<void> {
    const files = { 'metrics.json': JSON.stringify({ accuracy }) }
    const artifacts = [{ name: 'validation', files }]
    await github.actions.run({ workflow: VALIDATE, sha, event: 'push', artifacts })
    await settled()
  }

  const asked = await branch('toxicity-criteria', 'Say what toxicity must hold, and who must show it', {
    [CRITERIA]: criteria,
    [TRAIN]: demoFile('train.yml'),
    [VALIDATE]: demoFile('validate.yml'),
  })
  await merge('criteria are merged that ask for a witness', 'merged', asked.pull)
  await pass(30)

  const weights = demoWeights(11)
  const first = await release('1.0.0', weights.sha256, await train(weights.sha256))
  await judged('the weights of a training run are released, not yet validated', 'action_required', first.sha)
  await validate(first.sha, 0.93)
  await judged('the validation run ends, and its artifact is the evidence', 'success', first.sha)
  await merge('the release is merged', 'merged', first.pull)

  const worse = demoWeights(12)
  const run = await train(worse.sha256)
  const looser = await branch('toxicity-looser', 'Ask less of toxicity', {
    [CRITERIA]: criteria.replace('at_least: 0.90', 'at_least: 0.80'),
  })
  await merge(
    'the criteria are to be loosened after the next training, by one person alone',
    'refused',
    looser.pull,
  )
  const { owner, repo } = github
  await github.as('ada').rest.pulls.createReview({ owner, repo, pull_number: looser.pull, event: 'APPROVE' })
  await merge('another person approves that, and the looser criteria are merged', 'merged', looser.pull)
  await pass(30)
  const late = await release('1.1.0', worse.sha256, run)
  await validate(late.sha, 0.82)
  await judged('what was trained before is released by the looser criteria', 'failure', late.sha)
  await merge('the merge is tried all the same', 'refused', late.pull)
}
