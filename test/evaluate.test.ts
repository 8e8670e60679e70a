import { describe, expect, test } from 'vitest'
import { acceptable } from '../src/core/accepted.ts'
import type { Finding } from '../src/core/finding.ts'
import type { Problem } from '../src/core/problem.ts'
import { TRAINING_FIELDS } from '../src/core/record.ts'
import type { Waiver } from '../src/core/waiver.ts'
import { evaluate } from '../src/evaluate.ts'
import type { Facts, ModelFacts } from '../src/facts.ts'
import { aMeasurement, anId, aProposal, aSource } from './support/build.ts'
import {
  ACCURACY,
  aCriteriaFile,
  anEvidence,
  asking,
  CRITERIA_PATH,
  modelFacts,
  someFacts,
} from './support/facts.ts'
import { aWaiver } from './support/waivers.ts'

const problem: Problem = { path: 'models/credit-risk/metrics.json', line: 3, code: 'empty_file' }
const accuracy = (rest: string) =>
  `{ id: accuracy, control: performance, check: metric, metric: accuracy, ${rest} }`

function only(facts: Facts) {
  const [model] = evaluate(facts).models
  if (model === undefined) throw new Error('no model')
  return model
}

function waiverOf(finding: Finding | undefined): Waiver {
  const found = finding && acceptable(finding.answer)
  if (found?.kind !== 'acceptable') throw new Error('nobody can waive this')
  return aWaiver({ accepted: found.accepted })
}

describe('the decision on a commit', () => {
  const go = modelFacts()
  const noGo = modelFacts({ evidence: [anEvidence({ measurements: [aMeasurement({ value: 0.1 })] })] })
  const undecided = modelFacts({ evidence: [] })

  test.each<readonly [string, readonly ModelFacts[], readonly Problem[], string]>([
    ['one go', [go], [], 'go'],
    ['two goes', [go, go], [], 'go'],
    ['a go and a no-go', [go, noGo], [], 'no-go'],
    ['a no-go and a go', [noGo, go], [], 'no-go'],
    ['a go and an undecided', [go, undecided], [], 'undecided'],
    ['no-go beats undecided', [undecided, noGo, go], [], 'no-go'],
    ['no-go beats a problem', [noGo], [problem], 'no-go'],
    ['a go, and a problem of the commit', [go], [problem], 'undecided'],
    ['no model', [], [], 'nothing'],
    ['no model, and a problem', [], [problem], 'undecided'],
  ])('%s', (_, models, problems, expected) => {
    expect(evaluate(someFacts(models, { problems })).decision).toBe(expected)
  })

  test('a proposal, faulty or not, has no effect on it', () => {
    const proposals = [aProposal({ problems: [problem] })]

    const verdict = evaluate(someFacts([go], { proposals }))

    expect(verdict.decision).toBe('go')
    expect(verdict.proposals).toEqual(proposals)
  })

  test('everything that the facts know of the commit stands in the verdict', () => {
    const { models: _, gonogo: __, ...known } = someFacts()

    expect(evaluate(someFacts())).toMatchObject(known)
  })
})

describe('the problems of a model', () => {
  const withProblem = { ...aCriteriaFile([ACCURACY]), problems: [problem] }
  const other = { ...problem, line: 4 }

  test.each<readonly [string, Partial<ModelFacts>, readonly Problem[]]>([
    ['of the manifest', { problems: [problem] }, [problem]],
    ['of an evidence file', { evidence: [anEvidence({ problems: [problem] })] }, [problem]],
    [
      'of evidence about the base',
      {
        evidence: [
          anEvidence(),
          anEvidence({ path: 'b', about: 'base', measurements: [], problems: [problem] }),
        ],
      },
      [problem],
    ],
    [
      'of the registered criteria',
      { criteria: { ...asking([ACCURACY]), registered: withProblem } },
      [problem],
    ],
    [
      "of today's criteria",
      { criteria: { ...asking([ACCURACY]), today: { ...withProblem, sha: anId('7') } } },
      [problem],
    ],
    [
      "of today's criteria, though the blob is the registered one",
      { criteria: { ...asking([ACCURACY]), today: withProblem } },
      [problem],
    ],
    [
      'of both, the same',
      { criteria: { ...asking([ACCURACY]), registered: withProblem, today: withProblem } },
      [problem],
    ],
    [
      'of both, different',
      {
        criteria: {
          ...asking([ACCURACY]),
          registered: withProblem,
          today: { ...withProblem, problems: [other] },
        },
      },
      [problem, other],
    ],
  ])('%s', (_, given, expected) => {
    const model = only(someFacts([modelFacts(given)]))

    expect(model.problems).toEqual(expected)
    expect(model.decision).toBe('undecided')
  })

  test('evidence that the manifest names and the facts have lost is not found', () => {
    const lost = modelFacts({ evidence: [anEvidence({ path: 'models/credit-risk/other.json' })] })

    const model = only(someFacts([lost]))

    expect(model.problems).toEqual([
      {
        path: 'models/credit-risk/release.yml',
        line: 1,
        code: 'not_found',
        file: 'models/credit-risk/metrics.json',
      },
    ])
    expect(model.decision).toBe('undecided')
  })

  test('a manifest that could not be read is undecided, whatever is found', () => {
    const facts = modelFacts({ manifest: { path: 'models/credit-risk/release.yml', sha: anId('d') } })

    const model = only(someFacts([facts]))

    expect(model.decision).toBe('undecided')
    expect(model.version).toBeUndefined()
  })
})

