import { createHash } from 'node:crypto'
import { decideRelease, type ReleaseDecision, type ReleasedCommit } from '../core/release.ts'
import type { Verdict } from '../core/verdict.ts'
import { evaluate } from '../evaluate.ts'
import type { Facts } from '../facts.ts'
import { type KnownRelease, lastReleasedCommit } from '../ledger/releases.ts'
import { gatherCarried, type ReleaseRules, releaseRules } from '../sources/carried.ts'
import { branchesOf } from '../sources/github/branches.ts'
import type { Coordinates, GitHub } from '../sources/github/client.ts'
import { releasedCommit, type ShownRelease } from '../sources/github/releases.ts'
import type { Repository } from '../sources/repository.ts'
import { standOf } from '../sources/stand.ts'
import { tipOf } from './heads.ts'
import type { Judging, JudgingOptions } from './judging.ts'
import type { Asks } from './task.ts'

/** A release as it is now: how GitHub shows it, and the commit that it is of. */
export type ReleaseNow = {
  readonly shown: ShownRelease
  readonly commit: ReleasedCommit
  /** What its tag points to, a commit or a tag object; absent without a tag. */
  readonly ref?: string
}

/** What a release came to, and all that it was judged by. */
export type JudgedNow = ReleaseNow & {
  readonly decision: ReleaseDecision
  readonly rules: Pick<ReleaseRules, 'observed' | 'withoutGo'>
  readonly facts?: Facts
  readonly verdict?: Verdict
}

export async function readNow(
  github: GitHub,
  at: Asks<'release'>['at'],
  shown: ShownRelease,
): Promise<ReleaseNow> {
  return { shown, ...(await releasedCommit(github, at, shown)) }
}

/** One digest over everything of a release that an event may tell of. */
export function digestOfNow({ shown, ref }: Pick<ReleaseNow, 'shown' | 'ref'>): string {
  const { tag, target, body, draft, prerelease, immutable, assets } = shown
  const files = assets.map(({ name, sha256 }) => [name, sha256 ?? null])
  const text = body.replaceAll('\r\n', '\n')
  const all = [tag, target, text, draft, prerelease, immutable, files, ref ?? null]
  return createHash('sha256').update(JSON.stringify(all)).digest('hex')
}

/** The floor's say in the releases of a repository. */
export async function rulesFor(
  github: GitHub,
  { floors }: Pick<JudgingOptions, 'floors'>,
  { installation, repositoryId, at }: Omit<Asks<'release'>, 'task'>,
): Promise<ReleaseRules> {
  const own = repositoryId === undefined ? {} : { repositoryId }
  const { owner, repo } = at
  const floor = await floors.of(github, { installation, owner, repo, ...own }).facts()
  return releaseRules({ ...floor, ...own, repository: `${owner}/${repo}` })
}

/** Judges a release as it is now, at the commit that it is of. Throws whatever the world gets wrong. */
export async function judgeRelease(
  github: GitHub,
  options: JudgingOptions,
  judging: Judging,
  asked: Asks<'release'>,
  now: ReleaseNow,
  before: KnownRelease | undefined,
): Promise<JudgedNow> {
  const { installation, repositoryId, at } = asked
  const { shown, commit } = now
  const name = `${at.owner}/${at.repo}`
  const [rules, tip] = await Promise.all([rulesFor(github, options, asked), tipOf(github, at)])
  if (tip === undefined) throw new Error('the default branch is not there')
  const target = { ...at, commit: commit.sha ?? tip }
  const ofCommit = { installation, target, ...(repositoryId !== undefined && { repositoryId }) }
  const until = shown.published ?? options.clock().toISOString()
  const since = await lastReleasedCommit(options.store.db, name, shown.id, until)
  const carrying = {
    ...(commit.sha !== undefined && { commit: commit.sha }),
    ...(since !== undefined && { since }),
    tip,
    assets: shown.assets,
  }
  const carried = await gatherCarried(judging.repository(github, ofCommit), carrying, rules)
  const models = carried.models.map(({ model }) => model)
  const facts =
    commit.sha === undefined || models.length === 0
      ? undefined
      : await judging.facts(github, ofCommit, models)
  const verdict = facts && evaluate(facts)
  const first = shown.draft ? undefined : before?.state.first
  const about = {
    ...{ ...carried, commit, branch: at.branch },
    ...(verdict && { verdict }),
    ...(first && { first }),
  }
  const { sha } = commit
  const asks = carried.watched && sha !== undefined && decideRelease(about).decision !== 'nothing'
  const merged = asks
    ? await isOnBranch(github, judging.repository(github, ofCommit), at, { sha, tip, from: rules.from })
    : undefined
  return {
    ...now,
    decision: decideRelease({ ...about, ...(merged !== undefined && { merged }) }),
    rules,
    ...(facts && { facts }),
    ...(verdict && { verdict }),
  }
}

/** Whether a commit is on a branch that may be released from; where more branches fit than are looked at it is on none. */
async function isOnBranch(
  github: GitHub,
  repository: Repository,
  at: Coordinates,
  { sha, tip, from }: { readonly sha: string; readonly tip: string; readonly from: readonly string[] },
): Promise<boolean> {
  const stand = await standOf(repository, { commit: sha, tip, ref: '' }, from, (beginning) =>
    branchesOf(github, at, beginning),
  )
  return stand.kind === 'default' || stand.kind === 'listed'
}
