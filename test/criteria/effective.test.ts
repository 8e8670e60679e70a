import { describe, expect, test } from 'vitest'
import type { Criteria } from '../../src/criteria/criteria.ts'
import { type About, effective, isObserved } from '../../src/criteria/effective.ts'
import { ACCURACY, criteriaText, parsedCriteria } from '../support/facts.ts'
import { parsedFloor } from '../support/floor.ts'

const ABOUT: About = {
  repository: 'acme/credit',
  repositoryId: 7,
  model: 'credit-risk',
  began: '2026-03-01T12:00:00Z',
}

function version(head: string): Criteria {
  const { criteria } = parsedCriteria(criteriaText([ACCURACY], head))
  if (criteria === undefined) throw new Error('no criteria')
  return criteria
}

const LOW = version('risk: low\napproach: build')
const HIGH = version('risk: high\napproach: build\ntraits: [text]')

function floorOf(text: string) {
  const { floor, problems } = parsedFloor(`gonogo: 1\n${text}\n`)
  expect(problems).toEqual([])
  return floor
}

function held(floor: string | undefined, versions: readonly Criteria[] = [LOW], about: Partial<About> = {}) {
  return effective(versions, floor === undefined ? undefined : floorOf(floor), { ...ABOUT, ...about })
}

describe('without a floor', () => {
  test('the repository says what its risk is', () => {
    expect(held(undefined)).toEqual({
      ...{ risk: 'low', declared: 'low', traits: [], added: [], approaches: ['build'], later: [] },
      ...{ tier: 'ordered', trust: 'typed', required: [], criteria: [] },
    })
  })

  test('nobody says anything', () => {
    expect(held(undefined, [])).toBeUndefined()
    expect(held('enforcement: enforce', [])).toBeUndefined()
  })

  test.each(['low, high', 'high, low'])('the stricter of two versions holds: %s', (order) => {
    const versions = order === 'low, high' ? [LOW, HIGH] : [HIGH, LOW]

    expect(held(undefined, versions)).toMatchObject({ risk: 'high', traits: ['text'], trust: 'produced' })
  })
})

describe('risk and traits', () => {
  const line = (rest: string, repository = 'acme/credit', model = '"*"') =>
    `models:\n  - { repository: ${repository}, model: ${model}, ${rest} }`

  test.each<readonly [string, string, readonly Criteria[], object]>([
    ['the floor says more', line('risk: high'), [LOW], { risk: 'high', set: 'high', declared: 'low' }],
    ['the repository says more', line('risk: low'), [HIGH], { risk: 'high', set: 'low', declared: 'high' }],
    ['both say the same', line('risk: low'), [LOW], { risk: 'low', set: 'low', declared: 'low' }],
    ['no criteria', line('risk: limited'), [], { risk: 'limited', set: 'limited' }],
    [
      'traits are added',
      line('traits: [personal-data, text]'),
      [HIGH],
      { traits: ['text', 'personal-data'], added: ['personal-data'] },
    ],
    ['another repository', line('risk: high', 'acme/other'), [LOW], { risk: 'low' }],
    ['another model', line('risk: high', 'acme/credit', 'other'), [LOW], { risk: 'low' }],
    ['by id', line('risk: high', '7'), [LOW], { risk: 'high' }],
    ['by another id', line('risk: high', '8'), [LOW], { risk: 'low' }],
    [
      'not listed',
      `${line('risk: low', 'acme/other')}\nunlisted: high`,
      [LOW],
      { risk: 'high', set: 'high' },
    ],
    ['listed', `${line('risk: low')}\nunlisted: high`, [LOW], { risk: 'low', set: 'low' }],
    [
      'listed without a risk',
      `${line('traits: [text]')}\nunlisted: high`,
      [LOW],
      { risk: 'high', set: 'high', traits: ['text'] },
    ],
  ])('%s', (_, floor, versions, expected) => {
    expect(held(floor, versions)).toMatchObject(expected)
  })

  const two = (one: string, other: string) => `models:\n  - { ${one} }\n  - { ${other} }`
  const broad = 'repository: acme/*, model: "*", risk: low, traits: [text]'
  const narrow = 'repository: acme/credit, model: credit-risk, risk: high, traits: [generative]'

  test.each([
    [two(broad, narrow)],
    [two(narrow, broad)],
    [two(broad.replace('low', 'high'), narrow.replace('high', 'low'))],
  ])('of several lines the strictest risk and all traits, in whatever order', (floor) => {
    expect(held(floor)).toMatchObject({ risk: 'high', traits: ['generative', 'text'] })
  })

  test('an id that is not known may be the one that is meant', () => {
    const { repositoryId: _, ...about } = ABOUT

    expect(effective([LOW], floorOf(line('risk: high', '8')), about)).toMatchObject({ risk: 'high' })
  })

  test('and may be another one, which what is not listed holds for', () => {
    const { repositoryId: _, ...about } = ABOUT
    const floor = floorOf(`${line('risk: low', '8')}\nunlisted: high`)

    expect(effective([LOW], floor, about)).toMatchObject({ risk: 'high' })
    expect(effective([LOW], floor, { ...about, repositoryId: 8 })).toMatchObject({ risk: 'low' })
  })
})

