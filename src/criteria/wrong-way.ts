import { boundOf } from '../checks/common.ts'
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

/** Words of what a model does against an attack: the more the better. */
const DEFENDED =
  /(?:^|_)(?:pass|passed|pass_rate|resist|held|hold|block|refus|defen[cs]|defend|robust|safe|privacy|private|protect|detect|mitigat|withst|reject|denied|deny|prevent|complian|stopped|caught|filtered|rate_limit)/
/** Words of how well an attack does that no table of directions has. */
const OF_ATTACKER = /(?:^|_)(?:success|succeeded|agree|fidelity|similar|overlap|hit|win|copied|recovered)/
/** Words of how wrong a copy is, or how unlikely what was learnt by heart. */
const OF_ERRORS = /(?:^|_)(?:error|errors|loss|perplexity|mae|mse|rmse|mape|brier|nll)(?:_|$)/

function betterFor(control: Control, criterion: Metric): Better | undefined {
  const { metric } = criterion
  const own = betterOf(metric)
  const asTold: Better | undefined = own && { better: own }
  const meaning = meaningOf(metric)
  const isAttackers = BY_ATTACKER.includes(control)
  if (meaning === 'robust' || !(isAttackers || BY_KIND.includes(control))) return asTold
  const words = metric.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  if (DEFENDED.test(words)) return asTold
  const kinds = kindsTold(criterion)
  const taking = kinds.filter((kind) => TAKING.includes(kind))
  // Of attacks that nobody knows, or of several, a number may be either's.
  const isEither = kinds.length === 0 || (taking.length > 0 && taking.length < kinds.length)
  if (!isAttackers && (isEither || taking.length === 0))
    return isEither && own === 'more' ? undefined : asTold
  if (meaning !== 'quality' && meaning !== 'outcome' && meaning !== 'own') return asTold
  if (own === 'less') {
    const isFlipped = OF_ERRORS.test(words) && control !== 'prompt-injection'
    return isFlipped && meaning === 'quality' ? { better: 'more', by: 'attacker' } : asTold
  }
  const isHis = own === 'more' || OF_ATTACKER.test(words) || kindsIn(metric).length > 0
  return isHis ? { better: 'less', by: 'attacker' } : undefined
}

/** The kinds of attack that a criterion names. */
function kindsTold(criterion: Metric): readonly AttackKind[] {
  const { labels, names } = saidOf(criterion)
  const told = [...labels.flatMap(({ label, values }) => [label, ...values]), ...names, criterion.metric]
  return told.flatMap(kindsIn)
}