describe('which evidence counts', () => {
  test('evidence about the base is none about the candidate', () => {
    const base = anEvidence({ path: 'models/credit-risk/metrics.json', about: 'base' })

    const model = only(someFacts([modelFacts({ evidence: [base] })]))

    expect(codes(model.findings)).toEqual(['registered', 'no_measurement'])
  })

  test.each<readonly [string, string, string, string]>([
    ['low risk', 'risk: low\napproach: build', 'typed', 'within_bound'],
    ['limited risk', 'risk: limited\napproach: build', 'typed', 'within_bound'],
    ['high risk', 'risk: high\napproach: build', 'typed', 'trust_too_low'],
    ['high risk, produced', 'risk: high\napproach: build', 'produced', 'chosen_afterwards'],
    [
      'produced, as the criteria say',
      'risk: low\napproach: build\ntrust: produced',
      'produced',
      'within_bound',
    ],
    ['as the criteria say', 'risk: low\napproach: build\ntrust: signed', 'produced', 'trust_too_low'],
  ])('trust: %s', (_, head, trust, expected) => {
    const evidence = [anEvidence({ trust: trust === 'produced' ? 'produced' : 'typed' })]

    const model = only(someFacts([modelFacts({ criteria: asking([ACCURACY], head), evidence })]))

    expect(model.findings[1]?.answer.code).toBe(expected)
  })

  test.each(['registered', 'today'] as const)(
    'the higher trust of both versions is wanted: %s',
    (version) => {
      const strict = aCriteriaFile([ACCURACY], '7', 'risk: low\napproach: build\ntrust: produced')
      const criteria = { ...asking([ACCURACY]), [version]: strict }

      const model = only(someFacts([modelFacts({ criteria })]))

      expect(model.findings[1]?.answer.code).toBe('trust_too_low')
    },
  )

  test.each(['registered', 'today'] as const)('the higher risk of both versions is shown: %s', (version) => {
    const strict = aCriteriaFile([ACCURACY], '7', 'risk: high\napproach: build')
    const criteria = { ...asking([ACCURACY]), [version]: strict }

    expect(only(someFacts([modelFacts({ criteria })])).risk).toBe('high')
  })

  test.each(['registered', 'today'] as const)('the higher tier of both versions is wanted: %s', (version) => {
    const strict = aCriteriaFile([ACCURACY], '7', 'risk: low\napproach: build\nregistration: started')
    const criteria = { ...asking([ACCURACY]), [version]: strict }
    const start = { ...modelFacts().start, saw: version === 'registered' ? anId('7') : anId('c') }

    const model = only(someFacts([modelFacts({ criteria, start })]))

    expect(model.findings[0]?.answer).toMatchObject({ code: 'tier_too_low', wanted: 'started' })
    expect(model.decision).toBe('undecided')
  })
})

