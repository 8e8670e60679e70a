import { expect, test } from 'vitest'
import { branchIn, rulesIn } from '../../src/sources/github/branch-rules.ts'

const checks = (check: object, source: object = {}) => ({
  type: 'required_status_checks',
  parameters: {
    strict_required_status_checks_policy: false,
    required_status_checks: [{ context: 'c', ...check }],
  },
  ...source,
})

test.each([
  ['nobody', {}, { context: 'c' }],
  ['null', { integration_id: null }, { context: 'c' }],
  ['anybody, as -1', { integration_id: -1 }, { context: 'c' }],
  ['0', { integration_id: 0 }, { context: 'c' }],
  ['an app', { integration_id: 7 }, { context: 'c', appId: 7 }],
])('a check of %s', (_, check, expected) => {
  expect(rulesIn([checks(check)])).toMatchObject([{ rule: 'checks', strict: false, checks: [expected] }])
})

test.each([
  ['Organization', 'above'],
  ['Enterprise', 'above'],
  ['Repository', 'repository'],
  ['Galaxy', 'repository'],
  [undefined, 'repository'],
])('a rule of %s is of the kind %s', (type, kind) => {
  expect(rulesIn([checks({}, { ruleset_source_type: type })])).toMatchObject([{ source: { kind } }])
})

test('rules of other kinds say nothing, and one that is cut in half is no rule that anybody judges by', () => {
  expect(rulesIn([{ type: 'creation' }, { type: 'of_tomorrow', parameters: { a: 1 } }])).toEqual([])
  expect(() => rulesIn([{ type: 'required_status_checks' }])).toThrow()
  expect(() => rulesIn([checks({ context: 7 })])).toThrow()
  expect(() => rulesIn({})).toThrow()
})

const branch = (protection: object) => branchIn({ protected: true, commit: { sha: 'a' }, protection }).classic
const required = (more: object) => ({
  enabled: true,
  required_status_checks: { contexts: [], checks: [], ...more },
})

test.each<readonly [string, object, object]>([
  ['nothing', {}, { on: false, checks: [] }],
  ['protection that is off', { enabled: false }, { on: false, checks: [] }],
  [
    'a check of whomever',
    required({ checks: [{ context: 'c', app_id: -1 }] }),
    { on: true, checks: [{ context: 'c' }] },
  ],
  ['a check by its name alone', required({ contexts: ['c'] }), { on: true, checks: [{ context: 'c' }] }],
  [
    'a check by both',
    required({ contexts: ['c'], checks: [{ context: 'c', app_id: 7 }] }),
    { on: true, checks: [{ context: 'c', appId: 7 }] },
  ],
  [
    'checks that are turned off',
    required({ contexts: ['c'], enforcement_level: 'off' }),
    { on: true, checks: [], admins: false },
  ],
  ['everybody', required({ enforcement_level: 'everyone' }), { on: true, checks: [], admins: true }],
  [
    'what admins are shown',
    {
      ...required({ strict: true }),
      allow_force_pushes: { enabled: true },
      allow_deletions: { enabled: false },
      enforce_admins: { enabled: true },
      required_pull_request_reviews: { require_code_owner_reviews: true },
    },
    {
      on: true,
      checks: [],
      strict: true,
      admins: true,
      forcePushes: true,
      deletions: false,
      codeOwners: true,
    },
  ],
])('of classic protection: %s', (_, protection, expected) => {
  expect(branch(protection)).toEqual(expected)
})
