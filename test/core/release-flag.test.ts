import { expect, test } from 'vitest'
import {
  type Act,
  actFor,
  doneOf,
  type Ours,
  oursAfter,
  type Shown,
  type WithoutGo,
} from '../../src/core/release-flag.ts'

const FULL = { draft: false, prerelease: false, immutable: false }
const PRE = { ...FULL, prerelease: true }
const DRAFT = { ...FULL, draft: true }
const FIXED = { ...FULL, immutable: true }
const FLAGGED = { prerelease: true, latest: true }

test.each<readonly [string, Shown, boolean, WithoutGo, Ours, Act, Ours]>([
  ['without a go', FULL, true, 'flag', {}, { kind: 'flag' }, FLAGGED],
  ['without a go, taken off by somebody', FULL, true, 'flag', FLAGGED, { kind: 'flag' }, FLAGGED],
  ['without a go and flagged', PRE, true, 'flag', FLAGGED, { kind: 'none' }, FLAGGED],
  ["without a go, its author's pre-release", PRE, true, 'flag', {}, { kind: 'none' }, {}],
  ['a draft without a go', DRAFT, true, 'flag', {}, { kind: 'none' }, {}],
  ['to be drafted', FULL, true, 'draft', {}, { kind: 'draft' }, { draft: true }],
  ['to be drafted, a pre-release', PRE, true, 'draft', {}, { kind: 'draft' }, { draft: true }],
  ['drafted', DRAFT, true, 'draft', { draft: true }, { kind: 'none' }, { draft: true }],
  ['to be drafted, and immutable', FIXED, true, 'draft', {}, { kind: 'flag' }, FLAGGED],
  ['with a go, flagged before', PRE, false, 'flag', FLAGGED, { kind: 'restore', latest: true }, {}],
  [
    'with a go, flagged when another was the latest',
    PRE,
    false,
    'flag',
    { prerelease: true },
    { kind: 'restore', latest: false },
    {},
  ],
  ["with a go, its author's pre-release", PRE, false, 'flag', {}, { kind: 'none' }, {}],
  ['with a go, put back by somebody', FULL, false, 'flag', FLAGGED, { kind: 'none' }, {}],
  ['with a go, drafted before', DRAFT, false, 'draft', { draft: true }, { kind: 'none' }, {}],
])('a release %s', (_, shown, blocked, withoutGo, ours, act, after) => {
  expect(actFor(shown, { blocked, withoutGo }, ours)).toEqual(act)
  expect(oursAfter(act, shown, blocked, ours, true)).toEqual(after)
})

test('what was not the latest is not said to have been', () => {
  expect(oursAfter({ kind: 'flag' }, FULL, true, {}, false)).toEqual({ prerelease: true })
})

test.each<readonly [string, Shown, Ours, string]>([
  ['a draft', DRAFT, {}, 'preview'],
  ['a draft of ours', DRAFT, { draft: true }, 'drafted'],
  ['a pre-release of ours', PRE, FLAGGED, 'flagged'],
  ["its author's pre-release", PRE, {}, 'already'],
  ['what looks like any other', FULL, FLAGGED, 'stuck'],
])('%s is said to be so', (_, shown, ours, done) => {
  expect(doneOf(shown, ours)).toBe(done)
})
