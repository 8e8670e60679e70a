import { describe, expect, test } from 'vitest'
import type { Ancestry } from '../../src/checks/ancestry.ts'
import type { Context } from '../../src/checks/context.ts'
import { answer, Criterion, expiry } from '../../src/checks/index.ts'
import { acceptable } from '../../src/core/accepted.ts'
import type { BomPart, BomRecord } from '../../src/core/bom.ts'
import { aSource } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'

const NOW = '2026-03-01T12:00:00Z'
const [WEIGHTS, TOKENS, OTHER, BASE] = ['9f86', 'ab12', 'cd34', '5d6e'].map(
  (part) => `sha256:${part.repeat(16)}`,
)
const [COMMIT, ELSE] = ['1b2c'.repeat(10), '3d4e'.repeat(10)]

const MODEL: BomPart = {
  ...{ kind: 'model', names: ['acme/letters', 'letters'], versions: ['1.0.0'], digests: [WEIGHTS ?? ''] },
  ...{ licences: ['Apache-2.0'], base: false },
}
const BELOW: BomPart = {
  ...{ kind: 'model', names: ['acme-lab/small-7b'], versions: [COMMIT], digests: [BASE ?? ''] },
  ...{ licences: ['Apache-2.0'], base: true },
}
const DATA: BomPart = {
  ...{
    kind: 'data',
    names: ['letters-2025'],
    versions: [],
    digests: [],
    licences: ['CC-BY-4.0'],
    base: false,
  },
}
const RECORD: BomRecord = {
  ...{ kind: 'bom', standard: 'CycloneDX', spec: '1.6', date: '2026-02-10', parts: [MODEL, BELOW, DATA] },
  ...{ unresolved: [], placeholders: [], lacking: [], evidence: [], counterClaims: [] },
  source: aSource({ path: 'bom.json' }),
}
const ANCESTRY: Ancestry = {
  bases: [
    {
      ...{ name: 'acme-lab/small-7b', revision: COMMIT, digests: [(BASE ?? '').slice('sha256:'.length)] },
      same: false,
    },
  ],
  ...{ trained: [], trusted: {}, measured: [] },
}

const criterion = (given: object = {}) =>
  Criterion.parse({ id: 'b', control: 'supply-chain', check: 'record', record: 'bom', ...given })
const contextOf = (given: Partial<BomRecord>, more: Partial<Context> = {}) =>
  aContext([], {
    ...{ now: NOW, evidence: [anEvidence({ records: [{ ...RECORD, ...given }] })], ancestry: ANCESTRY },
    weights: [{ name: 'models/letters/model.safetensors', digest: WEIGHTS ?? '' }],
    ...more,
  })
const came = (given: Partial<BomRecord> = {}, more: Partial<Context> = {}, asked: object = {}) =>
  answer(criterion(asked), contextOf(given, more))
const parts = (...all: readonly BomPart[]): Partial<BomRecord> => ({ parts: all })

