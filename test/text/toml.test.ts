import fc from 'fast-check'
import { stringify } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { parseContent } from '../../src/text/parse-content.ts'
import { parseToml } from '../../src/text/toml.ts'

function read(text: string): readonly string[] {
  const { value, problems } = parseToml(text, 'a.toml')
  if (problems.length > 0) expect(value).toBeUndefined()
  return problems.map(({ path: _, line, column, code, ...rest }) =>
    [`${line ?? '-'}:${column ?? '-'}`, code, ...Object.values(rest)].join(' '),
  )
}

describe('values', () => {
  test.each([
    [
      'dates stay text',
      'a = 2026-01-02\nb = 2026-01-02T03:04:05Z\nc = 03:04:05',
      { a: '2026-01-02', b: '2026-01-02T03:04:05.000Z', c: '03:04:05.000' },
    ],
    ['numbers too large stay text', 'a = 9223372036854775807\nb = 7', { a: '9223372036854775807', b: 7 }],
    [
      'tables of a list',
      '[[p]]\nn = 1\n[p.s]\nt = true\n[[p]]\nn = 2',
      { p: [{ n: 1, s: { t: true } }, { n: 2 }] },
    ],
    ['dotted keys', 'a.b."c d" = 1', { a: { b: { 'c d': 1 } } }],
    ['nothing', '# only a comment', {}],
    ['a byte order mark and CRLF', '\uFEFFa = 1\r\nb = """\r\nx"""\r\n', { a: 1, b: 'x' }],
  ])('%s', (_, text, value) => {
    expect(parseToml(text, 'a.toml')).toMatchObject({ value, problems: [] })
  })

  test('are plain objects', () => {
    const { value } = parseToml('[a]\nb = {}', 'a.toml')

    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(value).toStrictEqual({ a: { b: {} } })
  })
})

describe('faults', () => {
  test.each([
    ['a key twice', 'a = 1\na = 2\n', ['2:1 syntax trying to redefine an already defined table or value']],
    ['a table twice', '[a]\n[a]\n', ['2:2 syntax trying to redefine an already defined table or value']],
    ['no value', 'a = 1\nb =\n', ['2:4 syntax invalid value']],
    ['a word', 'a = 1\nb = yes\n', ['2:5 syntax invalid value']],
    ['a date that is none', 'a = 2026-13-41\n', ['1:5 syntax invalid date']],
    ['nan and inf', 'a = nan\nb = [-inf]\n', ['-:- not_finite /a NaN', '-:- not_finite /b/0 -Infinity']],
    ['__proto__', '[a.__proto__]\nx = 1\n', ['-:- forbidden_key __proto__']],
    ['constructor', 'constructor.prototype.x = 1\n', ['-:- forbidden_key constructor']],
  ])('%s', (_, text, faults) => {
    expect(read(text)).toEqual(faults)
  })

  test.each([
    ['lists', `a = ${'['.repeat(100_000)}`],
    ['tables in tables', `a = ${'{b='.repeat(100_000)}`],
    ['dotted keys', `${'a.'.repeat(100_000)}b = 1`],
    ['headers', `[${'a.'.repeat(100_000)}b]`],
    ['101 levels', `a = ${'['.repeat(101)}${']'.repeat(101)}`],
  ])('nesting: %s', (_, text) => {
    expect(parseToml(text, 'a.toml').problems.map(({ code }) => code)).toEqual(['too_deep'])
  })

  test.each([
    ['values', `a = [${'0,'.repeat(1_100_000)}]`, 'too_many'],
    ['bytes', '#'.repeat(10_000_001), 'too_large'],
  ])('too many %s', (_, text, code) => {
    expect(parseToml(text, 'a.toml').problems.map((problem) => problem.code)).toEqual([code])
  })

  test('no message has the text of the file', () => {
    const [problem] = parseToml('password = "hunter2\n', 'a.toml').problems

    expect(problem).toMatchObject({ code: 'syntax', line: 1 })
    expect(JSON.stringify(problem)).not.toContain('hunter2')
  })
})

test('the tables of a list have a line where their headers can be counted, and nothing else has', () => {
  const { at } = parseToml('v = 1\n\n[[p]]\nn = 1\n  [[p]]\n', 'a.toml')

  expect([at([]), at(['p', 0]), at(['p', 1]), at(['p', 2]), at(['p']), at(['v']), at(['p', 0, 'n'])]).toEqual(
    [
      { line: 1, column: 1 },
      { line: 3, column: 1 },
      { line: 5, column: 1 },
      ...[undefined, undefined, undefined, undefined],
    ],
  )
  expect(parseToml('[[p]]\nn = """\n[[p]]\n"""\n', 'a.toml').at(['p', 0])).toBeUndefined()
})

test.each([
  ['a.toml', 'x = 1', 'toml'],
  ['uv.lock', 'version = 1\nrequires-python = ">=3.11"\n', 'toml'],
  ['poetry.lock', '[[package]]\nname = "a"\n', 'toml'],
  ['pdm.lock', '# made\n\n[metadata]\n', 'toml'],
  ['dvc.lock', "schema: '2.0'\nstages: {}\n", 'yaml'],
  ['Pipfile.lock', '{ "default": {} }', 'json'],
  ['odd.lock', '[1]', 'json'],
])('%s by its text: %s', (path, text, syntax) => {
  expect(parseContent(text, path).content).toMatchObject({ kind: 'data', syntax })
})

test('any text: never throws, a problem or a value', () => {
  const pieces = fc.constantFrom(
    ...['a', ' = ', '\n', '[', ']', '[[', ']]', '{', '}', ',', '"', "'", '"""', '#', '.', '\\u00', '\\'],
    ...['1', '-', '2026-01-02', 'T03:04:05', 'nan', '0x', '1e9', 'true', '\r', '\t', '__proto__'],
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const { value, problems } = parseToml(parts.join(''), 'a.toml')
      expect(value === undefined).toBe(problems.length > 0)
    }),
    { numRuns: 2000 },
  )
})

test('whatever is written as TOML is read the same', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.integer(), fc.string(), fc.boolean())),
      (value) => {
        fc.pre(Object.values(value).every((one) => typeof one !== 'string' || one.isWellFormed()))
        expect(parseToml(stringify(value), 'a.toml')).toMatchObject({ value, problems: [] })
      },
    ),
  )
})
