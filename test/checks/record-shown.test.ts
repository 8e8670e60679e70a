import { describe, expect, test } from 'vitest'
import { answerRecord, RecordCheck } from '../../src/checks/record.ts'
import { answerAlone } from '../../src/checks/record-written.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import { readEvidence } from '../../src/readers/index.ts'
import { aContext, anEvidence } from '../support/facts.ts'
import { aRecordText } from '../support/records.ts'

const NOW = '2026-03-01T12:00:00Z'
const OWN = 'models/m/records/oversight.yml'
const DIGEST = '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8'
const CRITERION = RecordCheck.parse({
  ...{ id: 'r', control: 'human-oversight', check: 'record', record: 'human-oversight' },
})

function read(text: string, path: string): Evidence {
  const { reading } = readEvidence(Buffer.from(text), path, 'f00d')
  expect(reading.problems).toEqual([])
  return anEvidence({ ...reading, path, sha: 'ab'.repeat(20) })
}

const REPORT = read(
  '# Switching off\n\nThe switch was thrown at nine; within a minute nothing was answered any more.\n',
  'models/m/drills/off.md',
)
const CARD = read(
  '---\nlicense: mit\nbase_model: a/b\n---\n# Switching off\n\nThe switch was thrown at nine and nothing was answered any more.\n',
  'models/m/drills/card.md',
)
const TEMPLATE = read('# Switching off\n\nTODO\n', 'models/m/drills/todo.md')
const HEADING = read('# Switching off\n', 'models/m/drills/heading.md')
const OTHER = read(aRecordText('secure-development'), 'models/m/records/secure.yml')
const NUMBERS = read('{"accuracy": 0.93}', 'models/m/metrics.json')
const TABLE = read('metric,value\naccuracy,0.93\n', 'models/m/metrics.csv')
const PACKAGES = read('numpy==2.0.0\n', 'models/m/requirements.txt')
const CONFIG = read('learning_rate: 0.1\nepochs: 3\n', 'models/m/config.yaml')
const TESTS = read(
  '<testsuite name="drill" tests="1"><testcase classname="stop" name="answers nothing"/></testsuite>',
  'models/m/drills/junit.xml',
)
const SIGNED = read(aRecordText('test-report'), 'models/m/records/tests.yml')

function judged(evidence: unknown, { own = OWN, among = [REPORT] as readonly Evidence[] } = {}) {
  const stop_test = { date: '2026-02-20', result: 'passed', evidence }
  const override_test = { date: '2026-02-20', result: 'passed', evidence: { name: 'b.pdf', sha256: DIGEST } }
  const record = read(aRecordText('human-oversight', { stop_test, override_test }), own)
  return answerRecord(CRITERION, aContext([], { now: NOW, evidence: [record, ...among] }))
}

/** A record of poisoning prevention with two tests, of which both have one report. */
const poisoning = (evidence: unknown, path: string) => {
  const done = { date: '2026-02-20', result: 'passed', evidence }
  return read(aRecordText('poisoning-prevention', { data_tests: done, backdoor_test: done }), path)
}

