import { keepRun, keepWeights, keptRun, keptWeights, type Listing, type RunKey } from '../ledger/starts.ts'
import type { Store } from '../ledger/store.ts'
import { type FoundArtifact, newestArtifact, toldBy } from '../sources/github/artifacts.ts'
import type { Coordinates, GitHub } from '../sources/github/client.ts'
import type { Objects } from '../sources/github/objects.ts'
import { findRun } from '../sources/github/runs.ts'
import { producedOf } from '../sources/listed.ts'
import { remember } from '../sources/remember.ts'
import type { Asked, ToldRun, Witness } from '../sources/witness.ts'
import { heardOf, isAsHeard, KeptRun } from './heard-runs.ts'

export type RunsOptions = {
  readonly github: GitHub
  readonly store: Store
  readonly objectsOf: (repository: string) => Objects
  /** A repository by its name; undefined where nothing of it is believed. */
  readonly placed: (name: string) => Promise<Coordinates | undefined>
}

/** What runs were and what they left behind, for one evaluation. Throws what the world gets wrong. */
export function openRuns({
  github,
  store,
  objectsOf,
  placed,
}: RunsOptions): Pick<Witness, 'run' | 'produced'> {
  const { db } = store
  const runs = new Map<string, ToldRun>()
  const newests = new Map<string, Promise<FoundArtifact | undefined>>()

  function newest(where: Coordinates, run: number, name: string): Promise<FoundArtifact | undefined> {
    const key = `${where.owner}/${where.repo}#${run} ${name}`
    return remember(newests, key, () => newestArtifact(github, where, run, name))
  }

  /** What was heard of a run, where its artifact shows that it was not run again unheard. */
  async function heardAt(where: Coordinates, id: number, artifact: string): Promise<ToldRun | undefined> {
    const heard = await heardOf(store, `${where.owner}/${where.repo}`, id)
    if (heard === undefined) return undefined
    const found = await newest(where, id, artifact)
    if (found === undefined || !isAsHeard(heard, found)) return undefined
    const { ended: _ended, ...run } = heard
    return run
  }

  return {
    run: async (name, id, artifact, weights) => {
      const key = { repository: name, run: id }
      const where = await placed(name)
      const before = parsed(await keptRun(db, key))
      // What a first attempt was seen to have produced stays true, whatever is run again later.
      const isFirst = where !== undefined && before?.success === true && before.again !== true
      if (isFirst && (await keptWeights(db, listingOf(key, artifact, weights))) !== undefined) return before
      const found = where && ((await heardAt(where, id, artifact)) ?? (await findRun(github, where, id))?.run)
      if (found !== undefined) await keepRun(db, key, JSON.stringify(found))
      // A run may be deleted by whoever writes, and what it was stays true.
      const run = found ?? before
      if (run !== undefined) runs.set(`${name}#${id}`, run)
      return run
    },
    produced: async (name, run, artifact, weights) => {
      const listing = listingOf({ repository: name, run }, artifact, weights)
      const before = await keptWeights(db, listing)
      if (before !== undefined) return { kind: 'listed', artifact, digest: before }
      const where = await placed(name)
      const found = where && (await newest(where, run, artifact))
      if (where === undefined || found === undefined) return { kind: 'no_artifact', artifact }
      if (found.expired) return { kind: 'expired', artifact }
      const told = await toldBy(github, where, found, objectsOf(`${where.owner}/${where.repo}`))
      if (told === 'gone') return { kind: 'expired', artifact }
      if (told === 'unreadable') return { kind: 'unreadable', artifact }
      const produced = producedOf(told.digests, told.archive, artifact, weights)
      // What a run left behind that failed is not kept for when a later attempt succeeds.
      if (produced.kind === 'listed' && runs.get(`${name}#${run}`)?.success === true)
        await keepWeights(db, { ...listing, digest: produced.digest })
      return produced
    },
  }
}

function parsed(told: string | undefined): ToldRun | undefined {
  return told === undefined ? undefined : KeptRun.parse(JSON.parse(told))
}

function listingOf(run: RunKey, artifact: string, weights: readonly Asked[]): Omit<Listing, 'digest'> {
  return { ...run, artifact, weights: weights.map(({ sha256 }) => sha256) }
}
