import { describe, expect, test } from 'vitest'
import type { Approvals, Hands, Review, Subject } from '../../src/core/approval.ts'
import { conclude, type Verdict } from '../../src/core/verdict.ts'
import { evaluate } from '../../src/evaluate.ts'
import { problemSentences } from '../../src/render/problem-line.ts'
import { plain } from '../../src/render/sentence.ts'
import type { ApprovalWitness } from '../../src/sources/approvals.ts'
import { gather } from '../../src/sources/gather.ts'
import { aReview, by, NO_WITNESS, seen } from '../support/approvals.ts'
import { tell } from '../support/case.ts'
import { aFloor } from '../support/floor.ts'
import { asks, type Change, CRITERIA, on, registers, releases, said, submits, works } from './stories.ts'

const MODEL_RISK = aFloor('approvals: { loosen: [model-risk], not_applicable: [model-risk] }')
const MEMBER = { teams: { 'model-risk': 'active' } } as const
const SIGN_OFF = '  - { id: sign-off, control: human-oversight, check: approval, teams: [model-risk] }\n'
const EXEMPT = 'not_applicable: [{ control: fairness, because: no people }]\n'

/** What GitHub shows of each subject. */
type Shown = (subject: Subject) => Approvals
const nobody: Shown = (subject) => seen(subject)
const shown =
  (review: Partial<Review> = {}, hands: Partial<Hands> = {}): Shown =>
  (subject) =>
    seen(subject, [aReview({ ...MEMBER, saw: subject, ...review })], hands)

async function verdictOn(commits: readonly Change[], judge: string, show: Shown): Promise<Verdict> {
  const { repository, asking } = tell({
    shows: '',
    now: '2026-03-01T12:00:00Z',
    commits: [...commits],
    judge,
  })
  const held: ApprovalWitness['held'] = async (asked) => asked.map(({ subject }) => show(subject))
  const approvals: ApprovalWitness = { of: (_, asked) => held(asked), held }
  const witness = { ...NO_WITNESS, approvals }
  return evaluate(await gather(repository, { ...asking, witness, floor: MODEL_RISK }))
}

function everythingSaid({ models, proposals }: Verdict): string {
  const proposed = proposals.flatMap(({ problems }) => problemSentences(problems).map(plain))
  return [...models.map(said), ...proposed].join('\n')
}

const proposes = (text: string, path = CRITERIA): Change => on('proposal', 'proposal', { [path]: text })
const removes: Change = { name: 'proposal', on: 'proposal', remove: [CRITERIA] }
const AUTHOR = { people: [by('grace', 'author')] }

type Proposal = readonly [name: string, before: string, change: Change, shown: Shown, sentence: RegExp]

