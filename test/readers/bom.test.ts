import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import type { BomRecord } from '../../src/core/bom.ts'
import { BOM_VERSIONS, bomSchemas } from '../../src/schemas/cyclonedx.ts'
import { faults, lines, readFixture, readText } from './read.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)
const FIXTURES = new URL('../../fixtures/readers/cyclonedx/', import.meta.url)
const SHA256 = `sha256:${'1a2b3c4d'.repeat(8)}`

function bomIn(records: readonly unknown[]): BomRecord {
  const [record] = records
  if (typeof record !== 'object' || record === null || !('kind' in record)) throw new Error('no record')
  expect(record.kind).toBe('bom')
  return record as BomRecord // its kind was looked at
}
const read = (path: string) => bomIn(readFixture(path).records)
const readBom = (bom: object) =>
  readText(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', ...bom }), 'bom.json').reading
const readGraph = (graph: readonly object[]) =>
  readText(
    JSON.stringify({
      '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
      '@graph': [{ type: 'SpdxDocument', spdxId: 'd', profileConformance: ['ai', 'dataset'] }, ...graph],
    }),
    'bom.json',
  ).reading

describe('CycloneDX', () => {
  test('names models, what they were made from, their files and data', () => {
    const { source, ...bom } = read('cyclonedx/released.json')

    expect(source).toMatchObject({ path: 'cyclonedx/released.json', format: 'cyclonedx', pointer: '' })
    expect(bom).toEqual({
      ...{ kind: 'bom', standard: 'CycloneDX', spec: '1.6', version: 2 },
      serial: 'urn:uuid:6f1f2c0a-2c35-4d1a-9a3e-0c7b1f6f1d52',
      // In UTC it is the next day.
      date: '2026-02-11',
      parts: [
        {
          ...{ kind: 'model', names: ['acme/letters', 'letters'], versions: ['1.0.0'], base: false },
          digests: [SHA256, 'md5:0f1e2d3c4b5a69788796a5b4c3d2e1f0'].toSorted(),
          licences: ['Apache-2.0 OR MIT'],
        },
        { kind: 'data', names: ['letters-2026'], versions: [], digests: [], base: false },
        {
          ...{ kind: 'file', names: ['tokenizer.json'], versions: [], base: false },
          digests: [expect.stringMatching(/^sha512:5566[0-9a-f]{123}a$/)],
        },
        {
          ...{ kind: 'model', names: ['small-7b', 'acme-lab/small-7b'], digests: [], base: true },
          ...{ versions: ['1B2c1b2c1b2c1b2c1b2c1b2c1b2c1b2c1b2c1b2c'], licences: ['Apache-2.0'] },
        },
        {
          ...{ kind: 'model', names: ['encoder'], versions: ['3'], digests: [], base: true },
          licences: ['llama3.1'],
        },
        {
          ...{ kind: 'data', names: ['letters-2025'], versions: [], digests: [], base: false },
          licences: ['CC-BY-4.0'],
        },
      ],
      ...{ unresolved: [], placeholders: [], lacking: [], evidence: [], counterClaims: [] },
    })
  })

  const one = (id: string, acknowledgement?: string) => ({ license: { id, acknowledgement } })
  test.each([
    ['declared alone', [one('MIT', 'declared')], { licences: ['MIT'] }],
    ['concluded alone', [one('MIT', 'concluded')], { licences: ['MIT'] }],
    ['by nobody in particular', [one('MIT'), one('Apache-2.0')], { licences: ['MIT', 'Apache-2.0'] }],
    [
      'concluded otherwise than declared',
      [one('MIT', 'declared'), one('GPL-3.0-only', 'concluded')],
      { licences: ['GPL-3.0-only'], declared: ['MIT'] },
    ],
    ['concluded as declared', [one('MIT'), one('MIT', 'concluded')], { licences: ['MIT'] }],
    [
      'concluded as an expression',
      [{ expression: 'MIT OR Apache-2.0', acknowledgement: 'concluded' }],
      { licences: ['MIT OR Apache-2.0'] },
    ],
    [
      'concluded as nothing',
      [one('MIT', 'declared'), { license: { name: 'NOASSERTION', acknowledgement: 'concluded' } }],
      { licences: ['MIT'] },
    ],
  ])('a licence %s', (_, licenses, expected) => {
    const model = { type: 'machine-learning-model', name: 'm', licenses }
    const { parts } = bomIn(readBom({ components: [model] }).records)
    expect(parts).toEqual([
      { kind: 'model', names: ['m'], versions: [], digests: [], base: false, ...expected },
    ])
  })

  test('measures what is a number, of the model and of no base', () => {
    const label = `model_sha256=${SHA256.slice('sha256:'.length)}`

    expect(lines('cyclonedx/released.json')).toEqual([
      `accuracy=0.94 unknown ${label}`,
      `recall=0.91 unknown slice=language: fr ${label}`,
    ])
  })

  test('what nobody filled in is a placeholder, by its place', () => {
    const bom = read('cyclonedx/unfilled.json')
    const card = '/components/0/modelCard'

    expect(bom.placeholders).toEqual([
      { at: '/components/0/name', found: 'string' },
      { at: `${card}/modelParameters/task`, found: 'the task goes here' },
      { at: `${card}/modelParameters/modelArchitecture`, found: 'TODO' },
      { at: `${card}/considerations/useCases/0`, found: 'What are the intended use cases of the model?' },
      { at: '/components/0/hashes', found: '0'.repeat(32) },
      {
        at: `${card}/quantitativeAnalysis/performanceMetrics/0/value`,
        found: 'to be measured later on',
      },
    ])
    expect(bom.unresolved).toEqual(['nowhere', 'urn:cdx:6f1f2c0a-2c35-4d1a-9a3e-0c7b1f6f1d52/1#data'])
    expect(bom.lacking.map(({ field }) => field)).toEqual(['serialNumber', 'version', 'metadata.timestamp'])
    expect(readFixture('cyclonedx/unfilled.json').problems).toEqual([])
  })

  test('evidence ends, claims against it are answered or not, references lead somewhere or not', () => {
    expect(read('cyclonedx/attested.json')).toMatchObject({
      evidence: [{ what: 'split', expires: '2026-05-31T22:00:00.000Z' }],
      counterClaims: ['copied', 'clipping'],
      unresolved: ['gone'],
    })
  })

  test('an answer to a claim that is nowhere is none', () => {
    const map = (mitigationStrategies: readonly string[]) => ({
      counterClaims: ['c'],
      conformance: { mitigationStrategies },
    })
    const declarations = {
      attestations: [{ map: [map(['e']), { ...map(['e', 'gone']), counterClaims: ['d'] }] }],
      claims: [{ 'bom-ref': 'c' }, { 'bom-ref': 'd' }],
      evidence: [{ 'bom-ref': 'e' }],
    }

    expect(bomIn(readBom({ declarations }).records)).toMatchObject({
      counterClaims: ['d'],
      unresolved: ['gone'],
    })
  })

  test.each<readonly [string, object, readonly object[]]>([
    [
      'of alternatives the innermost',
      { components: [{ type: 'data', name: 'd', licenses: [{ license: { id: 'MIT', url: 7 } }] }] },
      [{ code: 'malformed', at: '/components/0/licenses/0/license/url', wanted: 'a value of type string' }],
    ],
    [
      'a version that has no models',
      { specVersion: '1.4' },
      [{ code: 'malformed', at: '/specVersion', wanted: 'one of 1.5, 1.6, 1.7', line: 1 }],
    ],
    [
      'a key that the schema does not have',
      { components: [{ type: 'data', name: 'd', colour: 'red' }] },
      [{ code: 'malformed', at: '/components/0/colour', wanted: 'no such key' }],
    ],
    [
      'a key that is missing',
      { components: [{ type: 'data' }] },
      [{ code: 'malformed', at: '/components/0', wanted: 'the key name' }],
    ],
    [
      'a digest that is an address',
      {
        components: [{ type: 'data', name: 'd', hashes: [{ alg: 'SHA-256', content: 'https://x.example' }] }],
      },
      [{ code: 'malformed', at: '/components/0/hashes/0/content' }],
    ],
    [
      'a time that is none',
      { metadata: { timestamp: 'yesterday' } },
      [{ code: 'malformed', at: '/metadata/timestamp' }],
    ],
    ['another kind of file', { components: 'none' }, [{ code: 'malformed', at: '/components' }]],
  ])('%s is a problem with its place, and no record', (_, bom, expected) => {
    const { records, problems } = readBom(bom)

    expect(problems).toMatchObject(expected)
    expect(records).toEqual([])
  })

  test('lists that are too long to be compared with themselves are a problem before they are', () => {
    const components = Array.from({ length: 8_000 }, (_, at) => ({ type: 'library', name: `n${at}` }))

    expect(readBom({ components }).problems).toMatchObject([{ code: 'too_many', limit: 5_000 }])
  })

  test('more models than a release has are a problem', () => {
    const components = Array.from({ length: 501 }, (_, at) => ({
      type: 'machine-learning-model',
      name: `${at}`,
    }))

    expect(readBom({ components })).toMatchObject({
      records: [],
      problems: [{ code: 'too_many', limit: 500 }],
    })
  })

  test('a model that depends on another one has it as its base; itself it is not', () => {
    const model = (ref: string) => ({ 'bom-ref': ref, type: 'machine-learning-model', name: ref })
    const bom = bomIn(
      readBom({
        components: [model('a'), model('b'), { 'bom-ref': 'l', type: 'library', name: 'l' }],
        dependencies: [
          { ref: 'a', dependsOn: ['a', 'b', 'gone'] },
          { ref: 'l', dependsOn: ['a', 'other'] },
        ],
      }).records,
    )

    expect(bom.parts.map(({ names, base }) => [names[0], base])).toEqual([
      ['a', false],
      ['b', true],
    ])
    expect(bom.unresolved).toEqual(['gone'])
  })

  test.each<readonly [string, string, readonly string[]]>([
    ['0.9', 'accuracy', ['accuracy=0.9 unknown']],
    ['95%', 'accuracy', ['accuracy=95 percent']],
    ['1e-3', 'loss', ['loss=0.001 unknown']],
    ['.', 'accuracy', []],
    ['0x10', 'accuracy', []],
    ['NaN', 'accuracy', []],
    ['', 'accuracy', []],
  ])('a metric of %j', (value, type, expected) => {
    const modelCard = { quantitativeAnalysis: { performanceMetrics: [{ type, value }] } }
    const { measurements } = readBom({
      components: [{ type: 'machine-learning-model', name: 'm', modelCard }],
    })

    expect(measurements.map(({ metric, value: found, unit }) => `${metric}=${found} ${unit}`)).toEqual(
      expected,
    )
  })

  test.each<readonly [string, boolean]>([
    ['string', true],
    ['lorem ipsum dolor sit amet', true],
    ['Reasoning here', true],
    ['More information needed', true],
    ['<your model>', true],
    [
      'With respect to the benefits and harms outlined, please describe any mitigation strategy implemented.',
      true,
    ],
    ['a string of letters', false],
    ['Accuracy falls for letters that were scanned badly; see the report here', false],
    ['', false],
  ])('%j as a limitation is a placeholder: %j', (text, expected) => {
    const modelCard = { considerations: { technicalLimitations: [text] } }
    const bom = bomIn(
      readBom({ components: [{ type: 'machine-learning-model', name: 'm', modelCard }] }).records,
    )

    expect(bom.placeholders.length > 0).toBe(expected)
  })
})

/** Every value of a file replaced by another one in turn, the first few hundred of them. */
function* changed(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value).slice(0, 30)) {
    const inner: unknown = Reflect.get(value, key)
    const withInner = (other: unknown) =>
      Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }
    for (const other of ['', 7, [], {}, [inner, inner]]) yield withInner(other)
    for (const other of changed(inner)) yield withInner(other)
  }
}

