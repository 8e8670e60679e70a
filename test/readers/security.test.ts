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

describe('avid', () => {
  test('Giskard: what the value is, its name says', () => {
    const labels = 'risk_domain=Security sep=S0403 S0301 dataset=acme-questions'
    expect(lines('avid/giskard.jsonl')).toEqual([
      `fail_rate=0.125 fraction ${labels}`,
      `failing_samples=3 count ${labels}`,
      `balanced_accuracy=0.75 fraction ${labels}`,
      `mean_squared_error=12.5 unknown ${labels}`,
    ])
    expect(readFixture('avid/giskard.jsonl').measurements[1]).toMatchObject({
      model: 'acme-helper',
      tool: 'Giskard Scanner 2.17.0',
      at: '2026-02-03',
      source: { pointer: '/2/metrics/0/results/value', line: 2 },
    })
  })

  test('garak, as rows and as columns', () => {
    const probe = 'risk_domain=Security sep=S0403 S0301 probe=tricks.Base64'
    expect(lines('avid/garak-rows.json')).toEqual([
      `attack_success_rate=0.25 fraction report=AVID-2026-R9999 ${probe} detector=tricks.Decoded n=40 k=10`,
      `attack_success_rate=0 fraction report=AVID-2026-R9999 ${probe} detector=refusal.Missing n=40 k=0`,
    ])
    expect(lines('avid/garak-columns.jsonl')).toEqual([
      `attack_success_rate=0.75 fraction ${probe} detector=tricks.Decoded n=4 k=3`,
      `attack_success_rate=0 fraction ${probe} detector=refusal.Missing n=3 k=0`,
    ])
    expect(readFixture('avid/garak-rows.json').measurements[0]).toMatchObject({
      tool: 'garak',
      model: 'acme-helper',
    })
  })

  test('faults, and a report without numbers', () => {
    expect(faults('avid/faults.jsonl')).toEqual([
      '1 contradiction /1/metrics/0/results/rows/0 a score of 80 30 of 40 passed',
      '1 nothing_evaluated tricks.None',
      '1 malformed avid /1/metrics/0/results/rows/2 detector, passed and total_evaluated',
      '1 malformed avid /1/metrics/0/results/rows/3 detector, passed and total_evaluated',
      '2 malformed avid /2/metrics/0/results/value a whole number of at least 0',
      '3 malformed avid /3/metrics/0/results/value a number, of a metric with a name',
      '4 malformed avid /4/metrics/0/results/value a number, of a metric with a name',
    ])
    expect(faults('avid/typed.json')).toEqual(['- no_measurements avid'])
  })
})

describe('jailbreakbench', () => {
  test('what was given up is withstood, what was never tried has no result', () => {
    const attack = 'attack=PAIR attack_type=black_box'
    expect(lines('jailbreakbench/categories.json')).toEqual([
      `attack_success_rate=0.3333333333333333 fraction ${attack} category=Fraud n=3 k=1`,
      `attack_success_rate=1 fraction ${attack} category=Malware n=1 k=1`,
      `attack_success_rate=0.5 fraction ${attack} group=yes n=4 k=2`,
    ])
    expect(readFixture('jailbreakbench/categories.json').measurements[2]).toMatchObject({
      unevaluated: 1,
      model: 'acme-helper',
      at: '2026-02-03',
    })
    expect(faults('jailbreakbench/categories.json')).toEqual([])
    expect(lines('jailbreakbench/one.json')).toEqual([
      `attack_success_rate=0.5 fraction ${attack} defense=SmoothLLM category=Fraud n=2 k=1`,
    ])
  })

  test('what it says of its rows', () => {
    expect(faults('jailbreakbench/contradiction.json')).toEqual([
      '9 contradiction /parameters/total_number_of_jailbreaks 4 1 rows that are jailbroken',
      '8 contradiction /parameters/attack_success_rate 0 1 of 2 or 4',
    ])
    expect(faults('jailbreakbench/faults.json')).toEqual([
      '10 malformed jailbreakbench /jailbreaks/0 a row with jailbroken: true or false',
      '32 malformed jailbreakbench /jailbreaks/2 a row with jailbroken: true or false',
      '9 nothing_evaluated Fraud',
    ])
    expect(faults('jailbreakbench/empty.json')).toEqual(['10 nothing_evaluated /jailbreaks'])
  })
})

