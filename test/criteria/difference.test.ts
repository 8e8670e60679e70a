import { describe, expect, test } from 'vitest'
import { canonicalJson, difference } from '../../src/criteria/difference.ts'
import { ACCURACY, criteriaText, parsedCriteria } from '../support/facts.ts'

const F1 = '{ id: f1, control: performance, check: metric, metric: f1, at_least: 0.5 }'
const of = (lines: readonly string[], head?: string) => parsedCriteria(criteriaText(lines, head)).criteria

describe('what an amendment changes', () => {
  test.each<readonly [string, ReturnType<typeof of>, ReturnType<typeof of>, readonly string[]]>([
    ['nothing', of([ACCURACY]), of([ACCURACY]), []],
    ['another order', of([ACCURACY, F1]), of([F1, ACCURACY]), []],
    [
      'another order of keys',
      of([ACCURACY]),
      of(['{ at_least: 0.90, metric: accuracy, check: metric, control: performance, id: accuracy }']),
      [],
    ],
    ['one added', of([ACCURACY]), of([ACCURACY, F1]), ['f1 added']],
    ['one removed', of([ACCURACY, F1]), of([ACCURACY]), ['f1 removed']],
    ['one changed', of([ACCURACY, F1]), of([ACCURACY, F1.replace('0.5', '0.4')]), ['f1 changed']],
    ['one renamed', of([F1]), of([F1.replace('id: f1', 'id: g1')]), ['f1 removed', 'g1 added']],
    ['a setting changed', of([F1]), of([F1], 'risk: high\napproach: build'), ['(risk) changed']],
    ['a setting added', of([F1]), of([F1], 'risk: low\napproach: build\ntrust: signed'), ['(trust) added']],
    [
      'a criterion called like a setting',
      of([F1]),
      of([F1, F1.replace('id: f1', 'id: risk')]),
      ['risk added'],
    ],
    [
      'several, in order',
      of([F1]),
      of([ACCURACY], 'risk: high\napproach: buy'),
      ['(approach) changed', '(risk) changed', 'accuracy added', 'f1 removed'],
    ],
    ['no file before', undefined, of([F1]), ['f1 added']],
    ['no file after', of([F1]), undefined, ['f1 removed']],
    ['no file at all', undefined, undefined, []],
  ])('%s', (_, before, after, expected) => {
    const deviations = difference(before, after)

    expect(deviations.map(({ criterion, change }) => `${criterion} ${change}`)).toEqual(expected)
  })
})

test.each<readonly [unknown, string]>([
  [{ b: 1, a: [{ d: null, c: 'x' }] }, '{"a":[{"c":"x","d":null}],"b":1}'],
  [{ a: undefined, b: [undefined] }, '{"b":[null]}'],
  [undefined, 'null'],
  [[], '[]'],
  [{}, '{}'],
  ['"', '"\\""'],
  [0.9, '0.9'],
])('canonical JSON of %j', (value, expected) => {
  expect(canonicalJson(value)).toBe(expected)
})
