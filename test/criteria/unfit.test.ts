import { describe, expect, test } from 'vitest'
import { KINDS_OF_INPUT } from '../../src/core/attacks.ts'
import { CONTROLS, type Control } from '../../src/core/controls.ts'
import { betterOf } from '../../src/core/directions.ts'
import type { Trait } from '../../src/core/profile.ts'
import { contradictions } from '../../src/criteria/contradictions.ts'
import { coverage } from '../../src/criteria/coverage.ts'
import { unfitFor } from '../../src/criteria/unfit.ts'
import { plain } from '../../src/render/sentence.ts'
import { SUCH_AS, unfitSentence } from '../../src/render/words-unfit.ts'
import { ACCURACY, anEvidence, criteriaText, parsedCriteria, parsedManifest } from '../support/facts.ts'

function criterionOf(control: string, keys: string) {
  const { criteria, problems } = parsedCriteria(
    criteriaText([ACCURACY, `{ id: one, control: ${control}, ${keys} }`]),
  )
  const one = criteria?.criteria[1]
  if (one === undefined) throw new Error(`${keys}: ${JSON.stringify(problems)}`)
  return one
}

/** `answers`, or why not. */
function fits(control: Control, keys: string, traits: readonly Trait[] = []): string {
  return unfitFor(control, criterionOf(control, keys), traits)?.why ?? 'answers'
}

const MANIFEST = `gonogo: 1
model: credit-risk
version: 1.0.0
weights: [{ path: m.safetensors, sha256: ${'a'.repeat(64)} }]
training: { commit: ${'b'.repeat(40)} }
evidence: [a.json]
`

/** Bounded from the side from which a good model holds it. */
const number = (metric: string, rest = '') =>
  `check: metric, metric: ${metric}, ${betterOf(metric) === 'less' ? 'at_most' : 'at_least'}: 0.5${rest}`
/** What an attacker gets, which is bounded from above. */
const taken = (metric: string, rest = '') => `check: metric, metric: ${metric}, at_most: 0.5${rest}`
const ASR = 'check: metric, metric: attack_success_rate, at_most: 0.05'

