import { afterAll, beforeAll, expect, test } from 'vitest'
import { where } from '../../src/demo/scene.ts'
import { MANIFEST } from './scene.ts'
import { DAY_MINUTES, REPORT, report, type Talking, talking } from './talking.ts'

let scene: Talking
beforeAll(async () => {
  scene = await talking()
})
afterAll(() => scene.close())

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

function push(branch: string, text: string, more: Readonly<Record<string, string>> = {}) {
  return scene.github.commit({ branch, message: 'Go on', by: 'grace', files: { [REPORT]: text, ...more } })
}

test('another writer waives; the waiver holds after a squash merge, and ends', async () => {
  const { github } = scene
  const at = where(github)
  await protect()
  const { sha, pull } = await scene.released('honest')
  const merge = () => github.as('alan').rest.pulls.merge({ ...at, pull_number: pull, merge_method: 'squash' })
  expect(await scene.said(sha)).toMatch(/^failure: no-go/)
  await expect(merge()).rejects.toThrow()

  const answer = await scene.say(pull, 'alan', scene.waive())

  expect(answer).toContain(`\`accuracy\` is waived by \`alan\` to the end of \`${scene.dayIn(30)}\``)
  const shown = await scene.said(sha)
  expect(shown).toMatch(/^success: go with 1 waiver: sentiment 1.0.0 meets 3 of 4 criteria; waived until/)
  expect(shown).toContain('**Go with 1 waiver**')
  expect(shown).toContain('because `the vendor mends it by then`')
  expect(shown).toMatch(/what it rests on holds until/)

  const typo = await push('honest', report(0.88), { 'docs/a.md': 'mended' })
  await scene.settled()
  expect(await scene.said(typo)).toMatch(/^success: go with 1 waiver/)

  const { data } = await merge()
  await scene.settled()
  expect(await scene.said(data.sha)).toMatch(/^success: go with 1 waiver/)

  await scene.pass(31 * DAY_MINUTES)
  const run = await scene.run(data.sha)
  const payload = scene.payload({ action: 'rerequested', check_run: { head_sha: data.sha, id: run?.id } })
  await scene.send('check_run', payload)
  expect(await scene.said(data.sha)).toMatch(
    /^failure: no-go, merged without a go[\s\S]*the waiver of `accuracy` by `alan` of `[\d-]+` does not hold: it ended with/,
  )
  await github.as('ada').rest.repos.deleteBranchProtection({ ...at, branch: 'main' })
  await scene.train('fit(3)')
  expect(github.violations).toEqual([])
})

test('it ends with its last day, and nothing can be merged any more', async () => {
  const { github } = scene
  const { sha, pull } = await scene.released('ends')
  await protect()
  await scene.say(pull, 'alan', `/gonogo waive accuracy until ${scene.dayIn(0)} because today it may go`)
  expect(await scene.said(sha)).toMatch(/^success: go with 1 waiver/)
  expect(await scene.said(sha)).toContain(`holds until \`${scene.dayIn(1)}T00:00:00.000Z\``)

  await scene.pass(DAY_MINUTES)
  await scene.say(pull, 'alan', '/gonogo recheck')
  expect(await scene.said(sha)).toMatch(/^failure: no-go:[\s\S]*does not hold: it ended with/)
  const merge = github.as('alan').rest.pulls.merge({ ...where(github), pull_number: pull })
  await expect(merge).rejects.toThrow()
  await github.as('ada').rest.repos.deleteBranchProtection({ ...where(github), branch: 'main' })
})

test('a better value keeps it; a worse one, another that is missed, and other weights do not', async () => {
  const { sha, pull } = await scene.released('moves')
  await scene.say(pull, 'alan', scene.waive())
  expect(await scene.said(sha)).toMatch(/^success/)

  const better = await push('moves', report(0.89))
  await scene.settled()
  expect(await scene.said(better)).toMatch(/^success: go with 1 waiver/)
  const worse = await push('moves', report(0.879))
  await scene.settled()
  expect(await scene.said(worse)).toMatch(
    /^failure: no-go[\s\S]*does not hold: it accepts 0.88, and what is shown now is worse/,
  )
  const other = await push('moves', report(0.84, 0.92))
  await scene.settled()
  expect(await scene.said(other)).toMatch(/^failure: no-go with 1 waiver: [^\n]*every-class/)
  const again = await push('moves', ` ${report(0.88)}`, scene.weights('other weights'))
  await scene.settled()
  expect(await scene.said(again)).toMatch(/^failure: no-go:[\s\S]*not hold here, for other weights/)
})

