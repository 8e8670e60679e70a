import type { Collector } from './collect.ts'
import { type Fields, isFields } from './narrow.ts'

type Keys = readonly (string | number)[]

/** Keys under which an object names another one of the same file, and the list in which that one stands. */
const NAMES: Readonly<Record<string, 'observations' | 'risks' | 'parties'>> = {
  'observation-uuid': 'observations',
  'risk-uuid': 'risks',
  'party-uuids': 'parties',
  'member-of-organizations': 'parties',
}

/** What points to nothing, and two things under one name: each is a fault, since nobody knows what was meant. */
export function uuidFaults(all: { readonly fields: Fields; readonly keys: Keys }, found: Collector): void {
  const known = { observations: new Set<string>(), risks: new Set<string>(), parties: new Set<string>() }
  const lists = (name: string): name is keyof typeof known => Object.hasOwn(known, name)
  visit(all.fields, all.keys, (fields, keys) => {
    for (const [name, list] of Object.entries(fields)) {
      if (!lists(name) || !Array.isArray(list)) continue
      for (const [index, one] of list.entries()) {
        if (!isFields(one) || typeof one.uuid !== 'string') continue
        if (known[name].has(one.uuid)) found.malformed([...keys, name, index, 'uuid'], 'a uuid of its own')
        known[name].add(one.uuid)
      }
    }
  })
  visit(all.fields, all.keys, (fields, keys) => {
    for (const [name, value] of Object.entries(fields)) {
      const list = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined
      if (list === undefined) continue
      const uuids: readonly unknown[] = Array.isArray(value) ? value : [value]
      if (uuids.some((uuid) => typeof uuid !== 'string' || !known[list].has(uuid)))
        found.malformed([...keys, name], `a uuid that one of the ${list} of this file has`)
    }
  })
}

/** Texts of other files are as deep as their parser allows. */
function visit(value: unknown, keys: Keys, each: (fields: Fields, keys: Keys) => void): void {
  if (Array.isArray(value)) for (const [index, one] of value.entries()) visit(one, [...keys, index], each)
  if (!isFields(value)) return
  each(value, keys)
  for (const [key, inner] of Object.entries(value)) visit(inner, [...keys, key], each)
}
