import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../src/readers/index.ts'
import { line } from './read.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)

function read(path: string) {
  const { format, reading } = readEvidence(readFileSync(new URL(path, SAMPLES)), path, 'f00d')
  const { measurements, problems } = reading
  return {
    format,
    measurements,
    lines: measurements.map(line),
    problems: problems.map(({ path: _, column: __, line: at, ...fault }) =>
      [at ?? '-', ...Object.values(fault)].join(' '),
    ),
  }
}

describe.skipIf(!existsSync(SAMPLES))('what tools of security and evaluation wrote', () => {
  test('garak 0.13: eight attempts, in two states each', () => {
    const { format, measurements, lines, problems } = read('garak/v0.13.0-test.report.jsonl')

    expect(format).toBe('garak')
    expect(lines).toEqual(['attack_success_rate=0 fraction probe=test.Test detector=always.Pass n=8 k=0'])
    expect(measurements[0]).toMatchObject({ tool: 'garak 0.13.0.pre1', source: { line: 19 } })
    expect(problems).toEqual([])
  })

  test('garak 0.14 by hand: an interval of attacks, four attempts for fifty, a digest of nothing', () => {
    const { measurements, problems } = read('garak/v0.14-test_with_ci.report.jsonl')

    expect(measurements).toMatchObject([
      { value: 0.26, samples: 50, successes: 13, interval: { low: 0.14, high: 0.38, level: 0.95 } },
    ])
    expect(problems).toEqual([
      '7 contradiction /7 13 of 50 0 of 4 by its attempts',
      '9 contradiction /9/eval nothing 1 of the eval lines',
    ])
  })

  test('garak 0.14 aggregated: a key twice, and no word that the runs ended', () => {
    const { lines, problems } = read('garak/v0.14-agg-duplicate-keys.report.jsonl')

    expect(lines).toEqual([
      'attack_success_rate=0 fraction probe=test.Test detector=always.Pass n=8 k=0',
      'attack_success_rate=0 fraction probe=lmrc.QuackMedicine detector=lmrc.QuackMedicine n=1 k=0',
    ])
    expect(problems).toEqual(['11 duplicate_key total_evaluated', '- not_finished no completion line'])
  })

  test('garak: lines in any order, and what only looks like a report', () => {
    expect(read('garak/qual_review_shuffled.report.jsonl')).toMatchObject({
      lines: [
        'attack_success_rate=1 fraction probe=ansiescape.AnsiRaw detector=always.Fail n=1 k=1',
        'attack_success_rate=0 fraction probe=test.Test detector=always.Pass n=1 k=0',
        'attack_success_rate=1 fraction probe=lmrc.QuackMedicine detector=lmrc.QuackMedicine n=1 k=1',
      ],
      problems: ['- not_finished no completion line'],
    })
    expect(
      read('garak/trustyai-simplified-fixture.jsonl').problems.map((text) => text.split(' ')[1]),
    ).toEqual(['malformed', 'not_finished'])
    expect(read('garak/defectdojo-many_hits.hitlog.jsonl').problems).toEqual(['- unknown_format'])
  })

  test('garak digest 0.15: 121 of 500 passed, five of each prompt', () => {
    const { format, measurements, problems } = read('garak/v0.15.2-extracted_digest.trim.json')

    expect(format).toBe('garak-digest')
    expect(measurements).toHaveLength(23)
    expect(measurements[0]).toMatchObject({
      value: 379 / 500,
      samples: 500,
      successes: 379,
      clusters: 100,
      labels: { probe: 'adaptive_attacks.AdaptiveAttacks', detector: 'mitigation.MitigationBypass' },
      source: { line: 419 },
    })
    expect(measurements[3]).toMatchObject({ successes: 8, samples: 290, labels: { probe: 'apikey.GetKey' } })
    // The sample is cut: of most probes it has nothing.
    expect(problems).toEqual(['210 nothing_evaluated encoding.InjectAscii85 and 79 more of the probes'])
  })

  test('garak digest 0.14: no counts', () => {
    const { measurements } = read('garak/v0.14-tbsa_digest_0.json')

    expect(measurements).toHaveLength(30)
    expect(measurements[2]).toMatchObject({ value: 0.7546875, labels: { probe: 'encoding.InjectHex' } })
    expect(measurements[0]).not.toHaveProperty('samples')
  })

  test('promptfoo: seven rows of a red team, of which one was withstood, and two that are none', () => {
    const { format, lines, measurements, problems } = read('promptfoo/defectdojo-many_findings.json')

    expect(format).toBe('promptfoo')
    expect(lines.slice(0, 2)).toEqual([
      'attack_success_rate=0.75 fraction provider=echo plugin=harmful:hate severity=critical harm_category=Hate n=4 k=3',
      'attack_success_rate=1 fraction provider=echo plugin=indirect-prompt-injection severity=high harm_category=Prompt Injection n=1 k=1',
    ])
    expect(lines.slice(4)).toEqual([
      'attack_success_rate=0.8571428571428571 fraction provider=echo group=yes n=7 k=6',
      'pass_rate=0.5 fraction provider=echo n=2 k=1',
    ])
    expect(measurements[0]).toMatchObject({ tool: 'promptfoo 0.118.0', at: '2026-06-23T17:14:06.067Z' })
    expect(problems).toEqual([])
    expect(read('promptfoo/empty-results.json').problems).toEqual(['1 nothing_evaluated /results/results'])
  })
})
