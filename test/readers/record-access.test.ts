import { expect, test } from 'vitest'
import { accessIn } from '../../src/readers/record-access.ts'

test.each<readonly [string, readonly unknown[], object]>([
  ['an account', ['@Ada'], { accounts: ['ada'], teams: [], others: 0 }],
  ['a managed account', ['@ada_acme'], { accounts: ['ada_acme'], teams: [], others: 0 }],
  ['a team', ['@Acme/Data.Stewards'], { accounts: [], teams: ['acme/data.stewards'], others: 0 }],
  ['a person with an account', ['Ada Quist ( @ada )'], { accounts: ['ada'], teams: [], others: 0 }],
  ['one twice', ['@ada', ' @ADA '], { accounts: ['ada'], teams: [], others: 0 }],
  ['a role', ['data stewards'], { accounts: [], teams: [], others: 1 }],
  ['an address', ['ada@acme.example'], { accounts: [], teams: [], others: 1 }],
  ['an account among words', ['@ada and whoever helps her'], { accounts: [], teams: [], others: 1 }],
  ['a name without a sign', ['ada', 'acme/data'], { accounts: [], teams: [], others: 2 }],
  ['a path', ['@acme/data/more', '@'], { accounts: [], teams: [], others: 2 }],
  ['what is no text', [7, null], { accounts: [], teams: [], others: 2 }],
])('%s', (_, entries, named) => {
  expect(accessIn({ change_training_data: entries })).toEqual({ change_training_data: named })
})

test('of many the first are looked at, and the others are none', () => {
  const entries = Array.from({ length: 600 }, (_, index) => `@someone-${index}`)
  const { start_runs: named } = accessIn({ start_runs: entries })

  expect(named?.accounts).toHaveLength(500)
  expect(named?.others).toBe(100)
})

test('what is no list names nobody', () => {
  expect(accessIn({ read_outputs: '@ada', start_runs: [] })).toEqual({})
})
