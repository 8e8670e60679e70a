import { describe, expect, test } from 'vitest'
import { type EnteredFrom, fitsAny, openTo, someOf } from '../../src/core/entered-from.ts'

describe('a pattern', () => {
  test.each(['*', '**', '**/*', '*/*', '?*', '*-*', '[a-z]*', '[!x]*', '', '/**', '[\\d]*', '\\*'])(
    '%j fits any branch',
    (pattern) => expect(fitsAny(pattern)).toBe(true),
  )

  test.each(['main', 'release/*', '*/main', 'v[0-9]*', 'hovedgrein-ø', '[ab', '2026'])(
    '%j fits some',
    (pattern) => expect(fitsAny(pattern)).toBe(false),
  )
})

const branch = (name: string) => ({ name, of: 'branch' }) as const
const listed = (...names: readonly string[]): EnteredFrom => ({
  from: 'listed',
  patterns: { seen: names.map(branch) },
})
const hidden = { unseen: { needs: 'Actions: read' } } as const

describe('an environment', () => {
  test.each<readonly [string, EnteredFrom, ReturnType<typeof openTo>, ReturnType<typeof someOf>]>([
    ['without a policy is open', { from: 'any' }, { seen: { why: 'no_policy' } }, undefined],
    [
      'of protected branches is not',
      { from: 'protected', some: { seen: true } },
      { seen: undefined },
      'protected',
    ],
    [
      'of protected branches is, where there are none',
      { from: 'protected', some: { seen: false } },
      { seen: { why: 'none_protected' } },
      undefined,
    ],
    ['of who knows which branches is unseen', { from: 'protected', some: hidden }, hidden, undefined],
    ['of one branch is not', listed('main'), { seen: undefined }, [branch('main')]],
    ['of no branch is not', listed(), { seen: undefined }, []],
    [
      'of one branch and of all is',
      listed('main', '**/*'),
      { seen: { why: 'pattern', pattern: branch('**/*') } },
      undefined,
    ],
    [
      'of all tags is',
      { from: 'listed', patterns: { seen: [branch('main'), { name: '*', of: 'tag' }] } },
      { seen: { why: 'pattern', pattern: { name: '*', of: 'tag' } } },
      undefined,
    ],
    ['of patterns that nobody sees is unseen', { from: 'listed', patterns: hidden }, hidden, undefined],
  ])('%s', (_, entered, open, some) => {
    expect(openTo(entered)).toEqual(open)
    expect(someOf(entered)).toEqual(some)
  })
})
