import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { where } from '../../src/demo/scene.ts'
import { MANIFEST, type Ready, ready } from './scene.ts'

const REPORT = 'models/sentiment/report.json'
const FLOOR = '.gonogo/floor.yml'
const TEAM = 'model-risk'
const DAY = 24 * 60

let scene: Ready
let training = ''
beforeAll(async () => {
  scene = await ready({
    retries: 0,
    repos: [{ name: 'models' }, { name: '.github' }],
    people: [
      { login: 'ada', admin: true },
      { login: 'grace' },
      { login: 'alan' },
      { login: 'eve', role: 'read' },
    ],
  })
  training = await scene.github.commit({ branch: 'main', message: 'Train', files: { 'train.py': 'fit(2)' } })
  await scene.settled()
})
afterAll(() => scene.close())

/** A report of a model that finds so much of each class. */
function report(negative: number, positive = negative): string {
  const each = (value: number) => ({ precision: value, recall: value, 'f1-score': value, support: 1000 })
  const accuracy = (negative + positive) / 2
  const all = { ...each(accuracy), support: 2000 }
  return JSON.stringify({
    ...{ negative: each(negative), positive: each(positive), accuracy },
    ...{ 'macro avg': all, 'weighted avg': all },
  })
}

const digest = (salt: string): string => Buffer.from(salt.padEnd(32, '.')).toString('hex').slice(0, 64)

function weights(salt: string): Record<string, string> {
  const evidence = '[report.json, training-record.yml, { path: MODEL_CARD.md, document: model-card }]'
  return {
    [MANIFEST]: demoFile('release.yml', { version: '1.0.0', training, sha256: digest(salt), evidence }),
    'models/sentiment/model.safetensors': `version https://git-lfs.github.com/spec/v1\noid sha256:${digest(salt)}\nsize 9\n`,
  }
}

/** Nothing comes into the default branch without the app's check. */
async function protect(): Promise<void> {
  const { github } = scene
  await github.as('ada').rest.repos.updateBranchProtection({
    ...where(github),
    ...{ branch: 'main', enforce_admins: true, required_pull_request_reviews: null, restrictions: null },
    required_status_checks: {
      ...{ strict: false, contexts: [] },
      checks: [{ context: 'go/no-go', app_id: github.app.id }],
    },
  })
}

let releases = 0

/** A release of grace's that misses accuracy, in a pull request that ada opened. */
async function released(branch: string, text = report(0.88)) {
  // What is on the default branch already was there before the work.
  releases += 1
  const sha = await scene.release(branch, { ...weights(branch), [REPORT]: `${text}${' '.repeat(releases)}` })
  const pull = { ...where(scene.github), base: 'main', head: branch, title: branch }
  const { data } = await scene.github.as('ada').rest.pulls.create(pull)
  await scene.settled()
  return { sha, pull: data.number }
}

function push(branch: string, text: string, more: Record<string, string> = {}) {
  return scene.github.commit({ branch, message: 'Go on', by: 'grace', files: { [REPORT]: text, ...more } })
}

/** Says something on a pull request, and gives what the app answered. */
async function say(issue_number: number, login: string, body: string): Promise<string> {
  const at = { ...where(scene.github), issue_number }
  const before = await comments(issue_number)
  await scene.github.as(login).rest.issues.createComment({ ...at, body })
  await scene.settled()
  const after = await comments(issue_number)
  return after
    .slice(before.length + 1)
    .map((one) => one.body)
    .join('\n')
}

async function comments(issue_number: number) {
  const { data } = await scene.github
    .as('ada')
    .rest.issues.listComments({ ...where(scene.github), issue_number, per_page: 100 })
  return data
}

async function said(sha: string): Promise<string> {
  const run = await scene.run(sha)
  return `${run?.conclusion}: ${run?.title}\n${run?.summary}`
}

const dayIn = (days: number, from = Date.parse(scene.github.clock.now())): string =>
  new Date(from + days * DAY * 60_000).toISOString().slice(0, 10)

const waive = (criterion = 'accuracy', because = 'the vendor mends it by then') =>
  `/gonogo waive ${criterion} until ${dayIn(30)} because ${because}`

