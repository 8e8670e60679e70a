import { expect, test } from 'vitest'
import { timeText } from '../../src/readers/times.ts'
import { readText } from './read.ts'

test.each<readonly [unknown, string | undefined]>([
  ['2026-02-03T10:00:00Z', '2026-02-03T10:00:00Z'],
  [' 18 Mar 2039\n', '18 Mar 2039'],
  [99_999_999_999, '99999999999'],
  ['9'.repeat(200), '9'.repeat(100)],
  ['', undefined],
  ['  ', undefined],
  [0, undefined],
  [null, undefined],
  [{}, undefined],
])('what stands where a time is to be: %j', (written, text) => {
  expect(timeText(written)).toBe(text)
})

/** Where the time of a file that a tool wrote ends up, whatever it is. */
const FILES: Readonly<Record<string, (time: unknown) => readonly [path: string, text: string]>> = {
  junit: (time) => [
    'junit.xml',
    `<testsuite name="a" timestamp="${time}"><testcase classname="b" name="c"/></testsuite>`,
  ],
  'lm-eval': (date) => [
    'results.json',
    JSON.stringify({
      ...{ results: { arc: { alias: 'arc', 'acc,none': 0.5 } }, versions: { arc: 1 }, date },
      ...{ config: { model: 'hf' }, 'n-shot': { arc: 0 }, configs: {}, n_samples: {} },
    }),
  ],
  wandb: (_timestamp) => [
    'wandb-summary.json',
    JSON.stringify({ _timestamp, _step: 3, _runtime: 5, accuracy: 0.5 }),
  ],
}

test.each(Object.keys(FILES))('a time that nobody can read stays with what %s measured', (tool) => {
  const [path, text] = FILES[tool]?.('18 Mar 2039') ?? ['', '']
  const { measurements, records } = readText(text, path).reading
  const times = [...measurements, ...records].map((one) => ('at' in one ? one.at : undefined))

  expect(times).toEqual(['18 Mar 2039'])
})
