import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { namesIn, placesOf } from '../../../src/sources/rows/columns.ts'
import { shapeOf } from '../../../src/sources/rows/shape.ts'
import { countsSql, fileSql, quoteText, viewSql } from '../../../src/sources/rows/sql.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test.each<readonly [string, Uint8Array, string, boolean]>([
  ['a Parquet', bytes('PAR1....'), 'parquet', false],
  ['JSON lines', bytes('\n {"y":1}\n'), 'jsonl', false],
  ['JSON lines with a mark', bytes('\uFEFF{"y":1}\n'), 'jsonl', false],
  ['JSON lines, packed', gzipSync('{"y":1}\n'), 'jsonl', true],
  ['CSV, packed', gzipSync('y,p\n1,1\n'), 'csv', true],
  ['what is no archive', new Uint8Array([0x1f, 0x8b, 1, 2]), 'csv', true],
  ['anything else', bytes('y,p\n'), 'csv', false],
  ['nothing', bytes(''), 'csv', false],
])('%s is known by its bytes', (_, content, kind, gzip) => {
  expect(shapeOf(content)).toEqual({ kind, gzip })
})

describe('what people and files write stays data', () => {
  const plan = {
    ...{ dataset: 'd', label: `y" FROM x; DROP TABLE rows; --`, prediction: `'p'`, groups: ['"'] },
    ...{ values: Object.fromEntries([[`m'"`, `v'`]]), confidence: 0.975, cluster: '$positive' },
  }

  test('the names of columns are places', () => {
    const names = [plan.label, plan.prediction, '"', `v'`, '$positive']
    const places = new Map(names.map((name, index) => [name, index]))
    const shape = { kind: 'csv', gzip: false } as const
    const sql = [viewSql('rows', fileSql('f', shape, names), plan, places), countsSql(plan)].join('\n')

    for (const name of names) expect(sql).not.toContain(name === '"' ? '"""' : name)
  })

  test('those of JSON lines are texts, and so is the path', () => {
    expect(fileSql(`/tmp/it's`, { kind: 'jsonl', gzip: false }, [`a'b`])).toBe(
      `read_json('/tmp/it''s', format='newline_delimited', compression='uncompressed', columns={'a''b': 'VARCHAR'}) AS file(c0)`,
    )
  })

  test.each([
    [`a'b`, `'a''b'`],
    [`\\'`, `'\\'''`],
  ])('the text %s', (text, quoted) => {
    expect(quoteText(text)).toBe(quoted)
  })
})

describe('the columns of a file', () => {
  test('of a Parquet are the outermost', () => {
    const nodes = [
      ...[
        { name: 'schema', children: 3n },
        { name: 'y', children: 0n },
      ],
      ...[
        { name: 'y', children: 2n },
        { name: 'list', children: 1n },
        { name: 'p', children: 0n },
      ],
      ...[
        { name: 'q', children: 0n },
        { name: 'p', children: 0n },
      ],
    ]

    expect(namesIn(nodes, { kind: 'parquet', gzip: false })).toEqual(['y', 'y', 'p'])
  })

  test('of a CSV are those of its first line', () => {
    expect(namesIn([{ column0: 'a', column1: null, column2: 'a' }], { kind: 'csv', gzip: false })).toEqual([
      'a',
      '',
      'a',
    ])
  })

  test.each<readonly [string, readonly string[], readonly object[]]>([
    ['there', ['b', 'a'], []],
    ['missing', ['b', 'A'], [{ flaw: 'no_column', named: 'a', found: ['b', 'A'], suggestion: 'A' }]],
    ['there twice', ['a', 'b', 'a'], [{ flaw: 'column_twice', named: 'a' }]],
  ])('one is %s', (_, names, faults) => {
    const found = placesOf(['a'], names)

    expect(found.faults).toEqual(faults.map((fault) => ({ code: 'bad_rows', ...fault })))
  })

  test('another one may be there twice', () => {
    expect(placesOf(['a'], ['b', 'b', 'a'])).toEqual({ places: new Map([['a', 2]]), faults: [] })
  })
})