describe('a bill of materials', () => {
  test('that names weights, base and licences is met', () => {
    expect(came()).toEqual({
      ...{ code: 'record_holds', outcome: 'met', record: 'bom', path: 'bom.json', date: '2026-02-10' },
    })
  })

  const file: BomPart = {
    ...{ kind: 'file', names: ['model.safetensors'], versions: [], digests: [WEIGHTS ?? ''], base: false },
  }
  const bare: BomPart = { ...MODEL, digests: [] }
  test('of files alone, with no model that has a licence, is undecided', () => {
    expect(came(parts(file, BELOW))).toMatchObject({
      ...{ code: 'bom_open', outcome: 'undecided' },
      open: [{ why: 'no_licence', of: 'models/letters/model.safetensors' }],
    })
  })

  test('must name what is loaded as weights are, too', () => {
    const loaded = [{ name: 'models/letters/clf.pkl', digest: OTHER ?? '' }]

    expect(came({}, { loaded })).toMatchObject({
      ...{ code: 'bom_open', outcome: 'undecided' },
      open: [{ why: 'not_named', weight: 'models/letters/clf.pkl' }],
    })
    const named: BomPart = { ...file, names: ['clf.pkl'], digests: [OTHER ?? ''] }
    expect(came(parts(MODEL, BELOW, named), { loaded })).toMatchObject({ outcome: 'met' })
  })

  const two = { weights: [WEIGHTS, TOKENS].map((digest, at) => ({ name: `w${at}`, digest: digest ?? '' })) }

  test.each<readonly [string, Partial<BomRecord>, Partial<Context>]>([
    ['whose file has the digest', parts(bare, file, BELOW), {}],
    ['whose base has no version and no digest', parts(MODEL, { ...BELOW, versions: [], digests: [] }), {}],
    ['whose base is known by its digest alone', parts(MODEL, { ...BELOW, names: ['else'] }), {}],
    ['whose base has a version that is no commit', parts(MODEL, { ...BELOW, versions: ['1.4'] }), {}],
    [
      'that has another revision of the base beside it',
      parts(MODEL, BELOW, { ...BELOW, versions: [ELSE], digests: [] }),
      {},
    ],
    [
      'that has another revision of the base before it',
      parts(MODEL, { ...BELOW, versions: [ELSE], digests: [] }, BELOW),
      {},
    ],
    [
      'of a base whose bytes only the bill knows',
      {},
      { ancestry: { ...ANCESTRY, bases: ANCESTRY.bases.map((base) => ({ ...base, digests: [] })) } },
    ],
    ['without a base, of a model without one', parts(MODEL), { ancestry: { ...ANCESTRY, bases: [] } }],
    ['of a model that is called as its base is', parts({ ...MODEL, names: ['small-7b'] }, BELOW), {}],
    ['of two weights, each named', parts(MODEL, { ...file, digests: [TOKENS ?? ''] }, BELOW), two],
    ['whose data have no place for a licence', parts(MODEL, BELOW, without(DATA)), {}],
    ['whose evidence has not ended', { evidence: [{ what: 'e', expires: '2026-03-01T12:00:01Z' }] }, {}],
    [
      'of a base that is released as it is',
      parts({ ...MODEL, digests: [BASE ?? ''] }),
      { weights: [{ name: 'w', digest: BASE ?? '' }] },
    ],
  ])('%s is met', (_, given, more) => {
    expect(came(given, more)).toMatchObject({ code: 'record_holds', outcome: 'met' })
  })

  test.each<readonly [string, Partial<BomRecord>, Partial<Context>, readonly object[]]>([
    ['no digest', parts(bare, BELOW), {}, [{ why: 'not_named', weight: 'models/letters/model.safetensors' }]],
    [
      'a dataset with the digest of the weights',
      parts(bare, { ...DATA, digests: [WEIGHTS ?? ''] }, BELOW),
      {},
      [{ why: 'not_named' }],
    ],
    ['one of two weights', {}, two, [{ why: 'not_named', weight: 'w1' }]],
    [
      'a digest of another kind',
      parts({ ...MODEL, digests: [`sha512:${'9f86'.repeat(32)}`] }, BELOW),
      {},
      [{ why: 'not_named' }],
    ],
    [
      'weights that the manifest holds by no sha256',
      {},
      { weights: [{ name: 'acme/letters', digest: `revision:${COMMIT}` }] },
      [{ why: 'no_sha256', weight: 'acme/letters' }],
    ],
    [
      'one of two weights of one name in two folders',
      parts(bare, file, BELOW),
      {
        weights: [WEIGHTS, TOKENS].map((digest, at) => ({
          ...{ name: `${at}/model.safetensors`, digest: digest ?? '' },
        })),
      },
      [{ why: 'not_named', weight: '1/model.safetensors' }],
    ],
    ['nothing that is released', {}, { weights: [] }, [{ why: 'nothing_released' }]],
    [
      'a model that is called as its base is, and no base',
      parts({ ...MODEL, names: ['small-7b'], versions: [ELSE] }),
      {},
      [{ why: 'no_base' }],
    ],
    ['no base', parts(MODEL), {}, [{ why: 'no_base', base: 'acme-lab/small-7b' }]],
    [
      'a dataset of that name',
      parts(MODEL, { ...BELOW, kind: 'data', digests: [] }),
      {},
      [{ why: 'no_base' }],
    ],
    [
      "another publisher's base",
      parts(MODEL, { ...BELOW, names: ['else/small-7b'], digests: [] }),
      {},
      [{ why: 'no_base' }],
    ],
    [
      'no licence',
      parts({ ...MODEL, licences: [] }, BELOW, { ...DATA, licences: [] }),
      {},
      [
        { why: 'no_licence', of: 'acme/letters' },
        { why: 'no_licence', of: 'letters-2025' },
      ],
    ],
  ])('%s is undecided', (_, given, more, open) => {
    expect(came(given, more)).toMatchObject({ code: 'bom_open', outcome: 'undecided', more: 0, open })
  })

  test.each<readonly [string, Partial<BomRecord>, Partial<Context>, readonly object[]]>([
    [
      'a model with another digest',
      parts({ ...MODEL, digests: [OTHER ?? ''] }, BELOW),
      {},
      [{ why: 'other_digest', weight: 'models/letters/model.safetensors', found: OTHER }],
    ],
    [
      'a file of that name with another digest',
      parts(bare, { ...file, digests: [OTHER ?? ''] }, BELOW),
      {},
      [{ why: 'other_digest', found: OTHER }],
    ],
    [
      'a base with another digest',
      parts(MODEL, { ...BELOW, digests: [OTHER ?? ''] }),
      {},
      [{ why: 'other_base', base: 'acme-lab/small-7b', of: 'digest', found: OTHER, declared: BASE }],
    ],
    [
      'a base at another commit',
      parts(MODEL, { ...BELOW, versions: [ELSE], digests: [] }),
      {},
      [{ why: 'other_base', of: 'version', found: ELSE, declared: COMMIT }],
    ],
    [
      'a base at another commit beside an equal digest',
      parts(MODEL, { ...BELOW, versions: [ELSE] }),
      {},
      [{ why: 'other_base', of: 'version' }],
    ],
    [
      'the released weights as the base',
      parts(MODEL, { ...BELOW, digests: [WEIGHTS ?? ''] }),
      {},
      [{ why: 'other_base', of: 'digest', found: WEIGHTS, declared: BASE }],
    ],
    ['a reference to nothing', { unresolved: ['d'] }, {}, [{ why: 'unresolved', ref: 'd' }]],
    [
      'a placeholder',
      { placeholders: [{ at: '/a', found: 'string' }] },
      {},
      [{ why: 'placeholder', at: '/a', found: 'string' }],
    ],
    [
      'a field that lacks',
      { lacking: [{ of: 'm', field: 'releaseTime' }] },
      {},
      [{ why: 'lacks', of: 'm', field: 'releaseTime' }],
    ],
    [
      'a licence that is prose',
      parts(MODEL, BELOW, { ...DATA, licences: ['CC-BY-4.0', 'ask us'] }),
      {},
      [{ why: 'licence', of: 'letters-2025', licence: 'ask us' }],
    ],
    [
      'data that may not be used so',
      parts(MODEL, BELOW, { ...DATA, licences: ['CC-BY-NC-4.0'] }),
      {},
      [
        {
          why: 'conflict',
          of: 'letters-2025',
          licence: 'CC-BY-NC-4.0',
          model: 'Apache-2.0',
          restriction: 'non-commercial',
        },
      ],
    ],
    [
      'a base that may not be changed',
      parts(MODEL, { ...BELOW, licences: ['CC-BY-ND-4.0'] }),
      {},
      [{ why: 'conflict', of: 'acme-lab/small-7b', restriction: 'no-derivatives' }],
    ],
    [
      'evidence that has ended',
      { evidence: [{ what: 'e', expires: NOW }] },
      {},
      [{ why: 'expired', what: 'e', at: NOW }],
    ],
    ['a claim that nothing answers', { counterClaims: ['c'] }, {}, [{ why: 'counter_claim', claim: 'c' }]],
  ])('%s is unmet', (_, given, more, wrong) => {
    expect(came(given, more)).toMatchObject({ code: 'bom_wrong', outcome: 'unmet', more: 0, wrong })
  })

  test('what is otherwise is said before what is not there, and many things are counted', () => {
    const placeholders = Array.from({ length: 23 }, (_, at) => ({ at: `/${at}`, found: 'TODO' }))
    const found = came({ ...parts(bare), placeholders })

    expect(found).toMatchObject({ code: 'bom_wrong', more: 3 })
    expect('wrong' in found && found.wrong).toHaveLength(20)
  })

  test('without a day is unmet, and never holds', () => {
    const { date: _, ...undated } = RECORD
    const evidence = [
      anEvidence({ records: [{ ...undated, lacking: [{ of: 'the document', field: 'created' }] }] }),
    ]

    expect(answer(criterion(), contextOf({}, { evidence }))).toMatchObject({
      code: 'bom_wrong',
      outcome: 'unmet',
    })
  })

  test.each<readonly [string, Partial<BomRecord>, object, string, object]>([
    ['of the future', { date: '2026-03-03' }, {}, NOW, { code: 'record_in_future', outcome: 'unmet' }],
    ['on the last day of a year', {}, {}, '2027-02-10T23:59:59Z', { outcome: 'met' }],
    ['older than a year', {}, {}, '2027-02-11T00:00:00Z', { code: 'record_expired', days: 366, limit: 365 }],
    ['older than asked', {}, { max_age: '10 days' }, NOW, { code: 'record_expired', days: 19, limit: 10 }],
  ])('%s', (_, given, asked, now, expected) => {
    expect(came(given, { now }, asked)).toMatchObject(expected)
  })

  test.each<readonly [string, Partial<BomRecord>, string]>([
    ['its age', {}, '2027-02-11T00:00:00.000Z'],
    [
      'its evidence',
      { evidence: [{ what: 'e', expires: '2026-06-01T00:00:00Z' }] },
      '2026-06-01T00:00:00.000Z',
    ],
  ])('ends with %s', (_, given, at) => {
    expect(expiry(criterion(), contextOf(given))).toBe(at)
    expect(came(given, { now: new Date(Date.parse(at) - 1).toISOString() }).outcome).toBe('met')
    expect(came(given, { now: at }).outcome).toBe('unmet')
  })

  test('two are undecided, none is missing', () => {
    const records = [RECORD, { ...RECORD, source: aSource({ path: 'second.json' }) }]

    expect(came({}, { evidence: [anEvidence({ records })] })).toMatchObject({ code: 'several_records' })
    expect(came({}, { evidence: [] })).toMatchObject({ code: 'no_record', record: 'bom' })
  })

  test('what is wanting can be accepted; what contradicts the release, and what is not known, can’t', () => {
    const kindOf = (given: Partial<BomRecord>) => acceptable(came(given)).kind

    expect(kindOf({ placeholders: [{ at: '/a', found: 'string' }] })).toBe('acceptable')
    expect(kindOf(parts({ ...MODEL, digests: [OTHER ?? ''] }, BELOW))).toBe('not')
    expect(kindOf(parts(MODEL, { ...BELOW, digests: [OTHER ?? ''] }))).toBe('not')
    expect(kindOf(parts(MODEL))).toBe('not')
    expect(kindOf({ unresolved: Array.from({ length: 21 }, (_, at) => `r${at}`) })).toBe('not')
  })
})