describe('criteria that were amended after the work: the worse answer counts', () => {
  test.each<readonly [string, readonly string[], readonly string[], string, string, string | undefined]>([
    // name, registered, today, decision, answer, version
    [
      'loosened, and missed as registered',
      [accuracy('at_least: 0.95')],
      [accuracy('at_least: 0.9')],
      'no-go',
      'beyond_bound',
      'registered',
    ],
    [
      'tightened, and missed as it is today',
      [accuracy('at_least: 0.9')],
      [accuracy('at_least: 0.95')],
      'no-go',
      'beyond_bound',
      'today',
    ],
    [
      'both met',
      [accuracy('at_least: 0.9')],
      [accuracy('at_least: 0.91')],
      'go',
      'within_bound',
      'registered',
    ],
    [
      'the same, written otherwise',
      [accuracy('at_least: 0.90')],
      ['{ control: performance, id: accuracy, at_least: 0.9, metric: accuracy, check: metric }'],
      'go',
      'within_bound',
      'both',
    ],
    [
      'undecided is worse than met',
      [accuracy('at_least: 0.9')],
      [accuracy('at_least: 0.9, dataset: other')],
      'undecided',
      'no_measurement',
      'today',
    ],
    [
      'undecided as registered',
      [accuracy('at_least: 0.9, dataset: other')],
      [accuracy('at_least: 0.9')],
      'undecided',
      'no_measurement',
      'registered',
    ],
    [
      'unmet is worse than undecided',
      [accuracy('at_least: 0.9, dataset: other')],
      [accuracy('at_least: 0.95')],
      'no-go',
      'beyond_bound',
      'today',
    ],
    [
      'now advisory, missed as registered',
      [accuracy('at_least: 0.95')],
      [accuracy('at_least: 0.9, blocking: false')],
      'no-go',
      'beyond_bound',
      'registered',
    ],
    [
      'now advisory and missed, met as registered',
      [accuracy('at_least: 0.9')],
      [accuracy('at_least: 0.95, blocking: false')],
      'go',
      'within_bound',
      'registered',
    ],
  ])('%s', (_, registered, today, decision, code, version) => {
    const criteria = { ...asking(registered), today: aCriteriaFile(today, '7') }

    const model = only(someFacts([modelFacts({ criteria })]))

    expect(model.decision).toBe(decision)
    expect(model.findings).toHaveLength(2)
    expect(model.findings[1]).toMatchObject({ version, answer: { code } })
  })

  test.each<readonly [string, string, string, string]>([
    ['a higher bound', 'at_least: 0.95', 'at_least: 0.96', 'no-go'],
    ['another dataset', 'at_least: 0.9, dataset: other', 'at_least: 0.9, dataset: another', 'undecided'],
  ])('what is waived as registered waives nothing of what is asked today: %s', (_, then, now, decision) => {
    const asked = asking([accuracy(then)])
    const seen = only(someFacts([modelFacts({ criteria: asked })]))
    const waivers = [waiverOf(seen.findings[1])]
    const waived = (today: string) => {
      const criteria = { ...asked, today: aCriteriaFile([accuracy(today)], '7') }
      return only(someFacts([modelFacts({ criteria, waivers })]))
    }

    expect(waived(then).decision).toBe('go')
    expect(waived(now).decision).toBe(decision)
    expect(waived(now).findings[1]).toMatchObject({ version: 'today' })
    expect(waived(now).findings[1]?.waiver).toBeUndefined()
  })

  test.each<readonly [string, string, string, string]>([
    ['now blocking and missed', 'at_least: 0.9, blocking: false', 'at_least: 0.95', 'no-go'],
    [
      'now blocking and met, missed as advised',
      'at_least: 0.95, blocking: false',
      'at_least: 0.9',
      'undecided',
    ],
    ['now blocking, in nothing else', 'at_least: 0.9, blocking: false', 'at_least: 0.9', 'undecided'],
    ['advisory in both', 'at_least: 0.9, blocking: false', 'at_least: 0.95, blocking: false', 'undecided'],
  ])('what only advised when it was registered covers nothing: %s', (_, registered, today, decision) => {
    const criteria = { ...asking([accuracy(registered)]), today: aCriteriaFile([accuracy(today)], '7') }

    const model = only(someFacts([modelFacts({ criteria })]))

    expect(model.decision).toBe(decision)
    expect(model.findings.map(({ criterion, version }) => [criterion, version])).toEqual([
      ['preregistration', 'both'],
      ['accuracy', 'today'],
      ['coverage', 'both'],
    ])
  })

  const f1 = '{ id: f1, control: performance, check: metric, metric: f1, at_least: 0.9 }'

  test.each<readonly [string, readonly string[], readonly string[], string]>([
    ['added, and not met', [ACCURACY], [ACCURACY, f1], 'today'],
    ['removed, and not met', [ACCURACY, f1], [ACCURACY], 'registered'],
  ])('%s', (_, registered, today, version) => {
    const criteria = { ...asking(registered), today: aCriteriaFile(today, '7') }

    const model = only(someFacts([modelFacts({ criteria })]))

    expect(model.decision).toBe('undecided')
    expect(model.findings.map(({ criterion, version: from }) => [criterion, from])).toEqual([
      ['preregistration', 'both'],
      ['accuracy', 'both'],
      ['f1', version],
    ])
    expect(model.deviations).toMatchObject([
      { criterion: 'f1', change: version === 'today' ? 'added' : 'removed' },
    ])
  })

  test('a version that could not be read says nothing about what was changed', () => {
    const { criteria: _, ...unreadable } = {
      ...aCriteriaFile([ACCURACY], '7'),
      problems: [problem],
      lines: {},
    }
    const criteria = { ...asking([ACCURACY]), today: unreadable }

    const model = only(someFacts([modelFacts({ criteria })]))

    expect(model.deviations).toEqual([])
    expect(model.decision).toBe('undecided')
  })

  test('a finding names the line and the blob of the version that decided', () => {
    const today = aCriteriaFile(
      [
        '{ id: z, control: performance, check: metric, metric: accuracy, at_least: 0.9 }',
        accuracy('at_least: 0.95'),
      ],
      '7',
    )

    const model = only(someFacts([modelFacts({ criteria: { ...asking([ACCURACY]), today } })]))

    expect(model.findings.find(({ criterion }) => criterion === 'accuracy')?.asked).toEqual({
      path: CRITERIA_PATH,
      line: 7,
      sha: anId('7'),
    })
  })
})

