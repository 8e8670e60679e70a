import { describe, expect, test } from 'vitest'
import { htmlTablesOf } from '../../src/text/html-tables.ts'
import { outsideFences } from '../../src/text/tables.ts'

const read = (text: string) => htmlTablesOf(outsideFences(text))
const tableIn = (...lines: readonly string[]) => read(lines.join('\n')).tables

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
      '<table><tr><th colspan="2">a<th>b</tr><tr><td>c<td>1<td>e</tr></table>',
      [
        ['a', '', 'b'],
        ['c', '1', 'e'],
      ],
    ],
    ['with marks of Markdown', '<table><tr><th>a</tr><tr><td>**b**<br>`c`</tr></table>', [['a'], ['b c']]],
    ['with a sign that opens nothing', '<table><tr><th>p < 0.05<th>b</tr></table>', [['p < 0.05', 'b']]],
    ['in a quote', '> <table>\n> <tr><th>a</th>\n> <th>b</th></tr>\n> </table>', [['a', 'b']]],
  ])('%s', (_, html, rows) => {
    const [table] = read(html).tables
    expect([table?.header, ...(table?.rows.map(({ cells }) => cells) ?? [])]).toEqual(rows)
  })

  test('that begins with a number has no head', () => {
    const [table] = tableIn(
      '<table><tr><th>Accuracy</th><td>0.9</td></tr><tr><th>F1</th><td>0.8</td></tr></table>',
    )
    expect(table).toMatchObject({
      header: ['', 'value'],
      rows: [{ cells: ['Accuracy', '0.9'] }, { cells: ['F1', '0.8'] }],
    })
  })

  test.each<readonly [string, string, readonly (readonly string[])[]]>([
    [
      'a title of one cell',
      '<tr><th colspan=2>Results</tr><tr><th>Metric<th>Value</tr><tr><td>F1<td>0.9</tr>',
      [
        ['Metric', 'Value'],
        ['F1', '0.9'],
      ],
    ],
    [
      'an empty row',
      '<tr></tr><tr><th>Metric<th>Value</tr><tr><td>F1<td>0.9</tr>',
      [
        ['Metric', 'Value'],
        ['F1', '0.9'],
      ],
    ],
    [
      'heads over heads',
      '<tr><th rowspan=2>Model<th colspan=2>Test</tr><tr><th>F1<th>AUC</tr><tr><td>ours<td>0.9<td>0.8</tr>',
      [
        ['Model', 'Test F1', 'Test AUC'],
        ['ours', '0.9', '0.8'],
      ],
    ],
    [
      'cells under a head of several columns',
      '<tr><th>Model<th colspan=2>F1</tr><tr><td><td>train<td>test</tr><tr><td>ours<td>1.0<td>0.9</tr>',
      [
        ['Model', 'F1 train', 'F1 test'],
        ['ours', '1.0', '0.9'],
      ],
    ],
    ['a note', '<tr><th>F1<sup>1</sup></tr><tr><td>0.80<sup>2</sup></tr>', [['F1'], ['0.80']]],
    [
      'words beside its only number',
      '<tr><td>F1<td>0.9<td>0.8 to 1.0</tr>',
      [
        ['', 'value', ''],
        ['F1', '0.9', '0.8 to 1.0'],
      ],
    ],
  ])('with %s', (_, html, rows) => {
    const [table] = read(`<table>${html}</table>`).tables
    expect([table?.header, ...(table?.rows.map(({ cells }) => cells) ?? [])]).toEqual(rows)
  })

  test('with titles within, each a table of what stands under it', () => {
    const rows =
      '<tr><td colspan=2>Baseline</tr><tr><td>F1<td>0.4</tr><tr><td colspan=2>Ours</tr><tr><td>F1<td>0.9</tr>'
    expect(read(`<table><tr><th>Metric<th>Value</tr>${rows}</table>`).tables).toMatchObject([
      { rows: [] },
      { title: 'Baseline', rows: [{ cells: ['F1', '0.4'] }] },
      { title: 'Ours', header: ['Metric', 'Value'], rows: [{ cells: ['F1', '0.9'] }] },
    ])
  })

  test('within another is one of its own, and ends none', () => {
    const inner = '<table><tr><th>F1</tr><tr><td>0.9</tr></table>'
    expect(
      read(`<table><tr><th>a<th>b</tr><tr><td>${inner}</td><td>x</td></tr><tr><td>y<td>z</tr></table>`)
        .tables,
    ).toMatchObject([
      { header: ['a', 'b'], rows: [{ cells: ['', 'x'] }, { cells: ['y', 'z'] }] },
      { header: ['F1'], rows: [{ cells: ['0.9'] }] },
    ])
  })

  test.each([
    ['code', '```html\n<table><tr><td>a</td></tr></table>\n```'],
    ['a word', 'Each `<table>` has a <tablespace>.'],
  ])('is none in %s', (_, text) => {
    expect(read(text).tables).toEqual([])
  })

  test('two, each on its lines', () => {
    const text = 'x\n<table>\n<tr><td>a</td></tr>\n</table>\n\ny\n<table><tr><td>b</td></tr>\n</table>\n'
    expect(read(text).tables).toMatchObject([{ line: 3 }, { line: 7 }])
  })

  test.each([
    ['more tags than are read', '<td>'.repeat(20_000)],
    ['more in all tables together', '<table></table>'.repeat(10_000)],
    ['more cells than are read', `<tr>${'<td rowspan=1000>a'.repeat(190)}${'<tr>'.repeat(1000)}`],
    ['a cell of all columns and rows', '<tr><td rowspan=99999 colspan=99999>a'.repeat(3000)],
  ])('%s are cut, and that is said', (_, html) => {
    expect(read(`<table><tr>${html}`).isCut).toBe(true)
  })

  test.each([
    ['closed and never opened', `${'<td>'.repeat(4_900)}${'</th>'.repeat(4_900)}`],
    ['without an end', `<td ${'a="b" '.repeat(30_000)}`],
    ['with a long text in many rows', `<td rowspan=1000>${'x '.repeat(90_000)}${'<tr>'.repeat(1000)}`],
  ])('tags end soon: %s', (_, html) => {
    expect(read(`<table><tr>${html}`).isCut).toBe(false)
  })
})
