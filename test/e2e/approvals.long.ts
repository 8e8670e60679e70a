import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoFile } from '../../src/demo/files.ts'
import { where } from '../../src/demo/scene.ts'
import { CRITERIA, MANIFEST, type Ready, ready } from './scene.ts'

const TEAM = 'model-risk'
const PEOPLE = ['ada', 'grace', 'alan', 'eve'].map((login) => ({ login, admin: login === 'ada' }))
const SIGN_OFF = `  - { id: sign-off, control: human-oversight, check: approval, teams: [${TEAM}] }\n`
const REPORT = 'models/sentiment/report.json'

let scene: Ready
beforeAll(async () => {
  scene = await ready({ retries: 0, people: PEOPLE })
  const { github } = scene
  // Whoever wants to approve is in the team, so that what is refused is refused for its own reason.
  for (const login of ['ada', 'grace', 'alan']) github.team(TEAM, login, 'active')
  await github.commit({
    branch: 'main',
    message: 'Ask for an approval',
    files: { [CRITERIA]: `${demoFile('criteria.yml')}${SIGN_OFF}` },
  })
  training = await github.commit({ branch: 'main', message: 'Train', files: { 'train.py': 'fit(2)' } })
  await scene.settled()
})
afterAll(() => scene.close())

let training = ''

/** A release that grace wrote and pushed, and that is a go but for the approval. */
async function released(branch: string, change: Record<string, string> = {}) {
  const files = await manifest(change.weights ?? branch)
  const sha = await scene.release(branch, { ...files, ...change, weights: null })
  return { sha, pull: await opened(branch) }
}

async function manifest(salt: string): Promise<Record<string, string>> {
  const evidence = '[report.json, training-record.yml, { path: MODEL_CARD.md, document: model-card }]'
  const text = demoFile('release.yml', { version: '1.0.0', training, sha256: digest(salt), evidence })
  return {
    [MANIFEST]: text,
    'models/sentiment/training-record.yml': demoFile('training-record.yml', {
      today: new Date().toISOString().slice(0, 10),
      training,
    }),
    'models/sentiment/model.safetensors': `version https://git-lfs.github.com/spec/v1\noid sha256:${digest(salt)}\nsize 9\n`,
  }
}

const digest = (salt: string): string => Buffer.from(salt.padEnd(32, '.')).toString('hex').slice(0, 64)

/** Ada opens each pull request, so that GitHub lets all the others approve it. */
async function opened(branch: string): Promise<number> {
  const pull = { ...where(scene.github), base: 'main', head: branch, title: branch }
  const { data } = await scene.github.as('ada').rest.pulls.create(pull)
  await scene.settled()
  return data.number
}

async function review(
  pull_number: number,
  login: string,
  event: 'APPROVE' | 'REQUEST_CHANGES' = 'APPROVE',
): Promise<number> {
  const about = { ...where(scene.github), pull_number, event, body: 'So be it' }
  const { data } = await scene.github.as(login).rest.pulls.createReview(about)
  await scene.settled()
  return data.id
}

async function said(sha: string): Promise<string> {
  const run = await scene.run(sha)
  return `${run?.conclusion}: ${run?.title}\n${run?.summary}`
}

test('an approval makes the release a go, and holds after a squash merge and a typo', async () => {
  const { sha, pull } = await released('honest')
  expect(await said(sha)).toMatch(
    /^action_required[\s\S]*there is no approval by an active member of `model-risk`/,
  )

  const before = scene.github.requests.length
  await review(pull, 'alan')
  expect(await said(sha)).toMatch(/^success[\s\S]*approved by `alan`/)
  const asked = scene.github.requests.slice(before).map(({ operation }) => operation)
  expect(asked).toEqual([
    'repos/compare-commits-with-basehead',
    'graphql',
    'teams/get-membership-for-user-in-org',
    'repos/list-activities',
    'checks/create',
  ])

  const typo = await scene.github.commit({
    branch: 'honest',
    message: 'Mend a typo',
    by: 'grace',
    files: { 'docs/notes.md': 'mended' },
  })
  await scene.settled()
  expect(await said(typo)).toMatch(/^success[\s\S]*approved by `alan`/)

  // A merge group has a head of its own, which is that of no pull request.
  const { data: tree } = await scene.github
    .as('ada')
    .rest.git.getCommit({ ...where(scene.github), commit_sha: typo })
  const group = await scene.github.as('ada').rest.git.createCommit({
    ...where(scene.github),
    message: 'Merge pull request',
    tree: tree.tree.sha,
    parents: [training],
  })
  const payload = scene.payload({ action: 'checks_requested', merge_group: { head_sha: group.data.sha } })
  expect(await scene.send('merge_group', payload)).toBe(202)
  expect(await said(group.data.sha)).toMatch(/^success[\s\S]*approved by `alan`/)

  const merged = await scene.github
    .as('alan')
    .rest.pulls.merge({ ...where(scene.github), pull_number: pull, merge_method: 'squash' })
  await scene.settled()
  expect(await said(merged.data.sha)).toMatch(/^success[\s\S]*approved by `alan`/)
  expect(scene.github.violations).toEqual([])
})

