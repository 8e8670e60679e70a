import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundOf, labelsOf } from '../../src/checks/common.ts'
import type { ReleasedFiles } from '../../src/checks/context.ts'
import { answer } from '../../src/checks/index.ts'
import { type Change, looser } from '../../src/core/deviation.ts'
import { Criteria } from '../../src/criteria/criteria.ts'
import { difference } from '../../src/criteria/difference.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { CriteriaFile } from '../../src/facts.ts'
import { aMeasurement, anId, aSource } from '../support/build.ts'
import { aContext, anEvidence, CRITERIA_PATH, modelFacts, someFacts } from '../support/facts.ts'
import { aWrittenRecord } from '../support/records.ts'

type Criterion = Criteria['criteria'][number]

const RUNS = { seed: 20260301, numRuns: 1_500 }
const FEW = { seed: 20260301, numRuns: 300 }

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
/** On both scales, and on their edges. */
const number = fc.constantFrom(0.5, 0.8, 0.9, 0.9, 0.95, 0.95, 1, 1.5, 50, 90, 95)
const label = fc.constantFrom('a', 'b', 'c')
const metric = fc.constantFrom('accuracy', 'acc', 'ACC', 'mcc', 'matthews_correlation', 'latency', 'own')
const UNITS = ['fraction', 'percent', 'ms', 'count', 'value'] as const

const bound = fc.oneof(
  number.map((at_least) => ({ at_least })),
  number.map((at_most) => ({ at_most })),
  number.map((equals) => ({ equals })),
  fc.tuple(number, number).map(([one, other]) => ({ between: [Math.min(one, other), Math.max(one, other)] })),
)

const members = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.record({
    for_each: fc.constantFrom('class', 'dataset'),
    combine: maybe(fc.constantFrom('all', 'all', 'mean')),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    for_each: fc.constantFrom('class', 'dataset'),
    combine: maybe(fc.constant('all')),
    of: fc.array(label, { minLength: 1, maxLength: 3 }),
  }),
)

/** Where a number is looked for: by either spelling. */
const selection = fc.oneof(
  fc.constant({}),
  label.map((dataset) => ({ dataset })),
  label.map((dataset) => ({ where: { dataset } })),
  fc.constantFrom(1, '1', 2).map((seed) => ({ where: { seed } })),
)

/** What is rare, since nothing of it is met. */
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 15, arbitrary: fc.constant(undefined) }, value)

/** The parts of a criterion, each of which another version may have otherwise. */
const metricParts = fc.tuple(
  fc.constant({ id: 'm', control: 'performance', check: 'metric' }),
  fc.record({ metric }),
  bound,
  fc.record({ unit: rarely(fc.constantFrom(...UNITS)) }),
  fc.record({ min_samples: maybe(fc.constantFrom(10, 100)) }),
  fc.record({ blocking: maybe(fc.boolean()) }),
  fc.record({ confidence: rarely(fc.constantFrom(0.9, 0.95)) }),
  fc.record({ aggregate: rarely(fc.constant('p95')) }),
  members,
  selection,
)

const documentParts = fc.tuple(
  fc.constant({ id: 'm', control: 'documentation', check: 'document' }),
  fc.record({ document: fc.constantFrom('model-card', 'model-card', 'card') }),
  fc.record({
    sections: fc.array(fc.constantFrom('Use', '1. use', 'Limits', 'Data'), { minLength: 1, maxLength: 3 }),
  }),
)

const recordParts = fc.tuple(
  fc.constant({ id: 'm', control: 'reproducibility', check: 'record', record: 'training' }),
  fc.record({
    fields: maybe(fc.array(fc.constantFrom('data', 'seeds', 'commit'), { minLength: 1, maxLength: 2 })),
  }),
  fc.record({ max_age: maybe(fc.constantFrom('1 day', '1 days', '30 days', '365 days')) }),
  fc.record({ blocking: maybe(fc.boolean()) }),
)

const suiteParts = fc.tuple(
  fc.constant({ id: 'm', control: 'robustness', check: 'suite' }),
  fc.record({ suite: maybe(fc.constantFrom('one', 'two')) }),
  fc.record({ tests: maybe(fc.subarray(['a', 'b', 'a*', '*', 'c'], { minLength: 1, maxLength: 2 })) }),
  fc.record({ at_least: maybe(fc.constantFrom(0.25, 0.5, 1)) }),
  fc.record({ blocking: maybe(fc.boolean()) }),
)

const writtenParts = fc.tuple(
  fc.constant({ id: 'm', control: 'secure-development', check: 'record', record: 'secure-development' }),
  fc.record({ fields: maybe(fc.subarray(['practice', 'expires'], { minLength: 1 })) }),
  fc.record({ max_age: maybe(fc.constantFrom('1 day', '365 days', '366 days', '9999 days')) }),
  fc.record({ blocking: maybe(fc.boolean()) }),
)

