import { describe, expect, test } from 'vitest'
import { metricOf } from '../../src/core/metrics.ts'
import { statedInLines } from '../../src/text/card-lines.ts'
import { sectionsOf } from '../../src/text/markdown.ts'

const all = (...lines: readonly string[]) =>
  statedInLines(sectionsOf(`# Card\n\n${lines.join('\n')}\n`).blocks, (name) => metricOf(name) !== undefined)
/** Of every number its metric and how it is written; in brackets where it only counts with a part that is known. */
const stated = (...lines: readonly string[]) =>
  all(...lines).map(({ name, value, percent, compared }) => {
    const number = `${metricOf(name)?.name} ${value}${percent ? '%' : ''}`
    return compared ? `(${number})` : number
  })

describe('a number in words', () => {
  test.each([
    ['Accuracy: 0.94', 'accuracy 0.94'],
    ['- Accuracy: 0.94', 'accuracy 0.94'],
    ['* **Accuracy:** 0.94', 'accuracy 0.94'],
    ['1. `accuracy` = 0.94', 'accuracy 0.94'],
    ['- Test accuracy – 94.1 %', 'accuracy 94.1%'],
    ['- Accuracy 0.94', 'accuracy 0.94'],
    ['- Accuracy (nn): 0.94', 'accuracy 0.94'],
    ['- Accuracy (0.94)', 'accuracy 0.94'],
    ['- Accuracy, on the hold-out: 0,94', 'accuracy 0.94'],
    ['- Accuracy (target 0.9): 0.94', 'accuracy 0.94'],
    ['- Accuracy (n=500): 0.94 (95% CI 0.92-0.96)', 'accuracy 0.94'],
    ['- Accuracy: 94', 'accuracy 94'],
    ['> [Accuracy](https://example.org/a.html): 0.94', 'accuracy 0.94'],
    ['It reaches an accuracy of 0.94 on the exam.', 'accuracy 0.94'],
    ['The accuracy on letters of the year 2026 is about 94 percent.', 'accuracy 94%'],
    ['The accuracy of it is 94 per cent.', 'accuracy 94%'],
    ['Its false positive rate was 3.1%.', 'false_positive_rate 3.1%'],
    ['We measured 94% accuracy with it.', 'accuracy 94%'],
    ['With 0.81 AUC it ranks well.', 'roc_auc 0.81'],
    ['It was trained on letters and reaches an accuracy of 0.94.', 'accuracy 0.94'],
    ['Better than the base model, it has an accuracy of 0.94.', 'accuracy 0.94'],
    ['The accuracy is 0.94, compared with 0.85 of the base model.', 'accuracy 0.94'],
    ['The word error rate came down to 0.12.', 'word_error_rate 0.12'],
    ['Accuracy\nof the model\nis 0.94.', 'accuracy 0.94'],
    ['<b>Accuracy</b>: 0.94', 'accuracy 0.94'],
    ['### Accuracy: 94%', 'accuracy 94%'],
    ['Accuracy: 0.94 ± 0.01', 'accuracy 0.94'],
    ['Accuracy: 0.94 – our best', 'accuracy 0.94'],
    ['Accu\u00adracy:\u200b 0.94', 'accuracy 0.94'],
    ['It is 94% accurate.', 'accuracy 94%'],
    ['### Accuracy\n\n0.94', 'accuracy 0.94'],
    ['* Accuracy\n  * 0.94', 'accuracy 0.94'],
    ['Accuracy (95% CI): 0.94 (0.92–0.96)', 'accuracy 0.94'],
    ['ROC AUC (95% CI 0.92–0.96): 0.94', 'roc_auc 0.94'],
    ['An accuracy of 94 per cent.', 'accuracy 94%'],
    ['The trained model has an accuracy of 0.94.', 'accuracy 0.94'],
    ['Accuracy after training: 0.94', 'accuracy 0.94'],
    ['The model has 0.94 accuracy and beats the baseline.', 'accuracy 0.94'],
    ['The accuracy at threshold 0.2 is 0.94.', 'accuracy 0.94'],
    ['At a threshold of 0.2 the accuracy is 0.94.', 'accuracy 0.94'],
    ['Accuracy was measured at 0.94.', 'accuracy 0.94'],
    ['The model scores 0.94 on accuracy.', 'accuracy 0.94'],
    ['The accuracy of our model (0.94) is the highest so far.', 'accuracy 0.94'],
    ['Our XGBoost model has an accuracy of 0.94.', 'accuracy 0.94'],
    ['The area under the ROC curve is 0.94.', 'roc_auc 0.94'],
    ['AUC-ROC: 0.94', 'roc_auc 0.94'],
  ])('%s', (line, expected) => {
    expect(stated(line)).toEqual([expected])
  })

  test.each<readonly [string, readonly string[]]>([
    ['Accuracy: 0.94, F1: 0.88; AUC: 0.97', ['accuracy 0.94', 'f1 0.88', 'roc_auc 0.97']],
    ['An accuracy of 0.94 and an F1-score of 0.88.', ['accuracy 0.94', 'f1 0.88']],
    ['Accuracies aside, 0.94 accuracy and 0.88 F1.', ['accuracy 0.94', 'f1 0.88']],
    [
      'Accuracy of 0.97, 0.92 and 0.95 for nb, nn and en.',
      ['accuracy 0.97', 'accuracy 0.92', 'accuracy 0.95'],
    ],
    ['Accuracy: 0.95 (nn: 0.92, nb: 0.97)', ['accuracy 0.95', '(accuracy 0.92)', '(accuracy 0.97)']],
    ['Accuracy by language (nn: 0.92, nb: 0.97)', ['(accuracy 0.92)', '(accuracy 0.97)']],
    ['Accuracy is 0.92 for nn and 0.97 for nb.', ['accuracy 0.92', 'accuracy 0.97']],
    ['Accuracy for nn is 0.92, and for nb 0.97.', ['accuracy 0.92', '(accuracy 0.97)']],
  ])('several: %s', (line, expected) => {
    expect(stated(line)).toEqual(expected)
  })

  test.each([
    ['a number of nothing', 'There are 24 topics, and 0.5 is the threshold.'],
    ['of another model', 'The base model has an accuracy of 0.85.'],
    ['of another model, after it', 'An accuracy of 0.85 is what the baseline reaches.'],
    ['of people', 'Human accuracy: 0.97'],
    ['a goal', 'The accuracy must be 0.9.'],
    ['a goal by a sign', 'accuracy >= 0.9'],
    ['a bound', 'An accuracy of at least 0.9 is asked.'],
    ['a change', 'The drop in accuracy is 0.02.'],
    ['a loss of it', 'A loss of accuracy of 0.02 was seen.'],
    ['a difference', 'Accuracy is 0.02 lower on weekends.'],
    ['a range', 'Accuracy: 0.97 – 0.98'],
    ['points', 'Accuracy of 3 points more.'],
    ['of another model with a remark', 'The challenger model (XGBoost) has an AUC of 0.789.'],
    ['of another model by its name', 'GPT-4 has an accuracy of 0.93 on this task.'],
    ['of what is compared', 'For comparison, SOFA reached an AUROC of 0.742.'],
    ['a threshold of it', 'Monitoring: accuracy threshold: 0.85.'],
    ['of labels', 'The labels have an accuracy of 0.99.'],
    ['of the development', 'AUC in development was 0.801.'],
    ['of those who do it by hand', 'Physicians’ sensitivity was 0.55.'],
    ['a rule', 'We release when the accuracy is 0.85 or more.'],
    ['an alarm', 'Alert when accuracy = 0.87.'],
    ['bounds', 'Service level: recall of at least 0.60, precision 0.50.'],
    ['on what it was trained on', 'On the training set it has an accuracy of 0.99.'],
    ['in training', 'Its accuracy in training was 0.99.'],
    ['percent of a difference', 'Accuracy is 2 percent higher on weekends.'],
    ['points of percent', 'Accuracy is 0.5 percentage points higher, or 2 percent points.'],
    ['of a part of the model', 'A model without augmentation reaches an accuracy of 0.85.'],
    ['of the model in use', 'The champion has an accuracy of 0.85.'],
    ['of the training', '- Training accuracy: 0.99'],
    ['a year', 'In 2026 accuracy was measured again.'],
    ['a day', 'Accuracy: 2026-01-15'],
    ['a version', 'Accuracy of 1.2.0 was measured.'],
    ['a name', 'Its accuracy is in report-0.94 and in F1-2026.'],
    ['a count', 'Accuracy of 500 samples.'],
    ['thousands', 'Accuracy: 2,000'],
    ['a place', 'TPR at 1% FPR'],
    ['a place without a space', 'TPR@0.1% FPR of 0.3'],
    ['a remark far away', 'The accuracy, and where nobody says which (0.6), is open.'],
    ['far away', `The accuracy of ${'one and '.repeat(8)} this is 0.6.`],
    ['bits', '- precision: 16'],
    ['of an optimizer', '- optimizer: Adam with betas=(0.9,0.999) and epsilon=1e-08, epsilon: 0.1'],
    ['what two letters mean elsewhere', 'di 0.5'],
    ['another metric by its cut', 'Recall@5: 0.9, Recall at 5 is 0.8'],
    ['of no metric, under none', '- nn: 0.92'],
    ['in code', '```\naccuracy: 0.94\n```'],
    ['in a comment', 'Text <!-- accuracy: 0.94 --> and more.'],
    ['in a table', '| accuracy | what: 0.94 |\n|---|---|\n| accuracy: 0.94 | 1 |'],
  ])('is none, %s', (_, line) => {
    expect(stated(line)).toEqual([])
  })

  test.each([
    ['Macro F1: 0.8', '(f1 0.8)'],
    ['F1 (macro): 0.8', '(f1 0.8)'],
    ['Top-5 accuracy of 0.99', '(accuracy 0.99)'],
    ['5-shot accuracy: 0.9', '(accuracy 0.9)'],
    ['At a fixed specificity of 90%, sensitivity was 64.1%.', '(recall 64.1%)'],
    ['Accuracy over five folds: 0.91', '(accuracy 0.91)'],
  ])('may be of another metric: %s', (line, expected) => {
    expect(stated(line)).toEqual([expected])
  })
})

