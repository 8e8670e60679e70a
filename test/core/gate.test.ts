import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { APP_EVENTS, APP_PERMISSIONS, isEnough } from '../../src/core/gate.ts'

const app = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8'))

test('the app asks for what app.yml says', () => {
  const asked = Object.entries(APP_PERMISSIONS).map(([permission, { level }]) => [permission, level])

  expect(Object.fromEntries(asked)).toEqual(app.default_permissions)
  expect(Object.keys(APP_EVENTS).toSorted()).toEqual(app.default_events.toSorted())
})

test.each([
  ['read', 'read', true],
  ['write', 'read', true],
  ['admin', 'write', true],
  ['read', 'write', false],
  ['none', 'read', false],
  [undefined, 'read', false],
] as const)('%s is enough for %s: %s', (held, wanted, expected) => {
  expect(isEnough(held, wanted)).toBe(expected)
})