type Oracle = { readonly validate: (text: string) => Promise<unknown> }

describe('the schema', () => {
  const load = createRequire(import.meta.url)
  const { Validation, Spec } = load('@cyclonedx/cyclonedx-library')
  const schemas = bomSchemas()
  const files = [
    ...readdirSync(FIXTURES).map((name) => new URL(name, FIXTURES)),
    ...['valid-machine-learning-1.5', 'valid-machine-learning-1.6', 'valid-attestation-1.6']
      .map((name) => new URL(`cyclonedx-mlbom/${name}.json`, SAMPLES))
      .filter((url) => existsSync(url)),
  ]

  test.each(files.map((url) => [url.pathname.split('/').at(-1) ?? '', url] as const))(
    'finds %s valid, and each change of it as its own library does',
    async (_, url) => {
      const bom = JSON.parse(readFileSync(url, 'utf8'))
      const version = BOM_VERSIONS.find((one) => one === bom.specVersion) ?? '1.7'
      const library: Oracle = new Validation.JsonStrictValidator(
        Spec.Version[`v${version.replace('.', 'dot')}`],
      )

      expect(schemas.fault(bom, version)).toBeUndefined()
      expect(await library.validate(JSON.stringify(bom))).toBeNull()
      for (const other of changed(bom).take(400)) {
        const ours = schemas.fault(other, version) === undefined
        expect(ours, JSON.stringify(other).slice(0, 3000)).toBe(
          (await library.validate(JSON.stringify(other))) === null,
        )
      }
    },
  )
})

