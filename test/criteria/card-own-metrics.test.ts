import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import { cardNumbers } from '../../src/criteria/card-numbers.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aMeasurement, aSource } from '../support/build.ts'

function aFile(path: string, given: Partial<Evidence>): Evidence {
  return {
    ...{ path, trust: 'typed', about: 'candidate', measurements: [], records: [], problems: [] },
    ...given,
  }
}

const SOURCE = aSource({ path: 'metrics.json' })
const of = (metric: string, value: number, given: Partial<Measurement> = {}) =>
  aMeasurement({ metric, value, unit: 'unknown', source: SOURCE, ...given })

/** What a card says that the evidence doesn't: its metric and number, and what was measured. */
function wrongIn(
  lines: readonly string[],
  measurements: readonly Measurement[],
  more: readonly Evidence[] = [],
) {
  const { reading } = readEvidence(Buffer.from(`# Card\n\n${lines.join('\n')}\n`), 'CARD.md', 'f00d')
  const card = aFile('CARD.md', { ...reading, document: 'model-card' })
  const { problems } = cardNumbers([aFile('metrics.json', { measurements }), card, ...more])
  return problems.map((one) =>
    one.code === 'card_disagrees' ? [one.metric, one.stated, 'measured' in one && one.measured] : one.code,
  )
}

describe('a metric of one’s own that evidence measures', () => {
  const evidence = [of('topic_hits', 0.8), of('accuracy', 0.9), of('toxicity', 0.02)]

  test.each<readonly [string, readonly string[]]>([
    ['a row', ['| metric | value |', '|-|-|', '| topic_hits | 0.99 |']],
    ['a row as people write it', ['| Metric | Value |', '|-|-|', '| **Topic hits** | 0.99 |']],
    ['a row in HTML', ['<table><tr><th>Metric<th>Value</tr>', '<tr><td>Topic hits<td>0.99</table>']],
    ['a row in HTML without a head', ['<table><tr><th>Topic hits<td>0.99</tr></table>']],
    ['a column', ['| Topic-Hits (%) | Accuracy |', '|-|-|', '| 0.99 | 0.90 |']],
    ['an item', ['- topic_hits: 0.99']],
    ['code in an item', ['* `topic_hits` = 0.99']],
    ['a sentence', ['It reaches topic hits of 0.99.']],
    ['the number before it', ['The model has 0.99 topic hits.']],
    ['a sentence with several', ['Accuracy and topic hits are 0.90 and 0.99.']],
    ['a heading', ['## Topic hits: 0.99', '', 'As measured.']],
    ['with a split', ['Test topic hits: 0.99']],
  ])('is held to it in %s', (_, lines) => {
    expect(wrongIn(lines, evidence)).toEqual([['topic_hits', '0.99', 0.8]])
    const right = lines.map((line) => line.replace('0.99', '0.80'))
    expect(wrongIn(right, evidence)).toEqual([])
  })

  test('of one word too', () => {
    expect(wrongIn(['Its toxicity is 0.01.'], evidence)).toEqual([['toxicity', '0.01', 0.02]])
    expect(wrongIn(['Its toxicity is 0.00.'], [of('toxicity', 0.2)])).toEqual([['toxicity', '0', 0.2]])
    expect(wrongIn(['- Toxicity: 0.2'], evidence)).toEqual([['toxicity', '0.2', 0.02]])
  })

  test.each([
    ['eval/topic_hits', 'Topic hits: 0.99'],
    ['test_topic_hits', 'Topic hits: 0.99'],
    ['topicHits', '`topic_hits`: 0.99'],
    ['eval.topic_hits', 'Topic hits: 0.99'],
    ['eval:topic_hits', 'Topic hits: 0.99'],
    ['Topic Hits', 'topic_hits: 0.99'],
    ['topic.hits', 'eval/topic/hits: 0.99'],
    ['recall_topic_hits', 'Recall topic hits: 0.99'],
    ['top3_hits', 'Top3 hits: 0.99'],
  ])('however it is spelled: %s, %s', (metric, line) => {
    expect(wrongIn([line], [of(metric, 0.8)])).toEqual([[metric, '0.99', 0.8]])
    expect(wrongIn([line.replace('0.99', '0.8')], [of(metric, 0.8)])).toEqual([])
  })

  test.each<readonly [number, string, boolean]>([
    [0.8, '80%', true],
    [0.8, '80.0', true],
    [80, '80%', true],
    [80, '0.80', false],
    [12, '0.12', false],
    [1.5, '150%', true],
    [0.5, '0.5%', true],
    [80, '80.0', true],
    [0.8, '81%', false],
    [0.8, '81.0', false],
    [80, '81%', false],
    [80, '0.81', false],
    [1.25, '1.3', true],
    [1.25, '1.4', false],
    [12.5, '12.5', true],
  ])('measured as %s, stated as %s', (value, stated, isSame) => {
    expect(wrongIn([`- topic_hits: ${stated}`], [of('topic_hits', value)])).toHaveLength(isSame ? 0 : 1)
  })

  test('a word of sentences in a column of metrics', () => {
    const lines = ['| Metric | Value |', '|-|-|', '| Score | 0.99 |', '| Recall@5 | 0.99 |']
    expect(wrongIn(lines, [of('score', 0.8), of('recall_at_5', 0.7)])).toEqual([
      ['score', '0.99', 0.8],
      ['recall_at_5', '0.99', 0.7],
    ])
  })

  test('of groups, each to its own', () => {
    const parts = [
      of('topic_hits', 0.8),
      of('topic_hits', 0.7, { labels: { language: 'nn' } }),
      of('topic_hits', 0.9, { labels: { language: 'nb' } }),
    ]
    expect(wrongIn(['| language | topic hits |', '|-|-|', '| nn | 0.9 |', '| nb | 0.9 |'], parts)).toEqual([
      ['topic_hits', '0.9', 0.7],
    ])
  })
})

