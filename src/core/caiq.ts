import type { CaiqRecord } from './foreign-record.ts'
import type { OfRecord } from './report-answer.ts'

/** A version of the questionnaire, by the domains that it has. */
type Version = {
  readonly name: string
  readonly domains: readonly string[]
  /** How many questions it has; absent where that differs or nobody knows. */
  readonly questions?: number
}

const V3: Version = {
  name: '3.1',
  domains: [
    ...['AAC', 'AIS', 'BCR', 'CCC', 'DCS', 'DSI', 'EKM', 'GRM', 'HRS', 'IAM', 'IPY', 'IVS'],
    ...['MOS', 'SEF', 'STA', 'TVM'],
  ],
  questions: 310,
}
const LATER = [
  ...['A&A', 'AIS', 'BCR', 'CCC', 'CEK', 'DCS', 'DSP', 'GRC', 'HRS', 'IAM', 'IPY', 'LOG'],
  ...['SEF', 'STA', 'TVM', 'UEM'],
]
const V4: Version = { name: '4', domains: [...LATER, 'IVS'], questions: 261 }
/** Renamed `IVS`; the number of its questions is not the same from one to the next. */
const V4_1: Version = { name: '4.1', domains: [...LATER, 'I&S'] }
const AI: Version = { name: 'for AI', domains: [...LATER, 'I&S', 'MDS'] }

/** The version that answers are of, by the domains that only one has. */
export function versionOf(answered: readonly string[]): Version {
  const domains = new Set(answered.map(domainOf))
  if (domains.has('MDS')) return AI
  if (domains.has('I&S')) return V4_1
  return ['AAC', 'DSI', 'EKM', 'GRM', 'MOS'].some((one) => domains.has(one)) ? V3 : V4
}

/** `AIS` of `AIS-01.1`. */
function domainOf(question: string): string {
  return question.split('-')[0] ?? ''
}

/** What is not answered of what must be: `missing` questions, controls or domains; or `few` of the questions that a version has. */
export type CaiqGap = { readonly missing: readonly string[]; readonly few?: number }

/**
 * What is wanting of answers: of the domains, controls and questions that are asked (`AIS`, `AIS-01`, `AIS-01.1`); where
 * none are, of the whole questionnaire. Undefined where nothing is.
 */
export function caiqGap(
  { answered = [] }: Pick<CaiqRecord, 'answered'>,
  asked: readonly string[] | undefined,
): CaiqGap | undefined {
  const { domains, questions = 0 } = versionOf(answered)
  const isThere = (id: string) =>
    answered.some((one) => one === id || domainOf(one) === id || one.startsWith(`${id}.`))
  const missing = (asked ?? domains).filter((id) => !isThere(id.toUpperCase()))
  if (missing.length > 0) return { missing }
  return asked === undefined && answered.length < questions ? { missing, few: questions } : undefined
}

/** How many questions a vendor answered, of how many that version of the questionnaire has. */
export type CaiqShare = { readonly answered: number; readonly version: string; readonly of?: number }

/** What answers come to that are not all that was asked. */
export type CaiqAnswer =
  /** Some are not there; `few`: so many questions the whole questionnaire has. */
  | ({
      readonly code: 'caiq_in_part'
      readonly outcome: 'undecided'
      readonly date: string
      readonly share: CaiqShare
      readonly missing: readonly string[]
      readonly more: number
      /** The criteria say what must be answered; else it is the whole questionnaire. */
      readonly asked: boolean
      readonly few?: number
    } & OfRecord)
  | ({
      readonly code: 'caiq_open'
      readonly outcome: 'unmet'
      readonly open: readonly { readonly question: string; readonly answer: 'no' | 'na' | 'none' }[]
      readonly more: number
      readonly answers: number
      /** The oldest of the answers is older than allowed besides. */
      readonly stale?: { readonly date: string; readonly days: number; readonly limit: number }
    } & OfRecord)
