import { CRITERIA_FOLDER, FLOOR, GONOGO_FOLDER, modelOfCriteria, UNWATCH } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import type { Proposal } from '../core/verdict.ts'
import { type ParsedCriteria, parseCriteria } from '../criteria/criteria.ts'
import { difference } from '../criteria/difference.ts'
import { weigh } from '../criteria/weigh.ts'
import { leafAt, readWritten } from './files.ts'
import type { Leaf, Repository } from './repository.ts'

/** What a commit changes under `.gonogo/`: judged as a proposal, with no effect on the commit's own verdict. */
export async function gatherProposals(
  repository: Repository,
  changed: readonly string[],
  head: string,
  base: string | undefined,
): Promise<readonly Proposal[]> {
  const paths = changed.filter((candidate) => candidate.startsWith(GONOGO_FOLDER))
  return await Promise.all(paths.map((path) => gatherProposal(repository, path, head, base)))
}

async function gatherProposal(
  repository: Repository,
  path: string,
  head: string,
  base: string | undefined,
): Promise<Proposal> {
  const [now, then] = await Promise.all([
    leafAt(repository, head, path),
    base === undefined ? undefined : leafAt(repository, base, path),
  ])
  const change = now === undefined ? 'removed' : then === undefined ? 'added' : 'changed'
  const model = modelOfCriteria(path)
  if (model === undefined) return { path, change, deviations: [], problems: now ? misplaced(path) : [] }
  const [before, after] = await Promise.all([
    criteriaIn(repository, path, then),
    criteriaIn(repository, path, now),
  ])
  const { problems, notes } = weigh(after, path)
  return {
    path,
    change,
    model,
    // A file that cannot be understood removes nothing.
    deviations: change === 'removed' || after.criteria ? difference(before.criteria, after.criteria) : [],
    problems: [...after.problems, ...problems],
    ...(notes.length > 0 && { notes }),
  }
}

async function criteriaIn(
  repository: Repository,
  path: string,
  entry: Leaf | undefined,
): Promise<ParsedCriteria> {
  return entry === undefined
    ? { problems: [], lines: {} }
    : parseCriteria(await readWritten(repository, path, entry), path)
}

/** A file that nothing reads would be criteria that ask for nothing. */
function misplaced(path: string): readonly Problem[] {
  if (path === UNWATCH) return []
  if (path === FLOOR) return [{ path, line: 1, code: 'not_built', what: 'the floor' }]
  return path.startsWith(CRITERIA_FOLDER) ? [{ path, line: 1, code: 'unknown_file' }] : []
}
