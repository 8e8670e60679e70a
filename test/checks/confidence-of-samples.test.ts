import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answer, Criterion } from '../../src/checks/index.ts'
import type { Answer } from '../../src/core/answer.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { binomialAtMost } from '../statistics/independent.ts'
import { aContext } from '../support/facts.ts'

// Files that the tools really wrote, or their own repositories hold; read where they lie.
const SAMPLES = new URL('../../../shared/samples/', import.meta.url)

function answered(path: string, keys: object): Answer {
  const { reading } = readEvidence(readFileSync(new URL(path, SAMPLES)), path, 'f00d')
  const asked = { id: 'a', control: 'performance', check: 'metric', confidence: 0.95, ...keys }
  // Some of them are of later than the context is.
  return answer(Criterion.parse(asked), aContext(reading.measurements, { now: '2027-01-01T12:00:00Z' }))
}

/** The rate at which so few, or so many, successes are just as rare as 1 in 20: by halves, from the chances alone. */
function exact(successes: number, samples: number): { readonly low: number; readonly high: number } {
  const edge = (isBelow: (rate: number) => boolean) => {
    let [low, high] = [0, 1]
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2
      if (isBelow(middle)) low = middle
      else high = middle
    }
    return low
  }
  return {
    low: successes === 0 ? 0 : edge((rate) => 1 - binomialAtMost(successes - 1, samples, rate) < 0.05),
    high: successes === samples ? 1 : edge((rate) => binomialAtMost(successes, samples, rate) > 0.05),
  }
}

type Case = readonly [
  what: string,
  path: string,
  keys: object,
  code: Answer['code'],
  /** What both ends are made of: successes and independent samples. */
  counts: readonly [successes: number, samples: number],
  /** The end that decides, of SciPy 1.17.1: `binomtest(k, n).proportion_ci(0.9, 'exact')`. */
  end: { readonly low: number } | { readonly high: number },
]

const DIGEST = 'garak/v0.15.2-extracted_digest.trim.json'
const ARC = 'lm_eval/v0.3-test-arc_challenge-v2.0-res.json'
const KEYS = { probe: 'apikey.CompleteKey' }

const CASES: readonly Case[] = [
  [
    'garak: no hit in 1,280 outputs to 256 prompts is no hit in 256',
    ...([DIGEST, { metric: 'attack_success_rate', where: KEYS, at_most: 0.01 }, 'not_shown'] as const),
    ...([[0, 256], { high: 0.011633876136434844 }] as const),
  ],
  [
    'the same against what 256 prompts show',
    ...([DIGEST, { metric: 'attack_success_rate', where: KEYS, at_most: 0.012 }, 'within_bound'] as const),
    ...([[0, 256], { high: 0.011633876136434844 }] as const),
  ],
  [
    'garak: no hit in 8 prompts',
    'garak/v0.13.0-test.report.jsonl',
    { metric: 'attack_success_rate', where: { probe: 'test.Test' }, at_most: 0.32 },
    ...(['within_bound', [0, 8], { high: 0.3123439780674782 }] as const),
  ],
  [
    'lm-eval: 312 of 1,172, the count by its error, above the bound',
    ...([ARC, { metric: 'acc', at_least: 0.24 }, 'within_bound', [312, 1172]] as const),
    { low: 0.2450010511 },
  ],
  [
    'the same, not far enough above it',
    ...([ARC, { metric: 'acc', at_least: 0.25 }, 'not_shown', [312, 1172]] as const),
    { low: 0.2450010511 },
  ],
  [
    'the same, below it',
    ...([ARC, { metric: 'acc', at_least: 0.3 }, 'beyond_bound', [312, 1172]] as const),
    { high: 0.2882954559 },
  ],
  [
    'lm-eval: 961 of 1,000 is not shown to be 0.95',
    'lm_eval/v0.2-pythia-v0-410m-step71500-gptneox.json',
    { metric: 'acc', where: { task: 'blimp_wh_questions_subject_gap' }, at_least: 0.95 },
    ...(['not_shown', [961, 1000], { low: 0.9493659932 }] as const),
  ],
  [
    'TextAttack: 2 attacks of 3, printed as 66.67%',
    'robustness/textattack-run_attack_transformers_datasets_adv_metrics.txt',
    { metric: 'attack_success_rate', at_most: 0.5, unit: 'fraction' },
    ...(['not_shown', [2, 3], { low: 0.1353503621 }] as const),
  ],
  [
    'TextAttack: none of 2 attacks, while 3 were skipped',
    'robustness/textattack-run_attack_deepwordbug_bert_snli_10.txt',
    { metric: 'attack_success_rate', at_most: 0.8, unit: 'fraction' },
    ...(['within_bound', [0, 2], { high: 0.7763932023 }] as const),
  ],
  [
    'TextAttack: both of 2 attacks',
    'robustness/textattack-csv_attack_log.csv',
    { metric: 'attack_success_rate', at_most: 0.2 },
    ...(['beyond_bound', [2, 2], { low: 0.22360679774997896 }] as const),
  ],
  [
    'AutoAttack: 26 of 50 robust, printed as 52%',
    'robustness/autoattack-log-carmon2019.txt',
    { metric: 'robust_accuracy', at_least: 0.4, unit: 'fraction' },
    ...(['not_shown', [26, 50], { low: 0.3954120353 }] as const),
  ],
  [
    'MLPerf: 76.038% of 50,000',
    'robustness/mlperf-v0.5-accuracy_accuracy.txt',
    { metric: 'accuracy', at_least: 0.756, unit: 'fraction' },
    ...(['within_bound', [38019, 50000], { low: 0.7572189491 }] as const),
  ],
]

