import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../src/text/csv.ts'
import { decode } from '../../src/text/decode.ts'
import { parseContent } from '../../src/text/parse-content.ts'

const utf8 = new TextEncoder()
const OID = `sha256:${'a'.repeat(64)}`

describe('decode', () => {
  test.each([
    ['text', 'a: 1\r\n', { text: 'a: 1\r\n' }],
    ['a byte order mark', '\uFEFFa: 1', { text: 'a: 1' }],
    ['nothing', '', { problem: { path: 'a', code: 'empty_file' } }],
    ['white space', ' \r\n\t', { problem: { path: 'a', code: 'empty_file' } }],
    [
      'an LFS pointer',
      `version https://git-lfs.github.com/spec/v1\noid ${OID}\nsize 123\n`,
      { problem: { path: 'a', code: 'lfs_pointer', oid: OID, bytes: 123 } },
    ],
    [
      'an LFS pointer with CRLF',
      `version https://git-lfs.github.com/spec/v1\r\noid ${OID}\r\nsize 5\r\n`,
      { problem: { path: 'a', code: 'lfs_pointer', oid: OID, bytes: 5 } },
    ],
    ['a NUL', 'a\u0000b', { problem: { path: 'a', code: 'not_utf8', binary: true } }],
  ])('%s', (_, text, expected) => {
    expect(decode(utf8.encode(text), 'a')).toEqual(expected)
  })

  test.each([
    ['Latin-1', [0x61, 0xe5, 0x62]],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00]],
    ['a cut character', [0xe2, 0x82]],
  ])('%s is no UTF-8', (_, bytes) => {
    expect(decode(Uint8Array.from(bytes), 'a')).toEqual({ problem: { path: 'a', code: 'not_utf8' } })
  })

  test.each([
    ['more than a pointer', `oid ${OID}\nsize 123\nand more\n`, 'keys'],
    ['an extension', `ext-0-foo ${OID}\noid ${OID}\nsize 123\n`, 'extension'],
    ['a key twice', `oid ${OID}\nsize 123\nsize 123\n`, 'keys'],
    ['another order', `size 123\noid ${OID}\n`, 'keys'],
    ['nothing else', '', 'keys'],
    ['an oid in capitals', `oid ${OID.replaceAll('a', 'A')}\nsize 123\n`, 'oid'],
    ['an oid that is too short', `oid ${OID.slice(0, -1)}\nsize 123\n`, 'oid'],
    ['another digest', `oid md5:${'a'.repeat(64)}\nsize 123\n`, 'oid'],
    ['a size below 0', `oid ${OID}\nsize -1\n`, 'size'],
    ['a size that begins with 0', `oid ${OID}\nsize 0123\n`, 'size'],
    ['a size that no number holds', `oid ${OID}\nsize ${'9'.repeat(16)}\n`, 'size'],
    ['a size with a space', `oid ${OID}\nsize 123 \n`, 'size'],
  ])('what begins as a pointer and is none: %s', (_, rest, flaw) => {
    const text = `version https://git-lfs.github.com/spec/v1\n${rest}`

    expect(decode(utf8.encode(text), 'a')).toEqual({ problem: { path: 'a', code: 'lfs_malformed', flaw } })
  })

  test.each(['v0', 'v2', 'v1/', 'v1 '])('a pointer of version %s', (version) => {
    const text = `version https://git-lfs.github.com/spec/${version}\noid ${OID}\nsize 123\n`

    expect(decode(utf8.encode(text), 'a')).toMatchObject({ problem: { flaw: 'version' } })
  })

  test('text about LFS is no pointer', () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid ${OID}\nsize 123\n`
    for (const text of [` ${pointer}`, `a ${pointer}`, `${pointer}${'x'.repeat(1024)}`])
      expect(decode(utf8.encode(text), 'a')).toEqual({ text })
  })

  test('over 100 MB', () => {
    expect(decode(new Uint8Array(104_857_601), 'a')).toMatchObject({
      problem: { code: 'too_large', bytes: 104_857_601 },
    })
  })
})

describe('csv', () => {
  test('cells, with their line', () => {
    expect(parseCsv('a,b\r\n1,"x, ""y"""\r\n\r\n3,4\r\n', 'a.csv', ',')).toEqual({
      header: ['a', 'b'],
      rows: [
        { line: 2, cells: ['1', 'x, "y"'] },
        { line: 4, cells: ['3', '4'] },
      ],
      problems: [],
    })
  })

  test.each([
    ['ragged rows', 'a,b\n1\n2,3\n4,5,6\n', 1, ['2 syntax', '4 syntax']],
    ['a header twice', 'x,score,score\n1,2,3\n', 0, ['1 duplicate_key']],
    ['an open quote', 'a,b\n"1,2\n', 0, ['2 syntax']],
    ['a quote inside', 'a,b\nx"y,2\n', 0, ['2 syntax']],
    ['too many rows', `a\n${'1\n'.repeat(200_001)}`, 0, ['- too_many']],
    [
      'too many columns',
      `${Array.from({ length: 2001 }, (_, at) => `c${at}`).join(',')}\n`,
      0,
      ['- too_many'],
    ],
  ])('%s', (_, text, rows, faults) => {
    const table = parseCsv(text, 'a.csv', ',')

    expect(table.rows).toHaveLength(rows)
    expect(table.problems.map(({ line, code }) => `${line ?? '-'} ${code}`)).toEqual(faults)
  })
})

test.each([
  ['metrics.json', '{"a": 1}', 'data json'],
  ['METRICS.JSON', '[1]', 'data json'],
  ['m.yaml', 'a: 1', 'data yaml'],
  ['m.csv', 'a\n1', 'table'],
  ['m.tsv', 'a\tb\n1\t2', 'table'],
  ['card.md', 'words', 'markdown'],
  ['metrics', ' {"a": 1}', 'data json'],
  ['README', '# A', 'markdown'],
  ['README', '---\na: 1\n---\n', 'markdown'],
  ['rows.jsonl', '{"a": 1}', 'text'],
  ['log.txt', 'a: 1', 'text'],
  ['m.json', 'a: 1', 'nothing'],
  ['m.constructor', 'a: 1', 'text'],
])('%s with %j is %s', (path, text, expected) => {
  const { content } = parseContent(text, path)

  expect(content?.kind === 'data' ? `data ${content.syntax}` : (content?.kind ?? 'nothing')).toBe(expected)
})

test('a fault in front matter keeps its line, and the text', () => {
  const { content, problems } = parseContent('---\na: 1\na: 2\n---\n# A\n', 'card.md')

  expect(problems).toMatchObject([{ code: 'duplicate_key', line: 3 }])
  expect(content).toMatchObject({ kind: 'markdown', front: undefined })
})