describe('numbers', () => {
  test.each<readonly [Control, string, string]>([
    // A bound that the worst model holds best is none.
    [
      'security-testing',
      'check: metric, metric: attack_success_rate, at_least: 0.5, where: { attack: pgd }',
      'wrong_way',
    ],
    ['membership-inference', 'check: metric, metric: attack_auc, at_least: 0.5', 'wrong_way'],
    ['fairness', 'check: metric, metric: demographic_parity_difference, at_least: 0.1', 'wrong_way'],
    ['performance', 'check: metric, metric: recall, at_most: 0.5', 'wrong_way'],
    ['performance', 'check: metric, metric: log_loss, at_least: 0.5', 'wrong_way'],
    ['robustness', 'check: metric, metric: robust_accuracy, at_most: 0.5', 'wrong_way'],
    ['fairness', 'check: metric, metric: disparate_impact, at_least: 0.8', 'answers'],
    ['performance', 'check: metric, metric: log_loss, at_most: 0.5', 'answers'],
    ['performance', 'check: metric, metric: accuracy, between: [0.5, 0.9]', 'answers'],
    ['extraction', 'check: metric, metric: accuracy, at_most: 0.8, where: { attack: extraction }', 'answers'],
    // What the model saw is no exam.
    ['performance', 'check: metric, metric: accuracy_train, at_least: 0.9', 'metric'],
    ['performance', 'check: metric, metric: trainAccuracy, at_least: 0.9', 'metric'],
    ['performance', 'check: metric, metric: acc_trn, at_least: 0.9', 'metric'],
    ['performance', 'check: metric, metric: accuracy, at_least: 0.9, where: { split: train }', 'names_other'],
    ['performance', 'check: metric, metric: accuracy, at_least: 0.9, where: { split: test }', 'answers'],
    // A suite tells by its name, or by those of its tests.
    ['extraction', 'check: suite, suite: config', 'says_nothing'],
    ['data-leakage', 'check: suite, tests: [test_sum]', 'says_nothing'],
    ['fairness', 'check: suite, suite: config', 'says_nothing'],
    ['fairness', 'check: suite, suite: bias-checks', 'answers'],
    ['data-leakage', 'check: suite, suite: leakage', 'answers'],
    ['inherited-data', 'check: suite, suite: config', 'says_nothing'],
    ['inherited-data', 'check: suite, suite: corpus-licences', 'answers'],
    // performance: how right the answers are.
    ['performance', number('accuracy'), 'answers'],
    ['performance', number('own_score'), 'answers'],
    ['performance', number('calibration_slope'), 'answers'],
    ['performance', number('acc', ', where: { attack: clean }'), 'answers'],
    ['performance', number('accuracy', ', for_each: task, count: 3'), 'answers'],
    ['performance', number('accuracy', ', dataset: adversarial-qa'), 'answers'],
    ['performance', ASR, 'metric'],
    ['performance', number('robust_accuracy'), 'metric'],
    ['performance', number('latency'), 'metric'],
    ['performance', number('selection_rate'), 'metric'],
    ['performance', number('drift_p_value'), 'metric'],
    ['performance', number('epsilon'), 'metric'],
    ['performance', number('accuracy', ', where: { attack: pgd }'), 'names_other'],
    ['performance', number('accuracy', ', for_each: corruption, of: [fog, blur]'), 'names_other'],

    // fairness: groups.
    ['fairness', number('accuracy'), 'no_groups'],
    ['fairness', number('tpr'), 'no_groups'],
    ['fairness', number('f1'), 'no_groups'],
    ['fairness', number('accuracy', ', dataset: holdout'), 'no_groups'],
    ['fairness', number('accuracy', ', where: { split: test }'), 'no_groups'],
    ['fairness', number('accuracy', ', for_each: sex, of: [F, M]'), 'answers'],
    ['fairness', number('accuracy', ', where: { sex: F }'), 'answers'],
    ['fairness', number('demographic_parity_difference'), 'answers'],
    ['fairness', number('own_gap'), 'answers'],
    ['fairness', number('epsilon', ', where: { sex: F }'), 'metric'],

    // robustness: under attack, or on spoiled input.
    ['robustness', number('robust_accuracy'), 'answers'],
    ['robustness', ASR, 'answers'],
    ['robustness', number('own_stress_score'), 'answers'],
    ['robustness', number('accuracy', ', where: { split: corrupted }'), 'answers'],
    ['robustness', number('accuracy', ', dataset: claims-qa-noisy'), 'answers'],
    ['robustness', number('f1', ', for_each: perturbation, count: 4'), 'answers'],
    ['robustness', number('accuracy', ', where: { attack: square }'), 'answers'],
    ['robustness', number('accuracy'), 'metric'],
    ['robustness', number('accuracy', ', dataset: holdout'), 'metric'],
    ['robustness', number('accuracy', ', for_each: category, count: 4'), 'metric'],
    ['robustness', number('accuracy', ', where: { attack: clean }'), 'unattacked'],
    ['robustness', number('robust_accuracy', ', where: { attack: none }'), 'unattacked'],
    ['robustness', number('attack_auc'), 'metric'],
    ['robustness', `${ASR}, where: { plugin: "pii:direct" }`, 'names_other'],

    // security-testing: any attack that fits.
    ['security-testing', ASR, 'answers'],
    ['security-testing', number('robust_accuracy'), 'answers'],
    ['security-testing', number('attack_advantage'), 'answers'],
    ['security-testing', number('vulnerable_rate'), 'answers'],
    ['security-testing', number('own_red_team_score'), 'answers'],
    ['security-testing', number('accuracy', ', where: { attack: apgd-ce }'), 'answers'],
    ['security-testing', number('roc_auc'), 'metric'],
    ['security-testing', number('epsilon'), 'metric'],
    ['security-testing', number('accuracy', ', where: { attack: clean }'), 'unattacked'],

    // extraction.
    ['extraction', `${ASR}, where: { plugin: prompt-extraction }`, 'answers'],
    ['extraction', `${ASR}, where: { attack: mine }`, 'answers'],
    ['extraction', `${ASR}, dataset: queries-2026`, 'unnamed_attack'],
    ['extraction', `${ASR}, dataset: stolen-copies-2026`, 'answers'],
    ['extraction', taken('accuracy', ', dataset: model-extraction-2026'), 'answers'],
    ['extraction', number('own_copy_score'), 'metric'],
    ['extraction', number('own_copy_score', ', where: { attack: knockoff }'), 'answers'],
    ['extraction', taken('extraction_fidelity'), 'answers'],
    ['extraction', `${ASR}, where: { attack: dangling }`, 'answers'],
    ['extraction', taken('accuracy', ', where: { attack: knockoff }'), 'answers'],
    ['extraction', taken('surrogate_agreement'), 'answers'],
    ['extraction', ASR, 'unnamed_attack'],
    ['extraction', number('accuracy'), 'metric'],
    ['extraction', number('attack_auc'), 'metric'],
    ['extraction', `${ASR}, where: { probe: promptinject }`, 'names_other'],
    ['extraction', number('own_rate', ', where: { probe: promptinject }'), 'names_other'],

    // membership-inference.
    ['membership-inference', number('attack_auc'), 'answers'],
    ['membership-inference', number('attack_auc_gap', ', where: { scope: worst }'), 'answers'],
    ['membership-inference', number('attack_true_positive_rate', ', where: { at_fpr: 0.1% }'), 'answers'],
    ['membership-inference', number('attack_auc', ', dataset: holdout-noisy'), 'answers'],
    ['membership-inference', number('epsilon'), 'answers'],
    ['membership-inference', number('epsilon_lower_bound'), 'answers'],
    ['membership-inference', taken('membership_inference_auc'), 'answers'],
    ['membership-inference', taken('roc_auc', ', where: { attack: lira }'), 'answers'],
    ['membership-inference', number('roc_auc', ', dataset: membership-2026'), 'metric'],
    ['membership-inference', taken('roc_auc', ', dataset: membership-inference-2026'), 'answers'],
    ['membership-inference', taken('roc_auc', ', where: { task: membership_attack }'), 'answers'],
    ['membership-inference', `${ASR}, where: { attack: threshold }`, 'answers'],
    ['membership-inference', number('accuracy'), 'metric'],
    ['membership-inference', number('roc_auc'), 'metric'],
    ['membership-inference', number('robust_accuracy'), 'metric'],
    ['membership-inference', ASR, 'unnamed_attack'],
    ['membership-inference', number('accuracy', ', where: { attack: fgsm }'), 'names_other'],
    ['membership-inference', number('accuracy', ', for_each: corruption, count: 3'), 'names_other'],

    // data-leakage.
    ['data-leakage', `${ASR}, for_each: plugin, of: ["pii:direct", "pii:session"]`, 'answers'],
    ['data-leakage', `${ASR}, dataset: continuations-2026`, 'answers'],
    ['data-leakage', taken('exact_match', ', where: { task: memorisation }'), 'answers'],
    ['data-leakage', number('leak_rate'), 'answers'],
    ['data-leakage', number('leak_rate', ', where: { probe: promptinject }'), 'answers'],
    ['data-leakage', number('exact_match'), 'metric'],
    ['data-leakage', number('epsilon'), 'metric'],
    ['data-leakage', ASR, 'unnamed_attack'],
    ['data-leakage', `${ASR}, where: { attack: textfooler }`, 'names_other'],

    // prompt-injection.
    ['prompt-injection', `${ASR}, where: { probe: promptinject }`, 'answers'],
    ['prompt-injection', `${ASR}, for_each: probe, of: [latentinjection.LatentWhois]`, 'answers'],
    ['prompt-injection', `${ASR}, where: { format: garak }`, 'unnamed_attack'],
    ['prompt-injection', `${ASR}, dataset: injections-2026`, 'answers'],
    ['prompt-injection', number('pass_rate', ', where: { plugin: hijacking }'), 'answers'],
    ['prompt-injection', number('injections_held'), 'answers'],
    ['prompt-injection', number('pass_rate'), 'metric'],
    ['prompt-injection', ASR, 'unnamed_attack'],
    ['prompt-injection', `${ASR}, where: { attack: fgsm }`, 'names_other'],

    // Of the data and of bases.
    ['poisoning-prevention', number('unexpected_rate'), 'in_part'],
    ['poisoning-prevention', number('outliers'), 'in_part'],
    ['poisoning-prevention', `${ASR}, where: { attack: backdoor }`, 'in_part'],
    ['poisoning-prevention', number('accuracy'), 'metric'],
    ['poisoning-prevention', ASR, 'metric'],
    ['inherited-data', number('unexpected_rate'), 'answers'],
    ['inherited-data', number('accuracy'), 'metric'],
    ...(
      [
        ['data-integrity', 'reproducibility', 'access-control', 'environment-isolation', 'supply-chain'],
        ['sourcing-decision', 'human-oversight', 'documentation', 'transparency', 'base-model-card'],
        ['base-model-provenance', 'vendor-monitoring', 'secure-development', 'open-source-provenance'],
      ] as const
    )
      .flat()
      .map((control) => [control, number('own'), 'check'] as const),
  ])('%s by { %s }: %s', (control, keys, expected) => {
    expect(fits(control, keys)).toBe(expected)
  })

  test.each<readonly [Control, string, readonly Trait[], string]>([
    ['base-model-evaluation', number('accuracy', ', baseline: base'), ['fine-tuned'], 'answers'],
    ['base-model-evaluation', number('accuracy'), ['fine-tuned'], 'base_not_measured'],
    ['base-model-evaluation', number('own'), ['fine-tuned'], 'base_not_measured'],
    [
      'base-model-evaluation',
      number('accuracy', ', baseline: released'),
      ['fine-tuned'],
      'base_not_measured',
    ],
    // What is taken as it is, is the base.
    ['base-model-evaluation', number('accuracy'), [], 'answers'],
    ['base-model-evaluation', ASR, [], 'metric'],
    [
      'inherited-behaviour',
      number('accuracy', ', where: { sex: F }, baseline: base'),
      ['fine-tuned'],
      'answers',
    ],
    ['inherited-behaviour', number('accuracy', ', baseline: base'), ['fine-tuned'], 'no_groups'],
    ['inherited-behaviour', number('own_toxicity'), ['fine-tuned'], 'base_not_measured'],
    ['inherited-behaviour', number('own_toxicity'), [], 'answers'],
    ['base-model-vulnerabilities', `${ASR}, baseline: base`, ['fine-tuned'], 'answers'],
    ['base-model-vulnerabilities', ASR, ['fine-tuned'], 'base_not_measured'],
    ['base-model-vulnerabilities', ASR, [], 'answers'],
    ['base-model-vulnerabilities', number('accuracy'), [], 'metric'],
  ])('%s by { %s } with %j: %s', (control, keys, traits, expected) => {
    expect(fits(control, keys, traits)).toBe(expected)
  })
})