describe('without a floor', () => {
  test('another writer waives; the waiver holds after a squash merge, and ends', async () => {
    const { github } = scene
    const at = where(github)
    await protect()
    const { sha, pull } = await released('honest')
    const merge = () =>
      github.as('alan').rest.pulls.merge({ ...at, pull_number: pull, merge_method: 'squash' })
    expect(await said(sha)).toMatch(/^failure: no-go/)
    await expect(merge()).rejects.toThrow()

    const answer = await say(pull, 'alan', waive())

    expect(answer).toContain(`\`accuracy\` is waived by \`alan\` to the end of \`${dayIn(30)}\``)
    const shown = await said(sha)
    expect(shown).toMatch(/^success: go with 1 waiver: sentiment 1.0.0 meets 3 of 4 criteria; waived until/)
    expect(shown).toContain('**Go with 1 waiver**')
    expect(shown).toContain('because `the vendor mends it by then`')
    expect(shown).toMatch(/what it rests on holds until/)

    const typo = await push('honest', report(0.88), { 'docs/a.md': 'mended' })
    await scene.settled()
    expect(await said(typo)).toMatch(/^success: go with 1 waiver/)

    const { data } = await merge()
    await scene.settled()
    expect(await said(data.sha)).toMatch(/^success: go with 1 waiver/)

    await scene.pass(31 * DAY)
    const run = await scene.run(data.sha)
    const payload = scene.payload({ action: 'rerequested', check_run: { head_sha: data.sha, id: run?.id } })
    await scene.send('check_run', payload)
    expect(await said(data.sha)).toMatch(
      /^failure: no-go, merged without a go[\s\S]*the waiver of `accuracy` by `alan` of `[\d-]+` does not hold: it ended with/,
    )
    await github.as('ada').rest.repos.deleteBranchProtection({ ...at, branch: 'main' })
    training = await github.commit({ branch: 'main', message: 'Train', files: { 'train.py': 'fit(3)' } })
    await scene.settled()
    expect(github.violations).toEqual([])
  })

  test('it ends with its last day, and nothing can be merged any more', async () => {
    const { github } = scene
    const { sha, pull } = await released('ends')
    await protect()
    await say(pull, 'alan', `/gonogo waive accuracy until ${dayIn(0)} because today it may go`)
    expect(await said(sha)).toMatch(/^success: go with 1 waiver/)
    expect(await said(sha)).toContain(`holds until \`${dayIn(1)}T00:00:00.000Z\``)

    await scene.pass(DAY)
    await say(pull, 'alan', '/gonogo recheck')
    expect(await said(sha)).toMatch(/^failure: no-go:[\s\S]*does not hold: it ended with/)
    const merge = github.as('alan').rest.pulls.merge({ ...where(github), pull_number: pull })
    await expect(merge).rejects.toThrow()
    await github.as('ada').rest.repos.deleteBranchProtection({ ...where(github), branch: 'main' })
  })

  test('a better value keeps it; a worse one, another that is missed, and other weights do not', async () => {
    const { sha, pull } = await released('moves')
    await say(pull, 'alan', waive())
    expect(await said(sha)).toMatch(/^success/)

    const better = await push('moves', report(0.89))
    await scene.settled()
    expect(await said(better)).toMatch(/^success: go with 1 waiver/)
    const worse = await push('moves', report(0.879))
    await scene.settled()
    expect(await said(worse)).toMatch(
      /^failure: no-go[\s\S]*does not hold: it accepts 0.88, and what is shown now is worse/,
    )
    const other = await push('moves', report(0.84, 0.92))
    await scene.settled()
    expect(await said(other)).toMatch(/^failure: no-go with 1 waiver: [^\n]*every-class/)
    const again = await push('moves', ` ${report(0.88)}`, weights('other weights'))
    await scene.settled()
    expect(await said(again)).toMatch(/^failure: no-go:[\s\S]*not hold here, for other weights/)
  })

  test('it is withdrawn by any writer, wherever it held', async () => {
    const { sha, pull } = await released('withdrawn')
    await say(pull, 'alan', waive())
    expect(await said(sha)).toMatch(/^success/)

    expect(await say(pull, 'grace', '/gonogo unwaive sentiment/accuracy')).toContain('1 waiver of')
    expect(await said(sha)).toMatch(/^failure: no-go:[\s\S]*does not hold: `grace` withdrew it/)
    expect(await say(pull, 'grace', '/gonogo unwaive accuracy')).toContain('No waiver of')
  })

  test('refused: by its author, over, too long, of what is met, built in, or not there', async () => {
    const { sha, pull } = await released('refused')
    const rows: readonly (readonly [string, string, RegExp])[] = [
      ['grace', waive(), /nobody waives what they had a hand in, and you are an author/],
      ['alan', '/gonogo waive accuracy until 2020-01-01 because x', /`2020-01-01` is over/],
      ['alan', '/gonogo waive accuracy until 2999-01-01 because x', /at most 90 days/],
      ['alan', waive('preregistration'), /waived by nobody/],
      ['alan', waive('model-card'), /it is met/],
      ['alan', waive('acuracy'), /perhaps `accuracy` is meant/],
      ['alan', waive('sentimnt/accuracy'), /no model[\s\S]*perhaps `sentiment` is meant/i],
      ['alan', '/gonogo wave accuracy until 2020-01-01 because x', /write `\/gonogo waive/],
    ]
    for (const [login, text, answer] of rows) expect(await say(pull, login, text)).toMatch(answer)
    expect(await said(sha)).toMatch(/^failure: no-go:/)
  })

  test('refused: to who pushed, and to who committed in another name', async () => {
    const { github } = scene
    const at = where(github)
    await scene.release('base-of-pusher', { ...weights('by-pusher'), [REPORT]: ` ${report(0.88)}` })
    const sha = await github.commitToFork({
      ...{ from: 'base-of-pusher', message: 'Say more', by: 'grace' },
      files: { 'models/sentiment/notes.md': 'more' },
    })
    await github.as('alan').rest.git.createRef({ ...at, ref: 'refs/heads/by-pusher', sha })
    const about = { ...at, base: 'main', head: 'by-pusher', title: 'by-pusher' }
    const { number } = (await github.as('ada').rest.pulls.create(about)).data
    await scene.settled()

    expect(await say(number, 'alan', waive())).toContain('you are who pushed this release')
    expect(await say(number, 'ada', waive())).toContain('is waived by `ada`')
    expect(await said(sha)).toMatch(/^success: go with 1 waiver/)
  })

  test('refused: criteria that came too late, and a value that nobody saw', async () => {
    const { github } = scene
    const late = await scene.release('late', {
      ...weights('late'),
      [REPORT]: ` ${report(0.88)}`,
      [MANIFEST]: weights('late')[MANIFEST]?.replace(/commit: \w+/, `commit: ${'1'.repeat(40)}`) ?? '',
    })
    const about = { ...where(github), base: 'main', head: 'late', title: 'late' }
    const { number } = (await github.as('ada').rest.pulls.create(about)).data
    await scene.settled()
    expect(await say(number, 'alan', waive('preregistration'))).toMatch(/waived by nobody/)
    expect(await said(late)).toMatch(/^action_required/)

    const { pull } = await released('unseen')
    scene.github.deliverTo(null)
    const worse = await push('unseen', report(0.1))
    scene.github.deliverTo(`${scene.app.url}/api/github/webhooks`)
    expect(await say(pull, 'alan', waive())).toMatch(/no verdict on commit `\w+` yet/)
    expect(await scene.run(worse)).toBeUndefined()
  })

  test('nobody hears of strangers, bots, quotes, code, edits and long talk', async () => {
    const { github } = scene
    const { sha, pull } = await released('silent')
    const at = { ...where(github), issue_number: pull }
    const jobs = () => github.requests.length
    const before = jobs()
    expect(await say(pull, 'github-actions[bot]', waive())).toBe('')
    expect(await say(pull, 'alan', `> ${waive()}`)).toBe('')
    expect(await say(pull, 'alan', `\`\`\`\n${waive()}\n\`\`\``)).toBe('')
    expect(jobs()).toBe(before)
    expect(await say(pull, 'eve', `${waive()}\n/gonogo recheck\n/gonogo unwaive accuracy`)).toBe('')
    expect(await say(pull, 'alan', 'x'.repeat(60_000))).toBe('')

    const { data } = await github.as('alan').rest.issues.createComment({ ...at, body: 'I read it.' })
    await github
      .as('alan')
      .rest.issues.updateComment({ ...where(github), comment_id: data.id, body: waive() })
    await scene.settled()
    expect(await said(sha)).toMatch(/^failure: no-go:/)

    const long = `${waive()}\n${'y'.repeat(60_000)}`
    const given = await github.as('alan').rest.issues.createComment({ ...at, body: long })
    await scene.settled()
    expect(await said(sha)).toMatch(/^success: go with 1 waiver/)
    await github.as('eve').rest.issues.listComments(at)
    await github
      .as('alan')
      .rest.issues.updateComment({ ...where(github), comment_id: given.data.id, body: 'no' })
    await github.as('alan').rest.issues.deleteComment({ ...where(github), comment_id: given.data.id })
    await scene.settled()
    expect(await said(sha)).toMatch(/^success: go with 1 waiver/)
  })

  test('a reason is shown as it was written, and marks up or mentions nothing', async () => {
    const { sha, pull } = await released('marked')
    const reason = '<img src=x> @acme/all [x](https://evil.example) | `b` #1'
    const answer = await say(pull, 'alan', waive('accuracy', reason))

    for (const text of [answer, await said(sha)]) {
      expect(text).toContain('evil.example')
      expect(text).not.toMatch(/<img|@acme|\]\(https/)
    }
  })

  test('a comment is answered once, however often GitHub tells of it and whatever breaks', async () => {
    const { github } = scene
    const { pull } = await released('once')
    await say(pull, 'alan', '/gonogo explain accuracy')
    const [asked, answer] = await comments(pull)
    expect(answer?.body).toContain('- why: `accuracy` is 0.88 and must be at least 0.9')
    expect(answer?.user?.type).toBe('Bot')
    const told = github.deliveries.find((one) => {
      const { comment } = one.payload as { readonly comment?: { readonly id: number } }
      return comment?.id === asked?.id
    })
    await github.redeliver(told?.id ?? '')
    await scene.settled()
    expect(await comments(pull)).toHaveLength(2)

    for (const reset of ['after', 'before'] as const) {
      let broken = false
      github.weather(({ operation }) => {
        if (operation !== 'issues/create-comment' || broken) return 'ok'
        broken = true
        return { reset }
      })
      const before = (await comments(pull)).length
      expect(await say(pull, 'alan', '/gonogo explain accuracy')).toMatch(/^<!-- gonogo answers \d+ -->/)
      expect(await comments(pull)).toHaveLength(before + 2)
    }
    github.weather(() => 'ok')
  })

  test('explain and recheck are for the author of the pull request too, and each command is done', async () => {
    const { github } = scene
    const { sha } = await released('by-eve')
    const about = { ...where(github), base: 'main', head: 'aside', title: 'aside' }
    await github.commit({ branch: 'aside', from: 'by-eve', message: 'Aside', by: 'grace', files: { a: '1' } })
    const { number } = (await github.as('grace').rest.pulls.create(about)).data
    await scene.settled()
    const answer = await say(number, 'grace', 'Please:\n/gonogo recheck\n/gonogo explain f1\n/gonogo nothing')
    expect(answer).toMatch(/is judged again/)
    expect(answer).toMatch(/no criterion `f1` is asked here/i)
    expect(answer).toMatch(/`nothing` is no command/)
    expect(await said(sha)).toMatch(/^failure/)
  })

  test('the button judges again, for whoever may write', async () => {
    const { github } = scene
    const { sha } = await released('button')
    const run = await scene.run(sha)
    const posted = () =>
      github.requests.filter(({ operation }) => /^checks\/(create|update)$/.test(operation)).length
    const before = posted()
    await github.press('eve', run?.id ?? 0, 'recheck')
    await scene.settled()
    expect(posted()).toBe(before)
    await github.press('alan', run?.id ?? 0, 'recheck')
    await scene.settled()
    expect(posted()).toBe(before + 1)
    expect(github.violations).toEqual([])
  })
})

