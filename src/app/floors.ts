import type { Kysely } from 'kysely'
import { z } from 'zod'
import { FLOOR_REPOSITORY, floorRepositoryOf, isFloorRepository } from '../core/paths.ts'
import type { Facts } from '../facts.ts'
import { readMark, setMark } from '../ledger/marks.ts'
import type { Tables } from '../ledger/tables.ts'
import { floorFactsOf, observingProperties, ToldFloor } from '../sources/floor.ts'
import type { GitHub } from '../sources/github/client.ts'
import { askFloor, floorRider, type Rider } from '../sources/github/floor.ts'
import { keptAs } from '../sources/github/objects.ts'
import { askProperties } from '../sources/github/properties.ts'

export type FloorsOptions = {
  readonly db: Kysely<Tables>
  /** Whether a floor that is not there leaves everything undecided. */
  readonly required: boolean
  /** The name of the owner's repository that has it. */
  readonly name?: string
  readonly clock: () => Date
}

type Where = { readonly installation: number; readonly owner: string }
type Judged = Where & { readonly repo: string; readonly repositoryId?: number }

/** The floor as one verdict needs it: what rides along with a query, and what holds once it may have been answered. */
export type FloorAsked = {
  readonly rider: Rider
  readonly facts: () => Promise<Pick<Facts, 'floor' | 'properties'>>
}

export type Floors = {
  readonly of: (github: GitHub, judged: Judged) => FloorAsked
  /** Reads an owner's floor anew. */
  readonly refresh: (github: GitHub, where: Where) => Promise<void>
  readonly isFloor: (where: { readonly owner: string; readonly repo: string }) => boolean
}

/**
 * For so long a floor is taken to be as it was told last. A push to it is judged with a fresh one, every query that
 * goes out asks for it too, and the sweep reads it every hour: it is what bounds a delivery that never came.
 */
const KEPT_MS = 2 * 60 * 60 * 1000
/** What is as it was is noted no more often. */
const NOTED_MS = 10 * 60 * 1000

const Kept = z.object({ at: z.number(), told: ToldFloor })

/** When verdicts on an owner's repositories began to be given by the floor that holds now. */
export function floorMark(owner: string): string {
  return `floor of ${owner.toLowerCase()}`
}

/** Gives the floor that holds for an owner's repositories. Throws where GitHub does not answer: nothing is judged without. */
export function openFloors({ db, required, name = FLOOR_REPOSITORY, clock }: FloorsOptions): Floors {
  // What one installation may see, another may not.
  const toldMark = ({ installation, owner }: Where) =>
    `floor told ${installation} ${owner.toLowerCase()}/${name}`

  async function known(where: Where): Promise<z.infer<typeof Kept> | undefined> {
    const mark = await readMark(db, toldMark(where))
    return keptAs(Kept, mark && Buffer.from(mark.value))
  }

  /** `at`: when it was asked for, at the earliest; what was asked for later stays. */
  async function keep(where: Where, told: ToldFloor, at: number): Promise<void> {
    const before = await known(where)
    const isChanged = before !== undefined && keyOf(before.told) !== keyOf(told)
    const age = before === undefined ? KEPT_MS : at - before.at
    if (age < 0 || (!isChanged && age < NOTED_MS)) return
    await setMark(db, toldMark(where), JSON.stringify({ at, told }))
    if (isChanged) await setMark(db, floorMark(where.owner), '')
  }

  async function anew(github: GitHub, where: Where): Promise<ToldFloor> {
    const at = clock().getTime()
    const told = await askFloor(github, where.owner, name)
    await keep(where, told, at)
    return told
  }

  async function keptFor(where: Where): Promise<ToldFloor | undefined> {
    const kept = await known(where)
    const age = kept === undefined ? KEPT_MS : clock().getTime() - kept.at
    return age >= 0 && age < KEPT_MS ? kept?.told : undefined
  }

  const isFloor: Floors['isFloor'] = ({ owner, repo }) =>
    isFloorRepository(`${owner}/${repo}`, floorRepositoryOf(owner, name))

  return {
    isFloor,
    of: (github, judged) => {
      const rider = floorRider(judged.owner, name)
      const at = clock().getTime()
      return {
        rider,
        facts: async () => {
          const rode = rider.told()
          if (rode) await keep(judged, rode, at)
          // Where the floor itself is, the change of it is what is judged.
          const kept = rode ?? (isFloor(judged) ? undefined : await keptFor(judged))
          const told = kept ?? (await anew(github, judged))
          const floor = floorFactsOf(told, required)
          const names = observingProperties(floor, judged)
          return names.length === 0
            ? { floor }
            : { floor, properties: await askProperties(github, judged, names) }
        },
      }
    },
    refresh: async (github, where) => {
      await anew(github, where)
    },
  }
}

/** What makes one floor another one. */
function keyOf(told: ToldFloor): string {
  return told.kind === 'read'
    ? [told.sha, ...(told.records ?? []).map(({ path, sha }) => `${path} ${sha}`)].join('\n')
    : told.kind
}
