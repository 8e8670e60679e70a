import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gonogo, type LocalRepository, localRepository, write } from './clone.ts'

const GSM8K = `{
  "results": {
    "gsm8k": {
      "exact_match,strict-match": 0.5,
      "exact_match,flexible-extract": 0.6
    }
  },
  "versions": { "gsm8k": 3 },
  "config": { "model_args": "pretrained=acme/tiny,revision=main" },
  "lm_eval_version": "0.4.9"
}
`

let repository: LocalRepository
beforeAll(() => {
  repository = localRepository()
  write(repository.folder, {
    'gsm8k.json': GSM8K,
    'no-versions.json': '{ "results": { "gsm8k": { "acc": 0.5 } }, "config": {} }\n',
    'wrapped.json': `{ "output": ${GSM8K} }\n`,
    'list.json': '[["a", "b"], { "x": "y" }]\n',
    'annex-iv.yml': [
      ...['gonogo: 1', 'record: annex-iv', 'owner: legal@acme.example', 'date: 2026-02-01'],
      '5_risks: { document: technical, section: Risks }',
      '1f_product: { not_applicable: it is software and no product }',
      '',
    ].join('\n'),
    'test-report.yml': [
      ...['gonogo: 1', 'record: test-report', 'owner: validation@acme.example', 'date: 2026-02-01'],
      `signs: [{ path: metrics.json, sha256: ${'ab'.repeat(32)} }]`,
      'signed_by: [{ name: "Ada \\e[31mQuist", role: head of validation, signed: 2026-02-01 }]',
      '',
    ].join('\n'),
    'oversight.yml': [
      ...[
        'gonogo: 1',
        'record: human-oversight',
        'owner: claims',
        'date: 2026-02-01',
        'overseers: [the team]',
      ],
      'information: each answer with its score',
      'escalation: the head of claims within an hour',
      'stop_test: { date: 2026-01-20, result: passed, evidence: drills/stop.md }',
      'override_test: { date: 2026-01-20, result: passed }',
      '',
    ].join('\n'),
    'prose.txt': 'all went well\n',
    'cut.safetensors': '\0\0\0',
    'pickled.pkl': Buffer.from('\x80\x02cposix\nsystem\n.', 'latin1'),
    'packed.pkl.gz': gzipSync(Buffer.from('\x80\x02cposix\nsystem\n.', 'latin1')),
    'packed.pkl': gzipSync(Buffer.from('\x80\x02cposix\nsystem\n.', 'latin1')),
    'odd.bin': '\0\0\0',
    'metrics.log': '"metric","value"\n"accuracy",0.5\n',
    'bom.json': JSON.stringify({
      ...{ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { timestamp: '2026-02-10T08:00:00Z' } },
      components: [
        {
          type: 'machine-learning-model',
          name: 'TODO',
          hashes: [{ alg: 'MD5', content: '1a2b3c4d'.repeat(4) }],
        },
        { type: 'data', name: 'letters' },
      ],
    }),
    'hostile.json': `${JSON.stringify({ '\u001b[31mred\u202e': 0.5, results: {} })}\n`,
  })
})
afterAll(() => repository.remove())

const read = (...args: readonly string[]) => gonogo(repository.folder, ['read', ...args])

