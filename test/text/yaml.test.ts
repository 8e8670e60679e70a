import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseYaml } from '../../src/text/yaml.ts'

function read(text: string): readonly string[] {
  const { value, problems } = parseYaml(text, 'a.yml')
  if (problems.length > 0) expect(value).toBeUndefined()
  return problems.map(({ path: _, line, column, code, ...rest }) =>
    [`${line ?? '-'}:${column ?? '-'}`, code, ...Object.values(rest)].join(' '),
  )
}

describe('values', () => {
  test.each([
    [
      'dates stay text',
      'a: 2026-01-02\nb: 2026-01-02T03:04:05Z',
      { a: '2026-01-02', b: '2026-01-02T03:04:05Z' },
    ],
    ['no is text', 'a: no\nb: on', { a: 'no', b: 'on' }],
    ['keys as written', '1.0: x\n2: y\nnull: z\ntrue: t', { '1.0': 'x', 2: 'y', null: 'z', true: 't' }],
    ['nothing', '# only a comment', null],
    ['a byte order mark', '\uFEFFa: 1', { a: 1 }],
    ['CRLF', 'a: 1\r\nb:\r\n  - 2\r\n', { a: 1, b: [2] }],
    ['merge key in quotes', '"<<": 1', { '<<': 1 }],
  ])('%s', (_, text, value) => {
    expect(parseYaml(text, 'a.yml')).toMatchObject({ value, problems: [] })
  })
})

describe('faults', () => {
  test.each([
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2\n', ['4:3 duplicate_key c']],
    ['a key twice, as text and number', '1: a\n"1": b\n', ['2:1 duplicate_key 1']],
    ['an anchor and an alias', 'a: &x 1\nb: *x\n', ['1:7 alias', '2:4 alias']],
    ['an alias without anchor', 'b: *x\n', ['1:4 alias']],
    ['a merge key', 'a: 1\n<<: { b: 2 }\n', ['2:1 alias']],
    ['a second document', 'a: 1\n---\nb: 2\n', ['2:1 second_document']],
    [
      '.nan and friends',
      'a: [.nan, { b: -.inf }]\nc: 1e400\n',
      ['1:5 not_finite /a/0 .nan', '1:16 not_finite /a/1/b -.inf', '2:4 not_finite /c 1e400'],
    ],
    ['__proto__', 'a:\n  __proto__: { x: 1 }\n', ['2:3 forbidden_key __proto__']],
    ['a map as a key', '? { a: 1 }\n: 2\n', ['1:3 syntax a key must be one word or text']],
    ['a tag', 'a: !!binary aGk=\n', ['1:13 syntax the tag tag:yaml.org,2002:binary is not read']],
    ["a tag of one's own", 'a: !x 1\n', ['1:7 syntax the tag !x is not read']],
    ['YAML 1.1', '%YAML 1.1\n---\na: yes\n', ['1:1 syntax YAML 1.1 is not read, only 1.2']],
    ['a tab', 'a:\n\tb: 1', ['2:1 syntax Tabs are not allowed as indentation']],
  ])('%s', (_, text, faults) => {
    expect(read(text)).toEqual(faults)
  })

  test('of broken syntax the first fault alone, with its line', () => {
    const rest = Array.from({ length: 100 }, (_, at) => `  - a: b: ${at}\n`).join('')

    expect(read(`a: 1\nb: "open\nlist:\n${rest}`)).toHaveLength(1)
    expect(read(`a: 1\nlist:\n${rest}`)).toEqual([expect.stringMatching(/^3:\d+ syntax /)])
    expect(read('a: &x 1\nb: [1, 2 }\nc: 1\nc: 2\n')).toEqual([expect.stringMatching(/^2:\d+ syntax /)])
  })

  test.each([
    ['lists', '['.repeat(100_000)],
    ['maps', '{a: '.repeat(100_000)],
    ['dashes', '- '.repeat(100_000)],
    ['question marks', '? '.repeat(100_000)],
    ['indentation', Array.from({ length: 1500 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['101 levels', '['.repeat(101) + ']'.repeat(101)],
  ])('nesting: %s', (_, text) => {
    const codes = parseYaml(text, 'a.yml').problems.map(({ code }) => code)

    expect(new Set(codes)).toEqual(new Set(['too_deep']))
  })

  test.each([
    [
      'a billion laughs',
      `a: &a [x]\n${Array.from({ length: 9 }, (_, at) => `b${at}: &b${at} [*a, *a]`).join('\n')}`,
      'alias',
    ],
    ['commas', `[${','.repeat(4_900_000)}]`, 'too_many'],
    ['6 MB', 'x'.repeat(6_000_000), 'too_large'],
  ])('%s', (_, text, code) => {
    const { value, problems } = parseYaml(text, 'a.yml')

    expect(value).toBeUndefined()
    expect(problems.map((problem) => problem.code)).toContain(code)
  })

  test('messages are one short line', () => {
    const details = parseYaml(`a: [1\nb: "${'x'.repeat(5000)}\n\tc: {`, 'a.yml').problems.flatMap(
      (problem) => (problem.code === 'syntax' ? [problem.detail] : []),
    )

    expect(details.length).toBeGreaterThan(0)
    for (const detail of details) expect(detail).toMatch(/^[^\r\n]{1,200}$/)
  })
})

test('positions of values and keys', () => {
  const { at } = parseYaml('a: 1\nb:\r\n  - c: 2\r\n    d: {e: 3}\n', 'a.yml')

  expect(at(['a'])).toEqual({ line: 1, column: 4 })
  expect(at(['b'], 'key')).toEqual({ line: 2, column: 1 })
  expect(at(['b', 0, 'c'])).toEqual({ line: 3, column: 8 })
  expect(at(['b', 0, 'd', 'e'], 'key')).toEqual({ line: 4, column: 9 })
  expect(at(['b', 1])).toBeUndefined()
})

test('any text: never throws, a problem or a value', () => {
  const pieces = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '#',
    '&x ',
    '*x',
    '!t ',
    '|',
    '>',
    '---\n',
    '...\n',
    '%',
    '? ',
    '\t',
    '1',
    '.nan',
    '<<',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const { value, problems } = parseYaml(parts.join(''), 'a.yml')
      expect(value === undefined).toBe(problems.length > 0)
    }),
    { numRuns: 2000 },
  )
})

test('whatever is written as YAML is read the same', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.integer(), fc.string(), fc.boolean())),
      (value) => {
        expect(parseYaml(stringify(value, { aliasDuplicateObjects: false }), 'a.yml')).toMatchObject({
          value,
          problems: [],
        })
      },
    ),
  )
})
