import { describe, expect, test } from 'vitest'
import { aboutOf, heldTo } from '../../src/criteria/binding.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { ModelFacts, SeenRun } from '../../src/facts.ts'
import { readText } from '../readers/read.ts'
import { aMeasurement, anId } from '../support/build.ts'
import {
  ACCURACY,
  ALL_GIVEN,
  anEvidence,
  asking,
  MANIFEST_PATH,
  modelFacts,
  parsedManifest,
  someFacts,
} from '../support/facts.ts'
import { aWrittenRecord } from '../support/records.ts'

const HEAD = 'gonogo: 1\nmodel: credit-risk\nversion: 2.4.0\n'
const REVISION = '0e9e39f249a16976918f6564b8830bc894c89659'
const HUB = `weights: [{ hub: acme/credit-risk, revision: ${REVISION} }]\n`
const FILE = `weights: [{ path: model.pt, sha256: ${'9f'.repeat(32)} }]\n`

function about(text: string, commit?: string) {
  const { manifest, problems } = parsedManifest(`${HEAD}${text}`)
  if (manifest === undefined) throw new Error(JSON.stringify(problems))
  return aboutOf({ value: manifest, path: MANIFEST_PATH }, commit)
}

describe('what identifies a model', () => {
  test('weights of a hub', () => {
    expect(about(`${HUB}known_as: [/ckpt]\ntraining: { commit: ${anId('b')} }\n`).candidate).toEqual({
      names: ['credit-risk', 'acme/credit-risk'],
      knownAs: ['/ckpt'],
      revisions: [REVISION],
      digests: [],
      commits: [anId('b')],
    })
  })

  test('files of weights, by path from the root and by folder', () => {
    const { names, digests } = about(FILE).candidate

    expect(names).toEqual(['credit-risk', './models/credit-risk/model.pt', './models/credit-risk'])
    expect(digests).toEqual(['9f'.repeat(32)])
  })

  test('a service, with and without its provider and its snapshot', () => {
    const service = 'service: { provider: openai, model: gpt-4o, snapshot: 2024-11-20 }\n'

    expect(about(service).candidate.names).toEqual([
      'credit-risk',
      ...['gpt-4o', 'openai/gpt-4o', 'openai:gpt-4o'],
      ...['gpt-4o-2024-11-20', 'openai/gpt-4o-2024-11-20', 'openai:gpt-4o-2024-11-20'],
    ])
  })

  test('weights that are identified in several ways tell no other model by one of them', () => {
    const both = `weights: [{ path: a.pt, sha256: ${'9f'.repeat(32)} }, { hub: acme/x, revision: ${REVISION} }]\n`

    expect(about(both).candidate).toMatchObject({ revisions: [], digests: [] })
  })

  test('the commit of the run that trained it, and the base', () => {
    const { candidate, base } = about(`${HUB}base_models: [{ name: org/base, revision: step1 }]\n`, anId('7'))

    expect(candidate.commits).toEqual([anId('7')])
    expect(base).toMatchObject({ names: ['org/base'], revisions: ['step1'], knownAs: [], commits: [] })
  })
})

