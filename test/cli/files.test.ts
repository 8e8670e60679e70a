import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { WRITTEN_KINDS } from '../../src/core/records/kinds.ts'
import { demoFile } from '../../src/demo/files.ts'
import { recordTemplate } from '../../src/starter/record-template.ts'
import { aRecordText } from '../support/records.ts'
import { gonogo, type LocalRepository, localRepository, releaseRepository, write } from './clone.ts'

let repository: LocalRepository
beforeAll(() => {
  repository = releaseRepository()
  write(repository.folder, {
    'wrong.yml': 'gonogo: 1\nmodel: sentiment\nrisk: lwo\napproach: build\ncriteria: []\nextra: 1\n',
    'nan.json': '{"accuracy": NaN, "f1": 0.5}\n',
    'binary.json': Buffer.from([0, 1, 2, 255]),
  })
})
afterAll(() => repository.remove())

describe('gonogo lint', () => {
  test('0: everything here is in order', async () => {
    const { code, out } = await gonogo(repository.folder, ['lint'])

    expect(code).toBe(0)
    expect(out).toMatch(
      /self-test: \d+ pieces of counter-evidence .* and the gate refuses them all\nno problems in 2 files\n$/,
    )
  })

  test('1: every problem with its place and what to do', async () => {
    const { code, out } = await gonogo(repository.folder, ['lint', 'wrong.yml'])

    expect(code).toBe(1)
    expect(out).toContain('wrong.yml:3:7')
    expect(out).toContain('low')
    expect(out).toContain('wrong.yml:6:1')
    expect(out).toContain('3 problems in 1 file')
  })

  test('the problems of a file stand in the order of its lines', async () => {
    write(repository.folder, {
      'record.yml':
        'gonogo: 1\nrecord: human-oversight\nownr: ada\ndate: 2026-02-01\nstop_test:\n  result: pased\n',
    })
    const { code, out } = await gonogo(repository.folder, ['lint', 'record.yml'])
    const lines = [...out.matchAll(/^record\.yml:(\d+)/gm)].map(([, line]) => Number(line))

    expect(code).toBe(1)
    expect(lines).toEqual(lines.toSorted((a, b) => a - b))
    expect(new Set(lines)).toEqual(new Set([3, 6]))
  })

  test('a floor is linted too, by its path or by what it says', async () => {
    write(repository.folder, {
      'org/.gonogo/floor.yml': 'gonogo: 1\nenforcment: observe\n',
      'floor-draft.yml': 'gonogo: 1\nunlisted: hihg\ncriteria: []\n',
    })

    const { code, out } = await gonogo(repository.folder, [
      'lint',
      'org/.gonogo/floor.yml',
      'floor-draft.yml',
    ])

    expect(code).toBe(1)
    expect(out).toContain('org/.gonogo/floor.yml:2:1')
    expect(out).toContain('write `enforcement`')
    expect(out).toContain('floor-draft.yml:2:11')
  })

  test('criteria that ask for too little are a problem before they are proposed', async () => {
    const criteria = demoFile('criteria.yml').replace('traits: [text]', 'traits: [text, personal-data]')
    write(repository.folder, { 'draft.yml': criteria })

    const { code, out } = await gonogo(repository.folder, ['lint', 'draft.yml'])

    expect(code).toBe(1)
    expect(out).toContain('nothing asks for `fairness`, ')
    expect(out).toContain('1 problem in 1 file')
  })

  test('criteria are held against a floor that is given', async () => {
    write(repository.folder, {
      'floor-strict.yml':
        'gonogo: 1\nmodels: [{ repository: acme/bank, model: "*", risk: high }]\nunlisted: low\n',
      'plain.yml': demoFile('criteria.yml'),
    })
    const lint = (...more: readonly string[]) => gonogo(repository.folder, ['lint', 'plain.yml', ...more])
    const floor = ['--floor', 'floor-strict.yml']

    const named = await lint(...floor, '--repository', 'acme/bank')

    expect(named.out).toContain('`fairness` (`risk: high`)')
    expect([named.code, (await lint(...floor, '--repository', 'acme/toy')).code]).toEqual([1, 0])
    expect((await lint('--floor', 'wrong.yml')).code).toBe(3)
    write(repository.folder, { 'misspelt.yml': 'gonogo: 1\nenforcment: observe\n' })
    expect(await lint('--floor', 'misspelt.yml')).toMatchObject({
      code: 3,
      err: expect.stringContaining('misspelt.yml:2: '),
    })
  })

  test('criteria: what they take, and what is worth nothing, as JSON too', async () => {
    const metric = 'control: performance, check: metric, metric: accuracy'
    write(repository.folder, {
      'power.yml': `gonogo: 1\nmodel: sentiment\nrisk: low\napproach: build\ncriteria:\n  - { id: a, ${metric}, at_least: 0.9, confidence: 0.95, min_samples: 1000 }\n  - { id: b, ${metric}, at_least: 0 }\n  - { id: c, ${metric}, at_least: 0.98, confidence: 0.95, min_samples: 100 }\n`,
    })

    const text = await gonogo(repository.folder, ['lint', 'power.yml'])
    const json = await gonogo(repository.folder, ['lint', '--json', 'power.yml'])

    expect(text.code).toBe(1)
    expect(text.out).toContain("power.yml:7:69  `b` can't fail")
    expect(text.out).toContain("power.yml:8  `c` can't be shown")
    expect(text.out).toContain('needs 916 correct; a model that is truly 92% passes 70% of the time')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out)).toEqual([
      {
        file: 'power.yml',
        problems: [
          expect.objectContaining({ code: 'cannot_fail', line: 7 }),
          expect.objectContaining({ code: 'cannot_be_shown', line: 8 }),
        ],
        notes: [
          expect.objectContaining({ code: 'power', count: 916, message: expect.stringContaining('916') }),
          expect.objectContaining({ code: 'self_test', criteria: 3 }),
        ],
      },
    ])
  })

  test('a group that is too small to decide is named by the evidence that lies here', async () => {
    const criterion =
      '{ id: gap, control: fairness, check: disparity, metric: selection_rate, across: [race], as: ratio, at_least: 0.8, confidence: 0.95 }'
    const rows = (race: string, n: number) =>
      Array.from({ length: n }, (_, index) => `${index % 4 === 0 ? 1 : 0},${race}\n`).join('')
    write(repository.folder, {
      'here/.gonogo/criteria/small.yml': `gonogo: 1\nmodel: small\nrisk: low\napproach: build\ncriteria:\n  - { id: a, control: performance, check: metric, metric: accuracy, at_least: 0.5 }\n  - ${criterion}\n`,
      'here/models/small/release.yml': `gonogo: 1\nmodel: small\nversion: 1.0.0\nweights: [{ path: model.bin, sha256: ${'a'.repeat(64)} }]\ntraining: { commit: ${'b'.repeat(40)} }\nevidence: [absent.json, { rows: rows.csv, dataset: test, prediction: yhat, groups: [race] }]\n`,
      'here/models/small/rows.csv': `yhat,race\n${rows('A', 900)}${rows('C', 40)}`,
    })

    const { code, out } = await gonogo(repository.folder, ['lint', 'here/.gonogo/criteria/small.yml'])

    expect(out).toContain(
      "`gap`: group `C` of `race` has 40 samples of `selection_rate`: even no gap at all can't show a ratio of at least 0.8 at 0.95, where the rate is 25%; it takes about 210",
    )
    expect(code).toBe(0)
  })

  test('a record is linted too', async () => {
    write(repository.folder, {
      'record.yml': demoFile('training-record.yml', { today: '2026-02-01', training: 'main' }),
    })

    const { code, out } = await gonogo(repository.folder, ['lint', 'record.yml'])

    expect(code).toBe(1)
    expect(out).toContain('commit')
  })

  test('a record is what it comes to by itself: filled in, in date, and of a good end', async () => {
    const [old, bad] = [{ date: '2020-01-01' }, { outcome: 'failed' }]
    write(repository.folder, {
      'holds.yml': aRecordText('poisoning-prevention'),
      'old.yml': aRecordText('poisoning-prevention', old),
      'bad.yml': aRecordText('poisoning-prevention', bad),
      'open.yml': aRecordText('poisoning-prevention', { owner: 'TODO' }),
    })
    const lint = (file: string) => gonogo(repository.folder, ['lint', '--json', file])
    const codesOf = ({ out }: { readonly out: string }) =>
      JSON.parse(out)[0].answers?.map(({ code }: { readonly code: string }) => code)

    const holds = await lint('holds.yml')
    expect([holds.code, codesOf(holds)]).toEqual([0, undefined])
    for (const [file, code] of [
      ['old.yml', 'record_expired'],
      ['bad.yml', 'record_rejected'],
      ['open.yml', 'record_unowned'],
    ] as const) {
      const shown = await lint(file)
      expect([file, shown.code, codesOf(shown)]).toEqual([file, 1, [code]])
    }
    const { out } = await gonogo(repository.folder, ['lint', 'open.yml'])
    expect(out).toContain('open.yml  nobody owns the `poisoning-prevention` record')
    expect(out).toContain('name the person or team')
  })

  test('3: no such file, and nothing to lint', async () => {
    const empty = localRepository()

    const answers = [
      await gonogo(repository.folder, ['lint', 'nowhere.yml']),
      await gonogo(empty.folder, ['lint']),
    ]
    empty.remove()

    expect(answers.map(({ code }) => code)).toEqual([3, 3])
  })
})