describe('a bound that the worst model holds best', () => {
  const GENERATIVE: readonly Trait[] = ['generative', 'text']
  const asks = (metric: string, bound: string, rest = '') =>
    `check: metric, metric: ${metric}, ${bound}${rest}`

  test.each(
    (
      [
        ['extraction', 'extraction'],
        ['membership-inference', 'membership'],
        ['data-leakage', 'memorisation'],
        ['prompt-injection', 'prompt_injection'],
      ] as const
    ).flatMap(([control, attack]) =>
      [
        ...['accuracy', 'f1', 'roc_auc', 'recall', 'exact_match', 'success_rate', 'balanced_accuracy'],
        ...['attack_success_rate', 'reply_similarity', 'win_rate'],
      ].map((metric) => [control, attack, metric] as const),
    ),
  )('%s: what an attacker gets by %s, as %s, is bounded from above', (control, attack, metric) => {
    const where = `, where: { attack: ${attack} }`
    expect(fits(control, asks(metric, 'at_least: 0.6', where), GENERATIVE)).toBe('wrong_way')
    expect(fits(control, asks(metric, 'between: [0.6, 1]', where), GENERATIVE)).toBe('wrong_way')
    expect(fits(control, asks(metric, 'at_most: 0.6', where), GENERATIVE)).toBe('answers')
    expect(fits(control, asks(metric, 'between: [0, 0.6]', where), GENERATIVE)).toBe('answers')
  })

  test.each<readonly [Control, string, string]>([
    ['security-testing', asks('attack_success_rate', 'between: [0.01, 1]'), 'wrong_way'],
    ['security-testing', asks('attack_success_rate', 'between: [1, 100], unit: percent'), 'wrong_way'],
    ['security-testing', asks('attack_success_rate', 'between: [0.6, 0.99]'), 'wrong_way'],
    ['security-testing', asks('attack_success_rate', 'equals: 1'), 'wrong_way'],
    ['security-testing', asks('attack_success_rate', 'equals: 0'), 'answers'],
    ['security-testing', asks('attack_success_rate', 'between: [0, 0.05]'), 'answers'],
    ['robustness', asks('attack_success_rate', 'between: [0.9, 1]'), 'wrong_way'],
    ['robustness', asks('robust_accuracy', 'between: [0.9, 1]'), 'answers'],
    ['robustness', asks('robust_accuracy', 'between: [0, 0.9]'), 'wrong_way'],
    ['robustness', asks('accuracy', 'between: [0, 0.1], where: { corruption: blur }'), 'wrong_way'],
    ['robustness', asks('accuracy', 'at_least: 0.6, where: { attack: pgd }'), 'answers'],
    ['performance', asks('accuracy', 'between: [0, 0.5]'), 'wrong_way'],
    ['performance', asks('accuracy', 'equals: 0'), 'wrong_way'],
    ['performance', asks('accuracy', 'equals: 1'), 'answers'],
    ['performance', asks('error_rate', 'between: [0.2, 1]'), 'wrong_way'],
    ['performance', asks('log_loss', 'between: [0.2, 1]'), 'answers'],
    ['performance', asks('accuracy', 'between: [-0.02, 0.02], baseline: released'), 'answers'],
    ['membership-inference', asks('attack_auc', 'between: [0.45, 0.55]'), 'answers'],
    ['membership-inference', asks('attack_auc', 'between: [0.6, 0.9]'), 'wrong_way'],
    ['fairness', asks('disparate_impact', 'between: [0.8, 1.25]'), 'answers'],
    ['fairness', asks('demographic_parity_difference', 'between: [0.1, 1]'), 'wrong_way'],
    // By what attacks it, a number may tell how well the model does, or how well the attacker.
    ['security-testing', asks('accuracy', 'at_least: 0.6, where: { attack: extraction }'), 'wrong_way'],
    ['security-testing', asks('accuracy', 'at_most: 0.6, where: { attack: extraction }'), 'answers'],
    ['security-testing', asks('accuracy', 'at_least: 0.6, where: { attack: pgd }'), 'answers'],
    ['security-testing', asks('accuracy', 'at_most: 0.6, where: { attack: pgd }'), 'wrong_way'],
    ['security-testing', asks('accuracy', 'at_most: 0.6, where: { attack: mine }'), 'answers'],
    ['security-testing', asks('accuracy', 'at_least: 0.6, where: { attack: mine }'), 'answers'],
    [
      'security-testing',
      asks('accuracy', 'at_most: 0.6, for_each: attack, of: [pgd, extraction]'),
      'answers',
    ],
    ['security-testing', asks('log_loss', 'at_least: 0.6, where: { attack: pgd }'), 'wrong_way'],
    // The more errors a copy makes, the better.
    ['prompt-injection', asks('error_rate', 'at_most: 0.3, where: { attack: prompt_injection }'), 'answers'],
    ['extraction', asks('error_rate', 'at_most: 0.3, where: { attack: extraction }'), 'wrong_way'],
    ['extraction', asks('error_rate', 'at_least: 0.3, where: { attack: extraction }'), 'answers'],
    ['data-leakage', asks('perplexity', 'at_most: 3, where: { attack: memorisation }'), 'wrong_way'],
    // By its name.
    ['extraction', asks('surrogate_agreement', 'at_least: 0.6'), 'wrong_way'],
    ['extraction', asks('surrogate_agreement', 'between: [0.6, 1]'), 'wrong_way'],
    ['extraction', asks('extraction_fidelity', 'at_least: 0.6'), 'wrong_way'],
    ['extraction', asks('extraction_rate', 'at_least: 0.6'), 'wrong_way'],
    ['extraction', asks('extraction_resistance', 'at_least: 0.6'), 'answers'],
    ['extraction', asks('happiness', 'at_least: 0.6, where: { attack: extraction }'), 'answers'],
    ['prompt-injection', asks('injections_held', 'at_least: 0.6'), 'answers'],
    ['prompt-injection', asks('pass_rate', 'at_least: 0.9, where: { plugin: hijacking }'), 'answers'],
    ['prompt-injection', asks('pass_rate', 'at_most: 0.9, where: { plugin: hijacking }'), 'wrong_way'],
    [
      'prompt-injection',
      asks('robust_accuracy', 'at_least: 0.9, where: { attack: prompt_injection }'),
      'answers',
    ],
    ['data-leakage', asks('leak_rate', 'at_least: 0.6'), 'wrong_way'],
    // Who finds out members attacks; who finds out attacks defends.
    [
      'membership-inference',
      asks('detection_rate', 'at_least: 0.6, where: { attack: membership }'),
      'wrong_way',
    ],
    ['prompt-injection', asks('detection_rate', 'at_least: 0.6, where: { attack: injection }'), 'answers'],
  ])('%s by { %s }: %s', (control, keys, expected) => {
    const traits = control === 'prompt-injection' ? GENERATIVE : []
    expect(fits(control, keys, traits)).toBe(expected)
  })

  test.each([
    // Words that only begin as those of a defence do.
    ...['surrogate_holdout_agreement', 'heldout_agreement', 'surrogate_agreement_on_held_out'],
    ...['robust_surrogate_agreement', 'private_data_extracted', 'protected_records_extracted'],
    ...['membership_detection_accuracy', 'extraction_success_of_protected_model', 'copied_held_out_share'],
    ...['held_out_memorised_accuracy', 'safe_bypass_rate', 'refusal_bypass_rate', 'mitigation_bypass'],
    ...['surrogate_agreement_blocked_not', 'attack_success_rate_blocked', 'safety_violations'],
    // What an attacker does.
    ...['bypass_rate', 'fooled', 'evaded', 'secrets_disclosed_rate', 'records_stolen', 'compromised'],
    // What a defence did not.
    ...['not_blocked', 'blocked_not', 'non_refusal_rate', 'undetected_rate', 'unprotected_rate'],
    ...['unsafe_rate', 'violation_rate', 'failed_to_refuse_rate', 'defeated_guardrails'],
  ])('%s is the attacker’s', (metric) => {
    for (const [control, attack] of [
      ['extraction', 'extraction'],
      ['membership-inference', 'membership'],
      ['data-leakage', 'memorisation'],
      ['prompt-injection', 'prompt_injection'],
      ['security-testing', 'extraction'],
    ] as const) {
      const where = `, where: { attack: ${attack} }`
      expect(fits(control, asks(metric, 'at_least: 0.6', where), GENERATIVE)).toBe('wrong_way')
      expect(fits(control, asks(metric, 'at_most: 0.6', where), GENERATIVE)).toBe('answers')
    }
  })

  test.each([
    ...['evasion_rate', 'evasion_share', 'evasions', 'fooled', 'evaded', 'flipped_rate', 'bypass_rate'],
    ...['attack_success_rate_blocked', 'undetected_rate', 'jailbreak_rate', 'unsafe_rate'],
  ])('%s is the attacker’s under an attack that takes nothing', (metric) => {
    const where = ', where: { attack: evasion }'
    expect(fits('security-testing', asks(metric, 'at_least: 0.01', where))).toBe('wrong_way')
    expect(fits('security-testing', asks(metric, 'at_most: 0.01', where))).toBe('answers')
  })

  test.each([
    ...['attacks_blocked', 'refusal_rate', 'bypass_prevention_rate', 'evasions_held', 'safe_rate'],
    ...['leak_prevention_rate', 'attacks_withstood', 'rate_of_blocked_bypasses', 'no_bypass_rate'],
    ...['not_extracted', 'unfooled', 'rejected_share'],
  ])('%s is the model’s', (metric) => {
    for (const [control, attack] of [
      ['security-testing', 'evasion'],
      ['prompt-injection', 'prompt_injection'],
      ['data-leakage', 'memorisation'],
    ] as const) {
      const where = `, where: { attack: ${attack} }`
      expect(fits(control, asks(metric, 'at_least: 0.6', where), GENERATIVE)).toBe('answers')
      expect(fits(control, asks(metric, 'at_most: 0.6', where), GENERATIVE)).toBe('wrong_way')
    }
  })

  test.each([
    // Under an attack that takes nothing, how often the model is right, or as it was.
    ...['evasion_accuracy', 'agreement_with_clean', 'task_success', 'adversarial_score', 'robustness'],
    ...['privacy_score', 'attack_detection_rate', 'secrets_protected', 'wins', 'window_hit'],
  ])('%s may be the model’s', (metric) => {
    const where = ', where: { attack: evasion }'
    expect(fits('security-testing', asks(metric, 'at_least: 0.6', where))).toBe('answers')
  })

  test.each(['over_refusal_rate', 'benign_blocked_rate', 'falsely_rejected_share'])(
    '%s is what ought not to be held back',
    (metric) => {
      const where = ', where: { attack: prompt_injection }'
      expect(fits('prompt-injection', asks(metric, 'at_most: 0.1', where), GENERATIVE)).toBe('answers')
    },
  )

  test.each<readonly [Control, string, boolean]>([
    ['extraction', asks('surrogate_agreement', 'at_most: 1'), true],
    ['extraction', asks('surrogate_agreement', 'at_most: 100, unit: percent'), true],
    ['extraction', asks('surrogate_agreement', 'at_most: 1, unit: percent'), false],
    ['extraction', asks('surrogate_agreement', 'at_most: 0.99'), false],
    ['extraction', asks('surrogate_agreement', 'at_most: 1, blocking: false'), false],
    ['data-leakage', asks('leak_rate', 'at_most: 1'), true],
    ['data-leakage', asks('pii_leaked', 'at_most: 1'), false],
    ['data-leakage', asks('leak_rate', 'at_most: 1, unit: count'), false],
    ['security-testing', asks('bypass_rate', 'at_most: 1'), true],
    ['prompt-injection', asks('refusal_rate', 'at_most: 1, where: { attack: injection }'), false],
    ['performance', asks('own_rate', 'at_most: 1'), false],
  ])('%s by { %s } can’t fail: %s', (control, keys, cannotFail) => {
    const text = criteriaText([ACCURACY, `{ id: one, control: ${control}, ${keys} }`])
    const codes = parsedCriteria(text).problems.map(({ code }) => code)
    expect(codes.includes('cannot_fail')).toBe(cannotFail)
  })
})

