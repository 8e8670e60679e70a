import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../src/text/json.ts'
import { quickJson } from '../../src/text/quick-json.ts'

describe('quick JSON', () => {
  test.each([
    ['a key twice', '{"a": 1, "a": 2}'],
    ['a key twice, once escaped', '{"a": 1, "\\u0061": 2}'],
    ['a key twice, deep in a list', '[[{"b": {"a": 1, "c": [], "a": {}}}]]'],
    ['a key twice, with a quote in it', '{"a\\"": 1, "a\\"": 2}'],
    ['a key twice, with a backslash at its end', '{"a\\\\": 1, "a\\\\" : 2}'],
    ['a key twice, before a colon on the next line', '{"a"\n: 1, "a"\t:2}'],
    ['a number beyond a double', '{"a": 1e999}'],
    ['NaN', '{"a": NaN}'],
    ['a forbidden key', '{"__proto__": {"x": 1}}'],
    ['a forbidden key, escaped', '{"\\u005f_proto__": 1}'],
    ['a comment', '{"a": 1} // x'],
    ['an open text', '{"a": "'],
    ['two values', '1 2'],
    ['too deep', `${'['.repeat(101)}${']'.repeat(101)}`],
    ['very deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s is left to the parser that says what is wrong', (_, text) => {
    expect(quickJson(text)).toBeUndefined()
    expect(parseJson(text, 'x').problems.length).toBeGreaterThan(0)
  })

  test('an escaped key is left to the parser that reads it right', () => {
    // What V8 24 makes of the second: `{ a: [], "\\": 0 }`.
    for (let round = 0; round < 3; round += 1) JSON.parse('{"a": [], "\\\\": 0}')

    expect(quickJson('{"a": [], "\\u0062": 0}')).toBeUndefined()
  })

  test.each([
    '{"a:": ":", "b": "\\"c\\": 1", "d": [{"a": 1}, {"a": 2}]}',
    '"x"',
    '0',
    'null',
    ' {"a" : -0.5e3}\r',
  ])('%s is read', (text) => {
    expect(quickJson(text)).toEqual(parseJson(text, 'x').value)
  })

  test('gives what the strict parser gives, or leaves it to that', () => {
    const nearJson = fc.oneof(
      fc.json(),
      fc.json().map((text) => text.replace(/1|true/, 'NaN')),
      fc
        .array(fc.tuple(fc.constantFrom('"a"', '"b"', '"\\u0061"', '"\\\\"', '":"'), fc.json()), {
          maxLength: 4,
        })
        .map((members) => `{${members.map(([key, value]) => `${key} : ${value}`).join(',')}}`),
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', '1', 'a', ' ') }),
    )
    fc.assert(
      fc.property(nearJson, (text) => {
        const strict = parseJson(text, 'x')
        const quick = quickJson(text)
        if (strict.problems.length > 0) expect(quick).toBeUndefined()
        else if (quick !== undefined || !text.includes('\\')) expect(quick).toEqual(strict.value)
      }),
      { numRuns: 2000 },
    )
  })
})