const scanParts = fc.tuple(
  fc.constant({ id: 'm', control: 'supply-chain', check: 'scan' }),
  fc.record({ tool: rarely(fc.constantFrom('modelscan', 'gonogo')) }),
  fc.record({ severity: maybe(fc.constantFrom('low', 'medium', 'critical')) }),
  fc.record({ suppressed: maybe(fc.constant('accepted')) }),
  fc.record({ version_at_least: maybe(fc.constantFrom('0.8', '0.8.5', '0.8.10')) }),
  fc.record({ max_age: maybe(fc.constantFrom('1 day', '30 days', '365 days')) }),
  fc.record({ formats: maybe(fc.subarray(['pickle', 'safetensors', 'onnx'], { minLength: 1 })) }),
)

const parts = fc.oneof(
  { weight: 6, arbitrary: metricParts },
  ...[documentParts, recordParts, writtenParts, suiteParts],
  scanParts,
)
const whole = (all: readonly object[]): object => Object.assign({}, ...all)
const criterion = parts.map(whole)

/** Two versions of one criterion that differ in a part or two. */
const pair = fc
  .oneof(
    { weight: 6, arbitrary: fc.tuple(metricParts, metricParts) },
    fc.tuple(documentParts, documentParts),
    fc.tuple(recordParts, recordParts),
    fc.tuple(writtenParts, writtenParts),
    { weight: 2, arbitrary: fc.tuple(suiteParts, suiteParts) },
    { weight: 3, arbitrary: fc.tuple(scanParts, scanParts) },
    { weight: 1, arbitrary: fc.tuple(parts, parts) },
  )
  .chain(([before, other]) =>
    fc.tuple(
      fc.constant(whole(before)),
      fc
        .array(fc.nat({ max: other.length - 1 }), { minLength: 1, maxLength: 2 })
        .map((chosen) =>
          whole(before.map((part, index) => (chosen.includes(index) ? (other[index] ?? part) : part))),
        ),
    ),
  )

function parsed(criteria: readonly unknown[], settings: object = {}): Criteria | undefined {
  const text = { gonogo: 1, model: 'credit-risk', risk: 'low', approach: 'build', ...settings, criteria }
  return Criteria.safeParse(JSON.parse(JSON.stringify(text))).data
}

const criteriaPairs = pair.map(([one, other]) => [parsed([one]), parsed([other])] as const)
/** How a measurement agrees with what is asked, and where it does not. */
const choice = fc.record({
  /** From the bound that is asked, or where it lies otherwise. */
  value: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(-0.1, 0, 0, 0, 0.04).map((off) => ({ off })) },
    number,
  ),
  unit: fc.oneof({ weight: 4, arbitrary: fc.constant('unknown' as const) }, fc.constantFrom(...UNITS)),
  samples: fc.constantFrom(undefined, 50, 50, 500, 500),
  labels: fc.oneof(
    { weight: 9, arbitrary: fc.constant({}) },
    fc.constantFrom({ seed: '2' }, { dataset: 'b' }, { class: 'c' }),
  ),
})
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never

function measured(asked: Criterion, choices: readonly Choice[]) {
  if (asked.check !== 'metric') return []
  const { for_each: label, of = ['a', 'b', 'c'].slice(0, asked.count) } = asked
  const members = label === undefined ? [{}] : [...new Set(of)].map((member) => ({ [label]: member }))
  return members.map((member, index) => {
    const { value, unit, samples, labels } = choices[index % choices.length] ?? {
      value: 1,
      unit: 'unknown' as const,
      samples: undefined,
      labels: {},
    }
    const least = boundOf(asked)
    const low = least.kind === 'between' ? least.low : least.value
    const number = typeof value === 'number' ? value : Number((low + value.off).toFixed(2))
    const { samples: _, ...known } = aMeasurement({ metric: asked.metric, value: number, unit })
    const where = { ...labelsOf(asked), ...member, ...labels }
    return { ...known, ...(samples && { samples }), labels: where }
  })
}