describe('suites and gaps', () => {
  const gap = (across: string, rest = '') =>
    `check: disparity, metric: accuracy, across: [${across}], as: ratio, at_least: 0.8${rest}`
  test.each<readonly [Control, string, string]>([
    ['robustness', 'check: suite, suite: stress', 'answers'],
    ['robustness', 'check: suite, tests: ["noise*", blur]', 'answers'],
    ['robustness', 'check: suite, suite: "my checks", where: { format: deepchecks }', 'says_nothing'],
    [
      'robustness',
      'check: suite, suite: train_test_validation, where: { format: deepchecks }',
      'says_nothing',
    ],
    ['robustness', 'check: suite', 'says_nothing'],
    ['robustness', 'check: suite, suite: train_quality', 'names_other'],
    ['robustness', 'check: suite, where: { format: great-expectations }', 'names_other'],
    ['data-leakage', 'check: suite, suite: leakage', 'answers'],
    ['membership-inference', 'check: suite, suite: leakage', 'names_other'],
    ['prompt-injection', 'check: suite, where: { file: redteam.xml }', 'answers'],
    ['security-testing', 'check: suite, suite: red-team', 'answers'],
    ['security-testing', 'check: suite', 'says_nothing'],
    ['performance', 'check: suite', 'answers'],
    ['performance', 'check: suite, suite: evaluation', 'answers'],
    ['performance', 'check: suite, suite: jailbreaks', 'names_other'],
    ['performance', 'check: suite, where: { format: great-expectations }', 'names_other'],
    ['fairness', 'check: suite, suite: parity', 'answers'],
    ['fairness', 'check: suite', 'says_nothing'],
    ['fairness', 'check: suite, suite: jailbreaks', 'names_other'],
    ['poisoning-prevention', 'check: suite', 'in_part'],
    ['poisoning-prevention', 'check: suite, tests: ["expect_*"]', 'in_part'],
    ['data-integrity', 'check: suite', 'check'],
    ['access-control', 'check: suite, suite: access', 'check'],
    ['fairness', gap('sex'), 'answers'],
    ['fairness', gap('corruption'), 'names_other'],
    ['performance', gap('sex'), 'check'],
    ['robustness', gap('sex'), 'check'],
    ['robustness', gap('corruption', ', reference: clean'), 'check'],
    ['security-testing', gap('sex'), 'check'],
    ['membership-inference', gap('member'), 'check'],
    ['poisoning-prevention', gap('sex'), 'check'],
  ])('%s by { %s }: %s', (control, keys, expected) => {
    expect(fits(control, keys)).toBe(expected)
  })

  test.each<readonly [Control, string, readonly Trait[], string]>([
    ['base-model-evaluation', gap('sex'), ['fine-tuned'], 'base_not_measured'],
    ['base-model-evaluation', gap('sex'), [], 'answers'],
    ['inherited-behaviour', gap('sex'), ['fine-tuned'], 'base_not_measured'],
    ['inherited-behaviour', gap('sex'), [], 'answers'],
    ['base-model-vulnerabilities', 'check: suite, suite: red-team', ['fine-tuned'], 'base_not_measured'],
    ['base-model-vulnerabilities', 'check: suite, suite: red-team', [], 'answers'],
  ])('%s by { %s } with %j: %s', (control, keys, traits, expected) => {
    expect(fits(control, keys, traits)).toBe(expected)
  })
})

