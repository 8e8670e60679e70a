import { expect, test } from 'vitest'
import { licenceOf } from '../../src/checks/licence.ts'
import type { NamedData } from '../../src/core/training-evidence.ts'
import { ancestryOf } from '../../src/criteria/ancestry.ts'
import { contradictions } from '../../src/criteria/contradictions.ts'
import { aSource } from '../support/build.ts'
import { anEvidence, MANIFEST_PATH, parsedManifest } from '../support/facts.ts'

const DIGEST = 'a1b2'.repeat(16)
const PATH = 'models/credit-risk/train.croissant.json'
const NAMED: NamedData = { names: ['train-2026.csv'], digests: [] }

function told(licence: string | undefined, written: string, data: NamedData = NAMED) {
  const lines = [
    ...['gonogo: 1', 'model: credit-risk', 'version: 1.0.0', 'licence: apache-2.0'],
    `weights: [{ path: model.safetensors, sha256: ${'a'.repeat(64)} }]`,
    `datasets: [{ name: acme/train-2026, role: train, digest: { sha256: ${DIGEST} }${licence === undefined ? '' : `, licence: "${licence}"`} }]`,
  ]
  const { manifest, problems } = parsedManifest(lines.join('\n'))
  if (manifest === undefined) throw new Error(JSON.stringify(problems))
  const source = aSource({ path: PATH })
  const record = { kind: 'data', datasets: [data], tool: 'croissant', source } as const
  const evidence = [
    anEvidence({ measurements: [], records: [{ ...record, licence: { written, plain: true } }] }),
  ]
  const release = { path: MANIFEST_PATH, value: manifest }
  return {
    problems: contradictions({ manifest: release, evidence }),
    trained: ancestryOf(release, undefined, [], [], evidence)?.trained,
  }
}

const OTHER = { code: 'other_data_licence', path: PATH, data: 'acme/train-2026' } as const
const UNCLEAR = { code: 'data_licence_unclear', path: PATH, data: 'acme/train-2026' } as const

test.each<readonly [string, string, string, object | undefined]>([
  ['the same', 'cc-by-4.0', 'CC-BY-4.0', undefined],
  ['its address', 'cc-by-4.0', 'https://creativecommons.org/licenses/by/4.0/', undefined],
  [
    'the address of its legal text',
    'cc-by-4.0',
    'http://creativecommons.org/licenses/by/4.0/legalcode.en',
    undefined,
  ],
  [
    'another one by its address',
    'cc-by-4.0',
    'https://creativecommons.org/licenses/by-nc/4.0/',
    { ...OTHER, found: 'CC-BY-NC-4.0', declared: 'CC-BY-4.0' },
  ],
  ['another one', 'cc-by-4.0', 'odbl', { ...OTHER, found: 'ODbL-1.0' }],
  ['no licence', 'cc-by-4.0', 'Public', { ...UNCLEAR, found: 'Public', declared: 'cc-by-4.0' }],
  ['not known', 'cc-by-4.0', 'unknown', { ...UNCLEAR, found: 'unknown' }],
  ['an address of something', 'cc-by-4.0', 'https://example.com/terms', { ...UNCLEAR }],
  ['that, on both sides', 'https://example.com/terms', 'https://example.com/terms', undefined],
  ['words in the manifest', 'ours', 'CC-BY-NC-4.0', { ...OTHER, found: 'CC-BY-NC-4.0', declared: 'ours' }],
])('a licence beside that of the manifest: %s', (_, declared, written, expected) => {
  const { problems } = told(declared, written)
  expect(problems).toMatchObject(expected === undefined ? [] : [expected])
  expect(problems).toHaveLength(expected === undefined ? 0 : 1)
})

test.each<readonly [string, NamedData, number]>([
  ['a digest under whatever name', { names: ['x'], digests: [`sha256:${DIGEST}`] }, 1],
  ['a path', { names: ['data/train-2026.csv.gz'], digests: [] }, 1],
  ['the title of a card', { names: ['Dataset Card for Train 2026'], digests: [] }, 1],
  ['another name', { names: ['test-2026'], digests: [] }, 0],
  ['a part of the name', { names: ['train'], digests: [] }, 0],
])('data are the manifest’s by %s', (_, data, count) => {
  expect(told('mit', 'CC-BY-NC-4.0', data).problems).toHaveLength(count)
})

test('the licence of a file holds where the manifest has none, and the manifest’s where it has one', () => {
  const nc = 'https://creativecommons.org/licenses/by-nc/4.0/'
  expect(told(undefined, nc)).toEqual({ problems: [], trained: [{ name: 'acme/train-2026', licence: nc }] })
  expect(told('mit', nc).trained).toEqual([{ name: 'acme/train-2026', licence: 'mit' }])
  expect(told(undefined, nc, { names: ['other'], digests: [] }).trained).toEqual([
    { name: 'acme/train-2026' },
  ])
})

test.each([
  ['https://creativecommons.org/licenses/by-nc-sa/3.0', 'CC-BY-NC-SA-3.0'],
  ['https://creativecommons.org/licenses/by/3.0/us/', 'CC-BY-3.0-US'],
  ['https://creativecommons.org/licenses/by-nc/4.0/deed.de', 'CC-BY-NC-4.0'],
  ['https://creativecommons.org/publicdomain/zero/1.0/', 'CC0-1.0'],
  ['https://creativecommons.org/publicdomain/mark/1.0/', undefined],
  ['https://creativecommons.org/licenses/', undefined],
  ['https://opensource.org/licenses/MIT', 'MIT'],
  ['https://opensource.org/license/apache-2-0', 'Apache-2.0'],
  ['https://opensource.org/license/bsd-3-clause/', 'BSD-3-Clause'],
  ['https://spdx.org/licenses/CC-BY-4.0.html', 'CC-BY-4.0'],
  ['https://www.apache.org/licenses/LICENSE-2.0.txt', 'Apache-2.0'],
  ['https://opendatacommons.org/licenses/odbl/1-0/', 'ODbL-1.0'],
  ['https://evil.example/creativecommons.org/licenses/by/4.0/', undefined],
  ['https://creativecommons.org.evil.example/licenses/by/4.0/', undefined],
  ['https://opensource.org/license/constructor', undefined],
])('%s is %s', (address, id) => {
  expect(licenceOf(address)?.text).toBe(id)
})
