import { describe, expect, test } from 'vitest'
import type { ScanRecord } from '../../src/core/scan.ts'
import { faults, readFixture, readText } from './read.ts'

const scansOf = (path: string): readonly ScanRecord[] =>
  readFixture(path).records.flatMap((record) => (record.kind === 'scan' ? [record] : []))
const only = (path: string): ScanRecord => {
  const [scan, ...more] = scansOf(path)
  expect(more).toEqual([])
  if (scan === undefined) throw new Error(`no scan in ${path}`)
  return scan
}

describe('modelscan', () => {
  test('names what it scanned and what it skipped', () => {
    expect(only('modelscan/clean.json')).toMatchObject({
      ...{ tool: 'modelscan', version: '0.8.5', at: '2026-02-03T10:15:00.123456', proof: 'ran' },
      files: [{ name: 'model.pkl' }, { name: 'encoder.pt:encoder/data.pkl' }],
      skipped: [{ name: 'encoder.pt:encoder/data/0', why: 'SCAN_NOT_SUPPORTED' }],
      ...{ errors: [], issues: [] },
    })
    expect(faults('modelscan/clean.json')).toEqual([])
  })

  test('has issues with their severity and file', () => {
    expect(only('modelscan/issues.json').issues).toEqual([
      { severity: 'critical', what: 'posix.system', file: 'model.pkl' },
      { severity: 'high', what: 'webbrowser.load', file: 'head.pkl' },
    ])
  })

  test('a run over nothing has scanned nothing', () => {
    expect(only('modelscan/nothing-scanned.json')).toMatchObject({
      files: [],
      skipped: [{ name: 'model.safetensors', why: 'SCAN_NOT_SUPPORTED' }],
    })
  })

  test('errors are kept', () => {
    expect(only('modelscan/errors.json').errors).toEqual(['Parsing error: pickle data was truncated'])
  })

  test('the layout of 0.5', () => {
    expect(only('modelscan/layout-0.5.json')).toMatchObject({
      ...{ version: '0.5.0', files: [{ name: '/home/ada/unsafe.h5' }] },
      issues: [{ severity: 'medium', what: 'Keras.Lambda', file: '/home/ada/unsafe.h5' }],
    })
    expect(faults('modelscan/layout-0.5.json')).toEqual([])
  })

  test('sums that differ from the lists are a problem', () => {
    expect(faults('modelscan/sums-that-differ.json')).toEqual([
      '15 contradiction /summary/scanned/total_scanned 2 1 in scanned_files',
      '9 contradiction /summary/total_issues 0 1 in issues',
      '7 contradiction /summary/total_issues_by_severity/CRITICAL 0 1 in issues',
    ])
  })

  test.each([
    ['no list of files', { scanned: { total_scanned: 1 } }],
    ['a file that is no text', { scanned: { total_scanned: 1, scanned_files: [7] } }],
    ['a list that is none', { scanned: { total_scanned: 1, scanned_files: 'model.pkl' } }],
  ])('is a problem with %s', (_, change) => {
    const summary = { modelscan_version: '0.8.5', total_issues: 0, ...change }
    const { reading } = readText(JSON.stringify({ summary, issues: [], errors: [] }), 'scan.json')

    expect(reading.problems.length).toBeGreaterThan(0)
    expect(reading.records).toMatchObject([{ kind: 'scan', files: [] }])
  })
})