describe('a part under its metric', () => {
  test.each<readonly [string, readonly string[]]>([
    ['a heading', ['## Accuracy', '', '- nn: 0.92', '- nb: 0.97']],
    ['a sentence that leads to it', ['Accuracy by language:', '', '- nn: 0.92', '- nb: 0.97']],
    ['an item', ['- Accuracy', '  - nn: 0.92', '  - nb: 0.97']],
  ])('by %s', (_, lines) => {
    expect(stated(...lines)).toEqual(['(accuracy 0.92)', '(accuracy 0.97)'])
    expect(all(...lines).map(({ label }) => label)).toEqual(['nn', 'nb'])
  })

  test('a heading of two metrics names none', () => {
    expect(stated('## Accuracy and F1', '', '- nn: 0.92')).toEqual([])
  })
})

test('a number stands on its line', () => {
  const lines = all(
    'Text',
    'goes on <!-- a',
    'comment --> here.',
    '',
    '- one',
    '- Accuracy: 0.94',
    '',
    'And',
    'F1: 0.8',
  )

  expect(lines.map(({ line }) => line)).toEqual([8, 11])
})

test('what a line calls it has its remark, and no number', () => {
  const labels = all('- Accuracy (nn): 0.9', '- Accuracy: 0.9 (women)', '- F1: 0.8 (0.7 to 0.9)').map(
    ({ label }) => label,
  )

  expect(labels).toEqual(['Accuracy (nn)', 'Accuracy women', 'F1'])
})

