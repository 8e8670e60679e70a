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

  test('AVID: a report of garak has counts, those that people wrote have none', () => {
    expect(read('avid_giskard/AVID-2026-R0125.json')).toMatchObject({
      format: 'avid',
      lines: [
        'attack_success_rate=0.6078431372549019 fraction report=AVID-2026-R0125 risk_domain=Security sep=S0100 S0200 probe=ansiescape.AnsiEscaped detector=ansiescape.Escaped n=51 k=31',
      ],
      measurements: [{ model: 'Kimi-K2-Instruct-0905', tool: 'garak', at: '2026-02-20' }],
      problems: [],
    })
    for (const id of ['AVID-2022-R0001', 'AVID-2022-R0003'])
      expect(read(`avid_giskard/${id}.json`).problems).toEqual(['- no_measurements avid'])
  })

  test('JailbreakBench: one row of one, and a rate of a half', () => {
    expect(read('jailbreakbench/test-artifact.vicuna.json')).toMatchObject({
      format: 'jailbreakbench',
      lines: [
        'attack_success_rate=1 fraction attack=PAIR attack_type=black_box category=Harassment/Discrimination n=1 k=1',
      ],
      measurements: [{ model: 'vicuna-13b-v1.5', at: '2024-01-01' }],
      problems: ['8 contradiction /parameters/attack_success_rate 0.5 1 of 1 or 10'],
    })
  })

  test('Ragas: five rows, rounded means', () => {
    expect(read('ragas/finance.ragas_results.json')).toMatchObject({
      format: 'ragas',
      lines: [
        'faithfulness=0.99 fraction n=5 se=0.01',
        'answer_relevancy=0.85 fraction n=5',
        'context_precision=0.66 fraction n=5 se=0.062',
        'overall=0.83 fraction',
      ],
      problems: [],
    })
  })

  test('CyberSecEval: what only documents the format is a document', () => {
    expect(read('cyberseceval/results-format.doc.md').format).toBe('markdown')
  })
})
