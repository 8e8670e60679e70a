import { describe, expect, test } from 'vitest'
import type { EvidenceRecord } from '../../src/core/record.ts'
import { faults, readFixture, readText } from './read.ts'

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
