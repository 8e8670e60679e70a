import { describe, expect, test } from 'vitest'
import type { BomPart, BomRecord } from '../../src/core/bom.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import { contradictions } from '../../src/criteria/contradictions.ts'
import { problemLines } from '../../src/render/problem-line.ts'
import { anId, aSource } from '../support/build.ts'
import { anEvidence, MANIFEST_PATH, parsedManifest } from '../support/facts.ts'

const [OWN, BELOW, OTHER] = ['a', 'b', 'c'].map((digit) => digit.repeat(64))
const NAME = 'acme-lab/small-7b'
const LINES: readonly string[] = [
  'licence: apache-2.0',
  `weights: [{ path: model.safetensors, sha256: ${OWN} }, { uri: "s3://x/base.safetensors", sha256: ${BELOW} }]`,
  `base_models: [{ name: ${NAME}, revision: ${anId('b')}, digest: { sha256: ${BELOW} }, licence: llama3.1 }]`,
  `datasets: [{ name: letters-2026, role: train, digest: { sha256: ${OTHER} }, licence: cc-by-4.0 }]`,
]

const part = (given: Partial<BomPart> = {}): BomPart => ({
  ...{ kind: 'model', names: ['credit-risk'], versions: [], digests: [], base: false, ...given },
})
const base = (given: Partial<BomPart> = {}) => part({ names: [NAME, 'small-7b'], base: true, ...given })
const data = (given: Partial<BomPart> = {}) => part({ kind: 'data', names: ['letters-2026'], ...given })
const bill = (...parts: readonly BomPart[]): BomRecord => ({
  ...{ kind: 'bom', standard: 'CycloneDX', spec: '1.6', date: '2026-02-10', parts },
  ...{ unresolved: [], placeholders: [], lacking: [], evidence: [], counterClaims: [] },
  source: aSource({ path: 'bom.json' }),
})

function found(parts: readonly BomPart[], lines = LINES, about: Evidence['about'] = 'candidate') {
  const { manifest, problems } = parsedManifest(
    ['gonogo: 1', 'model: credit-risk', 'version: 1.0.0', ...lines].join('\n'),
  )
  if (manifest === undefined) throw new Error(JSON.stringify(problems))
  const evidence = [anEvidence({ about, measurements: [], records: [bill(...parts)] })]
  return contradictions({ manifest: { path: MANIFEST_PATH, value: manifest }, evidence })
}

const model = (licence: string, declared = 'Apache-2.0', name = 'credit-risk') => ({
  ...{ path: 'bom.json', code: 'other_licence', of: '', found: licence, declared, bill: { part: name } },
})
const taking = (licence: string) => [`licence: ${licence}`, ...LINES.slice(1)]

