import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Evidence } from '../src/core/evidence.ts'
import type { Verdict } from '../src/core/verdict.ts'
import { evaluate } from '../src/evaluate.ts'
import type { CriteriaFile, Facts, ModelFacts } from '../src/facts.ts'
import { gather } from '../src/sources/gather.ts'
import { facts, goes, model, PROBLEM, tenths } from './support/arbitrary.ts'
import { aMeasurement } from './support/build.ts'
import { anEvidence, asking, CRITERIA_PATH, MANIFEST_PATH, modelFacts, someFacts } from './support/facts.ts'
import { aFloor } from './support/floor.ts'
import { memory } from './support/memory.ts'

const RUNS = { seed: 20260301, numRuns: 120 }
/** Stories are told anew for each run, so there are fewer of them. */
const FEW = { seed: 20260301, numRuns: 60 }

/** The same facts with one model changed. */
function changed(given: Facts, at: number, change: (found: ModelFacts) => ModelFacts): Facts {
  const index = at % given.models.length
  return {
    ...given,
    models: given.models.map((found, position) => (position === index ? change(found) : found)),
  }
}

const missing = ({ path, about, trust }: Evidence): Evidence => ({
  path,
  about,
  trust,
  measurements: [],
  records: [],
  problems: [{ path: MANIFEST_PATH, line: 6, code: 'not_found', file: path }],
})