describe('SARIF', () => {
  test('says that it ran, over what, and when', () => {
    expect(only('sarif/clean.sarif.json')).toMatchObject({
      ...{ tool: 'modelaudit', version: '1.2.0', at: '2026-02-03T10:15:00Z', proof: 'ran' },
      files: [{ name: 'models/sentiment/model.pkl', sha256: '9f86'.repeat(16) }, { name: 'a b.pkl' }],
      ...{ errors: [], issues: [] },
    })
  })

  test('results by level, rule and score; what is gone or passed is none, and a suppression only as accepted', () => {
    const shown = only('sarif/results.sarif.json').issues.map(
      ({ severity, what, file, suppressed }) =>
        `${severity} ${what}${file === undefined ? '' : ` ${file}`}${suppressed ? ' suppressed' : ''}`,
    )

    expect(shown).toEqual([
      'high R1 /build/model.pkl',
      'critical R2',
      'low R3',
      'medium R9',
      'unknown R1',
      'high R1',
      'high R1 suppressed',
      'high R1 suppressed',
      'high R1',
      'high R1',
      'high R1',
    ])
  })

  test('an index counts what is no rule too', () => {
    const rules = [null, { id: 'R2', properties: { 'security-severity': '9.8' } }, { id: 'R3' }]
    const text = JSON.stringify({
      ...{ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0' },
      runs: [
        {
          tool: { driver: { name: 'scanner', rules } },
          invocations: [{ executionSuccessful: true }],
          results: [
            { ruleIndex: 1, message: { text: 'x' } },
            { ruleId: 'R2', ruleIndex: 0, message: { text: 'x' } },
          ],
        },
      ],
    })
    const [scan] = readText(text, 'a.sarif').reading.records

    expect(scan).toMatchObject({ issues: [{ severity: 'critical' }, { severity: 'critical' }] })
  })

  test('without invocations that all succeeded, or without results, nothing shows that it ran', () => {
    expect(scansOf('sarif/no-proof.sarif.json').map(({ proof, errors }) => [proof, errors])).toEqual([
      ['not_said', []],
      ['failed', ['out of memory']],
      ['not_said', []],
      ['not_said', []],
    ])
  })
})

test.each([
  ['safe', []],
  ['malicious', [{ severity: 'critical', what: 'OvertlyBadEval' }]],
])('fickling names no file: %s', (name, issues) => {
  expect(only(`fickling/${name}.json`)).toMatchObject({ tool: 'fickling', files: [], issues })
})

test.each([
  ['POSSIBLY_UNSAFE', 'low'],
  ['SUSPICIOUS', 'medium'],
  ['LIKELY_UNSAFE', 'high'],
  ['LIKELY_OVERTLY_MALICIOUS', 'critical'],
])('fickling: %s is %s', (written, severity) => {
  const text = JSON.stringify({ severity: written, analysis: 'found', detailed_results: {} })

  expect(readText(text, 'f.json').reading.records).toMatchObject([{ issues: [{ severity, what: 'found' }] }])
})

describe('the Hugging Face Hub', () => {
  test('no status, and one that is not final, is not scanned', () => {
    expect(only('huggingface-security/tree.json')).toMatchObject({
      tool: 'huggingface',
      files: [
        { name: 'model.safetensors', sha256: '9f86'.repeat(16) },
        { name: 'head.bin' },
        { name: 'v.bin' },
      ],
      skipped: [
        { name: 'README.md', why: 'not scanned' },
        { name: 'new.bin', why: 'queued' },
      ],
      issues: [
        { severity: 'high', what: 'posix.system', file: 'head.bin' },
        { severity: 'critical', what: 'Eicar', file: 'v.bin' },
      ],
    })
  })

  test('safe without a scan for viruses that says so is not scanned', () => {
    const of = (avScan: unknown) => {
      const status = { status: 'safe', avScan, pickleImportScan: null }
      const text = JSON.stringify([{ type: 'file', path: 'm.bin', securityFileStatus: status }])
      return readText(text, 'f.json').reading.records[0]
    }
    expect(of({ virusFound: false, virusNames: null })).toMatchObject({
      files: [{ name: 'm.bin' }],
      skipped: [],
    })
    for (const avScan of [{ virusFound: null, virusNames: null }, {}, null, undefined, { virusFound: 'no' }])
      expect(of(avScan)).toMatchObject({ files: [], issues: [], skipped: [{ name: 'm.bin' }] })
  })

  test('of one file', () => {
    expect(only('huggingface-security/file.json')).toMatchObject({ files: [{ name: 'model.safetensors' }] })
  })
})

test('what picklescan prints is no proof', () => {
  const text =
    '----------- SCAN SUMMARY -----------\nScanned files: 1\nInfected files: 0\nDangerous globals: 0\n'

  expect(readText(text, 'scan.txt').reading).toMatchObject({
    records: [],
    problems: [
      {
        code: 'measures_nothing',
        what: 'what picklescan prints, which names none of the clean files that it scanned',
      },
    ],
  })
})

test('texts of a report are cut and on one line', () => {
  const summary = { modelscan_version: '0.8.5', total_issues: 1, scanned: { total_scanned: 0 } }
  const issues = [{ description: `a\n\u0007${'x'.repeat(10_000)}`, severity: 'odd', source: 'a\nb' }]
  const { reading } = readText(JSON.stringify({ summary, issues, errors: [] }), 'scan.json')

  const [scan] = reading.records
  expect(scan).toMatchObject({ issues: [{ severity: 'unknown', what: expect.stringMatching(/^a x+…$/) }] })
  expect(JSON.stringify(scan).length).toBeLessThan(1000)
})
