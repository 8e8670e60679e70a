import { describe, expect, test } from 'vitest'
import { looser } from '../../src/core/deviation.ts'
import { PRESETS } from '../../src/core/section-presets.ts'
import { difference } from '../../src/criteria/difference.ts'
import { canonicalJson } from '../../src/text/canonical.ts'
import { ACCURACY, criteriaText, parsedCriteria } from '../support/facts.ts'

const F1 = '{ id: f1, control: performance, check: metric, metric: f1, at_least: 0.5 }'
const HEAD = 'risk: low\napproach: build'
type Parsed = ReturnType<typeof parsedCriteria>['criteria']

function of(lines: readonly string[], head?: string): Parsed {
  const { criteria } = parsedCriteria(criteriaText(lines, head))
  if (criteria === undefined) throw new Error(`not criteria: ${lines.join('\n')} ${head}`)
  return criteria
}

function told(before: Parsed, after: Parsed): readonly string[] {
  return difference(before, after).map(({ criterion, change, renamed, fields }) =>
    [
      `${criterion} ${change}${renamed === undefined ? '' : ` from ${renamed}`}`,
      ...(change === 'added' || change === 'removed'
        ? []
        : fields.map(({ field, effect, before: was, after: is }) =>
            [field, was ?? '-', is ?? '-', ...(effect === change ? [] : [effect])].join(' '),
          )),
    ].join('; '),
  )
}

describe('which criteria and settings differ', () => {
  test.each<readonly [string, Parsed, Parsed, readonly string[]]>([
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
    ['one renamed', of([F1]), of([F1.replace('id: f1', 'id: g1')]), ['g1 reworded from f1']],
    [
      'one renamed and reworded',
      of([F1]),
      of([F1.replace('id: f1', 'id: g1').replace('metric: f1', 'metric: f1-score')]),
      ['g1 reworded from f1; metric f1 f1-score'],
    ],
    [
      'one renamed and loosened: one is gone, and another is new',
      of([F1]),
      of([F1.replace('id: f1', 'id: g1').replace('0.5', '0.4')]),
      ['f1 removed', 'g1 added'],
    ],
    [
      'one renamed beside a copy: what was asked once is a new name once',
      of([F1]),
      of([F1.replace('id: f1', 'id: g1'), F1.replace('id: f1', 'id: h1')]),
      ['g1 reworded from f1', 'h1 added'],
    ],
    [
      'two of the same, one of them renamed',
      of([F1, F1.replace('id: f1', 'id: g1')]),
      of([F1.replace('id: f1', 'id: h1')]),
      ['g1 removed', 'h1 reworded from f1'],
    ],
    [
      'a criterion called like a setting',
      of([F1]),
      of([F1, F1.replace('id: f1', 'id: risk').replace('0.5', '0.6')]),
      ['risk added'],
    ],
    [
      'several, in order',
      of([F1]),
      of([ACCURACY], 'risk: high\napproach: buy'),
      [
        '(approach) changed; approach build buy',
        '(risk) tightened; risk low high',
        'accuracy added',
        'f1 removed',
      ],
    ],
    ['no file before', undefined, of([F1]), ['f1 added']],
    ['no file after', of([F1]), undefined, ['f1 removed']],
    ['no file at all', undefined, undefined, []],
  ])('%s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected)
  })

  test('what is added or removed says what it asks', () => {
    expect(difference(of([F1]), of([ACCURACY]))).toMatchObject([
      {
        criterion: 'accuracy',
        fields: [
          { field: 'at_least', after: '0.9' },
          { field: 'check', after: 'metric' },
          { field: 'control', after: 'performance' },
          { field: 'metric', after: 'accuracy' },
        ],
      },
      { criterion: 'f1', fields: [{ before: '0.5' }, {}, {}, {}] },
    ])
  })
})

const metric = (keys: string) => `{ id: m, control: performance, check: metric, ${keys} }`
const accuracy = (keys: string) => metric(`metric: accuracy, ${keys}`)
const each = (keys: string) => accuracy(`at_least: 0.9, for_each: class, ${keys}`)
const document = (keys: string) =>
  `{ id: m, control: documentation, check: document, document: model-card, ${keys} }`
const record = (keys: string) => `{ id: m, control: reproducibility, check: record, record: training${keys} }`
const written = (keys = '') =>
  `{ id: m, control: human-oversight, check: record, record: human-oversight${keys} }`
const bom = (keys: string) => `{ id: m, control: supply-chain, check: record, record: bom, ${keys} }`
const caiq = (keys: string) => `{ id: m, control: vendor-monitoring, check: record, record: caiq${keys} }`
const oscal = (keys: string) => `{ id: m, control: access-control, check: record, record: oscal, ${keys} }`
const approval = (keys = '') => `{ id: m, control: human-oversight, check: approval${keys} }`
const scan = (keys: string) => `{ id: m, control: supply-chain, check: scan${keys} }`
const disparity = (keys: string) =>
  `{ id: m, control: fairness, check: disparity, metric: selection_rate, at_least: 0.8, ${keys} }`

