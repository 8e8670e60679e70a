import { COMMON_IN_NAMES, COMPANY_FORMS, withoutDots } from '../core/party-words.ts'
import { ABSENT, type RecordKind } from '../core/records/field.ts'
import type { Failing, Weak, WrittenRecord } from '../core/written-record.ts'
import { fillOfText } from './filled.ts'
import { type Fields, isFields, objectsIn } from './narrow.ts'

/** What a record says against itself: tests that did not pass, bad words, a scope that leaves the service out. */
export function failingIn(said: Fields, { fields, names }: RecordKind): readonly Failing[] {
  const each = Object.entries(fields).flatMap(([name, field]): readonly Failing[] => {
    const value = said[name]
    if (field.kind === 'test' && isFields(value) && value.result === 'failed')
      return [{ field: name, why: 'says', found: 'failed' }]
    if (field.kind === 'vulnerabilities')
      return objectsIn(value).flatMap(({ id, state }) =>
        state === 'open' ? [{ field: name, why: 'says', found: `${String(id).slice(0, 100)}: open` }] : [],
      )
    const bad = field.kind === 'choice' ? field.bad?.find((word) => word === value) : undefined
    return bad === undefined ? [] : [{ field: name, why: 'says', found: bad }]
  })
  const [text, named] = names ?? []
  const [where, what] = [textIn(said, text), textIn(said, named)]
  const silent = where !== undefined && what !== undefined && !isWithin(wordsOf(what), wordsOf(where))
  return silent && text !== undefined
    ? [...each, { field: text, why: 'does_not_name', found: what.slice(0, 200) }]
    : each
}

/** What a record says that holds only with conditions. */
export function weakIn(said: Fields, { fields }: RecordKind): readonly Weak[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.kind === 'provision') return said[name] === ABSENT ? [{ field: name, found: ABSENT }] : []
    const weak = field.kind === 'choice' ? field.weak?.find((word) => word === said[name]) : undefined
    return weak === undefined ? [] : [{ field: name, found: weak }]
  })
}

/**
 * The party that two fields name which should name two: `Acme` and `Acme Inc., security team` are one; of a vendor its
 * own first word is enough.
 */
export function sameParty(said: Fields, { apart = [] }: RecordKind): WrittenRecord['same'] {
  return apart.flatMap(([one, other]) => {
    const [a, b] = [textIn(said, one), textIn(said, other)]
    if (a === undefined || b === undefined) return []
    const [own, theirs] = [partyOf(a), partyOf(b)]
    const isSame = isWithin(own, theirs) || isWithin(theirs, own)
    if (!isSame && !(other === 'vendor' && isOfVendor(own, theirs))) return []
    return [{ fields: [one, other] as const, who: a.slice(0, 200) }]
  })[0]
}

function textIn(said: Fields, name: string | undefined): string | undefined {
  const value = name === undefined ? undefined : said[name]
  return typeof value === 'string' && fillOfText(value) === 'given' ? value : undefined
}

function partyOf(name: string): readonly string[] {
  const words = wordsOf(withoutDots(name))
  const bare = words.filter((word) => !COMPANY_FORMS.has(word))
  return bare.length > 0 ? bare : words
}

/** First words that companies which have nothing to do with one another share, beside those that any name may have. */
const SHARED = new Set([
  ...[
    'american',
    'british',
    'deutsche',
    'european',
    'french',
    'nordic',
    'royal',
    'national',
    'international',
  ],
  ...[
    'global',
    'general',
    'united',
    'first',
    'new',
    'north',
    'south',
    'east',
    'west',
    'northern',
    'open',
    'big',
  ],
  ...[
    'universal',
    'standard',
    'advanced',
    'digital',
    'smart',
    'applied',
    'independent',
    'internal',
    'external',
  ],
])

/** Whether a name begins with the word that a vendor's own begins with, as `Parlance trust team` of `Parlance AI`. */
function isOfVendor(name: readonly string[], vendor: readonly string[]): boolean {
  const [word = ''] = vendor
  return word === name[0] && word.length > 1 && !COMMON_IN_NAMES.has(word) && !SHARED.has(word)
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Whether some words stand in others, one behind the other. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  return some.length > 0 && ` ${all.join(' ')} `.includes(` ${some.join(' ')} `)
}