const filled = fc.constantFrom('given' as const, 'missing' as const)
const evidence = fc
  .record({
    document: fc.constantFrom('model-card', 'model-card', 'card'),
    titles: fc.subarray(['Use', 'Limits', 'Data'], { minLength: 1 }),
    owner: fc.constantFrom('given' as const, 'given' as const, 'missing' as const),
    data: filled,
    seeds: filled,
    commit: filled,
    date: fc.constantFrom('2026-02-28', '2026-02-10', '2025-06-01', '2027-01-01'),
    suites: fc.subarray(['one', 'two'], { minLength: 1 }),
    tests: fc.array(
      fc.record({
        name: fc.constantFrom('a', 'a1', 'b'),
        outcome: fc.constantFrom('passed' as const, 'passed' as const, 'failed' as const, 'skipped' as const),
        pointer: fc.constant(''),
      }),
      { maxLength: 3 },
    ),
    scan: fc.record({
      tool: fc.constantFrom('modelscan', 'modelscan', 'other'),
      version: fc.constantFrom('0.8.1', '0.8.7', '0.8.10', '0.8.10'),
      at: fc.constantFrom('2026-02-28T10:00:00Z', '2026-02-10T10:00:00Z', '2025-06-01T10:00:00Z'),
      issues: fc.array(
        fc.record(
          {
            severity: fc.constantFrom('low' as const, 'medium' as const, 'unknown' as const),
            suppressed: fc.constant(true as const),
          },
          { requiredKeys: ['severity'] },
        ),
        { maxLength: 1 },
      ),
    }),
  })
  .map(({ document, titles, owner, date, suites, tests, scan, ...fields }) => {
    const source = aSource()
    const sections = titles.map((title) => ({ title, line: 1, words: 9 }))
    const machine = { hardware: 'given', operator: 'given' } as const
    const rest = { ...machine, hyperparameters: 'given', environment: 'given', times: 'given' } as const
    const { data: practice, seeds: expires } = fields
    return anEvidence({
      document,
      records: [
        { kind: 'document', sections, source },
        { kind: 'training', owner, date, fields: { ...fields, ...rest }, outcome: 'completed', source },
        aWrittenRecord({ practice, expires }, { owner, date }),
        {
          ...{ kind: 'scan', proof: 'ran', files: [{ name: 'm.pkl' }], skipped: [], errors: [], source },
          ...{ ...scan, issues: scan.issues.map((issue) => ({ ...issue, what: 'x' })) },
        },
        ...suites.map((suite) => ({ kind: 'suite', suite, tests, source }) as const),
      ],
    })
  })

const released = (['pickle', 'safetensors'] as const).map((format): ReleasedFiles => {
  const seen = { kind: 'read', format, whole: true, faults: [], names: [] } as const
  const weights = { name: 'm.pkl', digest: `sha256:${'0'.repeat(64)}`, trust: 'seen', format: seen } as const
  return { weights: [weights], service: false, allowed: [] }
})

const STRICT: readonly (Change | undefined)[] = [undefined, 'tightened', 'reworded']

