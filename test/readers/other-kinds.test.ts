import { describe, expect, test } from 'vitest'
import { readText } from './read.ts'

test.each<readonly [string, object]>([
  [
    'a JSON Schema',
    { $schema: 'http://json-schema.org/draft-07/schema#', properties: { n: { maximum: 5 } } },
  ],
  ['a notebook', { nbformat: 4, nbformat_minor: 5, cells: [] }],
  ['an SPDX document', { spdxVersion: 'SPDX-2.3', packages: [] }],
  ['an SPDX document', { '@context': 'https://spdx.org/rdf/3.1.0/spdx-context.jsonld', '@graph': [] }],
  ['a SARIF log', { version: '2.0.0', runs: [{ tool: { driver: { name: 'x' } }, results: [] }] }],
  ['a trusted root of Sigstore', { mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' }],
  ['a criteria file of gonogo', { gonogo: 1, model: 'm', risk: 'low', criteria: [{ at_least: 0.9 }] }],
  ['a criteria file of gonogo', { gonogo: 1, model: 'm', retired: true }],
  ['a manifest of gonogo', { gonogo: 1, model: 'm', version: '1', weights: [] }],
  ['a manifest of gonogo', { gonogo: 1, model: 'm', service: { provider: 'p' } }],
  ['a floor of gonogo', { gonogo: 1, unlisted: 'high', criteria: [{ at_least: 0.9 }] }],
  [
    'an OSCAL document of controls and what implements them, and no assessment results',
    {
      'component-definition': {
        uuid: 'x',
        metadata: { 'oscal-version': '1.1.2', version: '3' },
        components: [{ n: 1 }],
      },
    },
  ],
  [
    'a report of Trivy as JSON, which is read as SARIF only',
    { SchemaVersion: 2, ArtifactName: 'alpine', ArtifactType: 'container_image', Metadata: { Size: 5 } },
  ],
  [
    'a report of Grype as JSON, which is read as SARIF only',
    { matches: [], source: { type: 'image' }, descriptor: { name: 'grype', version: '0.80.0', n: 1 } },
  ],
  [
    'what Google Cloud Build says of provenance without the signed envelopes',
    { image_summary: { slsa_build_level: 3 }, provenance_summary: { provenance: [{ kind: 'BUILD' }] } },
  ],
  ['a Croissant description of a dataset', { '@context': {}, '@type': 'sc:Dataset', version: 1 }],
])('%s measures nothing, whatever numbers it has', (what, value) => {
  const { format, reading } = readText(JSON.stringify(value), 'evidence.json')

  expect(format).toBeUndefined()
  expect(reading.measurements).toEqual([])
  expect(reading.problems).toMatchObject([{ code: 'measures_nothing', what }])
})

test('metrics with a word of these formats in them are metrics all the same', () => {
  const text = JSON.stringify({
    version: '2.1.0',
    runs: 3,
    catalog: { size: 7 },
    matches: 4,
    SchemaVersion: 2,
    accuracy: 0.9,
    properties: { f1: 0.8 },
  })

  expect(readText(text, 'metrics.json').format).toBe('metrics')
})

describe('a bill of materials of CycloneDX as XML', () => {
  test.each([
    [
      'bom.xml',
      '<?xml version="1.0"?>\n<!-- made -->\n<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1"/>',
    ],
    ['bom.cdx', "<bom version='1'\n  xmlns='http://cyclonedx.org/schema/bom/1.6'><components/></bom>"],
    ['sbom.xml', '<c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.4"></c:bom>'],
  ])('%s is told, and what to do', (name, text) => {
    expect(readText(text, name).reading).toMatchObject({ records: [], problems: [{ code: 'bom_as_xml' }] })
  })

  test.each([
    '<bom xmlns="http://example.org/bom/1.5"/>',
    '<list><bom xmlns="http://cyclonedx.org/schema/bom/1.5"/></list>',
    '<bomb xmlns="http://cyclonedx.org/schema/bom/1.5"/>',
  ])('%s is none', (text) => {
    expect(readText(text, 'a.xml').reading.problems).toMatchObject([{ code: 'unknown_format' }])
  })
})