describe('a bill of materials with another licence than the manifest', () => {
  test.each<readonly [string, readonly BomPart[], readonly object[]]>([
    ['of the model by name', [part({ licences: ['GPL-3.0-only'] })], [model('GPL-3.0-only')]],
    [
      'of the model by its digest',
      [
        part({ names: ['x'], digests: [`sha256:${OWN}`], licences: ['MIT'] }),
        part({ names: ['y'], licences: ['MIT'] }),
      ],
      [model('MIT', 'Apache-2.0', 'x')],
    ],
    [
      'of the only model, which nothing else names',
      [part({ names: ['x'], licences: ['MIT'] }), base({ licences: ['llama3.1'] })],
      [model('MIT', 'Apache-2.0', 'x')],
    ],
    [
      'of a base by name',
      [base({ licences: ['MIT'] })],
      [{ code: 'other_licence', of: NAME, found: 'MIT', declared: 'LicenseRef-llama3.1' }],
    ],
    [
      'of a base by digest, that no dependency makes one',
      [base({ names: ['x'], digests: [`sha256:${BELOW}`], licences: ['MIT'], base: false })],
      [{ code: 'other_licence', of: NAME, found: 'MIT', bill: { part: 'x' } }],
    ],
    [
      'of data by name',
      [data({ licences: ['CC0-1.0'] })],
      [{ code: 'other_licence', of: 'letters-2026', found: 'CC0-1.0', declared: 'CC-BY-4.0' }],
    ],
    [
      'of data by digest',
      [data({ names: ['x'], digests: [`sha256:${OTHER}`], licences: ['CC0-1.0'] })],
      [{ code: 'other_licence', of: 'letters-2026' }],
    ],
    [
      'of several that nobody says hold together',
      [part({ licences: ['Apache-2.0', 'GPL-3.0-only'] })],
      [model('GPL-3.0-only')],
    ],
    [
      'that was concluded, and not the one that was declared',
      [part({ licences: ['MIT'], declared: ['Apache-2.0'] })],
      [{ ...model('MIT'), bill: { part: 'credit-risk', overrules: 'Apache-2.0' } }],
    ],
    ['as both of two', [part({ licences: ['Apache-2.0 AND MIT'] })], [model('Apache-2.0 AND MIT')]],
  ])('%s is told', (_, parts, expected) => {
    expect(found(parts)).toMatchObject(expected)
    expect(found(parts)).toHaveLength(expected.length)
  })

  test.each<readonly [string, readonly BomPart[]]>([
    ['in any case', [part({ licences: ['APACHE-2.0'] })]],
    ['by the choice that was made', [part({ licences: ['GPL-3.0-only OR Apache-2.0'] })]],
    ['as a conclusion beside another declaration', [part({ licences: ['Apache-2.0'], declared: ['MIT'] })]],
    ['as the hub calls the licence of a base', [base({ licences: ['LicenseRef-llama3.1'] })]],
    ['in no licence', [part({ licences: [] }), base(), data({ licences: [] })]],
    ['in what asserts nothing', [part({ licences: ['NOASSERTION'] })]],
    ['in a name that is no id', [part({ licences: ['The Apache License, Version 2.0'] })]],
    [
      'in the licence of a helper beside it',
      [part({ licences: ['Apache-2.0'] }), part({ names: ['x'], licences: ['MIT'] })],
    ],
    ['in data that are not its own', [data({ names: ['x'], licences: ['CC0-1.0'] })]],
    ['in a model that is called as data are', [base({ names: ['letters-2026'], licences: ['CC0-1.0'] })]],
    ['in a model below that is none of its bases', [base({ names: ['x/y'], licences: ['MIT'] })]],
    [
      'in another revision of the base',
      [
        base({ versions: [anId('b')], licences: ['llama3.1'] }),
        base({ versions: [anId('c')], licences: ['MIT'] }),
      ],
    ],
  ])('%s is none', (_, parts) => {
    expect(found(parts)).toEqual([])
  })

  const BOTH = 'MIT AND BSD-3-Clause'
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['by an id of long ago', ['GPL-3.0'], taking('GPL-3.0-only')],
    ['by one of several alternatives', [`(${BOTH}) OR GPL-3.0-only`], taking('BSD-3-Clause AND MIT')],
    ['by all of several', ['MIT', 'Apache-2.0'], taking('Apache-2.0 AND MIT')],
    ['by each of several', ['MIT', 'Apache-2.0'], taking('Apache-2.0 OR MIT')],
    ['beside none in the manifest', ['MIT'], LINES.slice(1)],
    ['of a model called as its base', ['Apache-2.0'], LINES.map((one) => one.replace(NAME, 'x/credit-risk'))],
  ])('%s is none', (_, licences, lines) => {
    expect(found([part({ licences })], lines)).toEqual([])
  })

  test('one of two that hold together is another', () => {
    expect(found([part({ licences: ['MIT'] })], taking(BOTH))).toMatchObject([model('MIT', BOTH)])
  })

  test('is said with what is overruled', () => {
    expect(problemLines(found([part({ licences: ['MIT'], declared: ['Apache-2.0'] })])).join()).toContain(
      'of `credit-risk` the bill of materials declares the licence `Apache-2.0` and concludes, which counts, `MIT`, and the manifest has `Apache-2.0`',
    )
  })

  test('of what the base was made of says nothing of the released model', () => {
    expect(found([part({ names: ['x'], licences: ['MIT'] })], LINES, 'base')).toEqual([])
    expect(found([base({ licences: ['MIT'], base: false })], LINES, 'base')).toHaveLength(1)
  })
})
