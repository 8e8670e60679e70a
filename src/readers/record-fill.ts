import { ABSENT, type Field, NOTHING_FOUND } from '../core/records/field.ts'
import { CONDITION_WORDS, type Condition, type Fill } from '../core/written-record.ts'
import { plainWords } from '../text/words.ts'
import { fillOfList, fillOfName, fillOfPerson, fillOfProse, fillOfText, fillOfWho, worst } from './filled.ts'
import { type Fields, isFields, partOf } from './narrow.ts'
import { fillOfAnswer } from './record-index.ts'
import { fillOfFiles, fillOfSigners } from './record-signed.ts'

/** How a field of a record is filled, by its kind. */
function fillOf(field: Field, value: unknown): Fill {
  switch (field.kind) {
    case 'prose':
      return fillOfProse(value)
    case 'cost':
      return fillOfCost(value)
    case 'who':
      return fillOfWho(value)
    case 'people':
      return fillOfList(value, fillOfPerson)
    case 'parties':
      return fillOfList(value, fillOfWho)
    case 'list':
      return fillOfList(value, fillOfText)
    case 'clauses':
      return fillOfList(value, fillOfClause)
    case 'text':
    case 'day':
      return fillOfText(value)
    case 'choice':
      // Some of its words say nothing where they stand alone.
      return field.of.some((word) => word === value) ? 'given' : fillOfText(value)
    case 'file':
      return fillOfParts(value, ['name', 'sha256'])
    case 'answer':
      return fillOfAnswer(value)
    case 'files':
      return fillOfFiles(value)
    case 'signers':
      return fillOfSigners(value)
    case 'test':
      return fillOfParts(value, ['date', 'result', 'evidence'])
    case 'provision':
      return fillOfProvision(value)
    case 'vulnerabilities':
      return value === NOTHING_FOUND ? 'given' : fillOfList(value, fillOfVulnerability)
  }
}

/**
 * How each field of a record is filled. A text that stands under several of them says nothing of any: each asks
 * something of its own.
 */
export function fillsOf(
  own: readonly (readonly [name: string, field: Field])[],
  said: Fields,
): readonly (readonly [name: string, fill: Fill])[] {
  const seen = new Map<string, number>()
  const fills = own.map(([name, field]) => {
    const value = said[name]
    const fill = fillOf(field, value)
    const text = isProse(field) && fill === 'given' ? plainWords(String(value)) : undefined
    if (text !== undefined) seen.set(text, (seen.get(text) ?? 0) + 1)
    return { name, fill, text }
  })
  return fills.map(({ name, fill, text }) => [
    name,
    text !== undefined && (seen.get(text) ?? 0) > 1 ? 'same' : fill,
  ])
}

function isProse({ kind }: Field): boolean {
  return kind === 'prose' || kind === 'cost'
}

/** How the conditions of a record are filled. */
export function fillOfConditions(value: unknown, conditions: readonly Condition[]): Fill {
  if (!Array.isArray(value)) return fillOfText(value)
  return fillOfList(
    conditions.map(({ what }) => what),
    (what) => fillOfProse(what, CONDITION_WORDS),
  )
}

/** The first part that is not filled says how the whole is. A result is a word that alone says nothing else. */
function fillOfParts(value: unknown, parts: readonly string[]): Fill {
  if (!isFields(value)) return fillOfText(value)
  const fills = parts.map((part): Fill => {
    const inner = partOf(value, part)
    if (part === 'evidence' && isFields(inner)) return fillOfParts(inner, ['name', 'sha256'])
    if (part === 'result' && (inner === 'passed' || inner === 'failed')) return 'given'
    // The same digit all the way is what a template has.
    if (part === 'sha256' && typeof inner === 'string' && /^(.)\1{63}$/.test(inner)) return 'placeholder'
    return part === 'name' ? fillOfName(inner) : fillOfText(inner)
  })
  return worst(fills)
}

/** A year says when, and not how much. */
const YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/g

function fillOfCost(value: unknown): Fill {
  const prose = fillOfProse(value)
  if (prose !== 'given') return prose
  return typeof value === 'string' && /\p{N}/u.test(value.replace(YEAR, '')) ? 'given' : 'figureless'
}

/** What numbers a clause, or names a part of a contract that has none. */
const CLAUSE = /\p{N}|§|\b(?:annex|appendix|schedule|exhibit|addendum|attachment)\b|^[IVXLC]+(?:\.|$)/iu

function fillOfClause(value: unknown): Fill {
  const text = fillOfText(value)
  if (text !== 'given') return text
  return typeof value === 'string' && CLAUSE.test(value.trim()) ? 'given' : 'clauseless'
}

function fillOfProvision(value: unknown): Fill {
  if (value === ABSENT) return 'given'
  if (!isFields(value)) return fillOfText(value)
  return worst([fillOfClause(partOf(value, 'clause')), fillOfProse(partOf(value, 'says'))])
}

function fillOfVulnerability(value: unknown): Fill {
  if (!isFields(value)) return fillOfText(value)
  const [id, state, says] = ['id', 'state', 'says'].map((part) => partOf(value, part))
  return worst([fillOfText(id), fillOfText(state), fillOfProse(says)])
}
