import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import type { StatedNumber } from '../../src/core/record.ts'
import { cardDisagrees } from '../../src/criteria/card-disagrees.ts'
import { aMeasurement, aSource } from '../support/build.ts'

function aFile(path: string, measurements: readonly Measurement[], given: Partial<Evidence> = {}): Evidence {
  return { path, trust: 'typed', about: 'candidate', measurements, records: [], problems: [], ...given }
}

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
    ['of another group', [measured({ labels: { sex: 'F' } }), anIndex({ value: 0.5, labels: { sex: 'M' } })]],
    [
      'of a slice of what is measured as a whole',
      [measured(), aBill({ value: 0.5, labels: { slice: 'fr' } })],
    ],
    [
      'of a slice of the same data as a whole',
      [
        measured({ labels: { dataset: 'holdout' } }),
        aBill({ value: 0.5, labels: { slice: 'fr', dataset: 'holdout' } }),
      ],
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

  test('the base model does not make its numbers true', () => {
    const base = aFile('base.json', [aMeasurement({ value: 0.5 })], { about: 'base' })

    expect(cardDisagrees([measured(), base, aCard([{ value: 0.5 }])])).toHaveLength(1)
  })
})
