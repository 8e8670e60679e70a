import { expect, test } from 'vitest'
import { jsonLines } from '../../src/text/lines.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function all(source: Parameters<typeof jsonLines>[0]) {
  const values: [number, unknown][] = []
  const problems = jsonLines(source, 'rows.jsonl').each((value, line) => values.push([line, value]))
  return { values, problems: problems.map(({ line, code }) => `${line} ${code}`) }
}

test('values come with their lines; blank lines are none, and the last one needs no end', () => {
  expect(all(bytes('{"a": 1}\n\n[2]\r\n"three"'))).toEqual({
    values: [
      [1, { a: 1 }],
      [3, [2]],
      [4, 'three'],
    ],
    problems: [],
  })
})

test.each([
  ['a line cut off', '{"a": 1}\n{"a": 2', [1], ['2 syntax']],
  ['a key twice', '{"a": 1, "a": 2}\n', [1], ['1 duplicate_key']],
  ['a bare NaN', '{"a": NaN}\n', [1], ['1 not_finite']],
])('%s is a problem with its line', (_, text, lines, problems) => {
  const found = all(bytes(text))

  expect(found.values.map(([line]) => line)).toEqual(lines)
  expect(found.problems).toEqual(problems)
})

test('a line that is no UTF-8, or too long, is a problem, and those after it are read', () => {
  const bad = Uint8Array.from([...bytes('{"a": "'), 255, ...bytes('"}\n{"a": 2}\n')])
  const long = bytes(`"${'x'.repeat(17 * 1024 * 1024)}"\n{"a": 2}\n`)

  expect(all(bad)).toEqual({ values: [[2, { a: 2 }]], problems: ['1 not_utf8'] })
  expect(all(long)).toEqual({ values: [[2, { a: 2 }]], problems: ['1 too_large'] })
})

test('however a file is cut into pieces, its lines are the same', () => {
  const text = '{"ä": "€"}\n{"b": [1, 2]}\n{"c": "\\n"}\n'
  const whole = all(bytes(text))

  for (let size = 1; size < 12; size += 1) {
    const pieces = () => {
      const source = bytes(text)
      return Array.from({ length: Math.ceil(source.length / size) }, (_, at) =>
        source.subarray(at * size, (at + 1) * size),
      )
    }
    expect(all({ size: text.length, pieces })).toEqual(whole)
  }
})

test('the head is the first twenty values, and nothing more is looked at for it', () => {
  let seen = 0
  const pieces = function* () {
    for (let at = 0; at < 1000; at += 1) {
      seen += 1
      yield bytes(`${at}\n`)
    }
  }

  expect(jsonLines({ size: 4000, pieces }, 'rows.jsonl').head).toEqual(
    Array.from({ length: 20 }, (_, at) => at),
  )
  expect(seen).toBeLessThan(25)
})

test.each([
  ['Uint8Array', new Uint8Array(5)],
  ['Buffer', Buffer.alloc(5)],
])('pieces may be written over one another: %s', (_, shared) => {
  const source = bytes('{"a": 1}\n{"b": [1, 2]}\n"three"\n')
  const pieces = function* () {
    for (let at = 0; at < source.length; at += 5) {
      const piece = source.subarray(at, at + 5)
      shared.set(piece)
      yield shared.subarray(0, piece.length)
    }
  }

  expect(all({ size: source.length, pieces })).toEqual(all(source))
})
