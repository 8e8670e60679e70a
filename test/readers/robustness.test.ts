import { describe, expect, test } from 'vitest'
import { faults, line, lines, readFixture, readText } from './read.ts'

describe('autoattack', () => {
  test('all four attacks: what the last one leaves, of as many as the first was tried on', () => {
    expect(lines('autoattack/standard.txt')).toEqual([
      'accuracy=90 percent attack=clean n=~200 k=180',
      'robust_accuracy=71 percent attack=autoattack version=standard norm=Linf max_perturbation=0.03137 n=~200 k=142',
    ])
    expect(faults('autoattack/standard.txt')).toEqual([])
    expect(readFixture('autoattack/standard.txt').measurements[1]?.source).toMatchObject({
      pointer: '',
      line: 16,
    })
  })

  test('some of the attacks are no AutoAttack', () => {
    expect(lines('autoattack/custom.log')).toEqual([
      'accuracy=80 percent attack=clean n=~50 k=40',
      'robust_accuracy=56 percent attack=apgd-ce norm=L2 max_perturbation=0.50000 n=~50 k=28',
    ])
  })

  test('a run that was cut off, one that its own checks doubt, and one whose counts disagree', () => {
    expect(lines('autoattack/two-runs.log')).toEqual([
      'accuracy=90 percent run=2 attack=clean n=~100 k=90',
      'robust_accuracy=0 percent run=2 attack=apgd-ce norm=Linf n=~100 k=0',
    ])
    expect(faults('autoattack/two-runs.log')).toEqual([
      '1 not_finished there is no line with the robust accuracy',
      '8 not_finite line 8 nan in the attacked inputs',
      '9 contradiction robust accuracy 0% doubted by a warning of its own checks on line 4',
      '13 contradiction robust accuracy 85% 81 left by the counts of the attacks',
    ])
  })

  test('with nothing left after the first attack the standard version is done', () => {
    const log = [
      'using standard version including apgd-ce, apgd-t, fab-t, square.',
      'initial accuracy: 94.50%',
      'apgd-ce - 1/1 - 189 out of 189 successfully perturbed',
      'robust accuracy after APGD-CE: 0.00% (total time 84.1 s)',
      'robust accuracy: 0.00%',
    ]

    expect(readText(log.join('\n'), 'log.txt').reading.measurements.map(line)).toEqual([
      'accuracy=94.5 percent attack=clean n=~200 k=189',
      'robust_accuracy=0 percent attack=autoattack version=standard n=~200 k=0',
    ])
  })

  test.each([
    ['an accuracy that leaves several numbers', '33.33', 100_000, 50_000, '16.67'],
    ['an accuracy that leaves none', '90.00', 46, 6, '78.26'],
  ])('%s recovers none', (_, initial, tried, fooled, final) => {
    const log = [
      `initial accuracy: ${initial}%`,
      `apgd-ce - 1/1 - ${fooled} out of ${tried} successfully perturbed`,
      `robust accuracy: ${final}%`,
    ]
    const { measurements } = readText(log.join('\n'), 'log.txt').reading

    expect(measurements).toHaveLength(2)
    for (const found of measurements) expect(found.samples).toBeUndefined()
  })

  test('an attack on more than the one before it left is a contradiction', () => {
    const log = [
      'initial accuracy: 92.00%',
      'apgd-ce - 1/1 - 19 out of 46 successfully perturbed',
      'apgd-dlr - 1/1 - 1 out of 37 successfully perturbed',
      'robust accuracy: 52.00%',
    ]
    const { reading } = readText(log.join('\n'), 'log.txt')

    expect(reading.measurements).toEqual([])
    expect(reading.problems.map(({ code }) => code)).toEqual(['contradiction'])
  })
})

describe('textattack', () => {
  test('JSON: percent with the counts; what was skipped was not attacked', () => {
    expect(lines('textattack/summary.json')).toEqual([
      'accuracy=90 percent attack=clean n=100 k=90',
      'robust_accuracy=60 percent attack=textattack n=100 k=60',
      'attack_success_rate=33.33 percent attack=textattack n=90 k=30',
      'average_queries=41.5 value attack=textattack n=90',
    ])
    expect(readFixture('textattack/summary.json').measurements[2]).toMatchObject({ unevaluated: 10 })
    expect(faults('textattack/summary.json')).toEqual([])
  })

  test('the table of a log, in colours; texts are no rows', () => {
    expect(lines('textattack/table.txt')).toEqual([
      'accuracy=40 percent attack=clean n=5 k=2',
      'robust_accuracy=40 percent attack=textattack n=5 k=2',
      'attack_success_rate=0 percent attack=textattack n=2 k=0',
      'average_queries=70 value attack=textattack n=2',
    ])
  })

  test('CSV: counted from the rows', () => {
    expect(lines('textattack/rows.csv')).toEqual([
      'accuracy=0.75 fraction attack=clean n=4 k=3',
      'robust_accuracy=0.5 fraction attack=textattack n=4 k=2',
      'attack_success_rate=0.3333333333333333 fraction attack=textattack n=3 k=1',
    ])
    expect(JSON.stringify(readFixture('textattack/rows.csv'))).not.toContain('film')
  })

  test('no attack that was tried is no success rate of 0', () => {
    expect(lines('textattack/nothing-tried.txt').join()).not.toContain('attack_success_rate')
    expect(faults('textattack/nothing-tried.txt')).toEqual(['6 nothing_evaluated Attack success rate'])
  })

  test('rates that are not those of the counts', () => {
    expect(faults('textattack/contradiction.json')).toEqual([
      '6 contradiction Accuracy under attack 66.67% 60/100',
    ])
  })

  test.each([
    ['without its counts', 'Number of successful attacks: 3\nAttack success rate: 1.0%\n', 'malformed'],
    [
      'two summaries',
      'Number of successful attacks: 1\nNumber of failed attacks: 1\nNumber of skipped attacks: 0\nNumber of failed attacks: 9\n',
      'contradiction',
    ],
  ])('%s', (_, text, code) => {
    expect(readText(text, 'log.txt').reading.problems.map((problem) => problem.code)).toEqual([code])
  })

  test('rows of another kind', () => {
    const text = 'original_text,perturbed_text,result_type\na,b,Maximized\n'

    expect(readText(text, 'log.csv').reading.problems.map(({ code }) => code)).toEqual([
      'malformed',
      'nothing_evaluated',
    ])
  })
})

