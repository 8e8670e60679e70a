import { describe, expect, test } from 'vitest'
import { bytes, clampBytes, clampLength, clean } from '../../src/render/clean.ts'
import { code, escaped, mentionSafe, table } from '../../src/render/markdown.ts'
import { markdown, plain, quoted, sentence } from '../../src/render/sentence.ts'

const ZWSP = '\u200b'

describe('clean', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['a link of a terminal', '\u001b]8;;https://evil.example\u0007text\u001b]8;;\u0007', 'text'],
    ['bidi overrides', 'a\u202eb\u2066c\u2069', 'abc'],
    ['zero-width characters', 'a\u200bb\ufeff', 'ab'],
    ['line breaks', 'a\r\nb\u2028c\td', 'a b c d'],
    ['a bell and a null', 'a\u0007\u0000b', 'ab'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['a list in brackets', 'x\n[1] y', 'x [1] y'],
  ])('%s', (_, given, expected) => {
    expect(clean(given)).toBe(expected)
  })

  test('10 MB are cut, quickly, and said to be', () => {
    const started = performance.now()

    expect(clean('é'.repeat(10_000_000))).toBe(`${'é'.repeat(199)}…`)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('exactly as long as allowed is whole', () => {
    expect(clean('a'.repeat(200))).toBe('a'.repeat(200))
    expect(clean('a'.repeat(201))).toBe(`${'a'.repeat(199)}…`)
    expect(clean('😀'.repeat(200))).toBe('😀'.repeat(200))
  })
})

describe('clamps', () => {
  test('bytes, not characters', () => {
    expect(clampBytes('ééé', 6)).toBe('ééé')
    expect(clampBytes('ééé', 5)).toBe('é…')
    expect(clampBytes('😀😀', 7)).toBe('😀…')
    expect(bytes(clampBytes('é'.repeat(50_000), 65_535))).toBeLessThanOrEqual(65_535)
  })

  test('no half of a pair', () => {
    expect(clampLength('a😀b', 3)).toBe('a…')
    expect(clampLength('abc', 3)).toBe('abc')
  })
})

describe('escaped', () => {
  test.each([
    ['HTML', '<img src=x>', '&lt;img src=x\\>'],
    ['an entity', 'a &amp; b', 'a &amp;amp; b'],
    ['emphasis', '*a* _b_ ~c~', '\\*a\\* \\_b\\_ \\~c\\~'],
    ['a link', '[a](https://b.c)', `\\[a\\]${ZWSP}(https:${ZWSP}//b.c)`],
    ['an image', '![a](b)', `!${ZWSP}\\[a\\]${ZWSP}(b)`],
    ['a mention', '@octocat', `@${ZWSP}octocat`],
    ['an escaped mention', '\\@octocat', `\\\\@${ZWSP}octocat`],
    ['an encoded mention', '&#64;a &#x40;b &commat;c &#064d', `@${ZWSP}a @${ZWSP}b @${ZWSP}c @${ZWSP}d`],
    ['references', 'see #12 GH-3 a/b#4', `see #${ZWSP}12 GH${ZWSP}-3 a/b#${ZWSP}4`],
    ['an address', 'www.evil.example', `www${ZWSP}.evil.example`],
    ['a commit', '4be1c0d4be1c', `4be1c0${ZWSP}d4be1c`],
    ['a heading', '# a', '\\# a'],
    ['a list', '- a', '\\- a'],
    ['a numbered list', '1. a', '1\\. a'],
    ['a rule', '---', '\\---'],
    ['mathematics', '$x$', '\\$x\\$'],
    ['numbers stay readable', '-0.5 and 12.25', '-0.5 and 12.25'],
  ])('%s', (_, given, expected) => {
    expect(escaped(given)).toBe(expected)
  })
})

describe('code', () => {
  test.each([
    ['plain', 'accuracy', '`accuracy`'],
    ['a backtick', 'a`b', '``a`b``'],
    ['backticks at the ends', '``a`', '``` ``a` ```'],
    ['nothing', '', '`(empty)`'],
    ['nothing visible', '\u202e\u0000', '`(empty)`'],
    ['a mention', '@a', `\`@${ZWSP}a\``],
    ['a tag', '<b>', '`‹b›`'],
    ['a line break', 'a\n\nb', '`a b`'],
  ])('%s', (_, given, expected) => {
    expect(code(given)).toBe(expected)
  })
})

test('a mention is broken once', () => {
  expect(mentionSafe(mentionSafe('@a'))).toBe(mentionSafe('@a'))
})

test('a cell ends neither its cell nor its row', () => {
  expect(
    table(
      ['a', 'b'],
      [
        [code('x|y'), 'p\nq'],
        [code('x\\|y'), ''],
      ],
    ),
  ).toBe(['| a | b |', '| --- | --- |', '| `x\\|y` | p q |', `| \`x\\${ZWSP}\\|y\` |  |`].join('\n'))
})

test('a sentence is written for both worlds', () => {
  const parts = sentence`the key ${quoted('<@a>')} stands in _this_ file`

  expect(plain(parts)).toBe('the key `<@a>` stands in _this_ file')
  expect(markdown(parts)).toBe(`the key \`‹@${ZWSP}a›\` stands in \\_this\\_ file`)
})