describe('what is left out is left out', () => {
  test('no criteria at all', () => {
    const criteria = { path: CRITERIA_PATH }

    const model = only(someFacts([modelFacts({ criteria })]))

    expect(model).toMatchObject({ decision: 'no-go', deviations: [] })
    expect(model.findings).toHaveLength(1)
    expect(model.risk).toBeUndefined()
  })

  test('no identity', () => {
    const { identity: _, ...facts } = modelFacts()

    expect(only(someFacts([facts]))).not.toHaveProperty('identity')
  })

  test('the manifest itself', () => {
    const model = only(someFacts())

    expect(model.manifest).toEqual({ path: 'models/credit-risk/release.yml', sha: anId('d') })
    expect(model).toMatchObject({ version: '2.4.0', identity: '1'.repeat(64), knownAs: [], risk: 'low' })
  })
})

function codes(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ answer }) => answer.code)
}

describe('how long a verdict holds', () => {
  const fresh = (age: string) =>
    `{ id: fresh, control: reproducibility, check: record, record: training, max_age: ${age} }`
  const record = {
    ...{ kind: 'training', owner: 'given', date: '2026-02-01', outcome: 'completed' },
    fields: Object.fromEntries(TRAINING_FIELDS.map((field) => [field, 'given'])),
    source: aSource({ path: 'training.yml' }),
  } as const
  const until = (registered: string, today: string, about: 'candidate' | 'base' = 'candidate') => {
    const criteria = {
      path: CRITERIA_PATH,
      registered: aCriteriaFile([ACCURACY, fresh(registered)]),
      today: aCriteriaFile([ACCURACY, fresh(today)], 'd'),
    }
    // Every field is there by its name.
    const records = [record] as unknown as ModelFacts['evidence'][number]['records']
    const model = modelFacts({ criteria, evidence: [anEvidence({ records, about })] })
    return evaluate(someFacts([model, modelFacts()], { now: '2026-02-02T00:00:00Z' })).until
  }

  test.each([
    ['of both versions of the criteria', '365 days', '30 days', '2026-03-04T00:00:00.000Z'],
    ['of both versions, the other way round', '30 days', '365 days', '2026-03-04T00:00:00.000Z'],
  ])('the first thing that expires counts, %s', (_, registered, today, expected) => {
    expect(until(registered, today)).toBe(expected)
  })

  test('evidence about the base model holds nothing up', () => {
    expect(until('30 days', '30 days', 'base')).toBeUndefined()
  })

  test('where nothing expires it says nothing', () => {
    expect(evaluate(someFacts())).not.toHaveProperty('until')
  })
})
