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
const MOST_ANSWERS = 5_000

type Keys = readonly (string | number)[]

/** Whether a file has at least one question with an answer, among the first things in it. */
export function holdsCaiq(value: unknown): boolean {
  return !answersIn(value, [], undefined, 20, 1).next().done
}

/** Every answer of a file, in its order, with the day on which it, or what it stands in, was reviewed. */
export function caiqAnswers(value: unknown): readonly CaiqAnswer[] {
  return answersIn(value, [], undefined, Number.POSITIVE_INFINITY, MOST_ANSWERS).toArray()
}

/** Looks at no more than `most` entries of each list and map. */
function* answersIn(
  value: unknown,
  keys: Keys,
  outer: string | undefined,
  most: number,
  limit: number,
): Generator<CaiqAnswer> {
  if (typeof value !== 'object' || value === null || keys.length > DEEPEST) return
  const date = isFields(value) ? (dateIn(value) ?? outer) : outer
  const own = isFields(value) ? itemOf(value, keys, date) : undefined
  if (own) {
    yield own
    return
  }
  let left = limit
  let seen = 0
  for (const [key, inner] of Object.entries(value)) {
    if (left <= 0 || seen++ >= most) return
    const at = [...keys, Array.isArray(value) ? Number(key) : key]
    const keyed = QUESTION.test(key) ? answerOf(key, inner, at, date) : undefined
    for (const one of keyed ? [keyed] : answersIn(inner, at, date, most, left)) {
      left -= 1
      yield one
    }
  }
}

/** An entry of a list: its question's id is one of its values. */
function itemOf(fields: Fields, keys: Keys, date: string | undefined): CaiqAnswer | undefined {
  const id = Object.values(fields).find((one) => typeof one === 'string' && QUESTION.test(one.trim()))
  return typeof id === 'string' && hasAnswer(fields) ? answerOf(id.trim(), fields, keys, date) : undefined
}

function answerOf(
  question: string,
  value: unknown,
  keys: Keys,
  date: string | undefined,
): CaiqAnswer | undefined {
  if (!isFields(value)) {
    const isWord = typeof value === 'string' || typeof value === 'boolean' || value === null
    return isWord ? { question, answer: word(value), because: [], ...dated(date), keys } : undefined
  }
  if (!hasAnswer(value)) return undefined
  const because = Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && REASONS.some((name) => bare(key).includes(name)) ? [inner] : [],
  )
  return { question, answer: answerIn(value), because, ...dated(dateIn(value) ?? date), keys }
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

function answerIn(fields: Fields): CaiqAnswer['answer'] {
  const named = Object.entries(fields).find(([key]) => ANSWERS.includes(bare(key)))
  if (named) return word(named[1])
  const marked = Object.entries(fields).filter(
    ([key, value]) => word(bare(key)) !== 'none' && value !== false && value !== null && value !== '',
  )
  // Two marks are none.
  const [only, second] = marked
  return only && !second ? word(bare(only[0])) : 'none'
}

function word(value: unknown): CaiqAnswer['answer'] {
  switch (bare(String(value))) {
    case 'yes':
    case 'y':
    case 'true':
      return 'yes'
    case 'no':
    case 'n':
    case 'false':
      return 'no'
    case 'na':
    case 'notapplicable':
      return 'na'
    default:
      return 'none'
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

function bare(key: string): string {
  return key
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
}
