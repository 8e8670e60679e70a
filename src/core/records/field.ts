import type { Control } from '../controls.ts'
import type { Ending } from './outcome.ts'

/**
 * What fills a field of a record that people write.
 *
 * - `prose`: a sentence of five words or more; `cost`: one with a figure in it; - `text`: a name, a number or an address; - `who`: a person or a team;
 * - `people`: named persons; - `parties`: persons, teams or roles; - `list`: one text or more; - `choice`: one word of several; - `day`: a day that has come;
 * - `file`: a name and its sha256, so that what is confidential need not be shown; - `test`: a day, a result, and where
 * the evidence for it is; - `answer`: a section of a document, a file, or why nothing is to be said; - `files`: files of
 * the release by digest; - `signers`: who signed, as what, and when;
 * - `clauses`: clauses by number or by title, as `Annex C`; `provision`: the clause that says something and what, or
 * `absent`, which holds only with a condition for it;
 * - `vulnerabilities`: each with its state and what is known or done of it, or `nothing-found`.
 */
export type Field = {
  readonly says: string
  /** It may be left out; if it is there, it must be filled in. */
  readonly optional?: true
  /** It is required only where another field says one of these. */
  readonly when?: { readonly field: string; readonly is: readonly string[] }
} & (
  | { readonly kind: 'prose' | 'text' | 'who' | 'people' | 'parties' | 'list' | 'day' | 'file' | 'test' }
  | { readonly kind: 'answer' | 'files' | 'signers' | 'cost' | 'clauses' | 'provision' | 'vulnerabilities' }
  /** `bad`: words that are an answer, and keep the record from being one; `weak`: that only hold with conditions. */
  | {
      readonly kind: 'choice'
      readonly of: readonly string[]
      readonly bad?: readonly string[]
      readonly weak?: readonly string[]
    }
)

/** One kind of record: what it answers for, what must be filled in, and how it ages. */
export type RecordKind = {
  /** What it is, in a short phrase. */
  readonly title: string
  /** The controls that such a record may answer for. */
  readonly controls: readonly Control[]
  readonly fields: Readonly<Record<string, Field>>
  /** Days after which it no longer counts, where the criteria ask for no other number; every test in it ages so too. */
  readonly max_age: number
  /** The day that its age counts from, where that is given; the day of the record without it. */
  readonly ages_from?: string
  /** It ends with an outcome: a word that says what it came to. */
  readonly outcome: Ending
  /** It must say until when it holds. */
  readonly expires?: true
  /** Pairs of fields that may not name the same party. */
  readonly apart?: readonly (readonly [one: string, other: string])[]
  /** The text of the first field must name what the second one names. */
  readonly names?: readonly [text: string, named: string]
  /** A release may have several. */
  readonly several?: true
}

type Plain = Exclude<Field['kind'], 'choice'>

/** Makes fields of one kind. */
const field =
  (kind: Plain) =>
  (says: string, more: Pick<Field, 'optional' | 'when'> = {}): Field => ({ kind, says, ...more })

export const prose = field('prose')
export const text = field('text')
export const who = field('who')
export const people = field('people')
export const parties = field('parties')
export const list = field('list')
export const day = field('day')
export const file = field('file')
export const test = field('test')
export const answer = field('answer')
export const files = field('files')
export const signers = field('signers')
export const cost = field('cost')
export const clauses = field('clauses')
export const provision = field('provision')
export const vulnerabilities = field('vulnerabilities')

/** What a contract that says nothing of a thing says of it. */
export const ABSENT = 'absent'
/** What a search for vulnerabilities came to that found none. */
export const NOTHING_FOUND = 'nothing-found'
/** What became of a vulnerability; the words of VEX, as OpenVEX and CycloneDX have them, come down to these. */
export const VULNERABILITY_STATES = ['fixed', 'not_affected', 'mitigated', 'accepted', 'open'] as const

/** One word of several. */
export function choice(
  says: string,
  of: readonly string[],
  more: { readonly bad?: readonly string[]; readonly weak?: readonly string[] } & Pick<Field, 'when'> = {},
): Field {
  return { kind: 'choice', says, of, ...more }
}