describe('a base that must be pinned', () => {
  const pinned = Criterion.parse({
    ...{ id: 'l', control: 'base-model-provenance', check: 'lineage', of: ['pinned'] },
  })
  const lineage = (given: Partial<BomRecord>) => answer(pinned, contextOf(given))

  test.each<readonly [string, Partial<BomRecord>]>([
    ['as the bill has it', {}],
    ['that the bill does not name', parts(MODEL)],
    ['of a model with its name', parts({ ...MODEL, names: ['small-7b'], versions: [ELSE] }, BELOW)],
  ])('%s holds', (_, given) => {
    expect(lineage(given)).toMatchObject({ code: 'lineage_holds', outcome: 'met' })
  })

  test.each<readonly [string, Partial<BomPart>, object]>([
    ['bytes', { digests: [OTHER ?? ''] }, { of: 'digest', found: OTHER, declared: BASE }],
    ['commit', { versions: [ELSE] }, { of: 'version', found: ELSE, declared: COMMIT }],
  ])('is another one where the bill has another %s, which nobody can accept', (_, change, expected) => {
    const found = lineage(parts(MODEL, { ...BELOW, ...change }))

    expect(found).toMatchObject({
      ...{ code: 'lineage_lacks', outcome: 'unmet' },
      lacking: [{ what: 'bom', base: 'acme-lab/small-7b', path: 'bom.json', ...expected }],
    })
    expect(acceptable(found).kind).toBe('not')
  })
})

function without({ licences: _, ...part }: BomPart): BomPart {
  return part
}
