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
      '2 contradiction /success success 1 results that are none',
    ])
    expect(suites('great-expectations/contradiction.json')).toEqual([
      ['loans', ['expect_column_values_to_be_unique::id: passed', 'expectation 1: error']],
    ])
  })

  test('text inside never enters the facts', () => {
    for (const name of ['v0', 'v1'])
      expect(JSON.stringify(readFixture(`great-expectations/${name}.json`))).not.toMatch(
        /acme|Traceback|missing"|120|regex"|nightly/,
      )
  })
})
