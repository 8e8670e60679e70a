import { describe, expect, test } from 'vitest'
import type { Approach } from '../../src/core/profile.ts'
import type { EvidenceRecord } from '../../src/core/record.ts'
import type { WrittenRecord } from '../../src/core/written-record.ts'
import { servingRelease } from '../../src/criteria/floor-records.ts'
import { evaluate } from '../../src/evaluate.ts'
import { renderMarkdown } from '../../src/render/check-run.ts'
import { withRecords } from '../../src/sources/floor.ts'
import { anId, aSource } from '../support/build.ts'
import {
  ACCURACY,
  aCriteriaFile,
  anEvidence,
  asking,
  MANIFEST,
  modelFacts,
  someFacts,
} from '../support/facts.ts'
import { aFloor, parsedFloor } from '../support/floor.ts'
import { aRecordText, aWrittenRecord } from '../support/records.ts'

type Given = Partial<WrittenRecord>

const SERVICE = { provider: 'parrot', model: 'parrot-large-3', snapshot: '2026-01-01', region: 'eu' }
const BASES = [
  { name: 'acme-lab/small-7b', revision: anId('b') },
  { name: 'zeta-lab/other-7b', revision: anId('c') },
]

const vendor = (name: string | undefined, given: Given = {}): Given => ({
  record: 'contract-provisions',
  ...(name !== undefined && { named: { vendor: name } }),
  ...given,
})
const base = (name: string | undefined, given: Given = {}): Given => ({
  record: 'inherited-data',
  ...(name !== undefined && { named: { base: name } }),
  ...given,
})
const file = (given: Given, path: string) =>
  anEvidence({
    path,
    measurements: [],
    records: [aWrittenRecord({}, { ...given, source: aSource({ path }) })],
  })

type Told = {
  readonly beside: readonly Given[]
  readonly own?: readonly Given[]
  readonly manifest?: object
  readonly approaches?: readonly Approach[]
}

/** The numbers of the records that serve, and what the others are about. */
function found({ beside, own = [], manifest = {}, approaches = ['buy'] }: Told) {
  const { serving, aside } = servingRelease(
    beside.map((one, index) => file(one, `${index}`)),
    own.map((one, index) => file(one, `own ${index}`)),
    { model: 'credit-risk', approaches, manifest: { ...MANIFEST, ...manifest } },
  )
  return [serving.map(({ path }) => path).join(' '), aside.map((one) => `${one.path} ${one.at} ${one.found}`)]
}

describe('a record about a vendor', () => {
  const manifest = { service: SERVICE }

  test.each<readonly [string, readonly Given[], string, readonly string[]]>([
    ['of the service', [vendor('Parrot Ltd')], '0', []],
    ['of another', [vendor('Sparrow Ltd')], '', ['0 vendor Sparrow Ltd']],
    ['of two vendors', [vendor('Sparrow Ltd'), vendor('Parrot Ltd')], '1', ['0 vendor Sparrow Ltd']],
    ['two of the vendor', [vendor('Parrot Ltd'), vendor('Parrot')], '0 1', []],
    ['that names nobody', [vendor(undefined)], '', ['0 vendor undefined']],
    [
      'of another service of the vendor',
      [vendor(undefined, { record: 'certificate', named: { vendor: 'Parrot Ltd', service: 'Sparrow 2' } })],
      ...(['', ['0 service Sparrow 2']] as const),
    ],
    // It says of this very model what can't be: what all models have does not stand in for it.
    [
      'of another, that names the model',
      [vendor('Sparrow Ltd', { model: 'credit-risk' }), vendor('Parrot Ltd')],
      ...(['', ['0 vendor Sparrow Ltd']] as const),
    ],
  ])('%s', (_, beside, serving, aside) => {
    expect(found({ beside, manifest })).toEqual([serving, aside])
  })

  test.each<readonly [string, Omit<Told, 'manifest'>, string, readonly string[]]>([
    ['serves where nothing else is said', { beside: [vendor('Sparrow Ltd')] }, '0', []],
    [
      'serves nobody beside one of another vendor',
      { beside: [vendor('Sparrow Ltd'), vendor('Parrot Ltd', { record: 'vendor-monitoring' })] },
      ...(['', ['0 vendor Sparrow Ltd', '1 vendor Parrot Ltd']] as const),
    ],
    [
      'serves where the repository has that vendor',
      {
        beside: [vendor('Sparrow Ltd'), vendor('Parrot Ltd')],
        own: [vendor('Parrot', { record: 'vendor-monitoring' })],
      },
      ...(['1', ['0 vendor Sparrow Ltd']] as const),
    ],
    [
      'serves the model that another of the vendor names',
      {
        beside: [
          vendor('Sparrow Ltd'),
          vendor('Parrot Ltd'),
          vendor('Parrot', { record: 'vendor-monitoring', model: 'credit-risk' }),
        ],
      },
      ...(['1 2', ['0 vendor Sparrow Ltd']] as const),
    ],
  ])('%s, where the manifest has no service', (_, told, serving, aside) => {
    expect(found(told)).toEqual([serving, aside])
  })

  test('may be the answers to a questionnaire', () => {
    const answers = { answers: 1, no: 0, na: 0, open: [], source: aSource() }
    const record = { kind: 'caiq', vendor: 'Sparrow Ltd', ...answers } as const
    const shared = [anEvidence({ measurements: [], records: [record] })]
    const about = (service: typeof SERVICE) => ({
      ...{ model: 'credit-risk', approaches: [], manifest: { ...MANIFEST, service } },
    })

    expect(servingRelease(shared, [], about(SERVICE)).aside).toMatchObject([
      { record: 'caiq', found: 'Sparrow Ltd', wanted: ['parrot'] },
    ])
    expect(servingRelease(shared, [], about({ ...SERVICE, provider: 'sparrow' })).aside).toEqual([])
  })
})