test('it is withdrawn by any writer, wherever it held', async () => {
  const { sha, pull } = await scene.released('withdrawn')
  await scene.say(pull, 'alan', scene.waive())
  expect(await scene.said(sha)).toMatch(/^success/)

  expect(await scene.say(pull, 'grace', '/gonogo unwaive sentiment/accuracy')).toContain('1 waiver of')
  expect(await scene.said(sha)).toMatch(/^failure: no-go:[\s\S]*does not hold: `grace` withdrew it/)
  expect(await scene.say(pull, 'grace', '/gonogo unwaive accuracy')).toContain('No waiver of')
})

test('refused: by its author, over, too long, of what is met, built in, or not there', async () => {
  const { sha, pull } = await scene.released('refused')
  const rows: readonly (readonly [string, string, RegExp])[] = [
    ['grace', scene.waive(), /nobody waives what they had a hand in, and you are an author/],
    ['alan', '/gonogo waive accuracy until 2020-01-01 because x', /`2020-01-01` is over/],
    ['alan', '/gonogo waive accuracy until 2999-01-01 because x', /at most 90 days/],
    ['alan', scene.waive('preregistration'), /waived by nobody/],
    ['alan', scene.waive('model-card'), /it is met/],
    ['alan', scene.waive('acuracy'), /perhaps `accuracy` is meant/],
    ['alan', scene.waive('sentimnt/accuracy'), /no model[\s\S]*perhaps `sentiment` is meant/i],
    ['alan', '/gonogo wave accuracy until 2020-01-01 because x', /write `\/gonogo waive/],
  ]
  for (const [login, text, answer] of rows) expect(await scene.say(pull, login, text)).toMatch(answer)
  expect(await scene.said(sha)).toMatch(/^failure: no-go:/)
})

test('refused: to who pushed, and to who committed in another name', async () => {
  const { github } = scene
  const at = where(github)
  await scene.release('base-of-pusher', { ...scene.weights('by-pusher'), [REPORT]: ` ${report(0.88)}` })
  const sha = await github.commitToFork({
    ...{ from: 'base-of-pusher', message: 'Say more', by: 'grace' },
    files: { 'models/sentiment/notes.md': 'more' },
  })
  await github.as('alan').rest.git.createRef({ ...at, ref: 'refs/heads/by-pusher', sha })
  const about = { ...at, base: 'main', head: 'by-pusher', title: 'by-pusher' }
  const { number } = (await github.as('ada').rest.pulls.create(about)).data
  await scene.settled()

  expect(await scene.say(number, 'alan', scene.waive())).toContain('you are who pushed this release')
  expect(await scene.say(number, 'ada', scene.waive())).toContain('is waived by `ada`')
  expect(await scene.said(sha)).toMatch(/^success: go with 1 waiver/)
})

test('refused: where nothing is to be merged, and of a release that nobody was seen to make', async () => {
  const { github } = scene
  const at = where(github)
  const { pull } = await scene.released('closed')
  await github.as('ada').rest.pulls.update({ ...at, pull_number: pull, state: 'closed' })
  expect(await scene.say(pull, 'alan', scene.waive())).toContain('the pull request is not open')

  const touched = async (branch: string) => {
    const change = { branch, from: 'main', message: 'A word', by: 'ada' }
    const file = `models/sentiment/${branch}.md`
    const sha = await github.commit({ ...change, files: { [file]: 'a word' } })
    const about = { ...at, base: 'main', head: branch, title: branch }
    const { number } = (await github.as('ada').rest.pulls.create(about)).data
    await scene.settled()
    return { sha, number }
  }
  // Pushed to the default branch by grace, without a go; somebody else touches the model later.
  const files = { ...scene.weights('direct'), [REPORT]: `  ${report(0.88)}` }
  await github.commit({ branch: 'main', message: 'Direct', by: 'grace', files })
  await scene.settled()
  const first = await touched('first')
  expect(await scene.say(first.number, 'grace', scene.waive())).toContain(
    'it is not known who made the release',
  )

  const { pull: brought } = await scene.released('brought')
  await scene.say(brought, 'alan', scene.waive())
  await github.as('alan').rest.pulls.merge({ ...at, pull_number: brought, merge_method: 'squash' })
  await scene.settled()
  const second = await touched('second')
  expect(await scene.say(second.number, 'grace', scene.waive())).toContain(
    'you are an author of this release',
  )
  expect(await scene.say(second.number, 'alan', '/gonogo unwaive accuracy')).toContain('1 waiver of')
  expect(await scene.say(second.number, 'alan', scene.waive())).toContain('is waived by `alan`')
  expect(await scene.said(second.sha)).toMatch(/^success: go with 1 waiver/)
  await scene.train('fit(4)')
})

test('refused: criteria that came too late, and a value that nobody saw', async () => {
  const { github } = scene
  const late = await scene.release('late', {
    ...scene.weights('late'),
    [REPORT]: ` ${report(0.88)}`,
    [MANIFEST]: scene.weights('late')[MANIFEST]?.replace(/commit: \w+/, `commit: ${'a1'.repeat(20)}`) ?? '',
  })
  const about = { ...where(github), base: 'main', head: 'late', title: 'late' }
  const { number } = (await github.as('ada').rest.pulls.create(about)).data
  await scene.settled()
  expect(await scene.say(number, 'alan', scene.waive('preregistration'))).toMatch(/waived by nobody/)
  expect(await scene.said(late)).toMatch(/^failure: no-go/)

  const { pull } = await scene.released('unseen')
  scene.github.deliverTo(null)
  const worse = await push('unseen', report(0.1))
  scene.github.deliverTo(`${scene.app.url}/api/github/webhooks`)
  expect(await scene.say(pull, 'alan', scene.waive())).toMatch(/no verdict on commit `\w+` yet/)
  expect(await scene.run(worse)).toBeUndefined()
})

test('refused: what was judged only after the comment, whenever that is heard of', async () => {
  const { github, app } = scene
  const late = await scene.released('late-comment')
  github.deliverTo(null)
  const about = { ...where(github), issue_number: late.pull, body: scene.waive() }
  await github.as('alan').rest.issues.createComment(about)
  const told = github.deliveries.findLast(({ event }) => event === 'issue_comment')
  github.deliverTo(`${app.url}/api/github/webhooks`)
  await scene.pass(10)
  await push('late-comment', report(0.1))
  await scene.settled()
  await github.redeliver(told?.id ?? '')
  await scene.settled()
  expect((await scene.comments(late.pull)).at(-1)?.body).toMatch(/no verdict on commit `\w+` yet/)

  // The same comment is heard of first in another's name, who is not answered.
  const early = await scene.released('early-comment')
  const hear = async (login: string) => {
    await scene.pass(0)
    const sender = { login, type: 'User' }
    const comment = { id: 9, user: sender, body: scene.waive(), created_at: github.clock.now() }
    const issue = { number: early.pull, pull_request: {} }
    await scene.send('issue_comment', {
      ...scene.payload({ action: 'created', comment, issue }),
      sender,
    })
    await scene.settled()
  }
  await hear('eve')
  expect(await scene.comments(early.pull)).toEqual([])
  const worse = await push('early-comment', report(0.1))
  await scene.settled()
  await hear('alan')
  expect((await scene.comments(early.pull)).at(-1)?.body).toMatch(/no verdict on commit `\w+` yet/)
  expect(await scene.said(worse)).toMatch(/^failure: no-go:/)
  expect(github.violations).toEqual([])
})

test('refused: where the branch is put back, after the comment, to what was judged long ago', async () => {
  const { github, app } = scene
  const { sha, pull } = await scene.released('back')
  const move = (to: string) =>
    github.as('grace').rest.git.updateRef({ ...where(github), ref: 'heads/back', sha: to, force: true })
  const worse = await push('back', report(0.1))
  await scene.settled()
  await scene.pass(10)
  await move(sha)
  await scene.settled()
  await scene.pass(10)

  github.deliverTo(null)
  const about = { ...where(github), issue_number: pull, body: scene.waive() }
  await github.as('alan').rest.issues.createComment(about)
  const told = github.deliveries.findLast(({ event }) => event === 'issue_comment')
  await scene.pass(1)
  github.deliverTo(`${app.url}/api/github/webhooks`)
  await move(worse)
  await github.redeliver(told?.id ?? '')
  await scene.settled()

  expect((await scene.comments(pull)).at(-1)?.body).toMatch(/the branch moved after you wrote/)
  expect(await scene.said(worse)).toMatch(/^failure: no-go:/)
  expect(await scene.said(sha)).toMatch(/^failure: no-go:/)
  expect(github.violations).toEqual([])
})
