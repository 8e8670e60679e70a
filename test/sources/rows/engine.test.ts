import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RowsError, withRows } from '../../../src/sources/rows/engine.ts'
import { sharedRows } from '../../../src/sources/rows/overlap.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-engine-test-'))
  writeFileSync(join(folder, 'secret.csv'), 'a\nsecret\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the engine does nothing but read its own file', () => {
  test.each<readonly [string, (folder: string) => string]>([
    ['another file', (at) => `SELECT * FROM read_csv('${at}/secret.csv')`],
    ['its text', (at) => `SELECT * FROM read_text('${at}/secret.csv')`],
    ['a list of files', (at) => `SELECT * FROM glob('${at}/*')`],
    ['a file by its name alone', (at) => `SELECT * FROM '${at}/secret.csv'`],
    ['the network', () => `SELECT * FROM read_csv('https://127.0.0.1:1/a.csv')`],
    ['writing', (at) => `COPY (SELECT 1) TO '${at}/out.csv'`],
    ['a database on the disk', (at) => `ATTACH '${at}/out.db'`],
    ['an extension', () => 'INSTALL httpfs'],
    ['loading one', () => 'LOAD httpfs'],
    ['opening it again', () => 'SET enable_external_access = true'],
    ['more memory', () => `SET memory_limit = '100GB'`],
    ['another folder', (at) => `SET temp_directory = '${at}'`],
  ])('%s', async (_, sql) => {
    await expect(withRows([bytes('a\n1\n')], ({ run }) => run(sql(folder)))).rejects.toThrow()
  })

  test('a file of somebody else is read where it is, and is still there', async () => {
    const file = join(folder, 'secret.csv')
    const rows = await withRows([{ file }], ({ all, files }) => all(`SELECT * FROM read_csv('${files[0]}')`))

    expect(rows).toEqual([{ a: 'secret' }])
    expect(readFileSync(file, 'utf8')).toBe('a\nsecret\n')
  })

  test('what it says of a file does not go on', async () => {
    const failed = withRows([bytes('a,b\n1,2\nsecret\n')], ({ all, files }) =>
      all(`SELECT * FROM read_csv('${files[0]}', auto_detect=false, columns={a: 'INT', b: 'INT'})`),
    )

    await expect(failed).rejects.toThrow(RowsError)
    await expect(failed).rejects.not.toThrow(/secret/)
  })
})

describe('rows of one file that are in another', () => {
  const csv = (text: string, ...key: string[]) => ({ content: bytes(text), key })
  const exam = csv('id,day\n1,a\n2,a\n2,a\n3,b\n,a\n', 'id', 'day')
  test.each<readonly [string, ReturnType<typeof csv>, object]>([
    ['none', csv('id,day\n4,a\n', 'id', 'day'), { shared: 0 }],
    ['none by all of the key', csv('id,day\n1,b\n3,a\n', 'id', 'day'), { shared: 0 }],
    ['some, each counted once', csv('id,day\n2,a\n2,a\n3,b\n9,z\n', 'id', 'day'), { shared: 2 }],
    ['under other names', csv('when,who\na,1\n', 'who', 'when'), { shared: 1 }],
    ['in another format', { content: bytes('{"id":3,"day":"b"}\n'), key: ['id', 'day'] }, { shared: 1 }],
    ['by digests', csv('sha\n1\n', 'sha', 'sha'), { shared: 0 }],
    ['a row without a key is none of them', csv('id,day\n,a\n', 'id', 'day'), { shared: 0 }],
    [
      'a column that is not there',
      csv('id\n1\n', 'id', 'day'),
      { of: 1, fault: { flaw: 'no_column', named: 'day' } },
    ],
  ])('%s', async (_, training, expected) => {
    expect(await sharedRows(exam, training)).toMatchObject(expected)
  })
})
