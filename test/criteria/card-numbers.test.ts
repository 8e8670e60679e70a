import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import type { StatedNumber } from '../../src/core/record.ts'
import { cardNumbers } from '../../src/criteria/card-numbers.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aMeasurement, aSource } from '../support/build.ts'

function aFile(path: string, measurements: readonly Measurement[], given: Partial<Evidence> = {}): Evidence {
  return { path, trust: 'typed', about: 'candidate', measurements, records: [], problems: [], ...given }
}

/** What contradicts the evidence. */
const cardDisagrees = (...given: Parameters<typeof cardNumbers>) => cardNumbers(...given).problems

const measured = (given: Partial<Measurement> = {}) =>
  aFile('metrics.json', [
    aMeasurement({ value: 0.9127, source: aSource({ path: 'metrics.json' }), ...given }),
  ])

function aCard(numbers: readonly Partial<StatedNumber>[], given: Partial<Evidence> = {}): Evidence {
  const whole = numbers.map((one) => ({
    ...{ metric: 'accuracy', value: 0.91, rounding: 0.005, percent: false, line: 7 },
    ...one,
  }))
  const source = aSource({ path: 'CARD.md' })
  return aFile('CARD.md', [], {
    document: 'model-card',
    records: [{ kind: 'document', sections: [], numbers: whole, source }],
    ...given,
  })
}

const anIndex = (given: Partial<Measurement>): Evidence =>
  aFile('README.md', [aMeasurement(given)], { format: 'hf-model-index' })

const aBill = (given: Partial<Measurement>): Evidence =>
  aFile('bom.json', [aMeasurement(given)], { format: 'cyclonedx' })

