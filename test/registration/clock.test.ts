import { describe, expect, test } from 'vitest'
import type { Limit } from '../../src/core/registration.ts'
import type { Begun, ModelFacts, SeenRun, SeenTicket } from '../../src/facts.ts'
import { isFixed } from '../../src/registration/clock.ts'
import { registration } from '../../src/registration/registration.ts'
import { anId } from '../support/build.ts'
import { ACCURACY, aCriteriaFile, CRITERIA_PATH, modelFacts } from '../support/facts.ts'

const file = aCriteriaFile([ACCURACY])
const path = CRITERIA_PATH
const both = { path, registered: file, today: file }
const WHERE = { repository: 'acme/credit', branch: 'main' }
const TIP = { kind: 'known', commit: anId('2'), since: '2026-02-01T08:00:00Z', source: 'receipt' } as const
const BEGAN = '2026-02-02T08:00:00Z'
const run: SeenRun = {
  clock: 'run',
  work: 'training',
  kind: 'seen',
  run: 77,
  repository: 'acme/credit',
  began: BEGAN,
  commit: anId('1'),
  workflow: '.github/workflows/train.yml',
  file: 'trusted',
  fork: false,
  success: true,
  tip: TIP,
  produced: { kind: 'listed', artifact: 'weights', digest: `sha256:${'5'.repeat(64)}` },
}
const ticket: SeenTicket = {
  clock: 'ticket',
  work: 'training',
  kind: 'seen',
  path: 'models/credit-risk/ticket.jwt',
  began: BEGAN,
  repository: 'acme/credit',
  model: 'credit-risk',
  tip: anId('2'),
  criteria: anId('c'),
  nonce: 'once',
}
const RUN = 'acme/credit#77'
const BY_RUN = { kind: 'run', name: RUN, began: BEGAN, since: TIP.since, source: 'receipt' }
const BY_TICKET = {
  kind: 'ticket',
  name: ticket.path,
  nonce: 'once',
  began: BEGAN,
  since: BEGAN,
  source: 'ticket',
}

function judged(given: Partial<ModelFacts>, tier: 'ordered' | 'started' | 'witnessed' = 'witnessed') {
  return registration(modelFacts({ criteria: both, ...given }), WHERE, { tier, trainedHere: true })
}

describe('a run that produced the weights', () => {
  test('is witnessed, with both times and where each comes from', () => {
    const { answer, registration: shown } = judged({ begun: run })

    expect(answer).toEqual({
      code: 'registered_by_clock',
      outcome: 'met',
      tier: 'witnessed',
      clock: BY_RUN,
      at: anId('2'),
      amended: false,
    })
    expect(shown).toMatchObject({ tier: 'witnessed', at: anId('2'), clock: BY_RUN, limits: [] })
  })

  test.each<readonly [string, Partial<SeenRun>, Limit]>([
    ['for a fork', { fork: true }, { code: 'run_from_fork', name: RUN }],
    ['that failed', { success: false }, { code: 'run_not_successful', name: RUN }],
    [
      'of an edited workflow',
      { file: 'edited' },
      { code: 'workflow_not_trusted', workflow: run.workflow, why: 'edited' },
    ],
    [
      'of an unlisted workflow',
      { file: 'unlisted' },
      { code: 'workflow_not_trusted', workflow: run.workflow, why: 'unlisted' },
    ],
    [
      'of a workflow that was never merged',
      { file: 'absent' },
      { code: 'workflow_not_trusted', workflow: run.workflow, why: 'absent' },
    ],
    [
      'for an event that takes the workflow from elsewhere',
      { file: 'foreign' },
      { code: 'workflow_not_trusted', workflow: run.workflow, why: 'foreign' },
    ],
    [
      'that did not produce these weights',
      { produced: { kind: 'lacking', artifact: 'weights', missing: ['model.safetensors'] } },
      { code: 'weights_not_listed', artifact: 'weights', missing: ['model.safetensors'] },
    ],
    [
      'without an artifact',
      { produced: { kind: 'no_artifact', artifact: 'weights' } },
      { code: 'no_artifact', artifact: 'weights' },
    ],
    [
      'whose artifact has expired',
      { produced: { kind: 'expired', artifact: 'weights' } },
      { code: 'artifact_expired', artifact: 'weights' },
    ],
    [
      'whose artifact is no archive',
      { produced: { kind: 'unreadable', artifact: 'weights' } },
      { code: 'artifact_unreadable', artifact: 'weights' },
    ],
    ['that was run again', { again: true }, { code: 'run_again', name: RUN }],
    ['of a service', { produced: { kind: 'no_digests' } }, { code: 'no_digests' }],
  ])('%s is started, and witnessed is out of reach', (_, given, limit) => {
    const begun = { ...run, ...given }

    expect(judged({ begun }, 'started').answer).toMatchObject({ outcome: 'met', tier: 'started' })
    expect(judged({ begun }).answer).toEqual({
      code: 'tier_too_low',
      outcome: 'undecided',
      tier: 'started',
      wanted: 'witnessed',
      limit,
    })
    expect(judged({ begun }).registration).toMatchObject({ tier: 'started', limits: [limit] })
    // Who names any run of any time would choose the criteria with it.
    expect(isFixed(begun)).toBe(false)
    expect(isFixed(run)).toBe(true)
  })
})