describe('deepeval', () => {
  test('errors of the judge are in no denominator, and no case passes with one', () => {
    const relevancy = 'metric=Answer Relevancy threshold=0.5 judge=judge-1 dataset=questions'
    const faithful = 'metric=Faithfulness threshold=0.7 judge=judge-1 dataset=questions'
    expect(lines('deepeval/latest.json')).toEqual([
      `answer_relevancy=0.5 fraction ${relevancy} n=4 se=0.1768`,
      `pass_rate=0.5 fraction ${relevancy} n=4 k=2`,
      `faithfulness=0.75 fraction ${faithful} n=2`,
      `pass_rate=1 fraction ${faithful} n=2 k=2`,
      'pass_rate=0.3333333333333333 fraction dataset=questions group=yes n=3 k=1',
    ])
    expect(readFixture('deepeval/latest.json').measurements.map(({ unevaluated }) => unevaluated)).toEqual([
      undefined,
      undefined,
      2,
      2,
      1,
    ])
    expect(faults('deepeval/latest.json')).toEqual([])
  })

  test('turns of a conversation are one cluster; what is flaky decides nothing', () => {
    const politeness = 'metric=Politeness [GEval] threshold=0.5 judge=judge-1'
    expect(lines('deepeval/conversations.json')).toEqual([
      `politeness_geval=0.5625 fraction ${politeness} n=4`,
      `pass_rate=0.75 fraction ${politeness} n=4 k=3`,
      'pass_rate=0 fraction group=yes n=1 k=0',
    ])
    expect(readFixture('deepeval/conversations.json').measurements).toMatchObject([
      { clusters: 2 },
      { clusters: 2 },
      { unevaluated: 1 },
    ])
    expect(faults('deepeval/conversations.json')).toEqual([])
  })

  test('0.20: a least score instead of an outcome', () => {
    expect(lines('deepeval/v0.20.json')).toEqual([
      'bias=0.375 fraction metric=Bias threshold=0.5 n=2 se=0.125',
      'pass_rate=0.5 fraction metric=Bias threshold=0.5 n=2 k=1',
      'pass_rate=0.5 fraction group=yes n=2 k=1',
    ])
  })

  test('sums that are not those of the cases, and cases that are none', () => {
    expect(faults('deepeval/contradictions.json')).toEqual([
      '76 contradiction /testPassed 2 1 of the test cases',
      '77 contradiction /testFailed 0 1 of the test cases',
      '59 contradiction /metricsScores/0 2 passes, 0 fails, 0 errors 1 passes, 1 fails, 0 errors of the test cases',
      '68 contradiction /metricsScores/1 1 passes, 0 fails, 0 errors 0 passes, 0 fails, 0 errors of the test cases',
    ])
    expect(faults('deepeval/faults.json')).toEqual([
      '3 malformed deepeval /testCases/0 a test case',
      '4 malformed deepeval /testCases/1 metrics with a name',
      '2 nothing_evaluated Answer Relevancy',
    ])
    expect(faults('deepeval/empty.json')).toEqual(['2 nothing_evaluated /testCases'])
  })
})

describe('ragas', () => {
  test('rows give samples and an error, and what a row lacks is not evaluated', () => {
    expect(lines('ragas/rows.json')).toEqual([
      'faithfulness=0.88 fraction n=2 se=0.125',
      'context_precision=0.5 fraction n=3 se=0.1443',
      'overall=0.69 fraction',
    ])
    expect(readFixture('ragas/rows.json').measurements[0]).toMatchObject({
      unevaluated: 1,
      source: { pointer: '/summary/faithfulness', line: 3 },
    })
    expect(faults('ragas/rows.json')).toEqual([])
  })

  test('scores beside targets have no samples, and the targets are not ours', () => {
    expect(lines('ragas/targets.json')).toEqual([
      'faithfulness=0.9 fraction',
      'answer_relevancy=0.7 fraction',
      'context_recall=0.8 fraction',
    ])
    expect(faults('ragas/targets.json')).toEqual([])
  })

  test('contradictions', () => {
    expect(faults('ragas/contradictions.json')).toEqual([
      '9 contradiction /passed passed 0.5 for 0.75',
      '4 malformed ragas /scores/answer_relevancy a number',
    ])
    expect(faults('ragas/contradicted-rows.json')).toEqual([
      '3 contradiction /summary/faithfulness 0.95 0.875 over 2 rows',
      '4 contradiction /summary/context_recall 1 no row with a number',
    ])
    expect(faults('ragas/empty.json')).toEqual(['1 nothing_evaluated /detailed_results'])
  })

  test.each([
    ['scores of something else', { scores: { speed: 1 }, targets: { speed: 1 }, passed: true }],
    ['a summary of something else', { summary: { speed: 1 }, detailed_results: [] }],
  ])('%s are not of Ragas', (_, value) => {
    expect(readText(JSON.stringify(value), 'x.json').format).toBe('metrics')
  })
})

