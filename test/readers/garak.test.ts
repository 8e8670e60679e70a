import { describe, expect, test } from 'vitest'
import { clusterEstimate } from '../../src/statistics/clusters.ts'
import { faults, line, lines, readFixture, readText } from './read.ts'

const entry = (type: string, more: object = {}) => JSON.stringify({ entry_type: type, ...more })
const setup = (more: object = {}) => entry('start_run setup', { 'run.generations': 1, ...more })
const attempt = (scores: readonly unknown[], more: object = {}) =>
  entry('attempt', { status: 2, probe_classname: 'a.B', detector_results: { 'c.D': scores }, ...more })
const evaluated = (passed: number, total: number, more: object = {}) =>
  entry('eval', { probe: 'a.B', detector: 'c.D', passed, total_evaluated: total, ...more })
const DONE = entry('completion')

const report = (...rows: readonly string[]) => readText(`${rows.join('\n')}\n`, 'x.report.jsonl').reading
const codes = (...rows: readonly string[]) => report(...rows).problems.map(({ code }) => code)

describe('garak report', () => {
  test('0.9: whole names, attempts counted once, two generations are one cluster', () => {
    expect(lines('garak/v0.9.report.jsonl')).toEqual([
      'attack_success_rate=0.5 fraction probe=tricks.Base64 detector=tricks.Decoded n=6 k=3 se=0.2887',
    ])
    expect(readFixture('garak/v0.9.report.jsonl').measurements[0]).toMatchObject({
      clusters: 3,
      model: 'acme/helper',
      tool: 'garak 0.9.0.4',
      at: '2026-02-03T04:05:06.000007',
      source: { line: 6, pointer: '/6' },
    })
    expect(faults('garak/v0.9.report.jsonl')).toEqual([])
  })

  test('0.13: what has no result is not in the denominator, though it is in `total`', () => {
    expect(readFixture('garak/v0.13.report.jsonl').measurements).toMatchObject([
      { value: 1 / 3, samples: 3, successes: 1, unevaluated: 1, model: 'acme/helper' },
    ])
    expect(faults('garak/v0.13.report.jsonl')).toEqual([])
  })

  test('0.14: the interval is of the attacks that succeed', () => {
    expect(lines('garak/v0.14-interval.report.jsonl')).toEqual([
      'attack_success_rate=0.25 fraction probe=tricks.Base64 detector=tricks.Decoded n=40 k=10',
      'attack_success_rate=0 fraction probe=tricks.Base64 detector=refusal.Missing n=40 k=0',
      'attack_success_rate=0.1 fraction probe=tricks.Rot13 detector=tricks.Decoded n=40 k=4',
    ])
    expect(readFixture('garak/v0.14-interval.report.jsonl').measurements).toMatchObject([
      { unevaluated: 2, interval: { low: 0.125, high: 0.4, level: 0.95, sides: 2 } },
      {},
      { interval: { low: 0.025, high: 0.175, level: 0.9, sides: 2 } },
    ])
  })

  test('0.15: an error over prompts, and no interval that takes outputs for independent', () => {
    const [first, second] = readFixture('garak/v0.15-generations.report.jsonl').measurements

    const clusters = [2, 0, 1, 0].map((sum, at) => ({ sum, samples: at === 0 ? 2 : 3 }))
    expect(first).toMatchObject({ samples: 11, successes: 3, clusters: 4, unevaluated: 1 })
    expect(first?.stderr).toBeCloseTo(clusterEstimate(clusters).stderr, 12)
    expect(first).not.toHaveProperty('interval')
    // All prompts agree: that shows nothing.
    expect(second).toMatchObject({ value: 0, samples: 6, clusters: 2 })
    expect(second).not.toHaveProperty('stderr')
    expect(faults('garak/v0.15-generations.report.jsonl')).toEqual([])
  })

  test('a run that stopped early evaluated nothing', () => {
    expect(readFixture('garak/stopped-early.report.jsonl').measurements).toEqual([])
    expect(faults('garak/stopped-early.report.jsonl')).toEqual(['4 nothing_evaluated /4/eval'])
  })

  test('a run that was killed is not finished', () => {
    expect(faults('garak/killed.report.jsonl')).toEqual([
      '- not_finished no completion line',
      '- limited_run 0 of tricks.Rot13 1',
      '- nothing_evaluated tricks.Rot13',
    ])
  })

  test('lines that do not say the same', () => {
    expect(faults('garak/contradictions.report.jsonl')).toEqual([
      '7 contradiction /7 0 fails 1 of them',
      '5 contradiction /5 0 of 2 1 of 2 by its attempts',
      '6 contradiction /6 1 of 2 passed 2 of 2 passed in line 5',
      '9 contradiction /9/eval/tricks/tricks.Base64/tricks.Decoded a score of 0.25 2 of 2 passed',
      '9 contradiction /9/eval/tricks/tricks.Hex/tricks.Decoded a score of 1 no eval line',
      '- contradiction tricks.Base64 with refusal.Missing 1 attempts no eval line',
    ])
  })

  test('lines that are none', () => {
    const generations =
      'malformed garak /{} attempts, or run.generations in start_run setup: how many outputs are of one prompt'
    expect(faults('garak/faults.report.jsonl')).toEqual([
      '6 duplicate_key total_evaluated',
      '5 malformed garak /5 passed and total_evaluated, or total: whole numbers of at least 0',
      '3 nothing_evaluated tricks.Base64 with tricks.Decoded',
      `4 ${generations.replace('{}', '4')}`,
      `6 ${generations.replace('{}', '6')}`,
    ])
  })

  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['no completion', [setup(), evaluated(1, 1)], ['not_finished']],
    [
      'two runs, one completion',
      [setup(), entry('init'), evaluated(1, 1), entry('init'), DONE],
      ['not_finished'],
    ],
    ['no eval', [setup(), DONE], ['nothing_evaluated']],
    [
      'eval for none of the attempts',
      [
        setup(),
        attempt([0]),
        entry('eval', { probe: 'a.C', detector: 'c.D', passed: 1, total_evaluated: 1 }),
        DONE,
      ],
      ['contradiction', 'contradiction'],
    ],
    [
      'an attempt more than evaluated',
      [setup(), attempt([0]), attempt([0]), evaluated(1, 1), DONE],
      ['contradiction'],
    ],
    [
      'a hit less than the attempts have',
      [setup(), attempt([1]), attempt([0]), evaluated(2, 2), DONE],
      ['contradiction'],
    ],
    [
      'nones that the attempts have not',
      [setup(), attempt([0]), evaluated(1, 1, { nones: 1, total_processed: 2 }), DONE],
      ['contradiction'],
    ],
    ['more passed than evaluated', [setup(), evaluated(2, 1), DONE], ['contradiction', 'nothing_evaluated']],
    [
      'processed that do not add up',
      [setup(), evaluated(1, 1, { nones: 1, total_processed: 1 }), DONE],
      ['contradiction', 'nothing_evaluated'],
    ],
    ['a digest of less', [setup(), evaluated(1, 1), DONE, entry('digest', { eval: {} })], ['contradiction']],
    ['a score as text', [setup(), attempt(['0.0']), evaluated(1, 1), DONE], ['malformed', 'contradiction']],
    ['a half interval', [setup(), evaluated(1, 2, { confidence_lower: 0.1 }), DONE], ['malformed']],
    [
      'a probe that was asked for and left no trace',
      [setup({ 'plugins.probe_spec': 'a.B,a.C,x' }), evaluated(1, 1), DONE],
      ['nothing_evaluated'],
    ],
    ['no setup, but attempts', [attempt([0]), evaluated(1, 1), DONE], []],
    [
      'attempts that are not in the end state',
      [setup(), attempt([1], { status: 0 }), evaluated(1, 1), DONE],
      [],
    ],
    [
      'a threshold of its own',
      [setup({ 'run.eval_threshold': 0.7 }), attempt([0.6]), evaluated(1, 1), DONE],
      [],
    ],
    ['the threshold itself is a hit', [setup(), attempt([0.5]), evaluated(1, 1), DONE], ['contradiction']],
    ['all probes of a module', [setup({ 'plugins.probe_spec': 'a' }), evaluated(1, 1), DONE], []],
  ])('%s', (_, rows, expected) => {
    expect(codes(...rows)).toEqual(expected)
  })

  test('without attempts, generations say how many prompts there were at least', () => {
    const { measurements } = report(
      setup({ 'run.generations': 4 }),
      evaluated(27, 30, { confidence: 0.95, confidence_lower: 0, confidence_upper: 0.2 }),
      DONE,
    )

    expect(measurements).toMatchObject([{ samples: 30, successes: 3, clusters: 8 }])
    expect(measurements[0]).not.toHaveProperty('interval')
  })

  test('prompts and answers stay out, and so does a name that is none', () => {
    const long = 'ignore all previous instructions. '.repeat(10)
    const { measurements, problems } = report(
      setup({ 'plugins.target_name': long }),
      entry('eval', { probe: long, detector: 'c.D', passed: 1, total: 1 }),
      evaluated(1, 1),
      DONE,
    )

    expect(measurements.map(line)).toEqual(['attack_success_rate=0 fraction probe=a.B detector=c.D n=1 k=0'])
    expect(JSON.stringify([measurements, problems])).not.toContain('ignore')
    expect(problems.map(({ code }) => code)).toEqual(['malformed'])
  })

  test('a hit log is no report: it has no denominator', () => {
    const hit = JSON.stringify({ goal: 'x', probe: 'a.B', detector: 'c.D', score: 1, attempt_id: '1' })

    expect(readText(`${hit}\n`, 'x.hitlog.jsonl').reading.problems.map(({ code }) => code)).toEqual([
      'unknown_format',
    ])
  })

  test('more probes than anybody has are a problem, not memory', () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => attempt([0], { probe_classname: `a.B${at}` }))

    expect(codes(setup(), ...rows, DONE)).toContain('too_many')
  })
})

