import { describe, expect, test } from 'vitest'
import { sectionsOf, splitFrontMatter } from '../../src/text/markdown.ts'

function read(text: string): readonly string[] {
  return sectionsOf(text).sections.map(({ title, line, words, placeholder }) =>
    [`${line} ${title}: ${words}`, ...(placeholder === undefined ? [] : [placeholder])].join(' | '),
  )
}

describe('front matter', () => {
  test.each([
    ['none', '# A\n', { body: '# A\n' }],
    ['LF', '---\na: 1\n---\n# A\n', { front: '\na: 1\n', body: '\n\n\n# A\n' }],
    ['CRLF', '---\r\na: 1\r\n---\r\n# A\r\n', { front: '\na: 1\r\n', body: '\n\n\n# A\r\n' }],
    ['empty', '---\n---\nx', { front: '\n', body: '\n\nx' }],
    ['open', '---\na: 1\n', { body: '---\na: 1\n' }],
    ['not at the top', '\n---\na: 1\n---\n', { body: '\n---\na: 1\n---\n' }],
  ])('%s', (_, text, expected) => {
    expect(splitFrontMatter(text)).toMatchObject(expected)
  })

  test('lines are those of the whole file', () => {
    expect(read(splitFrontMatter('---\r\na: 1\r\n---\r\n\r\n# A\r\nword\r\n').body)).toEqual(['5 A: 1'])
  })
})

describe('sections', () => {
  test.each([
    [
      'sub-sections count for their parents',
      '# A\none\n## B\ntwo three\n# C\nfour',
      ['1 A: 3', '3 B: 2', '5 C: 1'],
    ],
    ['underlined headings', 'A\n===\none\n\nB\n---\ntwo', ['1 A: 2', '5 B: 1']],
    ['a title is plain text', '## **Intended** `use` of [it](x) ##\n', ['1 Intended use of it: 0']],
    [
      'comments and HTML',
      '# A\n<!-- one two -->\n<p>\nthree\n</p>\n\nfour <!-- five --> <b>six</b>\n',
      ['1 A: 2'],
    ],
    ['a comment over lines', '# A\n<!--\none\n\n# B\n-->\ntwo\n', ['1 A: 1']],
    ['tables and lists', '# A\n| x | y |\n|---|---|\n| 1 | 2 |\n\n- one\n  - two\n', ['1 A: 6']],
    ['images', '# A\n![a logo](x.png) [a link](y)\n', ['1 A: 2']],
    ['empty code', '# A\n```\n```\n', ['1 A: 0']],
    ['code', '# A\n```py\nrun(1) now\n```\n', ['1 A: 2']],
    ['a template variable in code', '# A\n```\n{{ bos_token }}\n```\n', ['1 A: 1']],
    ['a heading in code', '# A\n```\n# B\n```\n', ['1 A: 1']],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    ['TODO', '# A\nTODO: write this', ['1 A: 2 | TODO']],
    ['a Spanish word', '# A\ntodo bien', ['1 A: 2']],
    ['part of a name', '# A\nhf_XXX MYTODO', ['1 A: 2']],
    ['more information', '# A\n[more information needed]', ['1 A: 0 | [more information needed]']],
    [
      'more information, as a link',
      '# A\n[More Information Needed](https://x)',
      ['1 A: 0 | More Information Needed'],
    ],
    [
      'a template variable',
      '# A\n{{ use | default("none", true) }}',
      ['1 A: 0 | {{ use | default("none", true) }}'],
    ],
    ['a long one', `# A\n{{ ${'x'.repeat(100)} }}`, [`1 A: 0 | {{ ${'x'.repeat(37)}`]],
    ['lorem ipsum', '# A\nLorem ipsum dolor', ['1 A: 1 | Lorem ipsum']],
    ['coming soon', '# A\nComing soon!', ['1 A: 0 | Coming soon']],
    ['[optional]', '# A\n[optional] words', ['1 A: 2']],
    ['in a comment', '# A\n<!-- TODO -->\nwords', ['1 A: 1']],
    ['in code', '# A\n```\nTODO\n```', ['1 A: 0 | TODO']],
    ['in a sub-section', '# A\nwords\n## B\nTBD', ['1 A: 1 | TBD', '3 B: 0 | TBD']],
  ])('placeholder: %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    ['quotes', '>'.repeat(150_000), 'too_deep'],
    ['quotes over lines', `${'> '.repeat(120)}a\n`.repeat(10), 'too_deep'],
    ['nested lists', '- '.repeat(90_000), 'too_deep'],
    [
      'indented lists',
      Array.from({ length: 600 }, (_, at) => `${' '.repeat(at * 2)}- a`)
        .join('\n')
        .slice(0, 190_000),
      'too_deep',
    ],
    ['headings', '# a\n'.repeat(5001), 'too_many'],
    ['underlined headings', 'a\n-\n'.repeat(5000), 'too_many'],
    ['lists', '- a\n\nb\n\n'.repeat(2001), 'too_many'],
    ['items', '- a\n'.repeat(2001), 'too_many'],
    ['quotations', '> a\n\nb\n\n'.repeat(2001), 'too_many'],
    ['an item of many lines', `- ${'a  \n'.repeat(2001)}`, 'too_many'],
    ['a quotation of many lines', `> ${'a\n'.repeat(2001)}`, 'too_many'],
    ['paragraphs', 'x\n\n'.repeat(10_001), 'too_many'],
    ['text', 'a '.repeat(1_000_000), 'too_large'],
  ])('a bomb of %s', (_, text, code) => {
    expect(sectionsOf(text)).toMatchObject({ sections: [], fault: { code } })
  })

  test.each(['a**b', '[a]', '[a]("', '[a]: <', ' <!-- ', '![', '_a ', '{{', '`', '[a]('])(
    'a hundred kilobytes of %s take no minutes',
    (piece) => {
      expect(sectionsOf(`# A\nx${piece.repeat(100_000 / piece.length)}`).fault).toBeUndefined()
    },
  )
})
