import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CONTROLS } from '../../src/core/controls.ts'
import { metricOf } from '../../src/core/metrics.ts'
import { APPROACHES, RISKS, TRAITS, type Trait } from '../../src/core/profile.ts'
import { coverage } from '../../src/criteria/coverage.ts'
import { parseCriteria } from '../../src/criteria/criteria.ts'
import { holdAgainst } from '../../src/criteria/proposed.ts'
import { READERS, readEvidence } from '../../src/readers/index.ts'
import { requiredOf, starterCriteria } from '../../src/starter/criteria.ts'
import { templates } from '../../src/starter/templates.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { gonogo, write } from './clone.ts'

const PATH = '.gonogo/criteria/credit-risk.yml'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-init-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const init = (...args: readonly string[]) => gonogo(folder, ['init', ...args])
const criteria = () => readFileSync(join(folder, PATH), 'utf8')

/** Every set of traits. */
const SETS = Array.from({ length: 2 ** TRAITS.length }, (_, bits): readonly Trait[] =>
  TRAITS.filter((_trait, index) => (bits >> index) % 2 === 1),
)

describe('for every risk, approach and set of traits', () => {
  test.each(RISKS.flatMap((risk) => APPROACHES.map((approach) => [risk, approach] as const)))(
    '%s, %s: each required control is asked, and nothing else',
    (risk, approach) => {
      for (const traits of SETS) {
        const starting = { model: 'credit-risk', risk, approach, traits }
        const { criteria: parsed, problems } = parseCriteria(parseYaml(starterCriteria(starting), PATH), PATH)
        expect(problems).toEqual([])
        if (parsed === undefined) throw new Error('no criteria')
        const file = { path: PATH, change: 'added', deviations: [], problems, criteria: parsed } as const
        const held = holdAgainst(file, undefined, { repository: '', now: '' }).problems
        // The exam is what nobody but the people of the model can pin.
        const found = held.filter(({ code }) => code !== 'exam_unpinned')
        expect([found, held.length > 0]).toEqual([[], risk === 'high'])
        const wanted = requiredOf(starting).map(({ control }) => control)
        expect([...new Set(parsed.criteria.map(({ control }) => control))]).toEqual(wanted)
        expect(parsed.not_applicable).toBeUndefined()
      }
    },
  )

  test('no template could pass for an answer', () => {
    const all = { model: 'm', risk: 'high', traits: TRAITS } as const
    const files = APPROACHES.flatMap((approach) => templates({ ...all, approach }))
    expect(files.length).toBeGreaterThan(30)
    for (const { path, text } of files) {
      const { reading } = readEvidence(new TextEncoder().encode(text), path, 'sha')
      expect(reading.problems).toEqual([])
      const [record] = reading.records
      if (record?.kind === 'document') {
        const asked = record.sections.filter(({ title }) => !title.startsWith('m: '))
        expect(asked.length).toBeGreaterThan(0)
        expect(asked.filter(({ placeholder }) => placeholder === undefined)).toEqual([])
      } else if (record?.kind === 'written') {
        const { owner, fields } = record
        expect(owner).toBe('placeholder')
        expect(new Set(Object.values(fields))).toEqual(new Set(['placeholder', 'missing']))
      } else {
        if (record?.kind !== 'training') throw new Error(`${path} is no record`)
        expect(record.owner).toBe('placeholder')
        expect(new Set(Object.values(record.fields))).toEqual(new Set(['placeholder']))
      }
    }
  })

  test.each([
    [
      'buy',
      [],
      [
        'applicable-regulation',
        'contract-provisions',
        'human-oversight',
        'sourcing-decision',
        'vendor-monitoring',
      ],
    ],
    [
      'build',
      [],
      ['access-control', 'environment-isolation', 'poisoning-prevention', 'secure-development', 'training'],
    ],
    [
      'open-source',
      ['fine-tuned'],
      [
        'base-model-vulnerabilities',
        'inherited-behaviour',
        'inherited-data',
        'maintenance-capability',
        'training',
      ],
    ],
  ] as const)('%s: the records that are asked, each as a template', (approach, traits, some) => {
    const starting = { model: 'm', risk: 'high', approach, traits } as const
    const paths = templates(starting).map(({ path }) => path)
    const asked = starterCriteria(starting).match(/(?<=^ +record: )[a-z-]+$/gm) ?? []

    expect(paths).toEqual(expect.arrayContaining(some.map((kind) => `models/m/records/${kind}.yml`)))
    // What may stand instead of a record that is asked has its template too.
    const instead = approach === 'buy' ? ['certificate'] : []
    expect(new Set([...asked, ...instead].map((kind) => `models/m/records/${kind}.yml`))).toEqual(
      new Set(paths.filter((path) => path.includes('/records/'))),
    )
  })

  test('at high risk what the EU AI Act asks of a provider, and below it not', () => {
    const of = (risk: 'limited' | 'high') => {
      const text = starterCriteria({ model: 'm', risk, approach: 'build', traits: [] })
      const { criteria: parsed } = parseCriteria(parseYaml(text, PATH), PATH)
      return parsed?.criteria.filter(
        ({ control }) => control === 'documentation' || control === 'transparency',
      )
    }

    expect(of('high')).toMatchObject([
      { check: 'document', document: 'model-card' },
      { record: 'annex-iv' },
      { record: 'test-report', covers: 'evidence' },
      { check: 'document', sections: 'instructions-for-use' },
    ])
    const text = starterCriteria({ model: 'm', risk: 'high', approach: 'build', traits: [] })
    expect(text).toMatch(/record: test-report\n.*covers: evidence.*\n +# decide: trust: signed, /)
    expect(of('limited')).toMatchObject([{ document: 'model-card' }, { document: 'user-information' }])
  })

  test('what tests may show is written so that it can be taken', () => {
    const text = starterCriteria({ model: 'credit-risk', risk: 'high', approach: 'build', traits: [] })
    const offered = [
      ...text.matchAll(/# beside it, where tests of the data are among the evidence: (\{.*\})/g),
    ].map(([, one]) => `  - ${one}`)

    expect(offered).toHaveLength(1)
    const asked = `gonogo: 1\nmodel: credit-risk\nrisk: low\napproach: build\ncriteria:\n${offered.join('\n')}\n`
    const { criteria: parsed, problems } = parseCriteria(parseYaml(asked, PATH), PATH)
    expect(problems).toEqual([])
    expect(parsed?.criteria).toMatchObject([{ control: 'poisoning-prevention', check: 'suite' }])
  })

  test('what tools wrote down may show is written so that it can be taken', () => {
    const text = starterCriteria({ model: 'credit-risk', risk: 'high', approach: 'build', traits: [] })
    const offered = [...text.matchAll(/# [^{\n]*: (\{.*check: integrity.*\})/g)].map(
      ([, one]) => `  - ${one}`,
    )

    expect(offered).toHaveLength(1)
    const asked = `gonogo: 1\nmodel: credit-risk\nrisk: low\napproach: build\ncriteria:\n${offered.join('\n')}\n`
    const { criteria: parsed, problems } = parseCriteria(parseYaml(asked, PATH), PATH)
    expect(problems).toEqual([])
    expect(text).toContain('    control: data-integrity\n    check: integrity\n    of: [data]\n')
    expect(parsed?.criteria).toMatchObject([
      { control: 'reproducibility', of: ['parameters', 'environment', 'code'] },
    ])
  })

  test('whatever is offered can be taken, and answers the control that it is offered for', () => {
    const profiles = RISKS.flatMap((risk) =>
      APPROACHES.map((approach) => ({ risk, approach, traits: TRAITS })),
    )
    const offered = profiles.flatMap((profile) =>
      [...starterCriteria({ model: 'm', ...profile }).matchAll(/# (?:or|beside it), [^{\n]*: (\{.*\})/g)].map(
        ([, one = '']) => ({ profile, one }),
      ),
    )
    const controls = new Set(offered.map(({ one }) => /control: ([a-z-]+)/.exec(one)?.[1]))

    expect([...controls]).toEqual(
      expect.arrayContaining([
        ...['fairness', 'open-source-provenance', 'environment-isolation', 'base-model-card'],
        ...['base-model-evaluation', 'inherited-behaviour'],
      ]),
    )
    for (const { profile, one } of offered) {
      const { risk, approach, traits } = profile
      const head = `gonogo: 1\nmodel: m\nrisk: ${risk}\napproach: ${approach}\ntraits: [${traits.join(', ')}]`
      const path = PATH.replace('credit-risk', 'm')
      const { criteria: parsed, problems } = parseCriteria(
        parseYaml(`${head}\ncriteria:\n  - ${one}\n`, path),
        path,
      )
      expect([one, problems]).toEqual([one, []])
      const asked = parsed?.criteria ?? []
      const held = { risk, approaches: [approach], traits, required: [], criteria: [] }
      const covered = coverage(held, { criteria: asked }).find(({ control }) => control === asked[0]?.control)
      // Tests of data stand beside the record, and never in its place.
      const expected = one.includes('data-tests')
        ? { state: 'missing', unfit: [{ why: 'in_part' }] }
        : { state: 'asked' }
      expect([one, covered]).toMatchObject([one, expected])
    }
  })

  test.each<readonly [Trait, string, object]>([
    ['generative', 'security-testing', { metric: 'attack_success_rate', for_each: 'plugin' }],
    ['generative', 'extraction', { where: { plugin: 'prompt-extraction' } }],
    ['generative', 'data-leakage', { for_each: 'plugin', of: ['pii:direct', 'pii:session'] }],
    [
      'generative',
      'prompt-injection',
      { for_each: 'probe', of: expect.arrayContaining([expect.stringMatching(/^promptinject\..+/)]) },
    ],
    ['personal-data', 'security-testing', { where: { attack: 'evasion' } }],
    ['personal-data', 'extraction', { metric: 'accuracy', where: { attack: 'extraction' } }],
    ['personal-data', 'data-leakage', { metric: 'attack_success_rate', where: { attack: 'memorisation' } }],
    ['personal-data', 'membership-inference', { metric: 'attack_auc' }],
  ])('with %s, %s is asked by a metric and labels that readers give', (trait, control, expected) => {
    const text = starterCriteria({ model: 'credit-risk', risk: 'high', approach: 'build', traits: [trait] })
    const { criteria: parsed } = parseCriteria(parseYaml(text, PATH), PATH)
    const asked = parsed?.criteria.find((one) => one.control === control)
    const read = READERS.flatMap(({ labels }) => labels)

    expect(asked).toMatchObject({ check: 'metric', ...expected })
    if (asked?.check !== 'metric') return
    expect(metricOf(asked.metric)).toBeDefined()
    for (const label of [...Object.keys(asked.where ?? {}), asked.for_each ?? 'attack'])
      expect(read).toContain(label)
    const [, comment] = new RegExp(`# ${control}, for [^\\n]*\\n +# decide: ([^\\n]*)`).exec(text) ?? []
    expect(comment).toMatch(/garak|promptfoo|TextAttack|TensorFlow Privacy|metrics-table/)
  })

  test('the card of a base is the one that was published, and no template of it is written', () => {
    const starting = { model: 'm', risk: 'limited', approach: 'open-source', traits: ['fine-tuned'] } as const
    const { criteria: parsed } = parseCriteria(parseYaml(starterCriteria(starting), PATH), PATH)

    expect(parsed?.criteria.find(({ control }) => control === 'base-model-card')).toMatchObject({
      ...{ check: 'lineage', of: ['card'], sections: 'model-card' },
    })
    expect(templates(starting).filter(({ path }) => path.includes('base-model-card'))).toEqual([])
  })

  test('every control has an ask', () => {
    const asked = RISKS.flatMap((risk) =>
      APPROACHES.flatMap((approach) => requiredOf({ model: 'm', risk, approach, traits: TRAITS })),
    )
    expect(new Set(asked.map(({ control }) => control))).toEqual(new Set(CONTROLS))
  })
})

describe('gonogo init', () => {
  test('0: what it wrote passes lint, says why each criterion is there, and what is to be decided', async () => {
    const { code, out, err } = await init(
      ...['credit-risk', '--risk', 'high', '--trait', 'tabular', '--trait', 'personal-data'],
    )

    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`wrote ${PATH}\n`)
    expect(out).toContain(
      '2. commit it by itself and merge it into the default branch, before the training begins',
    )
    expect(out).toContain('wrote models/credit-risk/records/training.yml\n')
    expect(out).toContain('  - { path: docs/model-card.md, document: model-card }\n')
    expect(out).toMatch(
      /records\/training.yml\n {2}# - ..\/..\/uv.lock +# the lock that the training record names/,
    )
    expect(criteria()).toContain('traits: [tabular, personal-data]\n')
    expect(criteria()).toContain(`
  # fairness, for trait: personal-data: a gap between groups, such as demographic parity
  # decide: the measure of fairness that fits the use, and the groups that it is measured over
  # or, where rows, counts or rates of each group are there, with an interval for every pair of them: { id: fairness, control: fairness, check: disparity, metric: selection_rate, across: [sex], as: ratio, at_least: 0.8, confidence: 0.95 }
  - id: parity
    control: fairness
    check: metric
    metric: demographic_parity_difference
    at_most: 0.1
`)
    // At high risk only the exam is left to be pinned, which nobody else can.
    const found = await gonogo(folder, ['lint', '--json'])
    const [{ problems }] = JSON.parse(found.out)
    expect(found.code).toBe(1)
    expect(problems.length).toBeGreaterThan(2)
    expect(new Set(problems.map(({ code }: { readonly code: string }) => code))).toEqual(
      new Set(['exam_unpinned']),
    )
    const pin = `datasets: { holdout: { digest: { sha256: ${'9c1f'.repeat(16)} } } }`
    write(folder, { [PATH]: criteria().replace('# datasets:', pin) })
    expect(await gonogo(folder, ['lint'])).toMatchObject({ code: 0 })
    expect(await gonogo(folder, ['lint', 'models/credit-risk/records/training.yml'])).toMatchObject({
      code: 0,
    })
  })

  test('where risk is low little is asked', async () => {
    expect(await init('credit-risk', '--risk', 'low', '--approach', 'buy')).toMatchObject({ code: 0 })

    expect(criteria().match(/- id: /g)).toHaveLength(1)
    expect(readdirSync(folder)).toEqual(['.gonogo'])
  })

  test('nothing that is there is changed', async () => {
    write(folder, { [PATH]: 'mine' })
    expect(await init('credit-risk')).toMatchObject({
      code: 3,
      err: expect.stringContaining(`${PATH} is there already`),
    })
    expect(criteria()).toBe('mine')

    write(folder, { 'models/other/docs/model-card.md': 'mine' })
    const { code, out } = await init('other')
    expect(code).toBe(0)
    expect(out).toContain('kept  models/other/docs/model-card.md')
    expect(readFileSync(join(folder, 'models/other/docs/model-card.md'), 'utf8')).toBe('mine')
  })

  test.each([
    [['Credit Risk'], 'no name of a model'],
    [['../x'], 'no name of a model'],
    [['credit-risk', '--risk', 'huge'], 'huge'],
    [['credit-risk', '--trait', 'odd'], 'odd'],
  ])('3: %j', async (args, says) => {
    expect(await init(...args)).toMatchObject({ code: 3, err: expect.stringContaining(says) })
    expect(readdirSync(folder)).toEqual([])
  })
})
