/** What a metric's own denominator is: every sample, some of them, or no count at all. */
type Denominator =
  | 'samples'
  | 'positives'
  | 'negatives'
  | 'predicted positives'
  | 'predicted negatives'
  | 'attempts'
  | 'values'
  | 'none'

/** What is known of a metric: its bounds as a fraction, and whether it is a count over its denominator. */
export type Metric = {
  readonly name: string
  /** Other spellings that tools use for exactly this metric. */
  readonly also: readonly string[]
  readonly range?: readonly [low: number, high: number]
  /** Of a metric without a range, the least that it can be, whatever its unit. */
  readonly least?: number
  readonly proportion: boolean
  readonly denominator: Denominator
  readonly meaning: string
}

const UNIT_INTERVAL = [0, 1] as const

function proportion(
  name: string,
  denominator: Denominator,
  meaning: string,
  also: readonly string[] = [],
): Metric {
  return { name, also, range: UNIT_INTERVAL, proportion: true, denominator, meaning }
}

function bounded(
  name: string,
  range: readonly [number, number],
  meaning: string,
  also: readonly string[] = [],
): Metric {
  return { name, also, range, proportion: false, denominator: 'none', meaning }
}

function open(name: string, meaning: string, also: readonly string[] = []): Metric {
  return { name, also, proportion: false, denominator: 'none', meaning }
}

function positive(name: string, meaning: string, also: readonly string[] = []): Metric {
  return { ...open(name, meaning, also), least: 0 }
}

/** What tells how scores stand to the truth, which of rows takes a pass of its own. */
export const CALIBRATION = [
  'calibration_slope',
  'calibration_in_the_large',
  'expected_calibration_error',
  'brier_score',
] as const

