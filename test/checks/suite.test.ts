import { describe, expect, test } from 'vitest'
import { answerSuite, LISTED, SuiteCheck } from '../../src/checks/suite.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { EvidenceRecord, TestOutcome } from '../../src/core/record.ts'
import { aSource } from '../support/build.ts'
import { aContext, anEvidence, NO_EXAMS } from '../support/facts.ts'

type Suite = Extract<EvidenceRecord, { kind: 'suite' }>

const DIGEST = `sha256:${'9c1f'.repeat(16)}`
const PINNED = {
  ...NO_EXAMS,
  pinned: new Map([['holdout', { digest: DIGEST, rows: 12_000 }]]),
  given: [{ name: 'holdout', digest: DIGEST }],
  trained: [{ name: 'train', digest: `sha256:${'1a2b'.repeat(16)}` }],
}

const asked = (given: object = {}): SuiteCheck =>
  SuiteCheck.parse({ id: 's', control: 'robustness', check: 'suite', ...given })

/** A suite of tests called a, b, c ... that came to these outcomes. */
function aSuite(outcomes: readonly TestOutcome[], given: Partial<Suite> = {}): Suite {
  const tests = outcomes.map((outcome, index) => ({
    name: String.fromCharCode(97 + index),
    outcome,
    pointer: '',
    line: index + 2,
  }))
  return { kind: 'suite', tests, source: aSource({ path: 'junit.xml', format: 'junit' }), ...given }
}

function judged(suites: readonly Suite[], given: object = {}, more: Parameters<typeof aContext>[1] = {}) {
  const evidence = suites.map((record) =>
    anEvidence({ path: record.source.path, measurements: [], records: [record] }),
  )
  return answerSuite(asked(given), aContext([], { evidence, ...more }))
}

describe('what passed', () => {
  test.each<readonly [TestOutcome, string, string]>([
    ['passed', 'suite_passed', 'met'],
    ['failed', 'suite_failed', 'unmet'],
    ['expected_failure', 'suite_failed', 'unmet'],
    ['error', 'suite_open', 'undecided'],
    ['skipped', 'suite_open', 'undecided'],
    ['unexpected_pass', 'suite_open', 'undecided'],
    ['flaky', 'suite_open', 'undecided'],
  ])('one of three %s: %s', (outcome, code, decided) => {
    expect(judged([aSuite(['passed', outcome, 'passed'])])).toMatchObject({ code, outcome: decided })
  })

  test('no test shows nothing', () => {
    expect(judged([aSuite([])])).toEqual({ code: 'no_tests', outcome: 'undecided', path: 'junit.xml' })
    expect(judged([aSuite([])], { at_least: 0.1 }).code).toBe('no_tests')
  })

  test('the share that passed is a number like any other', () => {
    expect(
      judged([aSuite(['passed', 'failed'], { suite: 'pytest', tool: 'pytest', at: '2026-02-01T00:00:00Z' })]),
    ).toMatchObject({
      observed: {
        ...{ metric: 'pass_rate', value: 0.5, unit: 'fraction', samples: 2, successes: 1 },
        ...{ labels: { suite: 'pytest' }, tool: 'pytest', at: '2026-02-01T00:00:00Z' },
        source: { path: 'junit.xml' },
      },
      ...{ suite: 'pytest', passed: 1, tests: 2, more: 0 },
      unpassed: [{ test: 'b', outcome: 'failed', required: false, line: 3 }],
    })
  })

  test('failures are listed before what is open, what is named before all else, and no more than are read', () => {
    const names = (given: object) => {
      const answer = judged([aSuite(['skipped', 'error', 'failed', 'passed', 'expected_failure'])], given)
      return 'unpassed' in answer ? answer.unpassed.map((one) => one.test).join('') : answer.code
    }
    expect(names({})).toBe('ceab')
    expect(names({ tests: ['b'] })).toBe('bcea')
    const many = judged([aSuite(Array<TestOutcome>(LISTED + 7).fill('failed'))])
    expect(many).toMatchObject({ code: 'suite_failed', more: 7 })
    expect('unpassed' in many && many.unpassed).toHaveLength(LISTED)
  })
})