/** Each pair is tried both ways: what one way tightens the other way loosens. */
const lineage = (keys: string) => `{ id: m, control: base-model-provenance, check: lineage, ${keys} }`
const attested = (rest = '') =>
  `{ id: m, control: performance, check: attestation, predicate: vsa${rest === '' ? '' : `, ${rest}`} }`
const provided = (keys = '') =>
  `{ id: m, control: environment-isolation, check: attestation, predicate: provenance, builder: b${keys} }`
const tested = (digests: string) =>
  `{ id: m, control: performance, check: attestation, predicate: test-result, configuration: [${digests}] }`
const [SHA_A, SHA_B] = [`sha256:${'ab'.repeat(32)}`, `sha256:${'cd'.repeat(32)}`]
const ONE_KEY: readonly (readonly [before: string, after: string, expected: string])[] = [
  // documents
  [document('sections: [A]'), document('sections: [A], words: 40'), 'tightened; words - 40'],
  [document('sections: [A], words: 8'), document('sections: [A]'), 'reworded; words 8 -'],
  [document('sections: [A], words: 40'), document('sections: [A], words: 20'), 'loosened; words 40 20'],
  [
    lineage('of: [card], sections: [A], words: 9'),
    lineage('of: [card], sections: [A]'),
    'loosened; words 9 -',
  ],
  // records
  [written(), written(', max_age: 90 days'), 'tightened; max_age - 90 days'],
  [written(', max_age: 181 days'), written(), 'tightened; max_age 181 days -'],
  [written(', max_age: 180 days'), written(), 'reworded; max_age 180 days -'],
  [written(), written(', fields: [expires]'), 'tightened; fields - [expires]'],
  [bom('max_age: 30 days'), bom('max_age: 60 days'), 'loosened; max_age 30 days 60 days'],
  [bom('max_age: 365 days'), bom('max_age: 90 days'), 'tightened; max_age 365 days 90 days'],
  [oscal('controls: [ac-2]'), oscal('controls: [ac-2, ac-6]'), 'tightened; controls [ac-2] [ac-2, ac-6]'],
  [
    oscal('controls: [ac-6, ac-2]'),
    oscal('controls: [ac-2, ac-6]'),
    'reworded; controls [ac-6, ac-2] [ac-2, ac-6]',
  ],
  [caiq(', controls: [AIS]'), caiq(', controls: [AIS, IAM]'), 'tightened; controls [AIS] [AIS, IAM]'],
  [caiq(''), caiq(', controls: [AIS]'), 'changed; controls - [AIS]'],
  [caiq(', controls: [AIS]'), caiq(''), 'changed; controls [AIS] -'],
  [oscal('controls: [ac-2]'), oscal('controls: [ac-3]'), 'changed; controls [ac-2] [ac-3]'],
  // attestations
  [attested(), attested('signer: lab'), 'tightened; signer - lab'],
  [attested('signer: lab'), attested('signer: other'), 'changed; signer lab other'],
  [
    attested('signer: lab'),
    attested('signer: { issuer: a, subject: b }'),
    'changed; signer lab { issuer: a, subject: b }',
  ],
  [attested(), attested('signer: { issuer: a, subject: b }'), 'changed; signer - { issuer: a, subject: b }'],
  [attested(), attested('verifier: a'), 'tightened; verifier - a'],
  [attested('verifier: a'), attested('verifier: b'), 'changed; verifier a b'],
  [attested(), attested(`policy: "${SHA_A}"`), `tightened; policy - ${SHA_A}`],
  [attested(`policy: "${SHA_A}"`), attested(`policy: "${SHA_B}"`), `changed; policy ${SHA_A} ${SHA_B}`],
  [provided(), provided(', runner: github-hosted'), 'tightened; runner - github-hosted'],
  [
    tested(`"${SHA_A}"`),
    tested(`"${SHA_A}", "${SHA_B}"`),
    `tightened; configuration [${SHA_A}] [${SHA_A}, ${SHA_B}]`,
  ],
  [
    tested(`"${SHA_B}", "${SHA_A}"`),
    tested(`"${SHA_A}", "${SHA_B}"`),
    `reworded; configuration [${SHA_B}, ${SHA_A}] [${SHA_A}, ${SHA_B}]`,
  ],
  [attested(), attested('level: SLSA_BUILD_LEVEL_1'), 'tightened; level - SLSA_BUILD_LEVEL_1'],
  [
    attested('level: SLSA_BUILD_LEVEL_2'),
    attested('level: SLSA_BUILD_LEVEL_1'),
    'loosened; level SLSA_BUILD_LEVEL_2 SLSA_BUILD_LEVEL_1',
  ],
  [
    attested('level: SLSA_BUILD_LEVEL_2'),
    attested('level: SLSA_SOURCE_LEVEL_1'),
    'changed; level SLSA_BUILD_LEVEL_2 SLSA_SOURCE_LEVEL_1',
  ],
  [attested('max_age: 30 days'), attested('max_age: 60 days'), 'loosened; max_age 30 days 60 days'],
  [attested('max_age: 30 days'), attested(), 'loosened; max_age 30 days -'],
  [attested(), attested('covers: weights'), 'reworded; covers - weights'],
  [
    attested().replace('vsa', 'test-result, tests: [a, b]'),
    attested().replace('vsa', 'test-result, tests: [b]'),
    'loosened; tests [a, b] [b]',
  ],
  [attested(), attested().replace('vsa', 'svr'), 'changed; predicate vsa svr'],
  // bounds
  [accuracy('at_least: 0.9'), accuracy('at_least: 0.95'), 'tightened; at_least 0.9 0.95'],
  [accuracy('at_most: 0.9'), accuracy('at_most: 0.85'), 'tightened; at_most 0.9 0.85'],
  [
    accuracy('between: [0.1, 0.9]'),
    accuracy('between: [0.1, 0.8]'),
    'tightened; between [0.1, 0.9] [0.1, 0.8]',
  ],
  [
    accuracy('between: [0.1, 0.9]'),
    accuracy('between: [0.2, 0.95]'),
    'changed; between [0.1, 0.9] [0.2, 0.95]',
  ],
  [accuracy('equals: 0.1'), accuracy('equals: 0.2'), 'changed; equals 0.1 0.2'],
  [
    accuracy('at_least: 0.9'),
    accuracy('between: [0.9, 1]'),
    'tightened; bound { at_least: 0.9 } { between: [0.9, 1] }',
  ],
  [
    accuracy('at_least: 0.9'),
    accuracy('equals: 0.95'),
    'tightened; bound { at_least: 0.9 } { equals: 0.95 }',
  ],
  [
    accuracy('between: [0.9, 0.9]'),
    accuracy('equals: 0.9'),
    'reworded; bound { between: [0.9, 0.9] } { equals: 0.9 }',
  ],
  [
    accuracy('at_least: 0.9'),
    accuracy('at_most: 0.95'),
    'changed; bound { at_least: 0.9 } { at_most: 0.95 }',
  ],
  // 50 is read as percent, and 50% are less than 0.9
  [accuracy('at_least: 0.9'), accuracy('at_least: 50'), 'changed; at_least 0.9 50'],
  [
    metric('metric: matthews_correlation, at_least: 0.9'),
    metric('metric: mcc, at_least: 1'),
    'tightened; at_least 0.9 1; metric matthews_correlation mcc reworded',
  ],
  [metric('metric: latency, at_most: 2'), metric('metric: latency, at_most: 1'), 'changed; at_most 2 1'],
  [
    metric('metric: latency, unit: ms, at_most: 2'),
    metric('metric: latency, unit: ms, at_most: 1'),
    'tightened; at_most 2 1',
  ],
  // approvals
  [approval(', count: 1'), approval(', count: 2'), 'tightened; count 1 2'],
  [approval(), approval(', count: 2'), 'tightened; count - 2'],
  [approval(), approval(', count: 1'), 'reworded; count - 1'],
  [approval(', teams: [a, b]'), approval(', teams: [a]'), 'tightened; teams [a, b] [a]'],
  [approval(', teams: [a]'), approval(', teams: [b]'), 'changed; teams [a] [b]'],
  // Another writer may be none of the team, and a member no writer.
  [approval(), approval(', teams: [a]'), 'changed; teams - [a]'],
  [approval(', people: [ada, alan]'), approval(', people: [Ada]'), 'tightened; people [ada, alan] [Ada]'],
  // units
  [accuracy('at_least: 0.9'), accuracy('at_least: 0.9, unit: fraction'), 'changed; unit - fraction'],
  [
    accuracy('at_least: 90, unit: percent'),
    accuracy('at_least: 0.9, unit: fraction'),
    'changed; at_least 90 0.9 reworded; unit percent fraction',
  ],
  [
    accuracy('at_least: 90, unit: percent'),
    accuracy('at_least: 0.85, unit: fraction'),
    'loosened; at_least 90 0.85; unit percent fraction changed',
  ],
  [
    accuracy('at_least: 90, unit: percent'),
    accuracy('at_least: 80, unit: ms'),
    'changed; at_least 90 80; unit percent ms',
  ],
  // which measurement
  [accuracy('at_least: 0.9'), metric('metric: acc, at_least: 0.9'), 'reworded; metric accuracy acc'],
  [accuracy('at_least: 0.9'), metric('metric: f1, at_least: 0.9'), 'changed; metric accuracy f1'],
  [metric('metric: Own, at_least: 0.9'), metric('metric: own, at_least: 0.9'), 'changed; metric Own own'],
  [
    accuracy('at_least: 0.9, dataset: h'),
    accuracy('at_least: 0.9, where: { dataset: h }'),
    'reworded; where { dataset: h } { where: { dataset: h } }',
  ],
  [
    accuracy('at_least: 0.9, where: { seed: 1 }'),
    accuracy('at_least: 0.9, where: { seed: 2 }'),
    'changed; where { seed: 1 } { seed: 2 }',
  ],
  [accuracy('at_least: 0.9'), accuracy('at_least: 0.9, dataset: h'), 'changed; dataset - h'],
  // samples, confidence, baseline
  [accuracy('at_least: 0.9'), accuracy('at_least: 0.9, min_samples: 9'), 'tightened; min_samples - 9'],
  [
    accuracy('at_least: 0.9, min_samples: 9'),
    accuracy('at_least: 0.9, min_samples: 90'),
    'tightened; min_samples 9 90',
  ],
  [accuracy('at_least: 0.9'), accuracy('at_least: 0.9, confidence: 0.95'), 'tightened; confidence - 0.95'],
  [
    accuracy('at_least: 0.9, confidence: 0.9'),
    accuracy('at_least: 0.9, confidence: 0.95'),
    'tightened; confidence 0.9 0.95',
  ],
  [accuracy('at_least: 0.9'), accuracy('at_least: 0.9, baseline: base'), 'changed; baseline - base'],
  [
    accuracy('at_least: 0, baseline: released, first: 0.8'),
    accuracy('at_least: 0, baseline: released, first: 0.9'),
    'tightened; first 0.8 0.9',
  ],
  [
    accuracy('at_most: 0, baseline: released, first: 0.8'),
    accuracy('at_most: 0, baseline: released, first: 0.7'),
    'tightened; first 0.8 0.7',
  ],
  [
    accuracy('at_least: 0, baseline: released'),
    accuracy('at_least: 0, baseline: released, first: 0.9'),
    'changed; first - 0.9',
  ],
  [accuracy('at_least: 0.9'), accuracy('at_least: 0.9, aggregate: p95'), 'changed; aggregate - p95'],
  // members
  [each('of: [a, b]'), each('of: [b, a, a]'), 'reworded; of [a, b] [b, a, a]'],
  [each('of: [a]'), each('of: [a, b]'), 'tightened; of [a] [a, b]'],
  [each('of: [a]'), each('of: [b]'), 'changed; of [a] [b]'],
  [each('count: 2'), each('count: 3'), 'changed; count 2 3'],
  [each('count: 2'), each('of: [a, b]'), 'changed; count 2 -; of - [a, b] tightened'],
  [each('count: 2'), each('count: 2, combine: all'), 'reworded; combine - all'],
  [each('count: 2'), each('count: 2, combine: mean'), 'loosened; combine - mean'],
  [each('of: [a, b], combine: mean'), each('of: [a, b, c], combine: mean'), 'changed; of [a, b] [a, b, c]'],
  [accuracy('at_least: 0.9'), each('count: 2'), 'changed; count - 2; for_each - class'],
  // any criterion
  [accuracy('at_least: 0.9'), accuracy('at_least: 0.9, blocking: true'), 'reworded; blocking - true'],
  [accuracy('at_least: 0.9, blocking: false'), accuracy('at_least: 0.9'), 'tightened; blocking false -'],
  [
    accuracy('at_least: 0.9'),
    accuracy('at_least: 0.9').replace('performance', 'robustness'),
    'changed; control performance robustness',
  ],
  [
    document('sections: [Limits]'),
    record(''),
    'changed; check document record; control documentation reproducibility; document model-card -; record - training; sections [Limits] -',
  ],
  // documents and records
  [
    document('sections: [Limits]'),
    document('sections: [Limits, Use]'),
    'tightened; sections [Limits] [Limits, Use]',
  ],
  [
    document('sections: [Limits, Intended use]'),
    document('sections: ["1. Intended Use:", Limits]'),
    'reworded; sections [Limits, Intended use] [1. Intended Use:, Limits]',
  ],
  [
    '{ id: m, control: documentation, check: record, record: test-report }',
    '{ id: m, control: documentation, check: record, record: test-report, covers: evidence }',
    'tightened; covers - evidence',
  ],
  [
    '{ id: m, control: documentation, check: record, record: annex-iv }',
    '{ id: m, control: documentation, check: record, record: annex-iv, fields: [5_risks] }',
    'tightened; fields - [5_risks]',
  ],
  // A name asks what it stands for, and no more.
  [document('sections: [Uses]'), document('sections: model-card'), 'changed; sections [Uses] model-card'],
  [
    document('sections: [Evaluation]'),
    document('sections: model-card'),
    'tightened; sections [Evaluation] model-card',
  ],
  [
    document('sections: model-card'),
    document(`sections: [${PRESETS['model-card'].map(([title]) => `"${title}"`).join(', ')}]`),
    'tightened; sections model-card [Model Details, Uses, Out-of-Scope Use, Bias, Risks, and Limitations, Training Details, Evaluation]',
  ],
  [
    document('sections: dataset-card'),
    document('sections: model-card'),
    'changed; sections dataset-card model-card',
  ],
  [
    document(
      `sections: [${PRESETS['instructions-for-use'].map(([title]) => `"${title}"`).join(', ')}, Logs]`,
    ),
    document('sections: instructions-for-use'),
    'reworded; sections [Provider and contact, Intended purpose, Accuracy, robustness and cybersecurity, Risks of use and misuse, Explaining outputs, Performance by group, Input data, Interpreting outputs, Planned changes, Human oversight, Resources, lifetime and maintenance, Logs, Logs] instructions-for-use',
  ],
  [
    document('sections: [Limits]'),
    document('sections: [Limits]').replace('model-card', 'card'),
    'changed; document model-card card',
  ],
  [record(''), record(', fields: [times]'), 'tightened; fields - [times]'],
  [record(', fields: [times]'), record(', fields: [operator]'), 'changed; fields [times] [operator]'],
  // What is always asked to repeat a training is asked with these and without them.
  [record(''), record(', fields: [seeds]'), 'reworded; fields - [seeds]'],
  [record(', fields: [seeds]'), record(', fields: [data]'), 'reworded; fields [seeds] [data]'],
  [record(''), record(', max_age: 30 days'), 'tightened; max_age - 30 days'],
  [record(', max_age: 100 days'), record(', max_age: 30 days'), 'tightened; max_age 100 days 30 days'],
  [record(', max_age: 1 day'), record(', max_age: 1 days'), 'reworded; max_age 1 day 1 days'],
  // not judged yet
  [
    disparity('as: ratio, across: [sex]'),
    disparity('as: ratio, across: [race, [sex]]'),
    'tightened; across [sex] [race, [sex]]',
  ],
  [
    disparity('as: ratio, across: [sex]'),
    disparity('as: ratio, across: [sex], reference: M'),
    'changed; reference - M',
  ],
  [
    disparity('as: ratio, across: [sex], groups: [F, M]'),
    disparity('as: ratio, across: [sex]'),
    'tightened; groups [F, M] -',
  ],
  [
    disparity('as: ratio, across: [sex], groups: [F, M]'),
    disparity('as: ratio, across: [sex], groups: [M, F, X]'),
    'tightened; groups [F, M] [M, F, X]',
  ],
  [lineage('of: [pinned]'), lineage('of: [pinned, evaluated]'), 'tightened; of [pinned] [pinned, evaluated]'],
  [
    lineage('of: [publisher], publishers: [a, b]'),
    lineage('of: [publisher], publishers: [a]'),
    'tightened; publishers [a, b] [a]',
  ],
  [lineage('of: [publisher], publishers: [a]'), lineage('of: [publisher]'), 'changed; publishers [a] -'],
  [
    lineage('of: [licence], licences: [mit]'),
    lineage('of: [licence], licences: [MIT, llama3.1]'),
    'loosened; licences [mit] [MIT, llama3.1]',
  ],
  [
    lineage('of: [licence], licences: [mit]'),
    lineage('of: [licence], licences: [MIT]'),
    'reworded; licences [mit] [MIT]',
  ],
  [
    lineage('of: [card], sections: [Use]'),
    lineage('of: [card], sections: [use, Limits]'),
    'tightened; sections [Use] [use, Limits]',
  ],
  [lineage('of: [evaluated], metrics: [f1]'), lineage('of: [evaluated]'), 'changed; metrics [f1] -'],
  [
    lineage('of: [evaluated], metrics: [f1]'),
    lineage('of: [evaluated], metrics: [{ metric: F1 }, acc]'),
    'tightened; metrics [f1] [{ metric: F1 }, acc]',
  ],
  [
    lineage('of: [inherited], at_most_worse: 0.01'),
    lineage('of: [inherited], at_most_worse: 0.02'),
    'loosened; at_most_worse 0.01 0.02',
  ],
  [
    lineage('of: [inherited]'),
    lineage('of: [inherited], at_most_worse: 0.02'),
    'tightened; at_most_worse - 0.02',
  ],
  [
    lineage('of: [inherited], across: [sex]'),
    lineage('of: [inherited], across: [sex, race]'),
    'tightened; across [sex] [sex, race]',
  ],
  [lineage('of: [inherited], across: [sex]'), lineage('of: [inherited]'), 'changed; across [sex] -'],
  [scan(''), scan(', tool: modelscan'), 'changed; tool - modelscan'],
  [scan(''), scan(', severity: high'), 'loosened; severity - high'],
  [scan(', severity: high'), scan(', severity: medium'), 'tightened; severity high medium'],
  [scan(''), scan(', severity: low'), 'reworded; severity - low'],
  [scan(''), scan(', formats: [safetensors]'), 'tightened; formats - [safetensors]'],
  [
    scan(', formats: [safetensors]'),
    scan(', formats: [pickle, safetensors]'),
    'loosened; formats [safetensors] [pickle, safetensors]',
  ],
  [
    scan(', formats: [safetensors, onnx]'),
    scan(', formats: [onnx, safetensors]'),
    'reworded; formats [safetensors, onnx] [onnx, safetensors]',
  ],
  [scan(''), scan(', suppressed: accepted'), 'loosened; suppressed - accepted'],
  [scan(''), scan(', named: accepted'), 'loosened; named - accepted'],
  [scan(', named: accepted'), scan(''), 'tightened; named accepted -'],
  [scan(''), scan(', version_at_least: 0.8.5'), 'tightened; version_at_least - 0.8.5'],
  [
    scan(', version_at_least: 0.8.5'),
    scan(', version_at_least: 0.8.10'),
    'tightened; version_at_least 0.8.5 0.8.10',
  ],
  [scan(''), scan(', max_age: 90 days'), 'tightened; max_age - 90 days'],
  [scan(', max_age: 400 days'), scan(''), 'tightened; max_age 400 days -'],
  [scan(', max_age: 90 days'), scan(''), 'loosened; max_age 90 days -'],
  // the trust of what it rests on
  [record(''), record(', trust: produced'), 'tightened; trust - produced'],
  [record(', trust: produced'), record(', trust: signed'), 'tightened; trust produced signed'],
  [document('sections: [Use]'), document('sections: [Use], trust: signed'), 'tightened; trust - signed'],
]