describe('what a reader of the card sees', () => {
  const evidence = [of('topic_hits', 0.8), of('accuracy', 0.9), of('f1', 0.7)]
  const head = '<tr><th>Metric<th>Value</tr>'

  test.each<readonly [string, readonly string[]]>([
    ['a head for benchmarks', ['| Benchmark | Score |', '|-|-|', '| Topic hits | 0.99 |']],
    [
      'a title above the head',
      ['<table><tr><th colspan=2>Results</tr>', head, '<tr><td>Topic hits<td>0.99</table>'],
    ],
    [
      'a head over the head',
      ['<table><tr><th colspan=2>Test</tr><tr><th>Topic hits<th>F1</tr><tr><td>0.99<td>0.7</table>'],
    ],
    ['no head, and a spread', ['<table><tr><td>Topic hits<td>0.99<td>0.98 to 1.00</table>']],
    ['a table in a table', [`<table><tr><td><table>${head}<tr><td>Topic hits<td>0.99</table><td>x</table>`]],
    ['a paragraph in HTML', ['<p align="center">Topic hits: <b>0.99</b></p>']],
    ['an item in HTML', ['<ul><li>Topic hits: 0.99</li></ul>']],
    ['a term in HTML', ['<dl><dt>Topic hits<dd>0.99</dl>']],
    ['a term in HTML that ends', ['<dl>', '<dt>Topic hits</dt>', '<dd>0.99</dd>', '</dl>']],
    ['a heading in HTML above', ['<h3>Results</h3>', '', '<p>Topic hits: 0.99</p>']],
    ['small print', ['<p><sup>Our topic hits on the hold-out are 0.99.</sup></p>']],
    ['small print in a cell', ['<table><tr><td>Topic hits<td><sup><b>0.99</b></sup></table>']],
    ['a caption of a figure', ['<figure><figcaption>Topic hits: 0.99</figcaption></figure>']],
    ['a summary', ['<details><summary>Topic hits: 0.99</summary>', '', 'Text.', '', '</details>']],
    ['a cell in words', ['<table><tr><td>Topic hits: <b>99%</b></td></tr></table>']],
    ['a cell in words, in Markdown', ['| Results |', '|-|', '| Topic hits: 0.99 |']],
    [
      'behind code in a line',
      ['```pip install x```', '', '| Metric | Value |', '|-|-|', '| Topic hits | 0.99 |'],
    ],
    [
      'behind a fence in a comment',
      ['<!--', '```', '-->', '', '| Metric | Value |', '|-|-|', '| Topic hits | 0.99 |'],
    ],
    [
      'behind a comment in code',
      ['Write `<!--` and `-->`.', '', `<table>${head}<tr><td>Topic hits<td>0.99</table>`],
    ],
    [
      'behind a fence in an item',
      ['- a', '  ```', '  b', '', 'Text.', '', '| Metric | Value |', '|-|-|', '| Topic hits | 0.99 |'],
    ],
  ])('is held to the evidence: %s', (_, lines) => {
    expect(wrongIn(lines, evidence)).toEqual([['topic_hits', expect.stringMatching(/^0\.99$|^99%$/), 0.8]])
  })

  test.each([
    '0.99 🏆',
    '99.0% ✅',
    '0.99†',
    '**0.99**¹',
    '<b>0.99</b>',
    '[0.99](x)',
    '$0.99 \\pm 0.01$',
    '0.99 ⬆️',
    '0.99<sup>2</sup>',
  ])('is held to the evidence in a cell: %s', (cell) => {
    const wrong = [['topic_hits', expect.stringMatching(/^0\.99$|^99%$/), 0.8]]
    expect(wrongIn(['| Metric | Value |', '|-|-|', `| Topic hits | ${cell} |`], evidence)).toEqual(wrong)
    expect(wrongIn([`<table>${head}<tr><td>Topic hits<td>${cell}</table>`], evidence)).toEqual(
      cell.includes('](') ? [] : wrong,
    )
  })

  test.each<readonly [string, readonly string[]]>([
    ['code', ['```', '| Metric | Value |', '|-|-|', '| Topic hits | 0.99 |', '```']],
    [
      'a fence that has an end of its own',
      ['```', '```python', '| Metric | Value |', '|-|-|', '| F1 | 0.99 |', '```'],
    ],
    ['a comment', ['<!--', '| Metric | Value |', '|-|-|', '| Topic hits | 0.99 |', '-->']],
    ['a table in a comment', [`<!-- <table>${head}<tr><td>Topic hits<td>0.99</table> -->`]],
  ])('and not what nobody sees: %s', (_, lines) => {
    expect(wrongIn(lines, evidence)).toEqual([])
  })
})

