import { describe, expect, test } from 'vitest'
import type { Ancestry } from '../../src/checks/ancestry.ts'
import type { Context } from '../../src/checks/context.ts'
import { answerLineage, LineageCheck } from '../../src/checks/lineage.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import type { Section } from '../../src/core/record.ts'
import { aMeasurement, anId, aSource } from '../support/build.ts'
import { anEvidence, NO_EXAMS } from '../support/facts.ts'

const BASE: Ancestry['bases'][number] = {
  name: 'acme-lab/small-7b',
  revision: anId('b'),
  digests: ['a1'.repeat(32)],
  licence: 'apache-2.0',
  card: 'base/card.md',
  same: false,
}
const CARD = 'base/card.md'
const MEASURED = [{ metric: 'accuracy', where: { dataset: 'holdout' } }] as const

function ancestry(given: Partial<Ancestry> = {}, base: Partial<Ancestry['bases'][number]> = {}): Ancestry {
  return {
    ...{ bases: [{ ...BASE, ...base }], licence: 'MIT', trained: [], measured: MEASURED },
    ...{ trusted: { publishers: ['acme-lab'], licences: ['apache-2.0', 'mit'] } },
    ...given,
  }
}

const number = (value: number, labels: Record<string, string> = {}, rest: Partial<Measurement> = {}) =>
  aMeasurement({ value, labels: { dataset: 'holdout', ...labels }, ...rest })
const group = (value: number, sex: string, rest: Partial<Measurement> = {}) =>
  number(value, { sex }, { within: ['sex'], samples: 500, ...rest })

function card(sections: readonly Section[]): Evidence {
  const source = aSource({ path: CARD, format: 'markdown' })
  return anEvidence({
    ...{ path: CARD, about: 'base', document: 'base-model-card', measurements: [] },
    records: [{ kind: 'document', sections, source }],
  })
}
const USE: Section = { title: 'Use', line: 3, words: 20 }

type World = {
  readonly own?: readonly Measurement[]
  readonly base?: readonly Measurement[]
  readonly card?: readonly Section[]
  readonly from?: Ancestry
  readonly context?: Partial<Context>
}

function context({
  own = [number(0.93)],
  base = [number(0.8)],
  card: sections = [USE],
  ...more
}: World): Context {
  const { from = ancestry() } = more
  return {
    ...{ now: '2026-03-01T12:00:00Z', trust: 'typed', ancestry: from },
    evidence: [anEvidence({ measurements: own })],
    base: [anEvidence({ path: 'base.json', about: 'base', measurements: base }), card(sections)],
    exams: { ...NO_EXAMS, given: [{ name: 'holdout', digest: `sha256:${'9'.repeat(64)}` }] },
    ...more.context,
  }
}

function answered(keys: object, world: World = {}) {
  const criterion = LineageCheck.parse({
    ...{ id: 'l', control: 'base-model-provenance', check: 'lineage' },
    ...keys,
  })
  return answerLineage(criterion, context(world))
}

const lack = (outcome: 'unmet' | 'undecided', ...lacking: readonly object[]) => ({
  ...{ code: outcome === 'unmet' ? 'lineage_lacks' : 'lineage_open', outcome, lacking },
})
const HOLDS = { code: 'lineage_holds', outcome: 'met' }
const from = (given: Partial<Ancestry>, base: Partial<Ancestry['bases'][number]> = {}): World => ({
  from: ancestry(given, base),
})
const base = (given: Partial<Ancestry['bases'][number]>): World => from({}, given)
function without(key: 'licence' | 'card'): World {
  const { [key]: _, ...rest } = BASE
  return from({ bases: [rest] })
}