describe('does not count', () => {
  test('an approval by the author', async () => {
    const { sha, pull } = await released('by-author')
    await review(pull, 'grace')
    expect(await said(sha)).toMatch(
      /^action_required[\s\S]*`grace` does not count, for its giver is an author/,
    )
  })

  test('an approval of the same commit in a pull request into another branch', async () => {
    const { github } = scene
    const { sha, pull } = await released('shown-less')
    // What it is compared with there has all but a word of it already.
    await github.commit({ branch: 'aside', from: 'main', message: 'Aside', by: 'grace', files: { a: '1' } })
    const about = { ...where(github), base: 'aside', head: 'shown-less', title: 'A typo' }
    const { number } = (await github.as('ada').rest.pulls.create(about)).data
    await scene.settled()
    await review(number, 'alan')
    expect(await said(sha)).toMatch(
      /^action_required[\s\S]*`alan` does not count, for it was given where the pull request went into another branch/,
    )
    await review(pull, 'alan')
    expect(await said(sha)).toMatch(/^success/)
  })

  test('an approval by somebody who pushed, under another name', async () => {
    const { github } = scene
    const files = await manifest('by-pusher')
    await scene.release('base-of-pusher', { ...files, weights: null } as Record<string, string | null>)
    const sha = await github.commitToFork({
      from: 'base-of-pusher',
      message: 'Say more',
      by: 'grace',
      files: { 'models/sentiment/notes.md': 'more' },
    })
    await github.as('alan').rest.git.createRef({ ...where(github), ref: 'refs/heads/by-pusher', sha })
    const pull = await opened('by-pusher')
    await review(pull, 'alan')
    expect(await said(sha)).toMatch(/^action_required[\s\S]*`alan` does not count, for its giver pushed/)
  })

  test('an approval by a former member of the team, or one who was only asked to join', async () => {
    const { sha, pull } = await released('former')
    scene.github.team(TEAM, 'eve', 'pending')
    await review(pull, 'eve')
    scene.github.team(TEAM, 'alan', 'none')
    await review(pull, 'alan')
    scene.github.team(TEAM, 'alan', 'active')
    const text = await said(sha)
    expect(text).toMatch(/^action_required[\s\S]*`eve` does not count, for its giver is no active member/)
    expect(text).toMatch(/`alan` does not count, for its giver is no active member of `model-risk`/)
  })

  test('an approval that was dismissed, and one that a request for changes followed', async () => {
    const { sha, pull } = await released('dismissed')
    const id = await review(pull, 'alan')
    expect(await said(sha)).toMatch(/^success/)
    const about = { ...where(scene.github), pull_number: pull, review_id: id, message: 'no more' }
    await scene.github.as('ada').rest.pulls.dismissReview(about)
    await scene.settled()
    expect(await said(sha)).toMatch(/^action_required[\s\S]*the review of `alan` was dismissed/)

    await review(pull, 'alan')
    expect(await said(sha)).toMatch(/^success/)
    await review(pull, 'alan', 'REQUEST_CHANGES')
    expect(await said(sha)).toMatch(/^action_required[\s\S]*`alan` was followed by a request for changes/)
  })

  test('an approval of other weights, or on other evidence', async () => {
    const { pull } = await released('stale')
    await review(pull, 'alan')
    const evidence = await scene.github.commit({
      branch: 'stale',
      message: 'Measure again',
      by: 'grace',
      files: { [REPORT]: demoFile('report.json').replace('{', '{ ') },
    })
    await scene.settled()
    expect(await said(evidence)).toMatch(
      /^action_required[\s\S]*`alan` was given on commit `\w+`, with other evidence/,
    )

    const weights = await scene.github.commit({
      branch: 'stale',
      message: 'Train again',
      by: 'grace',
      files: await manifest('other weights'),
    })
    await scene.settled()
    expect(await said(weights)).toMatch(
      /^action_required[\s\S]*`alan` was given on commit `\w+`, which held something else/,
    )
  })
})

