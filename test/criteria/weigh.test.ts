import { describe, expect, test } from 'vitest'
import { weigh } from '../../src/criteria/weigh.ts'
import { plain } from '../../src/render/sentence.ts'
import { noteSentence } from '../../src/render/words-criteria.ts'
import { problemWords } from '../../src/render/words-problems.ts'
import { ACCURACY, CRITERIA_PATH, criteriaText, parsedCriteria } from '../support/facts.ts'

const metric = (keys: string, more = '') => `{ id: m, control: performance, check: metric, ${keys} }${more}`

function weighed(lines: readonly string[], head?: string, exams = '') {
  const parsed = parsedCriteria(`${criteriaText(lines, head)}${exams}`)
  const found = weigh(parsed, CRITERIA_PATH)
  return {
    codes: parsed.problems.map(({ line, code }) => `${line} ${code}`),
    problems: found.problems.map((problem) => `${problem.line}: ${plain(problemWords(problem).says)}`),
    notes: found.notes.map((note) => plain(noteSentence(note))),
  }
}

describe('a criterion that can’t fail', () => {
  test.each([
    ['an accuracy of at least 0', 'metric: accuracy, at_least: 0'],
    ['a rate of at most 1', 'metric: attack_success_rate, at_most: 1'],
    ['at most 100%', 'metric: asr, at_most: 100, unit: percent'],
    ['at most 100, which is read as percent', 'metric: asr, at_most: 100'],
    ['between all there is', 'metric: f1, between: [0, 1]'],
    ['beyond all there is', 'metric: mcc, at_least: -2'],
    ['an r2 of at most 1', 'metric: r2, at_most: 1'],
    ['a latency of at least 0', 'metric: latency, unit: ms, at_least: 0'],
    ['a count of at least 0', 'metric: refusals, unit: count, at_least: 0'],
    ['a time of at least 0', 'metric: time_to_first_token, unit: ms, at_least: 0'],
    ['however many samples', 'metric: accuracy, at_least: 0, confidence: 0.95, min_samples: 1000'],
    ['of every class', 'metric: recall, for_each: class, count: 3, at_least: 0'],
  ])('%s is a problem with its line', (_, keys) => {
    expect(weighed([ACCURACY, metric(keys)]).codes).toEqual(['7 cannot_fail'])
  })

  test.each([
    ['a correlation of at least 0', 'metric: mcc, at_least: 0'],
    ['an r2 of at least 0', 'metric: r2, at_least: 0'],
    ['at most 1%', 'metric: asr, at_most: 1, unit: percent'],
    ['a metric that nobody knows', 'metric: my_score, at_least: 0'],
    ['a count of at most 0', 'metric: refusals, unit: count, at_most: 0'],
    ['only just', 'metric: accuracy, at_least: 0.000001'],
    ['one end', 'metric: f1, between: [0, 0.999]'],
    ['the very end', 'metric: f1, equals: 1'],
    ['what is only shown', 'metric: accuracy, at_least: 0, blocking: false'],
  ])('%s can', (_, keys) => {
    expect(weighed([metric(keys)]).codes).toEqual([])
  })
})

describe('power', () => {
  test('in plain words', () => {
    const { notes, problems } = weighed([
      metric('metric: accuracy, at_least: 0.9, confidence: 0.95, min_samples: 1000'),
    ])

    expect(problems).toEqual([])
    expect(notes[0]).toBe(
      '`m`: 1,000 samples at 0.95: needs 916 correct; a model that is truly 92% passes 70% of the time',
    )
  })

  test.each([
    [
      'metric: asr, at_most: 2, unit: percent, confidence: 0.95, min_samples: 1000',
      '`m`: 1,000 samples at 0.95: allows 12 successes; a model that is truly 1.2% passes 58% of the time',
    ],
    [
      'metric: asr, at_most: 0.02, confidence: 0.95, min_samples: 149',
      '`m`: 149 samples at 0.95: allows 0 successes; a model that is truly 0.4% passes 55% of the time',
    ],
    [
      'metric: recall, at_least: 0.5, confidence: 0.95, min_samples: 5',
      '`m`: 5 samples at 0.95: needs 5 successes; a model that is truly 88% passes 53% of the time',
    ],
  ])('%s', (keys, expected) => {
    expect(weighed([metric(keys)]).notes[0]).toBe(expected)
  })

  test('of a pinned exam its rows', () => {
    const { notes } = weighed(
      [metric('metric: accuracy, at_least: 0.9, confidence: 0.95, dataset: holdout')],
      undefined,
      'datasets: { holdout: { snapshot: v3, rows: 1000 } }\n',
    )

    expect(notes[0]).toContain('1,000 samples at 0.95: needs 916 correct')
  })

  test.each([
    ['no number of samples', 'metric: accuracy, at_least: 0.9, confidence: 0.95'],
    ['no confidence', 'metric: accuracy, at_least: 0.9, min_samples: 1000'],
    ['no proportion', 'metric: f1, at_least: 0.9, confidence: 0.95, min_samples: 1000'],
    ['two ends', 'metric: accuracy, between: [0.8, 0.9], confidence: 0.95, min_samples: 1000'],
  ])('nothing is said where nothing is known: %s', (_, keys) => {
    expect(weighed([metric(keys)]).notes.filter((note) => !note.startsWith('self-test'))).toEqual([])
  })
})

describe('what can’t be', () => {
  test('shown with so few', () => {
    const { problems, codes } = weighed([
      ACCURACY,
      metric('metric: asr, at_most: 0.02, confidence: 0.95, min_samples: 100'),
    ])

    // Criteria that hold are judged as they stand: a release with more samples may still show it.
    expect(codes).toEqual([])
    expect(problems).toEqual([
      "7: `m` can't be shown at confidence 0.95 with 100 samples, not even by a perfect result; it takes 149",
    ])
  })

  test.each([
    [
      'perfection',
      'metric: accuracy, at_least: 1, confidence: 0.95',
      "6: `m` can't be shown at confidence 0.95",
    ],
    ['never', 'metric: asr, at_most: 0, confidence: 0.9', "6: `m` can't be shown at confidence 0.9"],
    ['met', 'metric: f1, at_least: 1.2, unit: fraction', "6: `m` can't be met"],
  ])('%s', (_, keys, expected) => {
    const { problems } = weighed([metric(keys)])

    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(expected)
  })

  test('reached', () => {
    const said = (head: string) => weighed([ACCURACY], head).notes.slice(1).join('\n')

    expect(said('risk: low\napproach: buy\nregistration: witnessed')).toMatch(
      /^tier `witnessed` is out of reach/,
    )
    expect(said('risk: low\napproach: buy\nregistration: started')).toBe('')
    expect(said('risk: low\napproach: buy\ntraits: [fine-tuned]\nregistration: witnessed')).toBe('')
    expect(said('risk: low\napproach: build\nregistration: witnessed')).toBe('')
    expect(said('risk: low\napproach: build\ntrust: signed')).toBe('')
  })
})

test('a file that does not parse is not weighed', () => {
  expect(weigh(parsedCriteria('gonogo: 1\n'), CRITERIA_PATH)).toEqual({ problems: [], notes: [] })
})

test('what is asked in a wrong word is not called out of reach too', () => {
  const found = weighed([
    ACCURACY,
    '{ id: r, control: human-oversight, check: record, record: human-oversight, fields: [overseer] }',
  ])

  expect(found.codes).toEqual(['7 wrong_value'])
  expect(found.problems).toEqual([])
})
