import { type Missing, missingOf } from '../core/coverage.ts'
import { TRUSTS } from '../core/evidence.ts'
import { FLOOR, isFloorRepository } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import { RISKS, type Risk } from '../core/profile.ts'
import { TIERS } from '../core/registration.ts'
import type { Below } from '../core/standing.ts'
import type { Proposal } from '../core/verdict.ts'
import { coverage } from './coverage.ts'
import type { Criteria } from './criteria.ts'
import { type Effective, effective, standingOf } from './effective.ts'
import { type FloorFacts, floorOf, floorRepositoryIn, isKnown } from './floor.ts'
import type { Lines } from './list.ts'

/** A file under `.gonogo/` that a commit changes, as facts: what it proposes, before it is held against anything. */
export type ProposedFile = Pick<
  Proposal,
  'path' | 'change' | 'model' | 'deviations' | 'begun' | 'problems' | 'notes'
> & {
  /** What the file says in the commit, where it is criteria that could be read. */
  readonly criteria?: Criteria
  /** The line of each criterion, by its id. */
  readonly lines?: Lines
}

type Where = { readonly repository: string; readonly repositoryId?: number; readonly now: string }

/**
 * Design chapter 4: proposed criteria are held against the built-in controls and the floor before the work,
 * while something can still be asked. A floor has an effect only where the organisation's floor is.
 */
export function holdAgainst(file: ProposedFile, facts: FloorFacts | undefined, where: Where): Proposal {
  const { criteria, lines, ...proposal } = file
  if (file.path === FLOOR)
    return { ...proposal, problems: [...proposal.problems, ...elsewhere(file, facts, where.repository)] }
  const floor = floorOf(facts)?.floor
  const model =
    criteria && effective([criteria], floor, { ...where, model: criteria.model, began: where.now })
  if (criteria === undefined || model === undefined) return proposal
  const covered = criteria.retired ? [] : coverage(model, criteria)
  const missing = missingOf(covered)
  return {
    ...proposal,
    problems: [
      ...proposal.problems,
      ...neverMet(file, model.risk),
      ...together(missing).map((some) => ({
        path: file.path,
        line: lineOf(some, lines),
        code: 'nothing_asks' as const,
        missing: some,
      })),
    ],
    ...(isKnown(facts) && { standing: standingOf(model) }),
    coverage: covered,
    below: below(criteria, model),
  }
}

/** What nobody named is one problem; what a criterion names and does not answer has its own reason and remedy. */
function together(missing: readonly Missing[]): readonly (readonly Missing[])[] {
  const unnamed = missing.filter(({ unfit }) => unfit === undefined)
  const named = missing.filter(({ unfit }) => unfit !== undefined)
  return [...(unnamed.length === 0 ? [] : [unnamed]), ...named.map((one) => [one])]
}

/** What no release could meet is said before the work, and not when the work is done. */
function neverMet({ path, criteria, lines = {} }: ProposedFile, risk: Risk): readonly Problem[] {
  if (risk !== 'high' || criteria === undefined || Object.keys(criteria.datasets ?? {}).length > 0) return []
  return criteria.criteria
    .filter(({ check, blocking }) => (check === 'metric' || check === 'disparity') && blocking !== false)
    .map(({ id }) => ({ path, line: lines[id] ?? 1, code: 'exam_unpinned' }))
}

/** Of the first criterion that names the control; a file that names none says it nowhere. */
function lineOf(missing: readonly Missing[], lines: Lines = {}): number {
  const [first] = missing.flatMap(({ unfit = [] }) => unfit)
  return first?.floor || first === undefined ? 1 : (lines[first.criterion] ?? 1)
}

/** Where a criteria file says less than what holds for it; what it does not say it leaves to the floor. */
function below(criteria: Criteria, { set, tier, trust }: Effective): readonly Below[] {
  const pairs = [
    ['risk', RISKS, criteria.risk, set],
    ['registration', TIERS, criteria.registration, tier],
    ['trust', TRUSTS, criteria.trust, trust],
  ] as const
  return pairs.flatMap(([what, order, found, wanted]): readonly Below[] => {
    const levels: readonly string[] = order
    if (found === undefined || wanted === undefined) return []
    return levels.indexOf(found) < levels.indexOf(wanted) ? [{ what, found, wanted }] : []
  })
}

function elsewhere(
  { path, change }: ProposedFile,
  facts: FloorFacts | undefined,
  repository: string,
): readonly Problem[] {
  const wanted = floorRepositoryIn(facts)
  if (change === 'removed' || isFloorRepository(repository, wanted)) return []
  return [{ path, line: 1, code: 'floor_elsewhere', ...(wanted !== undefined && { wanted }) }]
}