describe('SPDX 3', () => {
  test('names packages, files and licences by their relationships, and what its profiles lack', () => {
    const bom = read('spdx3/released.spdx3.json')

    expect(bom).toMatchObject({
      standard: 'SPDX',
      spec: '3.0.1',
      serial: 'urn:acme:document',
      date: '2026-02-10',
    })
    expect(bom.parts).toEqual([
      {
        ...{ kind: 'model', names: ['letters'], versions: ['1.0.0'], digests: [], base: false },
        licences: ['Apache-2.0 OR MIT'],
      },
      {
        ...{ kind: 'model', names: ['acme-lab/small-7b'], digests: [], base: true },
        ...{ versions: ['1b2c'.repeat(10)], licences: ['Apache-2.0'] },
      },
      { kind: 'file', names: ['model.safetensors'], versions: [], digests: [SHA256], base: false },
      { kind: 'data', names: ['letters-2025'], versions: [], digests: [], licences: [], base: false },
    ])
    expect(bom.unresolved).toEqual(['urn:acme:letters-2026'])
    expect(bom.lacking).toEqual([{ of: 'acme-lab/small-7b', field: 'software_downloadLocation' }])
    expect(bom.placeholders.map(({ found }) => found)).toEqual(['n/a', 'NOASSERTION'])
    expect(lines('spdx3/released.spdx3.json')).toEqual(['f1=0.9 unknown'])
  })

  test('what it was tested on it may not have been trained on: not in a folder, nor by the same bytes', () => {
    expect(faults('spdx3/overlapping.json')).toEqual([
      '15 trained_and_tested exam.csv',
      '8 trained_and_tested test.csv',
    ])
    expect(read('spdx3/overlapping.json').placeholders).toEqual([
      { at: '/@graph/6/verifiedUsing', found: 'see the website' },
    ])
  })

  test('each field that a profile asks for at the least is named', () => {
    const { records } = readGraph([
      { type: 'ai_AIPackage', spdxId: 'm', name: 'm', suppliedBy: '', releaseTime: '2026-01-01T00:00:00Z' },
      { type: 'dataset_DatasetPackage', spdxId: 'd', name: 'd', dataset_datasetType: [] },
    ])

    expect(bomIn(records).lacking.map(({ of, field }) => `${of} ${field}`)).toEqual([
      'the document created',
      ...[
        'suppliedBy',
        'software_downloadLocation',
        'software_packageVersion',
        'software_primaryPurpose',
      ].map((field) => `m ${field}`),
      ...[
        'builtTime',
        'originatedBy',
        'releaseTime',
        'software_downloadLocation',
        'software_primaryPurpose',
      ].map((field) => `d ${field}`),
      'd dataset_datasetType',
    ])
  })

  test.each<readonly [string, object]>([
    ['ancestorOf', { from: 'b', relationshipType: 'ancestorOf', to: ['a'] }],
    ['descendantOf', { from: 'a', relationshipType: 'descendantOf', to: ['b'] }],
    ['dependsOn', { from: 'a', relationshipType: 'dependsOn', to: ['b'] }],
  ])('%s makes one model the base of another', (_, relation) => {
    const model = (id: string) => ({ type: 'ai_AIPackage', spdxId: id, name: id })
    const { records } = readGraph([model('a'), model('b'), { type: 'Relationship', ...relation }])

    expect(bomIn(records).parts.map(({ names, base }) => [names[0], base])).toEqual([
      ['a', false],
      ['b', true],
    ])
  })

  test.each([
    ['MIT', 'GPL-3.0-only', { licences: ['GPL-3.0-only'], declared: ['MIT'] }],
    ['MIT', 'MIT', { licences: ['MIT'] }],
  ])('declared as %s and concluded as %s', (declared, concluded, expected) => {
    const related = (type: string, to: string) => ({
      ...{ type: 'Relationship', from: 'm', relationshipType: type, to: [to] },
    })
    const { records } = readGraph([
      { type: 'ai_AIPackage', spdxId: 'm', name: 'm' },
      related('hasDeclaredLicense', `https://spdx.org/licenses/${declared}`),
      related('hasConcludedLicense', `https://spdx.org/licenses/${concluded}`),
    ])
    expect(bomIn(records).parts).toEqual([
      { kind: 'model', names: ['m'], versions: [], digests: [], base: false, ...expected },
    ])
  })

  test.each([
    'https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense',
    'expandedlicensing_NoAssertionLicense',
  ])('concluded as nothing by %s, the declared one holds', (nothing) => {
    const { records } = readGraph([
      { type: 'ai_AIPackage', spdxId: 'm', name: 'm' },
      ...[
        { relationshipType: 'hasDeclaredLicense', to: ['https://spdx.org/licenses/MIT'] },
        { relationshipType: 'hasConcludedLicense', to: [nothing] },
      ].map((one) => ({ type: 'Relationship', from: 'm', ...one })),
    ])
    expect(bomIn(records).parts).toMatchObject([{ licences: ['MIT'] }])
  })

  test('whatever its values are replaced by, it is read or a problem', () => {
    const whole = JSON.parse(readFileSync(new URL('../spdx3/released.spdx3.json', FIXTURES), 'utf8'))

    for (const other of changed(whole)) {
      const { reading } = readText(JSON.stringify(other), 'bom.json')
      // Without its context it is any other file.
      const { records, problems, measurements } = reading
      expect(records.length + problems.length + measurements.length).toBeGreaterThan(0)
    }
  })

  test.each([
    ['software_File', 5_000],
    ['ai_AIPackage', 500],
    ['software_Package', 50_000],
  ])('more of %s than %i are a problem', (type, limit) => {
    const all = Array.from({ length: limit + 1 }, (_, at) => ({ type, spdxId: `f${at}` }))

    expect(readGraph(all)).toMatchObject({ records: [], problems: [{ code: 'too_many', limit }] })
  })

  test('a file without a document, or without a graph, is a problem', () => {
    const context = { '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld' }
    const problemsOf = (value: object) => readText(JSON.stringify(value), 'bom.json').reading.problems

    expect(problemsOf(context)).toMatchObject([{ code: 'malformed', at: '/@graph' }])
    expect(problemsOf({ ...context, '@graph': [] })).toMatchObject([
      { code: 'malformed', wanted: 'an SpdxDocument' },
    ])
  })

  const SAMPLE = new URL('spdx3-ai/ai-example02-sentiment.spdx3.json', SAMPLES)
  test.skipIf(!existsSync(SAMPLE))(
    'the example by its makers lacks what its own model asks, and every hash',
    () => {
      const { reading } = readText(readFileSync(SAMPLE, 'utf8'), 'bom.json')
      const bom = bomIn(reading.records)

      expect(reading.problems).toEqual([])
      expect(bom.lacking.filter(({ of }) => of.startsWith('Sentiment')).map(({ field }) => field)).toEqual([
        ...['releaseTime', 'suppliedBy', 'software_packageVersion'],
      ])
      expect(bom.parts.flatMap(({ digests }) => digests)).toEqual([])
      expect(bom.unresolved).toEqual([])
    },
  )
})
