import { expect, test } from 'vitest'
import { weigh } from '../../src/criteria/weigh.ts'
import { plain } from '../../src/render/sentence.ts'
import { noteSentence } from '../../src/render/words-criteria.ts'
import { criteriaText, parsedCriteria } from '../support/facts.ts'

const metric = (id: string, keys: string) => `{ id: ${id}, control: performance, check: metric, ${keys} }`
const DOWN = metric('ratchet', 'metric: accuracy, baseline: released, at_least: -0.005')

function found(...lines: readonly string[]) {
  const { notes } = weigh(parsedCriteria(criteriaText(lines)), 'c.yml')
  return notes.filter(({ code }) => code === 'ratchet')
}

type Row = readonly [what: string, lines: readonly string[], count: number]
test.each<Row>([
  ['alone', [DOWN], 1],
  ['with a first', [metric('r', 'metric: accuracy, baseline: released, at_least: -0.1, first: 0.9')], 1],
  ['beside its bound', [DOWN, metric('a', 'metric: acc, at_least: 0.8')], 0],
  ['beside both its bounds', [DOWN, metric('a', 'metric: accuracy, between: [0.8, 0.9]')], 0],
  ['beside a bound on the other side', [DOWN, metric('a', 'metric: accuracy, at_most: 0.99')], 1],
  ['beside a bound of another metric', [DOWN, metric('a', 'metric: f1, at_least: 0.8')], 1],
  ['beside a bound elsewhere', [DOWN, metric('a', 'metric: accuracy, dataset: x, at_least: 0.8')], 1],
  [
    'beside one that decides nothing',
    [DOWN, metric('a', 'metric: accuracy, at_least: 0.8, blocking: false')],
    1,
  ],
  ['beside another ratchet', [DOWN, metric('b', 'metric: accuracy, baseline: base, at_least: 0')], 1],
  ['that lets nothing slide', [metric('r', 'metric: accuracy, baseline: released, at_least: 0')], 0],
  ['upwards', [metric('r', 'metric: latency, baseline: released, at_most: 5')], 1],
  ['that decides nothing', [DOWN.replace(' }', ', blocking: false }')], 0],
  ['to the base model', [DOWN.replace('released', 'base')], 0],
])('a comparison with the last release %s', (_, lines, count) => {
  expect(found(...lines)).toHaveLength(count)
})

test('it says what to add', () => {
  const [note] = found(DOWN)
  expect(note && plain(noteSentence(note))).toContain(
    'add a criterion that holds `accuracy` itself to a bound',
  )
})
