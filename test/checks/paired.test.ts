import { describe, expect, test } from 'vitest'
import { answerMetric, MetricCheck } from '../../src/checks/metric.ts'
import { endsOf } from '../../src/checks/showing.ts'
import type { Answer } from '../../src/core/answer.ts'
import type { Evidence, Trust } from '../../src/core/evidence.ts'
import type { Measurement } from '../../src/core/measurement.ts'
import type { Paired, PairedCounts } from '../../src/core/paired.ts'
import { explanationFacts } from '../../src/render/explanation.ts'
import { plain } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { newcombe } from '../../src/statistics/newcombe.ts'
import { newcombePaired } from '../../src/statistics/newcombe-paired.ts'
import { pairedOverClusters } from '../../src/statistics/paired.ts'
import { aModel, anId } from '../support/build.ts'
import { aContext, anEvidence, NO_EXAMS } from '../support/facts.ts'

const HOLDOUT = { name: 'holdout', digest: `sha256:${'1'.repeat(64)}` }
const asks = (given: object = {}): MetricCheck =>
  MetricCheck.parse({
    ...{ id: 'a', control: 'performance', check: 'metric', metric: 'accuracy' },
    ...{ baseline: 'base', at_least: -0.01, confidence: 0.95, ...given },
  })

type Story = {
  readonly pairs: PairedCounts
  readonly given?: object
  /** What the facts say of the pairs, where it is not what they are. */
  readonly figures?: readonly Paired[]
  readonly clustered?: { readonly clusters: number; readonly stderr: number }
  readonly path?: string
  readonly sha?: string
  readonly pointer?: string
  readonly trust?: Trust
  readonly baseTrust?: Trust
  readonly released?: 'the same' | 'another'
}

const POINTER = '/accuracy'
const [OWN, BASE] = ['models/credit-risk/rows.csv', 'models/credit-risk/base.csv']

function measured(path: string, successes: number, samples: number, more: object = {}): Measurement {
  return {
    ...{ metric: 'accuracy', value: successes / samples, unit: 'fraction', samples, successes },
    ...{ labels: { dataset: 'holdout' }, source: { path, sha: anId('b'), format: 'rows', pointer: POINTER } },
    ...more,
  }
}

function judged(story: Story): Answer {
  const { pairs, clustered, path = BASE, sha = anId('b'), trust = 'typed', baseTrust = 'typed' } = story
  const { both, onlyOne, onlyOther, neither } = pairs
  const samples = both + onlyOne + onlyOther + neither
  const alone = clustered && { clusters: clustered.clusters, stderr: 0.004 }
  const figures: readonly Paired[] = story.figures ?? [
    { kind: 'rate', pointer: story.pointer ?? POINTER, ...pairs, ...(clustered && { clustered }) },
  ]
  const own: Evidence = anEvidence({
    ...{ path: OWN, format: 'rows', trust, pairs: [{ against: { path, sha }, figures }] },
    measurements: [measured(OWN, both + onlyOne, samples, alone)],
  })
  const other = anEvidence({
    ...{ path: BASE, sha: anId('b'), format: 'rows', about: 'base', trust: baseTrust },
    measurements: [measured(BASE, both + onlyOther, samples, alone)],
  })
  const of = story.released
  const there = { ...other, path: 'models/credit-risk/then.csv', sha: anId(of === 'another' ? 'd' : 'b') }
  return answerMetric(
    asks({ ...story.given, ...(of && { baseline: 'released' }) }),
    aContext([], {
      ...{ evidence: [own], base: [other], trust, exams: { ...NO_EXAMS, given: [HOLDOUT] } },
      ...(of && {
        released: {
          name: { kind: 'released', commit: anId('3') },
          evidence: [{ ...there, about: 'candidate' }],
          data: [HOLDOUT],
        },
      }),
    }),
  )
}

const shownIn = (answer: Answer) => {
  if (!('shown' in answer) || answer.shown === undefined) throw new Error('nothing is shown')
  return answer.shown
}

