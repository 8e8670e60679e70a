import type { Context } from '../checks/context.ts'
import type { Exams } from '../checks/exam.ts'
import type { Criterion } from '../checks/index.ts'
import type { Source } from '../core/measurement.ts'
import type { Counter } from '../core/note.ts'

/** Evidence that a criterion must take, and pieces that it must refuse, each otherwise like the first. */
export type Made = {
  /** The criterion, with no more members than it takes to try it. */
  readonly criterion: Criterion
  readonly good: Context
  readonly counter: readonly Piece[]
}

/** A piece that must be refused, by what is wrong with it. */
export type Piece = { readonly kind: Counter; readonly context: Context }

/** The moment at which made evidence is judged; only ages matter. */
export const NOW = '2026-01-01T12:00:00Z'
/** The day of that moment, one that has begun nowhere on earth, and one of long ago. */
export const [TODAY, TOMORROW, LONG_AGO] = ['2026-01-01', '2026-01-03', '1900-01-01']

/** Of what is no measurement no exam is asked. */
export const NO_EXAMS: Exams = {
  pinned: new Map(),
  given: [],
  trained: [],
  chosen: [],
  trainedHere: false,
  highRisk: false,
}

export const SOURCE: Source = { path: 'evidence', sha: '0'.repeat(40), format: 'made', pointer: '' }