describe('gonogo read', () => {
  test('0: what the gate sees', async () => {
    const { code, out } = await gonogo(repository.folder, [
      'read',
      'models/sentiment/report.json',
      'models/sentiment/MODEL_CARD.md',
    ])

    expect(code).toBe(0)
    expect(out).toContain('sklearn')
    expect(out).toContain('accuracy')
    expect(out).toContain('document with 3 sections')
  })

  test('--json: an object per file', async () => {
    const { out } = await gonogo(repository.folder, ['read', '--json', 'models/sentiment/report.json'])

    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({
        file: 'models/sentiment/report.json',
        measurements: expect.any(Array),
        records: [],
        problems: [],
      }),
    ])
  })

  test('2: problems, each on its line; 3: no such file', async () => {
    const nan = await gonogo(repository.folder, ['read', 'nan.json'])
    const binary = await gonogo(repository.folder, ['read', 'binary.json'])
    const none = await gonogo(repository.folder, ['read', 'nowhere.json'])

    expect([nan, binary, none].map(({ code }) => code)).toEqual([2, 2, 3])
    expect(nan.out).toContain('line 1')
  })
})

describe('gonogo schema', () => {
  test.each([
    ['criteria', '.gonogo/criteria/sentiment.yml'],
    ['floor', '.gonogo/floor.yml'],
    ['manifest', 'models/sentiment/release.yml'],
  ])('%s is a JSON Schema that names its keys', async (name) => {
    const { code, out } = await gonogo(repository.folder, ['schema', name])
    const schema = JSON.parse(out)

    expect(code).toBe(0)
    expect(schema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: { gonogo: { const: 1 } },
    })
    expect(z.fromJSONSchema(schema).safeParse({ gonogo: 2 }).success).toBe(false)
  })

  test('record is one of every kind, and takes what its reader takes', async () => {
    const { code, out } = await gonogo(repository.folder, ['schema', 'record'])
    const schema = JSON.parse(out)
    const takes = (value: unknown) => z.fromJSONSchema(schema).safeParse(value).success

    expect(code).toBe(0)
    expect(schema.oneOf).toHaveLength(WRITTEN_KINDS.length + 1)
    for (const one of schema.oneOf) expect(one).toMatchObject({ additionalProperties: false })
    for (const kind of WRITTEN_KINDS) {
      expect(takes(JSON.parse(aRecordText(kind)))).toBe(true)
      expect(takes(parse(recordTemplate(kind, 'm')))).toBe(true)
      expect(takes(JSON.parse(aRecordText(kind, { note: 'x' })))).toBe(false)
      expect(takes(JSON.parse(aRecordText(kind, { owner: 7 })))).toBe(false)
    }
  })

  test('3: a schema that there is not', async () => {
    const { code, err } = await gonogo(repository.folder, ['schema', 'constructor'])

    expect(code).toBe(3)
    expect(err).toContain('criteria, floor, manifest, record')
  })
})

describe('gonogo', () => {
  test('--help names every command and --version the version', async () => {
    const { code, out } = await gonogo(repository.folder, ['--help'])

    expect(code).toBe(0)
    for (const command of ['check', 'read', 'lint', 'explain', 'replay', 'schema', 'serve', 'demo'])
      expect(out).toContain(command)
    expect((await gonogo(repository.folder, ['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('serve without a configuration says every fault and does not start', async () => {
    const { code, err } = await gonogo(repository.folder, ['serve'])

    expect(code).toBe(3)
    expect(err).toContain('APP_ID')
    expect(err).toContain('WEBHOOK_SECRET is not set')
    expect(err).toContain('PRIVATE_KEY')
  })

  test('serve with the secret that everybody knows does not start', async () => {
    const { code, err } = await gonogo(repository.folder, ['serve'], {
      APP_ID: '1',
      WEBHOOK_SECRET: 'development',
    })

    expect(code).toBe(3)
    expect(err).toContain('development')
  })
})