test('results of an assessment serve whom they say that they assess, and all where they name nobody', () => {
  const results = (vendors: readonly string[], systems: readonly string[] = []): EvidenceRecord => ({
    ...{ kind: 'oscal', date: '2026-01-12', assessors: ['Hale'], reviewed: [], all: true, not: [] },
    ...{ findings: [], risks: [], source: aSource(), assessed: { vendors, systems } },
  })
  const aside = (record: EvidenceRecord, own: readonly EvidenceRecord[] = [], service = true) =>
    servingRelease(
      [anEvidence({ measurements: [], records: [record] })],
      [anEvidence({ measurements: [], records: own })],
      {
        model: 'credit-risk',
        approaches: [],
        manifest: service ? { ...MANIFEST, service: SERVICE } : MANIFEST,
      },
    ).aside
  const named: EvidenceRecord = {
    kind: 'caiq',
    vendor: 'Parrot',
    answers: 1,
    no: 0,
    na: 0,
    open: [],
    source: aSource(),
  }

  expect(aside(results([]))).toEqual([])
  expect(aside(results(['Parrot Ltd'], ['parrot-large']))).toEqual([])
  expect(aside(results(['Sparrow Ltd']))).toMatchObject([
    { record: 'oscal', at: 'vendor', found: 'Sparrow Ltd', wanted: ['parrot'] },
  ])
  expect(aside(results([], ['sparrow']))).toMatchObject([
    { record: 'oscal', at: 'service', found: 'sparrow' },
  ])
  expect(aside(results(['Sparrow Ltd']), [], false)).toEqual([])
  expect(aside(results(['Sparrow Ltd']), [named], false)).toMatchObject([
    { record: 'oscal', at: 'vendor', found: 'Sparrow Ltd', wanted: ['Parrot'] },
  ])
})

describe('a record about a base', () => {
  const manifest = { base_models: BASES }
  const [A, B] = ['acme-lab/small-7b', 'zeta-lab/other-7b']

  test.each<readonly [string, Omit<Told, 'manifest'>, string, readonly string[]]>([
    ['of the manifest', { beside: [base(A)] }, '0', []],
    ['of another', { beside: [base('acme-lab/huge-70b')] }, '', ['0 base acme-lab/huge-70b']],
    ['at another commit', { beside: [base(`${A} at ${anId('d')}`)] }, '', [`0 base ${A} at ${anId('d')}`]],
    ['that names none', { beside: [base(undefined)] }, '', ['0 base undefined']],
    ['of each', { beside: [base(A), base(B)] }, '0 1', []],
    ['gives way to one of its own of that base', { beside: [base(A)], own: [base(A)] }, '', []],
    ['stands beside one of its own of the other', { beside: [base(A), base(B)], own: [base(A)] }, '1', []],
    [
      'gives way to one that names the model, of that base alone',
      { beside: [base(A, { model: 'credit-risk' }), base(A), base(B)] },
      ...(['0 2', []] as const),
    ],
    [
      'gives way to one that names the model, of another base',
      { beside: [base('acme-lab/huge-70b', { model: 'credit-risk' }), base(A)] },
      ...(['', ['0 base acme-lab/huge-70b']] as const),
    ],
  ])('%s', (_, told, serving, aside) => {
    expect(found({ ...told, manifest })).toEqual([serving, aside])
  })

  test('serves nobody who names no base', () => {
    expect(found({ beside: [base(A)] })).toEqual(['', [`0 base ${A}`]])
  })
})