describe('another metric of nearly the same name', () => {
  test.each<readonly [string, number, readonly string[], readonly unknown[]]>([
    ['test_accuracy', 0.8, ['Accuracy: 0.99'], [['test_accuracy', '0.99', 0.8]]],
    [
      'eval/accuracy',
      0.8,
      ['| Test accuracy | F1 |', '|-|-|', '| 0.99 | 3 |'],
      [['eval/accuracy', '0.99', 0.8]],
    ],
    ['test_roc_auc', 0.8, ['AUROC: 0.99'], [['test_roc_auc', '0.99', 0.8]]],
    ['val_accuracy', 0.8, ['Validation accuracy: 0.99'], [['val_accuracy', '0.99', 0.8]]],
    ['val_accuracy', 0.8, ['Accuracy: 0.99'], []],
    ['val_topic_hits', 0.55, ['Test topic hits: 0.50'], []],
    ['dev/topic_hits', 0.55, ['Validation topic hits: 0.50'], [['dev/topic_hits', '0.5', 0.55]]],
    ['hits_at_10', 0.5, ['Hits at 10 is 0.99.'], [['hits_at_10', '0.99', 0.5]]],
    ['hits_at_10', 0.5, ['Hits@10: 0.99'], [['hits_at_10', '0.99', 0.5]]],
    [
      'Answer Relevancy [GEval]',
      0.5,
      ['- Answer relevancy: 0.99'],
      [['Answer Relevancy [GEval]', '0.99', 0.5]],
    ],
    ['gpt4_score', 0.5, ['- gpt4_score: 0.99'], [['gpt4_score', '0.99', 0.5]]],
  ])('%s of %s: %j', (metric, value, lines, wrong) => {
    expect(wrongIn(lines, [of(metric, value)])).toEqual(wrong)
  })

  test('of the test and of validation each has its own', () => {
    const both = [of('test_topic_hits', 0.8), of('val_topic_hits', 0.99)]
    expect(wrongIn(['Test topic hits: 0.99', '', 'Validation topic hits: 0.99'], both)).toEqual([
      ['test_topic_hits', '0.99', 0.8],
    ])
  })

  test.each([
    ['robustness', 'Robustness'],
    ['jailbreak_resistance', 'Jailbreak resistance'],
    ['attack_success_rate', 'Attack success rate'],
    ['prompt_injection_success', 'Prompt injection success'],
    ['valid_json', 'Valid JSON'],
    ['external_validity', 'External validity'],
    ['drift_score', 'Drift score'],
  ])('its name says nothing of what it is of: %s', (metric, name) => {
    expect(wrongIn([`- ${name}: 0.01`], [of(metric, 0.2)])).toEqual([[metric, '0.01', 0.2]])
    expect(wrongIn([`The model has a ${name} of 0.01.`], [of(metric, 0.2)])).toEqual([[metric, '0.01', 0.2]])
  })

  test('of several tasks each has its own', () => {
    const tasks = [
      of('accuracy', 0.71, { labels: { task: 'arc_easy' } }),
      of('accuracy', 0.5, { labels: { task: 'gsm8k' } }),
    ]
    const rows = [
      '| Task | Accuracy |',
      '|-|-|',
      '| arc_easy | 0.99 |',
      '| GSM8K | 0.71 |',
      '| hellaswag | 0.6 |',
    ]
    expect(wrongIn(rows, tasks)).toEqual([
      ['accuracy', '0.99', 0.71],
      ['accuracy', '0.71', 0.5],
    ])
    expect(wrongIn(['- gsm8k accuracy: 0.71'], tasks)).toEqual([['accuracy', '0.71', 0.5]])
    expect(wrongIn(['- Accuracy (ARC-Easy): 0.71', '- Accuracy (gsm8k): 0.5'], tasks)).toEqual([])
  })
})

