import { afterAll, beforeAll, expect, test } from 'vitest'
import { where } from '../../src/demo/scene.ts'
import { type Talking, talking } from './talking.ts'

const FLOOR = '.gonogo/floor.yml'
const TEAM = 'model-risk'

let scene: Talking
beforeAll(async () => {
  scene = await talking()
})
afterAll(() => scene.close())

test('nobody hears of strangers, bots, quotes, code, edits and long talk', async () => {
  const { github } = scene
  const { sha, pull } = await scene.released('silent')
  const at = { ...where(github), issue_number: pull }
  const jobs = () => github.requests.length
  const before = jobs()
  expect(await scene.say(pull, 'github-actions[bot]', scene.waive())).toBe('')
  expect(await scene.say(pull, 'alan', `> ${scene.waive()}`)).toBe('')
  expect(await scene.say(pull, 'alan', `\`\`\`\n${scene.waive()}\n\`\`\``)).toBe('')
  expect(jobs()).toBe(before)
  expect(await scene.say(pull, 'eve', `${scene.waive()}\n/gonogo recheck\n/gonogo unwaive accuracy`)).toBe('')
  expect(await scene.say(pull, 'alan', 'x'.repeat(60_000))).toBe('')

  const { data } = await github.as('alan').rest.issues.createComment({ ...at, body: 'I read it.' })
  await github
    .as('alan')
    .rest.issues.updateComment({ ...where(github), comment_id: data.id, body: scene.waive() })
  await scene.settled()
  expect(await scene.said(sha)).toMatch(/^failure: no-go:/)

  const long = `${scene.waive()}\n${'y'.repeat(60_000)}`
  const given = await github.as('alan').rest.issues.createComment({ ...at, body: long })
  await scene.settled()
  expect(await scene.said(sha)).toMatch(/^success: go with 1 waiver/)
  await github.as('eve').rest.issues.listComments(at)
  await github
    .as('alan')
    .rest.issues.updateComment({ ...where(github), comment_id: given.data.id, body: 'no' })
  await github.as('alan').rest.issues.deleteComment({ ...where(github), comment_id: given.data.id })
  await scene.settled()
  expect(await scene.said(sha)).toMatch(/^success: go with 1 waiver/)
})

test('a reason is shown as it was written, and marks up or mentions nothing', async () => {
  const { sha, pull } = await scene.released('marked')
  const reason = '<img src=x> @acme/all [x](https://evil.example) | `b` #1'
  const answer = await scene.say(pull, 'alan', scene.waive('accuracy', reason))

  for (const text of [answer, await scene.said(sha)]) {
    expect(text).toContain('evil.example')
    expect(text).not.toMatch(/<img|@acme|\]\(https/)
  }
})

test('a comment is answered once, however often GitHub tells of it and whatever breaks', async () => {
  const { github } = scene
  const { pull } = await scene.released('once')
  await scene.say(pull, 'alan', '/gonogo explain accuracy')
  const [asked, answer] = await scene.comments(pull)
  expect(answer?.body).toContain('- why: `accuracy` is 0.88 and must be at least 0.9')
  expect(answer?.user?.type).toBe('Bot')
  const told = github.deliveries.find((one) => {
    const { comment } = one.payload as { readonly comment?: { readonly id: number } }
    return comment?.id === asked?.id
  })
  await github.redeliver(told?.id ?? '')
  await scene.settled()
  expect(await scene.comments(pull)).toHaveLength(2)

  for (const reset of ['after', 'before'] as const) {
    let broken = false
    github.weather(({ operation }) => {
      if (operation !== 'issues/create-comment' || broken) return 'ok'
      broken = true
      return { reset }
    })
    const before = (await scene.comments(pull)).length
    expect(await scene.say(pull, 'alan', '/gonogo explain accuracy')).toMatch(/^<!-- gonogo answers \d+ -->/)
    expect(await scene.comments(pull)).toHaveLength(before + 2)
  }
  github.weather(() => 'ok')
})

test('explain and recheck are for the author of the pull request too, and each command is done', async () => {
  const { github } = scene
  const { sha } = await scene.released('by-eve')
  const about = { ...where(github), base: 'main', head: 'aside', title: 'aside' }
  await github.commit({ branch: 'aside', from: 'by-eve', message: 'Aside', by: 'grace', files: { a: '1' } })
  const { number } = (await github.as('grace').rest.pulls.create(about)).data
  await scene.settled()
  const answer = await scene.say(
    number,
    'grace',
    'Please:\n/gonogo recheck\n/gonogo explain f1\n/gonogo nothing',
  )
  expect(answer).toMatch(/is judged again/)
  expect(answer).toMatch(/no criterion `f1` is asked here/i)
  expect(answer).toMatch(/`nothing` is no command/)
  expect(await scene.said(sha)).toMatch(/^failure/)
})

test('the button judges again, for whoever may write', async () => {
  const { github } = scene
  const { sha } = await scene.released('button')
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

test('only the team waives, as long as the floor says, and nothing that it never has waived', async () => {
  const { github } = scene
  const rules = `approvals: { waive: [${TEAM}] }\nwaivers: { longest: 10 days, never: [fairness] }\n`
  const fair =
    'criteria: [{ id: fair, control: fairness, check: metric, metric: accuracy, at_least: 0.95 }]\n'
  await scene.github.commit({
    ...{ repo: '.github', branch: 'main', message: 'Floor' },
    files: { [FLOOR]: `gonogo: 1\n${rules}${fair}` },
  })
  await scene.settled()
  const { sha, pull } = await scene.released('floored')
  expect(await scene.say(pull, 'alan', scene.waive())).toContain(
    'only an active member of `model-risk` may waive',
  )
  github.team(TEAM, 'alan', 'pending')
  expect(await scene.say(pull, 'alan', scene.waive())).toContain(
    'only an active member of `model-risk` may waive',
  )
  github.team(TEAM, 'alan', 'active')
  expect(await scene.say(pull, 'alan', scene.waive())).toMatch(/at most 10 days[\s\S]*name a day up to/)
  const soon = (criterion: string) => `/gonogo waive ${criterion} until ${scene.dayIn(10)} because x`
  expect(await scene.say(pull, 'alan', soon('fair'))).toContain('has nothing of control `fairness` waived')
  expect(await scene.say(pull, 'alan', soon('accuracy'))).toContain('is waived by `alan`')
  github.team(TEAM, 'grace', 'active')
  expect(await scene.say(pull, 'grace', soon('accuracy'))).toContain('you are an author')
  expect(await scene.said(sha)).toMatch(/^failure: no-go with 1 waiver: [^\n]*misses[^\n]*fair/)
  expect(await scene.said(sha)).toContain('who was in `model-risk` and had no hand in it')

  // A member without write access gives and withdraws waivers too.
  github.team(TEAM, 'eve', 'active')
  expect(await scene.say(pull, 'eve', '/gonogo unwaive accuracy')).toContain('1 waiver of')
  expect(await scene.say(pull, 'eve', soon('accuracy'))).toContain('is waived by `eve`')
  expect(await scene.said(sha)).toMatch(/^failure: no-go with 1 waiver/)
  expect(github.violations).toEqual([])
})
