import { CRITERIA_FOLDER, FLOOR, GONOGO_FOLDER, modelOfCriteria, UNWATCH } from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import { type Criteria, parseCriteria } from '../criteria/criteria.ts'
import { difference } from '../criteria/difference.ts'
import { parseFloor } from '../criteria/floor.ts'
import type { ProposedFile } from '../criteria/proposed.ts'
import { readWritten } from './files.ts'
import type { Repository, Tree } from './repository.ts'

/** What a commit changes under `.gonogo/`: judged as a proposal, with no effect on the commit's own verdict. */
export async function gatherProposals(
  repository: Repository,
  changed: readonly string[],
  head: Tree,
  base: Tree,
): Promise<readonly ProposedFile[]> {
  const proposals: ProposedFile[] = []
  for (const path of changed.filter((candidate) => candidate.startsWith(GONOGO_FOLDER))) {
    const change = !head.has(path) ? 'removed' : base.has(path) ? 'changed' : 'added'
    const model = modelOfCriteria(path)
    if (model === undefined) {
      const entry = head.get(path)
      const problems =
        entry === undefined
          ? []
          : path === FLOOR
            ? parseFloor(await readWritten(repository, path, entry), path).problems
            : misplaced(path)
      proposals.push({ path, change, deviations: [], problems })
      continue
    }
    const before = await criteriaAt(repository, path, base)
    const after = await criteriaAt(repository, path, head)
    proposals.push({
      path,
      change,
      model,
      // A file that cannot be understood removes nothing.
      deviations: change === 'removed' || after.criteria ? difference(before.criteria, after.criteria) : [],
      problems: after.problems,
      ...(after.criteria && { criteria: after.criteria }),
    })
  }
  return proposals
}

async function criteriaAt(
  repository: Repository,
  path: string,
  tree: Tree,
): Promise<{ criteria?: Criteria; problems: readonly Problem[] }> {
  const entry = tree.get(path)
  return entry === undefined
    ? { problems: [] }
    : parseCriteria(await readWritten(repository, path, entry), path)
}

/** A file that nothing reads would be criteria that ask for nothing. */
function misplaced(path: string): readonly Problem[] {
  if (path === UNWATCH) return []
  return path.startsWith(CRITERIA_FOLDER) ? [{ path, line: 1, code: 'unknown_file' }] : []
}
