import { describe, expect, test } from 'vitest'
import type { Approvals } from '../../src/core/approval.ts'
import { awaiting, onlyAwaiting } from '../../src/core/awaiting.ts'
import { conclude } from '../../src/core/verdict.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { AskedApproval } from '../../src/sources/approvals.ts'
import { gather } from '../../src/sources/gather.ts'
import { asks, type Change, CRITERIA, on, registers, releases, submits, works } from '../cheats/stories.ts'
import { NO_WITNESS, seen } from '../support/approvals.ts'
import { tell } from '../support/case.ts'
import { aFloor } from '../support/floor.ts'

const SIGN_OFF =
  '  - { id: sign-off, control: human-oversight, check: approval, teams: [model-risk], people: [ada] }\n'
const release = [registers(`${asks()}${SIGN_OFF}`), works(), submits(releases())]
const loosened = [registers(asks()), on('loose', 'loose', { [CRITERIA]: asks({ bound: 0.8 }) })]

function told(commits: readonly Change[], judge: string) {
  return tell({ shows: '', now: '2026-03-01T12:00:00Z', commits: [...commits], judge })
}

describe('in a clone', () => {
  test.each([
    ['a release', release, 'release', 'approval:sign-off'],
    ['a change of criteria', loosened, 'loose', `approval:${CRITERIA}`],
    [
      'an exemption that holds',
      [
        registers(asks({ more: 'not_applicable: [{ control: fairness, because: x }]\n' })),
        ...release.slice(1),
      ],
      'release',
      `approval:${CRITERIA}`,
    ],
  ] as const)('%s awaits its approval, and nothing else', async (_, commits, judge, name) => {
    const { repository, asking } = told(commits, judge)
    const verdict = evaluate(await gather(repository, asking))

    expect(conclude(verdict)).toBe('action_required')
    expect(awaiting(verdict)).toEqual([name])
    expect(onlyAwaiting(verdict)).toBe(true)
  })

  test('what is amiss besides is not only awaited', async () => {
    const { repository, asking } = told([...release.slice(0, 2), submits(releases(), 0.5)], 'release')

    expect(onlyAwaiting(evaluate(await gather(repository, asking)))).toBe(false)
  })
})

describe('what is asked of GitHub', () => {
  async function asked(commits: readonly Change[], judge: string, more = '') {
    const questions: AskedApproval[] = []
    const answer = async (all: readonly AskedApproval[]): Promise<readonly Approvals[]> => {
      questions.push(...all)
      return all.map(({ subject }) => seen(subject))
    }
    const approvals = { of: (_: unknown, all: readonly AskedApproval[]) => answer(all), held: answer }
    const { repository, asking } = told(commits, judge)
    const witness = { ...NO_WITNESS, approvals }
    const facts = await gather(repository, {
      ...asking,
      witness,
      floor: aFloor(`approvals: { loosen: [risk] }\n${more}`),
    })
    return { questions, facts }
  }

  test('a release by identity and evidence, with everybody who may approve it', async () => {
    const { questions, facts } = await asked(release, 'release')
    const [model] = facts.models
    const [metrics] = model?.evidence ?? []

    const right = { teams: ['model-risk'], people: ['ada'] }
    expect(questions).toEqual([
      {
        subject: {
          kind: 'release',
          model: 'm',
          identity: model?.identity,
          evidence: [`models/m/metrics.json ${metrics?.sha}`],
        },
        rights: [right, right],
      },
    ])
  })

  test('a change of criteria by its blobs, of the teams that the organisation names', async () => {
    const { questions, facts } = await asked(loosened, 'loose')

    expect(questions).toMatchObject([
      { subject: { kind: 'change', path: CRITERIA }, rights: [{ teams: ['risk'], people: [] }] },
    ])
    expect(facts.approvers).toEqual({ loosen: ['risk'] })
    expect(questions[0]?.subject).toHaveProperty('from')
    expect(questions[0]?.subject).toHaveProperty('to')
  })

  test('a release whose criteria ask for none, where the floor does', async () => {
    const { questions, facts } = await asked(
      [registers(asks()), works(), submits(releases())],
      'release',
      'criteria: [{ id: sign-off, control: human-oversight, check: approval, teams: [owners] }]\n',
    )

    expect(questions).toMatchObject([{ rights: [{ teams: ['owners'], people: [] }] }])
    expect(facts.models[0]?.approvals).toMatchObject({ kind: 'seen' })
  })

  test('nothing where nobody asks for an approval', async () => {
    const { questions } = await asked([registers(asks()), works(), submits(releases())], 'release')

    expect(questions).toEqual([])
  })
})

describe('what is approved of a release', () => {
  const subjectOf = async (manifest: string) => {
    const commits = [registers(`${asks()}${SIGN_OFF}`), works(), submits(manifest)]
    const { repository, asking } = told(commits, 'release')
    const all: AskedApproval[] = []
    const approvals = {
      of: async (_: unknown, asked: readonly AskedApproval[]) => {
        all.push(...asked)
        return asked.map(({ subject }) => seen(subject))
      },
      held: async () => [],
    }
    await gather(repository, { ...asking, witness: { ...NO_WITNESS, approvals } })
    return all[0]?.subject
  }
  const text = releases()
  const named = (entry: string, more = '') => text.replace('metrics.json', entry) + more

  test('is what its manifest says of evidence and data too', async () => {
    const subject = await subjectOf(text)
    expect(subject).toMatchObject({ kind: 'release' })
    for (const other of [
      named('{ path: metrics.json, dataset: holdout }'),
      named('{ path: metrics.json, about: base }'),
      named('metrics.json', 'datasets: [{ name: holdout, role: test, snapshot: v1 }]\n'),
      named('metrics.json', 'known_as: [/mnt/ckpt]\n'),
    ])
      expect(await subjectOf(other)).not.toEqual(subject)
    expect(await subjectOf(`# Reworded\n${text}`)).toEqual(subject)
  })
})
