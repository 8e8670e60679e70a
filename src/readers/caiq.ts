import type { Reading } from '../core/evidence.ts'
import type { CaiqRecord } from '../core/foreign-record.ts'
import { bare, type CaiqAnswer, caiqAnswers, holdsCaiq, MOST_ANSWERS } from './caiq-answers.ts'
import { collect } from './collect.ts'
import { fillOfProse, fillOfWho } from './filled.ts'
import { isFields } from './narrow.ts'
import type { Input, Reader } from './reader.ts'

const format = 'caiq'
/** A reason is said in few words; one is none. */
const REASON_WORDS = 3

/**
 * Answers to the Consensus Assessment Initiative Questionnaire of the Cloud Security Alliance, versions 3.1 and 4, and
 * to its sibling for AI, as JSON or YAML. There is no one form of it as data: whatever has question ids such as
 * `AIS-01.1` with an answer beside each is one. It is what a vendor says of itself; no audit.
 */
export const caiq: Reader = {
  format,
  labels: [],
  recognises: (content) => content.kind === 'data' && holdsCaiq(content.value),
  read,
}

function read(input: Input): Reading {
  const { content } = input
  const found = collect(input, format)
  if (content.kind !== 'data') return found.reading()
  const answers = caiqAnswers(content.value)
  if (answers === undefined) {
    found.fault([], { code: 'too_many', limit: MOST_ANSWERS })
    return found.reading()
  }
  const byQuestion = Map.groupBy(answers, ({ question }) => question)
  for (const [first, ...others] of byQuestion.values()) {
    const other = others.find(({ answer }) => answer !== first?.answer)
    if (first === undefined || other === undefined) continue
    found.fault(other.keys, {
      ...{ code: 'contradiction', at: other.question, one: other.answer, other: first.answer },
    })
  }
  // The same answer twice is one; a reason beside the other does not stand beside this one.
  const each = [...byQuestion.values()].flatMap((same) => same.find((one) => !isSaid(one)) ?? same[0] ?? [])
  found.record((source, placeOf): CaiqRecord => {
    const days = answers.flatMap(({ date }) => date ?? [])
    const [oldest] = days.toSorted()
    return {
      kind: 'caiq',
      ...(oldest !== undefined && days.length === answers.length && { date: oldest }),
      ...vendorIn(content.value),
      answers: each.length,
      answered: [...byQuestion.keys()].filter((question) => byQuestion.get(question)?.every(isSaid)),
      no: each.filter(({ answer }) => answer === 'no').length,
      na: each.filter(({ answer }) => answer === 'na').length,
      open: each.flatMap((one) => {
        const { question, answer } = one
        if (answer === 'yes' || isSaid(one)) return []
        const { line } = placeOf(one.keys)
        return [{ question, answer, ...(line !== undefined && { line }) }]
      }),
      source,
    }
  })
  return found.reading()
}

/** A reason may begin with the answer once more. */
const AS_ANSWERED = /^\s{0,9}n\/a\b[\s:;,.–—-]{0,9}/i

/** Whether a question was answered yes, or with a reason why not. */
function isSaid({ answer, because }: CaiqAnswer): boolean {
  if (answer === 'yes') return true
  return (
    answer !== 'none' &&
    because.some((text) => fillOfProse(text.replace(AS_ANSWERED, ''), REASON_WORDS) === 'given')
  )
}

/** How forms and exports call the one who answers. */
const VENDORS: readonly string[] = [
  ...['vendor', 'vendorname', 'provider', 'providername', 'csp', 'cspname', 'cloudserviceprovider'],
  ...['organization', 'organisation', 'organizationname', 'organisationname', 'company', 'companyname'],
]

/** Whose answers they are, by a key at the top or in a map right below, as `provider: { name: ... }`. */
function vendorIn(value: unknown): Pick<CaiqRecord, 'vendor'> {
  if (!isFields(value)) return {}
  const named = Object.entries(value).flatMap(([key, inner]): readonly unknown[] => {
    if (VENDORS.includes(bare(key))) return isFields(inner) ? [inner.name] : [inner]
    return isFields(inner)
      ? Object.entries(inner).flatMap(([name, one]) => (VENDORS.includes(bare(name)) ? [one] : []))
      : []
  })
  const vendor = named.find((one) => typeof one === 'string' && fillOfWho(one) === 'given')
  return typeof vendor === 'string' ? { vendor: vendor.trim().slice(0, 200) } : {}
}