const OPPOSITE: Readonly<Record<string, string>> = { tightened: 'loosened', loosened: 'tightened' }

describe('whether a criterion asks more or less', () => {
  test.each(ONE_KEY)('%s -> %s', (before, after, expected) => {
    expect(told(of([before]), of([after]))).toEqual([`m ${expected}`])

    const [forth] = difference(of([before]), of([after]))
    const [back] = difference(of([after]), of([before]))
    expect(back?.fields.map(({ effect }) => effect)).toEqual(
      forth?.fields.map(({ effect }) => OPPOSITE[effect] ?? effect),
    )
  })
})

const HIGH_EXAM = `${HEAD.replace('low', 'high')}\ndatasets:\n  h: `
const EXAM = `${HEAD}\ndatasets:\n  h: `
const D = (character: string) => `digest: { sha256: ${character.repeat(64)} }`
const SETTINGS: readonly (readonly [before: string, after: string, expected: readonly string[]])[] = [
  [HEAD, 'risk: limited\napproach: build', ['(risk) tightened; risk low limited']],
  ['risk: high\napproach: build', HEAD, ['(risk) loosened; risk high low']],
  [HEAD, 'risk: low\napproach: buy', ['(approach) changed; approach build buy']],
  [HEAD, `${HEAD}\ntrust: signed`, ['(trust) tightened; trust - signed']],
  [HEAD, `${HEAD}\ntrust: typed`, ['(trust) reworded; trust - typed']],
  [
    'risk: high\napproach: build',
    'risk: high\napproach: build\ntrust: typed',
    ['(trust) loosened; trust - typed'],
  ],
  [
    'risk: high\napproach: build',
    `${HEAD}\ntrust: produced`,
    ['(risk) loosened; risk high low', '(trust) reworded; trust - produced'],
  ],
  [HEAD, `${HEAD}\nregistration: started`, ['(registration) tightened; registration - started']],
  [HEAD, `${HEAD}\nregistration: ordered`, ['(registration) reworded; registration - ordered']],
  [`${HEAD}\ntraits: [text]`, HEAD, ['(traits) loosened; traits [text] -']],
  [`${HEAD}\ntraits: [text]`, `${HEAD}\ntraits: [vision]`, ['(traits) changed; traits [text] [vision]']],
  [
    `${HEAD}\ntraits: [text, vision]`,
    `${HEAD}\ntraits: [vision, text]`,
    ['(traits) reworded; traits [text, vision] [vision, text]'],
  ],
  [HEAD, `${HEAD}\nattempts: 5`, ['(attempts) tightened; attempts - 5']],
  [`${HEAD}\nattempts: 5`, `${HEAD}\nattempts: 6`, ['(attempts) changed; attempts 5 6']],
  [
    `${HEAD}\nenvironments: [a, b]`,
    `${HEAD}\nenvironments: [a]`,
    ['(environments) loosened; environments [a, b] [a]'],
  ],
  [HEAD, `${HEAD}\nretired: true`, ['(retired) loosened; retired - true']],
  [
    HEAD,
    `${HEAD}\nnot_applicable: [{ control: fairness, because: no people }]`,
    ['(not_applicable) loosened; fairness - no people'],
  ],
  [
    `${HEAD}\nnot_applicable: [{ control: fairness, because: no people }]`,
    `${HEAD}\nnot_applicable: [{ control: fairness, because: only adults }]`,
    ['(not_applicable) changed; fairness no people only adults'],
  ],
  [
    HEAD,
    `${EXAM}{ ${D('a')} }`,
    [`(datasets) tightened; h - named; h.digest - { sha256: ${'a'.repeat(64)} }`],
  ],
  [HEAD, `${HEAD}\nadopted: [${'a'.repeat(64)}]`, [`(adopted) loosened; adopted - [${'a'.repeat(64)}]`]],
  [`${HEAD}\nadopted: [${'a'.repeat(64)}]`, HEAD, [`(adopted) tightened; adopted [${'a'.repeat(64)}] -`]],
  [
    `${HEAD}\nadopted: [${'a'.repeat(64)}]`,
    `${HEAD}\nadopted: [${'b'.repeat(64)}]`,
    [`(adopted) changed; adopted [${'a'.repeat(64)}] [${'b'.repeat(64)}]`],
  ],
  // At high risk only what is pinned counts, so that a pin can let evidence in.
  [
    HEAD.replace('low', 'high'),
    `${HIGH_EXAM}{ snapshot: v1 }`,
    ['(datasets) changed; h - named; h.snapshot - v1'],
  ],
  [
    `${HIGH_EXAM}{ snapshot: v1 }`,
    `${HIGH_EXAM}{ snapshot: v1, threshold: 0.5 }`,
    ['(datasets) changed; h.threshold - 0.5'],
  ],
  [
    `${HIGH_EXAM}{ snapshot: v1 }`,
    `${HIGH_EXAM}{ snapshot: v1, rows: 5 }`,
    ['(datasets) tightened; h.rows - 5'],
  ],
  [
    `${EXAM}{ snapshot: v1, rows: 1 }`,
    `${EXAM}{ snapshot: v1, rows: 1, threshold: 0.5 }`,
    ['(datasets) tightened; h.threshold - 0.5'],
  ],
  [
    `${EXAM}{ snapshot: v1, rows: 1, threshold: 0.5 }`,
    `${EXAM}{ snapshot: v1, rows: 1 }`,
    ['(datasets) loosened; h.threshold 0.5 -'],
  ],
  [
    `${EXAM}{ ${D('a')} }`,
    `${EXAM}{ ${D('b')} }`,
    [`(datasets) changed; h.digest { sha256: ${'a'.repeat(64)} } { sha256: ${'b'.repeat(64)} }`],
  ],
  [
    `${EXAM}{ snapshot: v1, groups: { sex: [F, M] } }`,
    `${EXAM}{ snapshot: v1, groups: { sex: [M] } }`,
    ['(datasets) loosened; h.groups.sex [F, M] [M]'],
  ],
  [
    `${EXAM}{ snapshot: v1, groups: { sex: [F, M], race: [A] } }`,
    `${EXAM}{ snapshot: v1, groups: { sex: [M, F] } }`,
    ['(datasets) loosened; h.groups.race [A] -; h.groups.sex [F, M] [M, F] reworded'],
  ],
  [
    `${EXAM}{ snapshot: v1, groups: { sex: [F, M] } }`,
    `${EXAM}{ snapshot: v1, groups: { sex: { M: 20, F: 30 } } }`,
    [
      '(datasets) tightened; h.groups.sex [F, M] [M, F] reworded; h.groups.sex.F.rows - 30; h.groups.sex.M.rows - 20',
    ],
  ],
  [
    `${EXAM}{ snapshot: v1, groups: { sex: { F: 30, M: 20 } } }`,
    `${EXAM}{ snapshot: v1, groups: { sex: { F: 30 } } }`,
    ['(datasets) loosened; h.groups.sex [F, M] [F]; h.groups.sex.M.rows 20 -'],
  ],
  [
    `${EXAM}{ snapshot: v1, groups: { sex: { F: 30, M: 20 } } }`,
    `${EXAM}{ snapshot: v1, groups: { sex: { F: 3, M: 20 } } }`,
    ['(datasets) changed; h.groups.sex.F.rows 30 3'],
  ],
  [
    `${HEAD}\ndatasets: { h: { snapshot: v1, rows: 1 }, h.rows: { snapshot: v1 } }`,
    `${HEAD}\ndatasets: { h: { snapshot: v1, rows: 2 }, h.rows: { snapshot: v1 } }`,
    ['(datasets) changed; h.rows 1 2'],
  ],
  [
    `${HEAD}\ndatasets: { 'x".groups.y': { snapshot: v1, rows: 1 } }`,
    `${HEAD}\ndatasets: { 'x".groups.y': { snapshot: v1, rows: 2 } }`,
    ['(datasets) changed; "x\\".groups.y".rows 1 2'],
  ],
]

