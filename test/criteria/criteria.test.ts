import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/core/problem.ts'
import { ACCURACY, CRITERIA_PATH, criteriaText, parsedCriteria } from '../support/facts.ts'

const HEAD = 'gonogo: 1\nmodel: credit-risk\nrisk: low\napproach: build\ncriteria:\n'
/** A file with one criterion, whose keys begin on line 6, column 5. */
const one = (...keys: readonly string[]) => `${HEAD}  - ${keys.join('\n    ')}\n`
const metric = (...keys: readonly string[]) =>
  one('id: a', 'control: performance', 'check: metric', 'metric: accuracy', ...keys)

type Found = readonly [line: number | undefined, column: number | undefined, code: Problem['code'], object?]

/** Name, text, and what is found in it: line, column, code and the rest. */
const SUITE = (keys: string, id = 'a') => `{ id: ${id}, control: robustness, check: suite, ${keys} }`
const ON = (rest: string, id = 'a') =>
  `{ id: ${id}, control: performance, check: metric, metric: accuracy, at_least: 0.9, ${rest} }`

const FAULTS: readonly (readonly [string, string, readonly Found[]])[] = [
  // the text
  [
    'nothing but a comment',
    '# nothing\n',
    [[1, 1, 'wrong_value', { at: 'the file', found: 'nothing', wanted: 'a map of keys' }]],
  ],
  ['a list', '- a\n', [[1, 1, 'wrong_value', { at: 'the file', found: 'a list' }]]],
  ['a word', 'criteria\n', [[1, 1, 'wrong_value', { found: 'criteria' }]]],
  ['no YAML', 'gonogo: 1\nmodel: [\n', [[3, 1, 'syntax']]],
  ['a duplicate key', 'gonogo: 1\nmodel: a\ngonogo: 1\n', [[3, 1, 'duplicate_key', { key: 'gonogo' }]]],
  [
    'a duplicate key inside',
    metric('at_least: 0.9', 'at_least: 0.1'),
    [[11, 5, 'duplicate_key', { key: 'at_least' }]],
  ],
  ['a second document', `${criteriaText([ACCURACY])}---\ngonogo: 1\n`, [[7, 1, 'second_document']]],
  [
    'an alias',
    metric('at_least: &bound 0.9').replace('gonogo: 1', 'gonogo: 1\nx: *bound'),
    [
      [2, 4, 'alias'],
      [11, 22, 'alias'],
    ],
  ],
  ['a merge key', metric('<<: { at_least: 0.9 }'), [[10, 5, 'alias']]],
  [
    'a bomb of aliases',
    'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n',
    [
      [1, 7, 'alias'],
      [2, 7, 'alias'],
      [2, 8, 'alias'],
      [2, 12, 'alias'],
      [3, 5, 'alias'],
      [3, 9, 'alias'],
    ],
  ],
  ['deep nesting', `a: ${'['.repeat(2000)}`, [[undefined, undefined, 'too_deep', { limit: 100 }]]],
  [
    'a key of the prototype',
    metric('at_least: 0.9', '__proto__: { check: record }'),
    [[11, 5, 'forbidden_key', { key: '__proto__' }]],
  ],
  [
    'a label of the prototype',
    metric('at_least: 0.9', 'where: { constructor: x }'),
    [[11, 14, 'forbidden_key', { key: 'constructor' }]],
  ],
  [
    'no number',
    metric('at_least: .nan'),
    [[10, 15, 'not_finite', { at: '/criteria/0/at_least', found: '.nan' }]],
  ],
  ['infinity', metric('at_most: -.inf'), [[10, 14, 'not_finite', { found: '-.inf' }]]],
  ['a number too great for one', metric('at_most: 1e999'), [[10, 14, 'not_finite', { found: '1e999' }]]],
  [
    'every such fault',
    metric('at_least: .nan', 'at_least: .inf'),
    [
      [10, 15, 'not_finite'],
      [11, 5, 'duplicate_key'],
    ],
  ],

  // the keys at the top
  [
    'another version of the format',
    criteriaText([ACCURACY]).replace('gonogo: 1', 'gonogo: 2'),
    [[1, 9, 'wrong_value', { at: 'gonogo', found: '2', wanted: '1' }]],
  ],
  [
    'no keys',
    '{}\n',
    [
      [1, 1, 'missing_key', { key: 'gonogo' }],
      [1, 1, 'missing_key', { key: 'model' }],
      [1, 1, 'missing_key', { key: 'risk' }],
      [1, 1, 'missing_key', { key: 'approach' }],
      [1, 1, 'missing_key', { key: 'criteria' }],
    ],
  ],
  [
    'a misspelt key',
    `${criteriaText([ACCURACY])}regristration: ordered\n`,
    [[7, 1, 'unknown_key', { key: 'regristration', suggestion: 'registration' }]],
  ],
  ['an unknown key', `${criteriaText([ACCURACY])}colour: red\n`, [[7, 1, 'unknown_key', { key: 'colour' }]]],
  [
    'a misspelt value',
    criteriaText([ACCURACY], 'risk: limted\napproach: build'),
    [
      [
        3,
        7,
        'wrong_value',
        { at: 'risk', found: 'limted', wanted: 'one of low, limited, high', suggestion: 'limited' },
      ],
    ],
  ],
  [
    'another value',
    criteriaText([ACCURACY], 'risk: low\napproach: steal'),
    [[4, 11, 'wrong_value', { at: 'approach', wanted: 'one of build, buy, open-source' }]],
  ],
  [
    'a misspelt entry of a list',
    criteriaText([ACCURACY], 'risk: low\napproach: build\ntraits: [text, visoin]'),
    [[5, 16, 'wrong_value', { at: 'traits.1', found: 'visoin', suggestion: 'vision' }]],
  ],
  [
    'every fault at once',
    criteriaText([ACCURACY], 'risk: hi\napproach: by'),
    [
      [3, 7, 'wrong_value', { at: 'risk' }],
      [4, 11, 'wrong_value', { at: 'approach', suggestion: 'buy' }],
    ],
  ],
  [
    'a model of other letters',
    criteriaText([ACCURACY]).replace('credit-risk', 'Credit'),
    [
      [
        2,
        8,
        'wrong_value',
        { at: 'model', found: 'Credit', wanted: 'a name of a-z, 0-9 and -, at most 64 long' },
      ],
    ],
  ],
  [
    'another model than the path',
    criteriaText([ACCURACY]).replace('credit-risk', 'other'),
    [[2, 8, 'wrong_model', { found: 'other', wanted: 'credit-risk' }]],
  ],
  [
    'no criteria in the list',
    `${HEAD.trimEnd()} []\n`,
    [[5, 11, 'wrong_value', { at: 'criteria', found: 'a list' }]],
  ],
  [
    'criteria as a map',
    `${HEAD.trimEnd()} { a: b }\n`,
    [[5, 11, 'wrong_value', { at: 'criteria', found: 'a map of keys', wanted: 'a list' }]],
  ],
  [
    'criteria as nothing',
    HEAD,
    [[5, 10, 'wrong_value', { at: 'criteria', found: 'nothing', wanted: 'a list' }]],
  ],
  [
    '501 criteria',
    criteriaText(
      Array.from({ length: 501 }, (_, index) => ACCURACY.replace('id: accuracy', `id: a${index}`)),
    ),
    [[6, 3, 'wrong_value', { at: 'criteria' }]],
  ],

  // one criterion
  [
    'a criterion that is a word',
    `${HEAD}  - accuracy\n`,
    [[6, 5, 'wrong_value', { at: 'criteria.0', found: 'accuracy', wanted: 'a map of keys' }]],
  ],
  [
    'a misspelt key of a criterion',
    metric('at_lest: 0.9'),
    [[10, 5, 'unknown_key', { key: 'at_lest', suggestion: 'at_least' }]],
  ],
  [
    'a misspelt key of a criterion that must be there',
    metric('at_least: 0.9').replace('metric:', 'metrc:'),
    [[9, 5, 'unknown_key', { key: 'metrc', suggestion: 'metric' }]],
  ],
  [
    'a key that is none, and no bound: neither follows from the other',
    metric('expression: "x > 1"'),
    [
      [10, 5, 'unknown_key', { key: 'expression' }],
      [6, 5, 'wrong_value', { at: 'a' }],
    ],
  ],
  [
    'an unknown key of a criterion',
    metric('at_least: 0.9', 'expression: "x > 1"'),
    [[11, 5, 'unknown_key', { key: 'expression' }]],
  ],
  [
    'no id',
    one('control: performance', 'check: metric', 'metric: accuracy', 'at_least: 0.9'),
    [[6, 5, 'missing_key', { key: 'criteria.0.id' }]],
  ],
  ['no check', one('id: a', 'control: performance'), [[6, 5, 'missing_key', { key: 'criteria.0.check' }]]],
  [
    'a misspelt check',
    one('id: a', 'control: performance', 'check: metrik'),
    [[8, 12, 'wrong_value', { at: 'criteria.0.check', found: 'metrik', suggestion: 'metric' }]],
  ],
  [
    'a misspelt control',
    metric('at_least: 0.9').replace('control: performance', 'control: performence'),
    [[7, 14, 'wrong_value', { at: 'criteria.0.control', suggestion: 'performance' }]],
  ],
  [
    'the control that is built in',
    metric('at_least: 0.9').replace('control: performance', 'control: preregistration'),
    [[7, 14, 'wrong_value', { at: 'criteria.0.control' }]],
  ],
  [
    'an id of other letters',
    metric('at_least: 0.9').replace('id: a', 'id: A b'),
    [[6, 9, 'wrong_value', { at: 'criteria.0.id', found: 'A b' }]],
  ],
  [
    'the id that is built in',
    metric('at_least: 0.9').replace('id: a', 'id: preregistration'),
    [[6, 9, 'reserved_id', { id: 'preregistration' }]],
  ],
  [
    'an id twice',
    criteriaText([ACCURACY, ACCURACY, ACCURACY]),
    [
      [7, 11, 'duplicate_id', { id: 'accuracy' }],
      [8, 11, 'duplicate_id', { id: 'accuracy' }],
    ],
  ],
  [
    'an id twice of different checks',
    criteriaText([ACCURACY, '{ id: accuracy, control: reproducibility, check: record, record: training }']),
    [[7, 11, 'duplicate_id']],
  ],
  [
    'a bound as text',
    metric('at_least: "0.9"'),
    [[10, 15, 'wrong_value', { at: 'criteria.0.at_least', found: '0.9', wanted: 'a number' }]],
  ],
  [
    'a bound of nothing',
    metric('at_least:'),
    [[10, 14, 'wrong_value', { at: 'criteria.0.at_least', found: 'nothing' }]],
  ],
  [
    'no bound',
    metric('min_samples: 10'),
    [
      [
        6,
        5,
        'wrong_value',
        { at: 'a', wanted: 'exactly one of at_least, at_most, between, equals (found none)' },
      ],
    ],
  ],
  [
    'two bounds',
    metric('at_least: 0.9', 'at_most: 1'),
    [
      [
        11,
        14,
        'wrong_value',
        {
          at: 'criteria.0.at_most',
          wanted: 'exactly one of at_least, at_most, between, equals (found at_least and at_most)',
        },
      ],
    ],
  ],
  [
    'two bounds, one of them 0',
    metric('at_least: 0', 'equals: 0'),
    [[11, 13, 'wrong_value', { at: 'criteria.0.equals' }]],
  ],
  [
    'bounds the wrong way round',
    metric('between: [1.1, 0.9]'),
    [[10, 14, 'wrong_value', { at: 'criteria.0.between', wanted: 'the lower bound first' }]],
  ],
  ['between one number', metric('between: [1.1]'), [[10, 14, 'wrong_value', { at: 'criteria.0.between' }]]],
  [
    'between two texts',
    metric('between: [low, high]'),
    [
      [10, 15, 'wrong_value', { at: 'criteria.0.between.0', found: 'low' }],
      [10, 20, 'wrong_value', { at: 'criteria.0.between.1', found: 'high' }],
    ],
  ],
  [
    'a misspelt unit',
    metric('at_least: 90', 'unit: precent'),
    [[11, 11, 'wrong_value', { found: 'precent', suggestion: 'percent' }]],
  ],
  [
    'the unit that none is',
    metric('at_least: 90', 'unit: unknown'),
    [[11, 11, 'wrong_value', { found: 'unknown' }]],
  ],
  [
    'no samples',
    metric('at_least: 0.9', 'min_samples: 0'),
    [[11, 18, 'wrong_value', { wanted: 'at least 1' }]],
  ],
  [
    'half a sample',
    metric('at_least: 0.9', 'min_samples: 0.5'),
    [[11, 18, 'wrong_value', { wanted: 'a whole number' }]],
  ],
  [
    'a label of a list',
    metric('at_least: 0.9', 'where: { a: [1] }'),
    [[11, 17, 'wrong_value', { at: 'criteria.0.where.a', found: 'a list' }]],
  ],
  [
    'a dataset twice',
    metric('at_least: 0.9', 'dataset: x', 'where: { dataset: x }'),
    [[11, 14, 'wrong_value', { at: 'criteria.0.dataset', wanted: 'either dataset or where.dataset' }]],
  ],
  [
    'for_each without members',
    metric('at_least: 0.9', 'for_each: task'),
    [[11, 15, 'wrong_value', { at: 'criteria.0.for_each' }]],
  ],
  [
    'for_each with of and count',
    metric('at_least: 0.9', 'for_each: task', 'of: [a]', 'count: 1'),
    [[11, 15, 'wrong_value', { at: 'criteria.0.for_each' }]],
  ],
  [
    'members without for_each',
    metric('at_least: 0.9', 'of: [a]', 'count: 1', 'combine: all'),
    [
      [11, 9, 'wrong_value', { at: 'criteria.0.of', wanted: 'this key only beside for_each' }],
      [12, 12, 'wrong_value', { at: 'criteria.0.count' }],
      [13, 14, 'wrong_value', { at: 'criteria.0.combine' }],
    ],
  ],
  [
    'no members',
    metric('at_least: 0.9', 'for_each: task', 'of: []'),
    [[12, 9, 'wrong_value', { at: 'criteria.0.of' }]],
  ],
  [
    'a blocking that is a word',
    metric('at_least: 0.9', 'blocking: "no"'),
    [[11, 15, 'wrong_value', { found: 'no', wanted: 'true or false' }]],
  ],
  [
    'an age in words',
    one('id: r', 'control: reproducibility', 'check: record', 'record: training', 'max_age: a year'),
    [[10, 14, 'wrong_value', { wanted: 'a number of days, such as 365 days' }]],
  ],
  [
    'an age of none',
    one('id: r', 'control: reproducibility', 'check: record', 'record: training', 'max_age: 0 days'),
    [[10, 14, 'wrong_value']],
  ],
  [
    'a field that no record has',
    one('id: r', 'control: reproducibility', 'check: record', 'record: training', 'fields: [seed]'),
    [[10, 14, 'wrong_value', { at: 'criteria.0.fields.0', found: 'seed', suggestion: 'seeds' }]],
  ],
  [
    'a field that only another kind of record has',
    one(
      'id: r',
      'control: human-oversight',
      'check: record',
      'record: human-oversight',
      'fields: [expires, overseer]',
    ),
    [[10, 23, 'wrong_value', { at: 'criteria.0.fields.1', found: 'overseer', suggestion: 'overseers' }]],
  ],
  [
    'a record that says nothing of the control',
    one('id: r', 'control: human-oversight', 'check: record', 'record: training'),
    [[7, 14, 'record_of_other_control', { record: 'training', answers: ['reproducibility'] }]],
  ],
  [
    'assessment results without controls',
    one('id: r', 'control: access-control', 'check: record', 'record: oscal'),
    [[6, 5, 'missing_key', { key: 'criteria.0.controls' }]],
  ],
  [
    'controls of another record',
    one('id: r', 'control: access-control', 'check: record', 'record: access-control', 'controls: [ac-2]'),
    [[10, 15, 'wrong_value', { wanted: 'controls only with record: oscal or caiq' }]],
  ],
  [
    'fields of a form of others',
    one('id: r', 'control: vendor-monitoring', 'check: record', 'record: caiq', 'fields: [answers]'),
    [[10, 13, 'wrong_value', { wanted: 'no fields with record: caiq' }]],
  ],
  [
    'fields of a bill of materials',
    one('id: r', 'control: supply-chain', 'check: record', 'record: bom', 'fields: [hashes]'),
    [[10, 13, 'wrong_value', { wanted: 'no fields with record: bom' }]],
  ],
  [
    'a bill of materials for what it says nothing of',
    one('id: r', 'control: performance', 'check: record', 'record: bom'),
    [
      [
        7,
        14,
        'record_of_other_control',
        { record: 'bom', answers: ['supply-chain', 'open-source-provenance'] },
      ],
    ],
  ],
  [
    'another record',
    one('id: r', 'control: reproducibility', 'check: record', 'record: sourcing'),
    [[9, 13, 'wrong_value', { found: 'sourcing', suggestion: 'sourcing-decision' }]],
  ],
  [
    'a document without sections',
    one('id: d', 'control: documentation', 'check: document', 'document: model-card'),
    [[6, 5, 'missing_key', { key: 'criteria.0.sections' }]],
  ],

  // what else may be said
  [
    'attempts at no exam',
    `${criteriaText([ACCURACY])}attempts: 5\nenvironments: [production]\n`,
    [[7, 1, 'attempts_of_nothing']],
  ],
  [
    'exemptions and a retirement, which are for somebody to approve',
    `${criteriaText([ACCURACY])}not_applicable: [{ control: fairness, because: x }]\nretired: true\n`,
    [],
  ],
  [
    'attempts at an exam that is pinned',
    `${criteriaText([ACCURACY])}attempts: 3\ndatasets: { a: { snapshot: v1 } }\n`,
    [],
  ],
  // exams
  [
    'an exam that pins nothing',
    `${criteriaText([ACCURACY])}datasets: { a: { rows: 1 } }\n`,
    [[7, 16, 'wrong_value', { at: 'datasets.a', wanted: 'exactly one of digest and snapshot' }]],
  ],
  [
    'an exam that is pinned twice',
    `${criteriaText([ACCURACY])}datasets: { a: { snapshot: v3, digest: { md5: ${'1f'.repeat(16)} } } }\n`,
    [[7, 16, 'wrong_value', { wanted: 'exactly one of digest and snapshot' }]],
  ],
  [
    'half a digest of an exam',
    `${criteriaText([ACCURACY])}datasets: { a: { digest: { sha256: 9f86 } } }\n`,
    [[7, 36, 'wrong_value', { wanted: 'a sha256 of 64 hex digits' }]],
  ],
  [
    'a misspelt exam',
    `${criteriaText([ON('dataset: holdot'), ON('dataset: holdout', 'b')])}datasets: { holdout: { snapshot: v3 } }\n`,
    [[6, 93, 'not_pinned', { dataset: 'holdot', suggestion: 'holdout' }]],
  ],
  [
    'the only exam, misspelt, is not said to be unused as well',
    `${criteriaText([ON('dataset: holdot')])}datasets: { holdout: { snapshot: v3 } }\n`,
    [[6, 93, 'not_pinned', { dataset: 'holdot', suggestion: 'holdout' }]],
  ],
  [
    'another exam than the pinned ones, as a label, and as a member',
    `${criteriaText([ON('where: { dataset: x }'), ON('for_each: dataset, of: [holdout, y]', 'b')])}datasets: { holdout: { snapshot: v3 } }\n`,
    [
      [6, 102, 'not_pinned', { dataset: 'x' }],
      [7, 117, 'not_pinned', { dataset: 'y' }],
    ],
  ],
  [
    'training data that are pinned, and others that are not',
    `${criteriaText([ON('dataset: a'), '{ id: i, control: data-integrity, check: integrity, of: [data], datasets: [t, u] }'])}datasets: { a: { snapshot: v3 }, t: { snapshot: v3 } }\n`,
    [],
  ],
  [
    'an exam of which nothing is asked',
    `${criteriaText([ON('dataset: a')])}datasets: { a: { snapshot: v3 }, b: { snapshot: v3 } }\n`,
    [[7, 34, 'exam_unused', { dataset: 'b' }]],
  ],
  [
    'an exam that a criterion without a dataset may be about',
    `${criteriaText([ON('dataset: a'), ACCURACY.replace('id: accuracy', 'id: b')])}datasets: { a: { snapshot: v3 }, b: { snapshot: v3 } }\n`,
    [],
  ],
  [
    'an exam that only a suite is about, and another that one misspells',
    `${criteriaText([SUITE('dataset: a'), SUITE('dataset: holdot', 'b')])}datasets: { a: { snapshot: v3 }, holdout: { snapshot: v3 } }\n`,
    [[7, 58, 'not_pinned', { dataset: 'holdot', suggestion: 'holdout' }]],
  ],
  [
    'an exam that a suite without a dataset may be about',
    `${criteriaText([SUITE('suite: x')])}datasets: { a: { snapshot: v3 } }\n`,
    [],
  ],
  ['a dataset where none is pinned', criteriaText([ON('dataset: a')]), []],
  [
    'a mean of seeds with a confidence',
    metric('at_least: 0.9', 'combine: mean', 'for_each: seed', 'count: 5', 'confidence: 0.95'),
    [],
  ],
  [
    'a mean of what repeats nothing, with a confidence',
    metric('at_least: 0.9', 'combine: mean', 'for_each: task', 'count: 5', 'confidence: 0.95'),
    [[14, 17, 'wrong_value', { at: 'criteria.0.confidence' }]],
  ],
  [
    'a mean beside a baseline',
    metric('at_least: 0', 'combine: mean', 'for_each: seed', 'count: 5', 'baseline: released'),
    [[11, 14, 'wrong_value', { at: 'criteria.0.combine' }]],
  ],
  [
    'an aggregate that no rows are added up to',
    metric('at_least: 0.9', 'aggregate: p96'),
    [[11, 16, 'wrong_value', { found: 'p96', suggestion: 'p90' }]],
  ],
  [
    'a control that needs no criterion, without a reason',
    `${criteriaText([ACCURACY])}not_applicable: [{ control: fairness }]\n`,
    [[7, 18, 'missing_key', { key: 'not_applicable.0.because' }]],
  ],
]

