import { CRITERIA_FOLDER, FLOOR, GONOGO_FOLDER, modelOfCriteria, UNWATCH } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import { type Criteria, parseCriteria } from '../criteria/criteria.ts'
import { difference } from '../criteria/difference.ts'
import { parseFloor } from '../criteria/floor.ts'
import type { ProposedFile } from '../criteria/proposed.ts'
import { leafAt, readWritten } from './files.ts'
import type { Leaf, Repository } from './repository.ts'

/** What a commit changes under `.gonogo/`: judged as a proposal, with no effect on the commit's own verdict. */
export async function gatherProposals(
  repository: Repository,
  changed: readonly string[],
  head: string,
  base: string | undefined,
): Promise<readonly ProposedFile[]> {
  const paths = changed.filter((candidate) => candidate.startsWith(GONOGO_FOLDER))
  return await Promise.all(paths.map((path) => gatherProposal(repository, path, head, base)))
}

async function gatherProposal(
  repository: Repository,
  path: string,
  head: string,
  base: string | undefined,
): Promise<ProposedFile> {
  const [now, then] = await Promise.all([
    leafAt(repository, head, path),
    base === undefined ? undefined : leafAt(repository, base, path),
  ])
  const change = now === undefined ? 'removed' : then === undefined ? 'added' : 'changed'
  const model = modelOfCriteria(path)
  if (model === undefined)
    return { path, change, deviations: [], problems: now ? await otherProblems(repository, path, now) : [] }
  const [before, after] = await Promise.all([
    criteriaIn(repository, path, then),
    criteriaIn(repository, path, now),
  ])
  return {
    path,
    change,
    model,
    // A file that cannot be understood removes nothing.
    deviations: change === 'removed' || after.criteria ? difference(before.criteria, after.criteria) : [],
    problems: after.problems,
    ...(after.criteria && { criteria: after.criteria }),
  }
}

async function otherProblems(repository: Repository, path: string, entry: Leaf): Promise<readonly Problem[]> {
  if (path !== FLOOR) return misplaced(path)
  return parseFloor(await readWritten(repository, path, entry), path).problems
}

async function criteriaIn(
  repository: Repository,
  path: string,
  entry: Leaf | undefined,
): Promise<{ criteria?: Criteria; problems: readonly Problem[] }> {
  return entry === undefined
    ? { problems: [] }
    : parseCriteria(await readWritten(repository, path, entry), path)
}

/** A file that nothing reads would be criteria that ask for nothing. */
function misplaced(path: string): readonly Problem[] {
  if (path === UNWATCH) return []
  return path.startsWith(CRITERIA_FOLDER) ? [{ path, line: 1, code: 'unknown_file' }] : []
}
