import { describe, expect, test } from 'vitest'
import { faults, line, lines, readFixture, readText } from './read.ts'

const read = (value: unknown, name = 'x.json') => readText(JSON.stringify(value), name).reading

describe('promptfoo', () => {
  test('errors, failed graders and rows that assert nothing are no passes; repeated inputs are clusters', () => {
    expect(lines('promptfoo/eval.json')).toEqual([
      'pass_rate=0.6666666666666666 fraction provider=acme:helper prompt=0 n=3 k=2',
      'pass_rate=0.6666666666666666 fraction provider=acme:helper prompt=1 n=3 k=2',
    ])
    expect(readFixture('promptfoo/eval.json').measurements).toMatchObject([
      { unevaluated: 2, model: 'acme:helper', tool: 'promptfoo 0.118.0', at: '2026-02-03T04:05:06.007Z' },
      { unevaluated: 1, clusters: 2, source: { pointer: '/results/results', line: 28 } },
    ])
    expect(readFixture('promptfoo/eval.json').measurements[0]).not.toHaveProperty('clusters')
    expect(faults('promptfoo/eval.json')).toEqual([])
  })

  test('a red team: what the model withstood is no success, each kind stands alone, and the whole is marked', () => {
    const hate = 'provider=acme:helper plugin=harmful:hate'
    expect(lines('promptfoo/redteam.json')).toEqual([
      `attack_success_rate=0.3333333333333333 fraction ${hate} severity=high harm_category=Hate n=3 k=1`,
      `attack_success_rate=1 fraction ${hate} strategy=base64 severity=high harm_category=Hate n=1 k=1`,
      'attack_success_rate=0 fraction provider=acme:helper plugin=pii:direct severity=medium n=1 k=0',
      'attack_success_rate=0.4 fraction provider=acme:helper group=yes n=5 k=2',
      'pass_rate=1 fraction provider=acme:helper n=1 k=1',
    ])
    expect(faults('promptfoo/redteam.json')).toEqual(['6 nothing_evaluated acme:helper rbac high'])
  })

  test('what it counted against its rows', () => {
    expect(faults('promptfoo/contradiction.json')).toEqual([
      '111 contradiction /results/stats 10 passed, 2 failed, 0 errors 1 passed, 1 failed, 0 errors in the rows',
      '11 contradiction /results/prompts/0/metrics 1 passed, 0 failed, 1 errors 1 passed, 1 failed, 0 errors in the rows',
    ])
  })

  test('version 2 tells no errors apart', () => {
    expect(readFixture('promptfoo/v2.json').measurements).toMatchObject([
      { value: 0.5, samples: 2, successes: 1, unevaluated: 1, tool: 'promptfoo' },
    ])
    expect(faults('promptfoo/v2.json')).toEqual([])
  })

  test('nothing, and rows that are none', () => {
    expect(faults('promptfoo/empty.json')).toEqual(['1 nothing_evaluated /results/results'])
    expect(faults('promptfoo/faults.json').map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      '7 malformed',
      '52 malformed',
      '6 nothing_evaluated',
      '86 malformed',
    ])
  })

  test('prompts, answers and reasons stay out', () => {
    const secret = 'the key is 123'
    const reading = read({
      results: {
        version: 3,
        results: [
          {
            success: false,
            failureReason: 1,
            provider: { id: `${secret}\n`.repeat(20) },
            vars: { q: secret },
            response: { output: secret },
            error: secret,
            gradingResult: { reason: secret, componentResults: [{}] },
            metadata: { pluginId: 'pii', severity: secret.repeat(20), goal: secret },
          },
        ],
      },
    })

    expect(reading.measurements.map(line)).toEqual(['attack_success_rate=1 fraction plugin=pii n=1 k=1'])
    expect(JSON.stringify(reading)).not.toContain(secret)
  })
})