describe('a share is enough only where it is asked', () => {
  const nine = (last: TestOutcome) => aSuite([...Array<TestOutcome>(9).fill('passed'), last])

  test.each<readonly [TestOutcome, object, string]>([
    ['failed', {}, 'suite_failed'],
    ['failed', { at_least: 0.9 }, 'suite_passed'],
    ['failed', { at_least: 0.91 }, 'suite_failed'],
    ['skipped', { at_least: 0.9 }, 'suite_passed'],
    ['skipped', { at_least: 0.91 }, 'suite_open'],
    ['error', { at_least: 1 }, 'suite_open'],
  ])('nine passed and one %s, asked %j: %s', (last, given, code) => {
    expect(judged([nine(last)], given).code).toBe(code)
  })

  test('what was skipped stays in the denominator', () => {
    // One of ten is a tenth, and not one of one.
    expect(
      judged([aSuite(['passed', ...Array<TestOutcome>(9).fill('skipped')])], { at_least: 0.5 }).code,
    ).toBe('suite_open')
  })

  test('shares are compared as decimals', () => {
    const seven = aSuite([...Array<TestOutcome>(7).fill('passed'), ...Array<TestOutcome>(93).fill('failed')])
    // 0.07 * 100 is 7.000000000000001 in binary.
    expect(judged([seven], { at_least: 0.07 }).code).toBe('suite_passed')
  })

  test('all failures stand beside a share that is enough', () => {
    expect(judged([nine('failed')], { at_least: 0.5 })).toMatchObject({
      ...{ outcome: 'met', share: 0.5 },
      unpassed: [{ test: 'j', outcome: 'failed' }],
    })
  })

  test.each([0, -0.1, 1.01, 90])('no share: %d', (at_least) => {
    expect(() => asked({ at_least })).toThrow()
  })
})

describe('named tests', () => {
  const suite = aSuite(['passed', 'failed', 'skipped'], {
    tests: [
      { name: 'noise::gauss[0.1]', outcome: 'passed', pointer: '' },
      { name: 'noise::salt[0.1]', outcome: 'skipped', pointer: '' },
      { name: 'blur::motion', outcome: 'passed', pointer: '' },
      { name: 'slow::all', outcome: 'failed', pointer: '' },
    ],
  })
  const share = { at_least: 0.5 }

  test.each<readonly [readonly string[], string]>([
    [['blur::motion'], 'suite_passed'],
    [['blur::*'], 'suite_passed'],
    [['*::gauss[0.1]', 'b*n'], 'suite_passed'],
    [['noise::*'], 'suite_open'],
    [['slow::all'], 'suite_failed'],
    [['*'], 'suite_failed'],
    [['motion'], 'tests_missing'],
    [['blur'], 'tests_missing'],
    [['BLUR::*'], 'tests_missing'],
    [['noise::gauss?0.1?'], 'tests_missing'],
    [['blur::*', 'jpeg::*'], 'tests_missing'],
    // What failed for sure is said before what is missing.
    [['slow::*', 'jpeg::*'], 'suite_failed'],
  ])('%j: %s', (tests, code) => {
    expect(judged([suite], { ...share, tests }).code).toBe(code)
  })

  test('what is missing is named, with what is near it', () => {
    expect(judged([suite], { ...share, tests: ['blur::motoin', 'jpeg::*'] })).toMatchObject({
      ...{ outcome: 'undecided', missing: ['blur::motoin', 'jpeg::*'] },
      nearest: ['blur::motion', expect.anything(), expect.anything()],
    })
  })
})

describe('exactly one suite', () => {
  const [one, two] = [
    aSuite(['passed'], { suite: 'unit', dataset: 'holdout' }),
    aSuite(['failed'], { suite: 'stress', source: aSource({ path: 'stress.xml', format: 'junit' }) }),
  ]

  test('none', () => {
    expect(judged([], { suite: 'unit' })).toEqual({
      ...{ code: 'no_suite', outcome: 'undecided', asked: { suite: 'unit' }, nearest: [] },
    })
    expect(judged([one, two], { suite: 'units' })).toMatchObject({
      code: 'no_suite',
      nearest: ['unit', 'stress'],
    })
    expect(judged([one, two], { suite: 'stress', dataset: 'holdout' }).code).toBe('no_suite')
    expect(judged([one], { where: { file: 'other.xml' } }).code).toBe('no_suite')
    expect(judged([one], { where: { format: 'deepchecks' } }).code).toBe('no_suite')
  })

  test('several are never the best of them', () => {
    expect(judged([one, two])).toEqual({
      ...{ code: 'several_suites', outcome: 'undecided', named: true },
      suites: [
        { suite: 'unit', path: 'junit.xml' },
        { suite: 'stress', path: 'stress.xml' },
      ],
    })
    expect(judged([one, { ...one, source: two.source }], { suite: 'unit' })).toMatchObject({
      ...{ code: 'several_suites', named: false },
    })
  })

  test.each<readonly [object, string]>([
    [{ suite: 'unit' }, 'suite_passed'],
    [{ dataset: 'holdout' }, 'suite_passed'],
    [{ suite: 'stress' }, 'suite_failed'],
    [{ where: { file: 'junit.xml', format: 'junit' } }, 'suite_passed'],
  ])('chosen by %j', (given, code) => {
    expect(judged([one, two], given).code).toBe(code)
  })
})

