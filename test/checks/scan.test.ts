import { describe, expect, test } from 'vitest'
import type { ReleasedFiles } from '../../src/checks/context.ts'
import { answer, expiry } from '../../src/checks/index.ts'
import { ScanCheck } from '../../src/checks/scan.ts'
import type { Evidence } from '../../src/core/evidence.ts'
import type { ScanRecord } from '../../src/core/scan.ts'
import type { Weights } from '../../src/core/verdict.ts'
import type { WeightFormat } from '../../src/core/weight-format.ts'
import { plain } from '../../src/render/sentence.ts'
import { answerWords } from '../../src/render/words-answers.ts'
import { aSource } from '../support/build.ts'
import { aContext, anEvidence } from '../support/facts.ts'

const [SHA, OTHER] = ['9f86'.repeat(16), 'ab12'.repeat(16)]
const source = aSource({ path: 'scan.json', format: 'modelscan' })

const aScan = (given: Partial<ScanRecord> = {}): ScanRecord => ({
  ...{ kind: 'scan', tool: 'modelscan', version: '0.8.5', at: '2026-02-20T10:00:00', proof: 'ran', source },
  ...{ files: [{ name: 'model.pkl' }], skipped: [], errors: [], issues: [] },
  ...given,
})

const read = (given: Partial<Extract<WeightFormat, { kind: 'read' }>> = {}): WeightFormat => ({
  ...{ kind: 'read', format: 'pickle', whole: true, faults: [], names: [] },
  ...given,
})

const weights = (name: string, given: Partial<Weights> = {}): Weights => ({
  ...{ name, digest: `sha256:${SHA}`, trust: 'seen' },
  ...given,
})

type Given = {
  readonly scans?: readonly ScanRecord[]
  readonly weights?: readonly Weights[]
  readonly release?: Partial<ReleasedFiles>
  readonly trust?: 'typed' | 'produced'
  readonly file?: Partial<Evidence>
}

function came(keys: object, given: Given = {}) {
  const criterion = ScanCheck.parse({ id: 's', control: 'supply-chain', check: 'scan', ...keys })
  const { scans = [aScan()], release = {}, trust = 'typed', file = { trust: 'produced' } } = given
  const context = aContext([], {
    trust,
    evidence: [anEvidence({ measurements: [], records: scans, ...file })],
    release: {
      ...{ weights: given.weights ?? [weights('model.pkl')], service: false, allowed: [] },
      ...release,
    },
  })
  return { answer: answer(criterion, context), expiry: expiry(criterion, context) }
}

const judged = (keys: object, given: Given = {}) => came(keys, given).answer
const wanting = (given: Given, keys: object = {}) => {
  const found = judged(keys, given)
  return found.code === 'scan_incomplete' ? found.wanting.map(({ why }) => why) : [found.code]
}

describe('a scan over every file that found nothing', () => {
  test('is met, and says that a name only declares', () => {
    expect(judged({})).toEqual({
      ...{ code: 'scan_clean', outcome: 'met', lesser: 0, suppressed: 0 },
      scans: [{ tool: 'modelscan', version: '0.8.5', at: '2026-02-20T10:00:00', path: 'scan.json' }],
      by: { digest: 0, name: 1, own: 0 },
    })
  })

  test.each<readonly [string, ScanRecord['files'], readonly Weights[], object]>([
    ['by digest', [{ name: 'x', sha256: SHA }], [weights('model.pkl')], { digest: 1 }],
    ['by an absolute path', [{ name: '/home/ada/m/model.pkl' }], [weights('m/model.pkl')], { name: 1 }],
    ['by a path of Windows', [{ name: 'C:\\m\\model.pkl' }], [weights('model.pkl')], { name: 1 }],
    ['by a shorter path', [{ name: 'model.pkl' }], [weights('../shared/model.pkl')], { name: 1 }],
    ['by the pickle in the archive', [{ name: 'a.pt:a/data.pkl' }], [weights('a.pt')], { name: 1 }],
    [
      'of two of one name by their folders',
      [{ name: 'a/m.pkl' }, { name: 'b/m.pkl' }],
      [weights('a/m.pkl'), weights('b/m.pkl', { digest: `sha256:${OTHER}` })],
      { name: 2 },
    ],
    ['at an address', [{ name: 'model.pkl' }], [weights('s3://acme/model.pkl')], { name: 1 }],
  ])('%s', (_, files, all, by) => {
    expect(judged({}, { scans: [aScan({ files })], weights: all })).toMatchObject({ code: 'scan_clean', by })
  })

  test('may be in several reports', () => {
    const scans = [aScan(), aScan({ files: [{ name: 'b.pkl' }] })]
    const all = [weights('model.pkl'), weights('b.pkl', { digest: `sha256:${OTHER}` })]

    expect(judged({}, { scans, weights: all })).toMatchObject({ code: 'scan_clean', by: { name: 2 } })
    expect(wanting({ scans: [aScan()], weights: all })).toEqual(['left_out'])
  })

  test('takes the tool that is asked, in any case', () => {
    const scans = [aScan(), aScan({ tool: 'Trivy', proof: 'not_said', files: [] })]

    expect(judged({ tool: 'ModelScan' }, { scans }).code).toBe('scan_clean')
    expect(wanting({ scans })).toEqual(['not_said', 'nothing_scanned'])
    expect(judged({ tool: 'picklescan' }, { scans })).toEqual({
      ...{ code: 'no_scan', outcome: 'undecided', tool: 'picklescan', others: ['Trivy', 'modelscan'] },
    })
  })
})