describe('the report of a test', () => {
  test.each<readonly [string, unknown, readonly Evidence[]]>([
    ['by its path from the manifest', 'drills/off.md', [REPORT]],
    ['by its path from where it stands', './drills/off.md', [REPORT]],
    ['by its path in the repository', 'models/m/drills/off.md', [REPORT]],
    ['elsewhere, by its digest', { name: 'drill of February', sha256: DIGEST }, []],
    ['of a tool that ran it', 'drills/junit.xml', [TESTS]],
    ['that is a test report itself', 'records/tests.yml', [SIGNED]],
    [
      'that the manifest names and nobody has, which is a problem already',
      'drills/off.md',
      [withoutContent(REPORT, [{ path: 'release.yml', code: 'not_found', file: 'drills/off.md' }])],
    ],
  ])('%s', (_, evidence, among) => {
    expect(judged(evidence, { among })).toMatchObject({ code: 'record_holds', outcome: 'met' })
  })

  test.each<readonly [string, unknown, readonly Evidence[], string]>([
    ['nowhere', 'somewhere else', [REPORT], 'not_there'],
    ['a folder', 'drills', [REPORT], 'not_there'],
    ['the end of a name', 'ff.md', [REPORT], 'not_there'],
    ['named, and not committed', 'drills/off.md', [withoutContent(REPORT)], 'not_there'],
    ['a template', 'drills/todo.md', [TEMPLATE], 'says_nothing'],
    ['a heading', 'drills/heading.md', [HEADING], 'says_nothing'],
    [
      'what nobody reads',
      'a.bin',
      [anEvidence({ path: 'a.bin', sha: 'a', measurements: [] })],
      'says_nothing',
    ],
    ['another record', 'records/secure.yml', [OTHER], 'no_report'],
    ['numbers alone', 'metrics.json', [NUMBERS], 'no_report'],
    ['a table of numbers', 'metrics.csv', [TABLE], 'no_report'],
    ['a list of packages', 'requirements.txt', [PACKAGES], 'no_report'],
    ['a configuration', 'config.yaml', [CONFIG], 'no_report'],
    [
      'numbers beside a template',
      'drills/todo.md',
      [{ ...TEMPLATE, measurements: NUMBERS.measurements }],
      'says_nothing',
    ],
    ['a card, by the manifest', 'drills/off.md', [{ ...REPORT, document: 'model-card' }], 'describes'],
    [
      'any other document of the manifest',
      'drills/off.md',
      [{ ...REPORT, document: 'technical' }],
      'describes',
    ],
    ['a card, by its metadata', 'drills/card.md', [CARD], 'describes'],
    ['a card, by its name', 'MODEL_CARD.md', [{ ...REPORT, path: 'models/m/MODEL_CARD.md' }], 'describes'],
    ['a read-me', 'README.md', [{ ...REPORT, path: 'models/m/README.md' }], 'describes'],
    ['itself', 'records/oversight.yml', [REPORT], 'not_there'],
    ['one of two', 'off.md', [REPORT, { ...REPORT, path: 'models/m/more/off.md' }], 'several'],
  ])('%s', (_, evidence, among, why) => {
    expect(judged(evidence, { among })).toMatchObject({
      ...{ code: 'record_unshown', outcome: 'unmet', path: OWN, unshown: [{ field: 'stop_test', why }] },
    })
  })

  test('one report may be of four tests of the release, and no more', () => {
    const [two, more] = [poisoning('drills/off.md', 'models/m/p.yml'), poisoning('off.md', 'models/m/q.yml')]
    const three = read(
      aRecordText('environment-isolation', {
        verified: { date: '2026-02-20', result: 'passed', evidence: 'models/m/drills/off.md' },
      }),
      'models/m/records/isolation.yml',
    )
    expect(judged('drills/off.md', { among: [REPORT, two, three] })).toMatchObject({ code: 'record_holds' })
    expect(judged('drills/off.md', { among: [REPORT, two, more] })).toMatchObject({
      code: 'record_unshown',
      unshown: [{ field: 'stop_test', why: 'of_too_many', tests: 5, most: 4 }],
    })
  })

  test('what lies elsewhere is one report by its digest, whatever it is called', () => {
    const among = ['p', 'q'].map((name) => poisoning({ name, sha256: DIGEST }, `models/m/${name}.yml`))
    expect(judged({ name: 'a.pdf', sha256: 'c0de'.repeat(16) }, { among })).toMatchObject({
      code: 'record_unshown',
      unshown: [{ field: 'override_test', path: 'b.pdf', why: 'of_too_many', tests: 5 }],
    })
  })

  test('what the tests rest on is told with the record that holds, each once', () => {
    expect(judged('drills/off.md')).toMatchObject({
      tests: [
        { kind: 'evidence', path: REPORT.path },
        { kind: 'elsewhere', name: 'b.pdf', sha256: DIGEST },
      ],
    })
    expect(judged({ name: 'b.pdf', sha256: DIGEST }, { among: [] })).toMatchObject({
      tests: [{ kind: 'elsewhere', name: 'b.pdf' }],
    })
  })

  test('beside the floor only its digest says which it is', () => {
    for (const own of [
      '.gonogo/records/o.yml',
      'acme/.github:.gonogo/records/o.yml',
      '../floor/.gonogo/records/o.yml',
    ]) {
      expect(judged('drills/off.md', { own })).toMatchObject({
        code: 'record_unshown',
        unshown: [{ why: 'beside_floor' }],
      })
      expect(judged({ name: 'a.pdf', sha256: DIGEST }, { own })).toMatchObject({ outcome: 'met' })
    }
  })

  test.each<readonly [object, string]>([
    [{ name: 'a.pdf' }, 'missing'],
    [{ sha256: DIGEST }, 'missing'],
    [{ name: 'TODO', sha256: DIGEST }, 'placeholder'],
    [{ name: 'a.pdf', sha256: '0'.repeat(64) }, 'placeholder'],
  ])('a digest %j', (evidence, why) => {
    expect(judged(evidence)).toMatchObject({ code: 'record_lacks', lacking: [{ field: 'stop_test', why }] })
  })

  test('a record alone is not asked for it', () => {
    const { records } = read(aRecordText('human-oversight'), OWN)
    const [record] = records
    expect(record?.kind === 'written' && answerAlone(record, NOW)).toMatchObject({ code: 'record_holds' })
  })
})

function withoutContent({ sha: _, ...file }: Evidence, problems: Evidence['problems'] = []): Evidence {
  return { ...file, records: [], problems }
}
