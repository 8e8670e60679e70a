import type { OscalRecord } from '../core/foreign-record.ts'
import { fillOfWho } from './filled.ts'
import { type Fields, objectsIn } from './narrow.ts'

type Party = {
  readonly uuid: string
  readonly name: string
  /** A name besides, such as its short one. */
  readonly also: readonly string[]
  readonly organisations: readonly string[]
  readonly person: boolean
}

/** Roles by which a document names who was assessed; `provider` may be a part of the word. */
const PROVIDERS: readonly string[] = ['vendor', 'supplier', 'developer', 'system-owner', 'prepared-for']

/** Who assessed, for whom they do so, and whom; and a party that is, or belongs to, the one that was assessed. */
export function partiesIn(
  metadata: Fields,
): Pick<OscalRecord, 'assessors' | 'same' | 'sides'> & { readonly vendors: readonly string[] } {
  const parties = objectsIn(metadata.parties).flatMap((party): readonly Party[] => {
    const { uuid, name } = party
    if (typeof uuid !== 'string') return []
    const named = typeof name === 'string' && name.trim() !== '' ? name.slice(0, 200) : uuid
    const short = party['short-name']
    return [
      {
        ...{ uuid, name: named, organisations: texts(party['member-of-organizations']) },
        also: typeof short === 'string' && short.trim() !== '' ? [short.slice(0, 200)] : [],
        person: party.type === 'person',
      },
    ]
  })
  const having = (isRole: (role: string) => boolean): readonly Party[] => {
    const uuids = objectsIn(metadata['responsible-parties'])
      .filter((one) => typeof one['role-id'] === 'string' && isRole(one['role-id'].toLowerCase()))
      .flatMap((one) => texts(one['party-uuids']))
    return parties.filter(({ uuid }) => uuids.includes(uuid))
  }
  const assessors = having((role) => role.includes('assess'))
  const providers = having((role) => role.includes('provider') || PROVIDERS.includes(role))
  const same = assessors.find((one) => providers.some((other) => isOne(one, other)))
  const named = assessors.filter(({ name }) => fillOfWho(name) === 'given')
  const sides = named.map((one) => ({
    name: one.name,
    also: [...one.also, ...organisationsOf(one, parties).flatMap(namesOf)],
  }))
  // A person stands for the organisation, if any.
  const vendors = providers.flatMap((one) => [
    ...(one.person ? [] : namesOf(one)),
    ...organisationsOf(one, parties).flatMap(namesOf),
  ])
  return {
    assessors: named.map(({ name }) => name),
    ...(same && { same: same.name }),
    ...{ sides, vendors: [...new Set(vendors)] },
  }
}

function namesOf({ name, also }: Party): readonly string[] {
  return [name, ...also]
}

/** The organisations that a party belongs to, and those that they belong to. */
function organisationsOf({ organisations }: Party, parties: readonly Party[]): readonly Party[] {
  const known = new Map(parties.map((one) => [one.uuid, one]))
  const found = new Set<Party>()
  const rest = [...organisations]
  while (rest.length > 0) {
    const one = known.get(rest.pop() ?? '')
    if (one === undefined || found.has(one)) continue
    found.add(one)
    rest.push(...one.organisations)
  }
  return [...found]
}

/** The same party, one that belongs to the other, or two that belong together. */
function isOne(one: Party, other: Party): boolean {
  const [own, theirs] = [one, other].map(({ uuid, organisations }) => new Set([uuid, ...organisations]))
  return (
    one.name.trim().toLowerCase() === other.name.trim().toLowerCase() ||
    (own !== undefined && theirs !== undefined && !own.isDisjointFrom(theirs))
  )
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