describe('pinned', () => {
  test.each<readonly [string, World, object]>([
    ['by commit and digest', {}, HOLDS],
    ['a branch', base({ revision: 'main' }), lack('unmet', { what: 'movable', revision: 'main' })],
    ['a short commit', base({ revision: 'b'.repeat(12) }), lack('unmet', { what: 'movable' })],
    ['no digest', base({ digests: [] }), lack('unmet', { what: 'no_digest', base: BASE.name })],
    ['one of two', from({ bases: [BASE, { ...BASE, digests: [] }] }), lack('unmet', { what: 'no_digest' })],
    [
      'a placeholder for one of its files',
      base({ digests: [...BASE.digests, '0'.repeat(64)] }),
      lack('unmet', { what: 'no_digest', base: BASE.name }),
    ],
    ['no base', from({ bases: [] }), { code: 'no_base_model', outcome: 'undecided' }],
  ])('%s', (_, world, expected) => {
    expect(answered({ of: ['pinned'] }, world)).toMatchObject(expected)
  })

  const CALLED = { provider: 'parlance', snapshot: '2026-01-15' }
  const called = (given: object = {}): World => {
    const { name, licence = '', same } = BASE
    return from({ bases: [{ name, licence, same, ...CALLED, digests: [], ...given }] })
  }

  test('by a snapshot of a provider, which is said', () => {
    expect(answered({ of: ['pinned'] }, called())).toMatchObject({
      ...HOLDS,
      called: [{ base: BASE.name, ...CALLED }],
    })
    expect(answered({ of: ['licence'] }, called())).not.toHaveProperty('called')
    expect(answered({ of: ['pinned'] })).not.toHaveProperty('called')
  })

  test.each(['latest', 'v2-latest', 'small-7b', 'acme-lab/small-7b', 'preview'])(
    'by a snapshot that may be another model: %s',
    (snapshot) => {
      expect(answered({ of: ['pinned'] }, called({ snapshot }))).toMatchObject(
        lack('unmet', { what: 'movable_snapshot', base: BASE.name, snapshot }),
      )
    },
  )

  test('by a snapshot where weights are released', () => {
    const weights = [{ name: 'a', digest: `sha256:${'1'.repeat(64)}`, trust: 'seen' }] as const

    expect(answered({ of: ['pinned'] }, { ...called(), context: { weights } })).toMatchObject(
      lack('unmet', { what: 'no_digest' }),
    )
  })

  test.each<readonly [string, World, object]>([
    ['the first part of its name', called(), HOLDS],
    ['its provider, where the name has none', called({ name: 'small', provider: 'acme-lab' }), HOLDS],
    [
      'another provider',
      called({ name: 'small' }),
      lack('unmet', { what: 'publisher', publisher: 'parlance' }),
    ],
    [
      'the first part of its name, whoever provides it',
      called({ name: 'else-lab/small', provider: 'acme-lab' }),
      lack('unmet', { what: 'publisher', publisher: 'else-lab' }),
    ],
  ])('whose publisher is %s', (_, world, expected) => {
    expect(answered({ of: ['publisher'] }, world)).toMatchObject(expected)
  })

  test('no manifest', () => {
    const { ancestry: _, ...none } = context({})
    const criterion = LineageCheck.parse({
      ...{ id: 'l', control: 'base-model-provenance', check: 'lineage', of: ['pinned'] },
    })

    expect(answerLineage(criterion, none).code).toBe('no_base_model')
  })
})