test.each(SETTINGS)('settings: %j -> %j', (before, after, expected) => {
  expect(told(of([F1], before), of([F1], after))).toEqual(expected)

  const forth = difference(of([F1], before), of([F1], after))
  const back = difference(of([F1], after), of([F1], before))
  const effects = (all: typeof forth) => all.flatMap(({ fields }) => fields.map(({ effect }) => effect))
  expect(effects(back)).toEqual(effects(forth).map((effect) => OPPOSITE[effect] ?? effect))
})

test.each<readonly [string, Parsed, Parsed, boolean]>([
  ['nothing', of([F1]), of([F1]), false],
  ['tightened', of([F1]), of([F1.replace('0.5', '0.6')]), false],
  ['added', of([F1]), of([F1, ACCURACY]), false],
  ['reworded', of([F1]), of([F1.replace('metric: f1', 'metric: f1-score')]), false],
  ['renamed', of([F1]), of([F1.replace('id: f1', 'id: g1')]), false],
  ['loosened', of([F1]), of([F1.replace('0.5', '0.4')]), true],
  ['removed', of([F1, ACCURACY]), of([F1]), true],
  ['incomparable', of([F1]), of([F1.replace('metric: f1', 'metric: f2')]), true],
  [
    'one loosened, another tightened',
    of([F1, ACCURACY]),
    of([F1.replace('0.5', '0.4'), ACCURACY.replace('0.9', '1')]),
    true,
  ],
  ['loosened and tightened in one', of([F1]), of([F1.replace('0.5', '0.4, min_samples: 10')]), true],
])('looser: %s', (_, before, after, expected) => {
  expect(looser(difference(before, after))).toBe(expected)
})