describe('what a risk asks', () => {
  const asks = (text: string, level = 'low') =>
    `models: [{ repository: acme/*, model: "*", risk: ${level} }]\nrisk:\n  ${text}`

  test.each<readonly [string, string, readonly Criteria[], object]>([
    [
      'tier and trust that are higher',
      asks('low: { registration: started, trust: produced }'),
      [LOW],
      { tier: 'started', trust: 'produced' },
    ],
    [
      'tier and trust that are lower',
      asks('low: { registration: ordered, trust: typed }'),
      [version('risk: low\napproach: build\nregistration: witnessed\ntrust: signed')],
      { tier: 'witnessed', trust: 'signed' },
    ],
    ['of another level', asks('high: { registration: started }'), [LOW], { tier: 'ordered' }],
    [
      'of a lower level, which nobody escapes upwards',
      asks('low: { registration: started, require: [fairness] }', 'high'),
      [HIGH],
      { tier: 'started', required: ['fairness'] },
    ],
    [
      'in several parts',
      asks('low: [{ require: [fairness] }, { require: [fairness, robustness] }]'),
      [LOW],
      { required: ['fairness', 'robustness'] },
    ],
    [
      'nothing of trust, where the floor sets high',
      asks('low: { registration: ordered }', 'high'),
      [version('risk: low\napproach: build\ntrust: typed')],
      { trust: 'produced' },
    ],
    ['typed, where the floor sets high', asks('high: { trust: typed }', 'high'), [LOW], { trust: 'typed' }],
  ])('%s', (_, floor, versions, expected) => {
    expect(held(floor, versions)).toMatchObject(expected)
  })
})

describe('criteria of the floor', () => {
  const criterion = (rest: string) =>
    `criteria:\n  - { id: a, control: performance, check: metric, metric: f1, at_least: 0.5, ${rest} }`

  test.each<readonly [string, boolean, readonly Criteria[]]>([
    ['match: {}', true, [LOW]],
    ['match: { models: [credit-*, other] }', true, [LOW]],
    ['match: { models: [other] }', false, [LOW]],
    ['match: { repositories: [acme/*] }', true, [LOW]],
    ['match: { repositories: [8, other/*] }', false, [LOW]],
    ['match: { approach: [buy, build] }', true, [LOW]],
    ['match: { approach: [buy] }', false, [LOW]],
    ['match: { traits: [text, vision] }', true, [HIGH]],
    ['match: { traits: [text, vision] }', false, [LOW]],
    ['match: { risk: limited }', true, [HIGH]],
    ['match: { risk: limited }', false, [LOW]],
    ['match: { risk: limited, models: [other] }', false, [HIGH]],
    ['match: { approach: [buy] }', true, [LOW, version('risk: low\napproach: buy')]],
  ])('%s: %s', (rest, expected, versions) => {
    expect(held(criterion(rest), versions)?.criteria.map(({ id }) => id)).toEqual(expected ? ['a'] : [])
  })
})

