import fc from 'fast-check'
import type { Evidence } from '../../src/core/evidence.ts'
import type { Problem } from '../../src/core/problem.ts'
import type { Criteria } from '../../src/criteria/criteria.ts'
import type { CriteriaFile, Facts, ModelFacts, Start } from '../../src/facts.ts'
import { aMeasurement, anId, aSource } from './build.ts'
import { CRITERIA_PATH, MANIFEST_PATH, modelFacts, parsedManifest, someFacts } from './facts.ts'

/** Of which nobody knows whether a good model has more or less. */
const METRICS = ['own', 'mine', 'another'] as const
const metric = fc.constantFrom(...METRICS)
/** From 0 to 1 in steps of a tenth. */
export const tenths = fc.integer({ min: 0, max: 10 }).map((tenth) => tenth / 10)
/** A problem more. */
export const PROBLEM: Problem = { path: 'models/credit-risk/metrics.json', line: 1, code: 'empty_file' }

const criterion = fc
  .record({
    metric,
    bound: fc.constantFrom('at_least', 'at_most', 'equals'),
    value: tenths,
    blocking: fc.constantFrom(true, true, true, false),
  })
  .map(({ metric: name, bound, value, blocking }): Criteria['criteria'][number] => ({
    id: `${name}-${bound}`.replace('_', '-'),
    control: 'performance',
    check: 'metric',
    metric: name,
    [bound]: value,
    ...(blocking ? {} : { blocking }),
  }))

/** A criteria file; each criterion has an id of its own. */
const criteria = (blob: string) =>
  fc
    .record({
      criteria: fc.uniqueArray(criterion, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }),
      risk: fc.constantFrom('low', 'low', 'low', 'high'),
      problems: problems(),
    })
    .map(
      ({ criteria: asked, risk, problems: found }): CriteriaFile => ({
        path: CRITERIA_PATH,
        commit: anId('2'),
        sha: anId(blob),
        lines: {},
        problems: found,
        criteria: { gonogo: 1, model: 'credit-risk', risk, approach: 'build', criteria: asked },
      }),
    )

function problems() {
  return fc.constantFrom<readonly Problem[]>([], [], [], [], [], [PROBLEM])
}

const evidence = (index: number) =>
  fc
    .record({
      values: fc.array(fc.record({ metric, value: tenths }), { maxLength: 3 }),
      about: fc.constantFrom('candidate', 'candidate', 'candidate', 'base'),
      trust: fc.constantFrom('typed', 'typed', 'produced'),
      problems: problems(),
    })
    .map(({ values, about, trust, problems: found }): Evidence => {
      const path = `models/credit-risk/${index}.json`
      const measurements = values.map(({ metric: name, value }, row) =>
        aMeasurement({ metric: name, value, labels: {}, source: aSource({ path, pointer: `/${row}` }) }),
      )
      return { path, sha: anId('e'), trust, about, measurements, records: [], problems: found }
    })

const start = fc.constantFrom<Start>(
  { kind: 'placed', work: { kind: 'training', commit: anId('1') }, at: anId('2'), saw: anId('c') },
  { kind: 'placed', work: { kind: 'training', commit: anId('1') }, at: anId('2'), saw: anId('c') },
  { kind: 'placed', work: { kind: 'training', commit: anId('1') }, at: anId('2'), saw: anId('c') },
  { kind: 'placed', work: { kind: 'training', commit: anId('1') }, at: anId('2') },
  { kind: 'unrelated', work: { kind: 'training', commit: anId('1') } },
  { kind: 'not_named' },
)

/** A model that may come to anything. */
export const model = fc
  .record({
    registered: fc.option(criteria('c'), { nil: undefined, freq: 8 }),
    amended: fc.option(criteria('7'), { nil: undefined, freq: 2 }),
    gone: fc.constantFrom(false, false, false, true),
    files: fc
      .integer({ min: 1, max: 3 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => evidence(index)))),
    start,
    problems: problems(),
  })
  .map(({ registered, amended, gone, files, start: begun, problems: found }): ModelFacts => {
    const today = gone ? undefined : (amended ?? registered)
    return {
      model: 'credit-risk',
      manifest: manifestOf(files.length),
      start: begun,
      criteria: { path: CRITERIA_PATH, ...(registered && { registered }), ...(today && { today }) },
      weights: [],
      components: [],
      evidence: files,
      problems: found,
    }
  })

/** Facts that may come to anything. */
export const facts = fc
  .record({ models: fc.array(model, { minLength: 1, maxLength: 2 }), problems: problems() })
  .map(({ models, problems: found }): Facts => someFacts(models, { problems: found }))

/** A criterion that holds of a metric's value, in one of two versions that differ. */
const holding = (
  name: (typeof METRICS)[number],
  value: number,
  slack: number,
  kind: string,
): Criteria['criteria'][number] => ({
  id: name,
  control: 'performance',
  check: 'metric',
  metric: name,
  ...(kind === 'at_most'
    ? { at_most: Math.min(1, value + slack) }
    : { at_least: Math.max(0, value - slack) }),
})

const held = fc.record({
  name: metric,
  value: tenths,
  slack: tenths,
  later: tenths,
  kind: fc.constantFrom('at_least', 'at_most'),
})

/** A model that comes to go: one file for each metric, and criteria, amended or not, that hold. */
const goModel = fc
  .tuple(fc.uniqueArray(held, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([all, amended]): ModelFacts => {
    const files = all.map(({ name, value }, index): Evidence => {
      const path = `models/credit-risk/${index}.json`
      const measurements = [aMeasurement({ metric: name, value, labels: {}, source: aSource({ path }) })]
      return {
        path,
        sha: anId('e'),
        trust: 'typed',
        about: 'candidate',
        measurements,
        records: [],
        problems: [],
      }
    })
    const version = (blob: string, slack: 'slack' | 'later'): CriteriaFile => ({
      path: CRITERIA_PATH,
      commit: anId('2'),
      sha: anId(blob),
      lines: {},
      problems: [],
      criteria: {
        gonogo: 1,
        model: 'credit-risk',
        risk: 'low',
        approach: 'build',
        criteria: all.map((one) => holding(one.name, one.value, one[slack], one.kind)),
      },
    })
    const registered = version('c', 'slack')
    const criteria = { path: CRITERIA_PATH, registered, today: amended ? version('7', 'later') : registered }
    return { ...modelFacts({ criteria, evidence: files }), manifest: manifestOf(files.length) }
  })

/** Facts that come to go, so that what must turn a go into something else has one to turn. */
export const goes = fc.array(goModel, { minLength: 1, maxLength: 2 }).map((models) => someFacts(models))

/** A manifest that names so many evidence files. */
function manifestOf(files: number): ModelFacts['manifest'] {
  const named = Array.from({ length: files }, (_, index) => `${index}.json`).join(', ')
  const { manifest } = parsedManifest(
    `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: [{ uri: a, sha256: ${'9f86d081'.repeat(8)} }]\nevidence: [${named}]\n`,
  )
  return { path: MANIFEST_PATH, sha: anId('d'), ...(manifest && { value: manifest }) }
}
