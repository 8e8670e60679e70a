import { describe, expect, test } from 'vitest'
import { isInFuture, isOver, isPast } from '../../src/checks/record-age.ts'

const now = '2026-03-01T12:00:00Z'

describe('what is no date never holds', () => {
  test.each(['', 'soon', '2026-13-01'])('%o', (text) => {
    expect(isPast(text, now)).toBe(true)
    expect(isOver(text, now)).toBe(true)
    expect(isInFuture(text, now)).toBe(true)
  })

  test('nor does anything where it is not known what time it is', () => {
    expect(isPast('2026-03-02T00:00:00Z', '')).toBe(true)
    expect(isOver('2026-03-02', '')).toBe(true)
    expect(isInFuture('2026-03-01', '')).toBe(true)
  })
})

test('a moment has come when it is now', () => {
  expect(isPast(now, now)).toBe(true)
  expect(isPast('2026-03-01T12:00:01Z', now)).toBe(false)
})

test('a day is over when it has ended in UTC', () => {
  expect(isOver('2026-03-01', '2026-03-01T23:59:59Z')).toBe(false)
  expect(isOver('2026-03-01', '2026-03-02T00:00:00Z')).toBe(true)
})

test('a day is in the future only where it has begun nowhere on earth', () => {
  expect(isInFuture('2026-03-02', '2026-03-01T09:59:59Z')).toBe(true)
  expect(isInFuture('2026-03-02', '2026-03-01T10:00:00Z')).toBe(false)
})
