import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../src/text/json.ts'

function read(text: string) {
  const { value, problems } = parseJson(text, 'a.json')
  return {
    value,
    faults: problems.map(({ path: _, line, column, code, ...rest }) =>
      [`${line}:${column}`, code, ...Object.values(rest)].join(' '),
    ),
  }
}

describe('faults', () => {
  test.each([
    ['NaN', '{"a": NaN, "b": 1}', { b: 1 }, ['1:7 not_finite /a NaN']],
    ['-Infinity in a list', '[1, -Infinity, 3]', [1, null, 3], ['1:5 not_finite /1 -Infinity']],
    ['beyond a double', '{"a/b": -1e400}', {}, ['1:9 not_finite /a~1b -1e400']],
    ['a key twice', '{"a": 1,\r\n "a": 2}', { a: 1 }, ['2:2 duplicate_key a']],
    [
      'a key twice, the first not finite',
      '{"a": NaN, "a": 2}',
      {},
      ['1:7 not_finite /a NaN', '1:12 duplicate_key a'],
    ],
    ['__proto__', '{"__proto__": {"x": 1}, "b": 1}', { b: 1 }, ['1:2 forbidden_key __proto__']],
    ['constructor, escaped', '{"\\u0063onstructor": 1}', {}, ['1:2 forbidden_key constructor']],
    ['a comment', '{"a": 1} // x', undefined, ['1:10 syntax the end of the file is wanted, not `// x`']],
    ['a trailing comma', '[1,\n]', undefined, ['2:1 syntax a value is wanted, not `]`']],
    ['thousands separators', '{"n": 5,212}', undefined, ['1:9 syntax a key in quotes is wanted, not `212`']],
    ['two values', '{} {}', undefined, ['1:4 syntax the end of the file is wanted, not `{`']],
    ['an open text', '{"a": "b', undefined, ['1:7 syntax a value is wanted, not `"b`']],
    ['a leading zero', '[01]', undefined, ['1:3 syntax a comma or a closing bracket is wanted, not `1`']],
    ['-NaN', '[-NaN]', undefined, ['1:3 syntax a value is wanted, not `NaN`']],
    [
      'NaN twice',
      '[NaN NaN]',
      undefined,
      ['1:2 not_finite /0 NaN', '1:6 syntax a comma or a closing bracket is wanted, not `NaN`'],
    ],
    ['nothing', ' ', undefined, ['1:2 syntax a value is wanted, not the end of the file']],
  ])('%s', (_, text, value, faults) => {
    expect(read(text)).toEqual({ value, faults })
  })

  test('the prototype is out of reach', () => {
    const { value } = parseJson(
      '{"__proto__": {"evil": 1}, "a": {"constructor": {"prototype": {"evil": 1}}}}',
      'a.json',
    )

    expect(Reflect.get(Object(value), 'evil')).toBeUndefined()
    expect(Reflect.get({}, 'evil')).toBeUndefined()
  })

  test.each([
    ['lists', '['.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000)],
    ['closed lists', '['.repeat(101) + ']'.repeat(101)],
  ])('nesting: %s', (_, text) => {
    expect(parseJson(text, 'a.json')).toMatchObject({
      value: undefined,
      problems: [{ code: 'too_deep', limit: 100 }],
    })
  })

  test('100 levels are read', () => {
    expect(parseJson('['.repeat(100) + ']'.repeat(100), 'a.json').problems).toEqual([])
  })

  test('a million faults are some', () => {
    expect(parseJson(`[${'NaN,'.repeat(1_000_000)}1]`, 'a.json').problems).toHaveLength(200)
  })
})

test('positions of values and keys, after CRLF', () => {
  const { at } = parseJson('{\r\n  "a": [1,\r\n    {"b": 2}]\r\n}', 'a.json')

  expect(at([])).toEqual({ line: 1, column: 1 })
  expect(at(['a'])).toEqual({ line: 2, column: 8 })
  expect(at(['a'], 'key')).toEqual({ line: 2, column: 3 })
  expect(at(['a', 1, 'b'])).toEqual({ line: 3, column: 11 })
  expect(at(['a', 1, 'c'])).toBeUndefined()
  expect(at(['a', 0, 'toString'])).toBeUndefined()
})

test('whatever JSON.stringify writes is read the same', () => {
  const forbidden = /__proto__|constructor|prototype/
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value)
      if (forbidden.test(text)) return
      expect(parseJson(text, 'a.json')).toMatchObject({ problems: [] })
      expect(JSON.stringify(parseJson(text, 'a.json').value)).toBe(text)
    }),
  )
})

test('what JSON.parse refuses is never read without a problem', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '1',
    '-',
    '0',
    '.5',
    'e3',
    'null',
    'true',
    'NaN',
    '"',
    '\\u00',
    ' ',
    '\n',
    '\t',
    '\u00a0',
    '\u2028',
    '//',
    '\u0001',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const text = parts.join('')
      const { value, problems } = parseJson(text, 'a.json')
      if (parses(text)) expect(problems.every(({ code }) => code === 'duplicate_key')).toBe(true)
      else expect(problems.length).toBeGreaterThan(0)
      if (problems.some(({ code }) => code === 'syntax')) expect(value).toBeUndefined()
    }),
    { numRuns: 3000 },
  )
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