describe('no proof', () => {
  test.each<readonly [string, Partial<ScanRecord>, readonly string[]]>([
    ['nothing scanned', { files: [] }, ['nothing_scanned', 'left_out']],
    ['it failed', { proof: 'failed' }, ['failed', 'left_out']],
    ['it does not say that it ran', { proof: 'not_said' }, ['not_said', 'left_out']],
    ['an error', { errors: ['x'] }, ['errors', 'left_out']],
    ['another file', { files: [{ name: 'other.pkl' }] }, ['left_out']],
    ['a file that ends alike', { files: [{ name: 'my-model.pkl' }] }, ['left_out']],
    ['a folder', { files: [{ name: 'model.pkl/x' }] }, ['left_out']],
    ['other bytes', { files: [{ name: 'model.pkl', sha256: OTHER }] }, ['other_bytes', 'left_out']],
    ['the file skipped', { skipped: [{ name: 'model.pkl', why: 'x' }] }, ['skipped']],
    [
      'only the file skipped',
      { files: [{ name: 'x' }], skipped: [{ name: 'model.pkl', why: 'x' }] },
      ['skipped'],
    ],
    [
      'the pickle in it skipped',
      { skipped: [{ name: 'model.pkl:a/data.pkl', why: 'BAD_ZIP' }] },
      ['skipped'],
    ],
    ['from the future', { at: '2026-03-03T12:00:00' }, ['in_future', 'left_out']],
  ])('%s', (_, given, why) => {
    expect(wanting({ scans: [aScan(given)] })).toEqual(why)
  })

  test('numbers in an archive, and files that are not released, may be skipped', () => {
    const skipped = [
      { name: 'model.pkl:a/data/0', why: 'x' },
      { name: 'README.md', why: 'x' },
      { name: 'other.pkl', why: 'x' },
    ]

    expect(judged({}, { scans: [aScan({ skipped })] }).code).toBe('scan_clean')
  })

  test('an entry that holds no code stands for no archive', () => {
    const files = [{ name: 'a.pt:a/version' }]

    expect(wanting({ scans: [aScan({ files })], weights: [weights('a.pt')] })).toEqual(['left_out'])
  })

  test('a name that fits two files stands for neither', () => {
    const all = [weights('a/m.pkl'), weights('b/m.pkl', { digest: `sha256:${OTHER}` })]

    expect(wanting({ scans: [aScan({ files: [{ name: 'm.pkl' }] })], weights: all })).toEqual(['left_out'])
    const files = [{ name: 'm.pkl' }, { name: 'b/m.pkl' }]
    expect(judged({}, { scans: [aScan({ files })], weights: all })).toMatchObject({
      wanting: [{ why: 'left_out', files: ['a/m.pkl'] }],
    })
  })

  test('no scan, a service, and no weights', () => {
    expect(judged({}, { scans: [] })).toEqual({ code: 'no_scan', outcome: 'undecided', others: [] })
    expect(judged({}, { weights: [], release: { service: true } })).toEqual({
      ...{ code: 'nothing_to_scan', outcome: 'undecided', service: true },
    })
    expect(judged({}, { weights: [] })).toMatchObject({ code: 'nothing_to_scan', service: false })
  })

  test.each([
    ['0.8.5', '0.8.5', true],
    ['0.8.10', '0.8.5', true],
    ['1', '0.8.5', true],
    ['v0.9', '0.8.5', true],
    ['0.8', '0.8.0', true],
    ['0.8.4', '0.8.5', false],
    ['0.8.5rc1', '0.8.5', false],
    ['odd', '0.8.5', false],
    [undefined, '0', false],
  ])('version %s of a scanner of at least %s: %s', (version, wanted, holds) => {
    const { version: _, ...rest } = aScan()
    const scans = [{ ...rest, ...(version !== undefined && { version }) }]

    expect(judged({ version_at_least: wanted }, { scans }).code === 'scan_clean').toBe(holds)
  })

  test('a scan from before the work began is of other weights, in whatever zone it ran', () => {
    const at = (written: string | undefined, began: string) => {
      const { at: _, ...rest } = aScan()
      return wanting({ scans: [{ ...rest, ...(written && { at: written }) }], release: { began } })
    }

    expect(at('2026-02-20T10:00:00Z', '2026-02-20T10:00:01Z')).toEqual(['before_work', 'left_out'])
    expect(at('2026-02-20T10:00:00', '2026-02-20T22:00:00Z')).toEqual(['scan_clean'])
    expect(at('2026-02-20T10:00:00', '2026-02-20T22:00:01Z')).toEqual(['before_work', 'left_out'])
    expect(at(undefined, '2026-02-20T22:00:00Z')).toEqual(['no_time', 'left_out'])
  })

  test('a scan from before the training ended is of other weights', () => {
    const at = (written: string) =>
      wanting({
        scans: [aScan({ at: written })],
        release: { ended: [{ at: '2026-02-20T10:00:00Z' }, { at: '2026-02-20T11:00:00Z', by: 'mlflow' }] },
      })

    expect(at('2026-02-20T10:50:00Z')).toEqual(['scan_clean'])
    expect(at('2026-02-20T10:49:59Z')).toEqual(['before_made', 'left_out'])
  })

  test('what is too old, and when it will be', () => {
    // The clock of the tests: 2026-03-01T12:00:00Z.
    const at = (written: string) => came({ max_age: '9 days' }, { scans: [aScan({ at: written })] })

    expect(at('2026-02-20T12:00:01Z').answer.code).toBe('scan_clean')
    expect(at('2026-02-20T12:00:01Z').expiry).toBe('2026-03-01T12:00:01.000Z')
    expect(at('2026-02-20T12:00:00Z').answer).toMatchObject({ wanting: [{ why: 'too_old', limit: 9 }, {}] })
    expect(at('2026-02-21T01:00:00').answer.code).toBe('scan_incomplete')
    expect(at('yesterday').answer).toMatchObject({ wanting: [{ why: 'no_time' }, {}] })
    expect(at('2026-02-20T12:00:00Z').expiry).toBeUndefined()
  })

  test('holds for 365 days where nothing is said, and one without a time is taken then', () => {
    const at = (written: string | undefined, keys: object = {}) => {
      const { at: _, ...rest } = aScan()
      return came(keys, { scans: [{ ...rest, ...(written && { at: written }) }] })
    }

    expect(at('2025-03-01T12:00:01Z')).toMatchObject({
      ...{ answer: { code: 'scan_clean' }, expiry: '2026-03-01T12:00:01.000Z' },
    })
    expect(at('2025-03-01T12:00:00Z').answer).toMatchObject({ wanting: [{ why: 'too_old', limit: 365 }, {}] })
    expect(at('2019-01-01T10:00:00.000000').answer.code).toBe('scan_incomplete')
    expect(at('2019-01-01T10:00:00Z', { max_age: '9999 days' }).answer.code).toBe('scan_clean')
    expect(at(undefined).answer.code).toBe('scan_clean')
    expect(at('yesterday').answer).toMatchObject({ wanting: [{ why: 'no_time' }, {}] })
    expect(at(undefined, { max_age: '30 days' }).answer).toMatchObject({ wanting: [{ why: 'no_time' }, {}] })
  })

  describe('that only names files', () => {
    const TYPED = { file: { trust: 'typed' } } as const
    const bytes = [weights('model.pkl', { format: read() })]

    test.each<readonly [string, object, Given, readonly string[]]>([
      ['and somebody typed', {}, TYPED, ['only_named']],
      ['and the criterion takes names', { named: 'accepted' }, TYPED, ['scan_clean']],
      ['from a run of this commit', {}, { file: { trust: 'produced' } }, ['scan_clean']],
      ['that a trusted signer signed', {}, { file: { trust: 'signed' } }, ['scan_clean']],
      ['of bytes that gonogo read and knows', {}, { ...TYPED, weights: bytes }, ['scan_clean']],
      [
        'of such bytes, by another tool that is wanted',
        { tool: 'modelscan' },
        { ...TYPED, weights: bytes },
        ['only_named'],
      ],
      [
        'of bytes that name what nobody allows',
        {},
        { ...TYPED, weights: [weights('model.pkl', { format: read({ names: ['os.system'] }) })] },
        ['only_named'],
      ],
      [
        'of bytes that were not read whole',
        {},
        { ...TYPED, weights: [weights('model.pkl', { format: read({ whole: false }) })] },
        ['only_named'],
      ],
      [
        'with the digest of the bytes',
        {},
        { ...TYPED, scans: [aScan({ files: [{ name: 'model.pkl', sha256: SHA }] })] },
        ['scan_clean'],
      ],
      [
        'beside one with the digest',
        {},
        { ...TYPED, scans: [aScan(), aScan({ files: [{ name: 'x', sha256: SHA }] })] },
        ['scan_clean'],
      ],
    ])('%s', (_, keys, given, why) => {
      expect(wanting(given, keys)).toEqual(why)
    })
  })

  test('from a weaker source than asked', () => {
    expect(judged({}, { trust: 'produced', file: { trust: 'typed' } })).toMatchObject({
      code: 'trust_too_low',
      found: 'typed',
    })
    expect(judged({}, { trust: 'produced', file: { trust: 'produced' } }).code).toBe('scan_clean')
  })
})