/** The one table of metrics. A metric that is not in it is compared as it was written. */
export const METRICS: readonly Metric[] = [
  proportion('accuracy', 'samples', 'share of samples answered rightly', ['acc', 'accuracy_score']),
  proportion('error_rate', 'samples', 'share of samples answered wrongly'),
  proportion('exact_match', 'samples', 'share of samples answered to the letter', ['em']),
  proportion('acc_norm', 'samples', 'accuracy with length-normalised likelihoods'),
  proportion('quasi_exact_match', 'samples', 'exact match without case, articles and punctuation'),
  proportion('prefix_exact_match', 'samples', 'share of samples whose answer begins to the letter'),
  proportion('quasi_prefix_exact_match', 'samples', 'prefix match without case, articles and punctuation'),
  proportion('precision', 'predicted positives', 'share of predicted positives that are positive', [
    'positive_predictive_value',
    'ppv',
    'precision_score',
  ]),
  proportion('recall', 'positives', 'share of positives that are found', [
    'true_positive_rate',
    'tpr',
    'sensitivity',
    'recall_score',
  ]),
  proportion('true_negative_rate', 'negatives', 'share of negatives that are found', ['specificity', 'tnr']),
  proportion('false_positive_rate', 'negatives', 'share of negatives that are called positive', ['fpr']),
  proportion('false_negative_rate', 'positives', 'share of positives that are missed', ['fnr']),
  proportion(
    'false_discovery_rate',
    'predicted positives',
    'share of predicted positives that are negative',
    ['fdr'],
  ),
  proportion(
    'negative_predictive_value',
    'predicted negatives',
    'share of predicted negatives that are negative',
    ['npv'],
  ),
  proportion('false_omission_rate', 'predicted negatives', 'share of predicted negatives that are positive'),
  proportion('selection_rate', 'samples', 'share of samples that get the positive answer'),
  proportion('base_rate', 'samples', 'share of samples that are positive', ['prevalence']),
  proportion(
    'favorable_outcome_rate',
    'samples',
    'share of samples with the favourable outcome; the file does not say whether predicted or true',
  ),
  proportion('robust_accuracy', 'samples', 'share of samples answered rightly under attack or corruption', [
    'accuracy_under_attack',
  ]),
  proportion('top5_accuracy', 'samples', 'share of samples whose answer is among the five likeliest', [
    'top5',
  ]),
  proportion('attack_success_rate', 'attempts', 'share of attempts in which the attack succeeded', ['asr']),
  proportion('false_refusal_rate', 'samples', 'share of harmless prompts that are refused'),
  proportion('vulnerable_rate', 'samples', 'share of generated code in which a vulnerability is found'),
  proportion('pass_rate', 'samples', 'share of tests that passed'),
  proportion('fail_rate', 'samples', 'share of tests that failed'),
  proportion(
    'unexpected_rate',
    'values',
    'share of the values that are there which a data test did not expect',
  ),
  proportion('missing_rate', 'samples', 'share of values that are missing'),
  bounded('f1', UNIT_INTERVAL, 'harmonic mean of precision and recall', ['f1-score', 'f1_score', 'f1score']),
  bounded('roc_auc', UNIT_INTERVAL, 'area under the ROC curve', [
    ...['auc', 'auroc', 'roc-auc', 'rocauc', 'auc_roc', 'auc-roc', 'aucroc', 'roc_auc_score'],
    ...['area_under_the_roc_curve', 'area_under_roc_curve', 'c_statistic', 'c-statistic'],
  ]),
  bounded('average_precision', UNIT_INTERVAL, 'area under the precision-recall curve', [
    'pr_auc',
    'auprc',
    'precision_recall_auc',
  ]),
  bounded('balanced_accuracy', UNIT_INTERVAL, 'mean of the recalls of all classes'),
  bounded('selection_rate_difference', UNIT_INTERVAL, 'highest selection rate of a group less the lowest', [
    'demographic_parity_difference',
  ]),
  bounded('selection_rate_ratio', UNIT_INTERVAL, 'lowest selection rate of a group over the highest', [
    'demographic_parity_ratio',
  ]),
  bounded(
    'equalized_odds_difference',
    UNIT_INTERVAL,
    'the larger difference of true- and false-positive rates',
  ),
  bounded('equalized_odds_ratio', UNIT_INTERVAL, 'the smaller ratio of true- and false-positive rates'),
  bounded(
    'statistical_parity_difference',
    [-1, 1],
    'favourable outcomes of the unprivileged less those of the privileged; below 0 harms the unprivileged',
  ),
  bounded('attack_auc', UNIT_INTERVAL, 'area under the ROC curve of a membership attack; 0.5 is guessing'),
  bounded('attack_auc_gap', [0, 0.5], 'how far the AUC of a membership attack is from guessing'),
  bounded('attack_advantage', UNIT_INTERVAL, 'largest true- less false-positive rate of a membership attack'),
  bounded(
    'attack_true_positive_rate',
    UNIT_INTERVAL,
    'members that an attack finds at a false-positive rate',
  ),
  bounded('attack_precision', UNIT_INTERVAL, 'members among those that a membership attack names'),
  bounded('drift_p_value', UNIT_INTERVAL, 'p-value of a test for drift; a small one shows drift'),
  bounded('drifted_column_share', UNIT_INTERVAL, 'share of columns that drifted'),
  bounded('brier_score', UNIT_INTERVAL, 'mean squared error of predicted probabilities', [
    'brier',
    'brier_score_loss',
  ]),
  bounded(
    'expected_calibration_error',
    UNIT_INTERVAL,
    'how far shares of positives are from mean scores, on average over bins of the score',
    ['ece'],
  ),
  bounded('matthews_correlation', [-1, 1], 'correlation of prediction and truth', ['mcc']),
  bounded('r2', [Number.NEGATIVE_INFINITY, 1], 'share of variance explained', [
    'r2_score',
    'r2score',
    'r_squared',
  ]),
  positive('log_loss', 'negative mean log-likelihood', ['cross_entropy', 'logloss']),
  open('loss', 'training or evaluation loss'),
  positive('perplexity', 'exponential of the mean negative log-likelihood', ['ppl']),
  positive('word_error_rate', 'edit distance in words over reference words; may exceed 1', ['wer']),
  positive('character_error_rate', 'edit distance in characters over reference characters; may exceed 1', [
    'cer',
  ]),
  positive('bleu', 'n-gram precision against references', ['sacrebleu']),
  positive('rouge1', 'unigram overlap with references', ['rouge-1']),
  positive('rouge2', 'bigram overlap with references', ['rouge-2']),
  positive('rougeL', 'longest common subsequence with references', ['rouge-l', 'rougel']),
  positive('mean_absolute_error', 'mean absolute difference', ['mae']),
  positive('mean_squared_error', 'mean squared difference', ['mse']),
  positive('root_mean_squared_error', 'root of the mean squared difference', ['rmse']),
  positive(
    'disparate_impact',
    'favourable outcomes of the unprivileged over those of the privileged; may exceed 1',
    ['di'],
  ),
  positive('epsilon', 'budget of differential privacy, for the delta beside it'),
  positive('epsilon_lower_bound', 'budget that an attack shows to be spent at least'),
  positive('drift_distance', 'distance of two distributions; a great one is drift'),
  open('drift_score', 'p-value or distance of drift, where the file does not say which'),
  positive('latency', 'time for one answer'),
  open('calibration_slope', 'slope of the logistic recalibration; 1 is calibrated'),
  open(
    'calibration_in_the_large',
    'log odds by which positives are more frequent than the scores say; 0 is calibrated',
  ),
]

const BY_NAME: ReadonlyMap<string, Metric> = new Map(
  METRICS.flatMap((metric) =>
    [metric.name, ...metric.also].map((name) => [name.toLowerCase(), metric] as const),
  ),
)

/** The canonical name of a metric: the table's where the table has it, otherwise the name as written. */
export function canonical(name: string): string {
  return BY_NAME.get(name.toLowerCase())?.name ?? name
}

/** What the table knows of a metric, by any of its names. */
export function metricOf(name: string): Metric | undefined {
  return BY_NAME.get(name.toLowerCase())
}
