import { describe, expect, test } from 'vitest'
import type { OscalRecord } from '../../src/core/foreign-record.ts'
import type { Approach } from '../../src/core/profile.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import type { WrittenRecord } from '../../src/core/written-record.ts'
import { recordsDisagree } from '../../src/criteria/records-disagree.ts'
import { anId, aSource } from '../support/build.ts'
import { anEvidence } from '../support/facts.ts'

const BASE = { name: 'acme-lab/Small-7B.v2', revision: anId('b'), digests: [] }

function record(given: Partial<WrittenRecord>, path = 'r.yml'): WrittenRecord {
  return {
    ...{ kind: 'written', record: 'inherited-data', owner: 'given', fields: {}, choices: {}, days: {} },
    ...{ failing: [], conditions: [], source: aSource({ path }), ...given },
  }
}

type Told = {
  readonly records: readonly WrittenRecord[]
  readonly approaches?: readonly Approach[]
  readonly bases?: readonly (typeof BASE)[]
  readonly about?: 'candidate' | 'base'
}

function found({ records, approaches = ['open-source'], bases = [BASE], about = 'candidate' }: Told) {
  const evidence = records.map((one) =>
    anEvidence({ path: one.source.path, about, measurements: [], records: [one] }),
  )
  return recordsDisagree({ evidence, bases, approaches })
}

describe('the base that a record is about', () => {
  test.each<readonly [string, string, boolean]>([
    ['as the hub has it', `acme-lab/Small-7B.v2 at ${anId('b')}`, true],
    ['with its address', `https://hub.example/acme-lab/small-7b.v2/tree/${anId('b')}`, true],
    ['without its publisher, as people write it', 'Small 7B v2', true],
    ['with the beginning of its commit', `Small 7B v2, ${anId('b').slice(0, 12)}`, true],
    ['of another publisher', 'other-lab/Small-7B.v2', false],
    ['another one', 'acme-lab/small-13b', false],
    ['a longer name', 'XSmall 7B v2', false],
    ['another commit', `acme-lab/Small-7B.v2 at ${anId('c')}`, false],
    ['two commits', `Small 7B v2 at ${anId('b')}, before ${anId('c')}`, false],
    ['another short commit', 'acme-lab/Small-7B.v2 at 1234567', false],
    ['of letters', 'acme-lab/Small-7B.v2@deadbee', false],
    ['in brackets', 'Small 7B v2 (1234567)', false],
    ['of letters and digits, wherever it stands', 'Small 7B v2, 12ab34c', false],
    ['the beginning of its own', `Small 7B v2 at ${anId('b').slice(0, 7)}`, true],
    ['a day is no commit', 'Small 7B v2, as of 20260422', true],
    ['a word of the same letters', 'Small 7B v2, defaced', true],
  ])('%s', (_, base, isOwn) => {
    const [fault] = found({ records: [record({ named: { base } })] })

    if (isOwn) expect(fault).toBeUndefined()
    else
      expect(fault).toMatchObject({
        ...{ code: 'contradiction', path: 'r.yml', at: 'base', one: base },
        other: `acme-lab/Small-7B.v2 at ${anId('b')}`,
      })
  })

  test('what looks like a commit in its own name is none', () => {
    const bases = [{ ...BASE, name: 'acme-lab/Small-1a2b3c4' }]

    expect(found({ records: [record({ named: { base: 'Small 1a2b3c4' } })], bases })).toEqual([])
    expect(found({ records: [record({ named: { base: 'Small 1a2b3c4 at 1a2b3c5' } })], bases })).toHaveLength(
      1,
    )
  })

  test('is one of several, and none where the manifest names none', () => {
    const records = [record({ named: { base: 'other/one' } })]

    expect(found({ records, bases: [BASE, { ...BASE, name: 'other/one' }] })).toEqual([])
    expect(found({ records, bases: [] })).toEqual([])
  })
})

describe('the vendor', () => {
  const from = (field: 'vendor' | 'service', names: readonly (string | undefined)[]) =>
    names.map((name, index) => record(name === undefined ? {} : { named: { [field]: name } }, `${index}.yml`))

  test.each(['vendor', 'service'] as const)('%s is the same in every record', (field) => {
    expect(found({ records: from(field, ['Parrot Models Ltd.', undefined, 'PARROT MODELS, LTD']) })).toEqual(
      [],
    )
    expect(
      found({ records: from(field, ['Parrot Models Ltd', 'Sparrow Inc', 'Parrot Models Ltd']) }),
    ).toEqual([
      {
        path: '1.yml',
        line: 3,
        code: 'contradiction',
        at: field,
        one: 'Sparrow Inc',
        other: 'Parrot Models Ltd',
      },
    ])
  })
})

