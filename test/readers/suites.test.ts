import { describe, expect, test } from 'vitest'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { faults, lines, readFixture, readText } from './read.ts'

/** The suites among records, each as its name and a line for each test. */
function suitesOf(records: readonly EvidenceRecord[]): readonly (readonly [string, readonly string[]])[] {
  return records.flatMap((record) =>
    record.kind === 'suite'
      ? [[record.suite ?? '-', record.tests.map(({ name, outcome }) => `${name}: ${outcome}`)] as const]
      : [],
  )
}

const suites = (path: string) => suitesOf(readFixture(path).records)

describe('junit', () => {
  const problems = (text: string) =>
    readText(text, 'junit.xml').reading.problems.map(({ path: _, ...problem }) =>
      Object.values(problem).join(' '),
    )

  test('pytest: nothing but what passed is a pass, and what broke off after it failed is one test', () => {
    expect(suites('junit/pytest.xml')).toEqual([
      [
        'pytest',
        [
          'tests.test_noise::test_gauss[0.1]: passed',
          'tests.test_noise::test_gauss[<0.2>]: passed',
          'tests.test_noise::test_salt: failed',
          'tests.test_noise::test_gpu: skipped',
          'tests.test_noise::test_known: expected_failure',
          'tests.test_noise::test_teardown: error',
          'tests.test_noise::test_both: failed',
          'tests.test_broken: error',
        ],
      ],
    ])
    expect(faults('junit/pytest.xml')).toEqual([])
    expect(readFixture('junit/pytest.xml')).toMatchObject({
      measurements: [],
      records: [{ at: '2026-02-03T09:15:00.250000+00:00', source: { line: 3, pointer: '' } }],
    })
    const [pytest] = readFixture('junit/pytest.xml').records
    expect(pytest?.kind === 'suite' && pytest.tests.map((one) => one.line)).toEqual([
      4, 5, 9, 10, 11, 12, 13, 15,
    ])
  })

  test('text inside never enters the facts', () => {
    expect(JSON.stringify(readFixture('junit/pytest.xml'))).not.toMatch(
      /assert|GPU|issue 12|ValueError|0\.91|runner/,
    )
  })

  test('suites in suites are read once, and what passed only when run again did not pass', () => {
    expect(suites('junit/nested.xml')).toEqual([
      ['all/data', ['Schema::columns: passed', 'Schema::types: flaky', 'Schema::rows: skipped']],
      [
        'all/model',
        [
          'loads: passed',
          'answers: failed',
          'surprises: unexpected_pass',
          'disabled: skipped',
          'known: expected_failure',
        ],
      ],
      ['empty', []],
    ])
    expect(faults('junit/nested.xml')).toEqual([])
  })

  test('counts that the cases do not come to', () => {
    expect(faults('junit/contradiction.xml')).toEqual([
      '1 contradiction testsuite/tests 4 tests 3 of its cases',
      '1 contradiction testsuite/failures 0 failures 1 of its cases',
      '1 malformed junit testsuite/errors a whole number',
    ])
    // What failed and passed under one name is neither.
    expect(suites('junit/contradiction.xml')).toEqual([['counts', ['one: passed', 'two: flaky']]])
  })

  test.each([
    ['', []],
    ['tests="3" failures="0" errors="0" skipped="1"', []],
    ['failures="1"', ['contradiction testsuites/failures 1 failures 0 of its cases']],
    ['errors="2"', ['contradiction testsuites/errors 2 errors 0 of its cases']],
    ['tests="4"', ['contradiction testsuites/tests 4 tests 3 of its cases']],
    ['skipped="0"', ['contradiction testsuites/skipped 0 skipped 1 of its cases']],
  ])('what the root counts of all suites is held to them: %s', (counts, found) => {
    const one = '<testsuite name="a"><testcase name="b"/><testsuite name="c"><testcase name="d"/></testsuite>'
    const text = `<testsuites ${counts}>${one}</testsuite><testsuite><testcase name="e"><skipped/></testcase></testsuite></testsuites>`

    expect(problems(text).map((said) => said.replace(/^1 /, ''))).toEqual(found)
  })

  test('what is not as the format has it is no pass', () => {
    expect(suites('junit/odd.xml')).toEqual([['odd', ['ends otherwise: error', 'says otherwise: error']]])
    expect(faults('junit/odd.xml')).toEqual([
      '2 malformed junit aborted failure, error or skipped in a testcase',
      '4 malformed junit testcase a testcase with a name',
      '5 malformed junit failure testcases in a testsuite',
    ])
  })

  test.each<readonly [string, string, string]>([
    ['a document type', '<!DOCTYPE testsuite [<!ENTITY a "b">]><testsuite/>', 'is not read'],
    ['an entity', '<testsuite name="&a;"/>', 'Invalid character entity'],
    ['an entity of HTML', '<testsuite name="&nbsp;"/>', 'Invalid character entity'],
    [
      'fewer tests than cases',
      '<testsuite tests="1"><testcase name="a"/><testcase name="b"/></testsuite>',
      '1 tests 2 of its cases',
    ],
    ['an attribute twice', '<testsuite tests="0" tests="9"/>', 'an attribute twice'],
    ['a second root', '<testsuite/><testsuite/>', 'a second root'],
    ['no end', '<testsuite><testcase name="a"/>', 'Unclosed root tag'],
    ['crossed tags', '<testsuite><testcase name="a"></testsuite></testcase>', 'Unexpected close tag'],
    ['60 levels', `${'<testsuite>'.repeat(60)}${'</testsuite>'.repeat(60)}`, 'too_deep'],
    ['nothing', '<testsuites/>', 'nothing_evaluated'],
  ])('%s', (_, text, says) => {
    expect(problems(text)).toEqual([expect.stringContaining(says)])
  })

  test('a fault of the document leaves no test that could count', () => {
    expect(suites('junit/entities.xml')).toEqual([])
    expect(faults('junit/entities.xml')).toEqual(['2 syntax a document type (DOCTYPE) is not read'])
  })

  test('more tests than are read, and names that are texts', () => {
    const many = `<testsuite>${'<testcase name="a"/>'.repeat(20_001)}</testsuite>`
    expect(problems(many)).toContainEqual(expect.stringContaining('too_many'))
    const long = readText(`<testsuite><testcase name="${'a'.repeat(5_000)}"/></testsuite>`, 'x.xml').reading
    expect(JSON.stringify(long).length).toBeLessThan(1_000)
  })

  test.each([
    ['another root', '<coverage/>'],
    ['a page', '<!DOCTYPE html><html></html>'],
    ['no root', '<?xml version="1.0"?>'],
  ])('%s is no suite', (_, text) => {
    expect(readText(text, 'a.xml').reading.problems).toMatchObject([{ code: 'unknown_format' }])
  })

  test('recognised by its shape, whatever it is called', () => {
    expect(readText('<?xml version="1.0"?><testsuite name="a"/>', 'report').format).toBe('junit')
  })
})

