import { describe, expect, test } from 'vitest'
import type { TipAt } from '../../src/facts.ts'
import {
  type Activity,
  beforeWatch,
  type Receipts,
  tipByActivity,
  tipByReceipts,
} from '../../src/sources/tip-at.ts'
import { anId } from '../support/build.ts'

const [A, B, C, ZEROS] = [anId('a'), anId('b'), anId('c'), '0'.repeat(40)]
const at = (hour: number, minute = 0): string => new Date(Date.UTC(2026, 1, 2, hour, minute)).toISOString()
const NOON = at(12)
const watched = at(1)
const last = { commit: A, before: ZEROS, at: at(8), heard: true }
const next = { commit: B, before: A, at: at(16), heard: true }

describe('by receipts the tip at noon', () => {
  test.each<readonly [string, Receipts, string | undefined, TipAt | undefined]>([
    [
      'is what was pushed before, where nothing was since',
      { watched, last },
      A,
      { kind: 'known', commit: A, since: at(8), source: 'receipt' },
    ],
    [
      'is what the next push says was there',
      { watched, last, next },
      B,
      { kind: 'known', commit: A, since: at(8), source: 'receipt' },
    ],
    [
      'before the first push is what that push found',
      { watched, next },
      B,
      { kind: 'known', commit: A, since: watched, source: 'receipt' },
    ],
    [
      'is what was found there, though nobody heard of its push',
      { watched, last: { ...last, heard: false } },
      A,
      { kind: 'known', commit: A, since: at(8), source: 'receipt' },
    ],
    ['is open where the branch is elsewhere now', { watched, last }, B, undefined],
    ['is open where nobody knows where the branch is now', { watched, last }, undefined, undefined],
    [
      'is open where a push between them was missed',
      { watched, last, next: { ...next, before: C } },
      B,
      undefined,
    ],
    [
      'is open where the next push was not heard of',
      { watched, last, next: { ...next, heard: false } },
      B,
      undefined,
    ],
    [
      'is open where the next push is close',
      { watched, last, next: { ...next, at: at(12, 9) } },
      B,
      undefined,
    ],
    [
      'is known where the next push is not close',
      { watched, last, next: { ...next, at: at(12, 11) } },
      B,
      { kind: 'known', commit: A, since: at(8), source: 'receipt' },
    ],
    ['is open where the last push is close', { watched, last: { ...last, at: at(11, 51) } }, A, undefined],
    ['is open where there is no receipt', { watched }, A, undefined],
    [
      'is open where the branch began with the next push',
      { watched, next: { ...next, before: ZEROS } },
      B,
      undefined,
    ],
    [
      'is none that counts before the app watched',
      { watched: at(13), last, next },
      B,
      { kind: 'before_watch', watched: at(13) },
    ],
    ['is unknown where the app never watched', { last, next }, B, { kind: 'gap' }],
  ])('%s', (_, receipts, now, wanted) => {
    expect(tipByReceipts(receipts, NOON, now)).toEqual(wanted)
  })
})

describe('by the activity feed the tip at noon', () => {
  const move = (before: string, after: string, timestamp: string): Activity => ({ before, after, timestamp })
  const known = (commit: string, since: string): TipAt => ({
    kind: 'known',
    commit,
    since,
    source: 'activity',
  })
  test.each<readonly [string, readonly Activity[], string | undefined, TipAt]>([
    ['is the newest that is not after it', [move(A, B, at(12, 1)), move(C, A, at(11))], B, known(A, at(11))],
    ['is what came in the same second', [move(A, B, NOON), move(C, A, NOON)], B, known(B, NOON)],
    ['counts from when the app watched', [move(C, A, at(0, 30))], A, known(A, watched)],
    ['of a sibling is believed to be where the feed ends', [move(C, A, at(11))], undefined, known(A, at(11))],
    ['is unknown where the feed does not end at the tip', [move(C, A, at(11))], B, { kind: 'gap' }],
    ['is unknown where the feed has a gap', [move(C, B, at(13)), move(C, A, at(11))], B, { kind: 'gap' }],
    [
      'is unknown where the branch was deleted',
      [move(ZEROS, B, at(13)), move(A, ZEROS, at(11))],
      B,
      { kind: 'gap' },
    ],
    ['is unknown where the feed begins later', [move(A, B, at(13))], B, { kind: 'gap' }],
    ['is unknown where the feed is empty', [], A, { kind: 'gap' }],
  ])('%s', (_, feed, now, wanted) => {
    expect(tipByActivity(feed, NOON, { watched }, now)).toEqual(wanted)
  })

  test('is unknown where the app never watched', () => {
    expect(tipByActivity([move(C, A, at(11))], NOON, {}, A)).toEqual({ kind: 'gap' })
    expect(beforeWatch({}, NOON)).toEqual({ kind: 'gap' })
  })
})