describe('evaluate', () => {
  test('the facts that are tried come to every decision', () => {
    const decisions = fc.sample(facts, { ...RUNS, numRuns: 1000 }).map((given) => evaluate(given).decision)

    expect(new Set(decisions)).toEqual(new Set(['go', 'no-go', 'undecided']))
  })

  test('the facts that are made to come to go do so', () => {
    fc.assert(
      fc.property(goes, (given) => {
        expect(evaluate(given).decision).toBe('go')
      }),
      RUNS,
    )
  })

  test('go only if every blocking finding is met, one was asked, the criteria came first, and there is no problem', () => {
    fc.assert(
      fc.property(fc.oneof(facts, goes), (given) => {
        const verdict = evaluate(given)

        if (verdict.decision === 'go') expect(verdict).toSatisfy(proved)
      }),
      RUNS,
    )
  })

  test('replacing an evidence file by a missing one never gives go', () => {
    fc.assert(
      fc.property(fc.oneof(facts, goes), fc.nat(), fc.nat(), (given, which, file) => {
        const less = changed(given, which, (found) => ({
          ...found,
          evidence: found.evidence.map((one, index) =>
            index === file % found.evidence.length ? missing(one) : one,
          ),
        }))

        expect(evaluate(less).decision).not.toBe('go')
      }),
      RUNS,
    )
  })

  const FLOORS = [
    'unlisted: high',
    'unlisted: low\nrisk:\n  low: { require: [fairness] }',
    'unlisted: low\nrisk:\n  low: { registration: started }',
    'unlisted: low\nrisk:\n  low: { trust: signed }',
    'models: [{ repository: acme/*, model: "*", traits: [generative] }]',
    'unlisted: hihg',
  ]

  test('a floor that asks for something and answers nothing never gives go', () => {
    fc.assert(
      fc.property(fc.oneof(facts, goes), fc.constantFrom(...FLOORS), (given, text) => {
        expect(evaluate({ ...given, floor: aFloor(text) }).decision).not.toBe('go')
      }),
      RUNS,
    )
  })

  test('losing an evidence file from the facts never gives go', () => {
    fc.assert(
      fc.property(fc.oneof(facts, goes), fc.nat(), fc.nat(), (given, which, file) => {
        const less = changed(given, which, (found) => ({
          ...found,
          evidence: found.evidence.filter((_, index) => index !== file % found.evidence.length),
        }))

        expect(evaluate(less).decision).not.toBe('go')
      }),
      RUNS,
    )
  })

  test('replacing a lost file by another twice never gives go', () => {
    fc.assert(
      fc.property(goes, fc.nat(), (given, which) => {
        const twice = changed(given, which, (found) => {
          const [, ...rest] = found.evidence
          return { ...found, evidence: [...rest, ...rest] }
        })

        expect(evaluate(twice).decision).not.toBe('go')
      }),
      RUNS,
    )
  })

  const withProblem: Readonly<Record<string, (found: ModelFacts) => ModelFacts>> = {
    'of the manifest': (found) => ({ ...found, problems: [...found.problems, PROBLEM] }),
    'of an evidence file': (found) => ({
      ...found,
      evidence: found.evidence.map((one) => ({ ...one, problems: [...one.problems, PROBLEM] })),
    }),
    'of the registered criteria': (found) => {
      const { registered } = found.criteria
      return registered
        ? { ...found, criteria: { ...found.criteria, registered: { ...registered, problems: [PROBLEM] } } }
        : found
    },
    "of today's criteria": (found) => {
      const { today } = found.criteria
      return today
        ? { ...found, criteria: { ...found.criteria, today: { ...today, problems: [PROBLEM] } } }
        : found
    },
  }

  test.each(Object.keys(withProblem))('a problem more never gives go: %s', (where) => {
    fc.assert(
      fc.property(goes, fc.nat(), (given, which) => {
        const faulty = changed(given, which, (found) => withProblem[where]?.(found) ?? found)

        expect(evaluate(faulty).decision).not.toBe('go')
      }),
      RUNS,
    )
  })

  test('a problem of the commit never gives go', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const faulty = { ...given, problems: [...given.problems, PROBLEM] }

        expect(evaluate(faulty).decision).not.toBe('go')
      }),
      RUNS,
    )
  })

  test('more undecided or unmet models never help', () => {
    fc.assert(
      fc.property(facts, model, (given, more) => {
        const before = evaluate(given).decision
        const after = evaluate({ ...given, models: [...given.models, more] }).decision

        if (before !== 'go') expect(after).not.toBe('go')
        if (before === 'no-go') expect(after).toBe('no-go')
      }),
      RUNS,
    )
  })

  test('the order of files, criteria and models changes no answer', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const turned: Facts = {
          ...given,
          models: given.models.toReversed().map((found) => ({
            ...found,
            evidence: found.evidence
              .toReversed()
              .map((one) => ({ ...one, measurements: one.measurements.toReversed() })),
            criteria: {
              ...found.criteria,
              ...(found.criteria.registered && { registered: reversed(found.criteria.registered) }),
              ...(found.criteria.today && { today: reversed(found.criteria.today) }),
            },
          })),
        }

        const [one, other] = [evaluate(given), evaluate(turned)]

        expect(other.decision).toBe(one.decision)
        expect(answers(other)).toEqual(answers(one))
      }),
      RUNS,
    )
  })

  test('facts that went through JSON give the same verdict', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const again: Facts = JSON.parse(JSON.stringify(given))

        expect(JSON.stringify(evaluate(again))).toBe(JSON.stringify(evaluate(given)))
      }),
      RUNS,
    )
  })

  test('a bound beyond the observed value is unmet', () => {
    const step = fc.integer({ min: 1, max: 1_000_000 }).map((millionths) => millionths / 1_000_000)
    fc.assert(
      fc.property(
        tenths,
        step,
        fc.constantFrom('at_least', 'at_most', 'equals', 'between'),
        (value, by, kind) => {
          const beyond =
            kind === 'at_most'
              ? { at_most: value - by }
              : kind === 'between'
                ? { between: [value + by, value + by] }
                : { [kind]: value + by }
          const asked = `{ id: a, control: performance, check: metric, metric: own, ${JSON.stringify(beyond).slice(1)}`
          const one = evaluate(someFacts([numberOf(value, asked)]))

          expect(one.decision).toBe('no-go')
          expect(one.models[0]?.findings[1]?.answer).toMatchObject({ code: 'beyond_bound' })
        },
      ),
      RUNS,
    )
  })

  test('a bound on the observed value is met', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom('at_least', 'at_most', 'equals'),
        (value, kind) => {
          const asked = `{ id: a, control: performance, check: metric, metric: own, ${kind}: ${value} }`

          expect(evaluate(someFacts([numberOf(value, asked)])).decision).toBe('go')
        },
      ),
      RUNS,
    )
  })
})

