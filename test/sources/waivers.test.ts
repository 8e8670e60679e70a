import { expect, test } from 'vitest'
import { makersIn, type WaiverDone, waiversOf } from '../../src/sources/waivers.ts'
import { by } from '../support/approvals.ts'
import { aWaiver } from '../support/waivers.ts'

const row = (done: WaiverDone): string => JSON.stringify(done)
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
  const [waiver] = waiversOf([given(), back(), back().replace('eve', 'alan')])

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

test('a row that this version cannot read is a fault, and nothing that is left out', () => {
  expect(() => waiversOf(['{"kind":"prolonged"}'])).toThrow()
})
