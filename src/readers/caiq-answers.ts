import { type Fields, isFields } from './narrow.ts'

/** One answer of a questionnaire, with everything that stands beside it as a reason. */
export type CaiqAnswer = {
  readonly question: string
  readonly answer: 'yes' | 'no' | 'na' | 'none'
  readonly because: readonly string[]
  /** `YYYY-MM-DD` */
  readonly date?: string
  readonly keys: readonly (string | number)[]
}

/** `AIS-01.1`, `A&A-02.1`, `I&S-03.2`: a domain of the Cloud Controls Matrix, a control and a question of it. */
const QUESTION = /^(?:[A-Z]{3}|A&A|I&S)-\d{2}\.\d{1,2}$/
const DEEPEST = 6
/** AI-CAIQ has the most questions, some hundreds. */
export const MOST_ANSWERS = 5_000
/** A look at a file of another kind ends after so many values, a whole reading after so many more. */
const [GLANCE, WHOLE] = [500, 500_000]

type Keys = readonly (string | number)[]
/** How many values may still be looked at. */
type Budget = { left: number }

/** Whether a file has a question with an answer, among the first things in it. */
export function holdsCaiq(value: unknown): boolean {
  return !answersIn(value, [], undefined, { left: GLANCE }).next().done
}

/** Every answer of a file, in its order, with the day on which it, or what it stands in, was reviewed; undefined of too many. */
export function caiqAnswers(value: unknown): readonly CaiqAnswer[] | undefined {
  const budget = { left: WHOLE }
  const answers = answersIn(value, [], undefined, budget)
    .take(MOST_ANSWERS + 1)
    .toArray()
  return answers.length > MOST_ANSWERS || budget.left <= 0 ? undefined : answers
}

function* answersIn(
  value: unknown,
  keys: Keys,
  outer: string | undefined,
  budget: Budget,
): Generator<CaiqAnswer> {
  if (typeof value !== 'object' || value === null || keys.length > DEEPEST) return
  const date = isFields(value) ? (dateIn(value) ?? outer) : outer
  const own = isFields(value) ? itemOf(value, keys, date) : undefined
  if (own) {
    yield own
    return
  }
  const isAsked =
    Array.isArray(value) && value.slice(0, GLANCE).some((one) => isFields(one) && itemOf(one, [], undefined))
  for (const key in value) {
    if (budget.left <= 0) return
    budget.left -= 1
    const inner: unknown = Reflect.get(value, key)
    const at = [...keys, Array.isArray(value) ? Number(key) : key]
    const keyed = QUESTION.test(key) ? answerOf(key, inner, at, date) : undefined
    // Among answers, a question that has none is not one that was never asked.
    const left = isAsked && isFields(inner) ? openIn(inner, at, date) : undefined
    if (left) yield left
    if (keyed) yield keyed
    else yield* answersIn(inner, at, date, budget)
  }
}

/** An entry of a list: its question's id is one of its values. */
function itemOf(fields: Fields, keys: Keys, date: string | undefined): CaiqAnswer | undefined {
  const id = questionIn(fields)
  return id !== undefined && hasAnswer(fields) ? answerOf(id, fields, keys, date) : undefined
}

/** A question with nothing for an answer, not even a key for it. */
function openIn(fields: Fields, keys: Keys, outer: string | undefined): CaiqAnswer | undefined {
  const question = hasAnswer(fields) ? undefined : questionIn(fields)
  if (question === undefined) return undefined
  return { question, answer: 'none', because: [], ...dated(dateIn(fields) ?? outer), keys }
}

function questionIn(fields: Fields): string | undefined {
  return Object.values(fields)
    .flatMap((one) => (typeof one === 'string' ? [one.trim()] : []))
    .find((one) => QUESTION.test(one))
}

function answerOf(
  question: string,
  value: unknown,
  keys: Keys,
  date: string | undefined,
): CaiqAnswer | undefined {
  if (!isFields(value)) {
    const isWord = typeof value === 'string' || typeof value === 'boolean' || value === null
    return isWord ? { question, ...word(value), ...dated(date), keys } : undefined
  }
  if (!hasAnswer(value)) return undefined
  const { answer, because } = answerIn(value)
  const reasons = Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && isReason(bare(key)) ? [inner.slice(0, 2_000)] : [],
  )
  return { question, answer, because: [...because, ...reasons], ...dated(dateIn(value) ?? date), keys }
}

/** What stands beside the question says nothing of the answer. */
function isReason(key: string): boolean {
  return !/^(?:question|control)/.test(key) && REASONS.some((name) => key.includes(name))
}

const ANSWERS: readonly string[] = ['answer', 'answers', 'cspcaiqanswer', 'response', 'caiqanswer']
const REASONS: readonly string[] = [
  ...['comment', 'note', 'rationale', 'explanation', 'justification', 'implementationdescription'],
  ...['reason', 'remark', 'details'],
]
const DATES: readonly string[] = [
  ...['reviewed', 'reviewedat', 'reviewedon', 'reviewdate', 'lastreviewed', 'lastreviewedat', 'date'],
  ...['answered', 'answeredon', 'completed', 'completedon', 'lastupdated', 'updated', 'updatedat'],
]

/** An answer by its name, or the three columns of the spreadsheet of which one is marked. */
function hasAnswer(fields: Fields): boolean {
  const keys = Object.keys(fields).map(bare)
  return keys.some((key) => ANSWERS.includes(key)) || (keys.includes('yes') && keys.includes('no'))
}

type Word = Pick<CaiqAnswer, 'answer' | 'because'>

function answerIn(fields: Fields): Word {
  const named = Object.entries(fields).find(([key]) => ANSWERS.includes(bare(key)))
  if (named) return word(named[1])
  const marked = Object.entries(fields).filter(
    ([key, value]) => word(key).answer !== 'none' && value !== false && value !== null && value !== '',
  )
  // Two marks are none.
  const [only, second] = marked
  return only && !second ? word(only[0]) : { answer: 'none', because: [] }
}

/** `No`, or `No: we have no such thing`, of which the rest is the reason. */
function word(value: unknown): Word {
  const written = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value).slice(0, 2_000).trim()
  const [, first = '', rest = ''] =
    /^(yes|no|n\/a|na|not applicable|y|n)(?![\p{L}\p{N}])([\s\S]*)$/iu.exec(written) ?? []
  const because = rest.trim() === '' ? [] : [rest]
  switch (bare(first)) {
    case 'yes':
    case 'y':
      return { answer: 'yes', because }
    case 'no':
    case 'n':
      return { answer: 'no', because }
    case 'na':
    case 'notapplicable':
      return { answer: 'na', because }
    default:
      return { answer: 'none', because: [] }
  }
}

function dateIn(fields: Fields): string | undefined {
  const found = Object.entries(fields).find(([key, value]) => DATES.includes(bare(key)) && dayOf(value))
  return found && dayOf(found[1])
}

function dayOf(value: unknown): string | undefined {
  const [, day] = (typeof value === 'string' && /^(\d{4}-\d\d-\d\d)(?:$|[T ])/.exec(value)) || []
  return day !== undefined && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? day : undefined
}

function dated(date: string | undefined): { readonly date?: string } {
  return date === undefined ? {} : { date }
}

/** A key in small letters alone. */
export function bare(key: string): string {
  return key
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
}
