import {
  CRITERIA_FOLDER,
  FLOOR,
  GONOGO_FOLDER,
  manifestPath,
  modelOfCriteria,
  readAs,
  UNWATCH,
} from '../core/paths.ts'
import type { Problem } from '../core/problem.ts'
import { type CriteriaVersion, consentsFor, type Needed } from '../criteria/consent.ts'
import { type Criteria, type ParsedCriteria, parseCriteria } from '../criteria/criteria.ts'
import { difference } from '../criteria/difference.ts'
import { parseFloor } from '../criteria/floor.ts'
import { parseManifest } from '../criteria/manifest.ts'
import type { ProposedFile } from '../criteria/proposed.ts'
import { weigh } from '../criteria/weigh.ts'
import { leafAt, readWritten } from './files.ts'
import { workOf } from './model.ts'
import type { Leaf, Repository } from './repository.ts'

/** A proposal, and the approvals that it needs. */
export type Proposed = { readonly proposal: ProposedFile; readonly needed: readonly Needed[] }

/** The commits that a proposal is between, and the default branch, whose releases have begun their work. */
type Between = { readonly head: string; readonly base: string | undefined; readonly released: string }

/** What a commit changes under `.gonogo/`: judged as a proposal, with no effect on the commit's own verdict. */
export async function gatherProposals(
  repository: Repository,
  changed: readonly string[],
  between: Between,
): Promise<readonly Proposed[]> {
  const paths = changed.filter((candidate) => candidate.startsWith(GONOGO_FOLDER))
  return await Promise.all(paths.map((path) => gatherProposal(repository, path, between)))
}

async function gatherProposal(
  repository: Repository,
  path: string,
  { head, base, released }: Between,
): Promise<Proposed> {
  const [now, then] = await Promise.all([
    leafAt(repository, head, path),
    base === undefined ? undefined : leafAt(repository, base, path),
  ])
  const change = now === undefined ? 'removed' : then === undefined ? 'added' : 'changed'
  const model = modelOfCriteria(path)
  if (model === undefined)
    return {
      proposal: {
        path,
        change,
        deviations: [],
        problems: now ? await otherProblems(repository, path, now) : [],
      },
      needed: [],
    }
  const [before, after] = await Promise.all([
    criteriaIn(repository, path, then),
    criteriaIn(repository, path, now),
  ])
  const version = (entry: Leaf | undefined, criteria: Criteria | undefined): CriteriaVersion => ({
    ...(entry && { sha: entry.oid }),
    ...(criteria && { criteria }),
  })
  // A file that cannot be understood removes nothing.
  const deviations = change === 'removed' || after.criteria ? difference(before.criteria, after.criteria) : []
  // Criteria that are new, or ask the same, deviate from nothing.
  const deviates = then !== undefined && deviations.length > 0
  const begun = deviates ? await begunWork(repository, model, [released, head]) : undefined
  const { problems, notes } = weigh(after, path)
  const proposal: ProposedFile = {
    path,
    change,
    model,
    deviations,
    ...(begun && { begun }),
    problems: [...after.problems, ...problems],
    ...(notes.length > 0 && { notes }),
    ...(after.criteria && { criteria: after.criteria, lines: after.lines }),
  }
  return {
    proposal,
    needed: consentsFor(path, version(then, before.criteria), version(now, after.criteria)),
  }
}

async function otherProblems(repository: Repository, path: string, entry: Leaf): Promise<readonly Problem[]> {
  if (path !== FLOOR) return misplaced(path)
  return parseFloor(await readWritten(repository, path, entry), path).problems
}

/** What the first of these commits that has a manifest of a model releases: its work has begun. */
async function begunWork(
  repository: Repository,
  model: string,
  [commit, ...others]: readonly string[],
): Promise<ProposedFile['begun']> {
  if (commit === undefined) return undefined
  const path = manifestPath(model)
  const entry = await leafAt(repository, commit, path)
  if (entry === undefined) return await begunWork(repository, model, others)
  const parsed = parseManifest(await readWritten(repository, path, entry), path)
  const work = workOf(parsed)
  // A manifest that cannot be understood is of a release all the same.
  return {
    ...(parsed.manifest && { version: parsed.manifest.version }),
    ...(work && { commit: work.commit }),
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
  const wanted = readAs(path)
  if (wanted === undefined && !path.startsWith(CRITERIA_FOLDER)) return []
  return [{ path, line: 1, code: 'unknown_file', ...(wanted !== undefined && { readAs: wanted }) }]
}