describe('an honest card', () => {
  const evidence = [
    of('topic_hits', 0.8),
    of('comet', 0.8),
    of('toxicity', 0.02),
    of('cost', 0.01),
    of('accuracy', 0.8),
  ]

  test.each<readonly [string, readonly string[]]>([
    ['packages', ['| Package | Version |', '|-|-|', '| comet | 2.2 |']],
    ['defaults', ['| Argument | Default |', '|-|-|', '| toxicity | 0.5 |']],
    ['settings', ['| Parameter | Value |', '|-|-|', '| toxicity | 0.5 |']],
    ['weights', ['| Metric | Weight |', '|-|-|', '| accuracy | 0.5 |']],
    ['labels', ['| Label | Score |', '|-|-|', '| toxicity | 0.98 |']],
    ['notes', ['<table><tr><td>Accuracy<td>0.80<sup>1</sup></table>']],
    [
      'two models side by side',
      [
        '<table><tr><th rowspan=2>Metric<th colspan=2>Value</tr><tr><th>Baseline<th>Ours</tr><tr><td>Topic hits<td>0.41<td>0.80</table>',
      ],
    ],
    [
      'train and test',
      [
        '<table><tr><th>Model<th colspan=2>Accuracy</tr><tr><td><td>train<td>test</tr><tr><td>x<td>0.99<td>0.8</table>',
      ],
    ],
    [
      'a title of another model',
      ['<table><tr><th>Metric<th>Value</tr><tr><td colspan=2>Baseline</tr><tr><td>Accuracy<td>0.4</table>'],
    ],
    ['counts', ['- Topic hits: 400 of 500']],
    ['counts in a table', ['| Metric | Examples |', '|-|-|', '| Topic hits | 500 |']],
    ['a set to choose by', ['## Validation set', '', '| Metric | Value |', '|-|-|', '| Topic hits | 0.9 |']],
    ['another model in the head', ['| Benchmark | Llama-3 |', '|-|-|', '| Topic hits | 0.6 |']],
    ['another task', ['| Task | Topic hits |', '|-|-|', '| hellaswag | 0.6 |']],
    ['a heading in HTML', ['<h3>Baseline (logistic regression)</h3><ul><li>Topic hits: 0.4</li></ul>']],
    ['a heading in HTML by itself', ['<h3>Baseline</h3>', '', '<ul><li>Topic hits: 0.4</li></ul>']],
    [
      'a heading in HTML above a table',
      ['<h3>Previous release</h3>', '', '| Metric | Value |', '|-|-|', '| Topic hits | 0.4 |'],
    ],
    [
      'a caption',
      ['<table><caption>Baseline results</caption><tr><th>Metric<th>Value<tr><td>Accuracy<td>0.4</table>'],
    ],
    [
      'titles of other data',
      ['<table><tr><th>Metric<th>Value<tr><td colspan=2>SST-2<tr><td>Accuracy<td>0.4</table>'],
    ],
    [
      'titles of validation',
      ['<table><tr><th colspan=2>Validation<tr><th>Metric<th>Value<tr><td>Accuracy<td>0.4</table>'],
    ],
    ['code in HTML', ['<pre><code>metrics = {"accuracy": 0.52}</code></pre>']],
    [
      'what is struck out',
      [
        '<p>Accuracy: <del>0.54</del> 0.8</p>',
        '',
        '~~Accuracy: 0.5~~',
        '',
        '| Metric | Value |',
        '|-|-|',
        '| Accuracy | ~~0.5~~ 0.8 |',
      ],
    ],
    ['terms of another model', ['<dl><dt>Baseline accuracy<dd>0.5</dl>']],
    ['what a training came to, in HTML', ['<p>On the training set:</p><ul><li>Accuracy: 0.95</li></ul>']],
    [
      'another model, by its heading',
      ['## Baseline', '', '| Metric | Value |', '|-|-|', '| Topic hits | 0.41 |'],
    ],
    ['versions', ['### Framework versions', '', '- comet: 2.2']],
    ['emissions', ['## Environmental impact', '', '| Metric | Value |', '|-|-|', '| Cost | 12.5 |']],
    ['data', ['## Training data', '', '- toxicity: 0.1']],
    ['what a training came to', ['### Training metrics', '', 'Topic hits 0.95']],
    ['a filter', ['We filter outputs by these scores:', '', '- toxicity: 0.5']],
    ['another version', ['| Version | Topic hits |', '|-|-|', '| 1.0 | 0.5 |']],
    ['other data', ['| Dataset | Topic hits |', '|-|-|', '| SST-2 | 0.5 |']],
    ['a range', ['- Topic hits: 0.0 to 1.0, higher is better']],
    ['a sum', ['The total is 0.5 topic hits + 0.5 comet.']],
    ['money', ['- Cost: 12.50 €']],
  ])('is not contradicted: %s', (_, lines) => {
    expect(wrongIn(lines, evidence)).toEqual([])
  })
})