/** 2,000 samples on which both are right or wrong together but for 60. */
const ALIKE: PairedCounts = { both: 1700, onlyOne: 32, onlyOther: 28, neither: 240 }

describe('a candidate beside its baseline, sample by sample', () => {
  test.each<readonly [string, Story, Answer['code'], string]>([
    ['tells apart what two samples do not', { pairs: ALIKE }, 'difference_within', 'newcombe_paired'],
    [
      'without pairs of this number both are two samples',
      { pairs: ALIKE, pointer: '/recall/1' },
      'difference_not_shown',
      'newcombe',
    ],
    [
      'a loss that pairs show is one',
      { pairs: { both: 1700, onlyOne: 5, onlyOther: 60, neither: 235 } },
      'difference_beyond',
      'newcombe_paired',
    ],
    [
      'models that go apart vary more than two samples, and are not shown',
      { pairs: { both: 0, onlyOne: 1010, onlyOther: 990, neither: 0 }, given: { at_least: -0.025 } },
      'difference_not_shown',
      'newcombe_paired',
    ],
    [
      'clusters that differ widely show nothing',
      { pairs: ALIKE, clustered: { clusters: 40, stderr: 0.01 } },
      'difference_not_shown',
      'clusters_paired',
    ],
    [
      'clusters that are alike do',
      { pairs: ALIKE, clustered: { clusters: 400, stderr: 0.0045 } },
      'difference_within',
      'clusters_paired',
    ],
    [
      'the very rows of the last release are paired, however they are called',
      { pairs: ALIKE, released: 'the same' },
      'difference_within',
      'newcombe_paired',
    ],
    [
      'rows of another file are not those of the last release',
      { pairs: ALIKE, released: 'another' },
      'difference_not_shown',
      'newcombe',
    ],
    [
      'pairs with another file than the one compared with are none',
      { pairs: ALIKE, path: 'models/credit-risk/other.csv' },
      'difference_not_shown',
      'newcombe',
    ],
    ['nor with another content of it', { pairs: ALIKE, sha: anId('d') }, 'difference_not_shown', 'newcombe'],
    [
      'what a run produced of both is',
      { pairs: ALIKE, trust: 'produced', baseTrust: 'produced' },
      'difference_within',
      'newcombe_paired',
    ],
    [
      'pairs that do not come to the rates are none',
      {
        pairs: ALIKE,
        figures: [{ kind: 'rate', pointer: POINTER, both: 1732, onlyOne: 0, onlyOther: 0, neither: 268 }],
      },
      'difference_not_shown',
      'newcombe',
    ],
    [
      'nor are those of fewer samples',
      {
        pairs: ALIKE,
        figures: [{ kind: 'rate', pointer: POINTER, both: 1700, onlyOne: 32, onlyOther: 28, neither: 239 }],
      },
      'difference_not_shown',
      'newcombe',
    ],
    [
      'nor two of the same',
      {
        pairs: ALIKE,
        figures: [0, 1].map(() => ({ kind: 'rate', pointer: POINTER, ...ALIKE })),
      },
      'difference_not_shown',
      'newcombe',
    ],
  ])('%s', (_, story, code, method) => {
    const answer = judged(story)

    expect(answer.code).toBe(code)
    expect(shownIn(answer).method).toBe(method)
  })

  test('what anybody typed of the base is nothing to compare with, where a run must have produced it', () => {
    expect(judged({ pairs: ALIKE, trust: 'produced' })).toMatchObject({
      ...{ code: 'trust_too_low', observed: { source: { path: BASE } }, found: 'typed', wanted: 'produced' },
    })
    // What was released was judged by its own trust.
    expect(judged({ pairs: ALIKE, trust: 'produced', released: 'the same' }).code).toBe('difference_within')
  })

  test('zero is a bound like any other, and so is one in percent', () => {
    const better: PairedCounts = { both: 1700, onlyOne: 60, onlyOther: 10, neither: 230 }

    expect(judged({ pairs: better, given: { at_least: 0 } }).code).toBe('difference_within')
    expect(judged({ pairs: ALIKE, given: { at_least: 0 } }).code).toBe('difference_not_shown')
    expect(judged({ pairs: better, given: { at_least: 1, unit: 'percent' } })).toMatchObject({
      ...{ code: 'difference_within', difference: 2.5 },
      shown: { method: 'newcombe_paired' },
    })
    expect(judged({ pairs: better, given: { at_least: 3, unit: 'percent' } }).code).not.toBe(
      'difference_within',
    )
  })

  test('without a confidence the value decides, and pairs stand beside it', () => {
    expect(judged({ pairs: ALIKE, given: { confidence: undefined } })).toMatchObject({
      ...{ code: 'difference_within', shown: { method: 'newcombe_paired', confidence: 0.975 } },
    })
  })

  test('areas by the error of their difference', () => {
    const area = (difference: number, paired: boolean) => {
      const about = { metric: 'roc_auc', unit: 'fraction', samples: 500, stderr: 0.012 } as const
      const source = (path: string) => ({ path, sha: anId('b'), format: 'rows', pointer: '/roc_auc/1' })
      const labels = { dataset: 'holdout' }
      const one: Measurement = { ...about, value: 0.85 + difference, labels, source: source(OWN) }
      const other: Measurement = { ...about, value: 0.85, labels, source: source(BASE) }
      const figures: readonly Paired[] = [
        {
          kind: 'area',
          pointer: '/roc_auc/1',
          difference: 0.002,
          stderr: 0.003,
          positives: 200,
          negatives: 300,
        },
      ]
      const against = { path: BASE, sha: anId('b') }
      return answerMetric(
        asks({ metric: 'roc_auc' }),
        aContext([], {
          evidence: [
            anEvidence({ path: OWN, measurements: [one], ...(paired && { pairs: [{ against, figures }] }) }),
          ],
          base: [anEvidence({ path: BASE, sha: anId('b'), about: 'base', measurements: [other] })],
        }),
      )
    }

    expect(area(0.002, true)).toMatchObject({ code: 'difference_within', shown: { method: 'delong_paired' } })
    expect(area(0.002, false)).toMatchObject({ code: 'difference_not_shown', shown: { method: 't' } })
    // Of other areas than these.
    expect(area(0.003, true)).toMatchObject({ code: 'difference_not_shown', shown: { method: 't' } })
  })

  test('pairs that nowhere differ show what they show, and never more than the samples allow', () => {
    const same: PairedCounts = { both: 90, onlyOne: 0, onlyOther: 0, neither: 10 }

    expect(judged({ pairs: same, given: { at_least: -0.05 } }).code).toBe('difference_within')
    expect(judged({ pairs: same, given: { at_least: 0 } })).toMatchObject({
      ...{ code: 'difference_not_shown', apart: { onlyOne: 0, onlyOther: 0, p: 1 } },
    })
  })

  test('never pass a loss that was seen, nor refuse a gain, whatever the pairs', () => {
    const sizes = [0, 3, 40, 300]
    for (const both of sizes)
      for (const onlyOne of sizes)
        for (const onlyOther of sizes)
          for (const neither of sizes.slice(1))
            for (const at_least of [-0.05, 0]) {
              const pairs = { both, onlyOne, onlyOther, neither }
              const difference = (onlyOne - onlyOther) / (both + onlyOne + onlyOther + neither)
              const { code } = judged({ pairs, given: { at_least } })

              if (difference < at_least) expect(code).not.toBe('difference_within')
              else expect(code).not.toBe('difference_beyond')
            }
  })
})

