import type { OscalRecord } from '../core/foreign-record.ts'
import { fillOfWho } from './filled.ts'
import { type Fields, objectsIn } from './narrow.ts'

type Party = { readonly uuid: string; readonly name: string; readonly organisations: readonly string[] }

/** Roles by which a document names who was assessed; `provider` may be a part of the word. */
const PROVIDERS: readonly string[] = ['vendor', 'supplier', 'developer', 'system-owner', 'prepared-for']

/** Who assessed, and a party that did so and is, or belongs to, the one that was assessed. */
export function partiesIn(metadata: Fields): Pick<OscalRecord, 'assessors' | 'same'> {
  const parties = objectsIn(metadata.parties).flatMap((party): readonly Party[] => {
    const { uuid, name } = party
    if (typeof uuid !== 'string') return []
    const named = typeof name === 'string' && name.trim() !== '' ? name.slice(0, 200) : uuid
    return [{ uuid, name: named, organisations: texts(party['member-of-organizations']) }]
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
  return { assessors: named.map(({ name }) => name), ...(same && { same: same.name }) }
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
