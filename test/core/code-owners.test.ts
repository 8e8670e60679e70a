import { expect, test } from 'vitest'
import { unownedOf } from '../../src/core/code-owners.ts'

const CRITERIA = '.gonogo/criteria/sentiment.yml'
const UNWATCH = '.gonogo/unwatch'
const BOTH = [CRITERIA, UNWATCH]

test.each<readonly [string, string, readonly string[]]>([
  ['a folder from the root', '/.gonogo/ @acme/risk', []],
  ['a folder anywhere', '.gonogo/ @acme/risk', []],
  ['the name of a folder', '.gonogo @ada', []],
  ['everything', '* ada@example.com', []],
  ['everything below', '/.gonogo/** @ada', []],
  ['everything below, by its name alone', '/.gonogo @ada', []],
  ['a star for what is right there', '/.gonogo/* @ada', [CRITERIA]],
  ['a star from the root for what is right there', '/* @ada', BOTH],
  ['a star in a name', '.gonogo/criteria/*.yml @ada', [UNWATCH]],
  ['an ending anywhere', '*.yml @ada', [UNWATCH]],
  ['two stars between', '.gonogo/**/sentiment.yml @ada', [UNWATCH]],
  ['two stars before', '**/criteria/ @ada', [UNWATCH]],
  ['a question mark', '.gon?go/ @ada', []],
  ['another folder', '/models/ @ada', BOTH],
  ['a file that begins alike', '/.gonogo/criteria/sentiment @ada', BOTH],
  ['another case', '/.GONOGO/ @ada', BOTH],
  ['a folder where a file is', '/.gonogo/unwatch/ @ada', BOTH],
  ['the last pattern that fits', '* @ada\n/.gonogo/ @acme/risk', []],
  ['the last pattern that fits, which has no owner', '* @ada\n/.gonogo/criteria/', [CRITERIA]],
  ['an owner after one that has none', '/.gonogo/\n* @ada', []],
  ['no owner but a comment', '/.gonogo/ # @ada', BOTH],
  ['an owner before a comment', '/.gonogo/ @ada # who knows', []],
  ['a comment', '# /.gonogo/ @ada', BOTH],
  ['what is no owner: the line is skipped', '/.gonogo/ @ada or-somebody', BOTH],
  ['a line that is skipped leaves the one before it', '* @ada\n/.gonogo/ nobody', []],
  ['negation is skipped', '* @ada\n!/.gonogo/ @grace', []],
  ['a range is skipped', '/.gonogo/[a-z]* @ada', BOTH],
  ['three stars are skipped', '/.gonogo/*** @ada', BOTH],
  ['a slash alone fits nothing', '/ @ada', BOTH],
  ['escaped characters', '/.gonog\\o/ @ada', []],
  ['spaces around, and lines of Windows', '  /.gonogo/\t@ada  \r\n', []],
  ['nothing', '', BOTH],
])('%s', (_, text, expected) => {
  expect(unownedOf(text, BOTH)).toEqual(expected)
})

test('patterns that are made to take long do not', () => {
  const long = `${'**/'.repeat(50_000)}x @ada\n${'*a'.repeat(50_000)}b @ada\n/.gonogo/${'*'.repeat(1)}${'?*'.repeat(50_000)} @ada`
  const began = performance.now()

  expect(unownedOf(long, [`.gonogo/${'a'.repeat(200)}`, CRITERIA])).toHaveLength(2)
  expect(performance.now() - began).toBeLessThan(2_000)
})