describe('a pull request that asks less is for somebody to approve', () => {
  test.each<Proposal>([
    [
      'an exemption',
      asks(),
      proposes(asks({ more: EXEMPT })),
      nobody,
      /`fairness` is said to be not applicable.*no approval by an active member of `model-risk`/,
    ],
    [
      'an exemption that its author approved',
      asks(),
      proposes(asks({ more: EXEMPT })),
      shown({}, AUTHOR),
      /`grace` does not count, for its giver is an author/,
    ],
    [
      'another reason for an exemption',
      asks({ more: EXEMPT }),
      proposes(asks({ more: EXEMPT.replace('no people', 'no need') })),
      nobody,
      /`fairness` is said to be not applicable/,
    ],
    [
      'a lower risk',
      asks({ head: 'risk: limited\napproach: build' }),
      proposes(asks()),
      nobody,
      /asks less of `\(risk\)`, which needs an approval/,
    ],
    [
      'a trait dropped',
      asks({ head: 'risk: low\napproach: build\ntraits: [text]' }),
      proposes(asks()),
      nobody,
      /asks less of `\(traits\)`/,
    ],
    ['a lower bound', asks(), proposes(asks({ bound: 0.8 })), nobody, /asks less of `accuracy`/],
    [
      'a criterion that is renamed',
      asks(),
      proposes(asks().replace('id: accuracy', 'id: correct')),
      nobody,
      /asks less of `correct`/,
    ],
    [
      'a criterion that is removed',
      `${asks()}${SIGN_OFF}`,
      proposes(asks()),
      nobody,
      /asks less of `sign-off`/,
    ],
    [
      'another team that approves',
      `${asks()}${SIGN_OFF}`,
      proposes(`${asks()}${SIGN_OFF.replace('model-risk', 'friends')}`),
      nobody,
      /asks less of `sign-off`/,
    ],
    [
      'criteria deleted',
      asks(),
      removes,
      nobody,
      /this change removes the criteria, which needs an approval/,
    ],
    [
      'a model renamed',
      asks(),
      {
        ...removes,
        write: { '.gonogo/criteria/n.yml': asks({ bound: 0.1 }).replace('model: m', 'model: n') },
      },
      nobody,
      /this change removes the criteria, which needs an approval/,
    ],
    [
      'a retirement',
      asks(),
      proposes(`${asks()}retired: true\n`),
      nobody,
      /the model is said to be retired, which needs an approval/,
    ],
    [
      'what can be read no more, made readable again',
      'gonogo: 1\n',
      proposes(asks()),
      nobody,
      /replaces criteria that can’t be read/,
    ],
    [
      'a first file with an exemption',
      '',
      proposes(asks({ more: EXEMPT })),
      nobody,
      /`fairness` is said to be not applicable/,
    ],
  ])('%s', async (_, before, change, show, sentence) => {
    const first = before === '' ? on('main', 'start', { 'readme.md': 'x' }) : registers(before)
    const verdict = await verdictOn([first, change], 'proposal', show)

    expect(conclude(verdict)).toBe('action_required')
    expect(everythingSaid(verdict)).toMatch(sentence)
    // With the right approval the very same is in order.
    expect(conclude(await verdictOn([first, change], 'proposal', shown()))).toBe('success')
  })

  test.each<readonly [string, Change]>([
    ['a nearer bound', proposes(asks({ bound: 0.95 }))],
    ['one criterion more', proposes(`${asks()}${SIGN_OFF}`)],
    ['other words', proposes(asks().replace('accuracy, at', 'acc, at'))],
  ])('and what does not, is for nobody: %s', async (_, change) => {
    const verdict = await verdictOn([registers(asks()), change], 'proposal', () => {
      throw new Error('nobody is asked')
    })

    expect(conclude(verdict)).toBe('success')
  })
})

describe('an approval of a release', () => {
  const release = [registers(`${asks()}${SIGN_OFF}`), works(), submits(releases())]
  const other: Subject = { kind: 'release', model: 'm', identity: 'other', evidence: [] }

  test.each<readonly [string, Shown, RegExp]>([
    ['that nobody gave', nobody, /there is no approval by an active member of `model-risk`/],
    ['by the author', shown({}, AUTHOR), /`grace` does not count, for its giver is an author/],
    ['by somebody who committed', shown({}, { people: [by('grace', 'committer')] }), /its giver committed/],
    ['by somebody who pushed', shown({}, { people: [by('Grace', 'pusher')] }), /its giver pushed/],
    [
      'by a former member of the team',
      shown({ teams: { 'model-risk': 'none' } }),
      /is no active member of `model-risk`/,
    ],
    [
      'where nobody may see the team',
      shown({ teams: { 'model-risk': 'unseen' } }),
      /gonogo may not see who is in/,
    ],
    [
      'of what stood there before',
      shown({ saw: other }),
      /was given on commit `\w+`, which held something else/,
    ],
    [
      'on other evidence',
      (subject) =>
        shown({ saw: subject.kind === 'release' ? { ...subject, evidence: ['a 1'] } : other })(subject),
      /was given on commit `\w+`, with other evidence/,
    ],
    ['that was dismissed', shown({ state: 'dismissed' }), /the review of `grace` was dismissed/],
    [
      'and then a request for changes',
      shown({ state: 'changes_requested' }),
      /was followed by a request for changes/,
    ],
    ['by a bot', shown({ bot: true }), /a bot approves nothing/],
    [
      'of what nobody knows the author of',
      shown({}, { unseen: [{ why: 'no_account', commit: 'c' }] }),
      /no account goes with the author/,
    ],
  ])('%s', async (_, show, sentence) => {
    const verdict = await verdictOn(release, 'release', show)

    expect(verdict.decision).toBe('undecided')
    expect(everythingSaid(verdict)).toMatch(sentence)
  })

  test('by the right person makes it a go', async () => {
    expect(await verdictOn(release, 'release', shown())).toMatchObject({ decision: 'go' })
  })
})

