import { describe, expect, test } from 'vitest'
import { contentOf } from '../../src/readers/file-content.ts'
import { NAMED, READERS, readEvidence, SPECIFIC } from '../../src/readers/index.ts'
import { parseCsv } from '../../src/text/csv.ts'
import { parseJson } from '../../src/text/json.ts'
import { splitFrontMatter } from '../../src/text/markdown.ts'
import { parseYaml } from '../../src/text/yaml.ts'
import { isZip, openZip } from '../../src/text/zip.ts'
import { fixtures } from './read.ts'

const all = fixtures()

test('every reader has a fixture, and every fixture a reader', () => {
  expect([...new Set(all.map(([format]) => format))].sort()).toEqual(
    READERS.map(({ format }) => format).sort(),
  )
})

describe.each(READERS)('$format', ({ format }) => {
  const own = all.filter(([folder]) => folder === format)
  // What looks like any other map of values is read so only where the manifest says so.
  const named = NAMED.some((reader) => reader.format === format) ? format : undefined

  test.each(own)('%s/%s is claimed by its reader only', (_, name, bytes) => {
    const content = contentOf(bytes, name).content

    const claims = content
      ? SPECIFIC.filter((reader) => reader.recognises(content)).map((reader) => reader.format)
      : []

    const specific = SPECIFIC.some((reader) => reader.format === format)
    expect(claims).toEqual(specific ? [format] : [])
    expect(readEvidence(bytes, name, 'f00d', { named }).format).toBe(format)
  })

  test.each(own)('%s/%s: each number is finite and cites its bytes', (_, name, bytes) => {
    const { reading } = readEvidence(bytes, name, 'f00d', { named })

    for (const { value, source } of reading.measurements) {
      expect(Number.isFinite(value)).toBe(true)
      expect(source).toMatchObject({ path: name, sha: 'f00d', format })
      // Readers of text that is no data say on which line the number stands.
      if (contentOf(bytes, name).content?.kind === 'text') {
        expect(textLine(bytes, source.line)).toMatch(/\d/)
        continue
      }
      const cited = resolve(source.pointer, name, bytes)
      // What was computed from several numbers cites the object or the row that holds them all.
      if (typeof cited === 'object' && cited !== null) expect(JSON.stringify(cited)).toMatch(/\d/)
      // Some tools write a number as text, or at the end of a sentence.
      else if (typeof cited === 'string') expect(Number(cited.split(' ').at(-1))).toBe(value)
      else expect(cited).toBe(value)
    }
  })

  test.each(own)('%s/%s: a broken copy is never read as whole', (_, name, bytes) => {
    const cuts = [1, 2, 3, 5, 8, 13].map((part) => bytes.slice(0, Math.floor((bytes.length * part) / 14)))
    const binary = Uint8Array.from(bytes, (byte, index) => (index % 7 === 3 ? 255 : byte))
    const nothing = new Uint8Array()

    for (const broken of [...cuts, binary, nothing]) {
      const { reading } = readEvidence(broken, name, 'f00d', { named })
      for (const { value } of reading.measurements) expect(Number.isFinite(value)).toBe(true)
      if (broken === binary || broken === nothing) expect(reading.measurements).toEqual([])
      if (name.endsWith('.json')) expect(reading.problems.length).toBeGreaterThan(0)
    }
  })
})

test.each([
  ['metrics.json', `{${Array.from({ length: 50_001 }, (_, at) => `"m${at}": ${at}`).join(',')}}`],
  ['metrics.yml', Array.from({ length: 50_001 }, (_, at) => `m${at}: ${at}`).join('\n')],
  ['metrics.csv', `m\n${Array.from({ length: 50_001 }, (_, at) => at).join('\n')}`],
  [
    'lm-eval.json',
    JSON.stringify({
      results: Object.fromEntries(Array.from({ length: 50_001 }, (_, at) => [`t${at}`, { acc: 0.5 }])),
      versions: {},
    }),
  ],
  [
    'state.json',
    JSON.stringify({ global_step: 1, log_history: Array.from({ length: 50_001 }, () => ({ eval_loss: 1 })) }),
  ],
  [
    'report.json',
    JSON.stringify({
      'macro avg': { precision: 1, recall: 1, 'f1-score': 1, support: 1 },
      ...Object.fromEntries(Array.from({ length: 50_001 }, (_, at) => [`k${at}`, at])),
    }),
  ],
])('a huge %s is a log, not a result', (path, text) => {
  const { reading } = readEvidence(new TextEncoder().encode(text), path, 'f00d')

  expect(reading.measurements).toEqual([])
  expect(reading.problems.map(({ code }) => code)).toContain('too_many')
})

test.each([
  ['text', 'results.txt', 'accuracy 0.9', ['unknown_format']],
  ['JSON lines', 'samples.jsonl', '{"acc": 1}\n{"acc": 0}\n', ['unknown_format']],
  ['a bare number', 'metrics.json', '0.9', ['unknown_format']],
  ['no numbers', 'metrics.json', '{"note": "fine"}', ['no_measurements']],
  [
    'two formats',
    'both.json',
    '{"results": {"t": {"acc": 1}}, "versions": {}, "record": "training"}',
    ['several_formats'],
  ],
  [
    'an LFS pointer',
    'metrics.json',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n`,
    ['lfs_pointer'],
  ],
])('%s', (_, path, text, codes) => {
  const { reading } = readEvidence(new TextEncoder().encode(text), path, 'f00d')

  expect(reading.measurements).toEqual([])
  expect(reading.problems.map(({ code }) => code)).toEqual(codes)
})

function resolve(pointer: string, name: string, bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes)
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const keyed = (value: unknown, rest: readonly string[]): unknown =>
    rest.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value)
  if (/\.(?:jsonl|ndjson)$/.test(name)) {
    const [line, ...rest] = keys
    return keyed(JSON.parse(textLine(bytes, Number(line))), rest)
  }
  if (isZip(bytes)) {
    const [entry = '', ...rest] = keys
    const content = openZip(bytes)?.read(entry) ?? new Uint8Array()
    return keyed(JSON.parse(new TextDecoder().decode(content)), rest)
  }
  if (/\.[ct]sv$/.test(name)) return cell(text, name.endsWith('.tsv') ? '\t' : ',', keys)
  const front = splitFrontMatter(text).front ?? text
  const { value } = name.endsWith('.json') ? parseJson(text, name) : parseYaml(front, name)
  return keyed(value, keys)
}

function textLine(bytes: Uint8Array, line = 0): string {
  return new TextDecoder().decode(bytes).split('\n')[line - 1] ?? ''
}

function cell(text: string, delimiter: ',' | '\t', [row = '', column]: readonly string[]): unknown {
  const { header, rows } = parseCsv(text, 'table', delimiter)
  const cells = rows[Number(row) - 1]?.cells
  if (column === undefined) return row === '' ? rows : cells
  return Number(cells?.[header.indexOf(column)])
}