describe('great-expectations', () => {
  test('0.x: an exception is no failure, and each share has its own denominator', () => {
    expect(suites('great-expectations/v0.json')).toEqual([
      [
        'loans.warning',
        [
          'expect_column_to_exist::age: passed',
          'expect_column_values_to_be_between::age: passed',
          'expect_column_mean_to_be_between::income: failed',
          'expect_column_pair_values_a_to_be_greater_than_b::end,start: error',
        ],
      ],
    ])
    const on = (expectation: string, column: string) =>
      `suite=loans.warning dataset=loans expectation=${expectation} column=${column}`
    expect(lines('great-expectations/v0.json')).toEqual([
      `unexpected_rate=2.5 percent ${on('expect_column_values_to_be_between', 'age')} n=160 k=4`,
      `missing_rate=20 percent ${on('expect_column_values_to_be_between', 'age')} n=200 k=40`,
      `observed_value=12.5 value ${on('expect_column_mean_to_be_between', 'income')}`,
    ])
    expect(faults('great-expectations/v0.json')).toEqual([])
    expect(readFixture('great-expectations/v0.json').records).toMatchObject([
      {
        dataset: 'loans',
        tool: 'great-expectations 0.18.19',
        at: '2026-02-03T09:15:01Z',
        source: { pointer: '' },
      },
    ])
  })

  test('1.x: exceptions by metric, and no name for data in memory', () => {
    expect(suites('great-expectations/v1.json')).toEqual([
      [
        'loans',
        [
          'expect_column_values_to_not_be_null::income: passed',
          'expect_column_values_to_match_regex::zip: error',
        ],
      ],
    ])
    expect(lines('great-expectations/v1.json')).toEqual([
      'unexpected_rate=0 percent suite=loans expectation=expect_column_values_to_not_be_null column=income n=200 k=0',
    ])
    expect(readFixture('great-expectations/v1.json').records[0]).not.toHaveProperty('dataset')
    expect(faults('great-expectations/v1.json')).toEqual([])
  })

  test('a checkpoint is a suite for each validation, and one without expectations has no test', () => {
    expect(suites('great-expectations/checkpoint.json')).toEqual([
      ['loans', ['expect_table_row_count_to_equal: passed']],
      ['people', []],
    ])
    const [first] = readFixture('great-expectations/checkpoint.json').records
    expect(first).toMatchObject({
      tests: [
        { line: 8, pointer: expect.stringMatching(/^\/run_results\/.*\/validation_result\/results\/0$/) },
      ],
    })
  })

  test('statistics and shares that the results do not come to', () => {
    expect(faults('great-expectations/contradiction.json')).toEqual([
      '7 contradiction /results/0/result/unexpected_percent 0.15 percent 30 of 200',
      '11 malformed great-expectations /results/1/success true or false',
      '12 malformed great-expectations /results/1/expectation_config an expectation with its type',
      '13 contradiction /results/1/result/missing_percent 120 percent 12 of 10',
      '16 contradiction /statistics/evaluated_expectations 3 2 by its results',
      '16 contradiction /statistics/successful_expectations 3 1 by its results',
      '16 contradiction /statistics/unsuccessful_expectations 0 1 by its results',
      '16 contradiction /statistics/success_percent 100 50 by its results',
      '2 contradiction /success success 1 results that are none',
    ])
    expect(suites('great-expectations/contradiction.json')).toEqual([
      ['loans', ['expect_column_values_to_be_unique::id: passed', 'expectation 1: error']],
    ])
  })

  describe('results that were cut out', () => {
    const passed = { success: true, expectation_config: { type: 'a', kwargs: {} }, result: {} }
    const failed = { ...passed, success: false }
    const problems = (value: unknown) =>
      readText(JSON.stringify(value), 'gx.json').reading.problems.map((one) =>
        'at' in one ? `${one.code} ${one.at}` : one.code,
      )
    const checkpoint = (...all: readonly object[]) => ({
      run_results: Object.fromEntries(all.map((one, index) => [`v${index}`, one])),
    })

    test.each<readonly [string, object, readonly string[]]>([
      ['success of all', { success: true, results: [passed] }, []],
      ['no success of all beside one that failed', { success: false, results: [passed, failed] }, []],
      ['no success of all', { success: false, results: [passed, passed] }, ['contradiction /success']],
      ['success in words', { success: 'false', results: [passed] }, ['malformed /success']],
      [
        'a share of those that were there',
        { success: true, results: [passed], statistics: { success_percent: 50 } },
        ['contradiction /statistics/success_percent'],
      ],
      [
        'a share as it is shown',
        { success: false, results: [passed, passed, failed], statistics: { success_percent: 67 } },
        [],
      ],
      [
        'a checkpoint that all passed',
        { ...checkpoint({ success: true, results: [passed] }), success: true },
        [],
      ],
      [
        'a checkpoint that did not pass',
        { ...checkpoint({ success: true, results: [passed] }), success: false },
        ['contradiction /success'],
      ],
      [
        'a checkpoint that passed with a validation that did not',
        { ...checkpoint({ success: false, results: [failed] }), success: true },
        ['contradiction /success'],
      ],
      [
        'a checkpoint that did not pass with a validation that says as much and nothing else',
        { ...checkpoint({ success: false, results: [passed] }), success: false },
        ['contradiction /run_results/v0/success'],
      ],
      [
        'a validation without results',
        { ...checkpoint({ success: true, results: [passed] }, { success: false }), success: false },
        ['malformed /run_results', 'contradiction /success'],
      ],
      [
        'validations that are counted',
        {
          ...checkpoint({ success: true, results: [passed] }),
          statistics: {
            ...{ evaluated_validations: 2, successful_validations: 1, unsuccessful_validations: 1 },
            success_percent: 50,
          },
        },
        [
          ...['evaluated_validations', 'unsuccessful_validations', 'success_percent'].map(
            (key) => `contradiction /statistics/${key}`,
          ),
        ],
      ],
    ])('%s', (_, value, found) => {
      expect(problems(value)).toEqual(found)
    })
  })

  test('text inside never enters the facts', () => {
    for (const name of ['v0', 'v1'])
      expect(JSON.stringify(readFixture(`great-expectations/${name}.json`))).not.toMatch(
        /acme|Traceback|missing"|120|regex"|nightly/,
      )
  })
})