describe('a start ticket', () => {
  test('proves the start', () => {
    const facts = { begun: ticket, start: { kind: 'not_named' } as const }

    const { answer, registration: shown } = judged(facts, 'started')

    expect(isFixed(ticket)).toBe(false)
    expect(answer).toMatchObject({ code: 'registered_by_clock', tier: 'started', clock: BY_TICKET })
    expect(shown).toMatchObject({
      tier: 'started',
      clock: BY_TICKET,
      limits: [{ code: 'ticket_names_no_run' }],
    })
  })

  test('does not say what was produced', () => {
    expect(judged({ begun: ticket }).answer).toMatchObject({ code: 'tier_too_low', wanted: 'witnessed' })
  })

  test("of another spelling of the repository's name is the same", () => {
    expect(judged({ begun: { ...ticket, repository: 'Acme/Credit' } }, 'started').answer.outcome).toBe('met')
  })

  test.each<readonly [string, Partial<SeenTicket>, object]>([
    ['repository', { repository: 'acme/other' }, { found: 'acme/other', wanted: 'acme/credit' }],
    ['model', { model: 'sentiment' }, { found: 'sentiment', wanted: 'credit-risk' }],
    ['criteria', { criteria: anId('9') }, { found: anId('9'), wanted: anId('c') }],
  ])('for another %s is no-go, whatever the commits show', (what, given, expected) => {
    const { answer, registration: shown } = judged({ begun: { ...ticket, ...given } }, 'ordered')

    expect(answer).toMatchObject({ code: 'ticket_for_other', outcome: 'unmet', what, ...expected })
    expect(shown.tier).toBe('none')
  })
})