describe('what an attacker writes', () => {
  const STRICT = ['extraction', 'membership-inference', 'data-leakage'] as const
  const ATTACKED = [...STRICT, 'robustness', 'security-testing', 'prompt-injection'] as const
  const GENERATIVE: readonly Trait[] = ['generative']

  test.each(
    ATTACKED.flatMap((control) =>
      [
        'tests: ["*"], at_least: 0.3',
        'tests: ["test_*"]',
        'tests: ["*::*"]',
        'where: { format: junit }',
        'where: { file: models/m/unit.xml }',
        'dataset: holdout',
        'suite: unit-tests',
        'suite: "***"',
      ].map((keys) => [control, `check: suite, ${keys}`] as const),
    ),
  )('%s by { %s }, which names no tests', (control, keys) => {
    expect(fits(control, keys, GENERATIVE)).toBe('says_nothing')
  })

  test.each([
    ...[
      'no_attack',
      'no-attack',
      'No Attack',
      'noAttack',
      'NOATTACK',
      'none_attack',
      'None',
      'baseline',
      'False',
    ],
    ...[
      'unperturbed',
      'natural',
      'standard',
      '0',
      '0.0',
      '00',
      '"-"',
      '" "',
      'off',
      'control',
      'nominal',
      'n/a',
      'null_',
    ],
    ...[
      'clean_accuracy',
      'original-data',
      'without perturbation',
      'non-adversarial',
      'before attack',
      'clean baseline',
    ],
    ...[
      'test.Blank',
      'identity_transform',
      'identityTransform',
      'none_applied',
      'no transform applied',
      'as_is',
    ],
    ...[
      'as is',
      'data-as-is',
      'data_as_is',
      'asIs',
      'raw',
      'raw_input',
      'no-op',
      'no_op_transform',
      'pass-through',
      'nothing',
    ],
    ...[
      'severity_0',
      'severity 0',
      'severity=0.0',
      'severity0',
      'level_0',
      'strength-0',
      'eps_0',
      'eps0',
      'eps=0',
    ],
    ...[
      'epsilon 0/255',
      'pgd_eps_0',
      'fog_severity_0',
      'noise (sigma 0)',
      'gaussian_noise_level_0',
      'pre-attack',
    ],
    ...['"eps: 0.00"', 'severity 0%', 'disabled', 'null transform'],
    ...['noise_0', 'blur_0', 'gaussian_noise_std_0.0', 'max_iter=0', 'noop_attack', 'no-op attack'],
    ...['placebo perturbation', 'attack-free', 'noise_free', 'nochange', 'no_change', 'nonoise', 'sham'],
    ...['income_noise (not applied)', 'fog not_applied', 'pgd (off)', 'pgd disabled', 'id_transform'],
  ])('where: { attack: %s } is no attack', (value) => {
    for (const control of ATTACKED)
      expect(fits(control, number('accuracy', `, where: { attack: ${value} }`), GENERATIVE)).toBe(
        'unattacked',
      )
  })

  test.each([
    ...[
      'standard attack',
      'baseline attack',
      'normal noise',
      'natural_corruption',
      'clean-label',
      'zero-shot',
      'mine',
    ],
    ...[
      'square',
      '1',
      '0.1',
      '8/255',
      'all',
      '攻撃',
      'true',
      'severity_1',
      'severity_01',
      'eps_0.03',
      'eps_0_03',
    ],
    ...['eps=0.001', 'level_10', 'epsilon 8/255', 'raw attack', 'attack_0', 'pgd'],
    ...['noise_1', 'noise_0.1', 'gaussian_noise_std_0_5', 'max_iter=10', 'identity_attack', 'gradient-free'],
    ...['income_noise (applied)', 'one-off', 'note_change', 'words_used', 'sham_rock', 'free'],
    ...['sweeps0', 'rotate_transform', 'eps 0.0-0.3', 'same-origin', 'level 0 to 3'],
  ])('where: { attack: %s } is one', (value) => {
    expect(fits('security-testing', number('accuracy', `, where: { attack: "${value}" }`))).toBe('answers')
  })

  test.each(['severity: 0', 'severity: "0.0"', 'epsilon: 0', 'eps: 0/255', 'strength: 0%'])(
    'where: { corruption: fog, %s } is no attack',
    (strength) => {
      const where = (more: string) => number('accuracy', `, where: { attack: fog, ${more} }`)
      expect(fits('security-testing', where(strength))).toBe('unattacked')
      expect(fits('security-testing', where(strength.replace(/0(?=[^.]*$)/, '3')))).toBe('answers')
    },
  )

  test.each(
    STRICT.flatMap((control) =>
      [
        ...[
          'claims-extract-2026',
          'distilbert-eval',
          'stolen-vehicles',
          'theft-claims',
          'canary-2026',
          'replay-2026',
        ],
        ...['verbatim-transcripts', 'shadow-mode-week', 'members-2026', 'fuel-injection'],
      ].map((dataset) => [control, dataset] as const),
    ),
  )('%s: no accuracy of %s', (control, dataset) => {
    for (const keys of [
      `, dataset: ${dataset}`,
      `, where: { task: ${dataset} }`,
      ', where: { membership: gold }',
    ])
      for (const metric of ['accuracy', 'own_score'])
        expect(fits(control, number(metric, keys))).not.toBe('answers')
    expect(fits('security-testing', number('accuracy', `, dataset: ${dataset}`))).not.toBe('answers')
  })

  test.each([
    'split: test',
    'format: metrics-table',
    'format: garak',
    'file: a.json',
    'dataset: holdout',
    'seed: 1',
    'suite: security',
  ])('a rate of attacks where { %s } does not say of which', (label) => {
    for (const control of [...STRICT, 'prompt-injection'] as const)
      expect(fits(control, `${ASR}, where: { ${label} }`, GENERATIVE)).toBe('unnamed_attack')
  })

  test.each([
    ...[
      'f1_macro',
      'macro_f1',
      'f1-macro',
      'f1_weighted',
      'eval_accuracy',
      'test_accuracy',
      'val_acc',
      'top1',
      'top-1',
    ],
    ...[
      '"acc,none"',
      '"acc_norm,none"',
      'kappa',
      'cohen_kappa',
      'ndcg',
      'ndcg@10',
      'matthews_corrcoef',
      'balanced_acc',
    ],
    ...['eval_f1_macro', 'metrics/accuracy', 'Test Accuracy', 'roc_auc_ovr', 'mean_accuracy', 'accuracy_p5'],
  ])('%s is the quality of any model', (metric) => {
    for (const control of ATTACKED) expect(fits(control, number(metric), GENERATIVE)).toBe('metric')
    expect(fits('inherited-data', number(metric))).toBe('metric')
    expect(fits('fairness', number(metric))).toBe('no_groups')
    expect(fits('fairness', number(metric, ', where: { sex: F }'))).toBe('answers')
    expect(fits('performance', number(metric))).toBe('answers')
  })

  test.each([
    ...[
      'rows',
      'confusion',
      'count',
      'support',
      'latency_p95',
      'p95_latency_ms',
      'throughput',
      'eval_runtime',
    ],
    ...[
      'train_loss',
      'train_accuracy',
      'accuracy_stderr',
      'observed_value',
      'tokens_per_second',
      'test_robust_accuracy',
    ],
  ])('%s is no quality, and none of groups', (metric) => {
    expect(fits('performance', number(metric))).toBe('metric')
    for (const control of STRICT) expect(fits(control, number(metric))).toBe('metric')
    expect(fits('fairness', number(metric))).toMatch(/^(?:metric|no_groups)$/)
  })

  test.each(['happiness', 'business_score', 'my_metric'])('%s, of which only its people know', (metric) => {
    for (const control of ATTACKED) {
      expect(fits(control, number(metric), GENERATIVE)).toBe('metric')
      expect(fits(control, number(metric, ', where: { attack: mine }'), GENERATIVE)).toBe('answers')
      expect(fits(control, number(metric, ', where: { attack: none }'), GENERATIVE)).toBe('unattacked')
    }
    expect(fits('performance', number(metric))).toBe('answers')
    expect(fits('fairness', number(metric))).toBe('no_groups')
    expect(fits('fairness', number(metric, ', for_each: age_band, count: 3'))).toBe('answers')
  })

  test('a word for any attack makes a number of one’s own one of security, and of no attack in particular', () => {
    expect(fits('security-testing', number('attack_score'))).toBe('answers')
    for (const control of STRICT) expect(fits(control, number('attack_score'))).toBe('metric')
  })

  test('a long name of many parts takes no time', () => {
    const started = performance.now()
    fits('performance', number(`${'eval_'.repeat(18)}x${'_p1'.repeat(3)}`))
    expect(performance.now() - started).toBeLessThan(500)
  })

  test.each([
    ...[
      'stage',
      'seed',
      'task',
      'model',
      'Split',
      'attack',
      'fold',
      'class',
      'Seed',
      'run',
      'trial',
      'repetition',
    ],
    ...[
      'step',
      'epoch',
      'tool',
      'k',
      'shots',
      'average',
      'dataset',
      'file',
      'probe',
      'num_fewshot',
      'corruption',
    ],
  ])('%s is nobody’s group', (label) => {
    expect(fits('fairness', number('accuracy', `, where: { ${label}: final }`))).toBe('no_groups')
    expect(fits('fairness', number('recall', `, for_each: ${label}, count: 3`))).toBe('no_groups')
    const across = (labels: string) =>
      `check: disparity, metric: accuracy, across: [${labels}], as: ratio, at_least: 0.8`
    expect(fits('fairness', across(label))).toMatch(/^(?:no_groups|names_other)$/)
    expect(fits('fairness', across(`[sex, ${label}]`))).toBe('answers')
  })

  test.each(['sex', 'age_band', 'employment_status', 'language', 'desk', 'region', 'Race', 'customer type'])(
    '%s may be one',
    (label) => {
      expect(fits('fairness', number('accuracy', `, for_each: ${label}, count: 2`))).toBe('answers')
      expect(
        fits('fairness', `check: disparity, metric: accuracy, across: [${label}], as: ratio, at_least: 0.8`),
      ).toBe('answers')
    },
  )
})