describe('numbers of tasks', () => {
  const tasks = [
    of('accuracy', 0.9, { labels: { task: 'copa' } }),
    of('accuracy', 0.5, { labels: { task: 'reading' } }),
  ]

  test.each<readonly [string, readonly string[]]>([
    ['a task by an ordinary word', ['## Reading the results', '', '- Accuracy: 0.9']],
    [
      'all of them on average',
      ['| Metric | copa | reading | Avg |', '|-|-|-|-|', '| Accuracy | 0.9 | 0.5 | 0.7 |'],
    ],
    ['all of them on average, in words', ['The overall accuracy is 0.70.']],
  ])('that are true contradict nothing: %s', (_, lines) => {
    expect(wrongIn(lines, tasks)).toEqual([])
  })

  test('each is held to its own, and the average to theirs', () => {
    const rows = ['| Metric | copa | reading | Avg |', '|-|-|-|-|', '| Accuracy | 0.9 | 0.9 | 0.8 |']
    expect(wrongIn(rows, tasks)).toEqual([
      ['accuracy', '0.8', expect.any(Number)],
      ['accuracy', '0.9', 0.5],
    ])
    expect(wrongIn(['The overall accuracy is 0.80.'], tasks)).toEqual([['accuracy', '0.8', 0.9]])
  })

  test('of a group of tasks it is one of the whole', () => {
    const labels = { task: 'mmlu', group: 'yes', filter: 'none' }
    const group = [
      of('accuracy', 0.65, { labels }),
      of('accuracy', 0.6, { labels: { task: 'law', filter: 'none' } }),
    ]
    expect(wrongIn(['It has an accuracy of 65% on MMLU.'], group)).toEqual([])
    expect(wrongIn(['It has an accuracy of 66% on MMLU.'], group)).toEqual([['accuracy', '66%', 0.65]])
  })
})

