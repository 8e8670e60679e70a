import type { PublicKey } from '../attest/keys.ts'
import type { Facts } from '../facts.ts'
import { openObjects } from '../ledger/objects.ts'
import type { Store } from '../ledger/store.ts'
import { tipsBefore } from '../ledger/tips.ts'
import { gather } from '../sources/gather.ts'
import type { GitHub } from '../sources/github/client.ts'
import { openLfs } from '../sources/github/lfs.ts'
import { guarded, type Objects } from '../sources/github/objects.ts'
import { openRemote } from '../sources/github/remote.ts'
import type { Repository } from '../sources/repository.ts'
import type { CommitAsked } from './asked.ts'
import type { Floors } from './floors.ts'
import { type Log, safe } from './handle.ts'
import { askedOfRuns } from './likely-runs.ts'
import { openWitness } from './witness.ts'

export type JudgingOptions = {
  readonly engine: string
  readonly store: Store
  readonly log: Log
  readonly clock: () => Date
  /** GitHub as the app itself sees it. */
  readonly asApp: () => Promise<Pick<GitHub, 'rest'>>
  /** Every key that start tickets were ever signed with. */
  readonly keys: readonly PublicKey[]
  readonly floors: Floors
}

export type Judging = {
  readonly objectsOf: (repository: string) => Objects
  /** A repository as GitHub shows it, its answers kept. */
  readonly repository: (github: GitHub, asked: CommitAsked) => Repository
  /** Everything that the verdict on a commit depends on: what it changes, or models by name, wherever they changed. */
  readonly facts: (github: GitHub, asked: CommitAsked, models?: readonly string[]) => Promise<Facts>
}

/** How facts are gathered for the app: from GitHub and the ledger. Throws what the world gets wrong. */
export function openJudging(options: JudgingOptions): Judging {
  const { engine, store, log, clock, asApp, keys, floors } = options
  const open = openObjects(store.db, clock)
  const objectsOf = (repository: string) =>
    guarded(open(repository), (error) => log.error({ repository, err: safe(error) }, 'cache failed'))

  return {
    objectsOf,
    repository: (github, { target }) =>
      openRemote(github, target, objectsOf(`${target.owner}/${target.repo}`)),
    facts: async (github, { installation, target: at, repositoryId }, models) => {
      const { owner, repo, commit } = at
      const name = `${owner}/${repo}`
      const own = repositoryId === undefined ? {} : { repositoryId }
      const about = { commit, now: clock().toISOString(), engine, ...own }
      // What is asked by name is no question about what a push brought.
      const before = models === undefined ? await tipsBefore(store.db, name, commit) : undefined
      const floor = floors.of(github, { installation, owner, repo, ...own })
      const repository = openRemote(github, at, objectsOf(name), {
        rider: floor.rider,
        runs: (judged, tip) => askedOfRuns(store, name, judged, tip),
        ...(github.lfs && { lfs: openLfs(at, { ...github.lfs, objects: objectsOf(name) }) }),
      })
      const witness = openWitness({
        ...{ github, asApp, installation, store, at, repository, objectsOf, keys, clock },
      })
      return await gather(repository, {
        ...about,
        witness,
        askFloor: floor.facts,
        ...(before && { before }),
        ...(models && { models }),
      })
    },
  }
}
