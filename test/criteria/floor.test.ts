import { describe, expect, test } from 'vitest'
import { CHECKS } from '../../src/checks/index.ts'
import { FLOOR } from '../../src/core/paths.ts'
import { fits, ModelPattern, RepositoryPattern } from '../../src/criteria/pattern.ts'
import { parsedFloor } from '../support/floor.ts'

const METRIC = 'control: performance, check: metric, metric: accuracy, at_least: 0.9'

test('the example of the design', () => {
  const { floor, problems, lines } = parsedFloor(`gonogo: 1
enforcement: enforce             # observe: report the true verdict, block nothing
observe: { property: { gonogo: observe } }
models:
  - { repository: acme/credit, model: "*", risk: high, traits: [personal-data] }
unlisted: limited
risk:
  high: { require: [performance, fairness, robustness, human-oversight], registration: witnessed, trust: produced }
criteria:
  - { id: accuracy, ${METRIC} }
approvals: { loosen: [model-risk], waive: [model-risk], not_applicable: [model-risk] }
waivers: { longest: 90 days, never: [prompt-injection, data-integrity] }
trusted:
  workflows: [acme/credit/.github/workflows/train.yml, acme/credit/.github/workflows/validate.yml]
  signers: [{ issuer: "https://token.actions.githubusercontent.com", subject: "https://github.com/acme/train/.github/workflows/train.yml@refs/heads/main" }]
  base_models: { publishers: [meta-llama, mistralai], licences: [apache-2.0, mit] }
deploy: { from: [main, "release/*"], rollback: 180 days }
watch: ["*.bin"]
`)

  expect(problems).toEqual([])
  expect(floor).toMatchObject({ unlisted: 'limited', waivers: { longest: '90 days' } })
  expect(lines).toEqual({ accuracy: 10 })
})

test.each(Object.keys(CHECKS))(
  'a criterion of the floor may be a %s, with its day and its models',
  (check) => {
    const keys: Readonly<Record<string, string>> = {
      metric: 'metric: accuracy, at_least: 0.9',
      document: 'document: card, sections: [Use]',
      record: 'record: training',
      approval: 'count: 1',
      suite: 'tests: ["a*"], at_least: 0.9',
      lineage: 'of: [pinned]',
      attestation: 'predicate: provenance',
      scan: 'tool: modelscan',
      integrity: 'of: [data]',
      disparity: 'metric: selection_rate, across: [sex], as: ratio, at_least: 0.8',
    }
    const { floor } = parsedFloor(
      `gonogo: 1\ncriteria:\n  - { id: a, control: fairness, check: ${check}, ${keys[check] ?? 'x: 1'}, from: 2026-09-01, match: { risk: high, traits: [text] } }\n`,
    )

    expect(floor?.criteria?.[0]).toMatchObject({ check, from: '2026-09-01', match: { risk: 'high' } })
  },
)

describe('every fault has its line', () => {
  test.each<readonly [string, string, number, string, object]>([
    ['a misspelt key', 'enforcment: observe', 2, 'unknown_key', { suggestion: 'enforcement' }],
    [
      'observing by name',
      'observe: { repository: acme/a }',
      2,
      'unknown_key',
      { suggestion: 'repositories' },
    ],
    [
      'observing a name for an id',
      'observe: { repositories: [acme/a] }',
      2,
      'wrong_value',
      { wanted: 'a number' },
    ],
    [
      'observing by no property',
      'observe: { property: {} }',
      2,
      'wrong_value',
      { wanted: 'at least 1 property' },
    ],
    ['a risk', 'unlisted: hihg', 2, 'wrong_value', { suggestion: 'high' }],
    [
      'a risk of a line',
      'models:\n  - { repository: a/b, model: c, risk: hihg }',
      3,
      'wrong_value',
      { suggestion: 'high' },
    ],
    [
      'a repository without owner',
      'models:\n  - { repository: b, model: c }',
      3,
      'wrong_value',
      { found: 'b' },
    ],
    [
      'a pattern of another kind',
      'models:\n  - { repository: a/b, model: "c?" }',
      3,
      'wrong_value',
      { found: 'c?' },
    ],
    ['a control', 'risk:\n  high: { require: [fairnes] }', 3, 'wrong_value', { suggestion: 'fairness' }],
    ['a level', 'risk:\n  hihg: { require: [fairness] }', 3, 'unknown_key', { suggestion: 'high' }],
    [
      'a day that is none',
      'risk:\n  high: { trust: signed, from: 2026-02-30 }',
      3,
      'wrong_value',
      { found: '2026-02-30' },
    ],
    [
      'a signer without its issuer',
      'trusted:\n  signers: [{ subject: a }]',
      3,
      'missing_key',
      { key: 'trusted.signers.0.issuer' },
    ],
    ['a key that is none', 'trusted:\n  signers: [{ name: a, key: AAAA }]', 3, 'wrong_value', {}],
    [
      'two signers of one name',
      'trusted:\n  signers:\n    - { name: a, issuer: b, subject: c }\n    - { name: a, issuer: d, subject: e }',
      5,
      'wrong_value',
      { found: 'a' },
    ],
    ['a time in months', 'waivers: { longest: 3 months }', 2, 'wrong_value', { found: '3 months' }],
    [
      'a criterion without a bound',
      'criteria:\n  - { id: a, control: performance, check: metric, metric: f1 }',
      3,
      'wrong_value',
      {},
    ],
    [
      'an id twice',
      `criteria:\n  - { id: a, ${METRIC} }\n  - { id: a, ${METRIC} }`,
      4,
      'duplicate_id',
      { id: 'a' },
    ],
    ['an id of ours', `criteria:\n  - { id: coverage, ${METRIC} }`, 3, 'reserved_id', { id: 'coverage' }],
  ])('%s', (_, text, line, code, rest) => {
    const { problems } = parsedFloor(`gonogo: 1\n${text}\n`)

    expect(problems).toMatchObject([{ path: FLOOR, line, code, ...rest }])
  })
})

describe('patterns', () => {
  test.each<readonly [string, string, boolean]>([
    ['*', 'credit-risk', true],
    ['credit-*', 'credit-risk', true],
    ['credit', 'credit-risk', false],
    ['risk', 'credit-risk', false],
    ['acme/*', 'acme/credit', true],
    ['acme/*', 'other/credit', false],
    ['acme/credit', 'ACME/Credit', true],
    ['acme/credit', 'acme/credit-2', false],
    ['*/credit', 'acme/credit', true],
    ['*/*', 'acme/credit', true],
    ['acme/*', '', false],
  ])('%s and %s', (pattern, name, expected) => {
    expect(fits(pattern, name)).toBe(expected)
  })

  test.each(['a/**', '!a/b', 'a/b/', '#a/b', 'a/[bc]', 'a/b?', '/a/b', '*a*b*c*/d', 'a\\/b'])(
    '%s is none',
    (pattern) => {
      expect(RepositoryPattern.safeParse(pattern).success).toBe(false)
    },
  )

  test.each(['**', '!a', 'a/b', 'A', '*a*b*c*', ''])('%s is none for a model', (pattern) => {
    expect(ModelPattern.safeParse(pattern).success).toBe(false)
  })
})
