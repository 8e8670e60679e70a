import { expect, test } from 'vitest'
import type { Deviation } from '../../src/core/deviation.ts'
import { amendmentSentences, deviationLines } from '../../src/render/deviation-lines.ts'
import { plain } from '../../src/render/sentence.ts'
import { deviationSentence, deviationWords } from '../../src/render/words-difference.ts'
import { aModel, anId, aRegistration } from '../support/build.ts'

const looser = { field: 'at_least', effect: 'loosened', before: '0.9', after: '0.8' } as const
const samples = { field: 'min_samples', effect: 'tightened', after: '100' } as const
const age = { field: 'max_age', effect: 'loosened', before: '30 days' } as const

test.each<readonly [Deviation, string]>([
  [
    { criterion: 'f1', change: 'loosened', fields: [looser] },
    'criterion `f1` is loosened: `at_least` from `0.9` to `0.8`',
  ],
  [
    { criterion: 'f1', change: 'loosened', fields: [looser, samples] },
    'criterion `f1` is loosened: `at_least` from `0.9` to `0.8` (looser); `min_samples` newly `100` (stricter)',
  ],
  [
    { criterion: 'f1', change: 'loosened', fields: [age] },
    'criterion `f1` is loosened: `max_age` no more `30 days`',
  ],
  [
    { criterion: 'f1', change: 'changed', fields: [{ ...looser, field: 'metric', effect: 'changed' }] },
    'criterion `f1` is changed in a way that can’t be compared, which counts as loosened: `metric` from `0.9` to `0.8`',
  ],
  [
    { criterion: 'f1', change: 'reworded', renamed: 'f2', fields: [] },
    'criterion `f1` is renamed, and asks the same: its name from `f2`',
  ],
  [
    { criterion: '(risk)', change: 'loosened', fields: [{ ...looser, field: 'risk' }] },
    'setting `risk` is loosened: from `0.9` to `0.8`',
  ],
  [
    { criterion: '(datasets)', change: 'loosened', fields: [{ ...age, field: 'h.rows' }] },
    'setting `datasets` is loosened: `h.rows` no more `30 days`',
  ],
  [
    {
      criterion: 'f1',
      change: 'removed',
      fields: [looser, { field: 'check', effect: 'loosened', before: 'metric' }, { ...age, field: 'metric' }],
    },
    'criterion `f1` is removed: it asked `metric: 30 days`, `at_least: 0.8`, `check: metric`',
  ],
])('in words: %j', (deviation, expected) => {
  expect(plain(deviationWords(deviation, 'proposed'))).toBe(expected)
  expect(plain(deviationWords(deviation, 'done'))).toBe(expected.replace(/ is /, ' was '))
})

const LOOSER: Deviation = { criterion: 'f1', change: 'loosened', fields: [looser] }
const ADDED: Deviation = { criterion: 'f2', change: 'added', fields: [samples] }

test('what is looser is said first', () => {
  expect(plain(deviationSentence([ADDED, LOOSER]))).toBe('loosens `f1`; adds `f2`')
  expect(deviationLines(aModel({ deviations: [ADDED, LOOSER] })).slice(1)).toEqual([
    '- criterion `f1` was loosened: `at_least` from `0.9` to `0.8`',
    '- criterion `f2` was added: it asks `min_samples: 100`',
  ])
})

test('which version was judged depends on who fixed the start', () => {
  const clock = {
    kind: 'run',
    name: 'acme/credit#1',
    source: 'receipt',
    began: '2026-02-01T00:00:00Z',
    since: '2026-01-01T00:00:00Z',
  } as const

  expect(deviationLines(aModel({ deviations: [LOOSER] }))[0]).toContain('Both versions were judged')
  const [first] = deviationLines(
    aModel({ deviations: [LOOSER], registration: aRegistration({ tier: 'started', clock }) }),
  )
  expect(first).toContain('The version with which the work began was judged')
})

test('amendments say whether work had begun, and what they did', () => {
  const amendments = [
    { commit: anId('1'), from: anId('a'), to: anId('b'), changes: [ADDED, LOOSER] },
    { commit: anId('2'), from: anId('b'), to: anId('c'), begun: 'acme/credit#1', changes: [LOOSER] },
    { commit: anId('3'), to: anId('c'), begun: anId('9'), at: '2026-02-01T00:00:00Z', changes: [] },
    { commit: anId('4'), to: anId('d'), unreadable: true, changes: [] },
    { commit: anId('5'), from: anId('d'), changes: [LOOSER] },
  ] as const

  expect(amendmentSentences(aModel({ amendments })).map(plain)).toEqual([
    'amendment, before any work that is known here: commit `1111111111` loosens `f1` (`at_least` from `0.9` to `0.8`); adds `f2`',
    'deviation, after the work of `acme/credit#1` began: commit `2222222222` loosens `f1` (`at_least` from `0.9` to `0.8`)',
    'deviation, after the work of `9999999999` began: commit `3333333333` at `2026-02-01T00:00:00Z` changed nothing that is asked',
    'amendment, before any work that is known here: commit `4444444444` left criteria that can’t be read',
    'amendment, before any work that is known here: commit `5555555555` removed the criteria',
  ])
  expect(amendmentSentences(aModel())).toEqual([])
  expect(amendmentSentences(aModel({ amendments: [], since: anId('6') })).map(plain)).toEqual([
    'what changed before commit `6666666666` was not looked for',
  ])
})