describe('with a floor', () => {
  beforeAll(async () => {
    const rules = `approvals: { waive: [${TEAM}] }\nwaivers: { longest: 10 days, never: [fairness] }\n`
    const fair =
      'criteria: [{ id: fair, control: fairness, check: metric, metric: accuracy, at_least: 0.95 }]\n'
    await scene.github.commit({
      ...{ repo: '.github', branch: 'main', message: 'Floor' },
      files: { [FLOOR]: `gonogo: 1\n${rules}${fair}` },
    })
    await scene.settled()
  })

  test('only the team waives, as long as the floor says, and nothing that it never has waived', async () => {
    const { github } = scene
    const { sha, pull } = await released('floored')
    expect(await say(pull, 'alan', waive())).toContain('only an active member of `model-risk` may waive')
    github.team(TEAM, 'alan', 'pending')
    expect(await say(pull, 'alan', waive())).toContain('only an active member of `model-risk` may waive')
    github.team(TEAM, 'alan', 'active')
    expect(await say(pull, 'alan', waive())).toMatch(/at most 10 days[\s\S]*name a day up to/)
    const soon = (criterion: string) => `/gonogo waive ${criterion} until ${dayIn(10)} because x`
    expect(await say(pull, 'alan', soon('fair'))).toContain('has nothing of control `fairness` waived')
    expect(await say(pull, 'alan', soon('accuracy'))).toContain('is waived by `alan`')
    github.team(TEAM, 'grace', 'active')
    expect(await say(pull, 'grace', soon('accuracy'))).toContain('you are an author')
    expect(await said(sha)).toMatch(/^failure: no-go with 1 waiver: [^\n]*misses[^\n]*fair/)
    expect(await said(sha)).toContain('who was in `model-risk` and had no hand in it')

    // A member without write access gives and withdraws waivers too.
    github.team(TEAM, 'eve', 'active')
    expect(await say(pull, 'eve', '/gonogo unwaive accuracy')).toContain('1 waiver of')
    expect(await say(pull, 'eve', soon('accuracy'))).toContain('is waived by `eve`')
    expect(await said(sha)).toMatch(/^failure: no-go with 1 waiver/)
    expect(github.violations).toEqual([])
  })
})