describe('a verdict', () => {
  const judged = (given: Partial<ModelFacts>, manifest = HUB) => {
    const value = parsedManifest(
      `${HEAD}${manifest}training: { commit: ${anId('b')} }\nevidence: [metrics.json]\n`,
    ).manifest
    const [model] = evaluate(
      someFacts([
        modelFacts({
          manifest: { path: MANIFEST_PATH, sha: anId('d'), ...(value && { value }) },
          ...given,
        }),
      ]),
    ).models
    if (model === undefined) throw new Error('no model')
    return model
  }
  const named = (given: Parameters<typeof aMeasurement>[0]) =>
    anEvidence({ measurements: [aMeasurement(given)] })
  const answerOf = (model: ReturnType<typeof judged>) =>
    model.findings.find(({ criterion }) => criterion !== 'preregistration')?.answer

  test.each([
    ['another name', { model: 'other/credit-risk' }, 'other_model'],
    ['another revision', { labels: { model_revision: anId('a') } }, 'other_revision'],
    ['another commit', { commit: anId('2') }, 'other_commit'],
  ])('%s is unmet, whatever the value', (_, given, code) => {
    const model = judged({ evidence: [named({ value: 0.99, ...given })] })

    expect(model.decision).toBe('no-go')
    expect(answerOf(model)).toMatchObject({ code, outcome: 'unmet' })
  })

  test('other weights are unmet', () => {
    const model = judged({ evidence: [named({ labels: { model_sha256: 'e'.repeat(64) } })] }, FILE)

    expect(answerOf(model)).toMatchObject({ code: 'other_weights', wanted: ['9f'.repeat(32)] })
  })

  test('what is about another model is not chosen, and does not make ambiguous', () => {
    const evidence = anEvidence({
      measurements: [
        aMeasurement({ value: 0.5, model: 'acme/older' }),
        aMeasurement({ value: 0.93, model: 'acme/credit-risk' }),
      ],
    })
    const model = judged({ evidence: [evidence] })

    expect(model.decision).toBe('go')
    expect(answerOf(model)).toMatchObject({ code: 'within_bound', observed: { value: 0.93 } })
    expect(model.evidence[0]?.binding).toEqual({
      by: 'name',
      found: ['acme/credit-risk'],
      other: ['acme/older'],
    })
  })

  test('the base model is said to be it', () => {
    const base = 'base_models: [{ name: org/base, revision: step1 }]\n'
    const model = judged({ evidence: [named({ model: 'org/base' })] }, `${HUB}${base}`)

    expect(answerOf(model)).toMatchObject({ code: 'other_model', base: true })
  })

  test('evidence about the base is held to the base', () => {
    const base = 'base_models: [{ name: org/base, revision: step1 }]\n'
    const of = (name: string) =>
      judged(
        {
          evidence: [
            anEvidence(),
            { ...named({ model: name }), path: 'models/credit-risk/b.json', about: 'base' },
          ],
        },
        `${HUB}${base}`,
      ).evidence[1]?.binding

    expect(of('org/base')).toEqual({ by: 'name', found: ['org/base'] })
    expect(of('acme/credit-risk')).toEqual({ other: ['acme/credit-risk'] })
  })

  test('what is about another base is no evidence of the base', () => {
    const known = about(`${HUB}base_models: [{ name: org/base, revision: step1 }]\n`)
    const of = (model: string) =>
      heldTo(known, [{ ...named({ model }), about: 'base' }]).evidence.flatMap((file) => file.measurements)

    expect(of('org/base')).toHaveLength(1)
    expect(of('acme/credit-risk')).toEqual([])
    expect(of('org/other')).toEqual([])
  })

  test('of a table with several models each row answers for its own', () => {
    const known = about(HUB)
    const { reading } = readText('model,accuracy\ncredit-risk,0.8\nother/bert,0.99\n', 'm.csv')
    const { evidence, foreign } = heldTo(known, [anEvidence({ measurements: reading.measurements })])

    expect(evidence.flatMap((file) => file.measurements.map(({ value }) => value))).toEqual([0.8])
    expect(foreign.measurements).toEqual([expect.objectContaining({ what: 'model', found: 'other/bert' })])
  })

  test('the commit of the run that trained it counts, though the manifest names only the run', () => {
    const begun: SeenRun = {
      ...{ clock: 'run', work: 'training', kind: 'seen', run: 7, repository: 'acme/credit' },
      ...{ began: '2026-02-01T08:00:00Z', commit: anId('7'), workflow: 'train.yml', file: 'trusted' },
      ...{ fork: false, success: true, tip: { kind: 'gap' }, produced: { kind: 'no_digests' } },
    }
    const value = parsedManifest(`${HEAD}${HUB}training: { run: 7 }\nevidence: [metrics.json]\n`).manifest
    const of = (commit: string) =>
      evaluate(
        someFacts([
          modelFacts({
            manifest: { path: MANIFEST_PATH, sha: anId('d'), ...(value && { value }) },
            begun,
            evidence: [named({ commit })],
          }),
        ]),
      ).models[0]?.evidence[0]?.binding

    expect(of(anId('7'))).toEqual({ by: 'commit', found: [anId('7')] })
    expect(of(anId('8'))).toEqual({ other: [anId('8')] })
  })

  test('of each member that is only about another model', () => {
    const lines = [
      '{ id: each, control: performance, check: metric, metric: accuracy, for_each: task, count: 2, at_least: 0.9 }',
    ]
    const of = (task: string, model: string) => aMeasurement({ labels: { task }, model })
    const evidence = anEvidence({ measurements: [of('a', 'acme/credit-risk'), of('b', 'acme/older')] })
    const model = judged({ evidence: [evidence], criteria: asking(lines) })

    expect(answerOf(model)).toMatchObject({
      code: 'members_unmet',
      members: [
        { member: 'a', answer: { code: 'within_bound' } },
        { member: 'b', answer: { code: 'other_model' } },
      ],
    })
  })

  test('a training record of another commit answers nothing', () => {
    const lines = ['{ id: r, control: reproducibility, check: record, record: training }', ACCURACY]
    const record = (commit: string) => ({
      ...({
        kind: 'training',
        owner: 'given',
        date: '2026-02-01',
        fields: ALL_GIVEN,
        commit,
        outcome: 'completed',
      } as const),
      source: aMeasurement().source,
    })
    const of = (commit: string) =>
      judged({ criteria: asking(lines), evidence: [anEvidence({ records: [record(commit)] })] })

    expect(of(anId('b')).decision).toBe('go')
    expect(answerOf(of(anId('2')))).toMatchObject({ code: 'record_of_other_work', found: anId('2') })
  })

  test('a record that names another model answers nothing, and beside one of this model it is passed over', () => {
    const lines = [
      '{ id: r, control: secure-development, check: record, record: secure-development }',
      ACCURACY,
    ]
    const of = (...models: readonly (string | undefined)[]) => {
      const records = models.map((model) => aWrittenRecord({}, model === undefined ? {} : { model }))
      return judged({ criteria: asking(lines), evidence: [anEvidence({ records })] })
    }

    expect(of(undefined).decision).toBe('go')
    expect(of('credit-risk').decision).toBe('go')
    expect(of('credit-risk').evidence[0]?.binding).toMatchObject({ by: 'declared' })
    expect(answerOf(of('churn'))).toMatchObject({
      ...{ code: 'record_of_other_model', outcome: 'unmet', found: 'churn', wanted: ['credit-risk'] },
    })
    expect(of('churn').evidence[0]?.binding).toMatchObject({ other: ['churn'] })
    expect(of('churn', 'credit-risk').decision).toBe('go')
    expect(answerOf(of(undefined, 'credit-risk'))).toMatchObject({ code: 'several_records' })
  })

  test('where nothing is named it is declared, and of a file the weakest is told', () => {
    const bindingOf = (...given: readonly Parameters<typeof aMeasurement>[0][]) =>
      judged({ evidence: [anEvidence({ measurements: given.map(aMeasurement) })] }).evidence[0]?.binding

    const revision = { model: 'acme/credit-risk', labels: { model_revision: REVISION } }
    expect(bindingOf({})).toEqual({ by: 'declared' })
    expect(bindingOf(revision)).toEqual({ by: 'revision', found: [REVISION] })
    expect(bindingOf(revision, { model: 'acme/credit-risk' })).toEqual({
      by: 'name',
      found: ['acme/credit-risk'],
    })
    expect(bindingOf(revision, {})).toEqual({ by: 'declared' })
  })
})