describe('a card', () => {
  test.each<readonly [string, readonly Evidence[]]>([
    ['that rounds', [measured(), aCard([{ value: 0.91 }])]],
    ['in percent', [measured(), aCard([{ value: 91.3, rounding: 0.05, percent: true }])]],
    ['in percent, unsaid', [measured(), aCard([{ value: 91.3, rounding: 0.05 }])]],
    [
      'of what is measured in percent',
      [measured({ value: 91.27, unit: 'percent' }), aCard([{ value: 0.913, rounding: 0.0005 }])],
    ],
    [
      'that is one of several',
      [measured({ labels: { sex: 'F' } }), measured({ value: 0.8 }), aCard([{ value: 0.8 }])],
    ],
    ['of a metric that nobody measured', [measured({ metric: 'f1' }), aCard([{}])]],
    ['alone', [aCard([{ value: 0.5 }])]],
    ['with an index of other data', [measured(), anIndex({ value: 0.5, labels: { dataset: 'glue' } })]],
    [
      'with an index that agrees',
      [measured(), anIndex({ value: 0.913, unit: 'unknown', labels: { dataset: 'holdout' } })],
    ],
    ['about the base model', [measured(), aCard([{ value: 0.5 }], { about: 'base' })]],
  ])('%s says nothing else', (_, evidence) => {
    expect(cardDisagrees(evidence)).toEqual([])
  })

  test('that states more than was measured', () => {
    expect(cardDisagrees([measured(), aCard([{ value: 0.92 }])])).toEqual([
      {
        ...{ path: 'CARD.md', line: 7, code: 'card_disagrees', metric: 'accuracy' },
        ...{ stated: '0.92', measured: 0.9127, evidence: 'metrics.json' },
      },
    ])
  })

  test.each<readonly [string, readonly Evidence[], string]>([
    ['by the last digit', [measured(), aCard([{ value: 0.912, rounding: 0.0005 }])], '0.912'],
    ['in percent', [measured(), aCard([{ value: 91, rounding: 0.05, percent: true }])], '91%'],
    ['in its index', [measured(), anIndex({ value: 0.95, labels: {} })], '0.95'],
    ['in a bill of materials', [measured(), aBill({ value: 0.95, labels: {} })], '0.95'],
    [
      'of a slice that is measured',
      [measured({ labels: { sex: 'F' } }), aBill({ value: 0.5, labels: { slice: 'sex: F', sex: 'F' } })],
      '0.5',
    ],
    ['as another spelling', [measured({ metric: 'acc' }), aCard([{ value: 0.5 }])], '0.5'],
    [
      'and another card does not make it true',
      [measured(), anIndex({ value: 0.5, labels: { dataset: 'x' } }), aCard([{ value: 0.5 }])],
      '0.5',
    ],
  ])('that is off %s', (_, evidence, stated) => {
    expect(cardDisagrees(evidence).map((problem) => 'stated' in problem && problem.stated)).toEqual([stated])
  })

  describe('where the whole and its groups are measured', () => {
    const of = (value: number, labels: Measurement['labels'] = {}, more: Partial<Measurement> = {}) =>
      aMeasurement({ value, labels, source: aSource({ path: 'metrics.json' }), ...more })
    const WHOLE_AND_GROUPS = aFile('metrics.json', [
      of(0.91, { dataset: 'holdout' }),
      of(0.96, { dataset: 'holdout', sex: 'F' }, { within: ['sex'] }),
      of(0.88, { dataset: 'holdout', sex: 'M' }, { within: ['sex'] }),
      of(0.7, { dataset: 'shifted' }),
      of(0.4, { dataset: 'holdout', epsilon: '0.03' }),
    ])
    const holds = { rounding: 0.005 }
    const best = { value: 0.96, ...holds }

    test.each<readonly [string, Evidence]>([
      ['the whole', aCard([{ value: 0.91, ...holds }])],
      ['the whole of other data', aCard([{ value: 0.7, ...holds }])],
      ['a group by its name', aCard([{ ...best, of: 'F' }])],
      ['a group in words that say it', aCard([{ ...best, of: 'Sex: F' }])],
      ['a group in the heading', aCard([{ ...best, under: 'Results for sex F' }])],
      ['the whole under the heading of a group', aCard([{ value: 0.91, ...holds, under: 'Of F and all' }])],
      ['the data in the row', aCard([{ value: 0.91, ...holds, on: 'holdout' }])],
      ['the data as a part', aCard([{ value: 0.91, ...holds, of: 'holdout' }])],
      ['a group in an index', anIndex({ value: 0.96, labels: { dataset: 'holdout', sex: 'F' } })],
    ])('naming %s says nothing else', (_, card) => {
      expect(cardDisagrees([WHOLE_AND_GROUPS, card])).toEqual([])
    })

    test.each<readonly [string, Evidence, object]>([
      ["the best group's", aCard([best]), { stated: '0.96', measured: 0.91, only: { sex: 'F' } }],
      [
        "the best group's in percent",
        aCard([{ value: 96, rounding: 0.5, percent: true }]),
        { only: { sex: 'F' } },
      ],
      ["the best group's, of the data", aCard([{ ...best, on: 'Holdout' }]), { only: { sex: 'F' } }],
      [
        "the best group's under any heading",
        aCard([{ ...best, under: '4. Evaluation' }]),
        { only: { sex: 'F' } },
      ],
      ["another group's", aCard([{ ...best, of: 'M' }]), { measured: 0.88, only: { sex: 'F' } }],
      [
        "the best group's in an index",
        anIndex({ value: 0.96, labels: { dataset: 'holdout' } }),
        { only: { sex: 'F' } },
      ],
      ["the best group's in a bill of materials", aBill({ value: 0.96, labels: {} }), { only: { sex: 'F' } }],
      ['nobody', aCard([{ value: 0.99, ...holds }]), { measured: 0.91 }],
      ['how it was measured', aCard([{ value: 0.4, ...holds }]), { only: { epsilon: '0.03' } }],
    ])('%s is another number', (_, card, expected) => {
      const [problem, more] = cardDisagrees([WHOLE_AND_GROUPS, card])

      expect(problem).toMatchObject({ code: 'card_disagrees', evidence: 'metrics.json', ...expected })
      expect(problem && 'only' in problem).toBe('only' in expected)
      expect(more).toBeUndefined()
    })

    test('where only groups are measured no number is one of the whole', () => {
      const groups = aFile('metrics.json', [of(0.96, { sex: 'F' }), of(0.88, { sex: 'M' })])
      const told = { parts: ['sex: F', 'sex: M'], evidence: 'metrics.json' }

      expect(cardDisagrees([groups, aCard([best])])).toMatchObject([{ ...told, only: { sex: 'F' } }])
      expect(cardDisagrees([groups, aCard([{ value: 0.92, ...holds }])])).toMatchObject([told])
      expect(cardDisagrees([groups, aCard([{ ...best, of: 'F' }])])).toEqual([])
    })

    test('a label that all have alike parts nothing', () => {
      const one = aFile('metrics.json', [
        of(0.96, { site: 'Oslo' }),
        of(0.4, { site: 'Oslo', attack: 'fgsm' }),
      ])

      expect(cardDisagrees([one, aCard([best])])).toEqual([])
      expect(cardDisagrees([one, aCard([best])], { grouped: ['site'] })).toHaveLength(1)
    })

    test.each<readonly [string, Evidence]>([
      ['in a column of groups', aCard([{ ...best, of: 'women' }])],
      ['in a column of its label', aCard([{ ...best, beside: [{ column: 'sex', cell: 'X' }] }])],
      ['in an index', anIndex({ value: 0.96, labels: { sex: 'X' } })],
      ['by a label of its own', anIndex({ value: 0.96, labels: { site: 'F' } })],
      ['as a slice', aBill({ value: 0.96, labels: { slice: 'fr' } })],
      ['as a slice of the data', aBill({ value: 0.96, labels: { slice: 'fr', dataset: 'holdout' } })],
      ['in a line', aCard([{ ...best, label: 'accuracy (sex X)' }])],
    ])('a group that nobody measured has no number: %s', (_, card) => {
      expect(cardDisagrees([WHOLE_AND_GROUPS, card])).toMatchObject([
        { of: expect.any(String), parts: ['epsilon: 0.03', 'sex: F', 'sex: M'], only: { sex: 'F' } },
      ])
    })

    test("a group's number is none within another group", () => {
      const within = aFile('metrics.json', [
        ...[of(0.9), of(0.91, { sex: 'F' }), of(0.88, { sex: 'M' }), of(0.85, { age: 'old' })],
        of(0.99, { sex: 'F', age: 'old' }),
      ])
      const ofSex = (value: number, cell: string, more: object = {}) =>
        aCard([{ value, ...holds, beside: [{ column: 'sex', cell }], ...more }])

      expect(cardDisagrees([within, ofSex(0.91, 'F')])).toEqual([])
      expect(cardDisagrees([within, ofSex(0.99, 'F')])).toMatchObject([
        { of: 'sex: F', measured: 0.91, only: { sex: 'F', age: 'old' } },
      ])
      expect(cardDisagrees([within, aCard([{ value: 0.99, ...holds, of: 'F' }])])).toHaveLength(1)
      expect(cardDisagrees([within, aCard([{ value: 0.99, ...holds, of: 'F, old' }])])).toEqual([])
      expect(cardDisagrees([within, aCard([{ value: 0.91, ...holds, of: 'F, old' }])])).toHaveLength(1)
    })

    test('a part of what its file measures is none of the whole, were it the only one', () => {
      const one = aFile('metrics.json', [of(0.96, { sex: 'F' }, { within: ['sex'] })])

      expect(cardDisagrees([one, aCard([best])])).toMatchObject([{ parts: ['sex: F'] }])
    })

    test('a number in a sentence is no group', () => {
      const married = aFile('metrics.json', [of(0.9), of(0.8, { married: '1' })])
      const said = (under: string) => cardDisagrees([married, aCard([{ value: 0.8, ...holds, under }])])

      expect(said('accuracy of 0.8 in 1 region')).toHaveLength(1)
      expect(said('accuracy of 0.8 for married 1')).toEqual([])
    })

    test('what names no data is not of data that is named, where that was measured', () => {
      const both = aFile('metrics.json', [of(0.91, { dataset: 'holdout' }), of(0.7)])

      expect(cardDisagrees([both, aCard([{ value: 0.7, ...holds, on: 'holdout' }])])).toMatchObject([
        { measured: 0.91 },
      ])
      expect(cardDisagrees([both, aCard([{ value: 0.7, ...holds, on: 'another' }])])).toEqual([])
    })

    test('a name within a longer one is another', () => {
      const exams = aFile('metrics.json', [
        of(0.93, { dataset: 'exam' }),
        of(0.88, { dataset: 'exam-noisy' }),
      ])
      const on = (value: number, text: string) =>
        cardDisagrees([exams, aCard([{ value, ...holds, on: text }])])

      expect([on(0.93, 'exam'), on(0.88, 'exam-noisy')]).toEqual([[], []])
      expect(on(0.93, 'exam-noisy')).toMatchObject([{ measured: 0.88 }])
      expect(on(0.88, 'our exam')).toMatchObject([{ measured: 0.93 }])
    })

    test('what only runs were measured for is what they come to on average', () => {
      const runs = aFile('metrics.json', [of(0.8, { seed: '1' }), of(0.9, { seed: '2' })])

      expect(cardDisagrees([runs, aCard([{ value: 0.85, ...holds }])])).toEqual([])
      expect(cardDisagrees([runs, aCard([{ value: 0.9, ...holds }])])).toMatchObject([{ measured: 0.85 }])
    })
  })

  describe('with a table by groups that is not called so', () => {
    const of = (value: number, labels: Measurement['labels'] = {}) =>
      aMeasurement({ value, labels, source: aSource({ path: 'metrics.json' }) })
    const BY_LANGUAGE = aFile('metrics.json', [
      of(0.95),
      of(0.92, { language: 'nn' }),
      of(0.97, { language: 'nb' }),
      of(0.61, { corruption: 'blur' }),
    ])
    const card = (...rows: readonly string[]) => {
      const { reading } = readEvidence(Buffer.from(`# Card\n\n${rows.join('\n')}\n`), 'CARD.md', 'f00d')
      return aFile('CARD.md', reading.measurements, { ...reading, document: 'model-card' })
    }
    const saidOf = (evidence: readonly Evidence[], grouped?: readonly string[]) =>
      cardDisagrees(evidence, {
        called: ['letters', '1.2.0', 'letters 1.2.0'],
        ...(grouped && { grouped }),
      }).map((one) => ('stated' in one ? [one.stated, 'measured' in one ? one.measured : one.of] : one))

    test.each<readonly [string, readonly string[], readonly unknown[]]>([
      [
        'one of which is better than measured',
        ['| language | accuracy |', '|---|---|', '| nn | 0.99 |', '| nb | 0.97 |'],
        [['0.99', 0.92]],
      ],
      ['in one row', ['| Language | accuracy |', '|---|---|', '| nn | 0.95 |'], [['0.95', 0.92]]],
      ['all as measured', ['| language | accuracy |', '|---|---|', '| nn | 0.92 |', '| nb | 0.97 |'], []],
      [
        'with the whole',
        ['| language | accuracy |', '|---|---|', '| nn | 0.92 |', '| all | 0.97 |'],
        [['0.97', 0.95]],
      ],
      [
        "one with another one's number",
        ['| language | accuracy |', '|---|---|', '| nn | 0.97 |', '| nb | 0.92 |'],
        [
          ['0.97', 0.92],
          ['0.92', 0.97],
        ],
      ],
      [
        'by a head of its own, with the names of the groups',
        ['| Written form | accuracy |', '|---|---|', '| NN | 0.99 |', '| nb | 0.97 |'],
        [['0.99', 0.92]],
      ],
      [
        'a column each',
        ['| language | nn | nb |', '|---|---|---|', '| accuracy | 0.99 | 0.97 |'],
        [['0.99', 0.92]],
      ],
      [
        'a column each, under a metric',
        ['| Metric | nn | nb |', '|---|---|---|', '| accuracy | 0.92 | 0.99 |'],
        [['0.99', 0.97]],
      ],
      [
        'in three columns',
        ['| language | metric | value |', '|---|---|---|', '| nn | accuracy | 0.99 |'],
        [['0.99', 0.92]],
      ],
      [
        'by how it was measured',
        ['| corruption | accuracy |', '|---|---|', '| blur | 0.91 |', '| fog | 0.3 |'],
        [['0.91', 0.61]],
      ],
      ['of models', ['| model | accuracy |', '|---|---|', '| nn | 0.5 |', '| theirs | 0.3 |'], []],
      ['of what nobody knows', ['| vendor | accuracy |', '|---|---|', '| a | 0.5 |', '| x | 0.3 |'], []],
    ])('%s', (_, rows, expected) => {
      expect(saidOf([BY_LANGUAGE, card(...rows)])).toEqual(expected)
    })

    test('a group that only criteria name is one', () => {
      const rows = ['| site | accuracy |', '|---|---|', '| Oslo | 0.99 |', '| Bergen | 0.95 |']

      expect(saidOf([BY_LANGUAGE, card(...rows)])).toEqual([])
      expect(saidOf([BY_LANGUAGE, card(...rows)], ['site'])).toEqual([
        ['0.99', 'site: Oslo'],
        ['0.95', 'site: Bergen'],
      ])
    })

    test('a number that stands for a group is none of its names', () => {
      const married = aFile('metrics.json', [of(0.9), of(0.8, { married: '1' })])

      expect(
        saidOf([married, card('| seed | accuracy |', '|---|---|', '| 1 | 0.5 |', '| 2 | 0.6 |')]),
      ).toEqual([])
      expect(
        saidOf([married, card('| married | accuracy |', '|---|---|', '| 1 | 0.5 |', '| 0 | 0.9 |')]),
      ).toEqual([
        ['0.5', 0.8],
        ['0.9', 'married: 0'],
      ])
    })

    test.each<readonly [string, readonly string[], readonly unknown[]]>([
      ['a part in brackets', ['- Accuracy (nn): 0.99'], [['0.99', 0.92]]],
      ['a part in brackets, as measured', ['- Accuracy (nn): 0.92', '- Accuracy (nb): 97%'], []],
      ['the number of another part', ['- Accuracy (nn): 0.97'], [['0.97', 0.92]]],
      ['the number of the whole for a part', ['- Accuracy (nn): 0.95'], [['0.95', 0.92]]],
      ['a part before the metric', ['- nn accuracy: 0.99'], [['0.99', 0.92]]],
      ['a part behind the number', ['- Accuracy: 0.99 (nn)'], [['0.99', 0.92]]],
      ['a part that nobody measured', ['- Accuracy (language: se): 0.97'], [['0.97', 'language: se']]],
      ['parts under their metric', ['Accuracy:', '', '- nn: 0.92', '- nb: 0.99'], [['0.99', 0.97]]],
      ['what is no part under a metric', ['Accuracy:', '', '- threshold: 0.5'], []],
      ['the whole', ['- Accuracy: 0.95'], []],
      ['the whole with a number of a part', ['- Accuracy: 0.97'], [['0.97', 0.95]]],
      ['how it was measured', ['- Accuracy (blur): 0.61', '- Accuracy (blur): 0.95'], [['0.95', 0.61]]],
      ['a sentence', ['It reaches an accuracy of 0.99.'], [['0.99', 0.95]]],
      ['a sentence with a number of a part', ['It reaches an accuracy of 97%.'], [['97%', 0.95]]],
      ['a sentence that names a part', ['In nb it reaches an accuracy of 97%.'], []],
      ['a sentence that names another', ['In nn it reaches an accuracy of 97%.'], [['97%', 0.95]]],
      ['parts one after another', ['Accuracies of 0.92 and 0.97 for nn and nb, an accuracy of 0.95.'], []],
      ['another metric', ['F1 (macro): 0.8 and top-5 accuracy: 0.99'], []],
      [
        'a cell that names metric and part',
        ['| metric | value |', '|---|---|', '| accuracy (nn) | 0.99 |'],
        [['0.99', 0.92]],
      ],
      [
        'a head that names metric and part',
        ['| model | accuracy nn |', '|---|---|', '| ours | 0.99 |'],
        [['0.99', 0.92]],
      ],
      ['numbers of two parts', ['Accuracy is 0.92 for nn and 0.97 for nb.'], []],
      [
        'numbers of two parts, swapped',
        ['Accuracy is 0.97 for nn and 0.92 for nb.'],
        [
          ['0.97', 0.92],
          ['0.92', 0.97],
        ],
      ],
      ['parts in brackets behind the whole', ['Accuracy was 0.95 (nn: 0.92, nb: 0.97).'], []],
      ['parts in brackets', ['Accuracy by language (nn: 0.98, nb: 0.97)'], [['0.98', 0.92]]],
      ['a part that follows', ['Accuracy for nn is 0.92, and for nb 0.99.'], [['0.99', 0.97]]],
      ['what follows and is no part', ['Accuracy is 0.95, and for NOK 0.99 it writes a letter.'], []],
      ['other data', ['- Validation accuracy: 0.99', '- Training accuracy: 0.999'], []],
      [
        'rows of other data',
        ['| Split | accuracy |', '|---|---|', '| train | 0.99 |', '| test | 0.95 |'],
        [],
      ],
      ['what may be under attack', ['With blurred pictures the accuracy is 0.61.'], []],
      [
        'what nobody attacked',
        ['In an attack the accuracy is 0.4.', '- Accuracy (adversarial): 0.95'],
        [
          ['0.4', 0.61],
          ['0.95', 0.61],
        ],
      ],
      ['what stands under a heading of others', ['## Baselines', '', '- Accuracy: 0.5'], []],
      [
        'data of elsewhere',
        [
          'In external validation the accuracy was 0.7.',
          '| Dataset | accuracy |',
          '|-|-|',
          '| External: Bergen | 0.7 |',
        ].slice(0, 1),
        [],
      ],
      ['another version', ['Version 0.9 had an accuracy of 0.7.'], []],
      ['this version', ['Version 1.2.0 has an accuracy of 0.7.'], [['0.7', 0.95]]],
      ['an attack in a column', ['| Attack | Metric | Value |', '|-|-|-|', '| FGSM | accuracy | 0.7 |'], []],
      ['a heading', ['### Accuracy: 99%'], [['99%', 0.95]]],
      [
        'a row of this model',
        ['| model | accuracy |', '|---|---|', '| theirs | 0.5 |', '| Letters 1.2.0 | 0.99 |'],
        [['0.99', 0.95]],
      ],
      [
        'a row of this model, as measured',
        ['| model | accuracy |', '|---|---|', '| ours | 0.95 |', '| theirs | 0.5 |'],
        [],
      ],
    ])('in words: %s', (_, lines, expected) => {
      expect(saidOf([BY_LANGUAGE, card(...lines)])).toEqual(expected)
    })
  })

  describe('that states what only another name, threshold or average has', () => {
    const of = (metric: string, value: number, labels: Measurement['labels'] = {}) =>
      aMeasurement({ metric, value, labels, source: aSource({ path: 'metrics.json' }) })
    const measuredAs = (...all: readonly Measurement[]) => aFile('metrics.json', all)
    const saidOf = (evidence: Evidence, ...lines: readonly string[]) => {
      const { reading } = readEvidence(Buffer.from(`# Card\n\n${lines.join('\n')}\n`), 'CARD.md', 'f00d')
      const card = aFile('CARD.md', reading.measurements, { ...reading, document: 'model-card' })
      return cardDisagrees([evidence, card]).map((one) => ('stated' in one ? one.stated : one))
    }

    test('an attack is held to what was measured of the attack', () => {
      const attacked = measuredAs(
        ...[of('roc_auc', 0.82), of('accuracy', 0.83), of('attack_auc', 0.53)],
        of('robust_accuracy', 0.71, { corruption: 'stale_bureau' }),
      )

      expect(saidOf(attacked, 'The best membership inference attack had an AUC of 0.53.')).toEqual([])
      expect(saidOf(attacked, 'The best membership inference attack had an AUC of 0.55.')).toEqual(['0.55'])
      expect(saidOf(attacked, '## Membership inference', '', '- AUC: 0.53')).toEqual([])
      expect(saidOf(attacked, 'With stale bureau data the accuracy is 0.71.')).toEqual([])
      expect(saidOf(attacked, '- Accuracy (stale bureau): 0.83')).toEqual(['0.83'])
      expect(saidOf(attacked, 'The accuracy is 0.71.')).toEqual(['0.71'])
    })

    test('an average of classes is called by its word', () => {
      const report = measuredAs(
        ...[
          of('f1', 0.9, { class: 'a' }),
          of('f1', 0.6, { class: 'b' }),
          of('f1', 0.75, { class: 'macro avg' }),
        ],
        of('f1', 0.8, { class: 'weighted avg' }),
      )

      expect(saidOf(report, '- Macro F1: 0.75', '- F1 (weighted): 0.8', 'A macro F1 of 0.75.')).toEqual([])
      expect(saidOf(report, '- Macro F1: 0.9', '- F1 (macro): 0.96', 'A weighted F1 of 0.98.')).toEqual([
        ...['0.9', '0.96', '0.98'],
      ])
      expect(saidOf(report, '| Class | F1 |', '|-|-|', '| a | 0.9 |', '| macro avg | 0.80 |')).toEqual([
        '0.8',
      ])
    })

    test('a number at a threshold is the one at that threshold', () => {
      const curve = measuredAs(
        of('recall', 0.61, { threshold: '0.5' }),
        of('recall', 0.82, { threshold: '0.20' }),
      )

      expect(
        saidOf(curve, 'At a threshold of 0.5 recall is 0.61, at a threshold of 0.2 recall is 0.82.'),
      ).toEqual([])
      expect(saidOf(curve, 'At a threshold of 0.5 recall is 0.82.')).toEqual(['0.82'])
      expect(saidOf(curve, '| Threshold | Recall |', '|-|-|', '| 0.5 | 0.82 |', '| 0.2 | 0.82 |')).toEqual([
        '0.82',
      ])
      expect(saidOf(curve, 'At a threshold of 0.7 recall is 0.3.')).toEqual([])
    })

    test('where nobody divides the data no part was measured', () => {
      const whole = measuredAs(of('f1', 0.8))

      expect(saidOf(whole, '| Class | F1 |', '|-|-|', '| a | 0.97 |', '| b | 0.99 |')).toEqual([])
      expect(
        saidOf(whole, '| Dataset | F1 |', '|-|-|', '| External: Bergen | 0.7 |', '| ours | 0.99 |'),
      ).toEqual(['0.99'])
      expect(saidOf(whole, 'With 10% noise F1 is 0.7.', 'F1 under FGSM: 0.6')).toEqual([])
    })

    test('a column or a row that is called as the data is of them', () => {
      const exam = measuredAs(of('f1', 0.8, { dataset: 'holdout-2026' }))

      expect(saidOf(exam, '| measure | holdout-2026 | train |', '|-|-|-|', '| F1 | 0.97 | 0.99 |')).toEqual([
        '0.97',
      ])
      expect(saidOf(exam, '| set | F1 |', '|-|-|', '| holdout-2026 | 0.97 |', '| x | 0.99 |')).toEqual([
        '0.97',
      ])
      expect(saidOf(exam, '| set | F1 |', '|-|-|', '| holdout-2026 | 0.8 |', '| x | 0.99 |')).toEqual([])
    })
  })

  describe('a sentence that may be about something else', () => {
    const evidence = aFile('metrics.json', [
      aMeasurement({ value: 0.9, labels: { dataset: 'holdout-2026' } }),
      aMeasurement({ metric: 'recall', value: 0.8 }),
      aMeasurement({ metric: 'true_negative_rate', value: 0.7 }),
    ])
    const numbersOf = (...lines: readonly string[]) => {
      const { reading } = readEvidence(Buffer.from(`# Card\n\n${lines.join('\n')}\n`), 'CARD.md', 'f00d')
      const card = aFile('CARD.md', reading.measurements, { ...reading, document: 'model-card' })
      const { problems, unproved } = cardNumbers([evidence, card], { called: ['letters', 'letters 2.0.0'] })
      return [problems.map((one) => 'stated' in one && one.stated), unproved.map(({ stated }) => stated)]
    }

    test.each([
      'In patients over 80 the accuracy is 0.97.',
      'Removing three variables, the accuracy is 0.97.',
      'NEWS2, with its own cut-off, has an accuracy of 0.97.',
      'Patients over 80: accuracy 0.97',
      '- Accuracy (se): 0.97',
      'NEWS2 has a recall of 80% and an accuracy of 0.97.',
      '## Performance in patients over 80\n\nThe accuracy is 0.97.',
    ])('is said, and contradicts nothing: %s', (text) => {
      expect(numbersOf(text)).toEqual([[], ['0.97']])
    })

    test.each([
      'It reaches an accuracy of 0.97.',
      'On the held-out test set of May 2026 our model reached an excellent accuracy of 0.97!',
      'Letters 2.0.0 has an accuracy of 0.97 on holdout-2026.',
      'Results: accuracy is 0.97.',
      '- Accuracy: 0.97',
      '## Evaluation of letters\n\nThe accuracy is 0.97.',
    ])('is plain: %s', (text) => {
      expect(numbersOf(text)).toEqual([['0.97'], []])
    })

    test('under a heading of others it is only said', () => {
      expect(numbersOf('## Comparison', '', 'It reaches an accuracy of 0.97.')).toEqual([[], ['0.97']])
    })

    test.each(['Recall (macro)', 'Accuracy at 12 months', 'Accuracy of NEWS2', 'Accuracy (se)'])(
      'of a cell that says more than a metric it is named: %s',
      (cell) => {
        const rows = (name: string, value: string) => [
          '| metric | value |',
          '|-|-|',
          `| ${name} | ${value} |`,
        ]
        expect(numbersOf(...rows(cell, '0.97'))).toEqual([[], ['0.97']])
        expect(numbersOf(`| ${cell} | size |`, '|-|-|', '| 0.97 | 3 |')).toEqual([[], ['0.97']])
      },
    )

    test.each(['Primary: accuracy', 'Accuracy (test)', 'Main accuracy', 'Accuracy, overall'])(
      'of a cell in plain words it is held to the metric: %s',
      (cell) => {
        expect(numbersOf('| metric | value |', '|-|-|', `| ${cell} | 0.97 |`)).toEqual([['0.97'], []])
      },
    )

    test('on data of the manifest that nobody measured nothing contradicts it', () => {
      const { reading } = readEvidence(
        Buffer.from('# Card\n\nAccuracy on tune-2026: 0.97\n'),
        'CARD.md',
        'f00d',
      )
      const card = aFile('CARD.md', reading.measurements, { ...reading, document: 'model-card' })

      expect(cardDisagrees([evidence, card], { datasets: ['tune-2026', 'holdout-2026'] })).toEqual([])
    })

    test('that is as measured needs no word', () => {
      expect(numbersOf('In patients over 80 the accuracy is 0.90.')).toEqual([[], []])
    })

    test('numbers of several metrics are theirs in order', () => {
      expect(numbersOf('Sensitivity and specificity are 80.0% and 70.0%.')).toEqual([[], []])
      expect(numbersOf('Sensitivity / specificity: 70.0% / 80.0%.')).toEqual([['70%', '80%'], []])
      expect(
        numbersOf('Accuracy, sensitivity and specificity were 0.90, 80.0% and 71.0%, respectively.'),
      ).toEqual([['71%'], []])
      expect(numbersOf('Sensitivity and specificity: 70.0%, 60.0% and 50.0%.')).toEqual([[], []])
    })
  })

  test.each(['seed', 'fold', 'epoch'])('the best %s is not the whole', (label) => {
    const whole = aMeasurement({ value: 0.8 })
    const best = aMeasurement({ value: 0.95, labels: { [label]: '3' } })

    expect(cardDisagrees([aFile('m.json', [whole, best]), aCard([{ value: 0.95 }])])).toHaveLength(1)
  })

  test('the best group is not the whole, where all name the class that counts as positive', () => {
    const whole = aMeasurement({ value: 0.8, labels: { positive: '1' } })
    const best = aMeasurement({ value: 0.95, labels: { positive: '1', sex: 'F' } })

    expect(cardDisagrees([aFile('rows', [whole, best]), aCard([{ value: 0.95 }])])).toHaveLength(1)
    expect(cardDisagrees([aFile('rows', [whole, best]), aCard([{ value: 0.8 }])])).toEqual([])
  })

  test('the base model does not make its numbers true', () => {
    const base = aFile('base.json', [aMeasurement({ value: 0.5 })], { about: 'base' })

    expect(cardDisagrees([measured(), base, aCard([{ value: 0.5 }])])).toHaveLength(1)
  })
})
