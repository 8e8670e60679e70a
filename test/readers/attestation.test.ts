import { expect, test } from 'vitest'
import { provenance } from '../support/sigstore.ts'
import { faults, readFixture, readText } from './read.ts'

const kinds = (text: string, path: string) =>
  readText(text, path).reading.records.map((record) =>
    record.kind === 'attestation' ? `${record.says.predicate} ${record.shown.state}` : record.kind,
  )

test('one in a file, or one a line, each with its place', () => {
  const { records, problems } = readFixture('attestation/several.jsonl')

  expect(problems).toEqual([])
  expect(records).toMatchObject([
    { says: { predicate: 'test-result', passed: ['accuracy'] }, source: { line: 1 } },
    { says: { predicate: 'other' }, source: { line: 2 } },
    { says: { predicate: 'provenance' }, source: { line: 3 } },
  ])
})

test('a bundle that is broken is a problem, and still a record', () => {
  expect(faults('attestation/broken.json')).toEqual([
    '1 attestation_invalid malformed https://slsa.dev/provenance/v1',
  ])
  expect(readFixture('attestation/broken.json').records).toHaveLength(1)
})

test('a moment has as many decimals as its verifier likes', () => {
  expect(readFixture('attestation/envelope.json').records).toMatchObject([
    { says: { predicate: 'vsa', at: '2026-01-01T00:00:00.123Z', levels: ['SLSA_BUILD_LEVEL_2'] } },
  ])
})

test.each([
  ['in a file', 'a.json', ''],
  ['in a line', 'a.jsonl', ''],
])('a key that stands twice %s is a problem', (_, path) => {
  const text = JSON.stringify(provenance()).replace('{', '{"_type":"https://in-toto.io/Statement/v1",')
  const { reading } = readText(text, path)

  expect(reading.problems).toMatchObject([{ code: 'duplicate_key', key: '_type' }])
})

test('the envelopes that Google Cloud Build lists, each with its place', () => {
  const listed = (given: unknown) => ({
    image_summary: { slsa_build_level: 3 },
    provenance_summary: { provenance: [{ envelope: given, kind: 'BUILD' }, { envelope: given }] },
  })
  const payload = Buffer.from(JSON.stringify(provenance())).toString('base64')
  const signatures = [{ keyid: 'projects/verified-builder/x', sig: 'MEUC' }]
  const envelope = { payloadType: 'application/vnd.in-toto+json', payload, signatures }
  const { format, reading } = readText(JSON.stringify(listed(envelope)), 'gcb.json')

  expect(format).toBe('attestation')
  expect(reading).toMatchObject({ measurements: [], problems: [] })
  expect(reading.records).toMatchObject(
    [0, 1].map((at) => ({
      says: { predicate: 'provenance' },
      shown: { state: 'claimed', why: 'unknown_key' },
      source: { pointer: `/provenance_summary/provenance/${at}/envelope` },
    })),
  )
  expect(readText(JSON.stringify(listed('x')), 'gcb.json').reading.problems).toMatchObject([
    { code: 'measures_nothing' },
  ])
})

test('what is no attestation among them is a problem', () => {
  const line = JSON.stringify(provenance())
  const { format, reading } = readText(
    `${Array.from({ length: 25 }, () => line).join('\n')}\n{"a":1}\n`,
    'a.jsonl',
  )

  expect(format).toBe('attestation')
  expect(reading.problems).toMatchObject([{ code: 'malformed', line: 26 }])
})

test('more than 200 are not read', () => {
  const line = JSON.stringify(provenance())
  const { reading } = readText(Array.from({ length: 201 }, () => line).join('\n'), 'a.jsonl')

  expect(reading.problems).toMatchObject([{ code: 'too_many', limit: 200 }])
  expect(reading.records).toHaveLength(200)
})

test('whatever its name, it is known by its content', () => {
  const text = JSON.stringify(provenance())

  expect(kinds(text, 'model.sig')).toEqual(['provenance claimed'])
  expect(kinds(text, 'a.intoto.jsonl')).toEqual(['provenance claimed'])
})