describe('words that mean something else', () => {
  const GENERATIVE: readonly Trait[] = ['generative', 'text']
  const STRICT = ['extraction', 'membership-inference', 'data-leakage', 'prompt-injection'] as const

  test.each([
    ...['memory-leaks', 'data-leakage-train-test', 'target-leakage', 'feature-extraction', 'membership-fees'],
    ...['dependency-injection', 'sql-injection', 'resource_leaks', 'security-headers', 'safety-lint'],
    ...['harmonic-mean', 'no-leakage', 'without extraction', 'non-membership', 'no-attack', 'leaky-relu'],
    ...['memory/leaks/heap.xml', 'security/headers.xml', 'theft-claims', 'training-test leakage'],
    ...['information extraction', 'test_extract_records', 'members api', 'customer membership records'],
    ...['trigger tests', 'harmony', 'harmonised data', 'attack surface documentation', 'replay data'],
    ...['attack surface', 'heart-attack', 'securities-data', 'vulnerable customers', 'docs of attacks'],
  ])('a suite called %s is of no attack', (suite) => {
    for (const control of STRICT)
      expect(fits(control, `check: suite, suite: "${suite}"`, GENERATIVE)).toMatch(
        /^(?:names_other|says_nothing)$/,
      )
  })

  test.each<readonly [Control, string, string]>([
    ['data-leakage', 'suite: memory-leaks, tests: [test_heap]', 'names_other'],
    ['data-leakage', 'suite: memory-leaks', 'names_other'],
    ['data-leakage', 'suite: memory-leaks, dataset: canaries-2026h1', 'names_other'],
    ['data-leakage', 'suite: nightly, dataset: canaries-2026h1', 'answers'],
    ['data-leakage', 'suite: memory-leaks, tests: [test_memorisation]', 'answers'],
    ['data-leakage', 'suite: data-leakage', 'answers'],
    ['data-leakage', 'suite: leakage-tests-2026', 'answers'],
    ['data-leakage', 'suite: test_training_data_leakage', 'answers'],
    ['data-leakage', 'where: { file: artifact/validation/leakage.xml }', 'answers'],
    ['data-leakage', 'where: { file: models/credit-risk/leakage.xml }', 'answers'],
    ['data-leakage', 'suite: customer-memorisation', 'answers'],
    ['data-leakage', 'suite: red-team', 'answers'],
    ['data-leakage', 'tests: ["test_model_leaks_*"]', 'answers'],
    ['extraction', 'suite: model-extraction', 'answers'],
    ['extraction', 'suite: extraction', 'answers'],
    ['extraction', 'suite: security-headers, tests: [test_no_attack]', 'names_other'],
    ['extraction', 'suite: security-tests', 'answers'],
    ['membership-inference', 'suite: security-headers, tests: [test_no_attack]', 'names_other'],
    ['membership-inference', 'suite: x, tests: [test_no_attack]', 'names_other'],
    ['membership-inference', 'suite: membership-inference', 'answers'],
    ['membership-inference', 'suite: membership', 'answers'],
    ['prompt-injection', 'suite: prompt-injection', 'answers'],
    ['prompt-injection', 'suite: jailbreaks', 'answers'],
    ['security-testing', 'suite: security', 'answers'],
    ['security-testing', 'suite: model-security-2026', 'answers'],
    ['security-testing', 'suite: adversarial-robustness', 'answers'],
    ['security-testing', 'suite: security-headers', 'names_other'],
    ['security-testing', 'suite: trigger tests', 'names_other'],
    ['security-testing', 'suite: database-triggers', 'names_other'],
    ['security-testing', 'suite: backdoor-triggers', 'answers'],
    ['security-testing', 'suite: harmony', 'says_nothing'],
    ['security-testing', 'suite: harmful-prompts', 'answers'],
    ['security-testing', 'suite: harms', 'answers'],
    ['security-testing', 'suite: attack surface documentation', 'says_nothing'],
    ['security-testing', 'suite: attack surface attacks', 'answers'],
    ['extraction', 'suite: information extraction', 'names_other'],
    ['extraction', 'suite: model information extraction', 'answers'],
    ['extraction', 'suite: extract_weights', 'answers'],
    ['data-leakage', 'suite: private-information-extraction', 'answers'],
    ['membership-inference', 'suite: members api', 'names_other'],
    ['membership-inference', 'suite: training-members', 'answers'],
    ['robustness', 'suite: stress', 'answers'],
    ['robustness', 'suite: no-noise', 'names_other'],
    ['robustness', 'suite: without-any-perturbation', 'names_other'],
    ['fairness', 'suite: group-chat', 'says_nothing'],
    ['fairness', 'suite: bias-term-init', 'says_nothing'],
    ['fairness', 'suite: group-fairness-chat', 'answers'],
    ['fairness', 'suite: bias-in-chats', 'answers'],
  ])('%s by the suite { %s }: %s', (control, keys, expected) => {
    expect(fits(control, `check: suite, ${keys}`, GENERATIVE)).toBe(expected)
  })

  test.each([
    ...['memory_leak_mb', 'leaky_relu_slope', 'extraction_time', 'feature_extraction_loss', 'member_count'],
    ...[
      'members',
      'stolen_car_rate',
      'shadow_price',
      'no_leak_rate',
      'gas_leak_rate',
      'train_test_leak_rate',
    ],
  ])('%s is no number of attacks', (metric) => {
    for (const control of STRICT)
      for (const bound of ['at_least', 'at_most'])
        expect(fits(control, `check: metric, metric: ${metric}, ${bound}: 0.5`, GENERATIVE)).not.toBe(
          'answers',
        )
  })

  test.each<readonly [Control, string]>([
    ['data-leakage', 'leak_rate'],
    ['data-leakage', 'leakage'],
    ['data-leakage', 'memorisation'],
    ['data-leakage', 'canary_exposure'],
    ['data-leakage', 'pii_leak_rate_per_prompt'],
    ['data-leakage', 'verbatim_overlap'],
    ['extraction', 'stolen_copy_accuracy'],
    ['extraction', 'model_extraction_queries_saved'],
    ['membership-inference', 'mia_auc'],
    ['membership-inference', 'lira_tpr_at_1pct_fpr'],
    ['prompt-injection', 'injection_success_rate'],
  ])('%s by %s', (control, metric) => {
    expect(fits(control, taken(metric), GENERATIVE)).toBe('answers')
  })

  test('an accuracy where nothing attacked is none of security', () => {
    expect(fits('security-testing', number('no_attack_score'))).not.toBe('answers')
    expect(fits('extraction', taken('accuracy', ', dataset: membership-inference-no-attack'))).not.toBe(
      'answers',
    )
    expect(fits('robustness', number('accuracy', ', dataset: no-show-noisy'))).toBe('answers')
    expect(fits('robustness', number('accuracy', ', dataset: claims-without-noise'))).not.toBe('answers')
  })

  test.each<readonly [string, string]>([
    ...(
      [
        ['dataset: train-2026', 'names_other'],
        ['dataset: letters_training', 'names_other'],
        ['where: { dataset: training-set }', 'names_other'],
        ['where: { dataset: data/train.csv }', 'names_other'],
        ['where: { split: tr }', 'names_other'],
        ['dataset: train-delays-holdout', 'answers'],
        ['dataset: train-test-2026', 'answers'],
        ['dataset: fitness-2026', 'answers'],
        ['dataset: constraints', 'answers'],
        ['where: { dataset: trainees-2026 }', 'answers'],
        ['where: { split: try-1 }', 'answers'],
      ] as const
    ).map(([keys, expected]) => [number('accuracy', `, ${keys}`), expected] as const),
    [number('num_parameters'), 'metric'],
    [number('model_size'), 'metric'],
    [number('baseline_accuracy'), 'metric'],
    [number('teacher_f1'), 'metric'],
    [number('accuracy_drop'), 'metric'],
    [number('f1_delta'), 'metric'],
    [number('skill_over_baseline'), 'answers'],
    [number('raindrop'), 'answers'],
    ...['dummy', 'stars', 'github_stars', 'uptime', 'uptime_percent', 'gpu_hours', 'downloads'].map(
      (metric) => [number(metric), 'metric'] as const,
    ),
    ...['stars_predicted_right', 'eta_hours_within_one', 'upside'].map(
      (metric) => [number(metric), 'answers'] as const,
    ),
    ...['baseline', 'dummy', 'Dummy-Classifier', 'majority_class', 'random', 'baseline-v1'].map(
      (model) => [number('accuracy', `, where: { model: ${model} }`), 'names_other'] as const,
    ),
    ...['random_forest', 'naive-bayes', 'credit-risk', 'champion'].map(
      (model) => [number('accuracy', `, where: { model: ${model} }`), 'answers'] as const,
    ),
    ...['lint', 'smoke', 'smoke-tests', 'test_lint', 'ruff', 'type-check'].map(
      (suite) => [`check: suite, suite: ${suite}`, 'names_other'] as const,
    ),
    ...['acceptance', 'smoke-accuracy', 'unit-tests'].map(
      (suite) => [`check: suite, suite: ${suite}`, 'answers'] as const,
    ),
    ['check: suite, suite: smoke, tests: [test_accuracy]', 'answers'],
  ])('performance by { %s }: %s', (keys, expected) => {
    expect(fits('performance', keys)).toBe(expected)
  })

  test.each<readonly [string, string]>([
    ['generalization_gap', 'no_groups'],
    ['train_test_gap', 'no_groups'],
    ['intercept_bias', 'no_groups'],
    ['model_bias_term', 'no_groups'],
    ['fairness_gap_over_batches', 'answers'],
    ['bias_score', 'answers'],
    ['wage_gap', 'answers'],
  ])('fairness by %s: %s', (metric, expected) => {
    const found = fits('fairness', `check: metric, metric: ${metric}, at_most: 0.5`)
    expect(expected === 'answers' ? found : found.replace(/^metric$/, 'no_groups')).toBe(expected)
  })
})

