import type { Filled } from '../core/record.ts'
import { type Fill, SENTENCE_WORDS } from '../core/written-record.ts'
import { withoutPlaceholders } from '../text/placeholders.ts'
import { LETTERS_OF_A_WORD, UNSPACED } from '../text/words.ts'

/** How a value of any shape is filled: a map of nothing but placeholders, or with a TODO in it, is not. */
export function filled(value: unknown): Filled {
  if (value === undefined) return 'missing'
  if (value === null) return 'placeholder'
  if (typeof value === 'string') return isPlaceholder(value) ? 'placeholder' : 'given'
  if (typeof value !== 'object') return 'given'
  const inner = Object.values(value)
  // `scheduler: none` is a value among others; a map of nothing else, or with a TODO, is not filled in.
  const open =
    inner.every((one) => filled(one) === 'placeholder') ||
    inner.some((one) => typeof one === 'string' && isMark(one))
  return open ? 'placeholder' : 'given'
}

/** What says as a whole that something else will be said, at another time or in another place. */
const LATER = [
  /^(?:still |yet )?to be (?:added|announced|completed|confirmed|decided|defined|described|determined|documented|done|filled in|provided|specified|written)(?: later| soon)?$/,
  /^(?:not|none)(?: yet)? (?:applicable|available|known|decided|defined|determined|done)(?: here| yet| so far)?$/,
  /^(?:to follow|will follow|follows|pending|see (?:above|below))$/,
  /^(?:still |yet )?to be (?:added|agreed|announced|appointed|assigned|clarified|completed|confirmed|decided|defined|described|determined|discussed|drafted|established|filled in|finali[sz]ed|hired|named|negotiated|nominated|recruited|set up|specified|worked out)(?: |$)/,
  /^(?:still |yet )?to be (?:delivered|documented|done|provided|submitted|supplied|written) (?:after|at|before|by|in|later|once|soon|upon|when|within)(?: |$)/,
  /^(?:n\/a|n\.a\.)(?:[\s,;:(–—-]|$)/,
  /^(?:please )?(?:add|describe|enter|explain|insert|list|name|specify|state|write) here(?:[\s,:]|$)/,
]

/** Whether a whole text stands for a value that nobody gave. */
export function isPlaceholder(text: string): boolean {
  const word = wordOf(text)
  return (
    ['', 'n/a', 'n.a', 'n.a.', 'na', 'none', 'null', 'unknown', '-', '?'].includes(word) ||
    LATER.some((form) => form.test(word)) ||
    isMark(text)
  )
}

/** What only ever stands for something that is still to be written. */
function isMark(text: string): boolean {
  const word = text.trim()
  return (
    /^(?:todo|tbd|fixme|xxx|\.\.\.|…|<[^<>]{0,200}>)$/i.test(word) ||
    withoutPlaceholders(word, 'prose').first !== undefined
  )
}

const BARE = new Set([
  ...['yes', 'no', 'y', 'n', 'true', 'false', 'ok', 'okay', 'done', 'checked', 'complete', 'completed'],
  ...['x', '✓', '✔', '✅', '☑', '0', '1', 'pass', 'passed', 'fail', 'failed', 'fine', 'good'],
])
const NOBODY = new Set([
  ...[
    'nobody',
    'no one',
    'no-one',
    'noone',
    'someone',
    'somebody',
    'anyone',
    'anybody',
    'everyone',
    'everybody',
  ],
  ...[
    'all',
    'we',
    'us',
    'me',
    'they',
    'them',
    'unassigned',
    'vacant',
    'open',
    'team',
    'the team',
    'our team',
  ],
  ...['owner', 'the owner', 'person', 'user', 'admin', 'name', 'your name', 'somebody else', 'to be named'],
])

/** Words of which no number together names a party: `all of our employees`, `authorised personnel`, `the vendor`. */
const GENERIC = new Set([
  ...['all', 'any', 'every', 'each', 'some', 'most', 'various', 'several', 'multiple', 'other', 'others'],
  ...['whole', 'entire', 'the', 'a', 'an', 'our', 'your', 'of', 'in', 'with', 'and', 'or', 'we', 'us'],
  ...['everyone', 'everybody', 'anyone', 'anybody', 'someone', 'somebody', 'nobody', 'employee', 'employees'],
  ...['staff', 'personnel', 'people', 'person', 'persons', 'user', 'users', 'colleague', 'colleagues'],
  ...['worker', 'workers', 'member', 'members', 'team', 'teams', 'group', 'company', 'organisation'],
  ...['organization', 'department', 'departments', 'party', 'parties', 'third', 'vendor', 'vendors'],
  ...['supplier', 'suppliers', 'provider', 'providers', 'stakeholders', 'relevant', 'responsible'],
  ...['appropriate', 'authorised', 'authorized', 'internal', 'external', 'project', 'access', 'required'],
])

/** A text in which something is said, in so many different words: `yes` alone says nothing that could be checked. */
export function fillOfProse(value: unknown, least: number = SENTENCE_WORDS): Fill {
  const plain = fillOfText(value)
  if (plain !== 'given' || typeof value !== 'string') return plain
  const spaced = value.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? []
  const unspaced = value.match(UNSPACED) ?? []
  // Repeated, a yes is no sentence; nor are letters.
  const words = new Set(spaced.map((word) => word.toLowerCase()))
  if ([...words].every((word) => BARE.has(word))) return 'bare'
  const many = [...words].some((word) => word.length > LETTERS_OF_A_WORD) ? words.size : 0
  return Math.max(many, Math.floor(unspaced.length / LETTERS_OF_A_WORD)) >= least ? 'given' : 'short'
}

/** A name, a number or an address. */
export function fillOfText(value: unknown): Fill {
  if (value === undefined) return 'missing'
  if (value === null) return 'placeholder'
  if (typeof value === 'boolean') return 'bare'
  if (typeof value !== 'string') return 'given'
  if (isPlaceholder(value) || /<[a-z][a-z _-]{0,60}>/i.test(value)) return 'placeholder'
  const word = wordOf(value)
  if (BARE.has(word)) return 'bare'
  return /[\p{L}\p{N}]/u.test(word) ? 'given' : 'placeholder'
}

/** What stands for a person who is not known: `N.N.`, somebody of some place, the name of a form, a later day. */
const UNKNOWN = [
  /^n\.? ?n\.?(?: ?[,(]|$)/,
  /^(?:somebody|someone|some one|anybody|anyone|nobody|no one|(?:a|any|one|some) (?:colleague|employee|member|person)) (?:at|from|in|of|on|within|who)\b/,
  /^(?:(?:john|jane|joe) (?:doe|bloggs|public)|(?:max|erika) mustermann|first ?name last ?name)(?:[\s,(]|$)/,
  /^(?:still |yet )?to be /,
]

/** A person or a team. */
export function fillOfWho(value: unknown): Fill {
  const plain = fillOfText(value)
  if (plain !== 'given' || typeof value !== 'string') return plain
  const word = wordOf(value)
  const isNobody = NOBODY.has(word) || !/\p{L}/u.test(value) || UNKNOWN.some((form) => form.test(word))
  return isNobody || isGeneric(value) ? 'nobody' : 'given'
}

/** A login or an address is a name, whatever words are in it. */
function isGeneric(value: string): boolean {
  const words = value.toLowerCase().match(/[\p{L}\p{N}@/_.'’-]+/gu) ?? []
  return words.every((word) => GENERIC.has(word.replace(/[.'’-]+$/, '')))
}

/** What a document is called: a mark or a letter says not which one it is. */
export function fillOfName(value: unknown): Fill {
  const plain = fillOfText(value)
  if (typeof value !== 'string' || (plain !== 'given' && plain !== 'bare')) return plain
  return plain === 'bare' || (value.match(/[\p{L}\p{N}]/gu) ?? []).length < LETTERS_OF_A_NAME
    ? 'nameless'
    : 'given'
}

const LETTERS_OF_A_NAME = 2

/** `the board` and `our engineers` decide and watch nothing by themselves: each of them is somebody. */
const COLLECTIVE = /^(?:the|our|all|any|every|each|various|several|multiple) /
const BODIES = new Set([
  ...['board', 'management', 'leadership', 'staff', 'committee', 'council', 'department', 'engineering'],
  ...['operations', 'compliance', 'legal', 'security', 'risk', 'product', 'data science', 'it', 'hr'],
])

/** `claims team` names nobody; `Ada Quist, claims team` and `Ada Quist of the claims team` do. */
const PART = /^[^,;:(@/]*\b(?:teams?|departments?|dept|division|squad|crew|unit)$/
const OF = / (?:at|for|from|in|of) /

/** A person by name: a party that is several people is nobody in particular. */
export function fillOfPerson(value: unknown): Fill {
  const who = fillOfWho(value)
  if (who !== 'given' || typeof value !== 'string') return who
  const word = wordOf(value)
  const isPart = PART.test(word) && !OF.test(word)
  return isPart || COLLECTIVE.test(word) || BODIES.has(word) ? 'nobody' : 'given'
}

/** The first that is not given says how the whole is filled. */
export function worst(fills: readonly Fill[]): Fill {
  return fills.find((fill) => fill !== 'given') ?? 'given'
}

/** A list of which every entry is filled; a text stands for a list of one. */
export function fillOfList(value: unknown, one: (value: unknown) => Fill): Fill {
  if (!Array.isArray(value)) return one(value)
  if (value.length === 0) return 'placeholder'
  return worst(value.map(one))
}

/** Whether a text, a truth value or nothing stands where a value of another form belongs. */
export function isUnfilled(text: string): boolean {
  return fillOfText(text) !== 'given'
}

const LONGEST_TEXT = 500

/** A text as it is kept; undefined where it is not filled in. */
export function givenText(value: unknown): string | undefined {
  return typeof value === 'string' && fillOfText(value) === 'given'
    ? value.trim().slice(0, LONGEST_TEXT)
    : undefined
}

/** Longer than any word of the lists; the end of a long text is searched for nothing. */
const LONGEST_WORD = 40

function wordOf(text: string): string {
  const word = text.trim().toLowerCase()
  return word.length > LONGEST_WORD ? word : word.replace(/[.!\s]+$/, '')
}