describe('what reached the default branch without an approval', () => {
  const steps = (...texts: readonly string[]) => texts.map((text, index) => registers(text, `step ${index}`))
  const released = (...texts: readonly string[]) => [...steps(...texts), works(), submits(releases())]

  test.each<readonly [string, readonly Change[], RegExp]>([
    [
      'loosened',
      released(asks(), asks({ bound: 0.8 })),
      /commit `\w+` asks less of `accuracy`, which needs an approval/,
    ],
    [
      'a lower risk',
      released(asks({ head: 'risk: limited\napproach: build' }), asks()),
      /asks less of `\(risk\)`/,
    ],
    ['an exemption', released(asks({ more: EXEMPT })), /`fairness` is said to be not applicable/],
    [
      'loosened and tightened elsewhere',
      released(asks(), asks({ bound: 0.8 }), asks({ bound: 0.85 })),
      /asks less of `accuracy`/,
    ],
    [
      'deleted and brought back softer',
      [
        ...steps(asks()),
        { name: 'gone', remove: [CRITERIA] },
        registers(asks({ bound: 0.8 }), 'back'),
        works(),
        submits(releases()),
      ],
      /commit `\w+` removed the criteria, which needs an approval/,
    ],
  ])('%s', async (_, commits, sentence) => {
    const verdict = await verdictOn(commits, 'release', nobody)

    expect(verdict.decision).toBe('undecided')
    expect(everythingSaid(verdict)).toMatch(sentence)
    expect(await verdictOn(commits, 'release', shown())).toMatchObject({ decision: 'go' })
  })

  test.each<readonly [string, readonly Change[]]>([
    ['was put back before the work', released(asks(), asks({ bound: 0.8 }), asks())],
    [
      'came after the work, and softens nothing',
      [...steps(asks()), works(), registers(asks({ bound: 0.8 }), 'later'), submits(releases())],
    ],
    [
      'came after the work, from what was stricter than the version that holds',
      [
        ...steps(asks({ bound: 0.8 })),
        works(),
        registers(asks({ bound: 0.9 }), 'tightens'),
        registers(asks({ bound: 0.85 }), 'loosens'),
        submits(releases()),
      ],
    ],
  ])('is no more to be approved where it %s', async (_, commits) => {
    expect(await verdictOn(commits, 'release', nobody)).toMatchObject({ decision: 'go' })
  })

  test('a retirement leaves the model gated, and an approved one releases it', async () => {
    const commits = [...steps(asks(), `${asks()}retired: true\n`), works(), submits(releases(), 0.5)]

    const verdict = await verdictOn(commits, 'release', nobody)
    expect(verdict.decision).toBe('no-go')
    expect(everythingSaid(verdict)).toMatch(/the model is said to be retired, which needs an approval/)
    expect(await verdictOn(commits, 'release', shown())).toMatchObject({
      decision: 'nothing',
      retired: [{ model: 'm', by: ['grace'] }],
    })
  })
})