describe('evidently', () => {
  test('profiles: what each value is, and on which data', () => {
    expect(lines('evidently/profile.json')).toEqual([
      'drifted_column_share=0.6666666666666666 fraction report=data_drift n=3 k=2',
      'drift_p_value=0.0004 fraction report=data_drift column=age method=ks',
      'drift_distance=0.21 value report=data_drift column=income method=wasserstein',
      'drift_p_value=0.43 fraction report=data_drift column=region',
      'accuracy=0.88 fraction report=classification_performance data=current',
      'f1=0.8 fraction report=classification_performance data=current',
      'accuracy=0.93 fraction report=classification_performance data=reference',
      'f1=0.9 fraction report=classification_performance data=reference',
    ])
    expect(faults('evidently/profile.json')).toEqual([])
    expect(readFixture('evidently/profile.json').measurements[0]).toMatchObject({
      tool: 'evidently',
      at: '2022-02-03T09:15:00.250000',
    })
  })

  test('0.4: a p-value of nothing is drift, a distance of nothing is none, and of another test nobody knows', () => {
    const found = lines('evidently/v0.4-report.json')

    expect(found).toContain(
      'drift_p_value=1.5e-53 fraction report=DataDriftTable column=age method=K-S p_value drift_threshold=0.05',
    )
    expect(found).toContain(
      'drift_distance=0.0034 value report=DataDriftTable column=income method=Wasserstein distance (normed) drift_threshold=0.1',
    )
    expect(found).toContain(
      'drift_score=0.0034 unknown report=DataDriftTable column=region method=our own test measure=unknown drift_threshold=0.1',
    )
    // `drift_share` is what was asked for, and no share.
    expect(found.filter((one) => one.includes('=0.5'))).toEqual([])
    expect(found).toHaveLength(10)
    expect(faults('evidently/v0.4-report.json')).toEqual([])
  })

  test('0.4: a warning is a test that failed', () => {
    expect(suites('evidently/v0.4-tests.json')).toEqual([
      [
        '-',
        [
          'Share of Drifted Columns: passed',
          'Drift per Column::age: failed',
          'Drift per Column::income: passed',
          'Number of Duplicate Rows: failed',
          'Accuracy Score: error',
          'F1 Score: skipped',
        ],
      ],
    ])
    expect(faults('evidently/v0.4-tests.json')).toEqual([])
    expect(JSON.stringify(readFixture('evidently/v0.4-tests.json'))).not.toMatch(/acme|detected/)
  })

  test('0.6: no method, so that a drift value is neither', () => {
    expect(lines('evidently/v0.6.json')).toEqual([
      'drifted_column_share=0.3333333333333333 fraction n=~3 k=1',
      'drift_score=0.0034 unknown column=age measure=unknown',
      'accuracy=0.88 fraction',
      'f1=0.9 fraction class=0',
      'f1=0.7 fraction class=1',
      'mean_absolute_error=1.5 unknown part=mean',
      'MAE_std=0.4 unknown part=std',
      'QuantileValue=41 unknown column=age parameters=column=age,quantile=0.5',
    ])
    expect(suites('evidently/v0.6.json')).toEqual([['-', ['Accuracy metric: Greater 0.9: failed']]])
    expect(faults('evidently/v0.6.json')).toEqual([])
  })

  test('0.7: the method from the configuration, or from the name', () => {
    expect(lines('evidently/v0.7.json')).toEqual([
      'drift_p_value=4.5e-66 fraction column=age method=K-S p_value drift_threshold=0.05',
      'drift_distance=0.95 value column=income method=Wasserstein distance (normed) drift_threshold=0.1',
      'drift_distance=0.05 value column=region method=psi drift_threshold=0.1',
      'RowCount=2000 unknown',
    ])
    expect(suites('evidently/v0.7.json')).toEqual([
      [
        '-',
        [
          'Value Drift for column age: failed',
          'Row count: Greater 1000: passed',
          'Row count: Greater 1000: error',
        ],
      ],
    ])
    expect(faults('evidently/v0.7.json')).toEqual([
      '30 malformed evidently /tests/2/status SUCCESS, FAIL, WARNING, ERROR or SKIPPED',
    ])
  })

  test('what contradicts itself', () => {
    expect(
      faults('evidently/contradiction.json').map((one) => one.replace(/^\d+ contradiction /, '')),
    ).toEqual([
      '/metrics/0/result/share_of_drifted_columns 0.75 1 of 4',
      '/metrics/1/result/dataset_drift no drift 0.75 against 0.5',
      '/metrics/2/result/drift_score no drift 0.001 against 0.05',
      '/metrics/3/result/drift_score drift 0.001 against 0.1',
      '/summary/total_tests 2 1 by its tests',
      '/summary/by_status/SUCCESS 1 0 by its tests',
      '/summary/all_passed all not all by its tests',
    ])
  })

  test.each<readonly [object, readonly string[], readonly string[]]>([
    [{ all_passed: true, success_tests: 2, failed_tests: 0 }, ['SUCCESS', 'WARNING'], []],
    [{ success_tests: 1, failed_tests: 1 }, ['SUCCESS', 'WARNING', 'FAIL', 'ERROR'], []],
    [{ all_passed: false }, ['SUCCESS', 'WARNING'], []],
    [{ all_passed: false }, ['SUCCESS', 'SUCCESS'], ['all_passed not all all']],
    [{ failed_tests: 1 }, ['SUCCESS'], ['failed_tests 1 0']],
    [{ success_tests: 2 }, ['SUCCESS'], ['success_tests 2 1']],
  ])('a summary of more than the tests: %j of %j', (summary, statuses, found) => {
    const tests = statuses.map((status, index) => ({ name: `t${index}`, status }))
    const { problems } = readText(
      JSON.stringify({ tests, summary: { by_status: {}, ...summary } }),
      'evidently.json',
    ).reading

    expect(
      problems.map((one) => (one.code === 'contradiction' ? `${one.at} ${one.one} ${one.other}` : one.code)),
    ).toEqual(found.map((one) => `/summary/${one} by its tests`))
  })

  test.each([
    ['metrics of nobody', '{"metrics": [{"metric": "accuracy", "value": 0.9}], "tests": []}'],
    ['no result at all', '{"metrics": [], "tests": []}'],
    ['a summary of something else', '{"summary": {"passed": 2}, "tests": [{"status": "SUCCESS"}]}'],
  ])('%s is not of Evidently', (_, text) => {
    expect(readText(text, 'report.json').format).toBe('metrics')
  })
})

