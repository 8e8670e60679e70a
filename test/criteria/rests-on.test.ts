import { describe, expect, test } from 'vitest'
import { answer, Criterion } from '../../src/checks/index.ts'
import { asksCover, restsOn } from '../../src/criteria/rests-on.ts'
import { aMeasurement, aSource } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'

const file = (path: string, metric: string, labels: Readonly<Record<string, string>> = {}) =>
  anEvidence({ path, measurements: [aMeasurement({ metric, labels, source: aSource({ path }) })] })

const EVIDENCE = [
  file('accuracy.json', 'accuracy', { dataset: 'holdout' }),
  file('train.json', 'accuracy', { dataset: 'train' }),
  file('recall.json', 'recall'),
  file('women.json', 'selection_rate', { sex: 'f' }),
  file('men.json', 'selection_rate', { sex: 'm' }),
  file('others.json', 'selection_rate', { sex: 'x' }),
  anEvidence({
    ...{ path: 'tests.xml', measurements: [] },
    records: [
      {
        ...{ kind: 'suite', suite: 'stress', source: aSource({ path: 'tests.xml' }) },
        tests: [{ name: 'a', outcome: 'passed', pointer: '' }],
      },
    ],
  }),
]

const criterion = (given: object) =>
  Criterion.parse({
    id: 'm',
    control: 'performance',
    check: 'metric',
    metric: 'recall',
    at_least: 0.1,
    ...given,
  })

test.each<readonly [string, readonly object[], readonly string[]]>([
  ['the file of a number', [{ metric: 'accuracy', dataset: 'holdout' }], ['accuracy.json']],
  ['also where it is missed', [{ at_least: 0.99999 }], ['recall.json']],
  ['nothing that is advisory', [{ blocking: false }], []],
  ['all that an unclear criterion could mean', [{ metric: 'accuracy' }], ['accuracy.json', 'train.json']],
  ['nothing that is not there', [{ metric: 'f1' }], []],
  [
    'several criteria',
    [{ dataset: undefined }, { metric: 'accuracy', dataset: 'train' }],
    ['recall.json', 'train.json'],
  ],
])('%s', (_, given, expected) => {
  expect(restsOn(given.map(criterion), aContext([], { evidence: EVIDENCE }))).toEqual(expected)
})

test('a suite, and every file with the groups that are compared', () => {
  const gap = Criterion.parse({
    ...{ id: 'g', control: 'fairness', check: 'disparity', metric: 'selection_rate', across: ['sex'] },
    ...{ as: 'ratio', at_least: 0.8 },
  })
  const suite = Criterion.parse({ id: 's', control: 'robustness', check: 'suite', suite: 'stress' })

  expect(restsOn([gap, suite], aContext([], { evidence: EVIDENCE }))).toEqual([
    ...['men.json', 'others.json', 'tests.xml', 'women.json'],
  ])
})

test('also the file of a group that is too near to all others to be named', () => {
  const rates = { a: 0.1, b: 0.1, c: 0.1, d: 0.1, e: 0.5, f: 0.9, g: 0.9, h: 0.9, i: 0.9 }
  const evidence = Object.entries(rates).map(([group, value]) => {
    const path = `${group}.json`
    const one = aMeasurement({
      ...{ metric: 'selection_rate', value, labels: { region: group }, source: aSource({ path }) },
    })
    return anEvidence({ path, measurements: [one] })
  })
  const gap = Criterion.parse({
    ...{ id: 'g', control: 'fairness', check: 'disparity', metric: 'selection_rate', across: ['region'] },
    ...{ as: 'ratio', at_least: 0.8 },
  })
  const context = aContext([], { evidence })

  expect(JSON.stringify(answer(gap, context))).not.toContain('e.json')
  expect(restsOn([gap], context)).toEqual(Object.keys(rates).map((group) => `${group}.json`))
})

describe('in a verdict', () => {
  const asks = {
    id: 'r',
    control: 'documentation',
    check: 'record',
    record: 'test-report',
    covers: 'evidence',
  }

  test('only where a criterion asks for it', () => {
    expect(asksCover([criterion({})])).toBe(false)
    expect(asksCover([criterion({}), Criterion.parse(asks)])).toBe(true)
    const { covers: _, ...without } = asks
    expect(asksCover([Criterion.parse(without)])).toBe(false)
  })
})
