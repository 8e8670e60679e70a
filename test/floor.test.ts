import { describe, expect, test } from 'vitest'
import { conclude, meant } from '../src/core/verdict.ts'
import type { FloorFacts } from '../src/criteria/floor.ts'
import { evaluate } from '../src/evaluate.ts'
import type { Facts, ModelFacts, SeenRun, SeenTicket } from '../src/facts.ts'
import { renderMarkdown } from '../src/render/check-run.ts'
import { title } from '../src/render/title.ts'
import { withRecords } from '../src/sources/floor.ts'
import { aMeasurement, anId, aSource } from './support/build.ts'
import {
  ACCURACY,
  ALL_GIVEN,
  aCriteriaFile,
  anEvidence,
  asking,
  modelFacts,
  someFacts,
} from './support/facts.ts'
import { aFloor, parsedFloor } from './support/floor.ts'
import { aRecordText, aWrittenRecord } from './support/records.ts'

const NO_GO = { evidence: [anEvidence({ measurements: [aMeasurement({ value: 0.1 })] })] }

function judged(floor: string | FloorFacts, given: Partial<ModelFacts> = {}, facts: Partial<Facts> = {}) {
  const used = typeof floor === 'string' ? aFloor(floor) : floor
  const verdict = evaluate(someFacts([modelFacts(given)], { floor: used, ...facts }))
  const [model] = verdict.models
  if (model === undefined) throw new Error('no model')
  return { verdict, model, ids: model.findings.map(({ criterion, version }) => `${criterion} ${version}`) }
}

const floorCriterion = (bound: string, rest = '') =>
  `criteria:\n  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: ${bound}${rest} }`

describe("the floor's criteria are judged beside the repository's", () => {
  test.each<readonly [string, string, string, string]>([
    ['both met', '0.9', '', 'go'],
    ["the floor's missed", '0.95', '', 'no-go'],
    ["the floor's missed, of another model", '0.95', ', match: { models: [other] }', 'go'],
    ["the floor's missed, which only advises", '0.95', ', blocking: false', 'go'],
  ])('%s', (_, bound, rest, decision) => {
    expect(judged(floorCriterion(bound, rest)).model.decision).toBe(decision)
  })

  test('the same id twice stays two findings, each with its own file', () => {
    const { model, ids } = judged(floorCriterion('0.95'))

    expect(ids).toEqual(['preregistration both', 'accuracy both', 'accuracy floor'])
    expect(model.findings[2]?.asked).toEqual({ path: '.gonogo/floor.yml', line: 3, sha: anId('9') })
  })

  test("a repository's criteria of the same id never stand in for the floor's", () => {
    const lax = asking([
      '{ id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.1 }',
    ])

    expect(judged(floorCriterion('0.95'), { criteria: lax }).model.decision).toBe('no-go')
  })
})

describe('what the floor sets holds where it is higher', () => {
  const set = (rest: string, risk = '') =>
    `models: [{ repository: acme/credit, model: "*", ${rest} }]\n${risk}`

  test('risk: the controls of the higher one are required', () => {
    const { model, verdict } = judged(set('risk: high'))

    expect(model).toMatchObject({
      decision: 'undecided',
      risk: 'high',
      standing: { set: 'high', declared: 'low' },
    })
    expect(model.findings.at(-1)?.answer).toMatchObject({ code: 'not_covered', outcome: 'undecided' })
    expect(title(verdict)).toContain('nothing asks credit-risk 2.4.0 for fairness, security-testing')
  })

  test('traits that the criteria dropped', () => {
    expect(
      judged(set('traits: [generative]')).model.coverage?.filter(({ state }) => state === 'missing'),
    ).toMatchObject([{ control: 'data-leakage' }, { control: 'prompt-injection' }])
  })

  test('a model that the floor calls fine-tuned is trained here', () => {
    const bought = asking([ACCURACY], 'risk: low\napproach: buy')
    const start = { ...modelFacts().start, work: { kind: 'evaluation', commit: anId('1') } } as const

    const given = { criteria: bought, start } as Partial<ModelFacts>

    expect(judged('enforcement: enforce', given).model.findings[0]?.answer.code).toBe('registered')
    expect(judged(set('traits: [fine-tuned]'), given).model.findings[0]?.answer.code).toBe('work_not_named')
  })

  test.each<readonly [string, string, string]>([
    ['tier', 'registration: started', 'tier_too_low'],
    ['trust', 'trust: produced', 'trust_too_low'],
    ['controls', 'require: [documentation]', 'not_covered'],
  ])('%s', (_, asks, code) => {
    const { model } = judged(set('risk: low', `risk:\n  low: { ${asks} }`))

    expect(model.decision).toBe('undecided')
    expect(model.findings.map(({ answer }) => answer.code)).toContain(code)
  })
})