describe('criteria that ask less', () => {
  const asking = (bound: string) =>
    `${demoFile('criteria.yml').replace('at_least: 0.9', `at_least: ${bound}`)}${SIGN_OFF}`
  const measured = (space: string) => demoFile('report.json').replace('{', `{${space}`)

  async function proposed(branch: string, text: string | null) {
    const sha = await scene.github.commit({
      branch,
      from: 'main',
      message: branch,
      by: 'grace',
      files: { [CRITERIA]: text },
    })
    return { sha, pull: await opened(branch) }
  }

  test('need the approval of another writer, and the author is none', async () => {
    const { sha, pull } = await proposed('loosen', asking('0.89'))
    expect(await said(sha)).toMatch(/^action_required[\s\S]*asks less of `accuracy`, which needs an approval/)

    await review(pull, 'grace')
    expect(await said(sha)).toMatch(
      /^action_required[\s\S]*`grace` does not count, for its giver is an author/,
    )
    await review(pull, 'eve')
    expect(await said(sha)).toMatch(/^success[\s\S]*approved by `eve`/)

    const at = where(scene.github)
    const about = { ...at, pull_number: pull, merge_method: 'squash' } as const
    const { data } = await scene.github.as('eve').rest.pulls.merge(about)
    await scene.settled()
    expect(await said(data.sha)).toMatch(/^success[\s\S]*approved by `eve`/)
    training = await scene.github.commit({
      branch: 'main',
      message: 'Train',
      files: { 'train.py': 'fit(3)' },
    })
    const next = await released('loosened', { [REPORT]: measured(' ') })
    await review(next.pull, 'alan')
    expect(await said(next.sha)).toMatch(/^success/)
    expect(scene.github.violations).toEqual([])
  })

  test('a removal and an exemption do too, and asking more needs nobody', async () => {
    const { sha: removed } = await proposed('remove', null)
    expect(await said(removed)).toMatch(
      /^action_required[\s\S]*removes the criteria, which needs an approval/,
    )
    const exempt = `${demoFile('criteria.yml')}${SIGN_OFF}not_applicable: [{ control: fairness, because: no people }]\n`
    const { sha } = await proposed('exempt', exempt)
    expect(await said(sha)).toMatch(
      /^action_required[\s\S]*`fairness` is said to be not applicable, which needs/,
    )
    const strict = demoFile('criteria.yml').replace('at_least: 0.9', 'at_least: 0.91')
    const before = scene.github.requests.length
    const { sha: tightened } = await proposed('tighten', `${strict}${SIGN_OFF}`)
    expect(await said(tightened)).toMatch(/^success/)
    const asked = scene.github.requests.slice(before).map(({ operation }) => operation)
    expect(asked.filter((one) => one === 'graphql').length).toBeLessThan(2)
  })

  test('what was merged without an approval keeps a release from go that began after it', async () => {
    const { github } = scene
    const exempt = `${asking('0.88')}not_applicable: [{ control: fairness, because: no people }]\n`
    const tip = await github.commit({ branch: 'main', message: 'Loosen', files: { [CRITERIA]: exempt } })
    await scene.settled()
    expect(await said(tip)).toMatch(/^action_required[\s\S]*asks less of `accuracy`[\s\S]*put the file back/)
    training = await github.commit({ branch: 'main', message: 'Train', files: { 'train.py': 'fit(4)' } })
    await scene.settled()
    const { sha, pull } = await released('after', { [REPORT]: measured('  ') })
    await review(pull, 'alan')

    const text = await said(sha)
    expect(text).toMatch(
      /^action_required[\s\S]*commit `\w+` asks less of `accuracy`, which needs an approval/,
    )
    expect(text).toMatch(
      /`fairness` is said to be not applicable, which needs an approval: there is no approval/,
    )
    expect(text).toContain('put the file back as it was before that commit')
  })

  test('an approved retirement releases the model from the gate', async () => {
    const { pull, sha } = await proposed('retire', `${asking('0.9')}retired: true\n`)
    expect(await said(sha)).toMatch(
      /^action_required[\s\S]*the model is said to be retired, which needs an approval/,
    )
    await review(pull, 'alan')
    await scene.github.as('ada').rest.pulls.merge({ ...where(scene.github), pull_number: pull })
    await scene.settled()

    const release = await released('retired', { [REPORT]: '{}' })
    expect(await said(release.sha)).toMatch(
      /^neutral[\s\S]*`sentiment` is released no more, as `alan` approved/,
    )
    expect(scene.github.violations).toEqual([])
  })
})
