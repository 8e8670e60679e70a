import { expect, test } from 'vitest'
import { basesNamed } from '../../src/core/base-named.ts'
import { anId } from '../support/build.ts'

const base = (name: string, revision: string) => ({ name, revision: anId(revision), digests: [] })
const SMALL = base('acme-lab/small-7b', 'b')
const OTHER = base('zeta-lab/other-7b', 'c')
const TUNED = base('acme-lab/small-7b-instruct', 'd')
const TWIN = base('zeta-lab/small-7b', 'e')
const NEWER = base('acme-lab/small-7b', 'f')

const BOUGHT = { name: 'openai/gpt-4o', provider: 'openai', snapshot: 'gpt-4o-2024-08-06', digests: [] }

test.each<readonly [string, boolean]>([
  ['gpt-4o-2024-08-06', true],
  ['openai/gpt-4o-2024-08-06', true],
  ['gpt-4o (2024-08-06)', true],
  ['gpt-4o', true],
  ['gpt-4o at gpt-4o-2024-05-13', false],
  ['gpt-4o (2024-05-13)', false],
  ['gpt-4o-mini', false],
  ['gpt-4o mini', false],
])('a base by its snapshot: %s', (text, isNamed) => {
  expect(basesNamed(text, [BOUGHT])).toEqual(isNamed ? [BOUGHT] : [])
})

test.each<readonly [string, readonly (typeof SMALL)[], readonly (typeof SMALL)[]]>([
  ['acme-lab/small-7b', [SMALL, OTHER], [SMALL]],
  ['acme-lab/small-7b and zeta-lab/other-7b', [SMALL, OTHER], [SMALL, OTHER]],
  ['Small 7B, Other 7B', [SMALL, OTHER], [SMALL, OTHER]],
  [`acme-lab/small-7b at ${anId('b')}, zeta-lab/other-7b@${anId('c')}`, [SMALL, OTHER], [SMALL, OTHER]],
  [`${anId('b')} of acme-lab/small-7b`, [SMALL, OTHER], [SMALL]],
  // A commit is of the base before it.
  [`acme-lab/small-7b at ${anId('c')}, zeta-lab/other-7b at ${anId('b')}`, [SMALL, OTHER], []],
  [`acme-lab/small-7b at ${anId('a')} and zeta-lab/other-7b`, [SMALL, OTHER], []],
  // A longer name is another model's, whether the manifest has it or not.
  ['acme-lab/small-7b-instruct', [SMALL], []],
  ['acme-lab/small-7b.1', [SMALL], []],
  ['acme-lab/small-7b Instruct', [SMALL], []],
  ['small-7b chat', [SMALL], []],
  ['xl-small-7b', [SMALL], []],
  ['acme-lab/small-7b-instruct', [SMALL, TUNED], [TUNED]],
  ['acme lab small 7b instruct', [SMALL, TUNED], [TUNED]],
  ['acme-lab/small-7b and acme-lab/small-7b-instruct', [SMALL, TUNED], [SMALL, TUNED]],
  // Without the publisher it may be either.
  ['small-7b', [SMALL, TWIN], []],
  ['small-7b', [SMALL, OTHER], [SMALL]],
  ['zeta-lab/small-7b', [SMALL, TWIN], [TWIN]],
  // Two commits of one base.
  ['acme-lab/small-7b', [SMALL, NEWER], [SMALL, NEWER]],
  [`acme-lab/small-7b at ${anId('f')}`, [SMALL, NEWER], [NEWER]],
  ['nothing of the kind', [SMALL], []],
  ['...', [base('---', 'b')], []],
])('%s', (text, bases, named) => {
  expect(basesNamed(text, bases)).toEqual(named)
})