describe('a floor that cannot be used leaves nothing decided', () => {
  const repository = 'acme/.github'
  const broken = { ...aFloor('unlisted: hihg') }

  test.each<readonly [string, FloorFacts, string]>([
    ['absent, and required', { kind: 'absent', required: true, repository }, 'floor_absent'],
    ['not to be read', { kind: 'unreadable', repository, path: '.gonogo/floor.yml' }, 'floor_unreadable'],
    ['with problems', broken, 'floor_faulty'],
    [
      'with problems, though it fits',
      aFloor(`${floorCriterion('0.5').replace('id: accuracy', 'id: coverage')}`),
      'floor_faulty',
    ],
  ])('%s', (_, floor, code) => {
    const { verdict, model } = judged(floor)

    expect(verdict).toMatchObject({ decision: 'undecided', problems: [] })
    expect(model).toMatchObject({ decision: 'undecided', problems: [{ code }] })
    expect(model.standing).toBeUndefined()
    expect(title(verdict)).toBe(
      "undecided: the organisation's floor cannot be used to judge credit-risk 2.4.0",
    )
    expect(judged(floor, NO_GO).verdict.decision).toBe('no-go')

    const nothing = evaluate(someFacts([], { floor }))
    expect(nothing.problems).toMatchObject([{ code }])
    expect(conclude(nothing)).toBe('action_required')
  })

  test('none, where none is required', () => {
    expect(judged({ kind: 'none' }).verdict).toMatchObject({ decision: 'go', floor: { kind: 'none' } })
  })

  test('the commit of the one that was used stands in the verdict', () => {
    expect(judged('enforcement: enforce').verdict.floor).toEqual({
      ...{ kind: 'read', repository, path: '.gonogo/floor.yml', commit: anId('8'), sha: anId('9') },
    })
  })
})

describe('observing reports and does not block', () => {
  const observe = `${floorCriterion('0.95')}\nobserve: { repositories: [7] }`

  test('the verdict is the true one', () => {
    const { verdict } = judged(observe, {}, { repositoryId: 7 })

    expect(verdict).toMatchObject({ decision: 'no-go', observed: true })
    expect([conclude(verdict), meant(verdict)]).toEqual(['neutral', 'failure'])
    expect(title(verdict)).toMatch(/^observed, blocking nothing: no-go: /)
  })

  test('another repository is held to it', () => {
    const { verdict } = judged(observe, {}, { repositoryId: 8, repository: 'acme/credit' })

    expect(verdict.observed).toBeUndefined()
    expect(conclude(verdict)).toBe('failure')
  })

  test('a floor with problems observes nobody', () => {
    const { verdict } = judged('enforcement: observe\nunlisted: hihg')

    expect(conclude(verdict)).toBe('action_required')
  })
})

