import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../src/core/evidence.ts'
import type { LineageRecord } from '../../src/core/lineage-record.ts'
import type { Approach, Trait } from '../../src/core/profile.ts'
import { contradictions, groupedBy } from '../../src/criteria/contradictions.ts'
import { aMeasurement, anId, aSource } from '../support/build.ts'
import { anEvidence, criteriaText, MANIFEST_PATH, parsedCriteria, parsedManifest } from '../support/facts.ts'

const source = aSource({ path: 'models/credit-risk/adapter_config.json' })
const WEIGHTS = `weights: [{ path: model.safetensors, sha256: ${'a'.repeat(64)} }]`
const HUB = `weights: [{ hub: acme/small, revision: ${anId('b')} }]`
const SERVICE = 'service: { provider: openai, model: gpt-4o, snapshot: 2024-11-20 }'
const TRAINING = `training: { commit: ${anId('d')} }`
const base = (more = '') => `base_models: [{ name: acme-lab/small-7b, revision: ${anId('b')}${more} }]`

type Told = {
  readonly lines?: readonly string[]
  readonly evidence?: readonly Evidence[]
  readonly approaches?: readonly Approach[]
  readonly traits?: readonly Trait[]
  readonly grouped?: readonly string[]
  readonly none?: true
}

function found({ lines = [WEIGHTS], evidence = [], approaches = ['build'], traits = [], ...more }: Told) {
  const text = ['gonogo: 1', 'model: credit-risk', 'version: 1.0.0', ...lines].join('\n')
  const { manifest, problems } = parsedManifest(text)
  if (manifest === undefined) throw new Error(JSON.stringify(problems))
  return contradictions({
    manifest: { path: MANIFEST_PATH, value: manifest },
    evidence,
    ...(more.none === undefined && { held: { approaches, traits } }),
    ...(more.grouped && { grouped: more.grouped }),
  })
}

type Adapter = Partial<Omit<Extract<LineageRecord, { kind: 'adapter' }>, 'kind'>>
type Card = Partial<Omit<Extract<LineageRecord, { kind: 'card' }>, 'kind'>>
const adapter = (given: Adapter = {}, about: Evidence['about'] = 'candidate') =>
  anEvidence({ about, measurements: [], records: [{ kind: 'adapter', type: 'LORA', source, ...given }] })
const card = (given: Card, file: Partial<Evidence> = { document: 'model-card' }) =>
  anEvidence({
    ...{ measurements: [], ...file },
    records: [{ kind: 'card', bases: [], datasets: [], source, ...given }],
  })

const TUNED = { lines: [WEIGHTS, TRAINING, base(', relation: adapter')], traits: ['fine-tuned'] } as const
const NAME = 'acme-lab/small-7b'

describe('adapter and base', () => {
  test.each<readonly [string, Told, readonly object[]]>([
    ['the same', { ...TUNED, evidence: [adapter({ base: NAME })] }, []],
    ['by its last name', { ...TUNED, evidence: [adapter({ base: 'small-7b' })] }, []],
    ['at the same commit', { ...TUNED, evidence: [adapter({ base: NAME, revision: anId('b') })] }, []],
    [
      'at a branch, which says nothing',
      { ...TUNED, evidence: [adapter({ base: NAME, revision: 'main' })] },
      [],
    ],
    ['in a folder of some machine', { ...TUNED, evidence: [adapter({ base: '/mnt/ckpt/base' })] }, []],
    ['in a folder beside', { ...TUNED, evidence: [adapter({ base: './base' })] }, []],
    ['no name', { ...TUNED, evidence: [adapter()] }, []],
    [
      'another one',
      { ...TUNED, evidence: [adapter({ base: 'else/small-7b' })] },
      [{ code: 'other_base', path: source.path, found: 'else/small-7b', declared: [NAME] }],
    ],
    [
      'another commit',
      { ...TUNED, evidence: [adapter({ base: NAME, revision: anId('c') })] },
      [{ code: 'other_base_revision', found: anId('c'), declared: anId('b') }],
    ],
    [
      'the base of its base is its own affair',
      { ...TUNED, evidence: [adapter({ base: 'else/small-7b' }, 'base')] },
      [],
    ],
    [
      'none in the manifest',
      { lines: [WEIGHTS, TRAINING], traits: ['fine-tuned'], evidence: [adapter({ base: NAME })] },
      [{ code: 'base_not_declared', found: NAME }],
    ],
    [
      'none in the manifest, and a folder',
      { lines: [WEIGHTS, TRAINING], traits: ['fine-tuned'], evidence: [adapter({ base: '/mnt/base' })] },
      [{ code: 'base_not_declared' }],
    ],
    [
      'none in the manifest, nor the trait',
      { lines: [WEIGHTS, TRAINING], evidence: [adapter({ base: NAME })] },
      [
        { code: 'base_not_declared', found: NAME },
        { code: 'trait_missing', trait: 'fine-tuned' },
      ],
    ],
    [
      'that the manifest does not call one',
      { ...TUNED, lines: [WEIGHTS, TRAINING, base()], evidence: [adapter({ base: NAME })] },
      [{ code: 'other_relation', found: 'adapter' }],
    ],
    [
      'that the manifest calls a merge',
      {
        ...TUNED,
        lines: [WEIGHTS, TRAINING, base(', relation: merge')],
        evidence: [adapter({ base: NAME })],
      },
      [{ code: 'other_relation', found: 'adapter', declared: 'merge' }],
    ],
  ])('%s', (_, told, expected) => {
    expect(found(told)).toMatchObject(expected)
    expect(found(told)).toHaveLength(expected.length)
  })
})

