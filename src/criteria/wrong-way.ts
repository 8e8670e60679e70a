import { boundOf } from '../checks/common.ts'
import type { Criterion } from '../checks/index.ts'
import { sideOf } from '../core/attack-sides.ts'
import { type AttackKind, kindsIn } from '../core/attacks.ts'
import type { Control } from '../core/controls.ts'
import { betterOf } from '../core/directions.ts'
import { meaningOf } from '../core/meanings.ts'
import type { Unfitness } from '../core/unfit.ts'
import { type Numbers, saidOf } from './said.ts'
import { spanOf } from './span.ts'

type Metric = Extract<Numbers, { check: 'metric' }>
/** What a good model has; `by`: of a number of the attacker, who wants it the other way. */
type Better = { readonly better: 'more' | 'less'; readonly by?: 'attacker' }

/** A bound that the worst model holds best shows nothing good of it. */
export function wrongWay(control: Control, criterion: Numbers): Unfitness | undefined {
  if (criterion.check !== 'metric') return undefined
  const wanted = betterFor(control, criterion)
  if (wanted === undefined) return undefined
  const { better, ...by } = wanted
  const bound = boundOf(criterion)
  const asks = better === 'less' ? 'at_least' : 'at_most'
  const said = { why: 'wrong_way', metric: criterion.metric, asks, ...by } as const
  if (bound.kind === 'at_least' || bound.kind === 'at_most') return bound.kind === asks ? said : undefined
  // A difference to a baseline has a range of its own.
  if (criterion.baseline !== undefined) return undefined
  const [low, high] = bound.kind === 'between' ? [bound.low, bound.high] : [bound.value, bound.value]
  return isWorst(low, high, better, criterion, wanted) ? { ...said, reaches: bound.kind } : undefined
}

/** Whether values reach the bad end of all that a metric can be, or are nearer to it where less is better. */
function isWorst(
  low: number,
  high: number,
  better: 'more' | 'less',
  criterion: Metric,
  { by }: Better,
): boolean {
  const span = spanOf(criterion)
  if (better === 'more') return low <= span.low
  // Of a share that no table has nothing but its bound tells that it is one.
  const top = by === 'attacker' && span.high === Number.POSITIVE_INFINITY && high <= 1 ? 1 : span.high
  return high >= top || low > (Math.max(span.low, 0) + top) / 2
}

/** Words of a share, which goes up to 1 also where no table has the metric: counts may be of one. */
const OF_SHARES =
  /(?:^|_)(?:rate|share|fraction|ratio|accuracy|acc|agreement|fidelity|similarity|overlap|precision|recall|auc|auroc|f1|match|probability|percentage)(?:_|$)/

/** Whether a bound on what an attacker gets is all of it: a share by its name that no table has, of at most 1. */
export function holdsAnyShare(criterion: Criterion): boolean {
  if (criterion.check !== 'metric' || criterion.blocking === false || criterion.baseline !== undefined)
    return false
  const { control, metric, unit } = criterion
  if (![...BY_ATTACKER, ...BY_KIND].includes(control)) return false
  const bound = boundOf(criterion)
  if (bound.kind !== 'at_most' || bound.value !== (unit === 'percent' ? 100 : 1)) return false
  return (
    betterFor(control, criterion)?.better === 'less' &&
    spanOf(criterion).high === Number.POSITIVE_INFINITY &&
    (unit === 'percent' || (unit !== 'count' && unit !== 'ms' && OF_SHARES.test(wordsIn(metric))))
  )
}

/** Controls of what an attacker gets out of a model: how well he fares by any metric is bounded from above. */
const BY_ATTACKER: readonly Control[] = [
  'extraction',
  'membership-inference',
  'data-leakage',
  'prompt-injection',
]
/** Of these some attacks are of that sort, and under others a number tells how well the model does. */
const BY_KIND: readonly Control[] = ['security-testing', 'base-model-vulnerabilities']
const TAKING: readonly AttackKind[] = ['extraction', 'membership', 'leakage']

/** Words of what is done for a model, or said of it, which may be a number of either. */
const OF_CARE =
  /(?:^|_)(?:complian|privacy|detect|caught|filtered|rate_limit|robustness|protection|safety|(?:protected|private|robust)(?:_(?:rate|share|score))?$)/
/** What an attacker detects: who was a member, and what was learnt by heart. */
const DETECTED = /(?:^|_)(?:member|canar|memori)(?:[a-z]*_)+detect/
/** What was held back, and ought not to have been. */
const WRONGLY = /(?:^|_)(?:false|falsely|wrongly|over|benign|legitimate)(?:_|$)/
/** Names of attacks that are a number of those that got through, where nothing else is said but that they are counted. */
const COUNTED =
  /^(?:[a-z0-9]+_)?(?:evasions?|jailbreaks?|injections?|hijacks?|backdoors?|trojans?|leaks?|extractions?)(?:_(?:rate|share|fraction|count|pct|percent))?$/
/** Words of how wrong a copy is, or how unlikely what was learnt by heart. */
const OF_ERRORS = /(?:^|_)(?:error|errors|loss|perplexity|mae|mse|rmse|mape|brier|nll)(?:_|$)/

function betterFor(control: Control, criterion: Metric): Better | undefined {
  const { metric } = criterion
  const own = betterOf(metric)
  const asTold: Better | undefined = own && { better: own }
  const meaning = meaningOf(metric)
  const isAttackers = BY_ATTACKER.includes(control)
  if (!(isAttackers || BY_KIND.includes(control))) return asTold
  if (meaning !== 'quality' && meaning !== 'outcome' && meaning !== 'own') return asTold
  const words = wordsIn(metric)
  const kinds = kindsTold(criterion)
  const taking = kinds.filter((kind) => TAKING.includes(kind))
  // Of attacks that nobody knows, or of several, a number may be either's.
  const isEither = kinds.length === 0 || (taking.length > 0 && taking.length < kinds.length)
  const isTaken = isAttackers || (taking.length > 0 && !isEither)
  const side = sideOf(words, isTaken)
  if (side === 'model') return WRONGLY.test(words) ? asTold : { better: 'more' }
  const isHisAlways = side === 'attacker' || (own === undefined && COUNTED.test(words))
  if (isHisAlways && own !== 'less') return { better: 'less', by: 'attacker' }
  const isDetected = DETECTED.test(words) || (control === 'membership-inference' && !words.includes('attack'))
  if (OF_CARE.test(words) && !(isDetected && words.includes('detect'))) return asTold
  if (!isTaken) return isEither && own === 'more' ? undefined : asTold
  if (own === 'less') {
    const isFlipped = OF_ERRORS.test(words) && control !== 'prompt-injection'
    return isFlipped && meaning === 'quality' ? { better: 'more', by: 'attacker' } : asTold
  }
  const isHis = own === 'more' || words.includes('detect') || kindsIn(metric).length > 0
  return isHis ? { better: 'less', by: 'attacker' } : undefined
}

/** The kinds of attack that a criterion names, else those that its metric does. */
function kindsTold(criterion: Metric): readonly AttackKind[] {
  const { labels, names } = saidOf(criterion)
  const told = [...labels.flatMap(({ label, values }) => [label, ...values]), ...names].flatMap(kindsIn)
  return told.length > 0 ? told : kindsIn(criterion.metric)
}

function wordsIn(metric: string): string {
  return metric.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
}
