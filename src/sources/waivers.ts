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

/** What was done as the ledger keeps it; `own`: under the owner that the repository has now. */
export type WaiverKept = { readonly body: string; readonly own: boolean }

type Criterion = Pick<Waiver, 'identity' | 'criterion' | 'of'>

/** What is in the ledger was written by this app. */
const Done = z.custom<WaiverDone>(
  (value) => z.looseObject({ kind: z.enum(['given', 'withdrawn']) }).safeParse(value).success,
)

/** No model has more at a time; the newest are kept. */
const MOST = 100

/** The waivers of a model by what was done to them, oldest first. */
export function waiversOf(rows: readonly WaiverKept[]): readonly Waiver[] {
  const waivers: Waiver[] = []
  for (const { own, ...kept } of rows) {
    const row = doneIn(kept)
    if (row.kind === 'given') {
      // A repository can go to another owner and come back: whoever could give one there need not be anybody here.
      waivers.push(own ? row.waiver : { ...row.waiver, teams: [], writes: false })
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
export function makersIn(rows: readonly WaiverKept[], identity: string): Hands | undefined {
  const hands = rows
    .map(doneIn)
    .flatMap((row) => (row.kind === 'given' && row.waiver.identity === identity ? [row.hands] : []))
  return hands.length === 0 ? undefined : joinedHands(hands)
}

function doneIn({ body }: Pick<WaiverKept, 'body'>): WaiverDone {
  return Done.parse(JSON.parse(body))
}

/** Whether two are about one criterion of one release. */
export function isOf(one: Criterion, other: Criterion): boolean {
  return one.identity === other.identity && one.criterion === other.criterion && one.of === other.of
}

/** What the organisation allows of waivers; undefined where it is not known what its floor says. */
export function waiverRulesIn(floor: FloorFacts | undefined): WaiverRules | undefined {
  return isKnown(floor) ? waiverRules(floorOf(floor)?.floor) : undefined
}