describe('every fault has its line and column', () => {
  test.each(FAULTS)('%s', (_, text, expected) => {
    const { problems } = parsedCriteria(text)

    expect(problems.map(({ path, line, column, code }) => [path, line, column, code])).toEqual(
      expected.map(([line, column, code]) => [CRITERIA_PATH, line, column, code]),
    )
    expect(problems).toMatchObject(expected.map(([, , , rest]) => rest ?? {}))
  })

  test.each(FAULTS)('a suggestion only where one is meant: %s', (_, text, expected) => {
    const { problems } = parsedCriteria(text)

    const suggested = problems.map((problem) => 'suggestion' in problem)

    expect(suggested).toEqual(expected.map(([, , , rest]) => rest !== undefined && 'suggestion' in rest))
  })
})

// src/text/strict.ts takes suggestions from all branches of a union: it says `sections` is unknown, and means `sections`.
test('a key of another check is not suggested for itself', () => {
  const { problems } = parsedCriteria(metric('at_least: 0.9', 'sections: [A]'))

  expect(problems).toEqual([
    { path: CRITERIA_PATH, line: 11, column: 5, code: 'unknown_key', key: 'sections' },
  ])
})

test('a label with too long a name says what is wanted', () => {
  const { problems } = parsedCriteria(metric('at_least: 0.9', `where: { ${'x'.repeat(101)}: y }`))

  expect(problems).toMatchObject([{ code: 'wrong_value', wanted: 'at most 100 characters' }])
})

