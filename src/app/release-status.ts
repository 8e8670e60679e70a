import { setStatus } from '../github/release.ts'
import {
  type JudgedRelease,
  type KnownRelease,
  knownReleases,
  type ReleaseState,
} from '../ledger/releases.ts'
import { RELEASED, renderReleaseStatus } from '../render/release-notice.ts'
import type { GitHub } from '../sources/github/client.ts'
import type { JudgingOptions } from './judging.ts'
import type { JudgedNow } from './release-judging.ts'
import type { Asks, Trying } from './task.ts'

export type Telling = {
  readonly github: GitHub
  readonly options: Pick<JudgingOptions, 'store' | 'log' | 'clock'>
  readonly asked: Asks<'release'>
  /** As it was known before. */
  readonly before: KnownRelease | undefined
  readonly current: Trying['current']
}

/** Of the releases of one commit so many are asked about. */
const MOST_RELEASES = 100

type Status = NonNullable<ReleaseState['status']>

/**
 * Says on the commit what became of its release, once: where several releases are of one commit, one without a go
 * decides. Of a draft nothing is said, since not everybody who sees the commit may see it. Gives what was told.
 */
export async function tellStatus(
  { github, options, asked }: Telling,
  { shown, commit, decision, rules, verdict }: JudgedNow,
  {
    row,
    state,
    flagged,
  }: { readonly row: JudgedRelease; readonly state: ReleaseState; readonly flagged: boolean },
): Promise<Status | undefined> {
  const { store, log } = options
  const before = state.status
  const { sha } = commit
  const isQuiet = shown.draft || rules.observed || sha === undefined
  if (isQuiet || (decision.decision === 'nothing' && before?.commit !== sha)) return before
  const models = (verdict?.models ?? []).map(({ model, version = '' }) => `${model} ${version}`.trim())
  const own = renderReleaseStatus(shown.tag, decision, models, flagged)
  const known = await knownReleases(store.db, `${asked.at.owner}/${asked.at.repo}`, MOST_RELEASES)
  const others = known.flatMap(({ release, published, state: { status } }) =>
    release !== row.release && published !== undefined && status?.commit === sha ? [status] : [],
  )
  const worst = [own, ...others].find((status) => status.state === 'failure') ?? own
  const wanted = { commit: sha, ...own }
  const isTold =
    before?.told === true &&
    before.commit === sha &&
    before.state === own.state &&
    before.description === own.description
  if (isTold) return before
  const { state: said, description } = worst
  const told = await setStatus(github, asked.at, sha, { context: RELEASED, state: said, description })
  if (!told) log.info({ ...asked.at, release: row.release }, 'release without a status')
  return { ...wanted, told }
}