describe('issues', () => {
  const issue = (severity: 'low' | 'high' | 'unknown', given: object = {}) =>
    aScan({ issues: [{ severity, what: 'os.system', ...given }] })

  test('are unmet, whoever says so and whatever else is wanting', () => {
    const scans = [aScan(), { ...issue('low'), proof: 'failed' as const, files: [] }]

    expect(judged({}, { scans, trust: 'produced' })).toEqual({
      ...{ code: 'scan_found', outcome: 'unmet', path: 'scan.json', tool: 'modelscan', more: 0 },
      issues: [{ severity: 'low', what: 'os.system' }],
    })
  })

  test.each([
    ['low', undefined, 'scan_found'],
    ['low', 'low', 'scan_found'],
    ['low', 'medium', 'scan_clean'],
    ['high', 'high', 'scan_found'],
    ['high', 'critical', 'scan_clean'],
    ['unknown', 'critical', 'scan_found'],
  ] as const)('%s, where %s counts: %s', (found, severity, code) => {
    expect(judged({ ...(severity && { severity }) }, { scans: [issue(found)] }).code).toBe(code)
  })

  test('less severe ones are said', () => {
    expect(judged({ severity: 'high' }, { scans: [issue('low')] })).toMatchObject({
      lesser: 1,
      suppressed: 0,
    })
  })

  test('that were suppressed count, unless the criterion lets them not', () => {
    const scans = [issue('high', { suppressed: true })]

    expect(judged({}, { scans }).code).toBe('scan_found')
    expect(judged({ suppressed: 'accepted' }, { scans })).toMatchObject({
      code: 'scan_clean',
      suppressed: 1,
    })
    expect(judged({ suppressed: 'accepted' }, { scans: [issue('high')] }).code).toBe('scan_found')
  })

  test('are listed as far as a list says something, the worst first', () => {
    const many = Array.from({ length: 30 }, (_, at) => ({ severity: 'low' as const, what: `i${at}` }))
    const issues = [...many, { severity: 'critical' as const, what: 'worst' }]

    const found = judged({}, { scans: [aScan({ issues })] })
    expect(found).toMatchObject({ more: 11 })
    expect(found.code === 'scan_found' && found.issues[0]?.what).toBe('worst')
  })
})