describe('what is called stricter, or the same', () => {
  test('never turns unmet or undecided into met', () => {
    const seen = new Map<string, number>()
    const several = fc.array(fc.array(choice, { minLength: 1, maxLength: 2 }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(criteriaPairs, evidence, several, ([before, after], file, tried) => {
        const [one, other] = [before?.criteria[0], after?.criteria[0]]
        if (before === undefined || after === undefined || one === undefined || other === undefined) return
        const change = difference(before, after)[0]?.change
        for (const [index, choices] of tried.entries()) {
          const measurements = measured(index % 2 === 0 ? one : other, choices)
          const release = released[index % released.length] ?? released[0]
          const context = aContext([], { evidence: [{ ...file, measurements }], ...(release && { release }) })
          const [was, is] = [answer(one, context).outcome, answer(other, context).outcome]
          const key = `${change} ${was} ${is}`
          seen.set(key, (seen.get(key) ?? 0) + 1)

          if (STRICT.includes(change) && is === 'met') expect(was).toBe('met')
          if (change === undefined || change === 'reworded') expect(is).toBe(was)
        }
      }),
      RUNS,
    )
    // The pairs that are tried show what each name means: without them this would prove nothing.
    const wanted = ['tightened met met', 'tightened met unmet', 'tightened met undecided', 'reworded met met']
    for (const key of [...wanted, 'loosened unmet met', 'loosened undecided met', 'changed undecided met'])
      expect(seen.get(key) ?? 0, key).toBeGreaterThan(4)
  })
})

describe('two versions', () => {
  test('what is tightened one way is loosened the other way', () => {
    const back: Readonly<Record<string, readonly string[]>> = {
      tightened: ['loosened'],
      reworded: ['reworded'],
      // Beside what is tightened, the other way it is loosened.
      changed: ['changed', 'loosened'],
      loosened: ['tightened', 'loosened', 'changed'],
    }
    fc.assert(
      fc.property(criteriaPairs, ([before, after]) => {
        if (before === undefined || after === undefined) return
        const forth = difference(before, after)[0]?.change
        const reverse = difference(after, before)[0]?.change

        if (forth === undefined) expect(reverse).toBeUndefined()
        else expect(back[forth]).toContain(reverse)
      }),
      FEW,
    )
  })

  test('a version differs in nothing from itself, whatever the order of its keys', () => {
    fc.assert(
      fc.property(criterion, criterion, fc.boolean(), (one, other, swapped) => {
        const list = [one, { ...other, id: 'n' }]
        const turned = list.map((given) => Object.fromEntries(Object.entries(given).toReversed()))
        const [before, after] = [parsed(list), parsed(swapped ? turned.toReversed() : turned)]
        if (before === undefined || after === undefined) return

        expect(difference(before, before)).toEqual([])
        expect(difference(before, after)).toEqual([])
      }),
      FEW,
    )
  })

  test('another id alone is a new name, and never looser', () => {
    fc.assert(
      fc.property(criterion, (given) => {
        const [before, after] = [parsed([given]), parsed([{ ...given, id: 'n' }])]
        if (before === undefined || after === undefined) return

        expect(difference(before, after)).toMatchObject([
          { criterion: 'n', change: 'reworded', renamed: 'm' },
        ])
      }),
      FEW,
    )
  })
})

const settings = fc.record(
  {
    risk: fc.constantFrom('low', 'limited', 'high'),
    trust: fc.constantFrom('typed', 'produced'),
    registration: fc.constantFrom('ordered', 'started'),
    traits: fc.array(fc.constantFrom('text', 'fine-tuned'), { maxLength: 2 }),
    approach: fc.constantFrom('build', 'buy'),
  },
  { requiredKeys: [] },
)

const MODEL = modelFacts()

/** Weights are not bought, and a service is not built: what is released is what the criteria say. */
function manifestOf(approach: Criteria['approach']): typeof MODEL.manifest {
  const { value, ...place } = MODEL.manifest
  if (value === undefined || approach !== 'buy') return MODEL.manifest
  const { weights: _, ...bought } = value
  return { ...place, value: { ...bought, service: { provider: 'a', model: 'b', snapshot: 'b-1' } } }
}

test('no whole file that is called stricter makes a go of what was none', () => {
  const list = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('m', 'n', 'o'),
      // Each of them answers for performance: what nothing answers for is no go, and one criterion more is what it needs.
      metric: fc.constantFrom('accuracy', 'acc', 'own_score'),
      at_least: fc.constantFrom(0.5, 0.9, 50),
      blocking: maybe(fc.boolean()),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 3 },
  )
  const version = (asked: readonly object[], above: object) =>
    parsed(
      asked.map((one) => ({ control: 'performance', check: 'metric', ...one })),
      above,
    )
  const decided = (
    criteria: Criteria,
    values: readonly number[],
    trust: 'typed' | 'produced',
    work: 'training' | 'evaluation',
  ) => {
    const file: CriteriaFile = {
      path: CRITERIA_PATH,
      commit: anId('2'),
      sha: anId('c'),
      lines: {},
      problems: [],
      criteria,
    }
    const measurements = ['accuracy', 'own_score'].flatMap((name, index) => {
      const value = values[index]
      return value === undefined ? [] : [aMeasurement({ metric: name, value, unit: 'unknown', labels: {} })]
    })
    const start = {
      kind: 'placed',
      work: { kind: work, commit: anId('1') },
      at: anId('2'),
      saw: anId('c'),
    } as const
    const model = {
      ...MODEL,
      manifest: manifestOf(criteria.approach),
      start,
      criteria: { path: CRITERIA_PATH, registered: file, today: file },
      evidence: [anEvidence({ measurements, trust })],
    }
    return evaluate(someFacts([model])).decision
  }
  let stricter = 0
  let gone = 0
  fc.assert(
    fc.property(
      fc.tuple(list, list, settings, settings, fc.boolean(), fc.boolean()),
      fc.array(fc.constantFrom(0.9, 0.95, 90), { minLength: 1, maxLength: 2 }),
      fc.constantFrom('typed', 'produced'),
      fc.constantFrom('training', 'evaluation'),
      ([one, other, above, later, sameList, sameSettings], values, trust, work) => {
        const before = version(one, above)
        const after = version(
          sameList ? one : [...one, ...other.filter(({ id }) => one.every((own) => own.id !== id))],
          sameSettings ? above : later,
        )
        if (before === undefined || after === undefined) return
        // Where nothing blocking was asked nothing could be a go, and a criterion more is what a go needs.
        if (one.every(({ blocking }) => blocking === false)) return
        const [was, is] = [decided(before, values, trust, work), decided(after, values, trust, work)]
        if (!looser(difference(before, after))) {
          stricter += 1
          if (was === 'go' && is !== 'go') gone += 1
          if (is === 'go') expect(was).toBe('go')
        }
      },
    ),
    { ...RUNS, numRuns: 1_000 },
  )
  expect(Math.min(stricter, gone)).toBeGreaterThan(5)
})