/** Areas of two models on 500 samples, so far apart, with an error of 0.006. */
function areas(difference: number, given: object): Answer {
  const of = (path: string, value: number): Measurement => ({
    ...{
      metric: 'roc_auc',
      unit: 'fraction',
      value,
      samples: 500,
      stderr: 0.012,
      labels: { dataset: 'holdout' },
    },
    source: { path, sha: anId('b'), format: 'rows', pointer: '/roc_auc/1' },
  })
  const figures: readonly Paired[] = [
    { kind: 'area', pointer: '/roc_auc/1', difference, stderr: 0.006, positives: 200, negatives: 300 },
  ]
  const pairs = [{ against: { path: BASE, sha: anId('b') }, figures }]
  const base = anEvidence({ path: BASE, sha: anId('b'), about: 'base', measurements: [of(BASE, 0.85)] })
  return answerMetric(
    asks({ metric: 'roc_auc', ...given }),
    aContext([], {
      evidence: [anEvidence({ path: OWN, measurements: [of(OWN, 0.85 + difference)], pairs })],
      base: [base],
    }),
  )
}

describe('what else is said', () => {
  test('by which the two were compared, in the row and in the sentence', () => {
    expect(plain(answerWords(judged({ pairs: ALIKE })).says)).toBe(
      '`accuracy` is 0.866 beside 0.864 of the base model: a difference of +0.002, at confidence 0.95 at least -0.0045 (Newcombe, sample by sample), and at least -0.01 was asked',
    )
  })

  test('how many samples tell them apart, with the p-value of McNemar', () => {
    const answer = judged({ pairs: { both: 1700, onlyOne: 40, onlyOther: 10, neither: 250 } })
    const verdict = aModel()
    const fact = (of: Answer) =>
      explanationFacts(verdict, {
        ...{ criterion: 'a', control: 'performance', blocking: true, version: 'both', answer: of },
      }).flatMap(([name, said]) => (name === 'apart' ? [plain(said)] : []))

    expect(answer).toMatchObject({ apart: { onlyOne: 40, onlyOther: 10 } })
    expect(fact(answer)).toEqual([
      'of 50 samples on which the two differ, 40 count for this model and 10 for the other; were neither better, as much would be seen with p < 0.0001 (McNemar, exact)',
    ])
    expect(fact(judged({ pairs: ALIKE, clustered: { clusters: 400, stderr: 0.0045 } }))).toEqual([
      'of 60 samples on which the two differ, 32 count for this model and 28 for the other',
    ])
    expect(fact(judged({ pairs: ALIKE, pointer: '/other' }))).toEqual([])
  })

  test('how many samples would decide', () => {
    const words = (story: Story) => plain(answerWords(judged(story)).next ?? [])

    expect(words({ pairs: ALIKE, pointer: '/other' })).toBe(
      'evaluate both on more of the same data: at these rates it needs about 2,400 more samples of each to be shown, or fewer where `id:` names the samples at the rows of both',
    )
    expect(words({ pairs: ALIKE, given: { at_least: -0.001 } })).toBe(
      'evaluate both on more of the same data: at these rates it needs about 7,100 more samples of each to be shown',
    )
    expect(
      words({ pairs: { both: 1700, onlyOne: 28, onlyOther: 32, neither: 240 }, given: { at_least: 0 } }),
    ).toMatch(
      /^improve the model and evaluate it again; at these rates about [\d,]+ more samples of each would only show that it misses$/,
    )
    expect(words({ pairs: { ...ALIKE, onlyOther: 32 }, given: { at_least: 0 } })).toContain(
      'many more samples',
    )
  })
})

