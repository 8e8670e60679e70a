import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { headingsOf } from '../../src/checks/section-presets.ts'
import { lackingSections } from '../../src/checks/sections.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { faults, readFixture, readText } from './read.ts'

const SAMPLES = new URL('../../../shared/samples/', import.meta.url)

describe('peft-adapter', () => {
  test('what it is made for', () => {
    expect(readFixture('peft-adapter/adapter_config.json')).toMatchObject({
      measurements: [],
      records: [{ kind: 'adapter', type: 'LORA', base: 'acme-lab/small-7b', revision: '1b2c'.repeat(10) }],
      problems: [],
    })
  })

  test('an adapter of nothing that is named', () => {
    const { records, problems } = readFixture('peft-adapter/without-base.json')

    expect(records).toEqual([expect.objectContaining({ kind: 'adapter', type: 'IA3' })])
    expect(Object.keys(records[0] ?? {})).not.toContain('base')
    expect(problems).toEqual([])
  })

  test('what is no name is said', () => {
    expect(readFixture('peft-adapter/faults.json').records).toEqual([])
    expect(faults('peft-adapter/faults.json')).toHaveLength(3)
  })
})

const card = (front: string) => readText(`---\n${front}\n---\n# Card\n`, 'card.md').reading.records[1]

describe('the front matter of a card', () => {
  test('beside the document', () => {
    expect(readFixture('markdown/front-matter.md').records).toMatchObject([
      { kind: 'document', sections: [{ title: 'A merged model' }, { title: 'Use' }] },
      {
        ...{ kind: 'card', licence: 'acme-community', relation: 'merge', datasets: ['reviews-2026'] },
        bases: ['acme-lab/small-7b', 'acme-lab/small-7b-instruct'],
      },
    ])
  })

  test.each<readonly [string, object | undefined]>([
    ['base_model: x/y', { bases: ['x/y'], datasets: [] }],
    [
      'datasets: [{ name: evil/scraped }, { id: a/b }, 1, [x], { url: y }, null, ""]',
      { datasets: ['evil/scraped', 'a/b', '1', 'an entry that is no text', 'an entry that is no text'] },
    ],
    ['datasets: { name: evil/scraped }', { datasets: ['evil/scraped'] }],
    [
      `datasets: [${'a, '.repeat(501)}b]`,
      { datasets: [...Array.from({ length: 500 }, () => 'a'), '2 more'] },
    ],
    ['license: mit', { licence: 'mit', bases: [] }],
    ['license: [mit, apache-2.0]', { licence: 'mit AND apache-2.0' }],
    ['license: other', { licence: 'other' }],
    ['license: apache-2.0\nlicense_name: else', { licence: 'apache-2.0' }],
    ['base_model: x/y\nbase_model_relation: finetuned', { relation: 'finetune' }],
    ['base_model: x/y\nbase_model_relation: cousin', { bases: ['x/y'] }],
    ['license: {license}\nbase_model: {base_model}', undefined],
    ['language: en', undefined],
    ['license: 3', undefined],
    [`base_model: ${'x'.repeat(400)}`, undefined],
  ])('%s', (front, expected) => {
    if (expected === undefined) expect(card(front)).toBeUndefined()
    else expect(card(front)).toMatchObject({ kind: 'card', ...expected })
  })

  test('of a card with results too', () => {
    const { records } = readFixture('hf-model-index/card.md')

    expect(records.filter(({ kind }) => kind === 'document')).toHaveLength(1)
  })
})

describe.skipIf(!existsSync(SAMPLES))('cards by others', () => {
  const sectionsOf = (path: string) => {
    const { reading } = readEvidence(readFileSync(new URL(path, SAMPLES)), path, 'f00d')
    return reading.records.flatMap((record) => (record.kind === 'document' ? record.sections : []))
  }

  test('the template of a hub says nothing', () => {
    const asked = ['Uses', 'Bias, Risks, and Limitations', 'Recommendations', 'Training Data', 'Evaluation']

    const lacking = lackingSections(headingsOf(asked), sectionsOf('model-cards/hf-modelcard_template.md'))

    expect(lacking.map(({ title }) => title)).toEqual(asked)
  })

  test.each([
    ['model-card', 'model-cards/hf-modelcard_template.md', 6],
    ['dataset-card', 'model-cards/hf-datasetcard_template.md', 7],
  ] as const)(
    'of %s every heading is in the template of the hub, and none says anything',
    (name, path, all) => {
      const lacking = lackingSections(headingsOf(name), sectionsOf(path))

      expect(lacking).toHaveLength(all)
      // The hub's template leaves Evaluation itself without a word, and has placeholders below it.
      expect(new Set(lacking.map(({ why }) => why))).toEqual(new Set(['placeholder']))
    },
  )

  test('the template with its sentence alone says nothing either', () => {
    const text =
      '# Card\n\n## Recommendations\n\nUsers (both direct and downstream) should be made aware of the risks, biases and limitations of the model.\n'
    const [record] = readText(text, 'card.md').reading.records

    expect(
      record?.kind === 'document' && lackingSections([['Recommendations']], record.sections),
    ).toMatchObject([{ title: 'Recommendations', why: 'empty' }])
  })

  test('its licence and data', () => {
    const path = 'model-cards/hf-sample_simple_model_index.md'
    const { reading } = readEvidence(readFileSync(new URL(path, SAMPLES)), path, 'f00d')

    expect(reading.records).toContainEqual(
      expect.objectContaining({ kind: 'card', licence: 'mit', datasets: ['beans'] }),
    )
  })
})