describe('deepchecks', () => {
  test('conditions are tests; a warning failed, and a check that broke off was not tried', () => {
    expect(suites('deepchecks/suite.json')).toEqual([
      [
        'Model Evaluation Suite',
        [
          'Feature Drift::categorical drift score < 0.2 and numerical drift score < 0.2: failed',
          'Train Test Performance::Train-Test scores relative degradation is less than 0.1: passed',
          'Train Test Performance::Scores are greater than 0.95: failed',
          'Data Duplicates - Test Dataset::Duplicate data ratio is less or equal to 5%: passed',
          'Calibration Score::did not run: error',
        ],
      ],
    ])
    expect(faults('deepchecks/suite.json')).toEqual([])
    expect(readFixture('deepchecks/suite.json').records).toMatchObject([
      {
        tests: [
          { pointer: '/results/0/conditions_results/0', line: 15 },
          {},
          {},
          {},
          { pointer: '/results/4' },
        ],
      },
    ])
  })

  test('numbers by name, no tables and no plots', () => {
    const drift = 'suite=Model Evaluation Suite check=Feature Drift'
    expect(lines('deepchecks/suite.json')).toEqual([
      `drift_distance=0.08 value ${drift} column=age method=Kolmogorov-Smirnov`,
      `Importance=0.4 unknown ${drift} path=age`,
      `drift_distance=0.31 value ${drift} column=region method=Cramer's V`,
      `drift_score=0.2 unknown ${drift} column=zip method=our own measure=unknown`,
      'Data Duplicates - Test Dataset=0.01 unknown suite=Model Evaluation Suite check=Data Duplicates - Test Dataset',
    ])
  })

  test('text inside never enters the facts', () => {
    expect(JSON.stringify(readFixture('deepchecks/suite.json'))).not.toMatch(/acme|Found|Calculate|payload/)
  })

  test('before the types: what has no conditions broke off, and a status that nobody knows is no pass', () => {
    expect(suites('deepchecks/older.json')).toEqual([
      ['Data Integrity Suite', ['Percent Of Nulls::below 0.5: error', 'Mixed Nulls::did not run: error']],
    ])
    expect(faults('deepchecks/older.json')).toEqual([
      '8 malformed deepchecks /results/0/conditions_results/0/Status PASS, FAIL, WARN or ERROR',
      '12 malformed deepchecks /results/2 a check with its name and header',
    ])
    expect(lines('deepchecks/older.json')).toEqual([
      'age=0.25 unknown suite=Data Integrity Suite check=Percent Of Nulls path=Percent of nulls in sample',
    ])
  })
})
