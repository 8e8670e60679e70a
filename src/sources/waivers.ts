import { z } from 'zod'
import type { Hands } from '../core/approval.ts'
import type { Waiver, WaiverRules } from '../core/waiver.ts'
import { type FloorFacts, floorOf, isKnown } from '../criteria/floor.ts'
import { waiverRules } from '../criteria/waivers.ts'
import { joinedHands } from './hands.ts'

/** What a command did to a model's waivers, as a row of the ledger. */
export type WaiverDone =
  /** `hands`: who had made the release that it is for, as far as that was looked at. */
  | { readonly kind: 'given'; readonly waiver: Waiver; readonly hands: Hands }
  /** Whatever was given for the criterion of the release before. */
  | ({ readonly kind: 'withdrawn' } & NonNullable<Waiver['withdrawn']> & Criterion)

type Criterion = Pick<Waiver, 'identity' | 'criterion' | 'of'>

/** What is in the ledger was written by this app. */
const Done = z.custom<WaiverDone>(
  (value) => z.looseObject({ kind: z.enum(['given', 'withdrawn']) }).safeParse(value).success,
)

/** No model has more at a time; the newest are kept. */
const MOST = 100

/** The waivers of a model by what was done to them, oldest first. */
export function waiversOf(rows: readonly string[]): readonly Waiver[] {
  const waivers: Waiver[] = []
  for (const row of rows.map(doneIn)) {
    if (row.kind === 'given') {
      waivers.push(row.waiver)
      continue
    }
    const { by, at, comment } = row
    for (const [index, waiver] of waivers.entries())
      if (isOf(row, waiver) && waiver.withdrawn === undefined)
        waivers[index] = { ...waiver, withdrawn: { by, at, comment } }
  }
  return waivers.slice(-MOST)
}

/** Who is known to have made a release, by the waivers that were given for it; undefined where none was. */
export function makersIn(rows: readonly string[], identity: string): Hands | undefined {
  const hands = rows
    .map(doneIn)
    .flatMap((row) => (row.kind === 'given' && row.waiver.identity === identity ? [row.hands] : []))
  return hands.length === 0 ? undefined : joinedHands(hands)
}

function doneIn(row: string): WaiverDone {
  return Done.parse(JSON.parse(row))
}

/** Whether two are about one criterion of one release. */
export function isOf(one: Criterion, other: Criterion): boolean {
  return one.identity === other.identity && one.criterion === other.criterion && one.of === other.of
}

/** What the organisation allows of waivers; undefined where it is not known what its floor says. */
export function waiverRulesIn(floor: FloorFacts | undefined): WaiverRules | undefined {
  return isKnown(floor) ? waiverRules(floorOf(floor)?.floor) : undefined
}