describe('real files, judged with confidence', () => {
  test.for(CASES)('%s', ([_, path, keys, code, [successes, samples], end], context) => {
    if (!existsSync(new URL(path, SAMPLES))) context.skip()
    const found = answered(path, keys)
    const own = exact(successes, samples)

    // Ten decimals are shown, to the side that claims less.
    expect(found).toMatchObject({
      code,
      shown: { low: expect.closeTo(own.low, 8), high: expect.closeTo(own.high, 8) },
    })
    expect(own).toMatchObject(
      Object.fromEntries(Object.entries(end).map(([key, value]) => [key, expect.closeTo(value, 8)])),
    )
  })

  test.for([
    [
      'garak: outputs to one prompt hang together, and the digest tells no error',
      DIGEST,
      { metric: 'attack_success_rate', where: { probe: 'apikey.GetKey' }, at_most: 0.05 },
      'clustered',
    ],
    [
      'garak: a digest without counts',
      'garak/v0.14-tbsa_digest_0.json',
      {
        metric: 'attack_success_rate',
        where: { probe: 'encoding.InjectHex', detector: 'encoding.DecodeMatch' },
        at_most: 0.9,
      },
      'nothing_known',
    ],
    [
      'RobustBench: 59.53% of nobody knows how many',
      'robustness/robustbench-cifar10-Linf-Carmon2019Unlabeled.json',
      { metric: 'robust_accuracy', where: { attack: 'autoattack' }, at_least: 50, unit: 'percent' },
      'nothing_known',
    ],
  ] as const)('%s: nothing is shown', ([_, path, keys, why], context) => {
    if (!existsSync(new URL(path, SAMPLES))) context.skip()

    expect(answered(path, keys)).toMatchObject({ code: 'nothing_shown', outcome: 'undecided', why })
  })

  test('RobustBench without confidence is decided by its value', ({ skip }) => {
    const path = 'robustness/robustbench-cifar10-Linf-Carmon2019Unlabeled.json'
    if (!existsSync(new URL(path, SAMPLES))) skip()
    const asked = (at_least: number) =>
      answered(path, {
        metric: 'robust_accuracy',
        where: { attack: 'autoattack' },
        at_least,
        unit: 'percent',
        confidence: undefined,
      })

    expect([asked(59.53).outcome, asked(59.54).outcome]).toEqual(['met', 'unmet'])
  })

  test('lm-eval: a mean by its error alone, 3.86 ± 1.645 × 0.308', ({ skip }) => {
    const path = 'lm_eval/v0.3-pythia-12b-step1000-zeroshot.json'
    if (!existsSync(new URL(path, SAMPLES))) skip()
    const where = { task: 'crows_pairs_english_nationality' }
    const asked = (at_most: number) => answered(path, { metric: 'likelihood_difference', where, at_most })
    const shown = {
      low: expect.closeTo(3.8604600694 - 1.644853627 * 0.3079331765, 8),
      high: expect.closeTo(3.8604600694 + 1.644853627 * 0.3079331765, 8),
    }

    expect(asked(4.5)).toMatchObject({ code: 'within_bound', shown })
    expect(asked(4)).toMatchObject({ code: 'not_shown', shown })
    expect(asked(3)).toMatchObject({ code: 'beyond_bound', shown })
  })
})