describe('publisher', () => {
  const OWN = { of: ['publisher'], publishers: ['acme-lab', 'other'] }
  const refused = (by: string, publisher?: string) =>
    lack('unmet', { what: 'publisher', by, ...(publisher && { publisher }) })
  test.each<readonly [string, object, World, object]>([
    ['of the floor', { of: ['publisher'] }, {}, HOLDS],
    ['of both', OWN, {}, HOLDS],
    ['of the criterion alone', OWN, from({ trusted: {} }), HOLDS],
    [
      'only the floor allows it',
      { of: ['publisher'], publishers: ['x'] },
      {},
      refused('criterion', 'acme-lab'),
    ],
    [
      'only the criterion allows it',
      OWN,
      from({ trusted: { publishers: ['x'] } }),
      refused('floor', 'acme-lab'),
    ],
    ['in other letters', OWN, base({ name: 'Acme-Lab/small-7b' }), refused('floor', 'Acme-Lab')],
    ['that only begins so', OWN, base({ name: 'acme-lab-2/small-7b' }), refused('floor', 'acme-lab-2')],
    ['no publisher', OWN, base({ name: 'small-7b' }), refused('floor')],
    ['a path', OWN, base({ name: 'acme-lab/small/7b' }), refused('floor')],
    ['an address', OWN, base({ name: 'acme-lab/' }), refused('floor')],
    ['nobody says', { of: ['publisher'] }, from({ trusted: {} }), lack('undecided', { what: 'no_list' })],
  ])('%s', (_, keys, world, expected) => {
    const found = answered(keys, world)
    expect(found).toMatchObject(expected)
    if ('lacking' in found) expect(found.lacking).toHaveLength(1)
  })
})

describe('licence', () => {
  const ASKED = { of: ['licence'] }
  const { licence: _, ...unlicensed } = ancestry()
  test.each<readonly [string, object, World, object]>([
    ['allowed', ASKED, {}, HOLDS],
    ['allowed by both', { of: ['licence'], licences: ['Apache-2.0'] }, {}, HOLDS],
    [
      'not by the criterion',
      { of: ['licence'], licences: ['MIT'] },
      {},
      lack('unmet', { what: 'licence', by: 'criterion', licence: 'Apache-2.0' }),
    ],
    [
      'not by the floor',
      { of: ['licence'], licences: ['llama3.1'] },
      from({ licence: 'llama3.1' }, { licence: 'llama3.1' }),
      lack('unmet', { what: 'licence', by: 'floor' }),
    ],
    ['none', ASKED, without('licence'), lack('unmet', { what: 'no_licence', of: 'base' })],
    ...['other', 'unknown', 'free for all'].map(
      (licence) =>
        [
          licence,
          ASKED,
          base({ licence }),
          lack('unmet', { what: 'unknown_licence', of: 'base', licence }),
        ] as const,
    ),
    [
      'nobody says which',
      ASKED,
      from({ trusted: {} }),
      lack('undecided', { what: 'no_list', of: 'licences' }),
    ],
    [
      'the model has none',
      ASKED,
      { from: unlicensed },
      lack('undecided', { what: 'no_licence', of: 'model' }),
    ],
    [
      'the model has one that is none',
      ASKED,
      from({ licence: 'internal' }),
      lack('undecided', { what: 'unknown_licence', of: 'model' }),
    ],
    [
      'the model drops what the base asks',
      { of: ['licence'], licences: ['llama3.1'] },
      from({ trusted: {} }, { licence: 'llama3.1' }),
      lack('unmet', { what: 'conflict', of: 'base', model: 'MIT', restriction: 'use-restricted' }),
    ],
    [
      'non-commercial data',
      ASKED,
      from({ trained: [{ name: 'a', licence: 'cc-by-nc-4.0' }] }),
      lack('unmet', { what: 'conflict', of: 'dataset', name: 'a' }),
    ],
    [
      'share-alike data',
      ASKED,
      from({ trained: [{ name: 'a', licence: 'cc-by-sa-4.0' }] }),
      lack('undecided', { what: 'unclear', of: 'dataset' }),
    ],
    [
      'data without a licence',
      ASKED,
      from({ trained: [{ name: 'a' }] }),
      lack('undecided', { what: 'no_licence', of: 'dataset', name: 'a' }),
    ],
    ['data under any permissive one', ASKED, from({ trained: [{ name: 'a', licence: 'odc-by' }] }), HOLDS],
  ])('%s', (_, keys, world, expected) => {
    const found = answered(keys, world)
    expect(found).toMatchObject(expected)
    if ('lacking' in found) expect(found.lacking).toHaveLength(1)
  })
})