describe('a requirement from a day on', () => {
  const floor = floorCriterion('0.95', ', from: 2026-02-01')
  const ticket = (began: string): SeenTicket => ({
    ...{ clock: 'ticket', work: 'training', path: 'start.json', kind: 'seen', began },
    ...{ repository: 'acme/credit', model: 'credit-risk', tip: anId('2'), criteria: anId('c'), nonce: 'n' },
  })

  const run: SeenRun = {
    ...{ clock: 'run', work: 'training', run: 1, repository: 'acme/credit', kind: 'seen' },
    ...{ began: '2026-01-31T10:00:00Z', commit: anId('1'), workflow: 'train.yml', file: 'trusted' },
    ...{ fork: false, success: true, tip: { kind: 'gap' }, produced: { kind: 'no_digests' } },
  }
  const witnessed = (began: string): SeenRun => ({
    ...run,
    began,
    tip: { kind: 'known', commit: anId('2'), since: '2026-01-01T00:00:00Z', source: 'receipt' },
    produced: { kind: 'listed', artifact: 'weights', digest: 'd' },
  })

  test.each<readonly [string, Partial<ModelFacts>, string]>([
    ['a run of which nobody knows what the default branch held then', { begun: run }, 'no-go'],
    ['a run that produced the weights, begun before', { begun: witnessed('2026-01-31T10:00:00Z') }, 'go'],
    ['a run that produced the weights, begun after', { begun: witnessed('2026-02-01T10:00:00Z') }, 'no-go'],
    ['a ticket, which may be hoarded', { begun: ticket('2026-01-31T10:00:00Z') }, 'no-go'],
    ['work whose start the releaser chose', {}, 'no-go'],
    [
      'a clock that nobody has seen yet',
      { begun: { clock: 'ticket', work: 'training', path: 'a', kind: 'awaiting' } },
      'no-go',
    ],
  ])('%s', (_, given, decision) => {
    expect(judged(floor, given).model.decision).toBe(decision)
  })

  test('what does not hold yet is said', () => {
    expect(judged(floor, { begun: witnessed('2026-01-31T10:00:00Z') }).model.standing?.later).toEqual([
      { what: 'criterion accuracy', from: '2026-02-01' },
    ])
  })

  test('a day that is still to come', () => {
    expect(judged(floorCriterion('0.95', ', from: 2026-03-02')).model.decision).toBe('go')
  })
})

describe('where the floor lists workflows, only their runs count', () => {
  const [train, validate] = ['.github/workflows/train.yml', '.github/workflows/validate.yml']
  const begun: SeenRun = {
    ...{ clock: 'run', work: 'training', run: 1, repository: 'acme/credit', kind: 'seen' },
    ...{ began: '2026-01-31T10:00:00Z', commit: anId('1'), workflow: train, file: 'trusted' },
    ...{ fork: false, success: true, produced: { kind: 'listed', artifact: 'weights', digest: 'd' } },
    tip: { kind: 'known', commit: anId('2'), since: '2026-01-01T00:00:00Z', source: 'receipt' },
  }
  const producer = {
    ...{ run: 2, commit: anId('4'), artifact: 3, digest: 'd'.repeat(64) },
    ...{ workflow: validate, blob: anId('b') },
  }
  const produced = { begun, evidence: [anEvidence({ trust: 'produced', producer })] } as const
  const asked = 'registration: witnessed, trust: produced'
  const under = (...workflows: readonly string[]) =>
    judged(
      `risk: { low: { ${asked} } }\ntrusted: { workflows: [${workflows.map((one) => `acme/credit/${one}`).join(', ')}] }`,
      produced,
    )

  test('both are listed, in whatever letters GitHub spells the names', () => {
    expect(under(train, validate).model.decision).toBe('go')
    const spelt = `risk: { low: { ${asked} } }\ntrusted: { workflows: [Acme/Credit/${train}, ACME/credit/${validate}] }`
    expect(judged(spelt, produced).model.decision).toBe('go')
    expect(judged(`risk: { low: { ${asked} } }`, produced).model.decision).toBe('go')
  })

  test('a run of another one did not witness the work', () => {
    const { model } = under(validate)

    expect(model).toMatchObject({ decision: 'undecided', registration: { tier: 'started' } })
    expect(model.registration.limits).toEqual([
      { code: 'workflow_not_trusted', workflow: train, why: 'unlisted' },
    ])
    expect(renderMarkdown(under(validate).verdict)).toContain('of the run is not one that the floor trusts')
  })

  test('what a run of another one produced counts as typed, and says why', () => {
    const { model, verdict } = under(train)

    expect(model.findings[1]?.answer).toMatchObject({
      ...{ code: 'trust_too_low', outcome: 'undecided', found: 'typed', wanted: 'produced' },
      unlisted: validate,
    })
    expect(model.decision).toBe('undecided')
    expect(renderMarkdown(verdict)).toContain(
      `comes from a run of \`${validate}\`, which is not among the workflows that the floor trusts`,
    )
    // Where typed evidence is enough, that of any run is.
    expect(judged(`trusted: { workflows: [acme/credit/${train}] }`, produced).model.decision).toBe('go')
  })

  test.each([
    ['of another repository', `acme/other/${train}, acme/other/${validate}`],
    ['of the same name in other letters', `acme/credit/${train.replace('train', 'Train')}`],
  ])('one %s is another one', (_, listed) => {
    const { model } = judged(`risk: { low: { ${asked} } }\ntrusted: { workflows: [${listed}] }`, produced)

    expect(model.decision).toBe('undecided')
  })

  test('a release that today’s criteria soften is held to both versions then', () => {
    const soft = aCriteriaFile([ACCURACY.replace('0.9', '0.1')], 'd')
    const strict = aCriteriaFile([ACCURACY.replace('0.9', '0.99')], 'e')
    const criteria = { ...asking([ACCURACY]), registered: soft, today: strict }
    const text = `trusted: { workflows: [acme/credit/${validate}] }`

    expect(judged('', { ...produced, criteria }).model.decision).toBe('go')
    expect(judged(text, { ...produced, criteria }).model.decision).toBe('no-go')
  })
})

