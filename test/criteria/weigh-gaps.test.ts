import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../src/core/evidence.ts'
import { weigh } from '../../src/criteria/weigh.ts'
import { plain } from '../../src/render/sentence.ts'
import { noteSentence } from '../../src/render/words-criteria.ts'
import { problemWords } from '../../src/render/words-problems.ts'
import { ACCURACY, CRITERIA_PATH, criteriaText, parsedCriteria } from '../support/facts.ts'

const gap = (keys: string) => `{ id: gap, control: fairness, check: disparity, ${keys} }`
const SURE = 'confidence: 0.95'
const RATIO = `as: ratio, at_least: 0.8, ${SURE}`
const exam = (groups: string) => `datasets: { holdout: { snapshot: v3, groups: ${groups} } }\n`

function weighed(criterion: string, more = '', evidence: readonly Evidence[] = []) {
  const parsed = parsedCriteria(`${criteriaText([ACCURACY.replace('0.9', '0.25'), criterion])}${more}`)
  const found = weigh(parsed, CRITERIA_PATH, evidence)
  return {
    parsed: parsed.problems.map(({ code }) => code),
    problems: found.problems.map((problem) => plain(problemWords(problem).says)),
    notes: found.notes.map((note) => plain(noteSentence(note))).filter((note) => note.startsWith('`gap`')),
    codes: found.notes.map(({ code }) => code),
  }
}

describe('a gap between groups, in plain words', () => {
  test.each([
    [
      'of the least size, two groups where nobody says how many',
      gap(`metric: recall, across: [sex], min_samples: 500, ${RATIO}`),
      '',
      '`gap`: `recall` by `sex`, 2 groups of 500 samples at 0.95, where the rate is 50%: a ratio of at least 0.8 is shown where one of 0.896 is seen; a model that is truly fair passes about 94% of the time',
    ],
    [
      'of as many groups as the exam pins',
      gap(`metric: recall, dataset: holdout, across: [race], min_samples: 500, ${RATIO}`),
      exam('{ race: [A, B, C] }'),
      '`gap`: `recall` by `race`, 3 groups of 500 samples at 0.95, where the rate is 50%: a ratio of at least 0.8 is shown where one of 0.896 is seen; a model that is truly fair passes about 85% of the time',
    ],
    [
      'where not even no gap would do',
      gap(`metric: recall, across: [sex], min_samples: 60, as: difference, at_most: 0.1, ${SURE}`),
      '',
      '`gap`: `recall` by `sex`, 2 groups of 60 samples at 0.95, where the rate is 50%: even no gap at all does not show a difference of at most 0.1; it takes about 140 in each group',
    ],
  ])('%s', (_, criterion, more, expected) => {
    const { notes, problems } = weighed(criterion, more)

    expect(problems).toEqual([])
    expect(notes).toEqual([expected])
  })

  test('the rate is the one that the criteria hold the metric to', () => {
    const { notes } = weighed(gap(`metric: accuracy, across: [sex], min_samples: 500, ${RATIO}`))

    expect(notes[0]).toContain('where the rate is 25%')
  })

  test('each rate of equalized odds, and each attribute', () => {
    const { notes } = weighed(
      gap(
        `metric: equalized_odds, across: [sex, age], min_samples: 500, as: difference, at_most: 0.2, ${SURE}`,
      ),
    )

    expect(notes.map((note) => note.split(',')[0])).toEqual([
      '`gap`: `recall` by `sex`',
      '`gap`: `recall` by `age`',
      '`gap`: `false_positive_rate` by `sex`',
      '`gap`: `false_positive_rate` by `age`',
    ])
  })

  test.each([
    ['no confidence', gap('metric: recall, across: [sex], min_samples: 500, as: ratio, at_least: 0.8')],
    ['no size', gap(`metric: recall, across: [sex], ${RATIO}`)],
    ['no proportion', gap(`metric: f1, across: [sex], min_samples: 500, ${RATIO}`)],
  ])('nothing is said where nothing is known: %s', (_, criterion) => {
    expect(weighed(criterion)).toMatchObject({ notes: [], problems: [] })
  })
})

