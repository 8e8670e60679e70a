import type { Source } from './measurement.ts'

/** The vendor's answers to the CAIQ, as facts. */
export type CaiqRecord = {
  readonly kind: 'caiq'
  /** The oldest day on which an answer was reviewed; absent where one of them has none. */
  readonly date?: string
  /** Whose answers they are; absent where nobody says. */
  readonly vendor?: string
  readonly answers: number
  /** Questions that were answered yes, or with a reason, each once; facts of an earlier version have none. */
  readonly answered?: readonly string[]
  readonly no: number
  readonly na: number
  /** Questions that were answered no or not applicable without saying why, or not at all. */
  readonly open: readonly {
    readonly question: string
    readonly answer: 'no' | 'na' | 'none'
    readonly line?: number
  }[]
  readonly source: Source
}

/** The newest result of OSCAL assessment results, as facts. */
export type OscalRecord = {
  readonly kind: 'oscal'
  /** Day of the result. */
  readonly date: string
  /** Names of those who assessed; and of those who are said to provide what was assessed. */
  readonly assessors: readonly string[]
  /** A party on both sides. */
  readonly same?: string
  /** Each assessor with what else it is called, and the organisations that it belongs to, however far. */
  readonly sides?: readonly { readonly name: string; readonly also: readonly string[] }[]
  /** Whom and what the file says that it assesses: organisations in a provider's role, and `this-system`. */
  readonly assessed?: { readonly vendors: readonly string[]; readonly systems: readonly string[] }
  /** Controls, and parts of them, that the result says were reviewed; `all` where it reviewed every one but `not`. */
  readonly reviewed: readonly string[]
  readonly all: boolean
  readonly not: readonly string[]
  readonly findings: readonly {
    /** Id of a control, or of an objective or statement of it. */
    readonly target: string
    readonly satisfied: boolean
    /** The first instant at which an observation behind it has expired. */
    readonly until?: string
  }[]
  /** Risks that are not closed, with the instant by which they are to be. */
  readonly risks: readonly { readonly title: string; readonly deadline?: string }[]
  readonly source: Source
}
