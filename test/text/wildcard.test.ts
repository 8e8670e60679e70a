import { expect, test } from 'vitest'
import { fitsWildcard } from '../../src/text/wildcard.ts'

test.each([
  ['abc', 'abc', true],
  ['abc', 'abcd', false],
  ['ab', 'abc', false],
  ['*', '', true],
  ['*', 'a/b[c].d', true],
  ['a*', 'a', true],
  ['*c', 'abc', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'a-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['a*bc*c', 'abc', false],
  ['a**c', 'abc', true],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
  ['a?c', 'abc', false],
])('%s and %s: %s', (pattern, name, fits) => {
  expect(fitsWildcard(pattern, name)).toBe(fits)
})

test('a hostile pattern takes no time', () => {
  expect(fitsWildcard(`${'a*'.repeat(150)}b`, 'a'.repeat(100_000))).toBe(false)
})