describe('a group that is too small to decide is named', () => {
  const SIZES = exam('{ race: { A: 5200, B: 1000, C: 40 } }')

  test('by the size that the exam pins', () => {
    const { notes, problems } = weighed(
      gap(`metric: selection_rate, dataset: holdout, across: [race], ${RATIO}`),
      SIZES,
    )

    expect(problems).toEqual([])
    expect(notes[0]).toBe(
      "`gap`: group `C` of `race` has 40 samples of `selection_rate`: even no gap at all can't show a ratio of at least 0.8 at 0.95, where the rate is 50%; it takes about 69",
    )
    expect(notes[1]).toContain('3 groups of 40 to 5,200 samples')
    expect(notes).toHaveLength(2)
  })

  test('of a part of the rows nobody pins how many there are', () => {
    const { codes } = weighed(gap(`metric: recall, dataset: holdout, across: [race], ${RATIO}`), SIZES)

    expect(codes).not.toContain('gap_power')
  })

  test('below the least that the criterion asks for', () => {
    const { notes } = weighed(
      gap(`metric: selection_rate, dataset: holdout, across: [race], min_samples: 100, ${RATIO}`),
      SIZES,
    )

    expect(notes[0]).toBe(
      '`gap`: group `C` of `race` has 40 samples of `selection_rate`, and the criterion asks for 100: it will be undecided',
    )
  })

  test('by evidence that is at hand, at the rate that it has', () => {
    const of = (race: string, successes: number, samples: number) => ({
      ...({ metric: 'recall', value: successes / samples, unit: 'fraction', samples, successes } as const),
      labels: { race },
      source: { path: 'e.json', sha: '', format: 'plain', pointer: `/${race}` },
    })
    const evidence: Evidence = {
      ...{ path: 'e.json', about: 'candidate', trust: 'typed', records: [], problems: [] },
      measurements: [of('A', 250, 1000), of('B', 10, 40)],
    }
    const { notes } = weighed(gap(`metric: recall, across: [race], ${RATIO}`), '', [evidence])

    expect(notes[0]).toMatch(
      /^`gap`: group `B` of `race` has 40 samples .* where the rate is 25%; it takes about \d+$/,
    )
    const favoured = `datasets: { holdout: { snapshot: v3, positive: 1, favourable: 0, groups: { race: [A, B] } } }\n`
    const chosen = evidence.measurements.map((one) => ({
      ...one,
      metric: 'selection_rate',
      labels: { ...one.labels, dataset: 'holdout' },
    }))
    // Not to be chosen is what is good for the person.
    expect(
      weighed(gap(`metric: selection_rate, dataset: holdout, across: [race], ${RATIO}`), favoured, [
        { ...evidence, measurements: chosen },
      ]).notes[0],
    ).toContain('where the rate is 75%')
    expect(
      weighed(gap(`metric: recall, across: [race], ${RATIO}`), '', [{ ...evidence, about: 'base' }]).notes,
    ).toEqual([])
  })
})

describe('what no evidence can show is a problem', () => {
  test.each([
    [
      'with so few',
      gap(`metric: recall, across: [sex], min_samples: 20, as: difference, at_most: 0.1, ${SURE}`),
      "`gap` can't be shown at confidence 0.95 with 20 samples, not even by a perfect result; it takes 25",
    ],
    [
      'ever',
      gap(`metric: recall, across: [sex], as: ratio, at_least: 1, ${SURE}`),
      "`gap` can't be shown at confidence 0.95: no number of samples",
    ],
  ])('%s', (_, criterion, expected) => {
    const { problems, codes } = weighed(criterion)

    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(expected)
    expect(codes).not.toContain('gap_power')
  })

  test('one more, or a larger group beside a small one, can', () => {
    const by = (keys: string) => gap(`across: [sex], as: difference, at_most: 0.1, ${SURE}, ${keys}`)

    expect(weighed(by('metric: recall, min_samples: 25')).problems).toEqual([])
    const pinned = by('metric: selection_rate, dataset: holdout')
    expect(weighed(pinned, exam('{ sex: { F: 20, M: 5000 } }')).problems).toEqual([])
    expect(weighed(pinned, exam('{ sex: { F: 20, M: 24 } }')).problems).toHaveLength(1)
  })
})

describe('a difference to a baseline', () => {
  const lost = (keys: string) =>
    `{ id: gap, control: performance, check: metric, metric: accuracy, baseline: released, ${keys} }`

  test.each([
    [
      lost(`first: 0.9, at_least: -0.005, min_samples: 12000, ${SURE}`),
      '`gap`: 12,000 samples of each at 0.95, where both are truly 90%: no difference at all shows that it is at least -0.00637; for at least -0.005 it takes about 20,000; a model that is exactly as good as its baseline passes about 36% of the time',
    ],
    [
      lost(`first: 90, unit: percent, at_least: -2, min_samples: 12000, ${SURE}`),
      '`gap`: 12,000 samples of each at 0.95, where both are truly 90%: no difference at all shows that it is at least -0.637; a model that is exactly as good as its baseline passes more than 99% of the time',
    ],
  ])('%s', (criterion, expected) => {
    expect(weighed(criterion).notes[0]).toBe(expected)
  })

  test.each([
    ['no confidence', lost('first: 0.9, at_least: -0.005, min_samples: 12000')],
    ['no size', lost(`first: 0.9, at_least: -0.005, ${SURE}`)],
  ])('nothing is said where nothing is known: %s', (_, criterion) => {
    expect(weighed(criterion).codes).not.toContain('baseline_power')
  })
})

test('groups with sizes have the rows of the exam together', () => {
  const more = (rows: number) =>
    `datasets: { holdout: { snapshot: v3, rows: ${rows}, groups: { sex: { F: 52, M: 48 } } } }\n`
  const criterion = gap(`metric: selection_rate, dataset: holdout, across: [sex], as: ratio, at_least: 0.8`)

  expect(weighed(criterion, more(100)).parsed).toEqual([])
  expect(weighed(criterion, more(101)).parsed).toEqual(['wrong_value'])
})
