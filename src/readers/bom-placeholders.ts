import { plainly } from '../schemas/cyclonedx.ts'
import { pointer } from '../text/pointer.ts'
import { isPlaceholder } from './filled.ts'
import { isFields } from './narrow.ts'

type Keys = readonly (string | number)[]
export type Placeholder = { readonly at: string; readonly found: string }

/** So many show that nobody filled a file in. */
const MOST = 20
/** A text that is longer was written by somebody. */
const LONGEST = 500

/** What tools and templates write into a field of text. */
const STAND_IN = /^(?:string|placeholder|change ?me|lorem\b.*|your \w+|insert \w+.*|noassertion)$/i
/** `task goes here`, `Reasoning here`. */
const HERE = /^(?:.* goes here|(?:[\w-]+ ){1,2}here)[.!]?$/i

/** Keys whose texts are codes, addresses or contents, and no sentences. */
const NO_PROSE: ReadonlySet<string> = new Set([
  ...['bom-ref', 'ref', 'format', 'content', 'contentType', 'encoding', 'url', 'type', 'alg', 'mime-type'],
  ...['signature', 'hashes', 'externalReferences', 'components', 'pedigree', 'evidence', 'licenses', 'swid'],
  // To say that there is none says something.
  ...['properties', 'sensitiveData'],
  ...['@id', 'spdxId', 'creationInfo', 'verifiedUsing', 'extension', 'externalIdentifier', 'externalRef'],
])

/** Whether a text stands for one that nobody wrote; `said`: sentences of the format's own schema. An empty one says nothing. */
export function isStandIn(text: string, said: ReadonlySet<string>): boolean {
  const word = text.trim()
  if (word === '' || word.length > LONGEST) return false
  return isPlaceholder(word) || STAND_IN.test(word) || HERE.test(word) || said.has(plainly(word))
}

/** The first few texts under a value that stand for what nobody wrote. */
export function placeholdersIn(
  value: unknown,
  keys: Keys,
  said: ReadonlySet<string>,
): readonly Placeholder[] {
  return [...within(value, keys, said).take(MOST)]
}

/** As many as are shown of any file. */
export function fewOf(all: readonly Placeholder[]): readonly Placeholder[] {
  return [...new Map(all.map((one) => [one.at, one])).values()].slice(0, MOST)
}

/** A stand-in as a record has it. */
export function placeholderAt(keys: Keys, found: string): Placeholder {
  return { at: pointer(keys).slice(0, 300), found: found.trim().replaceAll(/\s+/g, ' ').slice(0, 60) }
}

function* within(value: unknown, keys: Keys, said: ReadonlySet<string>): Generator<Placeholder> {
  if (typeof value === 'string') {
    if (isStandIn(value, said)) yield placeholderAt(keys, value)
  } else if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) yield* within(one, [...keys, index], said)
  } else if (isFields(value)) {
    for (const [key, one] of Object.entries(value))
      if (!NO_PROSE.has(key)) yield* within(one, [...keys, key], said)
  }
}