test.each<readonly [Approach | undefined, readonly Approach[], boolean]>([
  ['buy', ['buy'], true],
  ['build', ['buy'], false],
  ['build', ['build', 'buy'], true],
  [undefined, ['buy'], false],
  ['build', [], true],
])('a decision to %s, where the criteria say %j', (approach, approaches, serves) => {
  const choices: WrittenRecord['choices'] = approach === undefined ? {} : { approach }
  const [serving] = found({ beside: [{ record: 'sourcing-decision', choices }], approaches })

  expect(serving).toBe(serves ? '0' : '')
})

test('what is about no vendor, base or approach serves all', () => {
  expect(found({ beside: [{}], manifest: { service: SERVICE, base_models: BASES } })).toEqual(['0', []])
})

describe('a criterion', () => {
  const asks =
    '{ id: contract, control: contract-provisions, check: record, record: contract-provisions, max_age: 999 days }'
  const asked = aCriteriaFile([ACCURACY, asks])
  const criteria = { ...asking([ACCURACY]), registered: asked, today: asked }
  const manifest = { path: 'models/credit-risk/release.yml', sha: anId('d') }

  const judged = (...vendors: readonly string[]) =>
    judgedBeside(...vendors.map((vendor) => aRecordText('contract-provisions', { vendor })))

  function judgedBeside(...texts: readonly string[]) {
    const floor = {
      ...aFloor('enforcement: enforce'),
      ...withRecords(
        parsedFloor('gonogo: 1\nenforcement: enforce'),
        texts.map((text, index) => ({
          ...{ path: `.gonogo/records/${index}.yml`, sha: 'a' },
          written: { text },
        })),
        'acme/.github:',
      ),
    }
    const model = modelFacts({
      ...{ criteria, manifest: { ...manifest, value: { ...MANIFEST, service: SERVICE } } },
    })
    const verdict = evaluate(someFacts([model], { floor }))
    const answer = verdict.models[0]?.findings.find(({ criterion }) => criterion === 'contract')?.answer
    return { answer, text: renderMarkdown(verdict), verdict }
  }

  describe('beside one that can not be read', () => {
    const misspelt = `${aRecordText('contract-provisions', { vendor: 'Sparrow Ltd' })}\nvendr: Sparrow\n`
    const zeta = '.gonogo/records/0.yml'

    test('is met by that of its vendor, and the other is a problem that keeps it from go', () => {
      const { answer, verdict, text } = judgedBeside(
        misspelt,
        aRecordText('contract-provisions', { vendor: 'Parrot' }),
      )

      expect(answer).toMatchObject({ code: 'record_holds', path: 'acme/.github:.gonogo/records/1.yml' })
      expect(verdict.models[0]?.decision).toBe('undecided')
      expect(text).toContain(
        `the record beside the organisation's floor \`${zeta}\` in \`acme/.github\` has 1 problem`,
      )
      expect(verdict.models[0]?.problems).toContainEqual(
        expect.objectContaining({ code: 'floor_faulty', file: zeta }),
      )
    })

    test('is undecided without another, and names the one to correct', () => {
      const { answer, text } = judgedBeside(misspelt)

      expect(answer).toMatchObject({ code: 'no_record', unreadable: [`acme/.github:${zeta}`] })
      expect(text).toContain('has no `contract-provisions` record that could be read')
      expect(text).toContain(`correct \`acme/.github:${zeta}\``)
    })

    test('of one that was read and is of another vendor nothing is to be corrected', () => {
      expect(judged('Sparrow Ltd').answer).not.toHaveProperty('unreadable')
    })
  })

  test('is met by the record of its vendor, whatever others are beside it', () => {
    expect(judged('Sparrow Ltd', 'Parrot Ltd').answer).toMatchObject({
      ...{ code: 'record_holds', path: 'acme/.github:.gonogo/records/1.yml' },
    })
  })

  test('is undecided without one, and says whom the others are about', () => {
    const { answer, text } = judged('Sparrow Ltd')

    expect(answer).toMatchObject({ code: 'no_record', outcome: 'undecided' })
    expect(text).toContain('is about the vendor `Sparrow Ltd`, and not about `parrot`')
    expect(text).toContain('put it beside the floor')
  })

  test('is undecided beside two, and says where to keep one', () => {
    const { answer, text } = judged('Parrot Ltd', 'Parrot Inc')

    expect(answer).toMatchObject({ code: 'several_records' })
    expect(text).toContain('keep the one that holds beside the floor, name this model as `model:` in it')
  })
})