describe('card', () => {
  const LICENSED = { ...TUNED, lines: [...TUNED.lines, 'licence: apache-2.0'] }
  const own = (licence: string) => ({ ...TUNED, lines: [WEIGHTS, TRAINING, base(`, licence: ${licence}`)] })
  const OF_BASE = { document: 'base-model-card', about: 'base' } as const
  test.each<readonly [string, Told, readonly object[]]>([
    ['the same base', { ...TUNED, evidence: [card({ bases: [NAME], relation: 'adapter' })] }, []],
    ['no base', { ...TUNED, evidence: [card({})] }, []],
    [
      'another base',
      { ...TUNED, evidence: [card({ bases: [NAME, 'x/y'] })] },
      [{ code: 'other_base', found: 'x/y' }],
    ],
    [
      'a base where the manifest has none',
      { lines: [WEIGHTS], evidence: [card({ bases: ['x/y'] })], approaches: ['open-source'] },
      [{ code: 'base_not_declared', found: 'x/y' }],
    ],
    [
      'another relation',
      { ...TUNED, evidence: [card({ bases: [NAME], relation: 'quantized' })] },
      [{ code: 'other_relation', found: 'quantized', declared: 'adapter' }],
    ],
    ['the same licence', { ...LICENSED, evidence: [card({ licence: 'Apache-2.0' })] }, []],
    [
      'another licence',
      { ...LICENSED, evidence: [card({ licence: 'mit' })] },
      [{ code: 'other_licence', of: '', found: 'MIT', declared: 'Apache-2.0' }],
    ],
    ...[
      ...[
        'https://huggingface.co/x/y',
        'http://www.huggingface.co/x/y/',
        'hf.co/x/y',
        'www.HuggingFace.co/x/y/tree/main',
      ],
      ...['hf://x/y@main', 'https://huggingface.co/models/x/y?library=peft', 'x/y/', 'x/y'],
      ...['https://models.example/x/y', 'https://huggingface.co/y', 'https://hf.co/x/small-7b'],
    ].map(
      (name) =>
        [
          `another base as ${name}`,
          { ...TUNED, evidence: [card({ bases: [name] })] },
          [{ code: 'other_base' }],
        ] as const,
    ),
    ...[
      ...[
        'https://huggingface.co/acme-lab/small-7b',
        'hf.co/acme-lab/small-7b/',
        'hf://acme-lab/small-7b@main',
      ],
      ...[
        'https://huggingface.co/acme-lab/small-7b/tree/main',
        'https://models.example/acme-lab/small-7b?x=1',
      ],
      ...['s3://bucket/x', '/mnt/x/y', '../x'],
    ].map(
      (name) => [`the same base as ${name}`, { ...TUNED, evidence: [card({ bases: [name] })] }, []] as const,
    ),
    [
      'the same base by an address in the manifest',
      {
        ...TUNED,
        lines: [WEIGHTS, TRAINING, base(', relation: adapter').replace(NAME, `https://hf.co/${NAME}`)],
        evidence: [card({ bases: [NAME], relation: 'adapter' })],
      },
      [],
    ],
    [
      'another relation to a base by its address',
      { ...TUNED, evidence: [card({ bases: [`hf.co/${NAME}`], relation: 'merge' })] },
      [{ code: 'other_relation' }],
    ],
    [
      'an adapter of another base by its address',
      { ...TUNED, evidence: [adapter({ base: 'https://hf.co/x/y' })] },
      [{ code: 'other_base', found: 'https://hf.co/x/y' }],
    ],
    ...[
      'acme-research-only-non-commercial',
      'all rights reserved',
      'none',
      'unlicensed',
      'apache-2.0 AND acme',
    ].map(
      (licence) =>
        [
          `${licence}, which is no licence that anybody knows`,
          { ...LICENSED, evidence: [card({ licence })] },
          [{ code: 'other_licence', of: '', found: licence, declared: 'Apache-2.0' }],
        ] as const,
    ),
    [
      'a licence where the manifest has words',
      {
        ...TUNED,
        lines: [...TUNED.lines, 'licence: all rights reserved'],
        evidence: [card({ licence: 'mit' })],
      },
      [{ code: 'other_licence', found: 'MIT', declared: 'all rights reserved' }],
    ],
    [
      'words of both, which nobody can compare',
      {
        ...TUNED,
        lines: [...TUNED.lines, 'licence: for Acme alone'],
        evidence: [card({ licence: 'acme only' })],
      },
      [],
    ],
    [
      'what the manifest has as a reference',
      {
        ...TUNED,
        lines: [...TUNED.lines, 'licence: LicenseRef-Acme-internal'],
        evidence: [card({ licence: 'acme internal' })],
      },
      [],
    ],
    [
      'a licence beside none in the manifest',
      { ...TUNED, evidence: [card({ licence: 'all rights reserved' })] },
      [],
    ],
    ['a licence that says nothing', { ...LICENSED, evidence: [card({ licence: 'other' })] }, []],
    [
      'the licence of a data card',
      { ...LICENSED, evidence: [card({ licence: 'mit' }, { document: 'datasheet' })] },
      [],
    ],
    [
      'the same licence of the base',
      { ...own('llama3.1'), evidence: [card({ licence: 'llama3.1' }, OF_BASE)] },
      [],
    ],
    [
      'another licence of the base',
      { ...own('mit'), evidence: [card({ licence: 'llama3.1' }, OF_BASE)] },
      [{ code: 'other_licence', of: NAME, found: 'LicenseRef-llama3.1', declared: 'MIT' }],
    ],
    ["the base's own base", { ...TUNED, evidence: [card({ bases: ['x/y'] }, OF_BASE)] }, []],
  ])('%s', (_, told, expected) => {
    expect(found(told)).toMatchObject(expected)
    expect(found(told)).toHaveLength(expected.length)
  })
})