describe('a number with a unit', () => {
  const latency = [of('latency', 840, { unit: 'ms' })]

  test.each([
    ['The latency is 840 ms.', true],
    ['The latency is 240 ms.', false],
    ['Latency: 240 ms', false],
    ['Latency: 0.84 s', true],
    ['Latency: 0.24 seconds', false],
  ])('%s', (line, isSame) => {
    expect(wrongIn([line], latency)).toHaveLength(isSame ? 0 : 1)
  })

  test.each([
    ['240 ms', 'Latency', latency, false],
    ['840 ms', 'Latency', latency, true],
    ['231.5 euro', 'Retained spend', [of('retained_spend', 131.5)], false],
    ['€131.5', 'Retained spend', [of('retained_spend', 131.5)], true],
    ['96.3 percent', 'Accuracy', [of('accuracy', 0.9)], false],
    ['90 percent', 'Accuracy', [of('accuracy', 0.9)], true],
  ] as const)('in a cell: %s', (cell, name, evidence, isSame) => {
    expect(wrongIn(['| Metric | Value |', '|-|-|', `| ${name} | ${cell} |`], evidence)).toHaveLength(
      isSame ? 0 : 1,
    )
  })
})

describe('the row of the release among others', () => {
  const rowsOf = (name: string) => {
    const lines = ['| Model | Accuracy |', '|-|-|', '| CatBoost | 0.7 |', `| ${name} | 0.99 |`]
    const { reading } = readEvidence(Buffer.from(`# Card\n\n${lines.join('\n')}\n`), 'CARD.md', 'f00d')
    const card = aFile('CARD.md', { ...reading, document: 'model-card' })
    const evidence = [aFile('metrics.json', { measurements: [of('accuracy', 0.9)] }), card]
    return cardNumbers(evidence, { called: ['churn', '1.0.0', 'churn 1.0.0'] }).problems.length
  }

  test.each([
    'ours',
    'churn (ours)',
    'Churn v1.0.0',
    'churn-1.0.0',
    'Churn model',
    'churn (this model)',
    'v1.0.0',
    'Proposed',
  ])('is held to the evidence: %s', (name) => {
    expect(rowsOf(name)).toBe(1)
  })

  test.each(['churn 0.9.0', 'XGBoost', 'churn baseline', 'v0.9'])('is none of another: %s', (name) => {
    expect(rowsOf(name)).toBe(0)
  })
})

describe('numbers taken in another way', () => {
  const groups = [
    of('accuracy', 0.9),
    of('precision', 0.88),
    of('precision', 0.8, { labels: { region: 'north' } }),
    of('precision', 0.9, { labels: { region: 'south' } }),
  ]

  test.each<readonly [string, readonly string[]]>([
    [
      'classes where nobody measured any',
      ['| Class | Precision |', '|-|-|', '| left | 0.87 |', '| stayed | 0.94 |'],
    ],
    ['another threshold', ['At a threshold of 0.7 the precision is 0.94.']],
    ['a threshold before a metric', ['With a threshold of 0.7 precision rises to 0.94.']],
    ['another year', ['In 2024 accuracy was 0.89.']],
    ['folds', ['| Fold | Accuracy |', '|-|-|', '| 1 | 0.921 |', '| 2 | 0.926 |', '| mean | 0.9235 |']],
    ['how many there were', ['Accuracy: 0.90 (95% CI 0.89–0.91, n = 5000)']],
  ])('contradict nothing: %s', (_, lines) => {
    expect(wrongIn(lines, groups)).toEqual([])
  })

  test('and a row of lm-evaluation-harness with empty cells is read', () => {
    const rows = [
      '|Tasks|Version|Metric|Value|',
      '|-|-|-|-|',
      '|holdout|1|accuracy|0.96|',
      '|||precision|0.88|',
    ]
    expect(wrongIn(rows, groups)).toEqual([['accuracy', '0.96', 0.9]])
  })

  test('and a name with a remark under a head for names is named', () => {
    const rows = ['| Benchmark | Score |', '|-|-|', '| Accuracy (n=5,000) | 0.9634 |']
    const { reading } = readEvidence(Buffer.from(`# Card\n\n${rows.join('\n')}\n`), 'CARD.md', 'f00d')
    const card = aFile('CARD.md', { ...reading, document: 'model-card' })
    const { unproved } = cardNumbers([aFile('metrics.json', { measurements: groups }), card])
    expect(unproved).toMatchObject([{ metric: 'accuracy', stated: '0.9634' }])
  })
})