describe('card', () => {
  const ASKED = { of: ['card'], sections: ['Use'] }
  test.each<readonly [string, World, object]>([
    ['written', {}, HOLDS],
    ['no card', without('card'), lack('undecided', { what: 'no_card', base: BASE.name })],
    [
      'a card that is not read',
      base({ card: 'x.md' }),
      lack('undecided', { what: 'no_card', unreadable: 'x.md' }),
    ],
    [
      'without the section',
      { card: [] },
      lack('unmet', { what: 'card', lacking: [{ title: 'Use', why: 'missing' }] }),
    ],
    [
      'a placeholder',
      { card: [{ ...USE, placeholder: '[More Information Needed]' }] },
      lack('unmet', { what: 'card', lacking: [{ why: 'placeholder' }] }),
    ],
    ['empty', { card: [{ ...USE, words: 0 }] }, lack('unmet', { what: 'card', lacking: [{ why: 'empty' }] })],
    [
      'a stub',
      { card: [{ ...USE, words: 2 }] },
      lack('unmet', { what: 'card', lacking: [{ why: 'short' }] }),
    ],
  ])('%s', (_, world, expected) => {
    expect(answered(ASKED, world)).toMatchObject(expected)
  })
})

describe('evaluated', () => {
  const ASKED = { of: ['evaluated'] }
  const at = (moment: string) => number(0.93, {}, { at: moment })
  const BEGUN = { release: { weights: [], service: false, began: '2026-02-01T00:00:00Z', allowed: [] } }
  const unalike = (why: string) => lack('undecided', { what: 'unalike', metric: 'accuracy', why })
  const noDigest = { exams: { ...NO_EXAMS, given: [{ name: 'holdout' }] } }
  const TWO = [BASE, { ...BASE, name: 'other/base' }]
  const tasks = [{ metric: 'accuracy', where: { dataset: 'holdout' }, each: 'task' }]
  test.each<readonly [string, object, World, object]>([
    ['side by side', ASKED, {}, { ...HOLDS, beside: [{ candidate: { value: 0.93 }, of: { value: 0.8 } }] }],
    ['worse than its base', ASKED, { base: [number(0.99)] }, HOLDS],
    ['nothing of the base', ASKED, { base: [] }, unalike('no_base')],
    ['nothing of the candidate', ASKED, { own: [] }, unalike('no_candidate')],
    ['another dataset', ASKED, { base: [number(0.8, { dataset: 'x' })] }, unalike('no_base')],
    ['percent of the base', ASKED, { base: [number(80.5, {}, { unit: 'percent' })] }, HOLDS],
    ['what no share can be of the base', ASKED, { base: [number(80.5)] }, unalike('no_base')],
    ['no number of the base', ASKED, { base: [number(Number.NaN)] }, unalike('no_base')],
    ['less than nothing of the base', ASKED, { base: [number(-0.1)] }, unalike('no_base')],
    ['what no share can be of the candidate', ASKED, { own: [number(93)] }, unalike('no_candidate')],
    ['two numbers of the base', ASKED, { base: [number(0.8), number(0.7)] }, unalike('several_base')],
    ['two of the candidate', ASKED, { own: [number(0.8), number(0.7)] }, unalike('several_candidate')],
    ['data without a digest', ASKED, { context: noDigest }, unalike('no_data')],
    [
      'other data by digest',
      ASKED,
      { own: [number(0.9, { dataset_sha256: 'a' })], base: [number(0.9, { dataset_sha256: 'b' })] },
      unalike('other_data'),
    ],
    [
      'the same data by digest in both files',
      ASKED,
      {
        own: [number(0.9, { dataset_sha256: 'a' })],
        base: [number(0.9, { dataset_sha256: 'a' })],
        context: noDigest,
      },
      HOLDS,
    ],
    [
      'no dataset at all',
      ASKED,
      {
        from: ancestry({ measured: [{ metric: 'accuracy', where: {} }] }),
        own: [aMeasurement({ labels: {} })],
        base: [aMeasurement({ labels: {} })],
      },
      unalike('no_data'),
    ],
    ['typed where more is asked', ASKED, { context: { trust: 'produced' } }, unalike('weak')],
    [
      'measured before the work',
      ASKED,
      { own: [at('2026-01-31T23:59:59Z')], context: BEGUN },
      unalike('time'),
    ],
    ['measured in the future', ASKED, { own: [at('2027-01-01T00:00:00Z')] }, unalike('time')],
    ['the base in the future', ASKED, { base: [at('2027-01-01T00:00:00Z')] }, unalike('time')],
    ['the base before the work', ASKED, { base: [at('2026-01-31T23:59:59Z')], context: BEGUN }, HOLDS],
    ['nothing is measured', ASKED, from({ measured: [] }), lack('undecided', { what: 'nothing_measured' })],
    [
      'what the criterion names',
      { ...ASKED, metrics: ['f1'] },
      {},
      lack('undecided', { what: 'unalike', metric: 'f1' }),
    ],
    [
      'what the criterion names on the dataset',
      { ...ASKED, metrics: [{ metric: 'acc', dataset: 'holdout' }] },
      from({ measured: [] }),
      HOLDS,
    ],
    [
      'of two bases, and who knows which',
      ASKED,
      from({ bases: TWO }),
      lack('undecided', { why: 'which_base' }, { why: 'which_base' }),
    ],
    [
      'of two bases each by its name',
      ASKED,
      {
        ...from({ bases: TWO }),
        base: [number(0.8, {}, { model: 'acme-lab/small-7b' }), number(0.7, {}, { model: 'other/base' })],
      },
      { ...HOLDS, beside: [{ of: { value: 0.8 } }, { of: { value: 0.7 } }] },
    ],
    [
      'of two bases only one',
      ASKED,
      { ...from({ bases: TWO }), base: [number(0.8, {}, { model: 'acme-lab/small-7b' })] },
      lack('undecided', { base: 'other/base', why: 'no_base' }),
    ],
    ['what is released is the base', ASKED, { ...base({ same: true }), base: [] }, HOLDS],
    [
      'every task',
      ASKED,
      {
        ...from({ measured: tasks }),
        own: [number(0.9, { task: 'a' }), number(0.9, { task: 'b' })],
        base: [number(0.8, { task: 'a' }), number(0.8, { task: 'b' })],
      },
      { ...HOLDS, beside: [{ of: { value: 0.8 } }, { of: { value: 0.8 } }] },
    ],
    [
      'a task that the base lacks',
      ASKED,
      {
        ...from({ measured: tasks }),
        own: [number(0.9, { task: 'a' }), number(0.9, { task: 'b' })],
        base: [number(0.8, { task: 'a' })],
      },
      lack('undecided', { why: 'no_base', labels: { task: 'b' } }),
    ],
    [
      'its groups',
      { ...ASKED, across: ['sex'] },
      {
        own: [number(0.9), group(0.9, 'F'), group(0.9, 'M')],
        base: [number(0.8), group(0.8, 'F'), group(0.7, 'M')],
      },
      { ...HOLDS, beside: [{}, {}, {}] },
    ],
    [
      'a group that the base lacks',
      { ...ASKED, across: ['sex'] },
      {
        own: [number(0.9), group(0.9, 'F'), group(0.9, 'M'), group(0.9, 'X')],
        base: [number(0.8), group(0.8, 'F'), group(0.7, 'M')],
      },
      unalike('no_groups'),
    ],
  ])('%s', (_, keys, world, expected) => {
    expect(answered(keys, world)).toMatchObject(expected)
  })
})