test('a number is told with its sentence, and with no other', () => {
  expect(
    all('First one. An accuracy of 0.94', 'is seen. F1: 0.8').map(({ said, line }) => [said, line]),
  ).toEqual([
    ['An accuracy of 0.94 is seen .', 3],
    ['F1 : 0.8', 4],
  ])
})

test('a hostile text is bounded', () => {
  expect(all(...Array.from({ length: 3000 }, () => 'F1: 0.9.\n'))).toHaveLength(2001)
  expect(all('F1 of 0.9, '.repeat(15_000)).length).toBeLessThan(2500)
  expect(all(`F1 ${'('.repeat(90_000)}0.9`)).toEqual([])
  expect(all(`F1: ${'9 percent '.repeat(15_000)}`).length).toBeLessThan(500)
})

test.each([
  ['Accuracy for nn is 0.92.', ['Accuracy for nn is']],
  ['Accuracy is 0.92 for nn and 0.97 for nb.', ['Accuracy is for nn', 'for nb']],
  ['Accuracy for nn is 0.92, and for nb 0.97.', ['Accuracy for nn is', 'for nb']],
  ['An accuracy of 0.92 (nn).', ['accuracy of nn']],
  ['We saw 0.92 accuracy for nn.', ['accuracy for nn']],
  ['A macro F1 of 0.92.', ['macro F1 of']],
  ['Accuracy of 0.97, 0.92 for nb, nn.', ['Accuracy of', undefined]],
])('what is close to a number: %s', (line, expected) => {
  expect(all(line).map(({ near }) => near)).toEqual(expected)
})
