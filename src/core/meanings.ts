import { metricOf } from './metrics.ts'

/** What a metric of the table is a number of; `own`: not in the table, so that only its people know. */
export type Meaning =
  /** How right the answers are. */
  | 'quality'
  /** How the answers fall, whether right or not. */
  | 'outcome'
  /** How groups differ. */
  | 'gap'
  /** How often some attack succeeds. */
  | 'attack'
  /** How right the answers are under attack or on spoiled input. */
  | 'robust'
  /** How well members of the training data are told from others. */
  | 'membership'
  /** What a private training lets anybody tell of its data. */
  | 'budget'
  /** How safe the generated code is. */
  | 'code'
  /** How data is, or differs from other data. */
  | 'data'
  | 'speed'
  | 'own'

const OTHER_THAN_QUALITY: { readonly [M in Exclude<Meaning, 'quality' | 'own'>]: readonly string[] } = {
  outcome: ['selection_rate', 'base_rate', 'favorable_outcome_rate'],
  gap: [
    ...['selection_rate_difference', 'selection_rate_ratio', 'equalized_odds_difference'],
    ...['equalized_odds_ratio', 'statistical_parity_difference', 'disparate_impact'],
  ],
  attack: ['attack_success_rate'],
  robust: ['robust_accuracy'],
  membership: [
    ...['attack_auc', 'attack_auc_gap', 'attack_advantage', 'attack_true_positive_rate', 'attack_precision'],
    'epsilon_lower_bound',
  ],
  budget: ['epsilon'],
  code: ['vulnerable_rate'],
  data: [
    ...['drift_p_value', 'drifted_column_share', 'drift_distance', 'drift_score'],
    ...['unexpected_rate', 'missing_rate'],
  ],
  speed: ['latency'],
}

const BY_METRIC: ReadonlyMap<string, Meaning> = new Map(
  // The names of the keys of the table are its own.
  (Object.entries(OTHER_THAN_QUALITY) as readonly (readonly [Meaning, readonly string[]])[]).flatMap(
    ([meaning, metrics]) => metrics.map((metric) => [metric, meaning] as const),
  ),
)

/** What a metric is a number of, by any of its names. */
export function meaningOf(metric: string): Meaning {
  const known = metricOf(metric)
  return known === undefined ? 'own' : (BY_METRIC.get(known.name) ?? 'quality')
}
