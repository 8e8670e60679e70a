import { describe, expect, test } from 'vitest'
import { hasTooManyTags, htmlTablesOf } from '../../src/text/html-tables.ts'

const tableIn = (...lines: readonly string[]) => htmlTablesOf(lines.join('\n'))

describe('a table in HTML', () => {
  test('as a document has it', () => {
    const lines = [
      '# Results',
      '',
      '<table align="center">',
      '<thead>',
      '<tr><th>Metric</th><th>Value</th></tr>',
    ]
    const rest = [
      '</thead>',
      '<tbody>',
      '<tr>',
      '  <td><b>Accuracy</b></td>',
      '  <td>0.99&nbsp;&#37;</td>',
      '</tr>',
    ]

    expect(tableIn(...lines, ...rest, '</tbody></table>')).toEqual([
      {
        header: ['Metric', 'Value'],
        line: 5,
        rows: [{ cells: ['Accuracy', '0.99 %'], line: 8 }],
      },
    ])
  })

  test.each<readonly [string, string, readonly (readonly string[])[]]>([
    [
      'without closing tags',
      '<table><tr><th>a<th>b<tr><td>c<td>d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['in capitals', '<TABLE><TR><TH>a</TH></TR><TR><TD>b</TD></TR></TABLE>', [['a'], ['b']]],
    ['with empty lines', '<table>\n\n<tr><th>a</th></tr>\n\n<tr><td>b</td></tr>\n\n</table>', [['a'], ['b']]],
    [
      'with cells of several rows',
      '<table><tr><th>a<th>b</tr><tr><td rowspan=2>c<td>d</tr><tr><td>e</tr></table>',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['c', 'e'],
      ],
    ],
    [
      'with cells of several columns',
      '<table><tr><th colspan="2">a<th>b</tr><tr><td>c<td>d<td>e</tr></table>',
      [
        ['a', '', 'b'],
        ['c', 'd', 'e'],
      ],
    ],
    ['with marks of Markdown', '<table><tr><th>a</tr><tr><td>**b**<br>`c`</tr></table>', [['a'], ['b c']]],
    ['with a sign that opens nothing', '<table><tr><th>p < 0.05<th>b</tr></table>', [['p < 0.05', 'b']]],
    ['in a quote', '> <table>\n> <tr><th>a</th>\n> <th>b</th></tr>\n> </table>', [['a', 'b']]],
  ])('%s', (_, html, rows) => {
    const [table] = htmlTablesOf(html)
    expect([table?.header, ...(table?.rows.map(({ cells }) => cells) ?? [])]).toEqual(rows)
  })

  test('that begins with a number has no head', () => {
    const [table] = tableIn(
      '<table><tr><th>Accuracy</th><td>0.9</td></tr><tr><th>F1</th><td>0.8</td></tr></table>',
    )
    expect(table).toMatchObject({
      header: ['', ''],
      rows: [{ cells: ['Accuracy', '0.9'] }, { cells: ['F1', '0.8'] }],
    })
  })

  test.each([
    ['code', '```html\n<table><tr><td>a</td></tr></table>\n```'],
    ['a comment', '<!-- <table><tr><td>a</td></tr></table> -->'],
    ['a word', 'Each `<table>` has a <tablespace>.'],
  ])('is none in %s', (_, text) => {
    expect(htmlTablesOf(text)).toEqual([])
  })

  test('two, each on its lines', () => {
    const text = 'x\n<table>\n<tr><td>a</td></tr>\n</table>\n\ny\n<table><tr><td>b</td></tr>\n</table>\n'
    expect(htmlTablesOf(text)).toMatchObject([{ line: 3 }, { line: 7 }])
  })

  test.each([
    ['open', '<td>'.repeat(25_000)],
    ['closed and never opened', `${'<td>'.repeat(9_000)}${'</th>'.repeat(9_000)}`],
    ['in one another', '<table>'.repeat(9_000)],
    ['of endless rows', '<tr><td rowspan=99999 colspan=99999>a'.repeat(3000)],
    ['without an end', `<td ${'a="b" '.repeat(30_000)}`],
  ])('many tags end soon: %s', (_, html) => {
    const text = `<table><tr>${html}`
    expect(htmlTablesOf(text).length + Number(hasTooManyTags(text))).toBeLessThanOrEqual(1)
  })
})