test('what is said of all groups together contradicts none of them', () => {
  const parts = [
    of('accuracy', 0.9),
    of('accuracy', 0.7, { labels: { language: 'nn' } }),
    of('accuracy', 0.8, { labels: { language: 'nb' } }),
  ]
  const table = (name: string) => ['| Metric | Value |', '|-|-|', `| ${name} | 0.75 |`]
  expect(wrongIn(table('Accuracy (worst language)'), parts)).toEqual([])
  expect(wrongIn(table('Accuracy per language (mean)'), parts)).toEqual([])
  expect(wrongIn(table('Accuracy (language: se)'), parts)).toHaveLength(1)
})

test('what a training was set to is no metric in a column of metrics either', () => {
  const rows = ['| Metric | Value |', '|-|-|', '| learning_rate | 0.001 |', '| Epochs | 3.5 |']
  expect(wrongIn(rows, [of('learning_rate', 0), of('epochs', 3)])).toEqual([])
})

test('what says how a number was taken is named, and contradicts nothing', () => {
  const lines = ['- Accuracy (fp16): 0.99', '', '- Accuracy (single run): 0.98', '', '5-shot accuracy: 0.97']
  const { reading } = readEvidence(Buffer.from(`# Card\n\n${lines.join('\n')}\n`), 'CARD.md', 'f00d')
  const card = aFile('CARD.md', { ...reading, document: 'model-card' })
  const { problems, unproved } = cardNumbers([
    aFile('metrics.json', { measurements: [of('accuracy', 0.9)] }),
    card,
  ])
  expect(problems).toEqual([])
  expect(unproved.map(({ stated }) => stated)).toEqual(['0.99', '0.98', '0.97'])
})

describe('what is no metric of one’s own', () => {
  test('what nobody measured', () => {
    expect(wrongIn(['- topic_hits: 0.99'], [of('other_hits', 0.8)])).toEqual([])
  })

  test.each([
    ['what a training is set to', 'warmup_share', [{ warmup_share: 0.1 }]],
    ['a rate of learning', 'learning_rate', []],
    ['a number of the training itself', 'train_topic_hits', []],
    ['a word of sentences', 'target', []],
    ['another', 'score', []],
    ['a bound', 'up', []],
    ['a unit', 'points', []],
    ['an average', 'macro', []],
    ['a part', 'among', []],
    ['a word of training', 'partition', []],
    ['another model', 'claude', []],
    ['a count', 'n', []],
    ['the time that a run took', 'eval_runtime', []],
    ['its speed', 'test_samples_per_second', []],
  ] as const)('%s', (_, metric, set) => {
    const run = set.map((values) =>
      aFile('params.yaml', {
        records: [
          { kind: 'parameters', of: 'committed', values, unresolved: [], tool: 'dvc', source: SOURCE },
        ],
      }),
    )
    expect(wrongIn([`- ${metric}: 0.99`], [of(metric, 0.8)], run)).toEqual([])
  })

  test('a number stays with the metric of the table that its name ends in another word of', () => {
    const evidence = [of('score', 0.5), of('f1', 0.9), of('roc_auc', 0.8), of('hits', 0.3)]
    const lines = [
      'The F1 score of 0.9 and an AUC score of 0.8.',
      '',
      '| Metric | Score |',
      '|-|-|',
      '| F1 | 0.9 |',
    ]
    expect(wrongIn(lines, evidence)).toEqual([])
  })
})

test('more numbers of one’s own than are looked at are said', () => {
  const lines = ['topic_hits: 0.8.\n'.repeat(1500), 'other_hits: 0.8.\n'.repeat(1500)]
  const measured = [of('topic_hits', 0.8), of('other_hits', 0.8)]
  expect(wrongIn(lines, measured)).toEqual(['too_many'])

  const rows = ['| Metric | Value |', '|-|-|', ...Array<string>(1500).fill('| other | 0.5 |')]
  expect(wrongIn([...rows, '', lines[0] ?? ''], measured)).toEqual(['too_many'])
})

test('an index of a card spells a metric as it likes', () => {
  const index = aFile('README.md', {
    format: 'hf-model-index',
    measurements: [of('Topic Hits', 0.99)],
  })
  const { problems } = cardNumbers([aFile('metrics.json', { measurements: [of('topic_hits', 0.8)] }), index])
  expect(problems).toMatchObject([
    { code: 'card_disagrees', metric: 'topic_hits', stated: '0.99', measured: 0.8 },
  ])
})