test('a text of any length is cut', () => {
  const long = (end: string) =>
    of([
      `{ id: m, control: performance, check: metric, metric: accuracy, at_least: 0.5, where: {${Array.from({ length: 40 }, (_, index) => ` l${index}: ${'x'.repeat(40)}${end}`).join(',')} } }`,
    ])

  const [deviation] = difference(long('a'), long('b'))

  expect(deviation).toMatchObject({ change: 'changed' })
  expect(deviation?.fields[0]?.before).toHaveLength(300)
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

describe('the integrity of a training', () => {
  const asked = (keys: string) => of([`{ id: i, control: reproducibility, check: integrity, ${keys} }`])
  test.each<readonly [string, string, readonly string[]]>([
    ['of: [data, code]', 'of: [code, data]', ['i reworded; of [data, code] [code, data]']],
    ['of: [data, code]', 'of: [code]', ['i loosened; of [data, code] [code]']],
    ['of: [code]', 'of: [data, code]', ['i tightened; of [code] [data, code]']],
    ['of: [data, code]', 'of: [data, code], strong: true', ['i tightened; strong - true']],
    ['of: [data, code], strong: true', 'of: [data, code]', ['i loosened; strong true -']],
    ['of: [environment], hashed: true', 'of: [environment]', ['i loosened; hashed true -']],
    ['of: [environment]', 'of: [environment], hashed: true', ['i tightened; hashed - true']],
    ['of: [data, code]', 'of: [data, code], datasets: [a]', ['i loosened; datasets - [a]']],
    ['of: [data, code], datasets: [a]', 'of: [data, code]', ['i tightened; datasets [a] -']],
    [
      'of: [data, code], datasets: [a, b]',
      'of: [data, code], datasets: [b]',
      ['i loosened; datasets [a, b] [b]'],
    ],
    [
      'of: [data, code], datasets: [a, b]',
      'of: [data, code], datasets: [b, a, a]',
      ['i reworded; datasets [a, b] [b, a, a]'],
    ],
  ])('%s, then %s', (before, after, expected) => {
    expect(told(asked(before), asked(after))).toEqual(expected)
  })
})
