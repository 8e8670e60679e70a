import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../src/readers/index.ts'
import { line } from './read.ts'

const SAMPLES = new URL('../../../shared/samples/great_expectations/', import.meta.url)

function read(name: string) {
  return readEvidence(readFileSync(new URL(name, SAMPLES)), name, 'f00d')
}

describe.skipIf(!existsSync(SAMPLES))('validation results that Great Expectations wrote', () => {
  test('of one suite', () => {
    const { format, reading } = read('titanic_validate_results.json')

    expect(format).toBe('great-expectations')
    expect(reading.problems).toEqual([])
    const [suite] = reading.records
    const tests = suite?.kind === 'suite' ? suite.tests : []
    expect(tests.map(({ outcome }) => outcome).filter((outcome) => outcome === 'passed')).toHaveLength(9)
    expect(tests[3]).toMatchObject({ name: 'expect_column_values_to_be_in_set::PClass', outcome: 'failed' })
    // 3 of 1,313 names; of 1,313 ages 557 are missing, and of the other 756 all are expected.
    const found = reading.measurements.map(line)
    const of = (expectation: string, column: string) =>
      `suite=titanic expectation=${expectation} column=${column}`
    expect(found).toContain(
      `unexpected_rate=0.2284843869002285 percent ${of('expect_column_values_to_match_regex', 'Name')} n=1313 k=3`,
    )
    expect(found).toContain(
      `unexpected_rate=0 percent ${of('expect_column_values_to_be_between', 'Age')} n=756 k=0`,
    )
    expect(found).toContain(
      `missing_rate=42.421934501142424 percent ${of('expect_column_values_to_be_between', 'Age')} n=1313 k=557`,
    )
  })

  test('of a checkpoint: two runs of one suite, of which none is chosen', () => {
    const { reading } = read('ValidationOperatorResult_multiple.json')

    expect(reading.problems).toEqual([])
    expect(reading.records).toMatchObject([
      {
        suite: 'basic.warning',
        tool: 'great-expectations 0.11.8+4.g4ab34df3.dirty',
        at: '2020-07-27T17:19:32Z',
      },
      { suite: 'basic.warning', at: '2020-07-27T17:19:32Z' },
    ])
    for (const record of reading.records) {
      const tests = record.kind === 'suite' ? record.tests : []
      expect(tests).toHaveLength(11)
      expect(tests.filter(({ outcome }) => outcome === 'passed')).toHaveLength(9)
    }
  })

  test('a rendered page is no result', () => {
    expect(read('ValidationResults_render_end.json').format).not.toBe('great-expectations')
  })
})
