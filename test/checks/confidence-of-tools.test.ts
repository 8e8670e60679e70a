import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answerMetric, MetricCheck } from '../../src/checks/metric.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { plain } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { aContext } from '../support/facts.ts'

const FIXTURES = new URL('../../fixtures/readers/', import.meta.url)

function answered(path: string, keys: object): string {
  const { reading } = readEvidence(readFileSync(new URL(path, FIXTURES)), path, 'f00d')
  const criterion = MetricCheck.parse({
    ...{ id: 'a', control: 'performance', check: 'metric', confidence: 0.95 },
    ...keys,
  })
  const answer = answerMetric(criterion, aContext(reading.measurements))
  return `${answer.outcome}: ${plain(answerWords(answer).says)}`
}

describe('what tools wrote, judged with confidence', () => {
  test.each<readonly [string, string, object, string]>([
    [
      'lm-evaluation-harness, by the count that its error gives',
      'lm-eval/v0.3.json',
      { metric: 'acc', at_least: 0.4 },
      'undecided: `accuracy` is 0.375 and must be at least 0.4, which may still hold: at confidence 0.95 it is at most 0.4167 (exact binomial) (n = 400, computed from its standard error, ',
    ],
    [
      'the same, far enough above the bound',
      'lm-eval/v0.3.json',
      { metric: 'acc', at_least: 0.3 },
      'met: `accuracy` is 0.375, at confidence 0.95 at least 0.3347 (exact binomial), and at least 0.3 was asked',
    ],
    [
      'a perfect score of which neither count nor spread is known',
      'lm-eval/v0.3.json',
      { metric: 'acc_norm', at_least: 0.5 },
      'undecided: `acc_norm` is 1 and must be shown to be at least 0.5 at confidence 0.95, and a standard error of 0 shows nothing',
    ],
    [
      'a mean by its error alone',
      'lm-eval/v0.3.json',
      { metric: 'perplexity', at_most: 13 },
      'met: `perplexity` is 12.5, at confidence 0.95 at most 12.994 (normal from the standard error), and at most 13 was asked',
    ],
    [
      'a mean without one',
      'lm-eval/v0.4.2.json',
      { metric: 'bleu_max', at_least: 20 },
      'undecided: `bleu_max` is 27.5 and must be shown to be at least 20 at confidence 0.95, and the evidence gives neither its counts, nor an interval, nor a standard error',
    ],
    [
      'a group of tasks, whose count is not the sum of theirs',
      'lm-eval/v0.4.2.json',
      { metric: 'acc', where: { task: 'bundle' }, at_least: 0.58 },
      'met: `accuracy` is 0.6, at confidence 0.95 at least 0.5835 (normal from the standard error)',
    ],
    [
      'recall of a class of scikit-learn, over its positives',
      'sklearn-classification-report/report.json',
      { metric: 'recall', where: { class: '0' }, at_least: 0.75 },
      'met: `recall` is 0.9, at confidence 0.95 at least 0.761 (exact binomial), and at least 0.75 was asked (n = 30, ',
    ],
    [
      'precision of a class, whose denominator the report does not give',
      'sklearn-classification-report/report.json',
      { metric: 'precision', where: { class: '0' }, at_least: 0.5 },
      'undecided: `precision` is 0.9310344827586207 and must be shown to be at least 0.5 at confidence 0.95, and the evidence gives neither its counts',
    ],
    [
      'attacks of garak, by the counts of outputs that stand alone',
      'garak/v0.14-interval.report.jsonl',
      { metric: 'attack_success_rate', where: { probe: 'tricks.Rot13' }, at_most: 0.25 },
      'met: `attack_success_rate` is 0.1, at confidence 0.95 at most 0.215 (exact binomial), and at most 0.25 was asked',
    ],
    [
      'attacks of garak with several outputs to a prompt, by their error over prompts',
      'garak/v0.15-generations.report.jsonl',
      { metric: 'attack_success_rate', where: { probe: 'tricks.Base64' }, at_most: 0.9 },
      'met: `attack_success_rate` is 0.2727272727272727, at confidence 0.95 at most 0.735 (t from the standard error), and at most 0.9 was asked',
    ],
    [
      'attacks of garak of which none succeeded, with several outputs to a prompt',
      'garak/v0.15-generations.report.jsonl',
      { metric: 'attack_success_rate', where: { probe: 'tricks.Rot13' }, at_most: 0.9 },
      'undecided: `attack_success_rate` is 0 and must be shown to be at most 0.9 at confidence 0.95, and its samples are clustered, so that they are not independent',
    ],
    [
      'a mean of DeepEval over test cases',
      'deepeval/latest.json',
      { metric: 'answer_relevancy', at_least: 0.05 },
      'met: `answer_relevancy` is 0.5, at confidence 0.95 at least 0.083 (t from the standard error), and at least 0.05 was asked',
    ],
  ])('%s', (_, path, keys, expected) => {
    expect(answered(path, keys)).toContain(expected)
  })
})
