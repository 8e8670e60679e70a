import {
  inTheLarge,
  type NoFit,
  type Point,
  type Recalibration,
  recalibration,
} from '../../statistics/calibration.ts'
import { type Bin, calibrationErrorOf } from '../../statistics/calibration-error.ts'
import type { Estimate } from '../../statistics/standard-error.ts'
import { BINS, piecesSql } from './calibration-sql.ts'
import type { Engine, Values } from './engine.ts'
import type { RowsPlan } from './plan.ts'
import { type Family, placeOf } from './subsets.ts'
import type { Tally } from './tally.ts'

/** Rounding leaves so much of a sum of squares that comes to nothing. */
const ROUNDING = 1e-12

/** How far a subset's scores are from the truth, each with the error that independent rows would have. */
export type Calibration = {
  readonly samples: number
  /** Both classes are there. */
  readonly judged: boolean
  readonly slope: Recalibration | NoFit | { readonly kind: 'none'; readonly why: 'certain_scores' }
  readonly large: ReturnType<typeof inTheLarge> | { readonly kind: 'none'; readonly why: 'certain_scores' }
  readonly bins: readonly Bin[]
  readonly error: Estimate
  readonly brier: Estimate
}

/** The calibration of every subset, from pieces of the logit, of which one subset's are held at a time. */
export async function calibrationIn(
  engine: Engine,
  plan: RowsPlan,
  families: readonly Family[],
  sizes: readonly number[],
  values: Values,
): Promise<ReadonlyMap<Tally, Calibration>> {
  const found = new Map<string, Calibration>()
  let [key, pieces] = ['', nothing()]
  const close = (): void => {
    if (key !== '') found.set(key, resultOf(pieces))
    pieces = nothing()
  }
  await engine.each(piecesSql(plan, families), values, (chunk) => {
    const columns = Array.from({ length: 10 }, (_, index) => chunk.column(index))
    for (let row = 0; row < chunk.rows; row += 1) {
      const at = (index: number) => numberAt(columns, index, row)
      const next = `${at(0)}:${at(1)}`
      if (next !== key) {
        close()
        key = next
      }
      add(pieces, {
        ...{ bin: at(2) ?? 0, samples: at(3) ?? 0, positives: at(4) ?? 0 },
        ...{ logits: at(5), ofPositives: at(6) ?? 0, scores: at(7) ?? 0 },
        ...{ squares: at(8) ?? 0, fourth: at(9) ?? 0 },
      })
    }
  })
  close()
  return new Map(
    families.flatMap(({ tallies }, family) =>
      tallies.flatMap((tally) => {
        const own = found.get(`${family}:${placeOf(tally, sizes)}`)
        return own === undefined ? [] : [[tally, own] as const]
      }),
    ),
  )
}

type Piece = Bin & {
  readonly bin: number
  /** Absent of scores of 0 and 1. */
  readonly logits: number | undefined
  readonly ofPositives: number
  readonly squares: number
  readonly fourth: number
}
type Pieces = {
  points: Point[]
  readonly bins: { samples: number; positives: number; scores: number }[]
  squares: number
  fourth: number
  certain: boolean
}

function nothing(): Pieces {
  const bins = Array.from({ length: BINS }, () => ({ samples: 0, positives: 0, scores: 0 }))
  return { points: [], bins, squares: 0, fourth: 0, certain: false }
}

function add(pieces: Pieces, piece: Piece): void {
  const { bin, samples, positives, scores, logits, ofPositives, squares, fourth } = piece
  const own = pieces.bins[bin]
  if (own === undefined) throw new Error('a bin that is none')
  own.samples += samples
  own.positives += positives
  own.scores += scores
  pieces.squares += squares
  pieces.fourth += fourth
  if (logits === undefined) pieces.certain = true
  else pieces.points.push({ x: logits / samples, samples, positives, ofPositives })
}

function resultOf({ points, bins, squares, fourth, certain }: Pieces): Calibration {
  const samples = bins.reduce((all, bin) => all + bin.samples, 0)
  const positives = bins.reduce((all, bin) => all + bin.positives, 0)
  const brier = squares / samples
  const spread = fourth - samples * brier ** 2
  const none = { kind: 'none', why: 'certain_scores' } as const
  return {
    ...{ samples, judged: positives > 0 && positives < samples, bins },
    slope: certain ? none : recalibration(points),
    large: certain ? none : inTheLarge(points),
    error: calibrationErrorOf(bins, brier),
    brier: {
      value: brier,
      stderr: Math.sqrt((spread <= ROUNDING * fourth ? 0 : spread) / (samples - 1) / samples),
    },
  }
}

function numberAt(
  columns: readonly ((row: number) => unknown)[],
  index: number,
  row: number,
): number | undefined {
  const value = columns[index]?.(row)
  if (value === null) return undefined
  if (typeof value !== 'number') throw new Error('a piece without its number')
  return value
}
