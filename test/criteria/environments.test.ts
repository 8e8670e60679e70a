import { describe, expect, test } from 'vitest'
import type { Criteria } from '../../src/criteria/criteria.ts'
import { fitsBranch, rollbackDays, sameEnvironment } from '../../src/criteria/deploy.ts'
import { type KnownModel, neededIn } from '../../src/criteria/environments.ts'
import { type Floor, parseFloor } from '../../src/criteria/floor.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { ACCURACY, criteriaText, parsedCriteria } from '../support/facts.ts'

const ABOUT = { repository: 'acme/credit', repositoryId: 7, now: '2026-03-31T12:00:00Z' }

function naming(environments: string): Criteria {
  const { criteria } = parsedCriteria(`${criteriaText([ACCURACY])}environments: ${environments}\n`)
  if (criteria === undefined) throw new Error('no criteria')
  return criteria
}

function floor(lines: string): Floor {
  const { floor: found, problems } = parseFloor(parseYaml(`gonogo: 1\n${lines}\n`, 'f'), 'f')
  if (found === undefined) throw new Error(JSON.stringify(problems))
  return found
}

const line = (more: string) => floor(`models: [{ ${more} }]`)
const one = (model: string, environments?: string): KnownModel => ({
  model,
  ...(environments !== undefined && { criteria: naming(environments) }),
})

describe('an environment needs', () => {
  test.each<readonly [string, readonly KnownModel[], Floor | undefined, readonly string[] | 'unnamed']>([
    ['nothing that nobody names', [one('a', '[staging]'), one('b')], undefined, 'unnamed'],
    [
      'each model whose criteria name it',
      [one('b', '[production]'), one('a', '[x, production]')],
      undefined,
      ['a criteria', 'b criteria'],
    ],
    ['it in any case of letters', [one('a', '[PRODUCTION]')], undefined, ['a criteria']],
    ['no model by a part of its name', [one('a', '[production-eu, produc]')], undefined, 'unnamed'],
    ['criteria that are gone', [{ ...one('a', '[production]'), gone: true }], undefined, ['a gone']],
    [
      'what the floor says of a model',
      [one('a')],
      line('repository: acme/credit, model: a, environments: [Production]'),
      ['a floor'],
    ],
    [
      'what the floor says of a model that is not there',
      [],
      line('repository: acme/credit, model: a, environments: [production]'),
      ['a floor'],
    ],
    [
      'the known models that fit a pattern',
      [one('chat-1'), one('x')],
      line('repository: acme/credit, model: "chat-*", environments: [production]'),
      ['chat-1 floor'],
    ],
    [
      'nothing of a pattern that no model fits, though it is named',
      [one('x')],
      line('repository: acme/credit, model: "chat-*", environments: [production]'),
      [],
    ],
    [
      'no unknown model of all repositories',
      [one('x')],
      line('repository: acme/*, model: a, environments: [production]'),
      [],
    ],
    [
      'a known model of all repositories',
      [one('a')],
      line('repository: acme/*, model: a, environments: [production]'),
      ['a floor'],
    ],
    [
      'a model once',
      [one('a', '[production]')],
      line('repository: acme/credit, model: "*", environments: [production]'),
      ['a criteria'],
    ],
    [
      'a model by the id',
      [one('a')],
      line('repository: 7, model: a, environments: [production]'),
      ['a floor'],
    ],
    [
      'nothing by another id',
      [one('a')],
      line('repository: 8, model: a, environments: [production]'),
      'unnamed',
    ],
    [
      'nothing for another repository',
      [one('a')],
      line('repository: acme/other, model: a, environments: [production]'),
      'unnamed',
    ],
    [
      'nothing before its day',
      [one('a')],
      line('repository: acme/credit, model: a, environments: [production], from: 2026-04-01'),
      'unnamed',
    ],
    [
      'a model from its day on',
      [one('a')],
      line('repository: acme/credit, model: a, environments: [production], from: 2026-03-31'),
      ['a floor'],
    ],
  ])('%s', (_, known, asked, expected) => {
    const { named, needed } = neededIn('production', known, asked, ABOUT)

    expect(named ? needed.map(({ model, by }) => `${model} ${by}`) : 'unnamed').toEqual(expected)
  })
})

describe('branches', () => {
  test.each<readonly [string, string, boolean]>([
    ['main', 'main', true],
    ['main', 'Main', false],
    ['main', 'main2', false],
    ['main', 'x/main', false],
    ['main', 'main/x', false],
    ['release/*', 'release/1', true],
    ['release/*', 'release/', true],
    ['release/*', 'release', false],
    ['release/*', 'release/1/evil', false],
    ['release/*', 'prerelease/1', false],
    ['*', 'anything', true],
    ['*', 'a/b', false],
    ['v*-*', 'v1-rc', true],
    ['v*-*', 'v1', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'abbbc', true],
    ['a*b*c', 'abc', true],
    ['a*bb*bc', 'abbc', false],
    ['!main', 'x', false],
    ['!main', '!main', true],
    ['#1', '#1', true],
    ['.', 'x', false],
  ])('%s fits %s: %s', (pattern, branch, expected) => {
    expect(fitsBranch(pattern, branch)).toBe(expected)
  })

  test.each(['', 'a b', '/main', 'a?', '[ab]', 'a\\b', '**', '*a*b*c*', 'a:b'])(
    '%j is no pattern',
    (pattern) => {
      const text = `gonogo: 1\ndeploy: { from: [${JSON.stringify(pattern)}] }\n`

      expect(parseFloor(parseYaml(text, 'f'), 'f').problems).toMatchObject([{ line: 2, code: 'wrong_value' }])
    },
  )
})

test('names of environments know no case', () => {
  expect(sameEnvironment('Production', 'pRODUCTION')).toBe(true)
  expect(sameEnvironment('production', 'production ')).toBe(false)
})

test('an identity may come back for as long as the floor says, or 30 days', () => {
  expect(rollbackDays(floor('deploy: { rollback: 180 days }').deploy)).toBe(180)
  expect(rollbackDays(floor('deploy: { from: [main] }').deploy)).toBe(30)
  expect(rollbackDays(undefined)).toBe(30)
})