describe('records beside the floor', () => {
  const asks = '{ id: seeds, control: reproducibility, check: record, record: training, fields: [seeds] }'
  const REPEATED = `data: [{ name: d }]\nhyperparameters: { epochs: 3 }\nenvironment: { python: "3.13" }\ncommit: ${'4be1'.repeat(10)}\n`
  const text = (seeds: string) =>
    `gonogo: 1\nrecord: training\nowner: ada\ndate: 2026-02-20\noutcome: completed\nseeds: ${seeds}\n${REPEATED}`
  const beside = (...texts: readonly string[]): FloorFacts => ({
    ...aFloor('enforcement: enforce'),
    ...withRecords(
      parsedFloor('gonogo: 1\nenforcement: enforce'),
      texts.map((one, index) => ({ path: `.gonogo/records/${index}.yml`, sha: 'a', written: { text: one } })),
      'acme/.github:',
    ),
  })
  const file = aCriteriaFile([ACCURACY, asks])
  const criteria = { ...asking([ACCURACY]), registered: file, today: file }

  test('serve every model that has none of their kind', () => {
    const { model } = judged(beside(text('[7]')), { criteria })

    expect(model.decision).toBe('go')
    expect(model.findings.find(({ criterion }) => criterion === 'seeds')?.answer).toMatchObject({
      path: 'acme/.github:.gonogo/records/0.yml',
    })
    expect(judged(beside(text('TODO')), { criteria }).model.decision).toBe('no-go')
    expect(judged(beside(), { criteria }).model.decision).toBe('undecided')
  })

  test('say of no model with which parameters it was trained', () => {
    const whole = '{ id: seeds, control: reproducibility, check: integrity, of: [parameters] }'
    const file = aCriteriaFile([ACCURACY, whole])
    const asked = { ...asking([ACCURACY]), registered: file, today: file }

    const { model } = judged(beside(text('[7]')), { criteria: asked })

    expect(model.findings.find(({ criterion }) => criterion === 'seeds')?.answer).toMatchObject({
      facts: [{ what: 'no_parameters' }],
    })
  })

  test('give way to a record of the model', () => {
    const source = aSource({ path: 'models/credit-risk/training.yml' })
    const record = {
      kind: 'training',
      owner: 'given',
      date: '2026-02-20',
      fields: ALL_GIVEN,
      outcome: 'completed',
      source,
    } as const
    const own = anEvidence({ path: source.path, measurements: [], records: [record] })

    const { model } = judged(beside(text('TODO')), { criteria, evidence: [anEvidence(), own] })

    expect(model.findings.find(({ criterion }) => criterion === 'seeds')?.answer).toMatchObject({
      ...{ outcome: 'met', path: source.path },
    })
  })

  test('one that names the model stands before one of all models, and one of another model serves nobody', () => {
    const asks = '{ id: dev, control: secure-development, check: record, record: secure-development }'
    const file = aCriteriaFile([ACCURACY, asks])
    const criteria = { ...asking([ACCURACY]), registered: file, today: file }
    const of = (changes: object) => aRecordText('secure-development', changes)
    const answer = (...texts: readonly string[]) =>
      judged(beside(...texts), { criteria }).model.findings.find(({ criterion }) => criterion === 'dev')
        ?.answer

    expect(answer(of({}))).toMatchObject({ outcome: 'met' })
    expect(answer(of({ model: 'credit-risk' }), of({ owner: 'TODO' }))).toMatchObject({ outcome: 'met' })
    expect(answer(of({ model: 'credit-risk', owner: 'TODO' }), of({}))).toMatchObject({
      code: 'record_unowned',
    })
    expect(answer(of({ model: 'churn' }))).toMatchObject({ code: 'no_record' })
    expect(answer(of({ model: 'churn', owner: 'TODO' }), of({}))).toMatchObject({ outcome: 'met' })
    expect(answer(of({}), of({}))).toMatchObject({ code: 'several_records' })
  })

  test('may be in the forms of others', () => {
    const asks = '{ id: asked, control: vendor-monitoring, check: record, record: caiq, controls: [AIS] }'
    const file = aCriteriaFile([ACCURACY, asks])
    const criteria = { ...asking([ACCURACY]), registered: file, today: file }
    const text = (comment: string) =>
      JSON.stringify({
        vendor: 'Parrot Models Ltd',
        answers: [{ id: 'AIS-01.1', answer: 'No', comment, reviewed: '2026-02-20' }],
      })
    const answer = (one: string) =>
      judged(beside(one), { criteria }).model.findings.find(({ criterion }) => criterion === 'asked')?.answer

    expect(answer(text('we write no code of our own'))).toMatchObject({ outcome: 'met', record: 'caiq' })
    expect(answer(text(''))).toMatchObject({ code: 'caiq_open', path: 'acme/.github:.gonogo/records/0.yml' })
  })

  test('of one kind do not give way to a record of another kind', () => {
    const asks = '{ id: dev, control: secure-development, check: record, record: secure-development }'
    const file = aCriteriaFile([ACCURACY, asks])
    const criteria = { ...asking([ACCURACY]), registered: file, today: file }
    const own = anEvidence({ measurements: [], records: [aWrittenRecord({}, { record: 'human-oversight' })] })
    const { model } = judged(beside(aRecordText('secure-development')), {
      ...{ criteria, evidence: [anEvidence(), own] },
    })

    expect(model.decision).toBe('go')
  })

  test.each([
    ['is faulty', 'gonogo: 1\nrecord: training\nownr: ada\n'],
    ['is no record', '{ "accuracy": 0.99 }'],
    [
      'is of tests that somebody ran',
      '{ "name": "s", "results": [{ "header": "a", "check": { "name": "a" } }] }',
    ],
    [
      'is of a scan of some weights',
      '{ "severity": "LIKELY_SAFE", "analysis": "none", "detailed_results": {} }',
    ],
    [
      'is of the packages of one training',
      '{ "channels": ["conda-forge"], "dependencies": ["numpy=1.26.4=py311h64a7726_0"] }',
    ],
    ['is empty', ''],
  ])('leave all undecided where one of them %s', (_, one) => {
    const { model, verdict } = judged(beside(text('[7]'), one), { criteria })

    expect(model.decision).toBe('undecided')
    expect(model.problems).toMatchObject([{ code: 'floor_faulty', file: '.gonogo/records/1.yml' }])
    expect(title(verdict)).toBe(
      "undecided: a record beside the organisation's floor cannot be read to judge credit-risk 2.4.0",
    )
  })
})