describe('a clock that contradicts is no-go, whatever the commits show', () => {
  const named = { clock: 'run', work: 'training', run: 77, repository: 'mallory/credit' } as const

  test.each<readonly [string, Begun, object]>([
    ['a run on another commit', { ...run, commit: anId('9') }, { code: 'run_contradicts', found: anId('9') }],
    ['a run of another owner', { ...named, kind: 'elsewhere' }, { code: 'run_elsewhere', owner: 'acme' }],
    [
      'a ticket that another key signed',
      { clock: 'ticket', work: 'training', path: 't', kind: 'forged' },
      { code: 'ticket_forged' },
    ],
    [
      'a run that made other weights',
      { ...run, reused: anId('7') },
      { code: 'start_reused', kind: 'run', commit: anId('7') },
    ],
    [
      'a ticket of other weights',
      { ...ticket, reused: anId('7') },
      { code: 'start_reused', kind: 'ticket', commit: anId('7') },
    ],
  ])('%s', (_, begun, expected) => {
    expect(judged({ begun }, 'ordered').answer).toMatchObject({ outcome: 'unmet', ...expected })
  })

  test('criteria that came after the start', () => {
    const { answer } = judged({ begun: run, criteria: { path, today: file } }, 'ordered')

    expect(answer).toEqual({
      code: 'criteria_after_start',
      outcome: 'unmet',
      path,
      clock: BY_RUN,
      at: anId('2'),
    })
  })

  test('no criteria at all', () => {
    expect(judged({ begun: run, criteria: { path } }).answer.code).toBe('criteria_absent')
  })

  test('criteria that are gone since', () => {
    expect(judged({ begun: run, criteria: { path, registered: file } }).answer).toMatchObject({
      code: 'criteria_gone',
      outcome: 'undecided',
    })
  })
})

describe('a clock that shows nothing leaves what the commits prove', () => {
  const named = { clock: 'run', work: 'training', run: 77, repository: 'acme/credit' } as const
  const paper = { clock: 'ticket', work: 'training', path: 't' } as const

  test.each<readonly [string, Begun, Limit]>([
    ['a run that is gone', { ...named, kind: 'not_found' }, { code: 'run_not_found', name: RUN }],
    ['a run in a clone', { ...named, kind: 'awaiting' }, { code: 'awaiting_github', what: 'run', name: RUN }],
    [
      'a ticket in a clone',
      { ...paper, kind: 'awaiting' },
      { code: 'awaiting_github', what: 'ticket', name: 't' },
    ],
    ['a ticket that is not there', { ...paper, kind: 'not_there' }, { code: 'ticket_not_there', name: 't' }],
    ['a moment that nobody recorded', { ...run, tip: { kind: 'gap' } }, { code: 'tip_unknown' }],
    [
      'a moment before the app was there',
      { ...run, tip: { kind: 'before_watch', watched: '2026-02-03T00:00:00Z' } },
      { code: 'before_watch', began: BEGAN, watched: '2026-02-03T00:00:00Z' },
    ],
  ])('%s', (_, begun, limit) => {
    expect(judged({ begun }, 'ordered')).toMatchObject({
      answer: { code: 'registered', tier: 'ordered' },
      registration: { tier: 'ordered', limits: [limit] },
    })
    expect(judged({ begun }, 'started').answer).toMatchObject({
      code: 'tier_too_low',
      outcome: 'undecided',
      limit,
    })
    expect(isFixed(begun)).toBe(false)
  })
})

test('an evaluation is no training', () => {
  expect(judged({ begun: { ...run, work: 'evaluation' } }).answer).toEqual({
    code: 'work_not_named',
    outcome: 'undecided',
    wanted: 'training',
  })
})

test('an evaluation of what is bought has its own clock', () => {
  const facts = modelFacts({ criteria: both, begun: { ...ticket, work: 'evaluation' } })

  const { answer } = registration(facts, WHERE, { tier: 'started', trainedHere: false })

  expect(answer).toMatchObject({ code: 'registered_by_clock', tier: 'started' })
})

test.each([
  ['by its clock', { begun: run }],
  ['by its commits', {}],
] as const)('a forced push in the way, %s, is undecided and named', (_, given) => {
  const rewritten = { before: anId('5'), after: anId('6'), at: '2026-02-05T00:00:00Z' }

  const { answer, registration: shown } = judged({ ...given, rewritten }, 'ordered')

  expect(answer).toEqual({
    code: 'branch_rewritten',
    outcome: 'undecided',
    branch: 'main',
    at: anId('2'),
    before: anId('5'),
    after: anId('6'),
    when: rewritten.at,
  })
  expect(shown.tier).toBe('none')
})