describe('what holds of measurements holds of suites', () => {
  const suite = aSuite(['passed'], { dataset: 'holdout' })
  const typed = (given: Partial<Evidence> = {}) => [
    anEvidence({ path: 'junit.xml', measurements: [], records: [suite], ...given }),
  ]

  test('trust', () => {
    const context = (given?: Partial<Evidence>) =>
      answerSuite(asked(), aContext([], { trust: 'produced', evidence: typed(given) }))

    expect(context()).toMatchObject({ code: 'trust_too_low', found: 'typed', wanted: 'produced' })
    expect(context({ unlisted: 'a.yml' })).toMatchObject({ code: 'trust_too_low', unlisted: 'a.yml' })
    expect(context({ trust: 'produced' }).code).toBe('suite_passed')
  })

  test('a pinned exam', () => {
    const on = { dataset: 'holdout' }
    expect(judged([suite], on, { exams: PINNED }).code).toBe('suite_passed')
    expect(judged([suite], on, { exams: { ...PINNED, given: [] } }).code).toBe('exam_not_given')
    expect(judged([suite], {}, { exams: { ...PINNED, given: [] } }).code).toBe('exam_not_given')
    const other = [{ name: 'holdout', digest: `sha256:${'0'.repeat(64)}` }]
    expect(judged([], on, { exams: { ...PINNED, given: other } }).code).toBe('exam_differs')
    const trained = [{ name: 'train', digest: DIGEST }]
    expect(judged([suite], {}, { exams: { ...PINNED, trained } }).code).toBe('exam_in_training')
  })

  test('at high risk only on an exam that the criteria pin', () => {
    const exams = { ...PINNED, highRisk: true }
    expect(judged([suite], {}, { exams }).code).toBe('suite_passed')
    expect(judged([aSuite(['passed'])], {}, { exams })).toMatchObject({
      code: 'chosen_afterwards',
      what: 'unnamed',
    })
    expect(judged([aSuite(['passed'], { dataset: 'mine' })], {}, { exams })).toMatchObject({
      ...{ code: 'chosen_afterwards', what: 'dataset', value: 'mine' },
    })
  })
  describe('tests of the data that the model was made with are no exam of it', () => {
    const TRAINED = `sha256:${'1a2b'.repeat(16)}`
    const on = (dataset: string, control: string, role: 'train' | 'test', digest?: string) =>
      judged(
        [aSuite(['passed'], { dataset })],
        { control },
        {
          exams: { ...PINNED, highRisk: true },
          claims: {
            ...{ commits: [], repositories: [] },
            datasets: [{ name: 'train', role, ...(digest !== undefined && { digest }) }],
          },
        },
      ).code

    test.each<readonly [string, Parameters<typeof on>, string]>([
      ['for a control of the training', ['train', 'poisoning-prevention', 'train', TRAINED], 'suite_passed'],
      ['not for one of the model', ['train', 'robustness', 'train', TRAINED], 'chosen_afterwards'],
      ['not on data without a digest', ['train', 'poisoning-prevention', 'train'], 'chosen_afterwards'],
      ['not on a test set', ['train', 'poisoning-prevention', 'test', TRAINED], 'chosen_afterwards'],
      ['not on other data', ['mine', 'poisoning-prevention', 'train', TRAINED], 'chosen_afterwards'],
    ])('%s', (_, given, code) => {
      expect(on(...given)).toBe(code)
    })

    test.each<readonly [string, { readonly unasked?: true }, string, string]>([
      ['an exam that is pinned stays one', {}, DIGEST, 'exam_in_training'],
      ['data of which only the integrity is asked are none', { unasked: true }, DIGEST, 'suite_passed'],
      ['nor are others the pinned ones', { unasked: true }, TRAINED, 'exam_not_given'],
    ])('%s', (_, pinned, digest, code) => {
      const exams = {
        ...{ ...NO_EXAMS, highRisk: true },
        pinned: new Map([['train', { digest: DIGEST, ...pinned }]]),
        trained: [{ name: 'train', digest }],
      }
      const datasets = [{ name: 'train', role: 'train', digest }] as const
      const claims = { commits: [], repositories: [], datasets }
      const suite = aSuite(['passed'], { dataset: 'train' })
      expect(judged([suite], { control: 'poisoning-prevention' }, { exams, claims }).code).toBe(code)
    })
  })
})