describe('what gonogo read itself', () => {
  const safe = weights('m.safetensors', { format: read({ format: 'safetensors' }) })

  test('safetensors need no scanner, and whatever holds code does', () => {
    expect(judged({}, { scans: [], weights: [safe] })).toMatchObject({ code: 'scan_clean', by: { own: 1 } })
    expect(judged({}, { scans: [], weights: [safe, weights('m.pkl', { format: read() })] }).code).toBe(
      'no_scan',
    )
    expect(judged({ tool: 'modelscan' }, { scans: [], weights: [safe] }).code).toBe('no_scan')
  })

  test('safetensors that modelscan skips are covered all the same', () => {
    const scans = [aScan({ skipped: [{ name: 'm.safetensors', why: 'SCAN_NOT_SUPPORTED' }] })]
    const all = [safe, weights('model.pkl', { digest: `sha256:${OTHER}` })]

    expect(judged({}, { scans, weights: all })).toMatchObject({ code: 'scan_clean', by: { own: 1, name: 1 } })
    expect(wanting({ scans, weights: all }, { tool: 'modelscan' })).toEqual(['skipped'])
  })

  const CONVERT = 'release the weights as safetensors, evaluated as such; or name in the criteria'
  const COMMIT = 'commit the weights, with Git LFS where they are large, and check a clone that has them'
  const ownOf = (...formats: readonly (WeightFormat | undefined)[]) =>
    judged(
      { tool: 'gonogo' },
      {
        weights: formats.map((format, index) => weights(`m${index}.pkl`, { ...(format && { format }) })),
        release: { allowed: ['own.Model'] },
      },
    )

  test.each([
    ['a whole pickle of plain names', read({ names: ['collections.OrderedDict'] })],
    ['a name that the floor allows', read({ names: ['own.Model'] })],
  ])('%s', (_, format) => {
    expect(ownOf(format).code).toBe('scan_clean')
  })

  test.each<readonly [string, WeightFormat | undefined, string, string]>([
    ['a name that nobody allows', read({ names: ['os.system'] }), 'faulty', CONVERT],
    ['not all of it', read({ whole: false }), 'inside', CONVERT],
    ['what is compressed', read({ format: 'compressed', unread: 'method', whole: false }), 'inside', CONVERT],
    ['a fault', read({ faults: [{ fault: 'pickle', flaw: 'memo' }] }), 'faulty', CONVERT],
    ['too large', { kind: 'not_read', why: 'too_large' }, 'too_large', CONVERT],
    ['not read', { kind: 'not_read', why: 'lfs' }, 'lfs', COMMIT],
    ['elsewhere', undefined, 'elsewhere', COMMIT],
  ])('%s', (_, format, of, next) => {
    const found = ownOf(format)
    const { says, next: remedy = [] } = answerWords(found)

    expect(found).toMatchObject({
      ...{ code: 'scan_incomplete', outcome: 'undecided' },
      wanting: [{ why: 'not_seen_through', file: 'm0.pkl', of }],
    })
    expect(plain(says)).toContain('`m0.pkl`')
    expect(plain(remedy).startsWith(next)).toBe(true)
    // It writes none that could be committed.
    expect(plain(remedy)).not.toContain('as the scanner writes it')
  })

  test('of some that are elsewhere and some that are not both remedies are said', () => {
    expect(plain(answerWords(ownOf(undefined, read({ whole: false }))).next ?? [])).toContain(
      `${COMMIT}; of the others, ${CONVERT}`,
    )
  })
})

describe('formats', () => {
  const of = (format: WeightFormat | undefined) => [weights('model.pkl', { ...(format && { format }) })]

  test.each<readonly [string, WeightFormat | undefined, string]>([
    ['the one that is allowed', read(), 'scan_clean'],
    ['another', read({ format: 'hdf5' }), 'format_refused'],
    ['none that is known', { kind: 'read', whole: false, faults: [], names: [] }, 'format_refused'],
    ['a fault', read({ faults: [{ fault: 'pickle', flaw: 'memo' }] }), 'format_refused'],
    ['not read', { kind: 'not_read', why: 'too_large' }, 'format_unknown'],
    ['elsewhere', undefined, 'format_unknown'],
  ])('%s', (_, format, code) => {
    expect(judged({ formats: ['safetensors', 'pickle'] }, { weights: of(format) }).code).toBe(code)
  })

  test('that are unknown do not hide an issue', () => {
    const scans = [aScan({ issues: [{ severity: 'high', what: 'x' }] })]

    expect(judged({ formats: ['pickle'] }, { scans, weights: of(undefined) }).code).toBe('scan_found')
  })
})