describe('data that the card names', () => {
  const data = (...all: readonly string[]) => [WEIGHTS, `datasets: [${all.join(', ')}]`]
  const train = (name: string, more = '') => `{ name: ${name}, role: train${more} }`
  test.each<readonly [string, readonly string[], string, boolean]>([
    ['its own name', data(train('letters-2026')), 'letters-2026', true],
    ['its own name on a hub', data(train('letters-2026')), 'acme/letters-2026', true],
    [
      'its own name by an address',
      data(train('letters-2026')),
      'https://huggingface.co/datasets/acme/letters-2026',
      true,
    ],
    ['its own name, spelt otherwise', data(train('Letters_2026')), 'letters-2026', true],
    ['its file', data(train('letters.csv')), 'acme/letters', true],
    ['its origin', data(train('ours', ', origin: acme/letters')), 'acme/letters', true],
    [
      'its origin by an address',
      data(train('ours', ', origin: hf.co/datasets/acme/letters')),
      'acme/letters',
      true,
    ],
    [
      'the last part of its origin',
      data(train('ours', ', origin: hf.co/datasets/acme/letters')),
      'letters',
      true,
    ],
    ['data of validation', data(train('a'), '{ name: letters, role: validation }'), 'letters', true],
    [
      'data of a test, and of the training',
      data(train('a', ', origin: x/letters'), '{ name: letters, role: test }'),
      'letters',
      true,
    ],
    ['other data', data(train('letters-2026')), 'evil/stolen-letters', false],
    [
      'other data by their address',
      data(train('letters-2026')),
      'https://hf.co/datasets/evil/stolen-letters',
      false,
    ],
    ['data of another owner', data(train('acme/letters')), 'evil/letters', false],
    [
      'data of another owner than the origin',
      data(train('letters', ', origin: acme/letters')),
      'evil/letters',
      false,
    ],
    [
      'data of another owner by their address',
      data(train('acme/letters')),
      'https://hf.co/datasets/evil/letters',
      false,
    ],
    [
      'data of another owner than the address of the origin',
      data(train('letters', ', origin: https://huggingface.co/datasets/acme/letters')),
      'evil/letters',
      false,
    ],
    ['a part of a name', data(train('letters-2026')), 'letters', false],
    ['data of a training that has none', [WEIGHTS, TRAINING], 'evil/letters', false],
    ['data of calibration', data('{ name: a, role: calibration }'), 'evil/letters', false],
    ['what its publisher trained on', data('{ name: a, role: test }'), 'evil/letters', true],
    ['what its publisher trained on, without any data', [WEIGHTS], 'evil/letters', true],
  ])('%s', (_, lines, dataset, isListed) => {
    const all = found({ lines, evidence: [card({ datasets: [dataset] })] })

    expect(all).toEqual(
      isListed ? [] : [{ code: 'data_not_declared', found: dataset, path: source.path, line: source.line }],
    )
  })

  test.each(['test', 'red-team'])('data of role %s alone were not trained on', (role) => {
    const lines = data(train('a'), `{ name: letters, role: ${role} }`)

    expect(found({ lines, evidence: [card({ datasets: ['acme/letters'] })] })).toMatchObject([
      { code: 'trained_on_exam', found: 'acme/letters', name: 'letters', role },
    ])
  })

  test('only the card of the released model is held to them, and no more are shown than anybody reads', () => {
    const lines = data(train('a'))
    const datasets = Array.from({ length: 30 }, (_, index) => `evil/x${index}`)

    expect(found({ lines, evidence: [card({ datasets })] })).toHaveLength(10)
    expect(found({ lines, evidence: [card({ datasets }, { document: 'datasheet' })] })).toEqual([])
    expect(
      found({ lines, evidence: [card({ datasets }, { document: 'model-card', about: 'base' })] }),
    ).toEqual([])
  })
})