describe('gonogo read', () => {
  test('weights are seen as they are among those of a release, and are said to be no evidence', async () => {
    const header = Buffer.from('{"w":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}')
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(header.length))
    writeFileSync(
      join(repository.folder, 'whole.safetensors'),
      Buffer.concat([length, header, Buffer.from([0xff, 0xfe])]),
    )
    const whole = await read('whole.safetensors')

    expect(whole.code).toBe(0)
    expect(whole.out).toContain('whole.safetensors  weights: safetensors\n')
    expect(whole.out).toContain('name them with their sha256 under `weights:` of the manifest\n')
    const [json] = JSON.parse((await read('whole.safetensors', '--json')).out)
    expect(json).toMatchObject({
      format: null,
      problems: [],
      weights: { format: 'safetensors', whole: true },
    })
  })

  test.each([
    ['cut.safetensors', '`cut.safetensors` is no valid safetensors file: it ends before its header does'],
    ['pickled.pkl', 'loading `pickled.pkl` imports what is not allowed: `posix.system`'],
    ['packed.pkl.gz', 'loading `packed.pkl.gz` imports what is not allowed: `posix.system`'],
    ['packed.pkl', 'packed.pkl  weights: compressed, a pickle in it\n'],
  ])('2: %s would keep any release from a go', async (file, expected) => {
    const { code, out } = await read(file)

    expect([code, out]).toEqual([2, expect.stringContaining(expected)])
  })

  test('what is weights neither by its bytes nor by its name is called none', async () => {
    expect((await read('odd.bin')).out).not.toContain('weights')
  })

  test('each measurement with its key path and line, and what the file says that it is about', async () => {
    const { code, out } = await read('gsm8k.json')

    expect(code).toBe(0)
    expect(out).toContain('model acme/tiny; revision main; by lm-eval 0.4.9')
    expect(out).toContain('(/results/gsm8k/exact_match,strict-match, line 4)')
    expect(out).toContain('(/results/gsm8k/exact_match,flexible-extract, line 5)')
  })

  test('a bill of materials by what it names', async () => {
    expect((await read('bom.json')).out).toContain(
      'CycloneDX 1.6 bill of materials of 2026-02-10: 1 model, 1 dataset, 0 files, 1 with a digest, 1 placeholder, 0 references to nothing',
    )
  })

  test.each([
    ['no-versions.json', '`lm-eval` is near: it has `results`, `config` too, and there `versions`'],
    ['wrapped.json', 'what is under `output` is `lm-eval`: give that as a file of its own'],
    ['prose.txt', 'it is text without a structure that is known'],
    ['metrics.log', 'as a file that ends in `.csv` it is `metrics-table`: name it so'],
  ])('%s: why no reader of a tool took it', async (file, why) => {
    expect((await read(file)).out).toContain(why)
  })

  test('where an index is answered, and who signs for what', async () => {
    expect((await read('annex-iv.yml')).out).toContain(
      'annex-iv record of 2026-02-01: 1 heading answered, 1 excused',
    )
    expect((await read('oversight.yml')).out).toContain(
      'record of 2026-02-01; not filled in: overseers (nobody), authority (missing), override_test (missing), outcome (missing)\n',
    )
    const { out } = await read('test-report.yml')
    expect(out).toContain('test-report record of 2026-02-01: 1 file signed for by Ada ')
    expect(out).toContain('Quist (head of validation, 2026-02-01)')
    expect(out).not.toContain('\u001b')
  })

  test('what a reader of a tool took is near nothing', async () => {
    expect((await read('gsm8k.json')).out).not.toContain('near')
  })

  test('--json has the reasons too', async () => {
    const [file] = JSON.parse((await read('--json', 'no-versions.json')).out)

    expect(file.why).toEqual({
      seen: { kind: 'map', keys: ['results', 'config'] },
      near: [
        {
          how: 'keys',
          format: 'lm-eval',
          has: ['results', 'config'],
          lacks: ['versions', 'configs', 'n-samples'],
        },
      ],
    })
  })

  test('names from a file are shown without what could move the terminal', async () => {
    const { out } = await read('hostile.json')

    expect(out).toContain('red')
    expect(out).not.toContain('\u001b')
    expect(out).not.toContain('\u202e')
  })
})

describe('gonogo read --select', () => {
  const select = (what: string, ...more: readonly string[]) => read('--select', what, 'gsm8k.json', ...more)

  test.each([
    'exact_match where filter=strict-match',
    'metric=em where filter = strict-match, task=gsm8k',
    `metric='exact_match' where filter="strict-match" and task='gsm8k'`,
    'em where file=gsm8k.json and filter=strict-match',
  ])('0: exactly one fits: %s', async (what) => {
    const { code, out } = await select(what)

    expect(code).toBe(0)
    expect(out).toContain('exact_match  0.5')
    expect(out).toContain('the one that fits, in gsm8k.json')
    expect(out).not.toContain('flexible-extract')
  })

  test('2: several fit, each with the where that would choose it', async () => {
    const { code, out } = await select('exact_match')

    expect(code).toBe(2)
    expect(out).toContain('chosen by where: { filter: strict-match }')
    expect(out).toContain('chosen by where: { filter: flexible-extract }')
    expect(out).toContain('2 measurements fit, and exactly one must')
  })

  test('2: no label tells the same file from itself', async () => {
    const { code, out } = await select('em where filter=strict-match', 'gsm8k.json')

    expect(code).toBe(2)
    expect(out).toContain('2 measurements fit, and no label that each of them has tells them apart')
  })

  test('2: none fits, with the nearest', async () => {
    const { code, out } = await select('exact_macth')

    expect(code).toBe(2)
    expect(out).toContain('the nearest are `exact_match`')
  })

  test.each(['', 'accuracy wher task=x', 'accuracy where task', 'accuracy where task=a and task=b', 'a b'])(
    '3: no selection: %j',
    async (what) => {
      const { code, err } = await select(what)

      expect(code).toBe(3)
      expect(err).toMatch(/is no selection: write metric=|asks for one label twice/)
    },
  )

  test('--json: files and what was selected', async () => {
    const several = JSON.parse((await select('em', '--json')).out)
    const one = JSON.parse((await select('em where filter=strict-match', '--json')).out)

    expect(several.files).toHaveLength(1)
    expect(several.select).toMatchObject({
      metric: 'em',
      where: {},
      selected: null,
      code: 'ambiguous',
      candidates: [
        { value: 0.6, choose: { filter: 'flexible-extract' } },
        { value: 0.5, choose: { filter: 'strict-match' } },
      ],
    })
    expect(one.select).toMatchObject({ selected: { value: 0.5 }, code: null })
  })
})