describe('a file in order', () => {
  test('is read whole, with the line of each criterion', () => {
    const text = criteriaText([
      ACCURACY,
      '{ id: card, control: documentation, check: document, document: model-card, sections: [A] }',
      '{ id: seeds, control: reproducibility, check: record, record: training, fields: [seeds], max_age: 1 day }',
    ])

    const { criteria, problems, lines } = parsedCriteria(text)

    expect(problems).toEqual([])
    expect(lines).toEqual({ accuracy: 6, card: 7, seeds: 8 })
    expect(criteria?.criteria.map(({ check }) => check)).toEqual(['metric', 'document', 'record'])
  })

  test('line ends of Windows and comments change nothing', () => {
    const text = criteriaText([ACCURACY])

    const one = parsedCriteria(text)
    const other = parsedCriteria(text.replaceAll('\n', ' # so it is\r\n'))

    expect(other).toEqual(one)
  })

  test.each(['constructor', 'tostring', '0'])('a criterion may be called %s', (id) => {
    const { problems, lines } = parsedCriteria(
      criteriaText([ACCURACY.replace('id: accuracy', `id: "${id}"`)]),
    )

    expect(problems).toEqual([])
    expect(lines[id]).toBe(6)
  })
})

describe('documents, indexes and reports', () => {
  const asks = (keys: string) => criteriaText([ACCURACY, `{ id: d, control: documentation, ${keys} }`])

  test.each<readonly [string, object]>([
    [
      'check: document, document: card, sections: modelcard',
      { code: 'wrong_value', found: 'modelcard', suggestion: 'model-card' },
    ],
    ['check: document, document: card, sections: []', { code: 'wrong_value' }],
    [
      'check: record, record: annex-iv, fields: [5_risk]',
      { code: 'wrong_value', found: '5_risk', suggestion: '5_risks' },
    ],
    ['check: record, record: annex-iv, covers: evidence', { code: 'wrong_value' }],
    ['check: record, record: test-report, covers: weights', { code: 'wrong_value', found: 'weights' }],
  ])('%s is a fault', (keys, fault) => {
    expect(parsedCriteria(asks(keys)).problems).toMatchObject([{ line: 7, ...fault }])
  })

  test('a test report is text about results, and answers for no measurement', () => {
    const text = asks('check: record, record: test-report').replace('documentation', 'performance')

    expect(parsedCriteria(text).problems).toMatchObject([
      { code: 'record_of_other_control', record: 'test-report', answers: ['documentation'] },
    ])
  })
})
