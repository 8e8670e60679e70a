import { describe, expect, test } from 'vitest'
import { fitting, labelOf, select, whyUnmeasured } from '../../src/checks/select.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { aMeasurement, aSource } from '../support/build.ts'

const test91 = aMeasurement({ value: 0.91, labels: { split: 'test', dataset: 'holdout' } })
const valid93 = aMeasurement({ value: 0.93, labels: { split: 'valid', dataset: 'holdout' } })
const f1 = aMeasurement({ metric: 'f1', value: 0.8, labels: {} })

const accuracy = (where: Readonly<Record<string, string>> = {}) => ({ metric: 'accuracy', where })

describe('exactly one', () => {
  test.each<readonly [string, ReturnType<typeof accuracy>, readonly Measurement[], Measurement]>([
    ['the only one', accuracy(), [test91], test91],
    ['by a label', accuracy({ split: 'valid' }), [test91, valid93], valid93],
    ['by two labels', accuracy({ split: 'test', dataset: 'holdout' }), [test91, valid93], test91],
    ['another metric beside it', accuracy(), [f1, test91], test91],
    ['asked by another name', { metric: 'ACC', where: {} }, [test91], test91],
    ['written by another name', accuracy(), [{ ...test91, metric: 'acc' }], { ...test91, metric: 'acc' }],
    ['by its file', accuracy({ file: test91.source.path, split: 'test' }), [test91, valid93], test91],
    ['by its format', accuracy({ format: 'json', split: 'test' }), [test91, valid93], test91],
  ])('%s', (_, asked, measurements, expected) => {
    const selected = select(asked, measurements)

    expect(selected).toEqual({ kind: 'one', observed: expected })
  })
})

describe('none', () => {
  test.each<readonly [string, ReturnType<typeof accuracy>, readonly Measurement[], readonly string[]]>([
    ['no measurement at all', accuracy(), [], []],
    ['another metric', accuracy(), [f1], ['f1']],
    [
      'the nearest names first, three at most',
      { metric: 'f11', where: {} },
      [f1, ...['f1', 'f2', 'zzzzzzzz', 'f12'].map((metric) => aMeasurement({ metric }))],
      ['f1', 'f12', 'f2'],
    ],
    [
      'another label: those that there are',
      accuracy({ split: 'train' }),
      [valid93, test91],
      ['dataset: holdout, split: test', 'dataset: holdout, split: valid'],
    ],
    ['a label that it lacks', accuracy({ split: 'test' }), [{ ...test91, labels: {} }], ['no label']],
    [
      'a label of the prototype',
      accuracy({ constructor: 'x', toString: 'y' }),
      [{ ...test91, labels: {} }],
      ['no label'],
    ],
    ['a value of another case', accuracy({ split: 'Test' }), [test91], ['dataset: holdout, split: test']],
    [
      'a metric of another name',
      { metric: 'my_metric', where: {} },
      [aMeasurement({ metric: 'My_metric' })],
      ['My_metric'],
    ],
    ['another file', accuracy({ file: 'other.json' }), [{ ...test91, labels: {} }], ['no label']],
  ])('%s', (_, asked, measurements, nearest) => {
    const selected = select(asked, measurements)

    expect(selected).toEqual({
      kind: 'none',
      answer: { code: 'no_measurement', outcome: 'undecided', asked, nearest },
    })
  })
})

