import { LRUCache } from 'lru-cache'
import type { Facts } from '../facts.ts'
import type { ToldFloor } from '../sources/floor.ts'
import type { GitHub } from '../sources/github/client.ts'
import { askFloor } from '../sources/github/floor.ts'

/** For so long a floor is taken to be as it was; a push that changes it is followed after that. */
export const FLOOR_SECONDS = 60

type FloorFacts = NonNullable<Facts['floor']>

export type FloorsOptions = {
  /** Whether a floor that is not there leaves everything undecided. */
  readonly required: boolean
  readonly seconds: number
  readonly clock: () => Date
}

export type Floors = (
  asking: { readonly github: Pick<GitHub, 'rest'>; readonly installation: number; readonly owner: string },
  fresh?: boolean,
) => Promise<FloorFacts>

type Known = { readonly told: ToldFloor; readonly at: number }

/** Gives the floor that holds for an owner's repositories. Throws where GitHub does not answer: nothing is judged without. */
export function openFloors({ required, seconds, clock }: FloorsOptions): Floors {
  // What one installation may see, another may not.
  const known = new LRUCache<string, Known>({ max: 1000 })
  return async ({ github, installation, owner }, fresh = false) => {
    const key = `${installation} ${owner.toLowerCase()}`
    const before = known.get(key)
    const now = clock().getTime()
    const age = before === undefined ? Number.POSITIVE_INFINITY : now - before.at
    const stands = !fresh && age >= 0 && age < seconds * 1000
    const told = before && stands ? before.told : await askFloor(github, owner, before?.told)
    if (!stands) known.set(key, { told, at: now })
    return factsOf(told, required)
  }
}

function factsOf(told: ToldFloor, required: boolean): FloorFacts {
  if (told.kind === 'read') return told
  const { kind, repository, path } = told
  if (kind === 'unreadable') return { kind, repository, path }
  return required ? { kind, required, repository } : { kind: 'none' }
}