describe('what is released, and what the criteria call it', () => {
  const missing = (trait: Trait, kind: string) => [{ code: 'trait_missing', trait, shown: { kind } }]
  const bought = (approach: Approach, released: string) => [
    { code: 'approach_contradicts', approach, released },
  ]
  const attack = (format: string, about: Evidence['about'] = 'candidate') => [anEvidence({ format, about })]
  const byGroup = (label: string, rest: Partial<Evidence> = {}) => [
    anEvidence({ measurements: [aMeasurement({ labels: { [label]: 'a' }, within: [label] })], ...rest }),
  ]
  const rows = (groups: string, more = '') => [
    WEIGHTS,
    `evidence: [{ rows: p.csv, dataset: d, groups: [${groups}]${more} }]`,
  ]
  test.each<readonly [string, Told, readonly object[]]>([
    [
      'a training from a base',
      { ...TUNED, traits: [], approaches: ['open-source'] },
      missing('fine-tuned', 'training_from_base'),
    ],
    ['built from a base', { lines: [WEIGHTS, base()] }, missing('fine-tuned', 'build_from_base')],
    ['taken as it is', { lines: [WEIGHTS, base()], approaches: ['open-source'] }, []],
    [
      'an adapter that is taken as it is',
      {
        lines: [WEIGHTS, base(', relation: adapter')],
        approaches: ['open-source'],
        evidence: [adapter({ base: NAME })],
      },
      [],
    ],
    ['a training without a base', { lines: [WEIGHTS, TRAINING] }, []],
    ['fine-tuned', TUNED, []],

    ['rows by sex', { lines: rows('sex') }, missing('personal-data', 'groups')],
    ['rows by sex of persons', { lines: rows('sex'), traits: ['personal-data'] }, []],
    ['rows by region', { lines: rows('region, channel') }, []],
    ['rows of the base', { lines: rows('sex', ', about: base') }, []],
    ['results by race', { evidence: byGroup('Race') }, missing('personal-data', 'groups')],
    ['results by age group', { evidence: byGroup('age group') }, missing('personal-data', 'groups')],
    ['results by usage', { evidence: byGroup('usage') }, []],
    ['results of the base', { evidence: byGroup('race', { about: 'base' }) }, []],
    [
      'a label that divides nothing',
      { evidence: [anEvidence({ measurements: [aMeasurement({ labels: { age: '3' } })] })] },
      [],
    ],
    [
      'a label of a fairness tool',
      {
        evidence: [
          anEvidence({ format: 'fairlearn', measurements: [aMeasurement({ labels: { sex: 'F' } })] }),
        ],
      },
      missing('personal-data', 'groups'),
    ],
    ['groups of the criteria', { grouped: ['gender'] }, missing('personal-data', 'groups')],

    ...['garak', 'promptfoo', 'jailbreakbench', 'cyberseceval', 'garak-digest'].map(
      (format) =>
        [`attacks by ${format}`, { evidence: attack(format) }, missing('generative', 'attacks')] as const,
    ),
    ['attacks on what generates', { evidence: attack('garak'), traits: ['generative'] }, []],
    ['attacks on the base', { evidence: attack('garak', 'base') }, []],
    ['attacks on images, where nobody says what goes in', { evidence: attack('robustbench') }, []],
    ...['robustbench', 'autoattack', 'timm-results'].flatMap(
      (format) =>
        [
          [
            `${format} of a table`,
            { evidence: attack(format), traits: ['tabular'] },
            missing('vision', 'attacks'),
          ],
          [`${format} of images`, { evidence: attack(format), traits: ['vision', 'text'] }, []],
        ] as const,
    ),
    [
      'textattack of images',
      { evidence: attack('textattack'), traits: ['vision'] },
      missing('text', 'attacks'),
    ],
    ['textattack of texts', { evidence: attack('textattack'), traits: ['text'] }, []],
    ['textattack of what generates', { evidence: attack('textattack'), traits: ['generative'] }, []],
    ['an attack that tells nothing', { evidence: [anEvidence({ format: 'garak', measurements: [] })] }, []],

    ['a service that is bought', { lines: [SERVICE], approaches: ['buy'] }, []],
    ['a service that is built', { lines: [SERVICE] }, bought('build', 'service')],
    [
      'a service that is taken',
      { lines: [SERVICE], approaches: ['open-source'] },
      bought('open-source', 'service'),
    ],
    [
      'a service by one version',
      { lines: [SERVICE], approaches: ['buy', 'build'] },
      bought('build', 'service'),
    ],
    ['weights of a hub that are bought', { lines: [HUB], approaches: ['buy'] }, bought('buy', 'weights')],
    ['weights of a hub by one version', { lines: [HUB], approaches: ['buy', 'build'] }, []],
    ['weights of a hub', { lines: [HUB], approaches: ['open-source'] }, []],
    [
      'weights of a hub that were fine-tuned',
      { lines: [HUB], approaches: ['buy'], traits: ['fine-tuned'] },
      [],
    ],
    ['weights that a vendor delivers', { approaches: ['buy'] }, []],
    ['weights that were made from a bought model', { approaches: ['buy'], traits: ['fine-tuned'] }, []],
    ['weights by one version', { approaches: ['buy', 'build'] }, []],
    ['weights', {}, []],
    ['no criteria', { none: true, lines: [SERVICE], evidence: attack('garak') }, []],
  ])('%s', (_, told, expected) => {
    expect(found(told)).toMatchObject(expected)
    expect(found(told)).toHaveLength(expected.length)
  })

  test('nothing is said of a manifest that cannot be read', () => {
    expect(
      contradictions({ manifest: { path: MANIFEST_PATH }, evidence: [adapter({ base: 'x/y' })] }),
    ).toEqual([])
  })

  test('the labels of criteria', () => {
    const asked =
      '{ id: g, control: fairness, check: disparity, metric: recall, across: [[sex, race]], as: ratio, at_least: 0.8 }'
    const pins = `datasets: { d: { digest: { sha256: ${'a'.repeat(64)} }, groups: { age: [1, 2] } } }\n`
    const { criteria } = parsedCriteria(`${criteriaText([asked])}${pins}`)

    expect(criteria && groupedBy([criteria])).toEqual(['age', 'sex', 'race'])
  })
})
