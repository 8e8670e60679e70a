import { describe, expect, test } from 'vitest'
import { compatible, isAllowed, licenceOf, type Made } from '../../src/checks/licence.ts'

const the = (written: string) => {
  const licence = licenceOf(written)
  if (licence === undefined) throw new Error(`${written} names no licence`)
  return licence
}

test.each<readonly [string, string | undefined]>([
  ['Apache-2.0', 'Apache-2.0'],
  ['apache-2.0', 'Apache-2.0'],
  [' MIT ', 'MIT'],
  ['llama3.1', 'LicenseRef-llama3.1'],
  ['Gemma', 'LicenseRef-gemma'],
  ['openrail++', 'LicenseRef-openrail-pp'],
  ['LicenseRef-acme-internal', 'LicenseRef-acme-internal'],
  ['gpl-3.0', 'GPL-3.0-only'],
  ['MIT OR Apache-2.0', 'MIT OR Apache-2.0'],
  ['odbl', 'ODbL-1.0'],
  ...[
    '',
    'unknown',
    'other',
    'UNLICENSED',
    'none',
    'NOASSERTION',
    'internal',
    'Public',
    'gpl',
    'cc',
    'bsd',
  ].map((written) => [written, undefined] as const),
  ['https://example.com/licence', undefined],
  ['MIT OR', undefined],
  [`(${'('.repeat(300)}MIT`, undefined],
  [
    Array.from({ length: 40 }, () => 'MIT').join(' OR '),
    Array.from({ length: 40 }, () => 'MIT').join(' OR '),
  ],
  [Array.from({ length: 8 }, () => '(MIT OR ISC)').join(' AND '), undefined],
])('%s is %s', (written, text) => {
  expect(licenceOf(written)?.text).toBe(text)
})

test.each<readonly [string, readonly string[], boolean]>([
  ['MIT', ['apache-2.0', 'mit'], true],
  ['MIT', ['apache-2.0'], false],
  ['MIT OR GPL-3.0-only', ['mit'], true],
  ['MIT AND GPL-3.0-only', ['mit'], false],
  ['MIT AND GPL-3.0-only', ['mit', 'gpl-3.0'], true],
  ['llama3.1', ['llama3.1'], true],
  ['llama3.1', ['LicenseRef-llama3.1'], true],
  ['llama3.1', ['llama3'], false],
  ['LicenseRef-acme', ['LicenseRef-acme'], true],
  ['LicenseRef-acme', ['LicenseRef-acme-2'], false],
  ['GPL-2.0-or-later', ['GPL-3.0-only'], true],
  ['GPL-2.0+', ['gpl-3.0'], true],
  ['GPL-2.0-only', ['GPL-3.0-only'], false],
  ['GPL-3.0-only', ['GPL-2.0-or-later'], true],
  ['GPL-2.0-only WITH Classpath-exception-2.0', ['GPL-2.0-only'], false],
  // Ids of eight letters: none of them says `or later`.
  ['EUPL-1.2', ['EUPL-1.1'], false],
  ['EUPL-1.1', ['EUPL-1.2'], false],
  ['EUPL-1.0', ['EUPL-1.1+'], false],
  ['LGPL-3.0-only', ['LGPL-2.1'], false],
  ['AGPL-3.0', ['AGPL-1.0'], false],
  // What holds only together allows nothing by itself, and what names nothing allows nothing.
  ['MIT', ['MIT AND GPL-3.0-only'], false],
  ['MIT', ['other', ''], false],
])('%s by %j: %s', (written, allowed, is) => {
  expect(isAllowed(the(written), allowed)).toBe(is)
})