describe('what needs an approval', () => {
  const head = 'risk: low\napproach: build\ntraits: [generative]'
  const leaks = '{ id: leaks, control: data-leakage, check: metric, metric: accuracy, at_least: 0.5 }'
  const withTail = (tail: string) => {
    const file = aCriteriaFile([ACCURACY, leaks], 'c', `${head}\n${tail}`)
    return { ...asking([ACCURACY]), registered: file, today: file }
  }

  test.each<readonly [string, string]>([
    ['a required control', 'not_applicable: [{ control: prompt-injection, because: it takes no prompt }]'],
    ['another one', 'not_applicable: [{ control: extraction, because: it is public }]'],
  ])('%s: undecided while nobody has gathered approvals', (_, tail) => {
    const { model } = judged('approvals: { not_applicable: [model-risk] }', { criteria: withTail(tail) })

    expect(model.decision).toBe('undecided')
    expect(model.problems.map(({ code }) => code)).toContain('unapproved')
  })

  test('a model that its criteria of today retire', () => {
    const today = aCriteriaFile([ACCURACY], '7', 'risk: low\napproach: build\nretired: true')

    const { model } = judged({ kind: 'none' }, { criteria: { ...asking([ACCURACY]), today } })

    expect(model.decision).toBe('undecided')
    expect(model.problems.map(({ code }) => code)).toContain('unapproved')
  })
})
