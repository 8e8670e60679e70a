import { describe, expect, test } from 'vitest'
import { aboutOf } from '../../src/criteria/binding.ts'
import { judgedEvidence } from '../../src/criteria/judged-evidence.ts'
import { unread } from '../../src/criteria/unread.ts'
import { anId } from '../support/build.ts'
import { anEvidence, MANIFEST_PATH, parsedManifest } from '../support/facts.ts'

const D = (character: string) => character.repeat(64)
const written = (...lines: readonly string[]) =>
  parsedManifest(
    [
      ...['gonogo: 1', 'model: credit-risk', 'version: 1.0.0'],
      `weights: [{ path: adapter_model.safetensors, sha256: ${D('a')} }]`,
      ...lines,
    ].join('\n'),
  )
const base = (more: string) => `base_models: [{ name: acme-lab/small-7b, revision: ${anId('b')}${more} }]`

describe('base models of a manifest', () => {
  test('the card is evidence about the base', () => {
    const { evidence, problems } = written(base(', card: base/card.md'))

    expect(problems).toEqual([])
    expect(evidence).toEqual([
      { path: 'models/credit-risk/base/card.md', line: 5, about: 'base', document: 'base-model-card' },
    ])
  })

  test.each([
    ['a card outside', base(', card: ../../../card.md'), 'leaves_repository'],
    ['a card that is named twice', `${base(', card: c.md')}\nevidence: [c.md]`, 'named_twice'],
    ['a digest that is none', base(', digest: { sha256: 12 }'), 'wrong_value'],
    ['no file of a digest', base(', digest: { files: {} }'), 'wrong_value'],
    ['another relation', base(', relation: cousin'), 'wrong_value'],
  ])('%s', (_, lines, code) => {
    expect(written(lines).problems.map((problem) => problem.code)).toContain(code)
  })

  test('a card that was lost on the way is never an empty pass', () => {
    const { manifest } = written(base(', card: c.md'))
    if (manifest === undefined) throw new Error('no manifest')

    expect(unread({ path: MANIFEST_PATH, value: manifest }, [])).toMatchObject([
      { code: 'not_found', file: 'models/credit-risk/c.md' },
    ])
  })

  test('an adapter configuration is read wherever it lies, and once', () => {
    const component = written('components: [adapter_config.json, prompt.md]')
    const both = written('components: [adapter_config.json]', 'evidence: [adapter_config.json]')

    for (const { evidence, problems } of [component, both]) {
      expect(evidence.map(({ path, about }) => [path, about])).toEqual([
        ['models/credit-risk/adapter_config.json', 'candidate'],
      ])
      expect(problems).toEqual([])
    }
  })

  test('evidence about the base is held to its digests where every base has some', () => {
    const digests = (more: string) => {
      const { manifest } = written(base(more))
      return aboutOf({ path: MANIFEST_PATH, ...(manifest && { value: manifest }) }).base.digests
    }

    expect(digests(`, digest: { sha256: ${D('c')} }`)).toEqual([D('c')])
    expect(digests(`, digest: { files: { b: ${D('e')}, a: ${D('d')} } }`)).toEqual([D('d'), D('e')])
    expect(digests('')).toEqual([])
  })
})

test('what a publisher says of its own model was not measured here', () => {
  const own = anEvidence({ about: 'base', path: 'base.json' })
  const card = anEvidence({ about: 'base', path: 'card.md', document: 'base-model-card' })

  const { base: judged } = judgedEvidence([own, card], [])

  expect(judged.map(({ path, measurements }) => [path, measurements.length])).toEqual([
    ['base.json', 1],
    ['card.md', 0],
  ])
})
