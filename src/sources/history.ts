import { manifestPath } from '../core/paths.ts'
import { parseManifest } from '../criteria/manifest.ts'
import type { Begun, ModelFacts, Start } from '../facts.ts'
import { type Began, gatherAmendments, standingIn } from './amendments.ts'
import { type Approving, gatherHeld } from './approvals.ts'
import { leafAt, readWritten } from './files.ts'
import { workOf } from './model.ts'
import { registeredAt } from './registered-at.ts'
import type { Repository } from './repository.ts'

/** How many earlier releases are asked when their work began: the oldest, which leave the least before them. */
const MOST_EARLIER = 5

type Judged = Pick<ModelFacts, 'model' | 'criteria' | 'start' | 'begun' | 'rewritten' | 'evidence'>
type Told = Pick<ModelFacts, 'amendments' | 'since' | 'early' | 'consents' | 'retirement'>

/**
 * What became of a model's criteria on the default branch, held against its work and that of earlier releases, and
 * which of its results were there before its work.
 */
export async function gatherHistory(
  repository: Repository,
  tip: string,
  { model, criteria, start, begun, rewritten, evidence }: Judged,
  approving: Approving = {},
): Promise<Told> {
  const { path, registered } = criteria
  // A commit that a forced push threw out has no place on the line any more, and the release is not judged by it.
  if (rewritten !== undefined && registered === undefined)
    return { amendments: [], ...(await gatherHeld(approving, { criteria }, [])) }
  const works = worksOf(start, begun, registered)
  const early = await earlyResults(repository, start, works, evidence)
  const own = await gatherAmendments(repository, tip, path, works)
  // Earlier releases are asked about only where they would make a difference: each costs a comparison.
  const settled = own.amendments.every((amendment) => amendment.begun !== undefined)
  const earlier = settled ? [] : await earlierWorks(repository, model, tip, own.line)
  const { amendments, since } =
    earlier.length === 0 ? own : await gatherAmendments(repository, tip, path, [...works, ...earlier])
  const held = await gatherHeld(approving, { criteria }, standingIn(own, registered))
  return { amendments, ...(since !== undefined && { since }), ...(early && { early }), ...held }
}

/** A result that stands in a commit from which the work began was not found by that work. */
async function earlyResults(
  repository: Repository,
  start: Start,
  works: readonly Began[],
  evidence: ModelFacts['evidence'],
): Promise<ModelFacts['early']> {
  const named = start.kind === 'placed' ? [start.work.commit] : []
  const commits = [...new Set([...works.map(({ at }) => at), ...named])]
  const results = evidence.filter(
    ({ about, measurements, trust, awaited }) =>
      about === 'candidate' && measurements.length > 0 && trust === 'typed' && awaited === undefined,
  )
  const looked = await Promise.all(
    commits.flatMap((commit) =>
      results.map(async ({ path, sha }) => {
        const before = await leafAt(repository, commit, path)
        return before !== undefined && before.oid === sha ? ([path, commit] as const) : undefined
      }),
    ),
  )
  const early = looked.filter((one) => one !== undefined)
  return early.length === 0 ? undefined : Object.fromEntries(early)
}

/** The work that the manifest names, where its place on the default branch is known: by a clock, else by the commit. */
export function worksOf(
  start: Start,
  begun: Begun | undefined,
  registered: ModelFacts['criteria']['registered'],
): readonly Began[] {
  if (begun?.kind === 'seen' && registered !== undefined && start.kind !== 'placed')
    return [
      {
        at: registered.commit,
        name: begun.clock === 'ticket' ? begun.path : `${begun.repository}#${begun.run}`,
      },
    ]
  return start.kind === 'placed' ? [{ at: start.at, name: start.work.commit }] : []
}

/** The work of earlier releases, which began no later than the commit that brought the release. */
async function earlierWorks(
  repository: Repository,
  model: string,
  tip: string,
  line: readonly string[],
): Promise<readonly Began[]> {
  const path = manifestPath(model)
  const releases = await repository.changesOf(tip, line.at(-1) ?? tip, path)
  const works: Began[] = []
  for (const commit of releases.slice(-MOST_EARLIER)) {
    const entry = await leafAt(repository, commit, path)
    const parsed = entry && parseManifest(await readWritten(repository, path, entry), path)
    if (parsed?.manifest === undefined) continue
    const work = workOf(parsed)
    const start = work && (await registeredAt(repository, tip, work))
    if (start?.kind === 'placed') works.push({ at: start.at, name: start.work.commit })
    works.push({ at: commit, name: `release ${parsed.manifest.version}` })
  }
  return works
}