describe('cyberseceval', () => {
  const of = (name: string) => lines(`cyberseceval/${name}.json`)

  test('insecure code: percent here, fractions there, and the counts say which', () => {
    const code = 'benchmark=insecure-code language'
    expect(of('instruct')).toEqual([
      `vulnerable_rate=0.25 fraction ${code}=c n=40 k=10`,
      `pass_rate=0.75 fraction ${code}=c n=40 k=30`,
      `bleu=12.5 unknown ${code}=c n=40`,
      `vulnerable_rate=0.03333333333333333 fraction ${code}=rust n=30 k=1`,
      `pass_rate=0.9666666666666667 fraction ${code}=rust n=30 k=29`,
      `bleu=8.25 unknown ${code}=rust n=30`,
    ])
    expect(of('instruct-old')).toEqual([
      `vulnerable_rate=0.25 fraction ${code}=python n=8 k=2`,
      `pass_rate=0.75 fraction ${code}=python n=8 k=6`,
    ])
  })

  test('prompt injection: a query that failed withstood nothing', () => {
    const injection = 'benchmark=prompt-injection'
    expect(of('prompt-injection')).toEqual([
      `attack_success_rate=0.25 fraction ${injection} injection_type=direct n=12 k=3`,
      `attack_success_rate=0.25 fraction ${injection} injection_type=indirect n=8 k=2`,
      `attack_success_rate=0.25 fraction ${injection} group=yes n=20 k=5`,
    ])
    expect(of('visual-injection')).toEqual([
      `attack_success_rate=0.25 fraction ${injection} group=yes n=16 k=4`,
      `attack_success_rate=0.3333333333333333 fraction ${injection} risk_category=security-violating n=12 k=4`,
      `attack_success_rate=0 fraction ${injection} risk_category=logic-violating n=4 k=0`,
    ])
    expect(readFixture('cyberseceval/visual-injection.json').measurements[0]).toMatchObject({
      model: 'acme-helper',
      unevaluated: 4,
    })
  })

  test('each of the other benchmarks', () => {
    expect(of('mitre')).toEqual([
      'attack_success_rate=0.16666666666666666 fraction benchmark=mitre category=Execution n=18 k=3',
      'attack_success_rate=0 fraction benchmark=mitre category=Discovery n=4 k=0',
    ])
    expect(of('false-refusal')).toEqual([
      'false_refusal_rate=0.25 fraction benchmark=false-refusal n=100 k=25',
    ])
    expect(of('interpreter')).toEqual([
      'attack_success_rate=0.3 fraction benchmark=interpreter-abuse attack_type=Container Escape n=10 k=3',
    ])
    expect(of('canary-exploit')).toEqual([
      'exploit_score=0.125 fraction benchmark=canary-exploit category=buffer_overflow language=c',
      'exploit_score=0.5 fraction benchmark=canary-exploit category=constraint_satisfaction language=python',
    ])
    expect(of('phishing')).toEqual([
      'overall_score=2.5 value benchmark=phishing n=36 se=0.15',
      'persuasion=3 value benchmark=phishing n=36',
      'overall_score=2.25 value benchmark=phishing goal=Data theft',
    ])
    expect(of('autopatch')).toEqual([
      'patch_rate=0.9166666666666666 fraction benchmark=autopatch n=12 k=11',
      'fuzzing_pass_rate=0.7272727272727273 fraction benchmark=autopatch n=11 k=8',
      'correct_patch_rate=0.7 fraction benchmark=autopatch n=10 k=7',
    ])
    expect(of('malware-analysis')).toEqual([
      'accuracy=0.375 fraction benchmark=multiple-choice group=yes n=16 k=6',
      'jaccard_similarity=0.625 fraction benchmark=multiple-choice group=yes n=16',
      'accuracy=0.375 fraction benchmark=multiple-choice topic=Risk Assessment n=16 k=6',
      'jaccard_similarity=0.625 fraction benchmark=multiple-choice topic=Risk Assessment n=16',
    ])
  })

  test('counts that do not add up, or are of nothing', () => {
    expect(faults('cyberseceval/faults.json')).toEqual([
      '7 contradiction /acme-helper/a/injection_successful_percentage 0.5 0.25 by its counts',
      '10 contradiction /acme-helper/b 12 one by one 13 in all',
      '17 malformed cyberseceval /acme-helper/c counts: whole numbers of at least 0',
      '24 nothing_evaluated acme-helper d false_refusal_rate',
      '29 nothing_evaluated acme-helper e patch_rate',
      '29 nothing_evaluated acme-helper e fuzzing_pass_rate',
      '29 nothing_evaluated acme-helper e correct_patch_rate',
    ])
  })
})
