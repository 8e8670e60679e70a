import { demoFile, demoWeights } from './files.ts'
import { peopleOf, type Tell } from './people.ts'
import { type Scene, where } from './scene.ts'

const PRODUCTION = 'production'
const WEIGHTS = 'model.safetensors'

/**
 * The third act: the ways out beside a merge. A release on GitHub without a go is flagged, a job waits before production
 * until the gate has answered, and one person answers for what another one's model misses, for a while.
 */
export async function playReleased(scene: Scene, tell: Tell): Promise<void> {
  const { github, settled, pass } = scene
  const { open, merge, judged } = peopleOf(scene, tell)
  const at = where(github)
  const grace = github.as('grace').rest
  const tip = async () => (await grace.git.getRef({ ...at, ref: 'heads/main' })).data.object.sha

  /** Publishes a release of weights, and tells whether it stands as one. */
  async function published(title: string, wanted: string, tag: string, target: string, bytes: Uint8Array) {
    const id = await github.releases.publish({ tag, target, assets: { [WEIGHTS]: bytes }, by: 'grace' })
    await settled()
    const { data } = await grace.repos.getRelease({ ...at, release_id: id })
    tell({ title, wanted, came: data.prerelease ? 'flagged as a pre-release' : 'released' })
  }

  /** A job asks to enter production. */
  async function deployed(title: string, wanted: 'approved' | 'rejected', sha: string) {
    const run = await github.deployments.request({ environment: PRODUCTION, sha })
    await settled()
    tell({ title, wanted, came: github.deployments.answerOf(run, PRODUCTION)?.state ?? 'no answer' })
  }

  const bad = demoWeights(12)
  const { data: late } = await grace.git.getRef({ ...at, ref: 'heads/toxicity-1.1.0' })
  await published(
    'weights without a go are released on GitHub',
    'flagged as a pre-release',
    'toxicity-1.1.0',
    late.object.sha,
    bad.bytes,
  )
  await published(
    'the weights that were merged with a go are released',
    'released',
    'toxicity-1.0.0',
    await tip(),
    demoWeights(11).bytes,
  )
  await deployed('a commit that is not merged is to be deployed', 'rejected', late.object.sha)
  await deployed('the default branch is deployed', 'approved', await tip())

  const fresh = demoWeights(13)
  const sums = { SHA256SUMS: `${fresh.sha256}  ${WEIGHTS}\n` }
  const train = { workflow: '.github/workflows/train.yml', sha: await tip() }
  const { id } = await github.actions.run({ ...train, artifacts: [{ name: 'weights', files: sums }] })
  await pass(30)
  const manifest = demoFile('witnessed-release.yml', {
    version: '1.2.0',
    sha256: fresh.sha256,
    run: String(id),
  })
  const sha = await github.commit({
    branch: 'toxicity-1.2.0',
    from: 'main',
    message: 'Release toxicity 1.2.0',
    by: 'grace',
    files: { 'models/toxicity/release.yml': manifest },
  })
  const pull = await open('toxicity-1.2.0', 'Release toxicity 1.2.0')
  const files = { 'metrics.json': JSON.stringify({ accuracy: 0.79 }) }
  await github.actions.run({
    ...{ workflow: '.github/workflows/validate.yml', sha, event: 'push' },
    artifacts: [{ name: 'validation', files }],
  })
  await judged('a model is released that misses its bound by a little', 'failure', sha)
  const comment = (login: string, body: string) =>
    github.as(login).rest.issues.createComment({ ...at, issue_number: pull, body })
  const until = new Date(Date.parse(github.clock.now()) + 30 * 86_400_000).toISOString().slice(0, 10)
  const waive = `/gonogo waive accuracy until ${until} because the old model is worse, and 1.3.0 trains already`
  // Whoever answers has read what it came to, which takes a while.
  await pass(10)
  await comment('grace', waive)
  await judged('its author waives that alone', 'failure', sha)
  await comment('ada', waive)
  await judged('another person answers for it, until a day', 'success', sha)
  await merge('the waived release is merged', 'merged', pull)
}
