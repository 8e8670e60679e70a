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
  type Row = readonly [model: string, other: string, made: Made, kind: string, restriction?: string]
  test.each<Row>([
    ['MIT', 'Apache-2.0', 'base', 'compatible'],
    ['LicenseRef-acme', 'MIT', 'base', 'compatible'],
    ['MIT', 'CC-BY-NC-4.0', 'base', 'conflict', 'non-commercial'],
    ['MIT', 'CC-BY-NC-4.0', 'dataset', 'conflict', 'non-commercial'],
    ['CC-BY-NC-4.0', 'CC-BY-NC-3.0', 'base', 'compatible'],
    ['LicenseRef-acme', 'CC-BY-NC-4.0', 'dataset', 'unclear', 'non-commercial'],
    ['MIT', 'CC-BY-SA-4.0', 'base', 'conflict', 'share-alike'],
    ['MIT', 'CC-BY-SA-4.0', 'dataset', 'unclear', 'share-alike'],
    ['CC-BY-SA-4.0', 'CC-BY-SA-4.0', 'dataset', 'compatible'],
    ['CC-BY-SA-4.0', 'CC-BY-SA-3.0', 'base', 'unclear', 'share-alike'],
    ['MIT', 'GPL-3.0-only', 'base', 'conflict', 'copyleft'],
    ['GPL-3.0-only', 'GPL-2.0-or-later', 'base', 'compatible'],
    ['GPL-3.0-only', 'GPL-2.0-only', 'base', 'unclear', 'copyleft'],
    ['apache-2.0', 'llama3.1', 'base', 'conflict', 'use-restricted'],
    ['llama3.1', 'llama3.1', 'base', 'compatible'],
    ['llama3.1', 'gemma', 'base', 'unclear', 'use-restricted'],
    ['CC-BY-NC-SA-4.0', 'CC-BY-NC-SA-4.0', 'base', 'compatible'],
    ['CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0', 'base', 'conflict', 'share-alike'],
    ['CC-BY-ND-4.0', 'CC-BY-ND-4.0', 'base', 'conflict', 'no-derivatives'],
    ['CC-BY-ND-4.0', 'CC-BY-ND-4.0', 'same', 'compatible'],
    ['MIT', 'CC-BY-ND-4.0', 'same', 'conflict', 'no-derivatives'],
    ['CC-BY-ND-4.0', 'CC-BY-ND-4.0', 'dataset', 'unclear', 'no-derivatives'],
    // What the table does not know is never guessed.
    ['MIT', 'LicenseRef-acme', 'base', 'unclear'],
    ['LicenseRef-acme', 'LicenseRef-acme', 'base', 'compatible'],
    ['MIT', 'GPL-3.0-only WITH GCC-exception-3.1', 'base', 'unclear'],
    // Whoever makes it may choose; whoever takes it may choose as well.
    ['MIT', 'MIT OR GPL-3.0-only', 'base', 'compatible'],
    ['MIT', 'MIT AND GPL-3.0-only', 'base', 'conflict', 'copyleft'],
    ['MIT OR GPL-3.0-only', 'GPL-3.0-only', 'base', 'conflict', 'copyleft'],
    ['MIT AND GPL-3.0-only', 'GPL-3.0-only', 'base', 'compatible'],
  ])('%s from %s as %s: %s', (...[model, other, made, kind, restriction]: Row) => {
    expect(compatible(the(model), the(other), made)).toEqual({ kind, ...(restriction && { restriction }) })
  })
})
