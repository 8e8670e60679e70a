import type { Answer } from '../core/answer.ts'
import type { Trait } from '../core/profile.ts'
import { type Limit, type Registration, TIERS, type Tier } from '../core/registration.ts'
import type { Criteria } from '../criteria/criteria.ts'
import type { ModelFacts } from '../facts.ts'
import { adoption } from './adopted.ts'
import { type ByClock, byClock } from './clock.ts'
import { type Needed, neverRegistered, order, otherWork } from './ordered.ts'

/** Whether the criteria came before the work: the built-in criterion, and what the verdict says about it. */
export type Registered = { readonly answer: Answer; readonly registration: Registration }

/** What criteria ask of the registration, the strictest of the versions that hold. */
export type Required = Needed & { readonly tier: Tier }

/** `held`: the traits of the model where the floor says them too. */
export function required(
  versions: readonly Criteria[],
  model: Pick<ModelFacts, 'manifest' | 'weights' | 'amendments'>,
  held: readonly Trait[] = [],
): Required {
  const adopted = adoption(versions, model)
  const tiers = versions.map(({ registration }) => TIERS.indexOf(registration ?? 'ordered'))
  return {
    tier: TIERS[Math.max(0, ...tiers)] ?? 'witnessed',
    trainedHere:
      versions.length === 0
        ? undefined
        : adopted !== 'adopted' &&
          (held.includes('fine-tuned') ||
            versions.some(
              ({ approach, traits }) => approach === 'build' || (traits ?? []).includes('fine-tuned'),
            )),
    ...(adopted === 'none' || adopted === 'adopted' ? {} : { adoption: adopted }),
  }
}

/** Where the release stands: names that start tickets must agree with. */
export type Where = { readonly repository: string; readonly branch: string }

/**
 * Design chapter 4: the highest tier that is established, never a higher one. A clock that contradicts the
 * manifest is no-go; one that only shows nothing leaves what the commits prove.
 */
export function registration(
  model: ModelFacts,
  { repository, branch }: Where,
  { tier: wanted, ...needed }: Required,
): Registered {
  const { start, begun, criteria } = model
  const named = start.kind === 'not_named' ? {} : { commit: start.work.commit }
  const shown = byClock(begun, { repository, model: model.model, ...named })
  const { answer: found, tier, at, limits } = established(model, branch, needed, shown)
  const isUnread = model.manifest.value === undefined && found.code === 'work_not_named'
  const answer: Answer = isUnread ? { code: 'manifest_unread', outcome: 'undecided' } : found
  const work = 'work' in start ? { work: start.work } : {}
  const blobs = {
    path: criteria.path,
    ...(criteria.registered && { registered: criteria.registered.sha }),
    ...(criteria.today && { today: criteria.today.sha }),
    ...(criteria.proposed && { proposed: criteria.proposed }),
  }
  return {
    answer: answer.outcome === 'met' ? highEnough(answer, tier, wanted, limits) : answer,
    registration: {
      tier,
      required: wanted,
      ...work,
      ...(at !== undefined && { at }),
      ...(shown.kind === 'known' && { clock: shown.clock }),
      limits,
      ...(model.received && { received: model.received }),
      ...blobs,
    },
  }
}

type Established = {
  readonly answer: Answer
  readonly tier: Registration['tier']
  readonly at?: string
  readonly limits: readonly Limit[]
}

function established(model: ModelFacts, branch: string, needed: Needed, shown: ByClock): Established {
  const { start, begun, rewritten } = model
  const placed = start.kind === 'placed' ? { at: start.at } : {}
  if (shown.kind === 'refused') return { answer: shown.answer, tier: 'none', ...placed, limits: [] }
  const wrong = begun && otherWork(begun.work, needed)
  if (wrong !== undefined) return { answer: wrong, tier: 'none', limits: [] }
  const { answer, at } =
    shown.kind === 'known'
      ? clocked(model, shown)
      : { answer: ordered(model, branch, needed, shown.limit), ...placed }
  const limits = shown.kind === 'known' ? shown.limits : [shown.limit]
  const place = at === undefined ? {} : { at }
  // Of a commit that was thrown out GitHub may have nothing left to read.
  const gone = rewritten !== undefined && shown.kind === 'known' && model.criteria.registered === undefined
  if (answer.outcome !== 'met' && !gone) return { answer, tier: 'none', ...place, limits: [] }
  const [path, commit] = Object.entries(model.early ?? {})[0] ?? []
  if (path !== undefined && commit !== undefined)
    return {
      answer: { code: 'evidence_before_work', outcome: 'unmet', path, commit },
      tier: 'none',
      ...place,
      limits: [],
    }
  if (rewritten !== undefined && at !== undefined) {
    const { before, after, at: when } = rewritten
    return {
      answer: { code: 'branch_rewritten', outcome: 'undecided', branch, at, before, after, when },
      tier: 'none',
      at,
      limits: [],
    }
  }
  return { answer, tier: shown.kind === 'known' ? shown.tier : 'ordered', ...place, limits }
}

/** Where only a run or a ticket could show the start, and does not, that is what the author needs to hear. */
function ordered(model: ModelFacts, branch: string, needed: Needed, limit: Limit): Answer {
  const answer = order(model, branch, needed)
  return answer.code === 'work_not_named' && model.begun !== undefined && model.start.kind === 'not_named'
    ? { code: 'work_not_seen', outcome: 'undecided', limit }
    : answer
}

function clocked(
  { criteria, begun }: ModelFacts,
  { clock, tier, at }: Extract<ByClock, { kind: 'known' }>,
): { readonly answer: Answer; readonly at: string } {
  const { path, registered, today } = criteria
  if (registered === undefined)
    return {
      at,
      answer:
        today === undefined
          ? neverRegistered(criteria)
          : { code: 'criteria_after_start', outcome: 'unmet', path, clock, at },
    }
  if (begun?.clock === 'ticket' && begun.kind === 'seen' && begun.criteria !== registered.sha) {
    const { criteria: found } = begun
    const about = { name: begun.path, what: 'criteria', found, wanted: registered.sha } as const
    return { at, answer: { code: 'ticket_for_other', outcome: 'unmet', ...about } }
  }
  if (today === undefined) return { at, answer: { code: 'criteria_gone', outcome: 'undecided', path, at } }
  const amended = today.sha !== registered.sha
  return { at, answer: { code: 'registered_by_clock', outcome: 'met', tier, clock, at, amended } }
}

/** An order that is proved less well than asked is no order. */
function highEnough(
  answer: Answer,
  tier: Registration['tier'],
  wanted: Tier,
  limits: readonly Limit[],
): Answer {
  if (tier === 'none' || TIERS.indexOf(tier) >= TIERS.indexOf(wanted)) return answer
  // Only the highest tier has no limit, and ordered is never asked in vain.
  if (tier === 'witnessed' || wanted === 'ordered') return answer
  const limit = limits[0] ?? { code: 'no_clock' }
  return { code: 'tier_too_low', outcome: 'undecided', tier, wanted, limit }
}