describe('an attack fits the traits', () => {
  const probes = `${ASR}, where: { probe: promptinject }`
  const garak = `${ASR}, where: { format: garak }`
  const images = number('robust_accuracy', ', where: { format: robustbench }')
  const texts = `${ASR}, where: { attack: textfooler }`
  const spoiled = number('robust_accuracy', ', for_each: corruption, count: 3')
  const evasion = `${ASR}, dataset: evasion-2026`
  const stolen = `${ASR}, where: { attack: extraction }`
  const members = number('attack_auc')
  test.each<readonly [string, readonly Trait[], string]>([
    [probes, ['generative'], 'answers'],
    [probes, ['text'], 'other_input'],
    [probes, ['tabular'], 'other_input'],
    // As where evidence is read: only what generates takes prompts, whatever else is not said.
    [probes, [], 'other_input'],
    [garak, ['generative', 'text'], 'answers'],
    [garak, ['vision'], 'other_input'],
    [images, ['vision'], 'answers'],
    [images, ['vision', 'text'], 'answers'],
    [images, ['tabular'], 'other_input'],
    [images, ['generative'], 'other_input'],
    [images, ['personal-data'], 'answers'],
    [images, [], 'answers'],
    [texts, ['text'], 'answers'],
    [texts, ['generative'], 'answers'],
    [texts, ['tabular'], 'other_input'],
    [texts, [], 'answers'],
    [spoiled, ['vision'], 'answers'],
    [spoiled, [], 'answers'],
    [spoiled, ['tabular'], 'names_other'],
    [spoiled, ['text'], 'names_other'],
    ...[evasion, stolen, members, ASR].flatMap((keys) =>
      ([['tabular'], ['vision'], ['text'], ['generative'], []] as const).map(
        (traits) => [keys, traits, 'answers'] as const,
      ),
    ),
  ])('{ %s } with %j: %s', (keys, traits, expected) => {
    expect(fits('security-testing', keys, traits)).toBe(expected)
  })

  test.each([
    'garak',
    'promptfoo',
    'jailbreakbench',
    'cyberseceval',
    'robustbench',
    'autoattack',
    'textattack',
  ])('what is said of %s before the work agrees with what is said of its report', (format) => {
    const { manifest } = parsedManifest(MANIFEST)
    if (manifest === undefined) throw new Error('no manifest')
    const evidence = [anEvidence({ format })]
    const sets = KINDS_OF_INPUT.reduce<readonly (readonly Trait[])[]>(
      (all, trait) => all.concat(all.map((one) => [...one, trait])),
      [[]],
    )
    for (const traits of sets) {
      const read = contradictions({
        ...{ manifest: { path: 'release.yml', value: manifest }, evidence },
        held: { approaches: ['build'], traits },
      })
      const contradicted = read.some(({ code }) => code === 'trait_missing')
      const said = fits('security-testing', `${ASR}, where: { format: ${format} }`, traits)
      expect([traits, said]).toEqual([traits, contradicted ? 'other_input' : 'answers'])
    }
  })

  test('robustness is of what the model takes in, too', () => {
    expect(fits('robustness', images, ['tabular'])).toBe('other_input')
    expect(fits('robustness', spoiled, ['tabular'])).toBe('answers')
    expect(fits('robustness', images, [])).toBe('answers')
  })
})