describe('the service that the manifest releases', () => {
  const AZURE = { provider: 'azure', model: 'gpt-4o' }
  const PARROT = { provider: 'parrot', model: 'parrot-large-3' }
  test.each<readonly [object, { provider: string; model: string } | undefined, string | undefined]>([
    [{ vendor: 'Parrot Models Ltd', service: 'Parrot Large 3' }, PARROT, undefined],
    [{ vendor: 'PARROT, Inc.' }, PARROT, undefined],
    [{ vendor: 'Open AI Ireland' }, { provider: 'openai', model: 'gpt-4o' }, undefined],
    [{ vendor: 'OpenAI OpCo, LLC' }, { provider: 'open-ai', model: 'gpt-4o' }, undefined],
    [{ service: 'Azure OpenAI Service' }, AZURE, undefined],
    [{ service: 'gpt-4o at our own endpoint' }, AZURE, undefined],
    [{ vendor: 'Microsoft Ireland (azure)' }, AZURE, undefined],
    [{ vendor: 'Microsoft Ireland' }, AZURE, 'vendor'],
    [{ vendor: 'Sparrow Models Ltd' }, PARROT, 'vendor'],
    // Words that every vendor has are no name.
    [{ vendor: 'Sparrow AI Models' }, { provider: 'parrot-ai-models', model: 'large' }, 'vendor'],
    [{ vendor: 'Sparrow AB' }, { provider: 'parrot ab', model: 'large' }, 'vendor'],
    [{ vendor: 'Sparrow S.r.l.' }, { provider: 'Parrot S.r.l.', model: 'large' }, 'vendor'],
    // One word of several is another party's as well.
    [{ vendor: 'Nordic Insurance AS' }, { provider: 'nordic-credit', model: 'large' }, 'vendor'],
    [{ vendor: 'General Motors' }, { provider: 'general-electric', model: 'large' }, 'vendor'],
    [{ vendor: 'Nonparrot Ltd' }, PARROT, 'vendor'],
    [{ vendor: 'ParrotAI' }, PARROT, undefined],
    [{ vendor: 'Parrot' }, { provider: 'parrot-ai', model: 'large' }, undefined],
    [{ service: 'Sparrow Large 3' }, PARROT, 'service'],
    [{ vendor: 'Sparrow Models Ltd' }, undefined, undefined],
  ])('%j of %j', (named, service, at) => {
    const one = record({ named })
    const evidence = [anEvidence({ path: 'r.yml', measurements: [], records: [one] })]
    const faults = recordsDisagree({ evidence, bases: [], approaches: ['buy'], ...(service && { service }) })

    expect(faults).toMatchObject(
      at === undefined ? [] : [{ code: 'record_of_other_service', path: 'r.yml', line: 3, at }],
    )
    expect(faults).toHaveLength(at === undefined ? 0 : 1)
  })
})

describe('results of an assessment', () => {
  const SERVICE = { provider: 'parrot', model: 'big-3' }
  const results = (vendors: readonly string[], systems: readonly string[]): OscalRecord => ({
    ...{ kind: 'oscal', date: '2026-01-12', assessors: ['Hale'], reviewed: [], all: true, not: [] },
    ...{ findings: [], risks: [], assessed: { vendors, systems }, source: aSource({ path: 'ar.json' }) },
  })
  const disagree = (records: readonly EvidenceRecord[], service: typeof SERVICE | undefined) =>
    recordsDisagree({
      evidence: [anEvidence({ measurements: [], records })],
      ...{ bases: [], approaches: ['buy'], ...(service && { service }) },
    })

  test.each<readonly [readonly string[], readonly string[], readonly string[]]>([
    [[], [], []],
    [['Parrot Models Ltd'], ['Big 3'], []],
    [['Halden Municipality', 'Parrot Models Ltd'], ['a helper', 'Parrot Large 3'], []],
    [[], ['The Parrot platform'], []],
    [['Sparrow Ltd'], [], ['vendor']],
    [[], ['Sparrow Large'], ['service']],
    [['Sparrow Ltd', 'Zeta'], ['Sparrow Large'], ['vendor', 'service']],
  ])('of %j and %j', (vendors, systems, at) => {
    const faults = disagree([results(vendors, systems)], SERVICE)
    expect(faults).toMatchObject(
      at.map((one) => ({ code: 'record_of_other_service', path: 'ar.json', at: one, by: 'oscal' })),
    )
    expect(faults).toHaveLength(at.length)
  })

  test('are held to the vendor that records name, where no service is released', () => {
    const assessed = record({ named: { vendor: 'Parrot' } })

    expect(disagree([results(['Parrot Ltd'], []), assessed], undefined)).toEqual([])
    expect(disagree([results(['Sparrow Ltd'], ['x'])], undefined)).toEqual([])
    expect(disagree([results(['Sparrow Ltd'], ['x']), assessed], undefined)).toMatchObject([
      { code: 'contradiction', path: 'ar.json', at: 'vendor', one: 'Sparrow Ltd', other: 'Parrot' },
    ])
  })
})

test.each<readonly [Approach | undefined, readonly Approach[], boolean]>([
  ['buy', ['buy'], true],
  ['buy', ['build', 'buy'], true],
  ['build', ['buy'], false],
  [undefined, ['buy'], true],
  ['build', [], true],
])('a decision to %s, where the criteria say %j', (approach, approaches, isHeld) => {
  const choices = approach === undefined ? {} : { approach }
  const faults = found({ records: [record({ record: 'sourcing-decision', choices })], approaches })

  expect(faults).toMatchObject(isHeld ? [] : [{ at: 'approach', one: approach, other: approaches[0] }])
})

test('what is about the base is no record of the candidate', () => {
  expect(found({ records: [record({ named: { base: 'other/one' } })], about: 'base' })).toEqual([])
})
