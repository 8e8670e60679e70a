import { metricOf } from './metrics.ts'
import { WELL_KNOWN } from './well-known.ts'

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
  /** How many there were, or how the training itself went: nothing of how the model is. */
  | 'aside'
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
  aside: [],
}

const BY_METRIC: ReadonlyMap<string, Meaning> = new Map(
  // The names of the keys of the table are its own.
  (Object.entries(OTHER_THAN_QUALITY) as readonly (readonly [Meaning, readonly string[]])[]).flatMap(
    ([meaning, metrics]) => metrics.map((metric) => [metric, meaning] as const),
  ),
)

const BY_NAME: ReadonlyMap<string, Meaning> = new Map(
  // And of this one too.
  (Object.entries(WELL_KNOWN) as readonly (readonly [Meaning, readonly string[]])[]).flatMap(
    ([meaning, metrics]) => metrics.map((metric) => [metric, meaning] as const),
  ),
)

/** What tools put before and behind the name of a metric: which part of the data, and how parts were put together. */
const BEFORE =
  /^(?:eval|evaluation|test|val|valid|validation|dev|holdout|final|best|mean|avg|average|median|overall|macro|micro|weighted|metric|metrics|min|max|p\d{1,3})_(?=.)/
const BEHIND =
  /_(?:eval|test|val|valid|validation|dev|holdout|macro|micro|weighted|samples|binary|avg|average|mean|median|min|max|overall|score|none|strict_match|flexible_extract|p\d{1,3}|q\d{1,3}|(?:at_?)?\d{1,4}|ovr|ovo|ms|s|pct|percent)$/

/** How sure a number is, and not what it is. */
const OF_SPREAD = /_(?:std|stdev|stderr|variance|ci|ci_low|ci_high)$/

/** Of the training, which the model saw. */
const OF_TRAINING = /(?:^|[_.])(?:train|training|trn|in_sample)(?:[_.]|$)/
const OF_SPEED =
  /(?:^|_)(?:latency|throughput|runtime|duration|seconds|per_second|tokens_per_s|qps|rps|ttft|cost|energy|co2|emissions|memory_mb|vram|wall_?clock|time_ms|time_s|fit_time|pred_time)(?:_|$)/

/** What a metric is a number of, by any of its names, and with whatever tools put around one. */
export function meaningOf(metric: string): Meaning {
  const spelt = metric.trim().slice(0, 500)
  const name = spelt.toLowerCase()
  const known = knownAs(name)
  if (known !== undefined) return known
  const words = name.replaceAll(/[^a-z0-9.]+/g, '_').replaceAll(/^_+|_+$/g, '')
  const parts = spelt.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  if (OF_TRAINING.test(words) || OF_TRAINING.test(parts)) return 'aside'
  const spread = words.replace(OF_SPREAD, '')
  if (spread !== words && stripped(spread) !== undefined) return 'aside'
  return stripped(words) ?? (OF_SPEED.test(words) ? 'speed' : 'own')
}

function knownAs(name: string): Meaning | undefined {
  const known = metricOf(name) ?? metricOf(name.replaceAll('_', '-'))
  return known === undefined ? BY_NAME.get(name) : (BY_METRIC.get(known.name) ?? 'quality')
}

/** Looked up without each of its first parts, and of those without each of their last. */
function stripped(name: string): Meaning | undefined {
  for (const ending of without(name, BEFORE))
    for (const one of without(ending, BEHIND)) {
      const known = knownAs(one)
      if (known !== undefined) return known
    }
  return undefined
}

/** A name, and what is left of it as one part after another is taken away; a name has few parts. */
function without(name: string, part: RegExp): readonly string[] {
  const shorter = name.replace(part, '')
  return shorter.length < name.length ? [name, ...without(shorter, part)] : [name]
}

/** Whether a name may be one of what a model is, and not of how its training went. */
export function isOfModel(metric: string): boolean {
  return meaningOf(metric) !== 'aside' && /\p{L}/u.test(metric)
}