describe('a model under the first made with the second', () => {
  type Row = readonly [string, string, Made, { readonly kind: string; readonly restriction?: string }]
  test.each<Row>([
    ['MIT', 'Apache-2.0', 'base', { kind: 'compatible' }],
    ['LicenseRef-acme', 'MIT', 'base', { kind: 'compatible' }],
    ['MIT', 'CC-BY-NC-4.0', 'base', { kind: 'conflict', restriction: 'non-commercial' }],
    ['MIT', 'CC-BY-NC-4.0', 'dataset', { kind: 'conflict', restriction: 'non-commercial' }],
    ['CC-BY-NC-4.0', 'CC-BY-NC-3.0', 'base', { kind: 'compatible' }],
    ['LicenseRef-acme', 'CC-BY-NC-4.0', 'dataset', { kind: 'unclear', restriction: 'non-commercial' }],
    ['MIT', 'CC-BY-SA-4.0', 'base', { kind: 'conflict', restriction: 'share-alike' }],
    ['MIT', 'CC-BY-SA-4.0', 'dataset', { kind: 'unclear', restriction: 'share-alike' }],
    ['CC-BY-SA-4.0', 'CC-BY-SA-4.0', 'dataset', { kind: 'compatible' }],
    ['CC-BY-SA-4.0', 'CC-BY-SA-3.0', 'base', { kind: 'unclear', restriction: 'share-alike' }],
    ['MIT', 'GPL-3.0-only', 'base', { kind: 'conflict', restriction: 'copyleft' }],
    ['GPL-3.0-only', 'GPL-2.0-or-later', 'base', { kind: 'compatible' }],
    ['GPL-3.0-or-later', 'GPL-2.0-or-later', 'base', { kind: 'compatible' }],
    // Whoever offers an earlier version too offers what nobody gave.
    ['GPL-2.0-or-later', 'GPL-3.0-only', 'base', { kind: 'unclear', restriction: 'copyleft' }],
    ['GPL-2.0-or-later', 'GPL-3.0-or-later', 'base', { kind: 'unclear', restriction: 'copyleft' }],
    ['GPL-3.0-only', 'GPL-2.0-only', 'base', { kind: 'unclear', restriction: 'copyleft' }],
    ['apache-2.0', 'llama3.1', 'base', { kind: 'conflict', restriction: 'use-restricted' }],
    ['llama3.1', 'llama3.1', 'base', { kind: 'compatible' }],
    ['llama3.1', 'gemma', 'base', { kind: 'unclear', restriction: 'use-restricted' }],
    ['CC-BY-NC-SA-4.0', 'CC-BY-NC-SA-4.0', 'base', { kind: 'compatible' }],
    ['CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0', 'base', { kind: 'conflict', restriction: 'share-alike' }],
    ['CC-BY-ND-4.0', 'CC-BY-ND-4.0', 'base', { kind: 'conflict', restriction: 'no-derivatives' }],
    ['CC-BY-ND-4.0', 'CC-BY-ND-4.0', 'same', { kind: 'compatible' }],
    ['MIT', 'CC-BY-ND-4.0', 'same', { kind: 'conflict', restriction: 'no-derivatives' }],
    ['CC-BY-ND-4.0', 'CC-BY-ND-4.0', 'dataset', { kind: 'unclear', restriction: 'no-derivatives' }],
    // What the table does not know is never guessed.
    ['MIT', 'LicenseRef-acme', 'base', { kind: 'unclear' }],
    ['LicenseRef-acme', 'LicenseRef-acme', 'base', { kind: 'compatible' }],
    ['MIT', 'GPL-3.0-only WITH GCC-exception-3.1', 'base', { kind: 'unclear' }],
    // Whoever makes it may choose; whoever takes it may choose as well.
    ['MIT', 'MIT OR GPL-3.0-only', 'base', { kind: 'compatible' }],
    ['MIT', 'MIT AND GPL-3.0-only', 'base', { kind: 'conflict', restriction: 'copyleft' }],
    ['MIT OR GPL-3.0-only', 'GPL-3.0-only', 'base', { kind: 'conflict', restriction: 'copyleft' }],
    ['MIT AND GPL-3.0-only', 'GPL-3.0-only', 'base', { kind: 'compatible' }],
  ])('%s from %s as %s: %j', (model, other, made, expected) => {
    expect(compatible(the(model), the(other), made)).toEqual(expected)
  })
})