describe('several', () => {
  const inFile = (path: string, given: Partial<Measurement> = {}) =>
    aMeasurement({ labels: {}, source: aSource({ path }), ...given })

  test.each<
    readonly [
      string,
      ReturnType<typeof accuracy>,
      readonly Measurement[],
      readonly Readonly<Record<string, string>>[],
    ]
  >([
    ['a label tells them apart', accuracy(), [test91, valid93], [{ split: 'test' }, { split: 'valid' }]],
    ['nothing does', accuracy(), [test91, test91], []],
    [
      'the same value twice is still two',
      accuracy(),
      [inFile('a'), inFile('b')],
      [{ file: 'a' }, { file: 'b' }],
    ],
    [
      'a label before the file',
      accuracy(),
      [inFile('a', { labels: { seed: '1' } }), inFile('b', { labels: { seed: '2' } })],
      [{ seed: '1' }, { seed: '2' }],
    ],
    [
      'a label that one lacks does not',
      accuracy(),
      [inFile('a', { labels: { seed: '1' } }), inFile('a')],
      [],
    ],
    [
      'a label with the same value does not',
      accuracy({ dataset: 'holdout' }),
      [
        { ...test91, source: aSource({ path: 'a' }), labels: { dataset: 'holdout' } },
        { ...test91, source: aSource({ path: 'b' }), labels: { dataset: 'holdout' } },
      ],
      [{ file: 'a' }, { file: 'b' }],
    ],
    [
      'the format',
      accuracy(),
      [
        aMeasurement({ labels: {}, source: aSource({ format: 'one', pointer: '/1' }) }),
        aMeasurement({ labels: {}, source: aSource({ format: 'two', pointer: '/2' }) }),
      ],
      [{ format: 'one' }, { format: 'two' }],
    ],
    [
      'three, of which two share the label',
      accuracy(),
      [
        inFile('a', { labels: { seed: '1' } }),
        inFile('b', { labels: { seed: '1' } }),
        inFile('c', { labels: { seed: '2' } }),
      ],
      [{ file: 'a' }, { file: 'b' }, { file: 'c' }],
    ],
  ])('%s', (_, asked, measurements, choose) => {
    const selected = select(asked, measurements)

    expect(selected).toMatchObject({
      kind: 'none',
      answer: { code: 'ambiguous', outcome: 'undecided', choose },
    })
  })

  test('every candidate is listed, in an order of its own', () => {
    const candidates = [inFile('b'), inFile('a', { value: 0.99 }), inFile('a', { value: 0.1 })]

    const one = select(accuracy(), candidates)
    const other = select(accuracy(), candidates.toReversed())

    expect(one).toEqual(other)
    expect(one).toMatchObject({ answer: { candidates: [{ value: 0.1 }, { value: 0.99 }, { value: 0.93 }] } })
  })

  test('what is said to choose does choose', () => {
    const measurements = [test91, valid93, f1]
    const selected = select(accuracy(), measurements)
    const choices =
      selected.kind === 'none' && selected.answer.code === 'ambiguous' ? selected.answer : undefined

    const chosen = choices?.choose.map((where) => select(accuracy(where), measurements))

    expect(chosen).toEqual(choices?.candidates.map((observed) => ({ kind: 'one', observed })))
  })
})

test('a file cannot pretend to be another one', () => {
  const labelled = aMeasurement({ labels: { file: 'mine', format: 'signed' } })

  expect(labelOf(labelled, 'file')).toBe(labelled.source.path)
  expect(labelOf(labelled, 'format')).toBe(labelled.source.format)
  expect(fitting({ metric: 'accuracy', where: { file: 'mine' } }, [labelled])).toEqual([])
  expect(labelOf(labelled, 'hasOwnProperty')).toBeUndefined()
})

describe('why rows do not come to it', () => {
  const whole = { metric: 'calibration_slope', labels: { dataset: 'holdout' }, why: 'separated' } as const
  const women = {
    ...{ metric: 'calibration_slope', labels: { dataset: 'holdout', sex: 'F' }, within: ['sex'] },
    why: 'one_class',
  } as const
  test.each<readonly [string, Readonly<Record<string, string>>, string | undefined]>([
    ['of the whole, though a group is first', {}, 'separated'],
    ['of a group', { sex: 'F' }, 'one_class'],
    ['of another group', { sex: 'M' }, undefined],
    ['of another dataset', { dataset: 'other' }, undefined],
  ])('%s', (_, where, why) => {
    expect(whyUnmeasured({ metric: 'calibration_slope', where }, [women, whole])).toBe(why)
  })

  test('of another metric, and of a group where the whole was asked for, is not why', () => {
    expect(whyUnmeasured({ metric: 'roc_auc', where: {} }, [whole])).toBeUndefined()
    expect(whyUnmeasured({ metric: 'calibration_slope', where: {} }, [women])).toBeUndefined()
  })
})
