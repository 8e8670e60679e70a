import type { RecordKind } from '../core/records/field.ts'
import type { Collector } from './collect.ts'
import { type Fields, isFields } from './narrow.ts'

const LONGEST = 500

/** A clause that a provision names, and that the record's own list of clauses does not have; a part of a listed one is in it. */
export function unlistedClauses(said: Fields, { fields }: RecordKind, found: Collector): void {
  const named = Object.entries(fields)
  const listed = named.flatMap(([name, { kind }]) => (kind === 'clauses' ? textsIn(said[name]) : []))
  const known = listed.flatMap(clausesIn)
  // Of a list without any clause its own field says what is wanting.
  if (known.length === 0) return
  for (const [name, { kind }] of named) {
    const value = said[name]
    const clause = kind === 'provision' && isFields(value) ? value.clause : undefined
    if (typeof clause !== 'string') continue
    const other = clausesIn(clause.slice(0, LONGEST)).find((one) => !known.some((of) => isIn(one, of)))
    if (other === undefined) continue
    found.fault([name, 'clause'], {
      ...{ code: 'wrong_value', at: `${name}.clause`, found: clause.slice(0, 80) },
      wanted: `a clause that the record lists under clauses (${listed.join(', ').slice(0, 120)})`,
    })
  }
}

/** A clause as `7.1` or `annex c`; `to`: the last one of a range. */
type Clause = { readonly from: string; readonly to?: string }

const ONE = String.raw`(?:annex|appendix|schedule|exhibit|addendum|attachment)\b(?:[\s:]{1,3}[\p{L}\p{N}]{1,20})?|(?:[ivxlc]{1,8}|\p{N}{1,6})(?:\.\p{N}{1,6}){0,6}(?![\p{L}\p{N}])`
const CALLED = String.raw`(?:§{1,2}|clauses?|sections?|articles?|art\.|sec\.|no\.)?\s{0,3}`
const FIRST = new RegExp(`^${CALLED}(${ONE})(?:\\s{0,3}(?:-|–|to)\\s{0,3}(${ONE}))?`, 'u')
const SOME = new RegExp(`(?<![\\p{L}\\p{N}.])(${ONE})`, 'u')

/** The clauses that a text begins with, each after a comma or an *and*; else the first that it names. */
function clausesIn(text: string): readonly Clause[] {
  const plain = text.trim().toLowerCase()
  const parts = plain.split(/[,;&+]|\band\b/).flatMap((part): readonly Clause[] => {
    const [, from, to] = FIRST.exec(part.trim()) ?? []
    return from === undefined ? [] : [{ from: spaced(from), ...(to !== undefined && { to: spaced(to) }) }]
  })
  const [some] = SOME.exec(plain) ?? []
  const annex = parts.findIndex(({ from }) => isAnnex(from))
  // What stands behind an annex is a number in it.
  const own = parts.filter(({ from }, index) => annex < 0 || index <= annex || isAnnex(from))
  return own.length > 0 || some === undefined ? own : [{ from: spaced(some) }]
}

/** Annexes are called by words, clauses by numbers. */
function isAnnex(clause: string): boolean {
  return /^[a-z]{5}/.test(clause)
}

function spaced(clause: string): string {
  return clause.replaceAll(/[\s:]+/g, ' ')
}

/** Of a range its ends count by their first number. */
function isIn({ from: one }: Clause, { from, to }: Clause): boolean {
  if (one === from || one === to || one.startsWith(`${from}.`)) return true
  const [own, low, high] = [one, from, to ?? ''].map((each) => Number.parseInt(each, 10))
  return to !== undefined && own !== undefined && own >= (low ?? 0) && own <= (high ?? 0)
}

function textsIn(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.flatMap((one) => (typeof one === 'string' ? [one.slice(0, LONGEST)] : []))
}