describe('gather and evaluate', () => {
  const CRITERIA = `gonogo: 1
model: credit-risk
risk: low
approach: build
criteria:
  - { id: accuracy, control: performance, check: metric, metric: accuracy, at_least: 0.5 }
  - { id: f1, control: performance, check: metric, metric: f1, at_least: 0.5 }
  - { id: card, control: documentation, check: document, document: model-card, sections: [Use] }
`
  const FILES: Readonly<Record<string, string>> = {
    'accuracy.json': '{ "accuracy": 0.9 }',
    'f1.yml': 'f1: 0.9\n',
    'card.md': '# Card\n\n## Use\n\nFor people who lend money to small firms in their own town.\n',
  }
  const NAMED = ['accuracy.json', 'f1.yml', '{ path: card.md, document: model-card }']

  /** A release with these evidence files, named in this order. */
  async function decided(
    files: Readonly<Record<string, string>>,
    named: readonly string[],
  ): Promise<Verdict> {
    const repository = memory()
    const training = repository.commit({ files: { [CRITERIA_PATH]: CRITERIA } })
    repository.move('main', training)
    const text = `gonogo: 1\nmodel: credit-risk\nversion: 1.0.0\nweights: [{ uri: a, sha256: ${'9f86d081'.repeat(8)} }]\ntraining: { commit: ${training} }\nevidence:\n${named.map((one) => `  - ${one}\n`).join('')}`
    const own = Object.entries(files).map(
      ([name, content]) => [`models/credit-risk/${name}`, content] as const,
    )
    const tree = { [CRITERIA_PATH]: CRITERIA, [MANIFEST_PATH]: text, ...Object.fromEntries(own) }
    const commit = repository.commit({ files: tree, parents: [training] })
    return evaluate(await gather(repository, { commit, now: '2026-03-01T12:00:00Z', engine: '0.1.0' }))
  }

  test('the order of files and of their names in the manifest never matters', async () => {
    const shuffled = fc.tuple(
      fc.shuffledSubarray(Object.entries(FILES), { minLength: 3 }),
      fc.shuffledSubarray(NAMED, { minLength: 3 }),
    )
    const wanted = await decided(FILES, NAMED)
    expect(wanted.decision).toBe('go')

    await fc.assert(
      fc.asyncProperty(shuffled, async ([files, named]) => {
        const verdict = await decided(Object.fromEntries(files), named)

        expect(verdict.decision).toBe('go')
        expect(verdict.models[0]?.identity).toBe(wanted.models[0]?.identity)
        expect(answers(verdict).map(({ code }) => code)).toEqual(answers(wanted).map(({ code }) => code))
      }),
      FEW,
    )
  })

  test('removing any evidence from the commit, or any name of it from the manifest, never gives go', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(Object.entries(FILES), { maxLength: 2 }),
        fc.shuffledSubarray(NAMED, { maxLength: 2 }),
        async (files, named) => {
          expect((await decided(Object.fromEntries(files), NAMED)).decision).not.toBe('go')
          expect((await decided(FILES, named)).decision).not.toBe('go')
        },
      ),
      FEW,
    )
  })

  test('cutting an evidence file off anywhere before its content ends never gives go', async () => {
    const file = fc.constantFrom('accuracy.json', 'f1.yml')
    await fc.assert(
      fc.asyncProperty(file, fc.nat(), async (name, at) => {
        const whole = FILES[name] ?? ''
        const cut = whole.slice(0, at % whole.trimEnd().length)

        expect((await decided({ ...FILES, [name]: cut }, NAMED)).decision).not.toBe('go')
      }),
      FEW,
    )
  })
})

function proved({ models, problems: found }: Verdict): boolean {
  return (
    models.length > 0 &&
    found.length === 0 &&
    models.every(({ decision, findings, problems: own, coverage = [] }) => {
      const blocking = findings.filter((finding) => finding.blocking)
      return (
        decision === 'go' &&
        own.length === 0 &&
        coverage.some(({ control, state }) => control === 'performance' && state === 'asked') &&
        coverage.every(({ state }) => state === 'asked' || state === 'built-in') &&
        blocking.every(({ answer }) => answer.outcome === 'met') &&
        blocking.some(({ answer }) => answer.code === 'registered') &&
        blocking.some(({ control }) => control === 'performance' || control === 'documentation')
      )
    })
  )
}

/** Every answer of a verdict in an order of its own, without the lines that differ with the order in a file. */
function answers({ models }: Verdict): readonly { readonly code: string }[] {
  return models
    .flatMap(({ findings }) =>
      findings.map(({ criterion: id, answer, blocking, version }) => ({ id, blocking, version, ...answer })),
    )
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

function reversed(file: CriteriaFile): CriteriaFile {
  return file.criteria
    ? { ...file, criteria: { ...file.criteria, criteria: file.criteria.criteria.toReversed() } }
    : file
}

/** A release with this loss, and one criterion. */
function numberOf(value: number, asked: string): ModelFacts {
  const measured = aMeasurement({ metric: 'own', value, unit: 'value', labels: {} })
  return modelFacts({ criteria: asking([asked]), evidence: [anEvidence({ measurements: [measured] })] })
}