describe('the samples that would decide', () => {
  const counts = ({ both, onlyOne, onlyOther, neither }: PairedCounts) => both + onlyOne + onlyOther + neither
  const times = (pairs: PairedCounts, by: number): PairedCounts => ({
    ...{ both: pairs.both * by, onlyOne: pairs.onlyOne * by },
    ...{ onlyOther: pairs.onlyOther * by, neither: pairs.neither * by },
  })
  const STORIES: readonly Story[] = [
    { pairs: ALIKE, given: { at_least: -0.001 } },
    { pairs: ALIKE, given: { at_least: -0.01 }, pointer: '/other' },
    { pairs: { both: 80, onlyOne: 5, onlyOther: 4, neither: 11 } },
    { pairs: { both: 80, onlyOne: 5, onlyOther: 4, neither: 11 }, pointer: '/other' },
    { pairs: { both: 80, onlyOne: 4, onlyOther: 8, neither: 8 } },
    { pairs: { both: 80, onlyOne: 4, onlyOther: 8, neither: 8 }, pointer: '/other' },
    { pairs: { both: 98, onlyOne: 1, onlyOther: 0, neither: 1 }, given: { at_least: 0 } },
    {
      pairs: { both: 80, onlyOne: 5, onlyOther: 4, neither: 11 },
      given: { at_least: undefined, at_most: 0.05 },
    },
  ]

  test.each(STORIES)('decide, and a tenth fewer do not: $pairs', (story) => {
    const answer = judged(story)
    if (answer.code !== 'difference_not_shown') throw new Error(answer.code)
    const { needed = Number.NaN, holds } = answer
    const samples = counts(story.pairs)
    const { low: least, high: most } = endsOf(answer.bound)
    // By the bounds themselves, which take parts of samples.
    const then = (all: number) => {
      const grown = times(story.pairs, all / samples)
      const counted = (successes: number) => ({ successes, samples: all })
      const [one, other] = [grown.both + grown.onlyOne, grown.both + grown.onlyOther]
      const found =
        story.pointer === undefined
          ? newcombePaired(grown, 0.95)
          : newcombe(counted(one), counted(other), 0.95)
      if (found.kind === 'none') throw new Error(found.why)
      return holds ? found.low >= least && found.high <= most : found.low > most || found.high < least
    }

    expect(needed).toBeGreaterThan(samples)
    expect(then(needed)).toBe(true)
    expect(then(samples + 0.9 * (needed - samples))).toBe(false)
  })

  test('of clusters, and of areas, shrink their error with the root', () => {
    const clustered = judged({ pairs: ALIKE, clustered: { clusters: 40, stderr: 0.01 } })
    const needed = clustered.code === 'difference_not_shown' ? (clustered.needed ?? Number.NaN) : Number.NaN
    const low = (all: number) => {
      const by = all / 2000
      const over = { clusters: 40 * by, stderr: 0.01 / Math.sqrt(by) }
      const found = pairedOverClusters(times(ALIKE, by), over, 0.95)
      return found.kind === 'bounds' ? found.low : Number.NaN
    }

    expect(low(needed)).toBeGreaterThanOrEqual(-0.01 - 1e-9)
    expect(low(needed - 2)).toBeLessThan(-0.01)
    // 1.645 errors of 0.006/√(n/500) must be at most 0.01 less the difference of 0.
    const area = areas(0, { at_least: -0.005 })
    expect(area).toMatchObject({
      ...{ code: 'difference_not_shown', needed: Math.ceil(500 * ((1.6448536 * 0.006) / 0.005) ** 2) },
    })
  })

  test('are fewer where models that go together are paired', () => {
    const of = (story: Story) => {
      const answer = judged(story)
      return answer.code === 'difference_not_shown' ? (answer.needed ?? Number.NaN) : Number.NaN
    }
    const pairs = { both: 80, onlyOne: 5, onlyOther: 4, neither: 11 }

    expect(of({ pairs })).toBeLessThan(of({ pairs, pointer: '/other' }) / 1.5)
  })

  test('agree with the bounds themselves', () => {
    const answer = judged({ pairs: ALIKE, given: { at_least: -0.001 } })
    const needed = answer.code === 'difference_not_shown' ? (answer.needed ?? 0) : 0
    const low = (all: number) => {
      const found = newcombePaired(times(ALIKE, all / 2000), 0.95)
      return found.kind === 'bounds' ? found.low : Number.NaN
    }

    expect(low(needed)).toBeGreaterThanOrEqual(-0.001 - 1e-9)
    expect(low(needed - 2)).toBeLessThan(-0.001)
  })
})