describe('from', () => {
  const floor = `models:
  - { repository: acme/*, model: "*", risk: limited }
  - { repository: acme/*, model: "*", risk: high, traits: [text], from: 2026-03-01 }
risk:
  limited: [{ require: [fairness] }, { require: [robustness], registration: started, from: 2026-03-01 }]
criteria:
  - { id: a, control: performance, check: metric, metric: f1, at_least: 0.5, from: 2026-03-01 }`

  test.each<readonly [string, string, boolean]>([
    ['the day before', '2026-02-28T23:59:59Z', false],
    ['the first moment of the day', '2026-03-01T00:00:00Z', true],
    ['later', '2027-01-01T00:00:00Z', true],
    ['a moment that is none', 'yesterday', true],
  ])('work that began %s', (_, began, holds) => {
    const found = held(floor, [LOW], { began })

    expect(found).toMatchObject(
      holds
        ? { risk: 'high', traits: ['text'], required: ['fairness', 'robustness'], tier: 'started', later: [] }
        : { risk: 'limited', traits: [], required: ['fairness'], tier: 'ordered', criteria: [] },
    )
    expect(found?.criteria).toHaveLength(holds ? 1 : 0)
    expect(found?.later.map(({ from }) => from)).toEqual(holds ? [] : Array(3).fill('2026-03-01'))
  })

  test('until a line holds, what is not listed does', () => {
    const listed =
      'models: [{ repository: acme/*, model: "*", risk: low, from: 2026-03-01 }]\nunlisted: limited'

    expect(held(listed, [LOW], { began: '2026-02-01T00:00:00Z' })).toMatchObject({ risk: 'limited' })
    expect(held(listed)).toMatchObject({ risk: 'low' })
  })

  test('what is not listed may have its day too', () => {
    const unlisted = 'unlisted: { risk: high, from: 2026-03-01 }'

    expect(held(unlisted, [LOW], { began: '2026-02-01T00:00:00Z' })).toMatchObject({ risk: 'low' })
    expect(held(unlisted)).toMatchObject({ risk: 'high' })
  })
})

describe('observing', () => {
  test.each<readonly [string, Parameters<typeof isObserved>[1], boolean]>([
    ['enforcement: observe', {}, true],
    ['enforcement: enforce', { repositoryId: 7 }, false],
    ['observe: { repositories: [7] }', { repositoryId: 7 }, true],
    ['observe: { repositories: [7] }', { repositoryId: 8 }, false],
    ['observe: { repositories: [7] }', {}, false],
    ['observe: { property: { gonogo: observe } }', { properties: { gonogo: 'observe' } }, true],
    ['observe: { property: { gonogo: observe } }', { properties: { gonogo: ['x', 'observe'] } }, true],
    ['observe: { property: { gonogo: observe } }', { properties: { gonogo: 'enforce' } }, false],
    ['observe: { property: { gonogo: observe } }', {}, false],
    ['observe: { property: { gonogo: observe, stage: new } }', { properties: { gonogo: 'observe' } }, false],
    ['observe: { property: { toString: observe } }', { properties: {} }, false],
    ['observe: {}', { repositoryId: 7, properties: { gonogo: 'observe' } }, false],
  ])('%s, and %j: %s', (floor, about, expected) => {
    expect(isObserved(floorOf(floor), about)).toBe(expected)
  })

  test('without a floor nobody observes', () => {
    expect(isObserved(undefined, { repositoryId: 7 })).toBe(false)
  })
})