describe('robustbench', () => {
  test('percent as text, each under what it was measured', () => {
    expect(lines('robustbench/linf.json')).toEqual([
      'accuracy=89.5 percent dataset=cifar10 attack=clean architecture=WideResNet-28-10',
      'robust_accuracy=59.25 percent dataset=cifar10 attack=autoattack epsilon=8/255 architecture=WideResNet-28-10',
      'robust_accuracy=62.5 percent dataset=cifar10 attack=reported epsilon=8/255 architecture=WideResNet-28-10',
    ])
    expect(JSON.stringify(readFixture('robustbench/linf.json'))).not.toContain('Title of a Paper')
  })

  test('corruptions have no epsilon', () => {
    expect(lines('robustbench/corruptions.json')).toEqual([
      'accuracy=93.25 percent dataset=cifar10 attack=clean architecture=PreActResNet-18',
      'robust_accuracy=85.04 percent dataset=cifar10 attack=corruptions architecture=PreActResNet-18',
      'robust_accuracy=85 percent dataset=cifar10 attack=reported architecture=PreActResNet-18',
    ])
  })

  test('an attack from elsewhere that breaks more supersedes AutoAttack', () => {
    expect(lines('robustbench/superseded.json').filter((found) => found.startsWith('robust'))).toEqual([
      'robust_accuracy=68.75 percent dataset=cifar10 attack=external epsilon=0.5 architecture=WideResNet-70-16',
      'robust_accuracy=72 percent dataset=cifar10 attack=reported epsilon=0.5 architecture=WideResNet-70-16',
    ])
  })

  test('what is called unreliable, and a decimal comma', () => {
    expect(lines('robustbench/unreliable.json')).toEqual([])
    expect(faults('robustbench/unreliable.json')).toEqual([
      '8 contradiction /autoattack_acc 64% `unreliable: true`',
      '6 malformed robustbench /clean_acc a number of percent from 0 to 100',
    ])
  })
})

describe('timm-results', () => {
  test('shifted data: percent, and the drop from the clean data', () => {
    expect(lines('timm-results/shifted.csv').slice(0, 4)).toEqual([
      'accuracy=71.5 percent model=tiny_patch16_224.acme_in1k img_size=224',
      'top5_accuracy=90.25 percent model=tiny_patch16_224.acme_in1k img_size=224',
      'accuracy_difference=-17.25 percent model=tiny_patch16_224.acme_in1k img_size=224 scope=comparison reference=clean',
      'top5_accuracy_difference=-8 percent model=tiny_patch16_224.acme_in1k img_size=224 scope=comparison reference=clean',
    ])
    expect(faults('timm-results/shifted.csv')).toEqual([])
  })

  test('an error that is not what the accuracy leaves, and a decimal comma', () => {
    expect(lines('timm-results/clean.csv')).toEqual([
      'accuracy=88.75 percent model=tiny_patch16_224.acme_in1k img_size=224',
      'top5_accuracy=98.25 percent model=tiny_patch16_224.acme_in1k img_size=224',
    ])
    expect(faults('timm-results/clean.csv')).toEqual([
      '3 contradiction /2/top1 88.75% 100% less 12.25%',
      '3 malformed timm-results /2/top5 a number of percent',
    ])
  })
})

describe('mlperf-accuracy', () => {
  test('text and JSON, with their counts', () => {
    expect(lines('mlperf-accuracy/accuracy.txt')).toEqual(['accuracy=76.038 percent n=50000 k=38019'])
    expect(lines('mlperf-accuracy/results.json')).toEqual([
      'accuracy=76 percent scenario=TestScenario.Offline n=500 k=380',
    ])
  })

  test('a run for performance has no accuracy, and 380 of 500 are not 77%', () => {
    expect(lines('mlperf-accuracy/performance.json')).toEqual([])
    expect(faults('mlperf-accuracy/performance.json')).toEqual([
      '2 nothing_evaluated /TestScenario.SingleStream/accuracy',
      '3 contradiction /TestScenario.Server/accuracy 77% 380/500',
    ])
  })

  test('the log of answers holds no accuracy', () => {
    expect(faults('mlperf-accuracy/mlperf_log_accuracy.json')).toEqual(['1 no_measurements mlperf-accuracy'])
  })

  test.each([
    ['none at all', 'accuracy=0.000%, good=0, total=0', 'nothing_evaluated'],
    ['more than all', 'accuracy=110.000%, good=11, total=10', 'contradiction'],
    ['another ratio', 'accuracy=76.038%, good=38000, total=50000', 'contradiction'],
  ])('%s', (_, text, code) => {
    const { reading } = readText(text, 'accuracy.txt')

    expect(reading.measurements).toEqual([])
    expect(reading.problems.map((problem) => problem.code)).toEqual([code])
  })
})