describe('what is no number', () => {
  const DOCUMENT = 'check: document, document: a, sections: [A]'
  const APPROVAL = 'check: approval, teams: [risk]'
  const [SCAN, SIGNED] = ['check: scan', (one: string) => `check: attestation, predicate: ${one}`]
  const lineage = (part: string) =>
    `check: lineage, of: [${part}]${part === 'card' ? ', sections: [Uses]' : ''}`

  const answeredBy = (keys: string, traits: readonly Trait[] = []) =>
    CONTROLS.filter((control) => fits(control, keys, traits) === 'answers')

  test.each<readonly [string, readonly Control[]]>([
    [
      DOCUMENT,
      ['maintenance-capability', 'documentation', 'transparency', 'base-model-card', 'inherited-data'],
    ],
    [APPROVAL, ['secure-development', 'security-expertise']],
    ['check: scan', ['supply-chain', 'base-model-vulnerabilities']],
    // By anybody's job that is trusted: who may do what, on which data and where is in none of it.
    [SIGNED('provenance'), ['open-source-provenance', 'supply-chain', 'base-model-provenance']],
    ...(['builder: b', 'runner: github-hosted', 'builder: b, runner: github-hosted'] as const).map(
      (keys) =>
        [
          `${SIGNED('provenance')}, ${keys}`,
          [
            ...(['open-source-provenance', 'supply-chain', 'environment-isolation'] as const),
            'base-model-provenance',
          ],
        ] as const,
    ),
    [SIGNED('vsa'), ['open-source-provenance', 'supply-chain', 'base-model-provenance']],
    [
      `${SIGNED('vsa')}, level: SLSA_BUILD_LEVEL_3, verifier: v`,
      ['open-source-provenance', 'supply-chain', 'base-model-provenance'],
    ],
    [SIGNED('svr'), []],
    [`${SIGNED('svr')}, verifier: v, max_age: 30 days`, []],
    [`${SIGNED('svr')}, level: REVIEWED`, ['supply-chain']],
    [SIGNED('test-result'), []],
    [SIGNED('reference'), []],
    [SIGNED('model-signing'), ['open-source-provenance', 'base-model-provenance']],
    [SIGNED('signature'), ['open-source-provenance', 'base-model-provenance']],
    [lineage('pinned'), ['open-source-provenance']],
    [lineage('publisher'), []],
    [lineage('licence'), []],
    [lineage('pinned, publisher'), ['open-source-provenance']],
    [lineage('pinned, licence'), ['open-source-provenance']],
    [lineage('publisher, licence'), []],
    [lineage('licence, publisher, pinned'), ['open-source-provenance', 'base-model-provenance']],
    [lineage('card'), ['open-source-provenance', 'base-model-card', 'inherited-data']],
    [lineage('evaluated'), ['base-model-evaluation']],
    [lineage('inherited'), ['inherited-behaviour']],
    ['check: record, record: training', ['reproducibility']],
    ['check: record, record: bom', ['open-source-provenance', 'supply-chain']],
  ])('{ %s } answers these and no others', (keys, expected) => {
    expect(answeredBy(keys)).toEqual(expected)
  })

  test('integrity is of data and of a training', () => {
    const all = 'check: integrity, of: [data, parameters, environment, code]'

    expect(answeredBy(all)).toEqual(['data-integrity', 'reproducibility'])
    for (const part of ['parameters', 'environment', 'code'])
      expect([part, answeredBy(`check: integrity, of: [data, ${part}]`)]).toEqual([part, ['data-integrity']])
    expect(fits('reproducibility', 'check: integrity, of: [parameters, environment]')).toBe('unasked')
  })

  test('of what is fine-tuned, a scan or a signature of the new weights is none of the base', () => {
    expect(answeredBy(SCAN, ['fine-tuned'])).toEqual(['supply-chain'])
    expect(answeredBy(SIGNED('model-signing'), ['fine-tuned'])).toEqual(['open-source-provenance'])
    expect(answeredBy(SIGNED('provenance'), ['fine-tuned'])).toEqual([
      'open-source-provenance',
      'supply-chain',
    ])
  })
})

describe('the words', () => {
  const why = (control: Control, keys: string, traits: readonly Trait[] = []) => {
    const unfit = unfitFor(control, criterionOf(control, keys), traits)
    return unfit && plain(unfitSentence(control, { criterion: 'one', ...unfit }))
  }

  test.each<readonly [Control, string, string]>([
    [
      'membership-inference',
      number('accuracy'),
      '`one` asks for `accuracy`, which shows nothing of `membership-inference` unless `where` or `for_each` names an attack of it',
    ],
    ['performance', number('latency'), '`one` asks for `latency`, which shows nothing of `performance`'],
    ['fairness', number('accuracy'), '`one` asks for `accuracy` of everything, which compares no groups'],
    ['extraction', ASR, '`one` asks for `attack_success_rate` and does not say of which attack'],
    [
      'extraction',
      `${ASR}, where: { probe: promptinject }`,
      '`one` names `promptinject`, which is something else than `extraction`',
    ],
    [
      'robustness',
      number('accuracy', ', where: { attack: clean }'),
      '`one` asks where `attack` is `clean`, and so for what nothing attacked',
    ],
    [
      'security-testing',
      `${ASR}, where: { probe: promptinject }`,
      '`one` names an attack on prompts, and the model has no trait `generative`',
    ],
    [
      'access-control',
      'check: document, document: a, sections: [A]',
      '`one` asks by `check: document`, which shows nothing of `access-control`',
    ],
    [
      'access-control',
      'check: record, record: training',
      '`one` asks for the record `training`, which shows nothing of `access-control`',
    ],
    [
      'human-oversight',
      'check: lineage, of: [pinned, licence]',
      '`one` asks of base models what is `pinned`, `licence`, which shows nothing of `human-oversight`',
    ],
    [
      'documentation',
      'check: attestation, predicate: vsa',
      '`one` asks for the attestation `vsa`, which shows nothing of `documentation`',
    ],
    [
      'environment-isolation',
      'check: attestation, predicate: provenance',
      '`one` asks for `predicate: provenance` without `builder` or `runner`, and so for what shows nothing of `environment-isolation`',
    ],
    [
      'reproducibility',
      'check: integrity, of: [code]',
      '`one` asks by `check: integrity` without `parameters`, `environment` in `of`, which is not all of `reproducibility`',
    ],
    [
      'base-model-provenance',
      'check: lineage, of: [pinned]',
      '`one` asks by `check: lineage` without `publisher`, `licence` in `of`, which is not all of `base-model-provenance`',
    ],
    [
      'human-oversight',
      'check: approval, teams: [model-risk]',
      '`one` asks by `check: approval`, which shows a part of `human-oversight`, and may stand beside the record that asks for all of it',
    ],
    [
      'poisoning-prevention',
      'check: suite, tests: ["expect_*"]',
      '`one` asks by `check: suite`, which shows a part of `poisoning-prevention`, and may stand beside the record that asks for all of it',
    ],
    [
      'performance',
      'check: metric, metric: accuracy, at_most: 0.9',
      '`one` asks for `accuracy` of at most so much, and more is better: a bound on it is `at_least`',
    ],
    [
      'security-testing',
      'check: metric, metric: attack_success_rate, between: [0.01, 1]',
      '`one` asks by `between` for `attack_success_rate` where it is worst, and less is better: a bound on it is `at_most`',
    ],
    [
      'extraction',
      'check: metric, metric: accuracy, where: { attack: extraction }, at_least: 0.6',
      '`one` asks for `accuracy` of at least so much, and less of it is less for the attacker: a bound on it is `at_most`',
    ],
    [
      'extraction',
      'check: suite',
      '`one` names no suite or tests of its own, so that nothing ties it to `extraction`',
    ],
  ])('%s by { %s }', (control, keys, expected) => {
    expect(why(control, keys)).toBe(expected)
  })

  test('of a base that is not measured, with the key that measures it', () => {
    expect(why('base-model-evaluation', number('accuracy'), ['fine-tuned'])).toBe(
      '`one` is about the released model, not about its base, without `baseline: base`',
    )
    expect(why('base-model-vulnerabilities', 'check: scan', ['fine-tuned'])).toBe(
      '`one` is about the released model, and not about its base',
    )
  })

  test.each(CONTROLS.flatMap((control) => SUCH_AS[control].map((keys) => [control, keys] as const)))(
    '%s: what is said to answer it can be written and does, whatever the model: %s',
    (control, keys) => {
      const criterion = criterionOf(control, keys)
      const profiles: readonly (readonly Trait[])[] = [
        ...[[], ['generative'], ['text'], ['vision'], ['tabular'], ['fine-tuned', 'generative']],
      ] as const
      for (const traits of profiles) {
        const held = { risk: 'high', approaches: [], traits, required: [control], criteria: [] } as const
        const found = coverage(held, { criteria: [criterion] }).find((one) => one.control === control)
        expect(found).toMatchObject({ state: 'asked', by: [{ criterion: 'one' }] })
      }
    },
  )
})
