import { expect, test } from 'vitest'
import { hadRight } from '../../src/core/waiver.ts'
import { makersIn, type WaiverDone, type WaiverKept, waiversOf } from '../../src/sources/waivers.ts'
import { by } from '../support/approvals.ts'
import { aWaiver } from '../support/waivers.ts'

const row = (done: WaiverDone, own = true): WaiverKept => ({ body: JSON.stringify(done), own })
const hands = { people: [by('grace', 'author')], unseen: [] }
const given = (about: Parameters<typeof aWaiver>[0] = {}) =>
  row({ kind: 'given', waiver: aWaiver(about), hands })
const back = (about: object = {}) => {
  const { identity, criterion, of } = aWaiver(about)
  return row({ kind: 'withdrawn', ...{ identity, criterion, of }, by: 'eve', at: '2026-03-01', comment: 9 })
}

test('what is withdrawn was given before, for the criterion of the release', () => {
  const rows = [
    given({ comment: 1 }),
    given({ comment: 2, criterion: 'f1' }),
    given({ comment: 3, identity: '2' }),
    given({ comment: 4, of: 'floor' }),
    back(),
    given({ comment: 5 }),
  ]

  const withdrawn = waiversOf(rows).map((waiver) => [waiver.comment, waiver.withdrawn?.by])

  expect(withdrawn).toEqual([
    [1, 'eve'],
    [2, undefined],
    [3, undefined],
    [4, undefined],
    [5, undefined],
  ])
})

test('who withdrew first is told', () => {
  const later = { body: back().body.replace('eve', 'alan'), own: true }
  const [waiver] = waiversOf([given(), back(), later])

  expect(waiver?.withdrawn?.by).toBe('eve')
})

test('the newest are kept where there are too many', () => {
  const rows = Array.from({ length: 150 }, (_, comment) => given({ comment }))

  const kept = waiversOf(rows)

  expect([kept.length, kept[0]?.comment]).toEqual([100, 50])
})

test('who made a release is known from its waivers alone', () => {
  expect(makersIn([given()], '1'.repeat(64))).toEqual(hands)
  expect(makersIn([given()], '2')).toBeUndefined()
  expect(makersIn([back()], '1'.repeat(64))).toBeUndefined()
})

test('what was given under another owner gives no right, and says who made the release all the same', () => {
  const waiver = aWaiver({ teams: ['leads'], writes: true })
  const rows = [row({ kind: 'given', waiver, hands }, false)]

  const [kept] = waiversOf(rows)

  expect(kept).toEqual({ ...waiver, teams: [], writes: false })
  expect([{ teams: ['leads'] }, { teams: [] }].map((rules) => kept && hadRight(kept, rules))).toEqual([
    false,
    false,
  ])
  expect(makersIn(rows, waiver.identity)).toEqual(hands)
  expect(waiversOf([...rows, { ...back(), own: false }])[0]?.withdrawn?.by).toBe('eve')
})

test('a row that this version cannot read is a fault, and nothing that is left out', () => {
  expect(() => waiversOf([{ body: '{"kind":"prolonged"}', own: true }])).toThrow()
})