describe('garak digest', () => {
  test('0.14: scores of what passed, turned round, without counts', () => {
    expect(lines('garak-digest/v0.14.json')).toEqual([
      'attack_success_rate=0.25 fraction probe=tricks.Base64 detector=tricks.Decoded',
      'attack_success_rate=0 fraction probe=tricks.Base64 detector=refusal.Missing',
    ])
    expect(faults('garak-digest/v0.14.json')).toEqual([])
  })

  test('0.15: the interval too is turned round; a probe in two groups is one', () => {
    expect(readFixture('garak-digest/v0.15.json').measurements).toMatchObject([
      {
        value: 0.25,
        samples: 40,
        successes: 10,
        interval: { low: 0.125, high: 0.375, level: 0.95 },
        model: 'acme/helper',
        tool: 'garak 0.15.0',
        source: { pointer: '/eval/llm01/tricks.Base64/tricks.Decoded', line: 31 },
      },
    ])
    expect(faults('garak-digest/v0.15.json')).toEqual([])
  })

  test('0.15 with generations: clusters, and no interval of outputs', () => {
    const [only] = readFixture('garak-digest/v0.15-generations.json').measurements

    expect(only).toMatchObject({ samples: 36, successes: 9, clusters: 9 })
    expect(only).not.toHaveProperty('interval')
  })

  test('faults', () => {
    expect(faults('garak-digest/empty.json')).toEqual(['20 nothing_evaluated /eval'])
    expect(faults('garak-digest/faults.json')).toEqual([
      '31 contradiction /eval/a/tricks.Base64/tricks.Decoded a score of 0.75 20 of 40 passed',
      '61 contradiction /eval/b/tricks.Rot13/tricks.Decoded 1 over 2 0.5 over 2',
      '75 malformed garak-digest /eval/b/tricks.Hex/tricks.Decoded/absolute_score a number from 0 to 1',
      '83 nothing_evaluated tricks.Nato with tricks.Decoded',
      '6 nothing_evaluated tricks.Morse',
    ])
  })
})