describe('inherited', () => {
  const ASKED = { of: ['inherited'] }
  const MEASURES = [{ metric: 'accuracy', where: { dataset: 'holdout' }, across: ['sex'] }]
  const less = (gap: number) => Number((0.9 - gap).toFixed(4))
  const gaps = (before: number, after: number, rest: Partial<Measurement> = {}): World => ({
    ...from({ measured: MEASURES }),
    base: [group(0.9, 'F'), group(less(before), 'M')],
    own: [group(0.9, 'F', rest), group(less(after), 'M', rest)],
  })
  test.each<readonly [string, object, World, object]>([
    ['before and after', ASKED, gaps(0.1, 0.3), { ...HOLDS, inherited: [{ before: 0.1, after: 0.3 }] }],
    ['no worse', { ...ASKED, at_most_worse: 0 }, gaps(0.1, 0.1), HOLDS],
    ['better', { ...ASKED, at_most_worse: 0 }, gaps(0.1, 0.05), HOLDS],
    ['as much worse as allowed', { ...ASKED, at_most_worse: 0.2 }, gaps(0.1, 0.3), HOLDS],
    [
      'worse than allowed',
      { ...ASKED, at_most_worse: 0.19 },
      gaps(0.1, 0.3),
      lack('unmet', { what: 'worse', before: 0.1, after: 0.3, limit: 0.19 }),
    ],
    [
      'nothing of the base',
      ASKED,
      { ...gaps(0.1, 0.1), base: [] },
      lack('undecided', { what: 'unalike', why: 'no_base' }),
    ],
    [
      'only one group of the base',
      ASKED,
      { ...gaps(0.1, 0.1), base: [group(0.9, 'F')] },
      lack('undecided', { why: 'no_groups' }),
    ],
    [
      'a group that the base lacks',
      ASKED,
      { ...gaps(0.1, 0.1), own: [group(0.9, 'F'), group(0.8, 'M'), group(0.1, 'X')] },
      lack('undecided', { why: 'no_groups' }),
    ],
    [
      'a group that the release lacks',
      ASKED,
      { ...gaps(0.1, 0.1), base: [group(0.9, 'F'), group(0.8, 'M'), group(0.1, 'X')] },
      lack('undecided', { why: 'no_groups' }),
    ],
    ['in other units', ASKED, gaps(0.1, 0.1, { unit: 'percent' }), lack('undecided', { why: 'other_unit' })],
    ['no gap is asked', ASKED, {}, lack('undecided', { what: 'nothing_measured', of: 'inherited' })],
    [
      'what the criterion names',
      { ...ASKED, metrics: [{ metric: 'accuracy', dataset: 'holdout' }], across: ['sex'] },
      { ...gaps(0.1, 0.3), from: ancestry({ measured: [] }) },
      HOLDS,
    ],
  ])('%s', (_, keys, world, expected) => {
    expect(answered(keys, world)).toMatchObject(expected)
  })
})

test('all that is wanting is said at once, and what is wrong decides', () => {
  const found = answered(
    { of: ['pinned', 'publisher', 'evaluated'] },
    { ...base({ revision: 'main', name: 'x/y' }), base: [] },
  )

  expect(found).toMatchObject(lack('unmet', { what: 'movable' }, { what: 'publisher' }, { what: 'unalike' }))
})

test.each([
  ['a card without sections', { of: ['card'] }],
  ['sections without a card', { of: ['pinned'], sections: ['Use'] }],
  ['publishers of nothing', { of: ['pinned'], publishers: ['a'] }],
  ['licences of nothing', { of: ['publisher'], licences: ['mit'] }],
  ['a licence that is none', { of: ['licence'], licences: ['internal'] }],
  ['licences that hold together', { of: ['licence'], licences: ['MIT AND ISC'] }],
  ['a bound of nothing', { of: ['evaluated'], at_most_worse: 0 }],
  ['nothing', { of: [] }],
])('no criterion: %s', (_, keys) => {
  const given = { id: 'l', control: 'base-model-provenance', check: 'lineage', ...keys }

  expect(LineageCheck.safeParse(given).success).toBe(false)
})
