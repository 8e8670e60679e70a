import { demoFile } from '../../src/demo/files.ts'
import { where } from '../../src/demo/scene.ts'
import { MANIFEST, type Ready, ready } from './scene.ts'

export const REPORT = 'models/sentiment/report.json'
export const DAY_MINUTES = 24 * 60

/** A report of a model that finds so much of each class. */
export function report(negative: number, positive = negative): string {
  const each = (value: number) => ({ precision: value, recall: value, 'f1-score': value, support: 1000 })
  const accuracy = (negative + positive) / 2
  const all = { ...each(accuracy), support: 2000 }
  return JSON.stringify({
    ...{ negative: each(negative), positive: each(positive), accuracy },
    ...{ 'macro avg': all, 'weighted avg': all },
  })
}

/** A scene in which people talk: ada, an admin, grace and alan, who write, and eve, who only reads. */
export type Talking = Ready & {
  /** Trains anew on the default branch, so that what lies there was not there before the work. */
  readonly train: (how: string) => Promise<void>
  /** The files of a release of weights of its own. */
  readonly weights: (salt: string) => Readonly<Record<string, string>>
  /** A release of grace's that misses accuracy, in a pull request that ada opened. */
  readonly released: (branch: string) => Promise<{ readonly sha: string; readonly pull: number }>
  /** Says something on a pull request, and gives what the app answered. */
  readonly say: (pull: number, login: string, body: string) => Promise<string>
  readonly comments: (pull: number) => Promise<
    readonly {
      readonly id: number
      readonly body?: string
      readonly user: { readonly type: string } | null
    }[]
  >
  /** Conclusion, title and summary of the newest check run. */
  readonly said: (sha: string) => Promise<string>
  readonly dayIn: (days: number) => string
  readonly waive: (criterion?: string, because?: string) => string
}

export async function talking(): Promise<Talking> {
  const scene = await ready({
    retries: 0,
    repos: [{ name: 'models' }, { name: '.github' }],
    people: [
      { login: 'ada', admin: true },
      { login: 'grace' },
      { login: 'alan' },
      { login: 'eve', role: 'read' },
    ],
  })
  const { github } = scene
  const { rest } = github.as('ada')
  let training = ''
  let releases = 0

  const weights: Talking['weights'] = (salt) => {
    const digest = Buffer.from(salt.padEnd(32, '.')).toString('hex').slice(0, 64)
    const evidence = '[report.json, training-record.yml, { path: MODEL_CARD.md, document: model-card }]'
    return {
      [MANIFEST]: demoFile('release.yml', { version: '1.0.0', training, sha256: digest, evidence }),
      'models/sentiment/training-record.yml': demoFile('training-record.yml', {
        today: new Date().toISOString().slice(0, 10),
        training,
      }),
      'models/sentiment/model.safetensors': `version https://git-lfs.github.com/spec/v1\noid sha256:${digest}\nsize 9\n`,
    }
  }
  const train: Talking['train'] = async (how) => {
    training = await github.commit({ branch: 'main', message: 'Train', files: { 'train.py': how } })
    await scene.settled()
  }
  const comments: Talking['comments'] = async (issue_number) =>
    (await rest.issues.listComments({ ...where(github), issue_number, per_page: 100 })).data
  const dayIn: Talking['dayIn'] = (days) =>
    new Date(Date.parse(github.clock.now()) + days * DAY_MINUTES * 60_000).toISOString().slice(0, 10)

  await train('fit(2)')
  return {
    ...scene,
    train,
    weights,
    released: async (branch) => {
      // What is on the default branch already was there before the work.
      releases += 1
      const files = { ...weights(branch), [REPORT]: `${report(0.88)}${' '.repeat(releases)}` }
      const sha = await scene.release(branch, files)
      const { data } = await rest.pulls.create({
        ...where(github),
        base: 'main',
        head: branch,
        title: branch,
      })
      await scene.settled()
      return { sha, pull: data.number }
    },
    comments,
    say: async (issue_number, login, body) => {
      // The clock of comments goes with that of verdicts, however slow the machine is; nobody answers within a second.
      await scene.pass(1)
      const before = await comments(issue_number)
      await github.as(login).rest.issues.createComment({ ...where(github), issue_number, body })
      await scene.settled()
      const after = await comments(issue_number)
      return after
        .slice(before.length + 1)
        .map((one) => one.body)
        .join('\n')
    },
    said: async (sha) => {
      const run = await scene.run(sha)
      return `${run?.conclusion}: ${run?.title}\n${run?.summary}`
    },
    dayIn,
    waive: (criterion = 'accuracy', because = 'the vendor mends it by then') =>
      `/gonogo waive ${criterion} until ${dayIn(30)} because ${because}`,
  }
}
